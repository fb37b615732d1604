"""Staged rows that are records already: which they are, and whether they say anything new."""

from service import limits
from service.query.fields import Collection
from service.query.types import FieldSources
from service.store.database import Connection
from service.store.imports import checks, staging


async def match(connection: Connection, collection: Collection) -> None:
    """Give a staged fact the id of the stored fact with its natural key, and settle all rows that
    say what is stored, word for word: nothing of them is left to check or to resolve. Rows meet
    themselves by their place: how many match is not foreseen, and by line each looked at all."""
    await connection.execute(statement(collection), timeout=limits.IMPORT_SECONDS)


def statement(collection: Collection) -> str:
    """SQL of `match`."""
    table, same = staging.staging_table(collection), _same(collection)
    key = "t.id = s.id" if collection.is_entity else checks.same_key(collection)
    where = same if collection.is_entity else "s.id IS NULL"
    sources, address = ("", "")
    if collection.field("source_ids"):
        sources = ", source_ids = CASE WHEN d.is_same THEN d.source_ids ELSE o.source_ids END"
        address = f" {FIRST_ADDRESS}"
    listed = "t.source_ids" if sources else "NULL"
    return (
        f"UPDATE {table} o SET id = d.id, fresh_id = NULL,"
        f" outcome = CASE WHEN d.is_same THEN 'unchanged' END{sources}"
        f" FROM (SELECT s.ctid, t.id, {listed} AS source_ids, {same} AS is_same"
        f" FROM {table} s JOIN {collection.table} t ON {key}{address} WHERE {where}) d"
        " WHERE d.ctid = o.ctid"
    )


def _same(collection: Collection) -> str:
    """SQL: whether the row `s` says what `t` has; never of one that names sources of its fields.
    `a` is the source at the first address."""
    told = [c for c in collection.columns[1:] if c != "source_ids"]
    stored, staged = (", ".join(f"{alias}.{c}" for c in told) for alias in "ts")
    parts = [f"({stored}) IS NOT DISTINCT FROM ({staged})"]
    parts += [f"s.{field.name} = '{{}}'" for field in collection.of_type(FieldSources)]
    if "source_ids" in collection.columns:
        parts.append(f"t.source_ids = {SOURCES}")
    return f"({' AND '.join(parts)})"


# The ids of the sources that a staged row `s` names, by id or by address.
FIRST_ADDRESS = "LEFT JOIN source a ON a.url = s.source_ids[1]"
SOURCES = (
    "CASE cardinality(s.source_ids) WHEN 0 THEN '{}'"
    " WHEN 1 THEN ARRAY[coalesce(a.id, s.source_ids[1])]"
    ' ELSE ARRAY(SELECT DISTINCT coalesce(x.id, v) COLLATE "C" FROM unnest(s.source_ids) v'
    " LEFT JOIN source x ON x.url = v ORDER BY 1) END"
)
