"""The metrics by name, as `parity compute` asks them."""

import difflib
from collections.abc import Mapping

import msgspec

from service.model.errors import Code
from service.usecases.analyses.declaration import ABOUT, Metric
from service.usecases.analyses.declarations import METRICS


class CallError(ValueError):
    """A call that cannot be answered, with a code and what helps."""

    def __init__(self, code: Code, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.answer = {"error": {"code": code, "detail": detail, **more}}


def metric(name: str) -> Metric:
    """Look a metric up; CallError with the nearest name if there is none."""
    if name not in METRICS:
        detail = f'There is no metric "{name}".'
        raise CallError(Code.UNKNOWN_METRIC, detail, **_nearest(name, names()))
    return METRICS[name]


def names() -> list[str]:
    """All metrics, sorted."""
    return sorted(METRICS)


def checked(name: str, params: Mapping[str, object]) -> msgspec.Struct:
    """The parameters as the metric's struct; CallError names what is unknown, missing or wrong."""
    shape = metric(name).shape
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    for given in params:
        if given not in fields:
            detail = f'{name} has no parameter "{given}".'
            raise CallError(Code.UNKNOWN_PARAMETER, detail, **_nearest(given, list(fields)))
    for field in fields.values():
        if field.required and field.name not in params:
            raise CallError(Code.MISSING_PARAMETER, f'{name} needs "{field.name}".')
    try:
        return msgspec.convert(dict(params), shape)
    except msgspec.ValidationError as error:
        raise CallError(Code.INVALID_VALUE, f"{error}.") from None


def parameters(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """Everything that decides how the metric is computed: what was given, else the defaults."""
    return {
        field.name: given.get(field.name, field.default)
        for field in msgspec.structs.fields(metric(name).shape)
        if field.name not in (*ABOUT, "on", "as_of")
    }


def _nearest(word: str, known: list[str]) -> dict[str, object]:
    near = difflib.get_close_matches(word, known, n=1)
    return {"did_you_mean": near[0]} if near else {}
