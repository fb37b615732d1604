"""What is wrong with staged rows, found set-wise: doubles, collisions, dangling references."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Any

from service import limits
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection, Field
from service.query.registry import BY_NAME, SOURCE
from service.query.rows import Pointed
from service.store.curation import retired_ids
from service.store.database import Connection
from service.store.imports import external_ids, staging
from service.texts.sentences import Sentence, sentence, word


async def faults(
    connection: Connection, collection: Collection, columns: Set[str], *, is_create: bool
) -> list[Fault]:
    """Every fault of the staged rows of a collection, which hold something in these columns; with
    `is_create`, those that stand too."""
    told = [*await _repeated(connection, collection)]
    if is_create:
        told += await _existing(connection, collection)
    if not collection.is_entity and "id" in columns:
        told += await _repeated_ids(connection, collection)
        told += await _unknown_ids(connection, collection)
        told += await _taken(connection, collection)
    told += await _unknown_sources(connection, collection, columns)
    told += await _dangling(connection, collection, columns)
    faulty = {fault.line for fault in told}
    return told + await external_ids.taken(connection, collection, columns, faulty)


def same_key(collection: Collection) -> str:
    """The join of a stored row `t` with a row `s` by natural key; dates may be null."""
    parts = zip(
        collection.natural_key, collection.key_parts("t"), collection.key_parts("s"), strict=True
    )
    return " AND ".join(_same(collection, *part) for part in parts)


def _same(collection: Collection, column: str, stored: list[str], staged: list[str]) -> str:
    """What is written alike is the same; what is not may be."""
    field = collection.field(column)
    assert field is not None, "a natural key is made of fields"
    sign = "=" if field.required and not field.type.is_dated else "IS NOT DISTINCT FROM"
    alike = f"t.{column} {sign} s.{column}"
    if stored == [f"t.{column}"]:
        return alike
    same = " AND ".join(
        f"{one} IS NOT DISTINCT FROM {other}" for one, other in zip(stored, staged, strict=True)
    )
    return f"({alike} OR {same})"


async def _fetch(connection: Connection, statement: str) -> list[Any]:
    """As many rows as are told, and one more."""
    most = f"{statement} LIMIT {limits.IMPORT_FAULTY_MAX + 1}"
    return list(await connection.fetch(most, timeout=limits.IMPORT_SECONDS))


async def _repeated(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows whose natural key stands on an earlier line."""
    key = ", ".join(collection.natural_key)
    return [
        _fault(
            row["line"],
            Code.CONFLICT_NATURAL_KEY,
            "",
            sentence("rows.same_key", key=key, line=row["first"]),
        )
        for row in await _same_facts(connection, collection)
    ]


async def _unknown_sources(
    connection: Connection, collection: Collection, columns: Set[str]
) -> list[Fault]:
    """Rows that name a source by an id that no source has."""
    lost: list[Pointed] = []
    for field in (f for f in collection.stored if f.to == SOURCE.name and f.name in columns):
        column = f"s.{field.name}"
        each, place = f"unnest({column})", "NULL"  # apart from the row: twice as fast
        table = f"{staging.staging_table(collection)} s"
        if field.type.is_about_fields:
            (each, further), place = field.type.each(column), "e.key"
            table += further
        rows = await _fetch(
            connection,
            f"SELECT line, id, place FROM (SELECT line, {each} AS id, {place} AS place FROM {table}"
            f" WHERE s.outcome IS NULL AND {column} <> '{{}}') r"
            f" WHERE {staging.IS_SOURCE_ID.format('id')}"
            " AND NOT EXISTS (SELECT 1 FROM source x WHERE x.id = r.id) ORDER BY line, id",
        )
        lost += [_pointed(row, field) for row in rows]
    return await _unknown(connection, SOURCE, lost)


