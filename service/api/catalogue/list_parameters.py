"""What lists and records take, made once per collection from the registry."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, defstruct

from service import limits
from service.api.http.paging import CURSOR, PagedMoment
from service.api.http.parameters import Moment
from service.api.http.query_string import QueryString
from service.model.errors import Code
from service.query.fields import Collection
from service.query.filters.parameters import sort_of
from service.query.grouping import is_groupable
from service.query.paths import path_of, paths
from service.query.relations import embeddings
from service.query.selections import DATE_BOUNDS, Tree, field_faults, include_faults, tree_of
from service.query.sorting import sortable_names
from service.query.units import sorting_faults
from service.query.views import ISSUES, TIMELINE
from service.search.documents import SEARCHED
from service.search.phrases import EXAMPLE, TooManyWords, typed
from service.texts.sentences import sentence, sentence_of
from service.usecases.catalogue.rivals import PARAMETER

PATHS = r"^[a-z_]+(\.[a-z_]+)*$"  # names with dots between them
DateMatch = Annotated[
    Literal["certain", "possible"],
    Meta(
        description="certain: the whole interval of a partial date qualifies; possible: some day"
        " of it does."
    ),
]


def read_words(query: QueryString, name: str) -> str | None:
    """Words to search for, within what a search can take."""
    words = query.one(name)
    if words is not None and not words.strip():
        query.note(Code.EMPTY_VALUE, name, sentence("parameters.empty_for_all", name=name))
        return None
    try:
        typed(words or "")
    except TooManyWords as error:
        query.note(Code.INVALID_VALUE, name, sentence_of(error))
    return words


Words = Annotated[
    str | None,
    Meta(
        description="Only records that these words find, as /v1/search does; in the list's order.",
        examples=[EXAMPLE],
        extra={"reader": read_words},
    ),
]


STALE = (
    "stale_days",
    Annotated[
        int,
        Meta(
            ge=1,
            le=limits.STALE_DAYS_MAX,
            description="source_unchecked: so many days before `on`, or today.",
            examples=[180],
        ),
    ],
    limits.STALE_DAYS,
)


RIVALS_OF = (
    PARAMETER,
    Annotated[
        str | None,
        Meta(
            description="Only of other vendors, in the markets where this one has products.",
            examples=["openai"],
        ),
    ],
    None,
)


class ListParameters(PagedMoment, frozen=True, kw_only=True):
    """What every list of records takes beside its filter, sorting and selection."""

    collection: ClassVar[Collection]
    date_match: DateMatch = "certain"
    count: Annotated[
        Literal["exact", "estimate", "none"],
        Meta(description="exact (to 10,000, then gte), estimate (the planner's) or none."),
    ] = "exact"
    sample: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=limits.SAMPLE_MAX,
                description="So many records drawn at random, decided by seed.",
            ),
        ]
        | None
    ) = None
    seed: (
        Annotated[int, Meta(ge=0, le=999_999_999, description="Of the sample; 0 without it.")]
        | None
    ) = None

    def check(self, query: QueryString) -> None:
        """What excludes each other, and what does not go into one order."""
        terms: tuple[str, ...] = getattr(self, "sort", ())
        names = [term.removeprefix("-") for term in terms]
        known = {name: path for name in names if (path := path_of(self.collection, name))}
        query.faults += sorting_faults(terms, known, query.filter)
        if CURSOR in query.given and "sample" in query.given:
            detail = sentence("parameters.exclusive", name=CURSOR, other="sample")
            query.note(Code.INCOMPATIBLE_PARAMETERS, CURSOR, detail)
        if "seed" in query.given and "sample" not in query.given:
            query.note(Code.INCOMPATIBLE_PARAMETERS, "seed", sentence("parameters.seed"))


@cache
def list_parameters(collection: Collection) -> type[Any]:
    """The parameters of the collection's list."""
    return defstruct(
        f"{collection.kind}_list_parameters",
        [*_list_members(collection), *_selection_members(collection)],
        bases=(ListParameters,),
        namespace={"collection": collection},
        frozen=True,
        kw_only=True,
    )


