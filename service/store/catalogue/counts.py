"""How many rows a list has: counted to a bound, or as the planner reckons."""

from typing import Literal, NamedTuple

import msgspec

from service import limits
from service.query.fields import Collection
from service.query.filters.compiler import Statement
from service.store.database import Snapshot


class Count(NamedTuple):
    """How many rows there are: so many, at least so many, or as the planner reckons."""

    value: int
    relation: Literal["eq", "gte", "estimate"]

    @classmethod
    def of(cls, value: int) -> "Count":
        """What was counted to the bound."""
        return cls(min(value, limits.COUNT_MAX), "gte" if value > limits.COUNT_MAX else "eq")


async def row_count(
    snapshot: Snapshot, collection: Collection, statement: Statement, seconds: float | None = None
) -> int:
    """How many rows there are, to the bound. Raises TimeoutError after so many seconds."""
    text = counting(collection, statement)
    count = await snapshot.value(text, *statement.parameters, seconds=seconds)
    return int(count)


def counting(collection: Collection, statement: Statement) -> str:
    """SQL of how many rows there are, to the bound."""
    rows = f"SELECT 1{statement.source(collection)} LIMIT {limits.COUNT_MAX + 1}"
    return f"SELECT count(*) FROM ({rows}) q"


async def estimate(snapshot: Snapshot, collection: Collection, statement: Statement) -> Count:
    """By what PostgreSQL knows of the tables, without looking at a row."""
    text = f"EXPLAIN (FORMAT JSON) SELECT 1{statement.source(collection)}"
    plan = await snapshot.value(text, *statement.parameters)
    return Count(int(msgspec.json.decode(plan)[0]["Plan"]["Plan Rows"]), "estimate")
