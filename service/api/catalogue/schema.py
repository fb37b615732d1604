"""`/v1/schema`: the registry as readers and programs see it."""

from typing import Literal

from msgspec import Struct

from service import limits
from service.api.http.operation import Reading
from service.api.http.parameters import Language
from service.query.fields import Collection
from service.query.grouping import is_groupable, metric_names
from service.query.paths import Path, paths
from service.query.registry import COLLECTIONS
from service.query.relations import embeddings, hops
from service.query.sorting import is_sortable
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


class HopShown(Struct):
    """A word that leads a question on to other records: `vendor` in `vendor.country`.

    Where it `leads_to_several`, a comparison holds if it does of any of them.
    """

    word: str
    to: str
    leads_to_several: bool


class CollectionShown(Struct):
    """A collection and everything that can be asked of it: its fields, those of the records that
    it points to, and by `hops` those of every record that it is linked with.
    """

    name: str
    kind: str
    description: str
    href: str
    is_entity: bool
    natural_key: list[str]
    default_sort: list[str]
    fields: list[FieldShown]
    hops: list[HopShown]
    include: list[str]
    metrics: list[str]


class Schema(Struct):
    """All collections. A question goes at most `hops_max` records far."""

    object: Literal["schema"]
    hops_max: int
    collections: list[CollectionShown]


async def get_schema(reading: Reading[Language]) -> Schema:
    """Collections, fields, types and operators.

    Made from the registry that compiles the queries.
    """
    shown = [_shown(collection, reading.lang) for collection in COLLECTIONS]
    return Schema("schema", limits.QUESTION_HOPS, shown)


def _shown(collection: Collection, lang: str) -> CollectionShown:
    return CollectionShown(
        name=collection.name,
        kind=collection.kind,
        description=collection.description(lang),
        href=f"/v1/{collection.name}",
        is_entity=collection.is_entity,
        natural_key=list(collection.natural_key),
        default_sort=list(collection.default_sort),
        fields=[_field(path, lang) for path in paths(collection).values()],
        hops=[
            HopShown(hop.word, hop.target.name, hop.is_list) for hop in hops(collection).values()
        ],
        include=list(embeddings(collection)),
        metrics=metric_names(collection),
    )


def _field(path: Path, lang: str) -> FieldShown:
    return FieldShown(
        name=path.name,
        type=path.type.name,
        description=path.field.description(lang),
        to=path.field.to or None,
        values=[ListedWord(value, label(value, lang)) for value in path.field.values],
        operators=[operator.value for operator in path.type.operators],
        units=[unit.name for unit in path.units],
        is_sortable=is_sortable(path),
        is_groupable=is_groupable(path),
    )
