"""Values, rows and records as lines of text; what is stored by others is quoted in them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from service.api.mcp.fitting import plain, quoted
from service.texts.labels import heading, label
from service.texts.messages import message
from service.texts.values import number

ITEMS_SHOWN = 5
FIELDS_SHOWN = 6
# Ids, codes, dates and numbers: what needs no marks around it.
_WORD = re.compile(r"[\w.:\[\]-]{1,64}\Z", re.ASCII)
# Of a record, what is of the wire or stands elsewhere in its line.
_APART = frozenset(
    (
        *("object", "id", "href", "name", "names", "name_lang", "definitions", "null_reasons"),
        *("source_ids", "field_sources", "revision", "recorded_at", "updated_at"),
    )
)


def said(value: Any, lang: str) -> str:
    """A value of JSON; of an object what it is called, else what is in it."""
    if isinstance(value, str):
        return value if _WORD.match(value) else quoted(value)
    if isinstance(value, list):
        some = [said(item, lang) for item in value[:ITEMS_SHOWN]]
        more = [] if len(some) == len(value) else [f"(+{len(value) - len(some)})"]
        return message("lists.comma", lang).join([*some, *more])
    if isinstance(value, dict):
        return _inside(value, lang)
    if isinstance(value, float):
        return number(round(value, 3), lang)
    return label(None, lang) if value is None else str(value).lower()


def _inside(row: dict[str, Any], lang: str) -> str:
    names = [quoted(value) for _, value in _names(row)]
    more = [f"{name} {said(value, lang)}" for name, value in _scalars(row)]
    return " ".join([*names, *([f"({', '.join(more)})"] if more else [])])


def _names(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if (name == "name" or name.endswith("_name")) and isinstance(value, str):
            yield name, value


def _scalars(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """The first members that say something, without the ids of what is named."""
    named = {name.removesuffix("_name") for name, _ in _names(row)}
    skipped = {*named, *(f"{name}_id" for name in named), *(f"{name}_name" for name in named)}
    known = (
        (name, value)
        for name, value in row.items()
        if name not in skipped and name not in _APART and value not in (None, [], {}, "")
    )
    return list(known)[:FIELDS_SHOWN]


def row_line(row: Any, lang: str) -> str:
    """A row of an analysis: names, then its figures by name."""
    return f"- {said(row, lang)}"


def record_line(record: dict[str, Any], lang: str) -> str:
    """A record: what it is, how it is called, what is known of it."""
    kind = heading(record.get("object", "record"), lang)
    name = f" {quoted(record['name'])}" if record.get("name") else ""
    known = [f"{field} {said(_named(value), lang)}" for field, value in _told(record, lang)]
    which = f"- {kind}{name} [{record.get('id', '')}]"
    return ": ".join([which, *filter(None, [message("lists.semicolon", lang).join(known)])])


def _told(record: dict[str, Any], lang: str) -> Iterable[tuple[str, Any]]:
    if own := (record.get("definitions") or {}).get(lang):
        record = {**record, "definition": own}
    return (
        (field, value)
        for field, value in record.items()
        if field not in _APART and value not in (None, [], {}, "")
    )


def _named(value: Any) -> Any:
    """Of a record within a record its name."""
    is_record = isinstance(value, dict) and "object" in value
    return value.get("name") or value.get("id") or value.get("data", []) if is_record else value


def not_known(record: dict[str, Any], lang: str) -> list[str]:
    """The fields that are null, with what that means."""
    reasons: dict[str, str] = record.get("null_reasons", {})
    return [
        message("mcp.null", lang, field=field, why=label(reason, lang))
        for field, reason in reasons.items()
        if reason != "not_applicable"
    ]


def cited(source: dict[str, Any]) -> str:
    """A source: what it is called, who published it when, where it stands."""
    named = [quoted(source[name], 120) for name in ("title", "publisher") if source.get(name)]
    day = [plain(source["published"])] if source.get("published") else []
    address = plain(source["url"]).replace(">", "%3E")
    return ", ".join([*named, *day, f"<{address}>"])
