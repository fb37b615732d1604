"""What is copied as text is what PostgreSQL reads: every cell as it was."""

from decimal import Decimal
from typing import Any

import pytest

from service.store.database import Database
from service.store.ids import new_id, new_ids
from service.store.imports.copy_text import copy_text

ENDS = ["a\tb", "a\nb\rc", "\\N", "\\.", "\\", "é\\t"]
HARD = [*ENDS, "NULL", "", " ", '"', "{}", "{a,b}", "搜索", "\x1f\x7f"]
COLUMNS = {"line": "int", "word": "text", "words": "text[]", "said": "jsonb", "price": "numeric"}
ROWS: list[tuple[Any, ...]] = [
    *((n, text, [text, "NULL", text], None, None) for n, text in enumerate(HARD)),
    (90, None, None, '{"a": "b\\n\\"c"}', Decimal("0.10")),
    (91, None, [], "[]", Decimal("1E+5")),
    (92, "plain", HARD, None, Decimal(-3)),
]


@pytest.mark.parametrize("together", [len(ROWS), 1], ids=["many", "one"])
async def test_cells_come_out_as_they_went_in(database: Database, together: int) -> None:
    typed = ", ".join(f"{name} {sql}" for name, sql in COLUMNS.items())

    async def texts() -> Any:
        for at in range(0, len(ROWS), together):
            yield copy_text(ROWS[at : at + together])

    async with database.operate() as connection:
        await connection.execute(f"CREATE TEMP TABLE copied ({typed}) ON COMMIT DROP")
        await connection.copy_to_table("copied", source=texts(), columns=[*COLUMNS])
        found = await connection.fetch("SELECT * FROM copied ORDER BY line")
        (said,) = await connection.fetchrow(
            "SELECT said = $1::jsonb FROM copied WHERE line = 90", ROWS[-3][3]
        )
    assert said
    known = [(*row[:3], row[4]) for row in ROWS]
    assert [(*row[:3], row[4]) for row in map(tuple, found)] == known


def test_no_row_is_no_text() -> None:
    assert copy_text([]) == b""


def test_many_ids_are_as_one_and_in_order() -> None:
    one, many = new_id("adp"), new_ids("adp", 5000)
    assert len({*many}) == len(many)
    assert many == sorted(many)
    assert {len(made) for made in many} == {len(one)}
    assert {made[:13] for made in many} == {many[0][:13]}
    assert {*"".join(many)} <= {*"adp_0123456789abcdefghjkmnpqrstvwxyz"}
    assert {made[14] for made in many} == {*"ef"}, "the version of a UUIDv7"
