"""What a list request asks for, read from its query string and checked."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request

from service import limits
from service.api.catalogue.file_parameters import of_file, refuse_paging
from service.api.catalogue.search_terms import read_words, words_of
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
from service.formats.files.record_files import Form
from service.model.errors import Code, ServiceError
from service.query import cursors
from service.query.fields import Collection
from service.query.filters.expressions import text
from service.query.filters.parameters import distinct, filter_names, filter_of, sort_of
from service.query.grouping import is_groupable
from service.query.operators import Operator
from service.query.paths import Path, paths
from service.query.relations import embeddings
from service.query.selections import DATE_BOUNDS, Tree, field_faults, include_faults, tree_of
from service.query.sorting import sortable_names
from service.store.catalogue.lists import ListQuery
from service.usecases.catalogue.lists import Selection

SORT, LIMIT, CURSOR, COUNT = "sort", "limit", "cursor", "count"
DATE_MATCHES = ("certain", "possible")
MEANINGS = {
    Operator.EQ: "Any of these values.",
    Operator.NOT: "None of these values.",
    Operator.GT: "Greater, or after the whole period.",
    Operator.GTE: "At least, or from the first day of the period.",
    Operator.LT: "Less, or before the period.",
    Operator.LTE: "At most, or to the last day of the period.",
    Operator.IS_NULL: "Whether it has no value.",
    Operator.ALL: "All of these values.",
    Operator.PREFIX: "Begins with any of these.",
}


@dataclass(frozen=True)
class ListRequest:
    """A checked list request; `question` is what its ETag and cursors stand for."""

    query: ListQuery
    selection: Selection
    facets: tuple[Path, ...]
    as_of: str | None
    is_pinned: bool
    question: list[Any]
    hash: str
    applied: dict[str, Any]
    words: str | None = None


def filter_parameters(collection: Collection) -> list[Parameter]:
    """The filter of a collection in both spellings."""
    flat = [
        Parameter(name=name, doc=f"{MEANINGS[operator]} {path.field.doc}",
                  schema=_schema(path, operator))
        for name, (path, operator) in filter_names(collection).items()
    ]  # fmt: skip
    return [
        *flat,
        Parameter(name="filter", doc="An AIP-160 expression, AND-ed with the flat filters.",
                  schema={"type": "string", "maxLength": limits.FILTER_CHARACTERS}),
        Parameter(name="date_match", doc="certain: the whole interval of a partial date "
                  "qualifies; possible: some day of it does.",
                  schema={"type": "string", "enum": list(DATE_MATCHES), "default": "certain"}),
    ]  # fmt: skip


def parameters(collection: Collection) -> list[Parameter]:
    """Every parameter of the collection's list."""
    integer = {"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX}
    return [
        *filter_parameters(collection),
        Parameter(name=SORT, doc="Sort fields, `-` for descending; id is appended.",
                  schema=_listed(sortable_names(collection)),
                  example=",".join(collection.default_sort)),
        Parameter(name=LIMIT, doc="Records a page.",
                  schema={**integer, "default": limits.PAGE_DEFAULT}),
        Parameter(name=CURSOR, doc="`page.next_cursor` of the page before."),
        Parameter(name=COUNT, doc="exact (to 100,000, then gte) or none.",
                  schema={"type": "string", "enum": ["exact", "none"], "default": "exact"}),
        Parameter(name="facets", doc="Counts by value of these paths, over the whole list.",
                  schema={"type": "array",
                          "items": {"type": "string", "enum": _facets(collection)}}),
        Parameter(name="sample", doc="So many records drawn at random, decided by seed.",
                  schema={**integer, "maximum": limits.SAMPLE_MAX}),
        Parameter(name="seed", doc="Of the sample.",
                  schema={"type": "integer", "minimum": 0, "default": 0}),
        *words_of(collection),
        *record_parameters(collection),
    ]  # fmt: skip


def record_parameters(collection: Collection) -> list[Parameter]:
    """What one record may be asked."""
    brought = [*embeddings(collection), DATE_BOUNDS]
    return [
        Parameter(name="fields", doc="Only these fields, with dots into what is included.",
                  schema={"type": "array", "items": {"type": "string"}}),
        Parameter(name="include", doc="Records to bring along, two far at most: "
                  f"{', '.join(brought)}.",
                  schema={"type": "array", "items": {"type": "string"}}),
        LANG,
        ON,
        AS_OF,
    ]  # fmt: skip


def _facets(collection: Collection) -> list[str]:
    found = [p for p in paths(collection).values() if is_groupable(p)]
    return [p.name for p in found if p.type.is_facet]


def _schema(path: Path, operator: Operator) -> dict[str, Any]:
    if operator is Operator.IS_NULL:
        return {"type": "boolean"}
    word: dict[str, Any] = {"type": "string"}
    if path.field.values:
        word["enum"] = list(path.field.values)
    several = operator in (Operator.EQ, Operator.NOT, Operator.ALL, Operator.PREFIX)
    return {"type": "array", "items": word} if several else word


def _listed(names: list[str]) -> dict[str, Any]:
    words = [sign + name for name in names for sign in ("", "-")]
    return {"type": "array", "items": {"type": "string", "enum": words}}


def today() -> date:
    return datetime.now(UTC).date()


def read(
    request: Request[Any, Any, Any], collection: Collection, form: Form | None = None
) -> ListRequest:
    """Raises ServiceError with every fault of the query string; `form` is a file's."""
    query = Query(request)
    asked = _list_query(query, collection, request)
    selection = read_selection(query, collection, asked.lang, asked.on)
    facets = _facet_paths(query, collection)
    as_of, cursor, words = query.one("as_of"), query.one(CURSOR), read_words(query, collection)
    refuse_paging(query, form)
    query.finish(p.name for p in of_file(parameters(collection), form))
    question = cursors.list_question(query.given, asked.on, asked.lang)
    return _continued(
        ListRequest(
            query=asked,
            selection=selection,
            facets=facets,
            as_of=as_of,
            is_pinned=is_pinned(as_of),
            question=[*question, ["limit", asked.limit], ["cursor", cursor]],
            hash=cursors.query_hash([request.url.path, question]),
            applied={
                "filter": text(asked.filter),
                "sort": _applied_sort(asked.sort or collection.default_sort),
                "date_match": DATE_MATCHES[asked.is_possible],
                "q": words,
            },
            words=words,
        ),
        cursor,
    )


def _applied_sort(terms: tuple[str, ...]) -> list[str]:
    named = [term.removeprefix("-") for term in terms]
    return [*terms, *(["id"] if "id" not in named else [])]


def _list_query(query: Query, collection: Collection, request: Request[Any, Any, Any]) -> ListQuery:
    expression, faults = filter_of(collection, query.given)
    query.blame(faults)
    asked = ListQuery(
        filter=expression,
        is_possible=query.choice("date_match", DATE_MATCHES, "certain") == "possible",
        sort=_sort(query, collection),
        limit=query.integer(LIMIT, limits.PAGE_DEFAULT, 1, limits.PAGE_MAX),
        lang=query.lang() or language(request)[0],
        on=query.day("on", today()),
        is_counted=query.choice(COUNT, ("exact", "none"), "exact") == "exact",
        sample=query.integer("sample", 0, 1, limits.SAMPLE_MAX),
        seed=query.integer("seed", 0, 0, 999_999_999),
    )
    _exclude(query, "cursor", "sample")
    if asked.sample:
        return replace(asked, limit=asked.sample)
    if "seed" in query.given:
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "seed", "seed decides a sample; add sample=.")
    return asked


