"""Lists and records of every collection and view, made from the registry."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from msgspec import structs

from service import limits
from service.api.catalogue.list_parameters import list_parameters, record_parameters
from service.api.catalogue.record_schemas import PAGE_TYPES, RECORD_TYPES
from service.api.http.operation import Operation, Reading, Rows
from service.api.http.paging import Listing
from service.api.http.parameters import Parameters
from service.api.http.readers import today
from service.api.http.representations import BY_SUFFIX, Kind
from service.formats.pictures.adoptions import adoption_timeline
from service.formats.pictures.picture import Painter
from service.formats.pictures.timelines import Facts
from service.formats.pictures.versions import version_timeline
from service.model.notices import Notice, undecided, unfinished
from service.query.fields import Collection, Field
from service.query.filters.expressions import Comparison, both, text
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import ADOPTIONS, BY_NAME, COLLECTIONS, VERSIONS
from service.query.relations import embeddings
from service.query.selections import needed
from service.query.views import FACTS, ISSUES
from service.store.catalogue.lists import ListQuery
from service.usecases import search
from service.usecases.catalogue.lists import Listed, Selection, listed, shown
from service.usecases.catalogue.merged_ids import existing

# Which lists are drawn: by whom, in which order the facts come, and whose names beside theirs.
_DRAWN: Mapping[str, tuple[Painter, str, dict[str, Any]]] = {
    ADOPTIONS.name: (adoption_timeline, "date", {"product": {"vendor": {}}, "feature": {}}),
    VERSIONS.name: (version_timeline, "-date", {"product": {}}),
}
ISSUES_PATH = "/v1/quality/issues"
ListReading: TypeAlias = Reading[Any]


def list_operation(collection: Collection, path: str = "") -> Operation[Any]:
    """The list of a collection or view."""
    name = collection.plural

    async def list_records(reading: ListReading) -> Listing[Any]:
        return await _page(reading, collection)

    async def list_rows(reading: ListReading) -> Rows:
        return await _rows(reading, collection)

    list_records.__annotations__["return"] = _listing(PAGE_TYPES[collection.name])

    async def list_drawn(reading: ListReading) -> Facts:
        return await _facts(reading, collection)

    picture, drawn = _drawn(collection, list_drawn)
    return Operation(
        id=f"list_{name.replace(' ', '_')}",
        path=path or f"/v1/{collection.name}",
        tag=collection.tag,
        gives={"list": list_records, "rows": list_rows, **drawn},
        picture=picture,
        parameters=Parameters(list_parameters(collection), collection),
        summary=f"List {name}",
        description=collection.description(),
        pinning="as_of_and_on" if collection is ISSUES else "as_of",
        is_lazy=True,
    )


def sublist_operation(
    owner: Collection, collection: Collection, reference: Field
) -> Operation[Any]:
    """The records of a collection that point to one record: `/v1/products/{id}/adoptions`."""

    def fixed(record_id: str) -> Comparison:
        return Comparison(paths(collection)[reference.name], Operator.EQ, (record_id,))

    async def list_records(reading: ListReading, record_id: str) -> Listing[Any]:
        narrowed = _narrowed(reading, fixed(record_id))
        return await _page(narrowed, collection, (owner, record_id))

    async def list_rows(reading: ListReading, record_id: str) -> Rows:
        await existing(reading.snapshot, owner, record_id)
        return await _rows(_narrowed(reading, fixed(record_id)), collection)

    list_records.__annotations__["return"] = _listing(PAGE_TYPES[collection.name])

    async def list_drawn(reading: ListReading, record_id: str) -> Facts:
        await existing(reading.snapshot, owner, record_id)
        return await _facts(_narrowed(reading, fixed(record_id)), collection)

    name = collection.plural
    picture, drawn = _drawn(collection, list_drawn)
    return Operation(
        id=f"list_{name.replace(' ', '_')}_of_{owner.kind}",
        path=f"/v1/{owner.name}/{{record_id:str}}/{collection.name}",
        tag=owner.tag,
        gives={"list": list_records, "rows": list_rows, **drawn},
        picture=picture,
        parameters=Parameters(list_parameters(collection), collection),
        summary=f"List {name} of one {owner.singular}",
        description=f"Short for /v1/{collection.name}?{reference.name}=…",
        is_lazy=True,
    )


async def _facts(reading: ListReading, collection: Collection) -> Facts:
    """What is drawn of a list: so many of its facts, with the names beside them."""
    _, order, brought = _DRAWN[collection.name]
    query = await among_found(reading, collection, list_query(reading))
    query = replace(query, sort=(order,), limit=limits.FACTS_DRAWN, after=())
    selection = Selection(reading.lang, brought)
    found = await listed(reading.snapshot, collection, query, selection, reading.state.groups)
    total = len(found.data) if found.count is None else found.count.value
    return Facts(found.data, total, reading.on or today())


def _drawn(collection: Collection, handler: Any) -> tuple[Painter | None, Mapping[Kind, Any]]:
    """The picture of the lists of a collection, and who reads what it draws."""
    if collection.name not in _DRAWN:
        return None, {}
    return _DRAWN[collection.name][0], {"picture": handler}


def _listing(shape: Any) -> Any:
    return Listing[shape]


def _narrowed(reading: ListReading, fixed: Comparison) -> ListReading:
    return structs.replace(reading, filter=both(fixed, reading.filter))


def record_operation(collection: Collection) -> Operation[Any]:
    """One record of a collection."""

    async def get_record(reading: ListReading, record_id: str) -> Any:
        snapshot, selection = reading.snapshot, _selection(reading)
        columns = selection.plan(collection).columns
        row = await existing(snapshot, collection, record_id, columns)
        return (await shown(snapshot, collection, [row], selection))[0]

    async def get_row(reading: ListReading, record_id: str) -> Rows:
        await existing(reading.snapshot, collection, record_id)
        itself = Comparison(paths(collection)["id"], Operator.EQ, (record_id,))
        query = ListQuery(filter=itself, lang=reading.lang)
        return Rows(collection, query, _file_selection(reading, collection))

    get_record.__annotations__["return"] = RECORD_TYPES[collection.name]
    return Operation(
        id=f"get_{collection.kind}",
        path=f"/v1/{collection.name}/{{record_id:str}}",
        tag=collection.tag,
        gives={"record": get_record, "rows": get_row},
        parameters=Parameters(record_parameters(collection)),
        is_lazy=True,
        summary=f"One {collection.singular}",
        description=collection.description(),
    )


def list_query(reading: ListReading) -> ListQuery:
    """What the list asks of the store."""
    parameters = reading.parameters
    return ListQuery(
        filter=reading.filter,
        is_possible=parameters.date_match == "possible",
        sort=parameters.sort,
        limit=parameters.sample or reading.window.limit,
        after=reading.window.after,
        lang=reading.lang,
        on=parameters.on,
        count=parameters.count,
        sample=parameters.sample or 0,
        seed=parameters.seed or 0,
        unchecked_before=_unchecked_before(reading),
    )


def _unchecked_before(reading: ListReading) -> date:
    """The day before which the last look at a source is too old."""
    days: int = getattr(reading.parameters, "stale_days", 0)
    return date.min if reading.on is None or not days else reading.on - timedelta(days=days)


def _selection(reading: ListReading) -> Selection:
    parameters = reading.parameters
    return Selection(
        lang=reading.lang,
        include=parameters.include,
        fields=parameters.fields,
        on=parameters.on,
        is_possible=getattr(parameters, "date_match", "certain") == "possible",
        is_encoded=reading.format is BY_SUFFIX["json"],
    )


def _file_selection(reading: ListReading, collection: Collection) -> Selection:
    """Where columns pick the fields, whole records are shown to them."""
    selection = _selection(reading)
    if not reading.format.has_columns:
        return selection
    include = needed(collection, selection.fields)
    return structs.replace(selection, include=include, fields={})


async def among_found(reading: ListReading, collection: Collection, query: ListQuery) -> ListQuery:
    """The list among what the words `q` find at the snapshot's revision."""
    words = getattr(reading.parameters, "q", None)
    if words is None:
        return query
    await reading.snapshot.open()
    index = await reading.state.indexes.get(reading.snapshot)
    return replace(query, among=await search.ids(index, words, collection.kind))


