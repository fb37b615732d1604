"""Groups of every collection, made from the registry."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, defstruct

from service.api.catalogue.list_parameters import DateMatch, Words
from service.api.catalogue.lists import among_found, applied
from service.api.catalogue.record_schemas import ListApplied, Total
from service.api.http.operation import Operation, Reading
from service.api.http.paging import Listing, PagedMoment, PageShown, cut
from service.api.http.parameters import Parameters
from service.api.http.query_string import QueryString
from service.model.errors import Code, Fault
from service.model.notices import Notice
from service.query.fields import Collection
from service.query.grouping import (
    COUNT,
    HAVING_FORM,
    Having,
    Key,
    Metric,
    group_names,
    having_of,
    key_of,
    metric_names,
    metric_of,
)
from service.query.registry import COLLECTIONS
from service.query.units import metric_faults, sorted_within
from service.search.documents import SEARCHED
from service.store.catalogue.lists import ListQuery
from service.texts.sentences import sentence
from service.usecases.catalogue.groups import Aggregated, Aggregation, aggregated, warnings

KEYS_MAX = 3
COST = 3


class AggregateMeta(Struct):
    """At which revision, by which filter, and what could not be grouped."""

    revision: int
    as_of: str | None
    on: str | None
    lang: str
    applied: ListApplied
    date_undecided: dict[str, int]
    date_unbucketed: dict[str, int]
    disputed_left_out: int
    warnings: list[Notice]
    resolved: dict[str, str]


class Aggregate(Struct):
    """Groups: each has its keys and its figures; a null key is the unknown."""

    object: Literal["aggregate"]
    group_by: list[str]
    metrics: list[str]
    data: list[dict[str, str | int | float | None]]
    page: PageShown
    total_groups: Total
    meta: AggregateMeta


class GroupParameters(PagedMoment, frozen=True, kw_only=True):
    """What every grouping takes beside its keys, its figures and its filter."""

    having: Annotated[
        tuple[Annotated[str, Meta(extra_json_schema={"pattern": HAVING_FORM})], ...],
        Meta(
            description="Only groups whose metric compares so: count>=2.",
            examples=[["count>=1"]],
        ),
    ] = ()
    fill: Annotated[
        Literal["none", "zero"],
        Meta(description="zero: also the empty periods of the one date key."),
    ] = "none"
    sort: Annotated[
        tuple[str, ...],
        Meta(description="Keys and metrics, `-` for descending.", examples=[["-count"]]),
    ] = ()
    date_match: DateMatch = "certain"

    def check(self, query: QueryString) -> None:
        """What only keys, figures and conditions together can tell."""
        keys: tuple[Key, ...] = getattr(self, "group_by", None) or ()
        metrics = metrics_of(self)
        query.faults += metric_faults(metrics, keys, query.filter)
        _checked(query, [having_of(word, list(metrics)) for word in self.having])
        known = [*(key.name for key in keys), *(metric.name for metric in metrics)]
        for term in self.sort:
            query.check_known("sort", term.removeprefix("-"), known)
        if self.fill == "zero":
            _check_fill(keys, query)


def metrics_of(parameters: Any) -> tuple[Metric, ...]:
    """The figures asked for; none: how many there are."""
    metrics: tuple[Metric, ...] = getattr(parameters, "metrics", ())
    return metrics or (COUNT,)


def _check_fill(keys: tuple[Key, ...], query: QueryString) -> None:
    if sum(bool(key.period) for key in keys) != 1:
        query.note(Code.INCOMPATIBLE_PARAMETERS, "fill", sentence("groups.fill_period"))
    if "having" in query.given:
        query.note(Code.INCOMPATIBLE_PARAMETERS, "fill", sentence("groups.fill_having"))


@cache
def group_parameters(collection: Collection) -> type[Any]:
    """The parameters of the collection's groups."""
    keys, figures = group_names(collection), metric_names(collection)
    by = _named(
        lambda word: key_of(collection, word),
        keys,
        keys[0],
        (1, KEYS_MAX),
        "One to three keys; dates by year(), quarter(), month().",
    )
    metrics = _named(
        lambda word: metric_of(collection, word),
        figures,
        "count",
        (0, None),
        "What is computed of each group, of numbers in one unit; count without it.",
    )
    words = [("q", Words, None)] if collection in SEARCHED else []
    return defstruct(
        f"{collection.kind}_group_parameters",
        [("group_by", by), ("metrics", metrics, ()), *words],
        bases=(GroupParameters,),
        frozen=True,
        kw_only=True,
    )