def _exclude(query: Query, one: str, other: str) -> None:
    if one in query.given and other in query.given:
        detail = f"{one} and {other} exclude each other; keep one."
        query.fault(Code.INCOMPATIBLE_PARAMETERS, one, detail)


def read_selection(query: Query, collection: Collection, lang: str, on: date | None) -> Selection:
    """`fields` and `include`; faults are noted in `query`."""
    include, fields = _tree(query, "include"), _tree(query, "fields")
    faults = include_faults(collection, include) + field_faults(collection, fields)
    query.blame(faults)
    return Selection(lang=lang, include=include, fields=fields, on=on)


def _tree(query: Query, name: str) -> Tree:
    names = distinct(query.given.get(name, ()))
    if "" in names:
        query.fault(Code.EMPTY_VALUE, name, f"Empty value; leave {name} out for the default.")
        return {}
    return tree_of(names)


def _facet_paths(query: Query, collection: Collection) -> tuple[Path, ...]:
    names, known = distinct(query.given.get("facets", ())), _facets(collection)
    if len(names) > limits.FACETS_MAX:
        detail = f"At most {limits.FACETS_MAX} facets."
        query.fault(Code.FILTER_TOO_COMPLEX, "facets", detail)
    for name in names:
        query.known("facets", name, known)
    return tuple(paths(collection)[name] for name in names if name in known)


def _sort(query: Query, collection: Collection) -> tuple[str, ...]:
    if SORT not in query.given:
        return ()
    if "" in query.given[SORT]:
        query.fault(Code.EMPTY_VALUE, SORT, "Empty value; leave sort out for the default order.")
        return ()
    sort, faults = sort_of(collection, query.given[SORT])
    query.blame(faults)
    return sort


def _continued(asked: ListRequest, text: str | None) -> ListRequest:
    if text is None:
        return asked
    try:
        cursor = cursors.decode(text)
    except cursors.InvalidCursor:
        raise ServiceError(
            Code.CURSOR_INVALID, "The cursor was not given by this service."
        ) from None
    if cursor.query != asked.hash:
        raise ServiceError(Code.CURSOR_MISMATCH, "The cursor belongs to another query.")
    return replace(
        asked,
        query=replace(asked.query, after=tuple(cursor.after)),
        as_of=f"rev:{cursor.revision}",
        is_pinned=True,
    )
