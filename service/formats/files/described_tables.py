"""What a table means, as a file beside it: a Data Resource (Frictionless), and both in one zip."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from service.formats.analyses.pages import text
from service.formats.datasets.archive import pretty
from service.formats.datasets.datapackage import LICENCES
from service.formats.datasets.edition import CSV, LICENCE_URL
from service.formats.files.archives import Archive
from service.formats.files.record_files import CsvLines, Lines, Shown
from service.formats.files.table_schema import Described, table_schema
from service.formats.json_records import instant_text
from service.model.notices import Notice
from service.query.fields import Collection
from service.query.types.cells import Column
from service.texts.messages import message
from service.texts.values import date_text

MEDIA_TYPE = "application/vnd.dataresource+json"


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said of a table. `url` asks for the same for ever; `csv_url` for its rows; `more` is
    what only some tables have.
    """

    name: str
    title: str
    url: str
    csv_url: str
    revision: int
    instant: datetime
    lang: str
    on: date | None
    description: str = ""
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def citation(self) -> str:
        day = date_text(self.on or self.instant.date(), self.lang)
        told = {"title": self.title, "day": day, "revision": self.revision, "url": self.url}
        return message("exports.table_citation", self.lang, **told)


def metadata(about: About, schema: Described, n_rows: int, nulls: dict[str, int]) -> Described:
    """`nulls`: by column, how many of its cells say nothing."""
    return {
        "profile": "tabular-data-resource",
        "name": about.name,
        "title": about.title,
        **({"description": about.description} if about.description else {}),
        "path": about.csv_url,
        "format": "csv",
        "mediatype": CSV,
        "encoding": "utf-8",
        "citation": about.citation,
        "licenses": LICENCES,
        "sources": [{"title": "Parity", "path": about.url}],
        "revision": about.revision,
        "recorded_at": instant_text(about.instant),
        "on": None if about.on is None else about.on.isoformat(),
        "lang": about.lang,
        **dict(about.more),
        "rows": n_rows,
        "unknown": nulls,
        "schema": schema,
    }


def packed(about: About, table: bytes, described: Described) -> bytes:
    """A table, what it means, and a page for people, in one zip."""
    archive = Archive(about.instant)
    started = archive.member(f"{about.name}.csv", table)
    return started + _finished(archive, about, described)


def _finished(archive: Archive, about: About, described: Described) -> bytes:
    own = {**described, "path": f"{about.name}.csv"}
    told = archive.member(f"{about.name}.metadata.json", pretty(own))
    return told + archive.member("README.md", _readme(about, described)) + archive.end()


def _readme(about: About, described: Described) -> bytes:
    columns = "".join(map(_listed, described["schema"]["fields"]))
    return message(
        "exports.table_readme",
        about.lang,
        title=text(about.title),
        description=text(about.description),
        name=about.name,
        columns=columns,
        n_rows=described["rows"],
        citation=about.citation,
        licence=LICENCE_URL,
    ).encode()


def _listed(field: Described) -> str:
    told = field.get("description", field.get("title", ""))
    return f"- `{field['name']}` ({field['type']}) {text(told)}".rstrip() + "\n"


def nulls_of(header: list[str], rows: list[list[Any]]) -> dict[str, int]:
    """By column, how many cells are null; columns without any are left out."""
    counted = Counter(
        name for row in rows for name, value in zip(header, row, strict=True) if value is None
    )
    return {name: counted[name] for name in header if counted[name]}


class MetadataLines:
    """Reads the records of a list and says what they are."""

    def __init__(self, about: About, collection: Collection, columns: list[Column]) -> None:
        self._about = about
        self._columns = columns
        self._schema = table_schema(collection, columns, about.lang)
        self._n_rows, self._nulls = 0, Counter[str]()
        self._notices: list[Notice] = []

    def header(self) -> bytes:
        self._n_rows, self._nulls, self._notices = 0, Counter[str](), []
        return b""

    def lines(self, records: Iterable[Shown]) -> bytes:
        for record in records:
            self._n_rows += 1
            self._nulls.update(c.name for c in self._columns if c.read(record) is None)
        return b""

    def told(self, notices: list[Notice]) -> bytes:
        self._notices = notices
        return b""

    def end(self) -> bytes:
        return pretty(self.described())

    def described(self) -> Described:
        """Of the records read so far."""
        nulls = {c.name: self._nulls[c.name] for c in self._columns if self._nulls[c.name]}
        told = metadata(self._about, self._schema, self._n_rows, nulls)
        warnings = msgspec.to_builtins(self._notices)
        return told | ({"warnings": warnings} if warnings else {})


class ZipLines:
    """The table of a list and its metadata in one zip, in bounded memory."""

    def __init__(self, about: About, table: CsvLines, told: MetadataLines) -> None:
        self._about, self._table, self._told = about, table, told
        self._archive = Archive(about.instant)

    def header(self) -> bytes:
        self._archive = Archive(self._about.instant)
        self._told.header()
        begun = self._archive.begin(f"{self._about.name}.csv")
        return begun + self._archive.write(self._table.header())

    def lines(self, records: Iterable[Shown]) -> bytes:
        shown = list(records)
        self._told.lines(shown)
        return self._archive.write(self._table.lines(shown))

    def told(self, notices: list[Notice]) -> bytes:
        self._told.told(notices)
        return self._archive.write(self._table.told(notices))

    def end(self) -> bytes:
        return _finished(self._archive, self._about, self._told.described())


def zip_lines(about: About, collection: Collection, columns: list[Column], *, excel: bool) -> Lines:
    """The rows of a list as a zip."""
    table = CsvLines(columns, is_excel=excel)
    return ZipLines(about, table, MetadataLines(about, collection, columns))