def _named(
    make: Callable[[str], Any],
    words: list[str],
    example: str,
    bounds: tuple[int, int | None],
    doc: str,
) -> Any:
    """A list parameter whose words each name something of the collection."""
    schema: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": words}}
    schema |= {"minItems": bounds[0]} if bounds[0] else {}
    schema |= {"maxItems": bounds[1]} if bounds[1] else {}

    def read_names(query: QueryString, name: str) -> tuple[Any, ...]:
        made = _checked(query, [make(word) for word in query.several(name)])
        if bounds[1] is not None and len(made) > bounds[1]:
            detail = sentence("groups.count", least=bounds[0], most=bounds[1], name=name)
            query.note(Code.INVALID_VALUE, name, detail)
        return made

    meta = Meta(
        description=doc,
        examples=[[example]],
        extra={"reader": read_names},
        extra_json_schema=schema,
    )
    return Annotated[Any, meta]


def _checked(query: QueryString, made: list[Any]) -> tuple[Any, ...]:
    """Those that are something; of the others the faults are noted."""
    query.faults += [one for one in made if isinstance(one, Fault)]
    return tuple(one for one in made if not isinstance(one, Fault))


def group_operation(collection: Collection) -> Operation[Any]:
    """The groups of a collection."""
    name = collection.plural

    async def aggregate(reading: Reading[Any]) -> Listing[Aggregate]:
        return await _groups(reading, collection)

    return Operation(
        id=f"aggregate_{name.replace(' ', '_')}",
        path=f"/v1/aggregate/{collection.name}",
        tag="Aggregates",
        gives={"groups": aggregate},
        parameters=Parameters(group_parameters(collection), collection),
        cost=COST,
        summary=f"Group {name}",
        description="Counts and sums by up to three keys, over any filter.",
        is_lazy=True,
    )


async def _groups(reading: Reading[Any], collection: Collection) -> Listing[Any]:
    parameters = reading.parameters
    aggregation = await _aggregation(reading, collection)
    kept = reading.state.groups
    found = await aggregated(reading.snapshot, collection, aggregation, kept)
    page, after = cut(reading.window, found.groups)
    answer = {
        "object": "aggregate",
        "group_by": [key.name for key in parameters.group_by],
        "metrics": [metric.name for metric in aggregation.metrics],
        "data": [aggregation.shown(group) for group in page],
        "page": None,
        "total_groups": {"value": len(found.groups), "relation": "eq"},
        "meta": _meta(reading, aggregation, found),
    }
    return Listing(answer, after)


async def _aggregation(reading: Reading[Any], collection: Collection) -> Aggregation:
    parameters = reading.parameters
    query = ListQuery(
        filter=reading.filter,
        is_possible=parameters.date_match == "possible",
        lang=reading.lang,
        on=parameters.on,
    )
    metrics = metrics_of(parameters)
    having: list[Having] = [  # the parameters were refused if one is a fault
        having_of(word, list(metrics))  # type: ignore[misc]
        for word in parameters.having
    ]
    return Aggregation(
        query=await among_found(reading, collection, query),
        keys=parameters.group_by,
        metrics=metrics,
        having=tuple(having),
        sort=sorted_within(parameters.sort, metrics, reading.filter),
        is_filled=parameters.fill == "zero",
    )


def _meta(reading: Reading[Any], aggregation: Aggregation, found: Aggregated) -> dict[str, Any]:
    sort = aggregation.sort or tuple(key.name for key in aggregation.keys)
    return {
        "revision": reading.snapshot.revision,
        "as_of": reading.as_of,
        "on": reading.on,
        "lang": reading.lang,
        "applied": applied(reading, sort) | {"sort": list(sort)},
        "date_undecided": found.undecided,
        "date_unbucketed": found.unbucketed,
        "disputed_left_out": found.n_disputed,
        "warnings": warnings(found, aggregation),
        "resolved": found.resolution.resolved,
    }


OPERATIONS = [group_operation(collection) for collection in COLLECTIONS]
