"""How the text of a parameter becomes a value, by its type or by a reader of its own; and what the
OpenAPI document says of such a text."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from math import isfinite
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin

import msgspec
from msgspec import Meta

from service.api.http.languages import supported
from service.api.http.query_string import QueryString
from service.formats.validation import wrong_value
from service.model.dates import PERIOD_FORM, InvalidDate, parse_date
from service.model.errors import Code
from service.model.releases import is_release_name
from service.model.suggestions import nearest
from service.texts.messages import LANGUAGES
from service.texts.sentences import Value, sentence, sentence_of

Reader: TypeAlias = Callable[[QueryString, str], Any]


_DIGITS = re.compile(r"-?[0-9]{1,18}\Z")
WHOLE_MAX = 10**18 - 1


_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?\Z")


def today() -> date:
    """The world's day, UTC."""
    return datetime.now(UTC).date()


def is_pinned(as_of: str | None) -> bool:
    """Whether it names one revision for ever."""
    return as_of is not None and (as_of.startswith("rev:") or is_release_name(as_of))


def read_day(query: QueryString, name: str) -> date | None:
    """A day that is not in the future; of a month or a year its end, at most today."""
    text, latest = query.one(name), today()
    if text is None:
        return None
    try:
        parsed = parse_date(text)
    except InvalidDate as error:
        query.note(Code.INVALID_DATE, name, sentence_of(error))
        return None
    if parsed.precision not in ("day", "month", "year"):
        query.note(Code.INVALID_DATE, name, sentence("dates.coarse", name=name))
        return None
    if parsed.lo is None or parsed.lo > latest:
        detail = sentence("dates.future", given=text, today=str(latest))
        query.note(Code.INVALID_DATE, name, detail)
        return None
    return min(parsed.hi, latest)


def read_language(query: QueryString, name: str) -> str | None:
    """`zh-CN`, `zh-Hans`, `zh-TW` are `zh`."""
    text = query.one(name)
    if text is None:
        return None
    language = supported(text)
    if language is None:
        detail = sentence("parameters.language", given=text[:40])
        query.note(Code.UNKNOWN_VALUE, name, detail, LANGUAGES)
    return language


_BY_NAME: dict[str, Reader] = {"lang": read_language}


_BY_TYPE: dict[Any, Reader] = {date: read_day}


def unwrapped(hint: Any) -> tuple[Any, Meta | None]:
    """The type without None and `Annotated`, and its `Meta`."""
    meta: Meta | None = None
    while True:
        if get_origin(hint) is Annotated:
            hint, *notes = get_args(hint)
            meta = next((note for note in notes if isinstance(note, Meta)), meta)
        elif NoneType in get_args(hint):
            (hint,) = [option for option in get_args(hint) if option is not NoneType]
        else:
            return hint, meta


def reader_of(name: str, kind: Any, meta: Meta | None) -> Reader:
    """How the text of a parameter is read: by its own reader, its name, its type."""
    own: Reader | None = (meta.extra or {}).get("reader") if meta else None
    return own or _BY_NAME.get(name) or _BY_TYPE.get(kind) or _reader(kind, meta)


def _reader(kind: Any, meta: Meta | None) -> Reader:
    if get_origin(kind) is tuple:
        item, item_meta = unwrapped(get_args(kind)[0])
        return _reads_several(_item_reader(item, item_meta), meta)
    read = _item_reader(kind, meta)

    def reads_one(query: QueryString, name: str) -> Any:
        text = query.one(name)
        return None if text is None else read(query, name, text)

    return reads_one


_ItemReader: TypeAlias = Callable[[QueryString, str, str], Any]


def _reads_several(read: _ItemReader, meta: Meta | None) -> Reader:
    least = (meta.min_length if meta else None) or 0
    most = meta.max_length if meta else None
    may_be_empty = bool(meta and (meta.extra or {}).get("may_be_empty"))

    def reads(query: QueryString, name: str) -> Any:
        words = query.several(name, may_be_empty=may_be_empty)
        if words and (len(words) < least or (most is not None and len(words) > most)):
            detail = (
                sentence("parameters.count", name=name, least=least, most=most or 0)
                if least
                else sentence("parameters.count_max", name=name, most=most or 0)
            )
            query.note(Code.INVALID_VALUE, name, detail)
        values = [read(query, name, word) for word in words]
        return tuple(value for value in values if value is not None)

    return reads


