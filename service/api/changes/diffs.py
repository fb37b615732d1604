"""`/v1/diff`: the difference between two revisions."""

from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct, field

from service import limits
from service.api.changes.history import PatchOperation
from service.api.http.operation import Reading
from service.api.http.paging import Listing, PagedLanguage, PageShown
from service.api.http.query_string import QueryString
from service.api.http.readers import is_pinned
from service.formats.json_patch import patch
from service.formats.json_records import render
from service.model.errors import Code, Fault, refused
from service.model.releases import REVISION_FORM
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.filters.parameters import filter_of
from service.query.registry import BY_NAME
from service.store.catalogue.records import Record
from service.store.changes import history
from service.store.named_revisions import revision_named
from service.store.snapshots import WHOLE_BASE
from service.texts.sentences import sentence
from service.usecases.catalogue.merged_ids import resolved

COLLECTION_NAMES = tuple(BY_NAME)
Shown = dict[str, Any]


class DiffParameters(PagedLanguage, frozen=True, kw_only=True):
    """What a difference takes."""

    revision_parameter: ClassVar[str] = "to"
    collection: Annotated[
        Literal[COLLECTION_NAMES],  # type: ignore[valid-type]
        Meta(description="Which collection.", examples=["products"]),
    ]
    from_: Annotated[
        str,
        Meta(
            description="The earlier revision: rev:N, a release, a day or an instant.",
            examples=["rev:1"],
            extra_json_schema={"pattern": REVISION_FORM},
        ),
    ] = field(name="from")
    to: Annotated[
        str | None,
        Meta(
            description="The later one; left out: the newest.",
            examples=["rev:2"],
            extra_json_schema={"pattern": REVISION_FORM},
        ),
    ] = None
    filter: (
        Annotated[
            str,
            Meta(
                max_length=limits.FILTER_CHARACTERS,
                description="Only records that met it then or meet it now; AIP-160.",
            ),
        ]
        | None
    ) = None

    @property
    def as_of(self) -> str | None:
        """The revision at which the base is read."""
        return self.to

    @property
    def is_pinned(self) -> bool:
        """Whether both revisions are named for ever."""
        return is_pinned(self.from_) and is_pinned(self.to)

    def check(self, query: QueryString) -> None:
        """The filter speaks of the collection's fields."""
        if self.filter is not None and self.collection:
            _, faults = _filter(self.collection, self.filter)
            query.faults += faults


class Changed(Struct):
    """A record that differs; `record` is the later version, of a removed one the earlier."""

    id: str
    href: str
    diff: list[PatchOperation]
    record: dict[str, Any]


class DiffMeta(Struct):
    """The two revisions, and the language."""

    from_revision: int
    revision: int
    lang: str


class Difference(Struct):
    """What `to` has and `from` had not, the reverse, and what differs."""

    object: Literal["diff"]
    collection: str
    added: list[Changed]
    removed: list[Changed]
    changed: list[Changed]
    page: PageShown | None
    meta: DiffMeta


async def get_diff(reading: Reading[DiffParameters]) -> Listing[Difference]:
    """What changed between two revisions.

    Of one collection: added, removed and changed records, by id.
    """
    parameters, snapshot = reading.parameters, reading.snapshot
    snapshot.note(WHOLE_BASE)  # `from` may name a day
    collection = BY_NAME[parameters.collection]
    begun, after = reading.window.after or (None, "")
    first = (
        int(begun) if begun else await revision_named(snapshot.connection, parameters.from_, "from")
    )
    if first > snapshot.revision:
        detail = sentence("revisions.backwards", revision=first)
        raise refused([Fault(Code.INVALID_VALUE, detail, parameter="from")])
    expression = (
        EVERYTHING
        if parameters.filter is None
        else _filter(parameters.collection, parameters.filter)[0]
    )
    met = await resolved(snapshot, collection, expression)
    pairs = await history.differing(
        snapshot, collection, first, after or "", reading.window.fetch, met.filter
    )
    shown = [_shown(collection, pair, reading.lang) for pair in pairs[: reading.window.limit]]
    last = (shown[-1][1] or shown[-1][0] or {})["id"] if len(pairs) > len(shown) else None
    answer = _difference(
        parameters.collection, shown, DiffMeta(first, snapshot.revision, reading.lang)
    )
    return Listing(answer, None if last is None else [str(first), last])


def _filter(name: str, text: str) -> tuple[Expression, list[Any]]:
    return filter_of(BY_NAME[name], {"filter": [text]})


def _shown(
    collection: Collection, pair: tuple[Record | None, Record | None], lang: str
) -> tuple[Shown | None, Shown | None]:
    old, new = (None if row is None else render(collection, row, lang) for row in pair)
    return old, new


def _difference(
    name: str, shown: list[tuple[Shown | None, Shown | None]], meta: DiffMeta
) -> Difference:
    return Difference(
        object="diff",
        collection=name,
        added=[_changed(name, None, new) for old, new in shown if old is None and new],
        removed=[_changed(name, None, old) for old, new in shown if new is None and old],
        changed=[_changed(name, old, new) for old, new in shown if old and new],
        page=None,
        meta=meta,
    )


def _changed(name: str, old: Shown | None, record: Shown) -> Changed:
    diff = patch(BY_NAME[name], old, record) if old else []
    return Changed(record["id"], record["href"], [PatchOperation(**d) for d in diff], record)
