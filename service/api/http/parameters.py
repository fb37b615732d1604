"""Query strings, read strictly: every fault is told at once, nothing is ignored."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import unquote_to_bytes

from litestar import Request
from msgspec import Struct, field

from service.api.http.languages import supported
from service.model.dates import InvalidDate, parse_date
from service.model.errors import Code, Fault, ServiceError, refused
from service.model.releases import is_release_name
from service.model.suggestions import nearest
from service.query.cursors import Part, normalized
from service.texts.messages import LANGUAGES

_DIGITS = re.compile(r"[0-9]{1,9}\Z")


class Parameter(Struct, frozen=True, kw_only=True):
    """One query parameter as the OpenAPI document shows it."""

    name: str
    doc: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: str = ""


LANG = Parameter(
    name="lang", doc="Language of names and texts; wins over Accept-Language.",
    schema={"type": "string", "enum": list(LANGUAGES)}, example="zh",
)  # fmt: skip
ON = Parameter(
    name="on", doc="The world's day: facts in force on it. A month or year means its last day.",
    example="2026-11-01",
)  # fmt: skip
AS_OF = Parameter(
    name="as_of",
    doc="What the base said then: `rev:N`, a release, a day (its end, UTC) or an instant with a"
    " zone.",
    example="rev:1",
)


def is_pinned(as_of: str | None) -> bool:
    """Whether it names one revision for ever."""
    return as_of is not None and (as_of.startswith("rev:") or is_release_name(as_of))


class Query:
    """The parameters of one request. Readers note faults; `finish` raises them all together."""

    def __init__(self, request: Request[Any, Any, Any]) -> None:
        self.given = _parsed(request.scope["query_string"])
        self.faults: list[Fault] = []

    def one(self, name: str) -> str | None:
        """The value of a parameter that is given at most once."""
        values = self.given.get(name)
        if values is None:
            return None
        if len(values) > 1:
            self.fault(Code.INVALID_VALUE, name, f"{name} is given {len(values)} times.")
        if not values[0]:
            self.fault(Code.EMPTY_VALUE, name, f"Empty value; leave {name} out for the default.")
            return None
        return values[0]

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        text = self.one(name)
        if text is None:
            return default
        if not _DIGITS.match(text) or not low <= int(text) <= high:
            detail = f'"{text[:40]}" is no whole number from {low} to {high}.'
            self.fault(Code.INVALID_VALUE, name, detail)
            return default
        return int(text)

    def choice(self, name: str, allowed: Iterable[str], default: str) -> str:
        text, words = self.one(name), tuple(allowed)
        if text is None or text in words:
            return text or default
        near = tuple(nearest(text, words))
        detail = f'"{text[:60]}" is no value of {name}.'
        self.faults.append(
            Fault(Code.UNKNOWN_VALUE, detail, parameter=name, allowed=words, did_you_mean=near)
        )
        return default

    def lang(self) -> str | None:
        text = self.one("lang")
        if text is None:
            return None
        found = supported(text)
        if found is None:
            detail = f'"{text[:40]}" is no language of this service.'
            self.faults.append(
                Fault(Code.UNKNOWN_VALUE, detail, parameter="lang", allowed=LANGUAGES)
            )
        return found

    def day(self, name: str, today: date) -> date | None:
        """A day that is not in the future; of a month or a year its end, at most today."""
        text = self.one(name)
        if text is None:
            return None
        try:
            parsed = parse_date(text)
        except InvalidDate as error:
            self.fault(Code.INVALID_DATE, name, str(error))
            return None
        if parsed.precision not in ("day", "month", "year"):
            self.fault(Code.INVALID_DATE, name, f"{name} is a day, a month or a year.")
            return None
        if parsed.lo is None or parsed.lo > today:
            self.fault(Code.INVALID_DATE, name, f"{text} is in the future; today is {today}.")
            return None
        if parsed.precision == "day" or parsed.hi <= today:
            return parsed.hi
        return today

    def fault(self, code: Code, name: str, detail: str) -> None:
        self.faults.append(Fault(code, detail, parameter=name))

    def known(self, name: str, word: str, words: list[str]) -> None:
        """Note a fault if the word is none of the list's."""
        if not word:
            self.fault(Code.EMPTY_VALUE, name, f"Empty value; leave {name} out for the default.")
        elif word not in words:
            near = tuple(nearest(word, words))
            detail = f'"{word[:60]}" is nothing that {name} takes here.'
            self.faults.append(Fault(Code.UNKNOWN_FIELD, detail, parameter=name, did_you_mean=near))

    def finish(self, known: Iterable[str]) -> None:
        """Refuse what the path does not know, and everything noted so far."""
        names, noted = set(known), {fault.parameter for fault in self.faults}
        for name in self.given:
            if name not in names and name not in noted:
                near = tuple(_nearest(name, names))
                hint = f" Did you mean {near[0]}?" if near else ""
                self.faults.append(
                    Fault(
                        Code.UNKNOWN_PARAMETER,
                        f"Not a parameter of this path.{hint}",
                        parameter=name[:80],
                        did_you_mean=near,
                    )
                )
        if self.faults:
            order = {Code.UNKNOWN_PARAMETER: 0}
            raise refused(sorted(self.faults, key=lambda f: (order.get(f.code, 1), f.parameter)))

    def blame(self, faults: Iterable[Fault]) -> None:
        """Note what a compiler of the query language found wrong."""
        self.faults += faults

    def normalized(self, *left_out: str) -> list[Part]:
        """See `cursors.normalized`."""
        return normalized(self.given, *left_out)


def _nearest(name: str, names: set[str]) -> list[str]:
    """Those of the same operator first: for `launchd__gte` what else takes `__gte`."""
    suffix = name.partition("__")[2].lower()
    return nearest(name, {n for n in names if n.partition("__")[2] == suffix}) or nearest(
        name, names
    )


def none_taken(request: Request[Any, Any, Any]) -> None:
    """Refuse every parameter: the path takes none."""
    Query(request).finish(())


def _parsed(raw: bytes) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for pair in raw.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            given.setdefault(_text(name), []).append(_text(value))
    return given


def _text(raw: bytes) -> str:
    try:
        text = unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise _malformed("is no UTF-8") from None
    if "\x00" in text:
        raise _malformed("holds a NUL character")
    return text


def _malformed(what: str) -> ServiceError:
    return ServiceError(Code.INVALID_VALUE, f"The query string {what}.")
