"""What the address of a source tells of it: title, publisher, date of publication.

Nothing is guessed: a title stands only where the address is made of it, a publisher where its host
is in the table `publishers.toml`, a date where the path has a day, or a month as its folder.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

_TABLE: dict[str, str] = tomllib.loads(
    (files("service.data") / "publishers.toml").read_text(encoding="utf-8")
)["publishers"]
_DAY = re.compile(r"(?<!\d)(20\d\d)([-/_]?)(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(r"/(20\d\d)[-/](0[1-9]|1[0-2])/")
_PREPRINT = re.compile(r"/(?:abs|pdf|html)/((\d\d)(0[1-9]|1[0-2])\.\d{4,5})")
_REPOSITORIES = ("github.com", "raw.githubusercontent.com", "gitee.com")


class _Line(Struct):
    """What a line names."""

    kind: str = ""
    url: str = ""
    sources: list[str] = []


_line = msgspec.json.Decoder(_Line)


class Told(NamedTuple):
    """None where the address does not tell; the date as EDTF."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None


def told_by(url: str) -> Told:
    """What the address alone tells."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    if host == "arxiv.org" and (found := _PREPRINT.search(path)):
        number, year, month = found.groups()
        return Told(f"arXiv:{number}", "arXiv", f"20{year}-{month}")
    if host in _REPOSITORIES:
        return _of_repository(path)
    title = None
    if host.endswith("wikipedia.org") and path.startswith("/wiki/"):
        title = path.removeprefix("/wiki/").replace("_", " ")
    return Told(title, publisher_of(host), published_in(path))


def publisher_of(host: str) -> str | None:
    """By the host or a domain above it: `m.163.com` is 163.com's."""
    labels = host.split(".")
    names = (".".join(labels[n:]) for n in range(len(labels) - 1))
    return next((_TABLE[name] for name in names if name in _TABLE), None)


def published_in(path: str) -> str | None:
    """The day that the path has, if it has one only; else the month that is its folder, unless a
    day that is none stands in it."""
    written = [_day(*found.group(1, 3, 4)) for found in _DAY.finditer(path)]
    days = {day for day in written if day}
    if len(days) == 1:
        return days.pop()
    months = {"-".join(found.groups()) for found in _MONTH.finditer(path)}
    return months.pop() if not written and len(months) == 1 else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _of_repository(path: str) -> Told:
    """The repository is the publisher, a file of it the title."""
    owner, name, *rest = [part for part in path.split("/") if part] + ["", ""]
    if not name:
        return Told(publisher=owner or None)
    file = next((part for part in reversed(rest) if part), "")
    is_file = "." in file
    return Told(file if is_file else None, f"{owner}/{name}", published_in(path))


def completed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of an import, and behind them a source line of each address that they name, with
    what it tells; those that are told by lines of their own are left as they are."""
    named: set[str] = set()
    stated: set[str] = set()
    for line in lines:
        yield line
        record = _line.decode(line)
        named.update(record.sources)
        if record.kind == "source":
            stated.add(record.url)
    for url in sorted(named - stated):
        told = {name: value for name, value in told_by(url)._asdict().items() if value}
        if told:
            yield msgspec.json.encode({"kind": "source", "url": url, **told}) + b"\n"
