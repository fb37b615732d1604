"""Where a question stands: its path with everything that was asked."""

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec.structs import FieldInfo

from service.query.filters.expressions import EVERYTHING, text
from service.usecases.analyses.parameters import AnalysisParameters
from service.usecases.analyses.question import Question

_SAID_OTHERWISE = ("on", "lang", "filter", "stage", "stage_min")


def self_link(path: str, question: Question) -> str:
    """The address that asks the whole question again: its day, language, market, filter and every
    parameter that is not left at its default."""
    query = {"on": question.on.isoformat(), "lang": question.lang}
    if question.filter != EVERYTHING:
        query["filter"] = text(question.filter)
    if question.stage_min != "preview":
        query["stage_min"] = question.stage_min
    for field in _fields(type(question.parameters)):
        value = getattr(question.parameters, field.name)
        if field.name not in _SAID_OTHERWISE and value != field.default:
            query[field.encode_name] = _written(value)
    return f"{path}?{urlencode(query, safe=',')}"


@cache
def _fields(parameters: type[AnalysisParameters]) -> tuple[FieldInfo, ...]:
    return msgspec.structs.fields(parameters)


def _written(value: Any) -> str:
    """As a query string has it."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
