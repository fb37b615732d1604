"""A feed and its entries, before they are Atom, JSON Feed or a calendar."""

import re
from datetime import datetime
from typing import NamedTuple

from service.model.dates import PartialDate

TITLES = {"en": "Parity: the timeline of the AI market", "zh": "Parity：人工智能市场时间线"}
RIGHTS = "CC BY 4.0"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WORDS = {
    "en": "Date as known: {date} ({precision}). Evidence: {evidence}.",
    "zh": "已知日期：{date}（{precision}）。证据：{evidence}。",
}
PRECISIONS_ZH = {
    "day": "精确到日", "month": "精确到月", "year": "精确到年", "range": "区间", "by": "不晚于",
}  # fmt: skip


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
        return TITLES[self.lang]


def text_of(date: PartialDate, evidence: str, lang: str) -> str:
    """What an entry says besides its title; `evidence` is the label."""
    precision = PRECISIONS_ZH[date.precision] if lang == "zh" else date.precision
    return _WORDS[lang].format(date=date.text, precision=precision, evidence=evidence)


def plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
