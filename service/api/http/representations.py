"""The formats of answers: for each kind of answer, what writes it. To add a format, add a row.

The kinds: a `record`; a `list` of records, and its `rows` as a file; a `feed` of dated events;
`groups`; an `analysis` (a comparison is one); a `table`, which is any other answer: its rows are
those of its lists, or itself; a `file`, an `export` and an `archive`, whose bytes are made
elsewhere; the `dataset` and the `index`, which describe the whole; a `citation`; a `page`; a
`picture`, of what is answered otherwise too, but drawn from something else.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import Meta, Struct, defstruct

from service.api.http.paging import CURSOR, LIMIT
from service.formats import encoders
from service.formats.analyses import pages, tables
from service.formats.datasets import croissant, datapackage, dcat
from service.formats.datasets.edition import ZIP
from service.formats.described_answers import (
    about_records,
    analysis_metadata,
    analysis_typed,
    analysis_zip,
    groups_metadata,
    groups_typed,
    groups_zip,
    typed_lines,
)
from service.formats.encoders import Encoder
from service.formats.files import atom, described_tables, icalendar, json_feed
from service.formats.files.columns import NoColumn, columns
from service.formats.files.described_tables import MetadataLines, zip_lines
from service.formats.files.record_files import CsvLines, Lines, NdjsonLines
from service.formats.files.typed_files import ARROW, PARQUET, Form
from service.formats.pictures import encoders as pictures
from service.formats.rendering import Rendering as Rendering
from service.model.errors import Code, Fault, refused
from service.query.fields import Collection
from service.query.types.cells import Column
from service.texts.sentences import sentence
from service.usecases.analyses.declarations import DECLARATIONS

Kind: TypeAlias = Literal[
    "record",
    "list",
    "rows",
    "feed",
    "groups",
    "analysis",
    "table",
    "file",
    "export",
    "archive",
    "dataset",
    "index",
    "citation",
    "page",
    "picture",
]
JSON = "application/json"
HTML = "text/html"
GZIP = "application/gzip"
# What cuts a list into pages or stands beside it; a file has all rows in one piece.
OF_SAMPLES = ("sample", "seed")  # of records; where they are no records, a file has a sample too
OF_PAGES = (LIMIT, CURSOR, "count", "facets", *OF_SAMPLES)
OF_FEEDS = (*OF_PAGES, "sort", "fields", "include")
GIVEN_IN_LINKS = ("csv", "md")
SHOWN = {declaration.operation: declaration.shown for declaration in DECLARATIONS}


class NoOptions(Struct, frozen=True):
    """A format without parameters of its own."""


class CsvOptions(Struct, frozen=True):
    """What every CSV file takes."""

    excel: Annotated[
        bool, Meta(description="CSV for Excel: a byte order mark, CRLF and guarded formulas.")
    ] = False


LineMaker: TypeAlias = Callable[[Collection, Rendering], Lines]


class Format(NamedTuple):
    """`options` makes the format's parameters from the operation and the shape of its answer.

    `rows` writes the rows of a list one batch after the other, and with `has_columns` picks of each
    record what `fields` names; `sends` is the kind that is a file already; what is saved as a file
    is named; what is heavy is written in a thread. Of the parameters of a list it `refuses` these.
    What `is_drawn` is had of an operation that names a picture.
    """

    suffix: str
    media_type: str
    encoders: Mapping[Kind, Encoder]
    rows: LineMaker | None = None
    has_columns: bool = False
    options: Callable[[str, Any], type[Struct]] = lambda _operation, _shape: NoOptions
    is_saved: bool = False
    is_heavy: bool = False
    sends: Kind | None = None
    refuses: tuple[str, ...] = ()
    is_drawn: bool = False

    def kind(self, kinds: frozenset[Kind]) -> Kind | None:
        """Which of the kinds that an operation gives it is made from."""
        if self.rows is not None and "rows" in kinds:
            return "rows"
        if self.sends in kinds:
            return self.sends
        return next((kind for kind in self.encoders if kind in kinds), None)


def _csv_options(operation: str, shape: Any, base: type[Struct] = CsvOptions) -> type[Struct]:
    """With the choice of a table, where the answer has several."""
    presentation = SHOWN.get(operation)
    if presentation is None:
        return base
    names = Literal[tuple(tables.table_names(shape))]  # type: ignore[valid-type]
    told = Meta(description="CSV: which rows; figures: every scalar by its dotted path.")
    return defstruct(
        "TableOptions",
        [("table", Annotated[names, told], presentation.table)],
        bases=(base,),
        frozen=True,
    )


def _analysis_csv(answer: Any, rendering: Rendering) -> bytes:
    chosen = tables.table(answer, rendering.options.table)
    return tables.csv(chosen, is_excel=rendering.options.excel)


def _analysis_page(answer: Any, rendering: Rendering) -> bytes:
    return pages.page(answer, SHOWN[rendering.operation], rendering.lang, rendering.url)


def _csv_lines(collection: Collection, rendering: Rendering) -> Lines:
    return CsvLines(_columns(collection, rendering.fields), is_excel=rendering.options.excel)


def _columns(collection: Collection, fields: tuple[str, ...]) -> list[Column]:
    try:
        return columns(collection, list(fields))
    except NoColumn as error:
        detail = sentence("parameters.cell", name=str(error))
        raise refused(
            [Fault(code=Code.INCOMPATIBLE_PARAMETERS, parameter="fields", detail=detail)]
        ) from None


def _typed(form: Form, media_type: str, sends: Kind | None = None) -> Format:
    """A format whose columns have types."""

    def lines(collection: Collection, rendering: Rendering) -> Lines:
        return typed_lines(form, collection, _columns(collection, rendering.fields), rendering)

    return Format(
        form,
        media_type,
        {"analysis": partial(analysis_typed, form), "groups": partial(groups_typed, form)},
        rows=lines,
        has_columns=True,
        options=_plain_options,
        is_saved=True,
        is_heavy=True,
        sends=sends,
        refuses=(*OF_PAGES, "include"),
    )


def _plain_options(operation: str, shape: Any) -> type[Struct]:
    return _csv_options(operation, shape, NoOptions)


def _metadata_lines(collection: Collection, rendering: Rendering) -> Lines:
    about = about_records(collection, rendering)
    return MetadataLines(about, collection, _columns(collection, rendering.fields))


def _zip_lines(collection: Collection, rendering: Rendering) -> Lines:
    about, chosen = (
        about_records(collection, rendering),
        _columns(collection, rendering.fields),
    )
    return zip_lines(about, collection, chosen, excel=rendering.options.excel)


def _picture(suffix: str, media_type: str, encoder: Any) -> Format:
    """A format of pictures; its own parameters are those of what is drawn."""
    kinds: tuple[Kind, ...] = ("picture", "analysis", "groups")
    options = NoOptions if suffix == "alt.txt" else pictures.PictureOptions
    return Format(
        suffix,
        media_type,
        dict.fromkeys(kinds, encoder),
        options=lambda _operation, _shape: options,
        is_heavy=True,
        refuses=(*OF_PAGES, "fields", "include"),
        is_drawn=True,
    )


FORMATS = (
    Format(
        "json",
        JSON,
        dict.fromkeys(("record", "list", "groups", "analysis", "table"), encoders.as_json),
    ),
    Format(
        "csv",
        "text/csv",
        {"analysis": _analysis_csv, "groups": encoders.groups_csv, "table": encoders.table_csv},
        rows=_csv_lines,
        has_columns=True,
        options=_csv_options,
        is_saved=True,
        sends="file",
        refuses=(*OF_PAGES, "include"),
    ),
    Format(
        "ndjson",
        "application/x-ndjson",
        {"groups": encoders.groups_ndjson, "table": encoders.table_ndjson},
        rows=lambda _collection, _rendering: NdjsonLines(),
        is_saved=True,
        sends="file",
        refuses=OF_PAGES,
    ),
    Format("md", "text/markdown", {"analysis": _analysis_page}),
    Format("atom", atom.MEDIA_TYPE, {"feed": encoders.feed_atom}, refuses=OF_FEEDS),
    Format("feed.json", json_feed.MEDIA_TYPE, {"feed": encoders.feed_json}, refuses=OF_FEEDS),
    Format("ics", icalendar.MEDIA_TYPE, {"feed": encoders.feed_calendar}, refuses=OF_FEEDS),
    Format("bib", "application/x-bibtex", {"citation": lambda release, _: release.bibtex.encode()}),
    Format("event-stream", "text/event-stream", {}),
    Format("html", HTML, {"page": lambda page, rendering: page.html(rendering)}),
    Format(
        "metadata.json",
        described_tables.MEDIA_TYPE,
        {"analysis": analysis_metadata, "groups": groups_metadata},
        rows=_metadata_lines,
        has_columns=True,
        options=_plain_options,
        refuses=(*OF_PAGES, "include"),
    ),
    Format(
        "zip",
        ZIP,
        {"analysis": analysis_zip, "groups": groups_zip},
        rows=_zip_lines,
        has_columns=True,
        options=_csv_options,
        is_saved=True,
        sends="archive",
        refuses=(*OF_PAGES, "include"),
    ),
    Format("croissant.json", croissant.MEDIA_TYPE, {"dataset": encoders.dataset_croissant}),
    Format("datapackage.json", datapackage.MEDIA_TYPE, {"dataset": encoders.dataset_datapackage}),
    Format(
        "jsonld",
        dcat.MEDIA_TYPE,
        {
            "dataset": encoders.dataset_dcat,
            "index": encoders.dataset_dcat,
            "record": encoders.ld_record,
            "list": encoders.ld_list,
        },
    ),
    _picture("svg", "image/svg+xml", pictures.drawn(None)),
    _picture("png", "image/png", pictures.drawn(1)),
    _picture("@2x.png", "image/png", pictures.drawn(2)),
    _picture("vl.json", "application/vnd.vegalite.v6+json", pictures.vega_lite),
    _picture("alt.txt", "text/plain", pictures.alternative),
    _picture("embed", pictures.EMBED_TYPE, pictures.embedded),
    Format("csv.gz", GZIP, {}, is_saved=True, sends="export"),
    Format("ndjson.gz", GZIP, {}, is_saved=True, sends="export"),
    _typed("parquet", PARQUET, "export"),
    _typed("arrow", ARROW),
)
BY_SUFFIX = {format_.suffix: format_ for format_ in FORMATS}


def formats_of(kinds: frozenset[Kind]) -> tuple[Format, ...]:
    """The formats in which an operation that gives these kinds answers, JSON first."""
    return tuple(format_ for format_ in FORMATS if format_.kind(kinds) is not None)


def linked(answer: Any) -> Any:
    """The answer, its `links` naming the other forms of the question that `self` asks."""
    path, _, query = answer.links["self"].partition("?")
    named = {suffix: f"{path}.{suffix}?{query}" for suffix in GIVEN_IN_LINKS}
    return msgspec.structs.replace(answer, links={**answer.links, **named})
