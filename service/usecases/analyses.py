"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats import findings
from service.formats.json_records import render
from service.maths.coverage import Coverage, coverage
from service.maths.panels import Panel
from service.maths.readings import Readings, readings
from service.model.errors import Fault, not_found, refused
from service.model.methods import Method, method
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.filters import Condition
from service.query.registry import FEATURES, MARKETS
from service.store import records
from service.store.database import Snapshot
from service.usecases.metrics import metric
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
    """The frame that all analyses share; `result` has the fields of the method."""

    object: str
    market_id: str | None
    feature_id: str | None
    on: date
    as_of: str | None
    result: Any
    reasons: dict[str, str]
    finding: str
    coverage: Coverage
    readings: Readings
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: Meta


Finding = Callable[[Any, str, Coverage, str], str]


async def homogenization(snapshot: Snapshot, panels: Panels, market: str, asked: Asked) -> Analysis:
    """`market_homogenization` of a stored market, with its series."""
    name = await _name(snapshot, MARKETS, market, asked.lang)
    panel = await _panel(snapshot, panels, asked)

    def figures() -> tuple[Any, Readings]:
        return _homogenization(panel, market, asked)

    result, both = await asyncio.to_thread(figures)
    return await _framed(
        snapshot, panel, asked, "homogenization", result, both,
        finding=findings.homogenization, name=name, market=market,
    )  # fmt: skip


async def time_to_copy(
    snapshot: Snapshot, panels: Panels, feature: str, market: str | None, asked: Asked
) -> Analysis:
    """`feature_time_to_copy` of a stored feature in a market, or in all as one."""
    name = await _name(snapshot, FEATURES, feature, asked.lang)
    if market is not None:
        await _known_market(snapshot, market)
    panel = await _panel(snapshot, panels, asked)

    def figures() -> tuple[Any, Readings]:
        return _time_to_copy(panel, feature, market, asked)

    result, both = await asyncio.to_thread(figures)
    return await _framed(
        snapshot, panel, asked, "time-to-copy", result, both,
        finding=findings.time_to_copy, name=name, market=market, feature=feature,
    )  # fmt: skip


async def _panel(snapshot: Snapshot, panels: Panels, asked: Asked) -> Panel:
    return await panels.get(
        snapshot,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        conditions=asked.conditions,
    )


async def _framed(
    snapshot: Snapshot, panel: Panel, asked: Asked, method_id: str, result: Any,
    both: Readings, *, finding: Finding, name: str, market: str | None,
    feature: str | None = None,
) -> Analysis:  # fmt: skip
    known = await asyncio.to_thread(coverage, panel, market, asked.on.toordinal())
    subject = f"/v1/features/{feature}" if feature else f"/v1/markets/{market}"
    return Analysis(
        object=method_id.replace("-", "_"),
        market_id=market,
        feature_id=feature,
        on=asked.on,
        as_of=asked.as_of,
        result=result,
        reasons=result.reasons,
        finding=finding(result, name, known, asked.lang),
        coverage=known,
        readings=both,
        method=method(method_id, asked.parameters),
        links={"subject": subject, "self": f"{subject}/{method_id}"},
        warnings=sorted({*result.warnings, *known.warnings}),
        meta=Meta(revision=snapshot.revision, lang=asked.lang),
    )


def _homogenization(panel: Panel, market: str, asked: Asked) -> tuple[Any, Readings]:
    params = {"market": market, "on": asked.on.toordinal(), "as_of": asked.as_of}
    params |= {"series": True, **dict(asked.params)}
    result = metric("market_homogenization").function(panel, **params)
    return result, readings(panel, market, asked.on.toordinal(), result.unit)


def _time_to_copy(
    panel: Panel, feature: str, market: str | None, asked: Asked
) -> tuple[Any, Readings]:
    params = {"market": market, "feature": feature, "on": asked.on.toordinal()}
    params |= {"as_of": asked.as_of, **dict(asked.params)}
    return metric("feature_time_to_copy").function(panel, **params), None


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
