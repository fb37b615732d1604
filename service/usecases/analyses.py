"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats import findings
from service.formats.json_records import render
from service.maths.copy_readings import CopyReadings, copy_readings
from service.maths.copy_results import FeatureTimeToCopy
from service.maths.coverage import Coverage, coverage
from service.maths.homogenization import MarketHomogenization, market_homogenization
from service.maths.panels import Panel
from service.maths.readings import Readings, readings
from service.maths.time_to_copy import feature_time_to_copy
from service.model.errors import Fault, not_found, refused
from service.model.methods import Method, method
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.filters import Condition
from service.query.registry import FEATURES, MARKETS
from service.store import records
from service.store.database import Snapshot
from service.usecases.panels import Panels


@dataclass(frozen=True)
class Asked:
    """What every analysis may be asked, checked; `params` are the metric's own parameters."""

    on: date
    as_of: str | None = None
    lang: str = "en"
    evidence: str = "sourced"
    stage_min: str = "preview"
    conditions: tuple[Condition, ...] = ()
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def parameters(self) -> dict[str, object]:
        """Everything that decides the figures, as the answer repeats it."""
        chosen: dict[str, object] = {"evidence": self.evidence, "stage_min": self.stage_min}
        chosen |= dict(self.params)
        return chosen | {c.name: list(c.values) for c in self.conditions}


class Meta(Struct, frozen=True, kw_only=True):
    """At which revision, in which language."""

    revision: int
    lang: str


class Analysis(Struct, frozen=True, kw_only=True):
    """The frame that all analyses share: what was asked, what it means, what it stands on."""

    object: str
    market_id: str | None
    feature_id: str | None
    on: date
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: Meta


class HomogenizationAnswer(Analysis, frozen=True, kw_only=True):
    """How alike the products of a market are; `result` as in the method."""

    result: MarketHomogenization
    readings: Readings


class TimeToCopyAnswer(Analysis, frozen=True, kw_only=True):
    """How long until rivals copied a feature; `result` as in the method."""

    result: FeatureTimeToCopy
    readings: CopyReadings


async def homogenization(
    snapshot: Snapshot, panels: Panels, market: str, asked: Asked
) -> HomogenizationAnswer:
    """`market_homogenization` of a stored market, with its series."""
    name = await _name(snapshot, MARKETS, market, asked.lang)
    panel = await _panel(snapshot, panels, asked)

    def computed() -> HomogenizationAnswer:
        result, both = _homogenization(panel, market, asked)
        frame = _frame(snapshot, panel, asked, "homogenization", result, market)
        finding = findings.homogenization(result, name, frame["coverage"], asked.lang)
        return HomogenizationAnswer(**frame, finding=finding, result=result, readings=both)

    return await asyncio.to_thread(computed)


async def time_to_copy(
    snapshot: Snapshot, panels: Panels, feature: str, market: str | None, asked: Asked
) -> TimeToCopyAnswer:
    """`feature_time_to_copy` of a stored feature in a market, or in all as one."""
    name = await _name(snapshot, FEATURES, feature, asked.lang)
    if market is not None:
        await _known_market(snapshot, market)
    panel = await _panel(snapshot, panels, asked)

    def computed() -> TimeToCopyAnswer:
        result, both = _time_to_copy(panel, feature, market, asked)
        frame = _frame(snapshot, panel, asked, "time-to-copy", result, market, feature)
        finding = findings.time_to_copy(result, name, frame["coverage"], asked.lang)
        return TimeToCopyAnswer(**frame, finding=finding, result=result, readings=both)

    return await asyncio.to_thread(computed)


async def _panel(snapshot: Snapshot, panels: Panels, asked: Asked) -> Panel:
    return await panels.get(
        snapshot,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        conditions=asked.conditions,
    )


def _frame(
    snapshot: Snapshot, panel: Panel, asked: Asked, method_id: str, result: Any,
    market: str | None, feature: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    known = coverage(panel, market, asked.on.toordinal())
    subject = f"/v1/features/{feature}" if feature else f"/v1/markets/{market}"
    return {
        "object": method_id.replace("-", "_"),
        "market_id": market,
        "feature_id": feature,
        "on": asked.on,
        "as_of": asked.as_of,
        "reasons": result.reasons,
        "coverage": known,
        "method": method(method_id, {"unit": result.unit, **asked.parameters}),
        "links": {"subject": subject, "self": f"{subject}/{method_id}"},
        "warnings": sorted({*result.warnings, *known.warnings}),
        "meta": Meta(revision=snapshot.revision, lang=asked.lang),
    }


def _homogenization(panel: Panel, market: str, asked: Asked) -> tuple[Any, Readings]:
    on, params = asked.on.toordinal(), dict(asked.params)
    result = market_homogenization(
        panel, market=market, on=on, as_of=asked.as_of, series=True, **params
    )
    return result, readings(panel, market, on, result.unit)


def _time_to_copy(
    panel: Panel, feature: str, market: str | None, asked: Asked
) -> tuple[Any, CopyReadings]:
    on, params = asked.on.toordinal(), dict(asked.params)
    result = feature_time_to_copy(panel, feature, on=on, market=market, as_of=asked.as_of, **params)
    shared = {k: params[k] for k in ("unit", "simultaneity_days", "confidence") if k in params}
    return result, copy_readings(panel, feature, on, market, **shared)


async def _name(snapshot: Snapshot, collection: Collection, record_id: str, lang: str) -> str:
    row = await records.get(snapshot, collection, record_id)
    if row is None:
        known = await records.ids(snapshot, collection)
        raise not_found(collection.kind, record_id, nearest(record_id, known))
    name: str = render(collection, row, lang)["name"]
    return name


async def _known_market(snapshot: Snapshot, market: str) -> None:
    known = await records.ids(snapshot, MARKETS)
    if market not in known:
        near = tuple(nearest(market, known))
        detail = f'There is no market "{market[:80]}".'
        raise refused(
            [Fault(code="unknown_reference", parameter="market", detail=detail, did_you_mean=near)]
        )
