"""The feed of changes, read off the tables and their histories."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from service.query.feed import END, Change, Place, reference_names
from service.query.fields import Collection
from service.query.filters.compiler import Statement, certainly
from service.query.filters.expressions import Expression
from service.query.registry import BY_KIND, COLLECTIONS
from service.store.database import Connection

KINDS = tuple(sorted(collection.kind for collection in COLLECTIONS))


async def page(
    connection: Connection,
    after: Place,
    until: int,
    limit: int,
    *,
    kinds: Iterable[str] = (),
    ids: Iterable[str] = (),
) -> list[Change]:
    """The first `limit` changes behind a place, up to a revision, in the feed's order.

    A version that begins is a creation or, where it replaces one, an update; a version that is
    replaced by none is a retirement, or a merge if the id leads on. No kinds: all; no ids: all.
    """
    wanted = sorted(kinds) or KINDS
    statement = Statement(str)
    last, size = statement.bind(until), statement.bind(limit)
    chosen = _chosen(statement, tuple(ids))
    parts = [_of_kind(statement, kind, after, last, size, chosen) for kind in wanted]
    rows = await connection.fetch(
        f"SELECT c.*, r.recorded_at, m.replaced_by AS into_id FROM ({' UNION ALL '.join(parts)}) c"
        " JOIN revision r ON r.id = c.at LEFT JOIN tombstone m"
        " ON m.kind = c.kind AND m.id = c.id AND m.retired_in = c.at AND m.is_merge"
        f' ORDER BY c.at, c.kind COLLATE "C", c.id COLLATE "C" LIMIT {size}',
        *statement.parameters,
    )
    return [_change(row) for row in rows]


def _chosen(statement: Statement, ids: tuple[str, ...]) -> str:
    return f" AND id = ANY ({statement.bind(list(ids))}::text[])" if ids else ""


def _of_kind(
    statement: Statement, kind: str, after: Place, last: str, size: str, chosen: str
) -> str:
    """Each branch yields a key once, so the first `size` of each hold the first `size` of all."""
    table, references = BY_KIND[kind].table, ", ".join(reference_names(BY_KIND[kind]))
    revision, record_id = _floor(after, kind)
    floor = f"({statement.bind(revision)}::bigint, {statement.bind(record_id)}::text)"

    def branch(rows: str, column: str, *, begins: bool) -> str:
        return (
            f"(SELECT {column} AS at, id, {str(begins).lower()} AS begins,"
            f" ARRAY[{references}]::text[] AS refs FROM {rows}"
            f" WHERE ({column}, id) > {floor} AND {column} <= {last}::bigint{chosen}"
            f" ORDER BY {column}, id LIMIT {size}::int)"
        )

    return (
        f"(SELECT '{kind}' AS kind, at, id, bool_or(begins) AS begins,"
        " bool_or(NOT begins) AS ends,"
        " coalesce(max(refs) FILTER (WHERE begins), max(refs)) AS refs FROM ("
        f"{branch(table, 'revision', begins=True)} UNION ALL"
        f" {branch(f'{table}_history', 'revision', begins=True)} UNION ALL"
        f" {branch(f'{table}_history', 'replaced_in', begins=False)}) versions"
        f" GROUP BY at, id ORDER BY at, id LIMIT {size}::int)"
    )


def _floor(after: Place, kind: str) -> tuple[int, str]:
    """The (revision, id) behind which this kind's changes stand behind the place."""
    if kind == after.kind:
        return after.revision, after.id
    is_still_to_come = after.kind != END and kind > after.kind
    return (after.revision if is_still_to_come else after.revision + 1), ""


def _change(row: Any) -> Change:
    names = reference_names(BY_KIND[row["kind"]])
    return Change(
        place=Place(row["at"], row["kind"], row["id"]),
        verb=_verb(begins=row["begins"], ends=row["ends"], is_merge=row["into_id"] is not None),
        recorded_at=row["recorded_at"],
        references=dict(zip(names, row["refs"], strict=True)),
        into=row["into_id"],
    )


def _verb(*, begins: bool, ends: bool, is_merge: bool) -> str:
    """A merge is a retirement whose id leads to another record."""
    if begins:
        return "updated" if ends else "created"
    return "merged" if is_merge else "retired"


async def meeting(
    connection: Connection,
    collection: Collection,
    revision: int,
    ids: list[str],
    expression: Expression,
) -> set[str]:
    """Those of the records that certainly met the filter at a revision."""
    statement = Statement(partial(_at, revision))
    statement.where.append(f"t.id = ANY ({statement.bind(ids)}::text[])")
    statement.where.append(f"({certainly(expression, statement)})")
    rows = await connection.fetch(
        f"SELECT t.id{statement.source(collection)}", *statement.parameters
    )
    return {row["id"] for row in rows}


def _at(revision: int, table: str) -> str:
    return f"{table}_at({revision})"
