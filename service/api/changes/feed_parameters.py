"""What a request for changes asks, read from its query string and checked."""

from msgspec import Struct

from service import limits
from service.api.http.parameters import Parameter, Query
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.feed import Place, parse
from service.query.filters.changes import conditions_of
from service.query.filters.expressions import Expression
from service.store.changes.feed import KINDS
from service.store.database import Database
from service.usecases.changes.feed import Following, place_of

SINCE = Parameter(
    name="since", example="rev:1",
    doc="What came after: `rev:N`, `seq:…`, a day (its end, UTC) or an instant with a zone."
    " Without it from the beginning; the stream begins now.",
)  # fmt: skip
CURSOR = Parameter(name="cursor", doc="`next_cursor` of the answer before; instead of `since`.")
KIND = Parameter(
    name="kinds", doc="Only changes of these kinds of records.", example="adoption,product",
    schema={"type": "array", "items": {"type": "string", "enum": list(KINDS)}},
)  # fmt: skip
IDS = Parameter(
    name="id", doc="Only changes of these records.",
    schema={"type": "array", "items": {"type": "string"}},
)  # fmt: skip
FILTER = Parameter(
    name="filter", example="vendor.country = CN",
    doc="Only changes of records that met it before the change or meet it after; an AIP-160"
    " expression over the fields of the kinds.",
    schema={"type": "string", "maxLength": limits.FILTER_CHARACTERS},
)  # fmt: skip
WAIT = Parameter(
    name="wait", doc="Seconds to wait for the next change when there is none yet.",
    schema={"type": "integer", "minimum": 0, "maximum": limits.WAIT_SECONDS_MAX, "default": 0},
)  # fmt: skip


def _limit(default: int, most: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name="limit", doc="Changes at most.", schema=schema)


STREAMED = [SINCE, KIND, IDS, FILTER]
LISTED = [*STREAMED, CURSOR, _limit(limits.PAGE_MAX, limits.CHANGES_PAGE_MAX), WAIT]
FILED = [*STREAMED, CURSOR, _limit(limits.CHANGES_FILE_MAX, limits.CHANGES_FILE_MAX), WAIT]


class Asked(Struct):
    """A checked request; `since` is not looked up yet."""

    since: str | None
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    conditions: dict[str, Expression] | None
    limit: int = limits.CHANGES_PAGE_MAX
    seconds: int = 0

    async def following(self, database: Database, default: Place | None) -> Following:
        place = await place_of(database, self.since, default=default)
        return Following(place, self.kinds, self.ids, self.conditions)


def asked_of(query: Query, parameters: list[Parameter]) -> Asked:
    cursor, since = query.one("cursor"), query.one("since")
    if cursor is not None and since is not None:
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "cursor", "cursor and since: keep one.")
    if cursor is not None and parse(cursor) is None:
        query.fault(Code.CURSOR_INVALID, "cursor", "The cursor was not given by this service.")
    kinds = _kinds(query)
    asked = Asked(cursor or since, kinds, _listed(query, "id"), _conditions(query, kinds))
    for parameter in parameters:
        if parameter.name == "limit":
            schema = parameter.schema
            asked.limit = query.integer("limit", schema["default"], 1, schema["maximum"])
            asked.seconds = query.integer("wait", 0, 0, limits.WAIT_SECONDS_MAX)
    query.finish(parameter.name for parameter in parameters)
    return asked


def _listed(query: Query, name: str) -> tuple[str, ...]:
    found = sorted({part for text in query.given.get(name, []) for part in text.split(",")})
    if "" in found:
        query.fault(Code.EMPTY_VALUE, name, f"Empty value; leave {name} out to ask for all.")
    if len(found) > limits.VALUES_MAX:
        query.fault(Code.FILTER_TOO_COMPLEX, name, f"More than {limits.VALUES_MAX} values.")
    return tuple(found)


def _kinds(query: Query) -> tuple[str, ...]:
    found = _listed(query, "kinds")
    query.faults += [
        Fault(
            Code.UNKNOWN_VALUE,
            f'"{kind[:60]}" is no kind.',
            parameter="kinds",
            allowed=KINDS,
            did_you_mean=tuple(nearest(kind, KINDS)),
        )
        for kind in found
        if kind and kind not in KINDS
    ]
    return found


def _conditions(query: Query, kinds: tuple[str, ...]) -> dict[str, Expression] | None:
    if FILTER.name not in query.given:
        return None
    found, faults = conditions_of(query.given[FILTER.name], kinds)
    query.blame(faults)
    return found
