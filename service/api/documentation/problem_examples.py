"""For every code of an error or a warning a request that is answered with it, and the answer."""

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from service.api.http.languages import Spoken
from service.api.http.problems import problem
from service.model.errors import Code, Fault, ServiceError, did_you_mean
from service.model.notices import WarningCode, notice
from service.texts.sentences import Part, Sentence, Value, told

REQUEST_ID = "019b0000-0000-7000-8000-000000000000"


class FaultExample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the `errors`; its code is that of the problem if none is said."""

    detail: str
    values: dict[str, Any] = {}
    code: Code | None = None
    parameter: str = ""
    pointer: str | None = None
    line: int = 0
    did_you_mean: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class ExampleRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request, and of an error what its sentences are, of a warning what fills its text.

    A fault that is one of several in a body is `told_as` another problem; an answer that
    `is_of_analysis` has its warnings at the top.
    """

    request: str
    headers: dict[str, str] = {}
    body: str = ""
    detail: str = ""
    values: dict[str, Any] = {}
    errors: tuple[FaultExample, ...] = ()
    form: str = "detail"
    told: dict[str, Any] = {}
    did_you_mean: tuple[str, ...] = ()
    told_as: Code | None = None
    is_of_analysis: bool = False


@cache
def examples() -> dict[str, ExampleRequest]:
    """By code."""
    file = files("service.api.documentation") / "problem_examples.toml"
    return msgspec.toml.decode(file.read_bytes(), type=dict[str, ExampleRequest])


def answer(code: Code | WarningCode, lang: str, public_url: str) -> Any:
    """What the answer says in that language: a problem document, or a warning in its place."""
    shown = examples()[code]
    if isinstance(code, WarningCode):
        values = {name: _in_words(value, lang) for name, value in shown.told.items()}
        warning = notice(code, lang, shown.form, shown.did_you_mean, **values)
        found = {"warnings": [warning]}
        shown_in = found if shown.is_of_analysis else {"meta": found}
        return msgspec.json.decode(msgspec.json.encode(shown_in))
    faults = [_fault(code, fault) for fault in shown.errors]
    error = ServiceError(shown.told_as or code, _sentence(shown.detail, shown.values), faults)
    _, _, body = problem(
        error, request_id=REQUEST_ID, spoken=Spoken(lang, False), public_url=public_url
    )
    return msgspec.json.decode(body)


def _fault(code: Code, shown: FaultExample) -> Fault:
    return Fault(
        shown.code or code,
        _sentence(shown.detail, shown.values),
        parameter=shown.parameter,
        pointer=shown.pointer,
        line=shown.line,
        did_you_mean=shown.did_you_mean,
        allowed=shown.allowed,
    )


def _sentence(key: str, values: dict[str, Any]) -> Sentence:
    filled = tuple((name, _value(value)) for name, value in values.items())
    return Sentence(key if key.startswith("types.") else f"details.{key}", filled)


def _value(value: Any) -> Value:
    """What fills a placeholder: a word of the service, the nearest names, a sentence, itself."""
    match value:
        case {"word": str(name)}:
            return Sentence(f"{value.get('of', 'labels')}.{name}")
        case {"near": [*near]}:
            return did_you_mean(near)
        case {"key": str(key)}:
            return _sentence(key, value.get("values", {}))
        case [*several]:
            return tuple(_part(one) for one in several)
    return value  # type: ignore[no-any-return]


def _part(value: Any) -> Part:
    made = _value(value)
    assert isinstance(made, str | Sentence), "a list is of words"
    return made


def _in_words(value: Any, lang: str) -> Any:
    filled = _value(value)
    return told(filled, lang) if isinstance(filled, Sentence) else filled
