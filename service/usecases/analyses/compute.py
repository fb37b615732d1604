"""Metrics over records given in a file: the same maths as the API, without a base."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from service.maths.panel.panel import Panel
from service.maths.panel.scope import Place
from service.model.dates import InvalidDate
from service.model.errors import Code
from service.model.methods import method
from service.usecases.analyses.case_facts import Record, facts_of, instant
from service.usecases.analyses.case_records import first_fault
from service.usecases.analyses.declaration import Metric, called, markets_of
from service.usecases.analyses.metrics import CallError, checked, metric, parameters


class InvalidCase(ValueError):
    """The file is no case at all: not JSON, or without records and calls."""


class Call(msgspec.Struct, frozen=True):
    """One question of a case."""

    metric: str
    params: dict[str, object] = {}


class Case(msgspec.Struct, frozen=True):
    """Records in the data format, and the questions asked of them."""

    records: list[dict[str, object]]
    calls: list[Call]


class Workbench:
    """The panels of one set of records, made once per reading."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.fault = first_fault(records)
        self._panels: dict[tuple[str | None, str, str], Panel] = {}
        self._known = _known(records)

    def panel(self, as_of: str | None, stage_min: str, evidence: str) -> Panel:
        """The panel of what was known at `as_of`."""
        key = as_of, stage_min, evidence
        if key not in self._panels:
            moment = None if as_of is None else _instant(as_of)
            self._panels[key] = Panel(facts_of(self.records, moment, evidence), stage_min)
        return self._panels[key]

    def answer(self, call: Call, today: date | None) -> object:
        """The result of one call, as plain objects."""
        params = msgspec.structs.asdict(checked(call.metric, call.params))
        if self.fault is not None:
            raise CallError(Code.INVALID_RECORD, self.fault)
        unknown = self._unknown(params)
        on = _day(params.pop("on"), today)
        as_of, stage_min = params["as_of"], params.pop("stage_min")
        panel = self.panel(as_of, stage_min, params.pop("evidence"))
        asked = metric(call.metric)
        params |= {"on": on.toordinal()}
        result = msgspec.to_builtins(called(asked.compute, panel, params))
        return result | _known_by(asked, panel, params) | _method(asked, call) | unknown

    def _unknown(self, params: Mapping[str, object]) -> dict[str, object]:
        """The markets, products and vendors asked about that no record names, if any."""
        found = set[str]()
        for name, value in params.items():
            kind = name.removesuffix("s").removesuffix("_a").removesuffix("_b")
            for one in value if isinstance(value, list | tuple) else (value,):
                if kind in self._known and one is not None and one not in self._known[kind]:
                    found.add(f"{kind} {one}")
        return {"unknown_references": sorted(found)} if found else {}


def _known_by(asked: Metric, panel: Panel, params: dict[str, Any]) -> dict[str, object]:
    """What 18a adds to an answer: its coverage."""
    place: Place = params.get("market") or params.get("markets") or None
    if not asked.takes & {"market", "markets"}:
        place = markets_of(panel, params)
    return {"coverage": msgspec.to_builtins(asked.coverage(panel, place, params))}


def _method(asked: Metric, call: Call) -> dict[str, object]:
    """By which method in which version, and with which parameters: seeds among them."""
    named = method(asked.method, parameters(call.metric, call.params))
    return {"method": msgspec.to_builtins(named)}


def compute(case: bytes, today: date | None = None) -> list[object]:
    """Answer the calls of a case in order; a wrong call gives {"error": {"code", "detail"}}.

    What no record names is answered as what is not there, and listed in `unknown_references`.

    `today` is the default of `on` and its latest value; without it `on` must be given.
    """
    try:
        asked = msgspec.json.decode(case, type=Case)
        bench = Workbench(list(asked.records))
    except msgspec.MsgspecError as error:
        raise InvalidCase(f"The file is no case: {error}.") from None
    return [_answer(bench, call, today) for call in asked.calls]


def _answer(bench: Workbench, call: Call, today: date | None) -> object:
    try:
        return bench.answer(call, today)
    except CallError as wrong:
        return wrong.answer
    except InvalidDate as wrong:
        return CallError(Code.INVALID_VALUE, str(wrong)).answer


def _known(records: list[Record]) -> dict[str, set[object]]:
    """Ids named anywhere, in whichever version: what may be asked about."""
    known: dict[str, set[object]] = {"market": set(), "product": set(), "vendor": set()}
    for record in records:
        kind = record.get("kind")
        if isinstance(kind, str) and kind in known:
            known[kind].add(record.get("id"))
        if kind == "product":
            known["vendor"].add(record.get("vendor"))
            markets = record.get("markets")
            known["market"].update(markets if isinstance(markets, list) else ())
    return known


def _day(text: str | None, today: date | None) -> date:
    if text is None:
        if today is None:
            raise CallError(Code.MISSING_PARAMETER, '"on" is needed.')
        return today
    try:
        on = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        on = None
    if on is None:
        raise CallError(Code.INVALID_VALUE, f'"on" is a full date, YYYY-MM-DD, not "{text[:40]}".')
    if today is not None and on > today:
        raise CallError(Code.INVALID_VALUE, f"{text} is in the future.")
    return on


def _instant(text: str) -> float:
    try:
        return instant(text, end_of_day=True)
    except ValueError:
        detail = f'"as_of" is a date or an instant, not "{text[:40]}".'
        raise CallError(Code.INVALID_VALUE, detail) from None