async def _repeated_ids(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows that change a fact which an earlier line, of another natural key, changes already."""
    doubles = await _after_first(connection, collection, "id", "id IS NOT NULL")
    same = await _same_facts(connection, collection) if doubles else []
    known = {row["line"] for row in same}
    return [
        _fault(
            row["line"],
            Code.CONFLICT_NATURAL_KEY,
            "/id",
            sentence("rows.same_record", line=row["first"], kind=word(collection.kind)),
        )
        for row in doubles
        if row["line"] not in known
    ]


async def _same_facts(connection: Connection, collection: Collection) -> list[Any]:
    """Rows that are of the fact of an earlier line."""
    parts = [one for parts in collection.key_parts("s") for one in parts]
    stored = {f"s.{column}" for column in collection.natural_key}
    near = [one for one in parts if one in stored]
    return await _after_first(connection, collection, ", ".join(parts), "true", ", ".join(near))


async def _after_first(
    connection: Connection, collection: Collection, key: str, where: str, near: str = ""
) -> list[Any]:
    """Rows that have the key of an earlier line, sorted only where there are such rows; `near` is
    the part of the key that is cheap to compare."""
    rows = f"{staging.staging_table(collection)} s WHERE {where}"
    doubled = "".join(
        f" AND EXISTS (SELECT FROM {rows} GROUP BY {one} HAVING count(*) > 1)"
        for one in dict.fromkeys([near or key, key])
    )
    return await _fetch(
        connection,
        "SELECT line, first FROM (SELECT line, first_value(line) OVER w AS first"
        f" FROM {rows} WINDOW w AS (PARTITION BY {key} ORDER BY line)) q WHERE line > first"
        f"{doubled} ORDER BY line",
    )


async def _existing(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows whose record stands already, where only new ones are wanted."""
    rows = await _fetch(
        connection,
        f"SELECT s.line, s.id FROM {staging.staging_table(collection)} s"
        f" JOIN {collection.table} t ON t.id = s.id ORDER BY s.line",
    )
    if collection.is_entity:
        kind = word(collection.kind)
        told = [(row["line"], sentence("records.exists", kind=kind, id=row["id"])) for row in rows]
        return [_fault(line, Code.ALREADY_EXISTS, "/id", detail) for line, detail in told]
    return _key_taken(collection, rows)


async def _taken(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows that name a fact and give it the natural key of another stored one."""
    rows = await _fetch(
        connection,
        f"SELECT s.line, t.id FROM {staging.staging_table(collection)} s"
        f" JOIN {collection.table} t ON {same_key(collection)} AND t.id <> s.id ORDER BY s.line",
    )
    return _key_taken(collection, rows)


def _key_taken(collection: Collection, rows: list[Any]) -> list[Fault]:
    """By line, and the id of the fact that has the natural key."""
    key = ", ".join(collection.natural_key)
    told = [(row["line"], sentence("rows.key_taken", id=row["id"], key=key)) for row in rows]
    return [_fault(line, Code.CONFLICT_NATURAL_KEY, "", detail) for line, detail in told]


async def _unknown_ids(connection: Connection, collection: Collection) -> list[Fault]:
    """Facts that name an id which no stored fact has."""
    rows = await _fetch(
        connection,
        f"SELECT line, id FROM {staging.staging_table(collection)} s"
        " WHERE id IS NOT NULL AND outcome IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {collection.table} t WHERE t.id = s.id)"
        f" AND NOT EXISTS (SELECT 1 FROM tombstone o WHERE o.kind = '{collection.kind}'"
        " AND o.id = s.id AND o.lifted_in IS NULL) ORDER BY line",
    )
    kind = word(collection.kind)
    told = [(row["line"], sentence("records.none", kind=kind, id=row["id"])) for row in rows]
    return [_fault(line, Code.UNKNOWN_REFERENCE, "/id", detail) for line, detail in told]


async def _dangling(
    connection: Connection, collection: Collection, columns: Set[str]
) -> list[Fault]:
    told: list[Fault] = []
    for field in collection.references:
        if field.to != "sources" and field.name in columns:
            told += await _dangling_of(connection, collection, field)
    return sorted(told, key=lambda fault: (fault.line, fault.pointer or ""))


async def _dangling_of(connection: Connection, collection: Collection, field: Field) -> list[Fault]:
    target = BY_NAME[field.to]
    pointed, each = field.type.each(field.name)
    place = f"coalesce({_place(field, pointed)}, 0)" if field.type.is_list else "NULL::int"
    rows = await _fetch(
        connection,
        f"SELECT line, {pointed} AS id, {place} AS place"
        f" FROM {staging.staging_table(collection)} s{each}"
        f" WHERE s.outcome IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {target.table} t WHERE t.id = {pointed})"
        " ORDER BY line, id",
    )
    return await _unknown(connection, target, [_pointed(row, field) for row in rows])


def _pointed(row: Any, field: Field) -> Pointed:
    return Pointed(row["line"], field, row["id"], () if row["place"] is None else (row["place"],))


def _place(field: Field, pointed: str) -> str:
    """SQL: where in the list of its line an id stands, from 0."""
    return (
        "(SELECT min(n)::int - 1 FROM jsonb_array_elements_text(s.written -> "
        f"'{field.name}') WITH ORDINALITY AS w (id, n) WHERE w.id = {pointed})"
    )


async def pointing_nowhere(connection: Connection, pointed: Iterable[Pointed]) -> list[Fault]:
    """Which of these references of lines that are faulty anyway lead to no record either."""
    by_target: dict[str, list[Pointed]] = defaultdict(list)
    for reference in pointed:
        by_target[reference.field.to].append(reference)
    told: list[Fault] = []
    for name, references in by_target.items():
        target = BY_NAME[name]
        lost = await _not_standing(connection, target, references)
        told += await _unknown(connection, target, lost)
    return told


async def _not_standing(
    connection: Connection, target: Collection, references: list[Pointed]
) -> list[Pointed]:
    """Those that lead neither to a record nor to the survivor of a merge."""
    rows = await connection.fetch(
        f"SELECT id FROM {target.table} WHERE id = ANY ($1::text[])",
        list({reference.id for reference in references}),
        timeout=limits.IMPORT_SECONDS,
    )
    standing = {row["id"] for row in rows}
    lost = [reference for reference in references if reference.id not in standing]
    led = await retired_ids.survivors(connection, target) if lost else {}
    return [reference for reference in lost if reference.id not in led]


async def _known(connection: Connection, target: Collection, lost: list[str]) -> list[str]:
    """The ids that may be meant by these: of ids that the base made, those that share a half."""
    alike = "right(t.id, 13) = right(v, 13) OR left(t.id, 17) = left(v, 17)"
    made = f" t WHERE EXISTS (SELECT FROM unnest($1::text[]) v WHERE {alike})"
    rows = await connection.fetch(
        f"SELECT id FROM {target.table}{'' if target.is_entity else made}",
        *([] if target.is_entity else [lost]),
        timeout=limits.IMPORT_SECONDS,
    )
    return [row["id"] for row in rows]


async def _unknown(
    connection: Connection, target: Collection, references: list[Pointed]
) -> list[Fault]:
    asked = list(dict.fromkeys(r.id for r in references))[: limits.IMPORT_HINTS_MAX]
    known = await _known(connection, target, asked) if asked else []
    hints = await asyncio.to_thread(lambda: {word: nearest(word, known) for word in asked})
    return [
        Fault(
            Code.UNKNOWN_REFERENCE,
            sentence("records.none", kind=word(target.kind), id=reference.id),
            line=reference.line,
            pointer=reference.pointer,
            did_you_mean=tuple(hints.get(reference.id, ())),
        )
        for reference in references
    ]


def _fault(line: int, code: Code, pointer: str, detail: Sentence) -> Fault:
    return Fault(code, detail, line=line, pointer=pointer)