def _item_reader(kind: Any, meta: Meta | None) -> _ItemReader:
    if get_origin(kind) is Literal:
        return _reads_choice(tuple(map(str, get_args(kind))))
    if kind is bool:
        words = _reads_choice(("true", "false"))
        return lambda query, name, text: {"true": True, "false": False}.get(
            words(query, name, text) or ""
        )
    if kind in (int, float):
        return _reads_number(kind, meta)
    return _reads_text(kind, meta)


def _reads_choice(words: tuple[str, ...]) -> _ItemReader:
    def reads(query: QueryString, name: str, text: str) -> str | None:
        if text in words:
            return text
        detail = sentence("parameters.no_value", given=text[:60], name=name)
        query.note(Code.UNKNOWN_VALUE, name, detail, words, nearest(text, words))
        return None

    return reads


def _reads_number(kind: type[int] | type[float], meta: Meta | None) -> _ItemReader:
    low = _bound(meta, "ge", "gt")
    high = _bound(meta, "le", "lt")
    form, noun = (_DIGITS, "whole_number") if kind is int else (_NUMBER, "number")

    def reads(query: QueryString, name: str, text: str) -> Any:
        if form.match(text):
            value = kind(text)
            if isfinite(value) and _is_within(value, meta):
                return value
        detail = sentence(f"numbers.{noun}", given=text[:40], span=_span(low, high))
        query.note(Code.INVALID_VALUE, name, detail)
        return None

    return reads


def _span(low: object, high: object) -> Value:
    if low is None:
        return "" if high is None else sentence("parameters.below", high=str(high))
    if high is None:
        return sentence("parameters.above", low=str(low))
    return sentence("parameters.between", low=str(low), high=str(high))


def _bound(meta: Meta | None, *names: str) -> Any:
    return next((b for name in names if (b := getattr(meta, name, None)) is not None), None)


def _is_within(value: float, meta: Meta | None) -> bool:
    if meta is None:
        return True
    return not (
        (meta.ge is not None and value < meta.ge)
        or (meta.gt is not None and value <= meta.gt)
        or (meta.le is not None and value > meta.le)
        or (meta.lt is not None and value >= meta.lt)
    )


def _reads_text(kind: Any, meta: Meta | None) -> _ItemReader:
    hint = Annotated[kind, meta] if meta is not None else kind

    def reads(query: QueryString, name: str, text: str) -> Any:
        try:
            return msgspec.convert(text, hint, strict=False)
        except msgspec.ValidationError as error:
            query.note(Code.INVALID_VALUE, name, wrong_value(error))
            return None

    return reads


def shown_schema(schema: dict[str, Any], *, may_be_empty: bool) -> dict[str, Any]:
    """The schema without null (a parameter is there or not) and without a default of null."""
    shown = dict(schema)
    options = shown.pop("anyOf", None)
    if options is not None:
        kept = [option for option in options if option != {"type": "null"}]
        shown |= kept[0] if len(kept) == 1 else {"anyOf": kept}
    if isinstance(shown.get("enum"), list):
        shown["enum"] = [word for word in shown["enum"] if word is not None]
        shown.setdefault("type", "string")
    if shown.get("default", 0) in (None, [], (), {}):
        shown.pop("default")
    if shown.pop("format", "") == "date":
        shown["pattern"] = f"^{PERIOD_FORM}$"
    shown.pop("title", None)
    if shown.get("type") == "integer":
        shown = {"minimum": -WHOLE_MAX, "maximum": WHOLE_MAX} | shown
    if shown.get("type") == "array" and not may_be_empty:
        shown.setdefault("minItems", 1)
    word = shown.get("items", shown)
    if word.get("type") == "string" and not word.keys() & {"enum", "pattern", "minLength"}:
        word["minLength"] = 1  # a parameter without a value is refused
    return shown
