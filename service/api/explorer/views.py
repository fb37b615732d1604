"""What a page knows of itself: where it stands, when, in which language, and its links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from service.api.explorer.answers import OF_FILES, OF_TEXTS, Answer, Ask
from service.api.explorer.sketches import WIDE
from service.api.http.operation import Reading

KEPT = ("on", "as_of", "lang", "theme")  # what the links of a page hand on
OF_READERS = ("lang", "theme")  # and those to the documentation, which is of no day
DOCUMENTATION = ("/docs", "/problems")


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

    def several(self, name: str) -> list[str]:
        """The values of a list as it was asked."""
        return [word for word in self.given.get(name, "").split(",") if word]

    @property
    def earlier(self) -> date:
        """The same day a year before."""
        is_leap_day = (self.day.month, self.day.day) == (2, 29)
        return self.day.replace(year=self.day.year - 1, day=28 if is_leap_day else self.day.day)

    def link(self, path: str, **more: Any) -> str:
        """Another page, on the same day, of the same base, in the same language and theme."""
        names = OF_READERS if path.startswith(DOCUMENTATION) else KEPT
        kept = {name: self.given[name] for name in names if name in self.given}
        return _address(quote(path), kept | more)

    def here(self, **changed: Any) -> str:
        """This page, asked otherwise; None: not asked."""
        return _address(quote(self.path), dict(self.given) | changed)

    def api(self, answer: Answer) -> str:
        """The address of an answer, asked as the page is asked."""
        return Ask(answer.ask.path, {**answer.ask.query, **self._kept(answer)}).address

    def csv(self, answer: Answer) -> str:
        """The same as a table, with all rows."""
        asked = {**answer.ask.query, **self._kept(answer)}
        query = {name: value for name, value in asked.items() if name not in OF_FILES}
        return Ask(f"{answer.ask.path}.csv", query).address

    def oembed(self, answer: Answer) -> str:
        """Where consumers of oEmbed read what to show in place of the page."""
        url = self.public_url + self.api(answer)
        return _address(f"{self.public_url}/oembed", {"url": url})

    def pinned(self, answer: Answer, suffix: str, **more: Any) -> str:
        """The address of a form of an answer that says the same for ever."""
        pins = {"on": self.day, "as_of": f"rev:{self.revision}", "lang": self.lang}
        asked = {name: v for name, v in answer.ask.query.items() if name not in OF_TEXTS}
        return Ask(f"{answer.ask.path}.{suffix}", {**asked, **pins, **more}).address

    def size(self, answer: Answer, width: int) -> dict[str, int]:
        """Of its picture at a width, where that is known."""
        heights = answer.sketch.heights if answer.sketch is not None else {}
        return {"width": width, "height": heights[width]} if width in heights else {}

    def image(self, answer: Answer) -> str:
        """HTML that shows its picture, as it is now, on a page of somebody else."""
        theme = {"theme": self.theme} if self.theme else {}
        source = self.public_url + self.pinned(answer, "svg", **theme, width=WIDE)
        told = answer.sketch.told if answer.sketch is not None else ""
        given = {"src": source, "alt": told, **(self.size(answer, WIDE) or {"width": WIDE})}
        words = " ".join(f'{name}="{escape(str(value))}"' for name, value in given.items())
        return f"<img {words}>"

    def _kept(self, answer: Answer) -> dict[str, str]:
        """What of the page's own query the answer takes."""
        names = (name for name in KEPT if name in self.given and name in answer.takes)
        return {name: self.given[name] for name in names}


def _address(path: str, query: Mapping[str, Any]) -> str:
    words = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return path + (f"?{urlencode(words, safe=',:')}" if words else "")