async def _rows(reading: ListReading, collection: Collection) -> Rows:
    query = await among_found(reading, collection, list_query(reading))
    return Rows(collection, query, _file_selection(reading, collection))


async def _page(
    reading: ListReading, collection: Collection, owner: tuple[Collection, str] | None = None
) -> Listing[Any]:
    query = await among_found(reading, collection, list_query(reading))
    facets = tuple(paths(collection)[name] for name in reading.parameters.facets)
    kept = reading.state.groups
    selection = _selection(reading)
    found = await listed(reading.snapshot, collection, query, selection, kept, facets, owner)
    warnings = _warnings(found, reading.lang, is_possible=query.is_possible)
    answer = {
        "object": "list",
        "data": found.data,
        "page": None,
        "total": None if found.count is None else found.count._asdict(),
        "facets": found.facets,
        "meta": {
            "revision": reading.snapshot.revision,
            "as_of": reading.as_of,
            "on": reading.on,
            "lang": reading.lang,
            "applied": applied(reading, query.sort or collection.default_sort),
            "date_undecided": found.undecided,
            "resolved": found.resolution.resolved,
            "warnings": warnings + found.resolution.warnings(reading.lang),
        },
    }
    after = None if query.sample else found.after
    return Listing(answer, after, is_whole=not found.unfinished)


def applied(reading: ListReading, sort: tuple[str, ...]) -> dict[str, Any]:
    """What was filtered, sorted and searched by."""
    named = [term.removeprefix("-") for term in sort]
    return {
        "filter": text(reading.filter),
        "sort": [*sort, *(["id"] if "id" not in named else [])],
        "date_match": reading.parameters.date_match,
        "q": getattr(reading.parameters, "q", None),
    }


def _warnings(found: Listed, lang: str, *, is_possible: bool) -> list[Notice]:
    """What partial dates left open, and which rules took too long."""
    warnings = undecided(found.undecided, lang, is_possible=is_possible)
    if found.unfinished:
        warnings.append(unfinished(found.unfinished, lang))
    return warnings


def _sublists() -> list[Operation[Any]]:
    reverse = [(c, e) for c in COLLECTIONS for e in embeddings(c).values() if e.is_reverse]
    facts_of = FACTS.field("source_ids")
    assert facts_of is not None, "the view declares it"
    return [
        *(sublist_operation(owner, e.target, e.reference) for owner, e in reverse),
        sublist_operation(BY_NAME["sources"], FACTS, facts_of),
    ]


OPERATIONS = [
    *(make(c) for c in COLLECTIONS for make in (list_operation, record_operation)),
    *_sublists(),
    list_operation(ISSUES, ISSUES_PATH),
]
