"""What is staged of lines that are read together is what is staged of each by itself."""

import random

import msgspec
import pytest

from service.formats.import_format.batches import read_columns
from service.formats.import_format.lines import read_line
from service.query.registry import BY_KIND
from service.query.rows import Row, Rows
from service.store.imports.staging import _absent, _staged, staged_columns
from tests.random_imports import base, change


def staged(some: Row | Rows) -> list[tuple[str, dict[str, object]]]:
    """Kind and columns of each row, by line; ids that are made are told by their prefix."""
    kind, names, records = _staged(some)
    names = names or staged_columns(BY_KIND[kind])
    assert set(names) <= set(staged_columns(BY_KIND[kind]))
    rows = []
    absent = dict.fromkeys(staged_columns(BY_KIND[kind])) | dict(_absent(BY_KIND[kind]))
    for record in records:
        row = absent | dict(zip(names, record, strict=True))
        row["fresh_id"] = str(row["fresh_id"]).partition("_")[0]
        rows.append((kind, row))
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_rows_read_together_are_staged_as_each_alone(seed: int) -> None:
    made = (base if seed % 2 else change)(random.Random(seed))
    lines = list(enumerate(map(msgspec.json.encode, made), 1))
    together = read_columns(lines)
    assert together is not None
    alone = [read_line(*line) for line in lines]
    wanted = [row for one in alone if isinstance(one, Row) for row in staged(one)]
    found = [row for many in together for row in staged(many)]
    assert sorted(found, key=lambda row: row[1]["line"]) == wanted  # type: ignore[arg-type,return-value]
    assert len(wanted) == len(made)


def test_columns_that_hold_nothing_are_left_out() -> None:
    line = b'{"kind":"adoption","product":"p","feature":"f","stage":"ga","sources":["urn:x"]}'
    (many,) = read_columns([(1, line), (2, line.replace(b'"f"', b'"g"'))]) or []
    names = _staged(many)[1]
    assert {"line", "fresh_id", "product_id", "source_ids"} <= set(names)
    assert not {"id", "date", "until", "note", "said", "written", "field_sources"} & set(names)
