"""What a watched figure is asked with: the address of an analysis, as of today, in no language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl, urlsplit

import msgspec
from msgspec.structs import FieldInfo

from service.formats.validation import wrong_value
from service.model.errors import Code, Fault, ServiceError
from service.model.external_ids import SLUG
from service.model.suggestions import nearest
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.filters.parameters import filter_of
from service.query.registry import PRODUCTS
from service.texts.sentences import Sentence, sentence
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.parameters import FILTERS, SERIES
from service.usecases.analyses.question import Question

_ID = f"({SLUG})"
ROUTES = [
    (re.compile(analysis.path.replace("{record_id:str}", _ID) + r"\Z"), analysis)
    for analysis in ANALYSES
]
PLACE = "/metric/metric"
FILTER = "filter"
# What decides no figure, or which day and which revision it is of.
UNASKED = {"on", "as_of", "lang", "explain", *SERIES}


def watched(address: str, today: date) -> tuple[Analysis, str, Question]:
    """The analysis, of which record, and what is asked of it.

    Raises ServiceError `validation_failed` with every fault.
    """
    parts = urlsplit(address)
    matches = ((route.match(parts.path), analysis) for route, analysis in ROUTES)
    record_id, analysis = next(((m[1], found) for m, found in matches if m), ("", None))
    if analysis is None or parts.netloc:
        raise _refused([sentence("webhooks.path")])
    given: dict[str, list[str]] = defaultdict(list)
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        given[name].append(value)
    own = {f.encode_name: f for f in msgspec.structs.fields(analysis.parameters)}
    own = {name: field for name, field in own.items() if name not in (*UNASKED, FILTER)}
    values, wrong = _values(own, given)
    expression, faults = _filter(given)
    wrong = [*_unknown(given, [*own, FILTER, *FILTERS]), *wrong, *faults]
    if "stage" in given and "stage_min" in given:
        wrong.append(sentence("parameters.stage"))
    if wrong:
        raise _refused(wrong)
    return analysis, record_id, Question(analysis.parameters(**values), today, filter=expression)


def _values(
    own: Mapping[str, FieldInfo], given: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[Sentence]]:
    values: dict[str, Any] = {}
    wrong: list[Sentence] = []
    for name, field in own.items():
        if name not in given:
            wrong += [sentence("webhooks.needed", name=name)] if field.required else []
            continue
        try:
            values[field.name] = _value(field.type, given[name])
        except msgspec.ValidationError as error:
            wrong.append(sentence("webhooks.value", name=name, reason=wrong_value(error)))
    return values, wrong


def _value(kind: Any, texts: list[str]) -> Any:
    """Of one text, or of several where the parameter has them. Raises msgspec.ValidationError."""
    if _has_several(kind):
        return msgspec.convert(",".join(texts).split(","), kind, strict=False)
    return msgspec.convert(texts if len(texts) > 1 else texts[0], kind, strict=False)


def _has_several(kind: Any) -> bool:
    return get_origin(kind) is tuple or any(map(_has_several, get_args(kind)))


def _filter(given: Mapping[str, list[str]]) -> tuple[Expression, list[Sentence]]:
    asked = {name: texts for name, texts in given.items() if name in (FILTER, *FILTERS)}
    expression, faults = filter_of(PRODUCTS, asked) if asked else (EVERYTHING, [])
    return expression, [fault.detail for fault in faults if isinstance(fault.detail, Sentence)]


def _unknown(given: Iterable[str], known: list[str]) -> Iterable[Sentence]:
    for name in given:
        if name not in known:
            near = nearest(name[:60], known)
            names = tuple(near or (one for one in known if "." not in one))
            yield sentence("webhooks.not_taken", name=name[:60], known=names)


def _refused(details: list[Sentence]) -> ServiceError:
    faults = [Fault(Code.VALIDATION_FAILED, detail, pointer=PLACE) for detail in details]
    return ServiceError(Code.VALIDATION_FAILED, details[0], faults)
