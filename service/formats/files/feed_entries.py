"""A feed and its entries, before they are Atom, JSON Feed or a calendar."""

import re
from datetime import datetime
from typing import NamedTuple

from service.model.dates import PartialDate
from service.texts.messages import message

RIGHTS = "CC BY 4.0"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Entry(NamedTuple):
    """One dated event; `id` never changes, `url` is the record behind it."""

    id: str
    title: str
    text: str
    url: str
    event: str
    date: PartialDate
    revision: int
    recorded_at: datetime
    updated_at: datetime


class Feed(NamedTuple):
    """The newest events of a filtered timeline. `host` names the ids, `url` is the feed's own."""

    host: str
    url: str
    home: str
    lang: str
    updated_at: datetime
    entries: list[Entry]

    @property
    def title(self) -> str:
        return message("feeds.title", self.lang)


def text_of(date: PartialDate, evidence: str, lang: str) -> str:
    """What an entry says besides its title; `evidence` is the label."""
    precision = message(f"feeds.precisions.{date.precision}", lang)
    return message("feeds.text", lang, date=date.text, precision=precision, evidence=evidence)


def plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