@cache
def record_parameters(collection: Collection) -> type[Any]:
    """The parameters of one record."""
    return defstruct(
        f"{collection.kind}_parameters",
        _selection_members(collection),
        bases=(Moment,),
        frozen=True,
        kw_only=True,
    )


_Member = tuple[str, Any, Any]


def _list_members(collection: Collection) -> list[_Member]:
    orders = [sign + name for name in sortable_names(collection) for sign in ("", "-")]
    sort = _listed(
        _reads_sort(collection),
        "Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is"
        " appended.",
        orders,
        [name for name in collection.default_sort if name in orders],
        others="^-?[a-z_]+\\.[a-z_.]+$",
    )
    facets = _listed(
        _reads_facets(collection),
        "Counts by value of these paths, over the whole list.",
        facet_names(collection),
    )
    words: list[_Member] = [("q", Words, None)] if collection in SEARCHED else []
    own: dict[Collection, _Member] = {ISSUES: STALE, TIMELINE: RIVALS_OF}
    more = [own[collection]] if collection in own else []
    return [("sort", sort, ()), ("facets", facets, ()), *words, *more]


def _selection_members(collection: Collection) -> list[_Member]:
    brought = [*embeddings(collection), DATE_BOUNDS]
    fields = _listed(
        _reads_tree(collection, field_faults),
        "Only these fields beside object and id, with dots into what is included. The answer has no"
        " others, also where its schema requires them.",
        example=["id", "revision"],
    )
    include = _listed(
        _reads_tree(collection, include_faults),
        f"Records to bring along, two far at most: {', '.join(brought)}.",
        example=[brought[0]],
    )
    return [("fields", fields, {}), ("include", include, {})]


def _listed(
    reader: Callable[[QueryString, str], Any],
    doc: str,
    words: list[str] | None = None,
    example: list[str] | None = None,
    others: str = "",
) -> Any:
    """A list with a reader of its own; `words` are what its items may be, or `others` by their
    pattern."""
    items: dict[str, Any] = {"type": "string", **({"enum": words} if words else {"pattern": PATHS})}
    if others:
        items = {"anyOf": [items, {"type": "string", "pattern": others}]}
    return Annotated[
        Any,
        Meta(
            description=doc,
            extra={"reader": reader},
            extra_json_schema={"type": "array", "items": items},
            examples=[example or (words or [])[:1]],
        ),
    ]


def facet_names(collection: Collection) -> list[str]:
    """The paths whose values can be counted beside a list."""
    groupable = [path for path in paths(collection).values() if is_groupable(path)]
    return [path.name for path in groupable if path.type.is_facet]


def _reads_sort(collection: Collection) -> Callable[[QueryString, str], tuple[str, ...]]:
    def read_sort(query: QueryString, name: str) -> tuple[str, ...]:
        terms = query.several(name)
        checked, faults = sort_of(collection, list(terms), name) if terms else ((), [])
        query.faults += faults
        return checked

    return read_sort


def _reads_facets(collection: Collection) -> Callable[[QueryString, str], tuple[str, ...]]:
    def read_facets(query: QueryString, name: str) -> tuple[str, ...]:
        wanted, known = query.several(name), facet_names(collection)
        if len(wanted) > limits.FACETS_MAX:
            detail = sentence("parameters.facets", most=limits.FACETS_MAX)
            query.note(Code.FILTER_TOO_COMPLEX, name, detail)
        for word in wanted:
            query.check_known(name, word, known)
        return tuple(word for word in wanted if word in known)

    return read_facets


def _reads_tree(
    collection: Collection, faults_of: Callable[[Collection, Tree], list[Any]]
) -> Callable[[QueryString, str], Tree]:
    def read_tree(query: QueryString, name: str) -> Tree:
        tree = tree_of(sorted(query.several(name)))
        query.faults += faults_of(collection, tree)
        return tree

    return read_tree
