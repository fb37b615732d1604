"""The wire shapes of records and lists, made from the registry; the OpenAPI document shows them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, defstruct

from service.api.http.paging import PageShown
from service.model.notices import Notice
from service.query.fields import Collection, Field
from service.query.registry import COLLECTIONS
from service.query.types import NullReason
from service.query.views import VIEWS


class Total(Struct):
    """How many records meet the filter; `gte` beyond 10,000."""

    value: int
    relation: Literal["eq", "gte", "estimate"]


class Applied(Struct):
    """What was filtered and sorted by."""

    filter: str
    sort: list[str]
    date_match: Literal["certain", "possible"]


class ListApplied(Applied):
    """What a list was filtered, sorted and searched by."""

    q: str | None


class FacetBucket(Struct):
    """One value of a facet; key null is the unknown."""

    key: str | None
    label: str
    count: int


class FacetShown(Struct):
    """The commonest values of a path; `total_buckets` counts the known ones."""

    buckets: list[FacetBucket]
    total_buckets: int


class RevisionMeta(Struct):
    """At which revision, in which language."""

    revision: int
    lang: str


class ListMeta(Struct):
    """At which revision, in which language, by which filter; `resolved` are merged ids that were
    asked for, with the survivors that were filtered by.
    """

    revision: int
    as_of: str | None
    on: date | None
    lang: str
    applied: ListApplied
    date_undecided: dict[str, int]
    resolved: dict[str, str]
    warnings: list[Notice]


NEVER_NULL = ("source_ids", "evidence", "aliases", "external_ids", "null_reasons", "field_sources")


def _shown(field: Field) -> Any:
    never_null = field.required or field.name in NEVER_NULL
    shape: Any = field.type.shown_shape
    documented = Annotated[shape, Meta(description=field.description())]
    return documented if never_null else documented | None


def _record_type(collection: Collection) -> type[Struct]:
    members: list[tuple[str, Any]] = [
        ("object", Literal[collection.kind]),
        ("id", str),
        ("href", str),
    ]
    for field in collection.fields:
        members += field.type.shown_parts.items() or [(field.name, _shown(field))]
    if collection in VIEWS:
        members.append(("null_reasons", dict[str, NullReason]))
    members += [
        ("revision", int),
        ("recorded_at", datetime),
        ("updated_at", datetime),
    ]
    made = defstruct(_name(collection), members, module=__name__)
    made.__doc__ = collection.description()
    return made


def _name(collection: Collection) -> str:
    """Of the kind; where a field is called like it, of the collection too: generated code would
    take the one for the other.
    """
    kind = collection.type_name
    return kind if collection.field(collection.kind) is None else collection.name.title() + kind


def _page_type(collection: Collection) -> type[Struct]:
    record = RECORD_TYPES[collection.name]
    made = defstruct(
        f"{_name(collection)}List",
        [
            ("object", Literal["list"]),
            ("data", list[record]),  # type: ignore[valid-type]
            ("page", PageShown),
            ("total", Total | None),
            ("facets", dict[str, FacetShown]),
            ("meta", ListMeta),
        ],
        module=__name__,
    )
    made.__doc__ = f"A page of {collection.name}."
    return made


RECORD_TYPES = {c.name: _record_type(c) for c in (*COLLECTIONS, *VIEWS)}
PAGE_TYPES = {c.name: _page_type(c) for c in (*COLLECTIONS, *VIEWS)}
