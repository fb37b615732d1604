"""The log of revisions, and how many records each of them touched."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from service.model.errors import Code, Fault, ServiceError
from service.query.registry import COLLECTIONS
from service.store.database import Connection, Snapshot
from service.store.named_revisions import REVISIONS, instant_of, newest_by
from service.texts.sentences import sentence

_NUMBERED = re.compile(r"rev:(\d{1,18})\Z", re.ASCII)


class Revision(NamedTuple):
    """One write: when, by whom, why."""

    id: int
    recorded_at: datetime
    actor: str | None
    comment: str | None


class Touched(NamedTuple):
    """How many records of a collection a revision created, updated and retired."""

    collection: str
    created: int
    updated: int
    retired: int


async def page(
    connection: Connection, newest: int, before: int, limit: int, where: dict[str, Any]
) -> list[Revision]:
    """The newest first, up to `newest` and below `before`.

    `where`: `actor` (their name or key), `after` and `until` (revisions).
    """
    rows = await REVISIONS["page"].rows(
        connection,
        newest=newest,
        before=before,
        limit=limit,
        **where,
        actor_pattern=_literal(where["actor"] or ""),
    )
    return [Revision(**row) for row in rows]


def _literal(text: str) -> str:
    """As itself inside LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def named(snapshot: Snapshot, text: str, name: str) -> int:
    """The newest revision by `rev:N`, a day (its end) or an instant; `name` is the parameter.

    Raises ServiceError `invalid_value`, `revision_unknown`.
    """
    numbered = _NUMBERED.match(text)
    if numbered is None:
        return await newest_by(snapshot.connection, instant_of(text, name))
    if int(numbered[1]) > snapshot.revision:
        detail = sentence("revisions.unknown", revision=numbered[1], newest=snapshot.revision)
        fault = Fault(Code.REVISION_UNKNOWN, detail, parameter=name)
        raise ServiceError(Code.REVISION_UNKNOWN, detail, [fault])
    return int(numbered[1])


async def get(connection: Connection, number: int) -> Revision | None:
    row = await REVISIONS["get"].row(connection, revision=number)
    return None if row is None else Revision(**row)


async def touched(connection: Connection, numbers: list[int]) -> dict[int, list[Touched]]:
    """By revision, the collections that it touched, in the registry's order."""
    rows = await connection.fetch(
        "SELECT at, place, sum(begun)::bigint AS begun, sum(ended)::bigint AS ended,"
        " sum(replaced)::bigint AS replaced"
        f" FROM ({' UNION ALL '.join(_counts(n, c.table) for n, c in enumerate(COLLECTIONS))}) c"
        " GROUP BY at, place ORDER BY at, place",
        numbers,
    )
    by_revision: dict[int, list[Touched]] = {number: [] for number in numbers}
    for row in rows:
        created, retired = row["begun"] - row["replaced"], row["ended"] - row["replaced"]
        name = COLLECTIONS[row["place"]].name
        by_revision[row["at"]].append(Touched(name, created, row["replaced"], retired))
    return by_revision


def _counts(place: int, table: str) -> str:
    """A version that begins where another ends is an update."""
    goes_on = " OR ".join(
        f"EXISTS (SELECT FROM {name} n WHERE n.id = o.id AND n.revision = o.replaced_in)"
        for name in (table, f"{table}_history")
    )
    begun = " UNION ALL ".join(
        f"SELECT revision AS at, {place} AS place, count(*) AS begun, 0 AS ended, 0 AS replaced"
        f" FROM {name} WHERE revision = ANY ($1::bigint[]) GROUP BY revision"
        for name in (table, f"{table}_history")
    )
    return (
        f"{begun} UNION ALL SELECT replaced_in, {place}, 0, count(*),"
        f" count(*) FILTER (WHERE {goes_on})"
        f" FROM {table}_history o WHERE replaced_in = ANY ($1::bigint[]) GROUP BY replaced_in"
    )
