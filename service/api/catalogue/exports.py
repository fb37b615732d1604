"""`/v1/exports`: whole collections, compressed, and the data set as one archive."""

from dataclasses import replace
from typing import Any, Literal

from msgspec import Struct

from service import limits
from service.api.http.operation import Operation, Reading, read
from service.api.http.paging import Listing, PagedLanguage, PageShown, cut
from service.api.http.parameters import AsOf, Language
from service.api.http.representations import BY_SUFFIX
from service.api.http.streaming import FileSent
from service.formats.datasets.edition import PATH, Edition
from service.formats.described_answers import typed_lines
from service.formats.files.columns import every_column
from service.formats.files.record_files import CsvLines, Lines, NdjsonLines
from service.formats.rendering import Rendering
from service.model.errors import not_found
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_NAME, COLLECTIONS
from service.store.catalogue import records
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.catalogue.dataset import Writing, edition_of
from service.usecases.catalogue.files import Parts, RecordFile, gzipped, is_large, written
from service.usecases.catalogue.lists import Selection

COST = 20
DATASET = "dataset"
SUFFIXES = ("csv.gz", "ndjson.gz", "parquet")
DATASET_SUFFIXES = ("zip", "croissant.json", "datapackage.json", "jsonld")


class ExportParameters(Language, frozen=True, kw_only=True):
    """What an export takes."""

    as_of: AsOf = None


class ExportFile(Struct):
    """One form of an export."""

    media_type: str
    href: str


class ExportShown(Struct, kw_only=True):
    """What can be had whole: a collection, or the data set."""

    object: Literal["export"] = "export"
    name: str
    description: str
    href: str
    records: int
    files: list[ExportFile]


class ExportList(Struct, kw_only=True):
    """The data set first, then its collections."""

    object: Literal["list"] = "list"
    data: list[ExportShown]
    page: PageShown | None


class ExportListParameters(PagedLanguage, frozen=True, kw_only=True):
    """What the list of exports takes."""

    as_of: AsOf = None


async def list_exports(reading: Reading[ExportListParameters]) -> Listing[ExportList]:
    """What can be had whole.

    The data set as one archive, and each collection, with the forms of each.
    """
    counts = await _counts(reading.snapshot)
    shown = [
        _shown(name, BY_NAME[name].description(reading.lang), n, SUFFIXES)
        for name, n in counts.items()
    ]
    page, after = cut(reading.window, [_dataset(reading, counts), *shown])
    return Listing(ExportList(data=list(page), page=None), after)


async def get_dataset(reading: Reading[ExportParameters]) -> ExportShown:
    """The whole data set.

    `.zip` has it all in one file: tables, the import format, schemas, licence and descriptions;
    `.croissant.json`, `.datapackage.json` and `.jsonld` (DCAT) are these descriptions.
    """
    return _dataset(reading, await _counts(reading.snapshot))


def _dataset(reading: Reading[Any], counts: dict[str, int]) -> ExportShown:
    description = _edition(reading).description
    return _shown(DATASET, description, sum(counts.values()), DATASET_SUFFIXES)


async def _counts(snapshot: Snapshot) -> dict[str, int]:
    return {c.name: await records.count(snapshot, c) for c in COLLECTIONS}


def _shown(name: str, doc: str, count: int, suffixes: tuple[str, ...]) -> ExportShown:
    href = f"/v1/exports/{name}"
    files = [ExportFile(BY_SUFFIX[one].media_type, f"{href}.{one}") for one in suffixes]
    return ExportShown(name=name, description=doc, href=href, records=count, files=files)


def _edition(reading: Reading[Any]) -> Edition:
    """Before any of its files is written."""
    public_url: str = reading.state.settings.public_url
    return edition_of(reading.snapshot, reading.lang, public_url)


async def describe_dataset(reading: Reading[ExportParameters]) -> Edition:
    """The data set with the figures of its files."""
    edition: Edition = await reading.state.editions.get(reading.snapshot, _edition(reading))
    return edition


async def describe_index(reading: Reading[Language]) -> Edition:
    """The data set as `/v1` says what it is."""
    return _edition(reading)


async def send_dataset(reading: Reading[ExportParameters]) -> FileSent:
    """The archive."""
    edition = _edition(reading)
    counts = await _counts(reading.snapshot)
    return FileSent(
        name=f"parity-dataset-r{edition.revision}.zip",
        make=lambda snapshot: Writing(snapshot, edition).parts(),
        is_large=sum(counts.values()) > limits.FILE_KEPT_ROWS,
    )


async def export_collection(reading: Reading[ExportParameters], collection: str) -> FileSent:
    """A whole collection, compressed.

    Every record at one revision, by id, without bound: `.csv.gz`, `.ndjson.gz` or `.parquet`.
    """
    if collection not in BY_NAME:
        raise not_found("collection", collection, nearest(collection, (*BY_NAME, DATASET)))
    exported, suffix = BY_NAME[collection], reading.format.suffix
    query = ListQuery(sort=("id",), lang=reading.lang)
    lines = _lines(reading, exported)
    file = RecordFile(exported, query, Selection(lang=reading.lang), lines)
    file = replace(file, is_heavy=reading.format.is_heavy)
    packed = gzipped if suffix.endswith(".gz") else _as_it_is
    return FileSent(
        name=f"parity-{collection}-r{reading.snapshot.revision}.{suffix}",
        make=lambda snapshot: packed(written(snapshot, file)),
        is_large=await is_large(reading.snapshot, file),
    )


def _as_it_is(parts: Parts) -> Parts:
    return parts


def _lines(reading: Reading[ExportParameters], exported: Collection) -> Lines:
    if reading.format.suffix == "ndjson.gz":
        return NdjsonLines()
    if reading.format.suffix == "csv.gz":
        return CsvLines(every_column(exported))
    revision = reading.snapshot.revision
    public_url, href = reading.state.settings.public_url, f"/v1/exports/{exported.name}"
    rendering = Rendering(
        operation=export_collection.__name__,
        options=None,
        lang=reading.lang,
        url=f"{public_url}{href}.parquet?as_of=rev:{revision}&lang={reading.lang}",
        name=exported.name,
        revision=revision,
        instant=reading.snapshot.instant,
        on=None,
    )
    return typed_lines("parquet", exported, every_column(exported), rendering)


OPERATIONS: list[Operation[Any]] = [
    read("/v1/exports", list_exports, "Files"),
    read(
        PATH,
        get_dataset,
        "Files",
        "record",
        cost=COST,
        also={"dataset": describe_dataset, "archive": send_dataset},
    ),
    read("/v1/exports/{collection:str}", export_collection, "Files", "export", cost=COST),
]
