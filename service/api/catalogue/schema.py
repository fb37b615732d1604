"""`/v1/schema`: the registry as readers and programs see it."""

from typing import Literal

from msgspec import Struct

from service.api.http.operation import Reading
from service.api.http.parameters import Language
from service.query.fields import Collection
from service.query.grouping import is_groupable, metric_names
from service.query.paths import Path, paths
from service.query.registry import COLLECTIONS
from service.query.relations import embeddings
from service.query.sorting import sortable_names
from service.texts.labels import label


class ListedWord(Struct):
    """A word of a closed list."""

    value: str
    label: str


class FieldShown(Struct):
    """A path to filter by; `operators` are suffixes of the flat spelling ("" is any of). Numbers of
    a measure go together only where its `units`, other paths, are equal."""

    name: str
    type: str
    description: str
    to: str | None
    values: list[ListedWord]
    operators: list[str]
    units: list[str]
    is_sortable: bool
    is_groupable: bool


class CollectionShown(Struct):
    """A collection and everything that can be asked of it."""

    name: str
    kind: str
    description: str
    href: str
    is_entity: bool
    natural_key: list[str]
    default_sort: list[str]
    fields: list[FieldShown]
    include: list[str]
    metrics: list[str]


class Schema(Struct):
    """All collections."""

    object: Literal["schema"]
    collections: list[CollectionShown]


async def get_schema(reading: Reading[Language]) -> Schema:
    """Collections, fields, types and operators.

    Made from the registry that compiles the queries.
    """
    return Schema("schema", [_shown(collection, reading.lang) for collection in COLLECTIONS])


def _shown(collection: Collection, lang: str) -> CollectionShown:
    sortable = sortable_names(collection)
    return CollectionShown(
        name=collection.name,
        kind=collection.kind,
        description=collection.doc,
        href=f"/v1/{collection.name}",
        is_entity=collection.is_entity,
        natural_key=list(collection.natural_key),
        default_sort=list(collection.default_sort),
        fields=[_field(path, sortable, lang) for path in paths(collection).values()],
        include=list(embeddings(collection)),
        metrics=metric_names(collection),
    )


def _field(path: Path, sortable: list[str], lang: str) -> FieldShown:
    return FieldShown(
        name=path.name,
        type=path.type.name,
        description=path.field.doc,
        to=path.field.to or None,
        values=[ListedWord(value, label(value, lang)) for value in path.field.values],
        operators=[operator.value for operator in path.type.operators],
        units=[unit.name for unit in path.units],
        is_sortable=path.name in sortable,
        is_groupable=is_groupable(path),
    )
