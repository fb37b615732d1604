"""What a page knows of itself: where it stands, when, in which language, and its links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from service.api.explorer.answers import Ask
from service.api.http.operation import Reading

KEPT = ("on", "as_of", "lang", "theme")  # what the links of a page hand on


@dataclass(frozen=True, kw_only=True)
class View:
    """`given` is the query as it was asked, `day` the day of which the page speaks."""

    path: str
    ids: Mapping[str, str]
    given: Mapping[str, str]
    parameters: Any
    lang: str
    day: date
    revision: int
    public_url: str

    @classmethod
    def of(cls, reading: Reading[Any], ids: Mapping[str, str]) -> "View":
        assert reading.on is not None, "a page is of some day"
        return cls(
            path=reading.path,
            ids=ids,
            given={name: ",".join(values) for name, values in reading.query.given.items()},
            parameters=reading.parameters,
            lang=reading.lang,
            day=reading.on,
            revision=reading.snapshot.revision,
            public_url=reading.state.settings.public_url,
        )

    @property
    def theme(self) -> str | None:
        theme: str | None = getattr(self.parameters, "theme", None)
        return theme

    @property
    def id(self) -> str:
        """Of the record that the page is about."""
        return self.ids["record_id"]

    @property
    def earlier(self) -> date:
        """The same day a year before."""
        is_leap_day = (self.day.month, self.day.day) == (2, 29)
        return self.day.replace(year=self.day.year - 1, day=28 if is_leap_day else self.day.day)

    def link(self, path: str, **more: Any) -> str:
        """Another page, on the same day, of the same base, in the same language and theme."""
        kept = {name: self.given[name] for name in KEPT if name in self.given}
        return _address(quote(path), kept | more)

    def here(self, **changed: Any) -> str:
        """This page, asked otherwise; None: not asked."""
        return _address(quote(self.path), dict(self.given) | changed)

    def api(self, ask: Ask) -> str:
        """The address of an answer, asked as the page is asked."""
        kept = {name: self.given[name] for name in ("on", "as_of", "lang") if name in self.given}
        return Ask(ask.path, {**ask.query, **kept}).address

    def csv(self, ask: Ask) -> str:
        """The same as a table."""
        return self.api(ask._replace(path=f"{ask.path}.csv"))

    def pinned(self, ask: Ask, suffix: str, **more: Any) -> str:
        """The address of a form of an answer that says the same for ever."""
        pins = {"on": self.day, "as_of": f"rev:{self.revision}", "lang": self.lang}
        return Ask(f"{ask.path}.{suffix}", {**ask.query, **pins, **more}).address


def _address(path: str, query: Mapping[str, Any]) -> str:
    words = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return path + (f"?{urlencode(words, safe=',:')}" if words else "")
