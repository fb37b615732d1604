"""Lines read many at a time are read as each by itself."""

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter

import msgspec
import pytest

from service.formats.import_format import batches
from service.formats.import_format.batches import read_columns
from service.formats.import_format.lines import TOGETHER, _each, read_line, read_numbered_many
from service.formats.text_files import Unreadable
from service.model.errors import Code, Fault
from service.query.rows import Row
from service.texts.sentences import sentence
from tests.random_imports import base, faulty

GOOD = b'{"kind":"adoption","product":"p","feature":"f","stage":"ga","sources":["urn:x"]}'


def lines(records: list[dict[str, object] | bytes]) -> list[tuple[int, bytes]]:
    encoded = (r if isinstance(r, bytes) else msgspec.json.encode(r) for r in records)
    return list(enumerate(encoded, 1))


def read_together(lines: list[tuple[int, bytes]]) -> list[Row] | None:
    read = read_columns(lines)
    return None if read is None else sorted(chain(*read), key=attrgetter("line"))


def each_of(lines: Iterable[tuple[int, bytes]]) -> Iterator[Row | list[Fault]]:
    return _each(read_numbered_many(lines))


@pytest.mark.parametrize("seed", range(20))
def test_good_lines_are_the_same_rows(seed: int) -> None:
    good = lines(base(random.Random(seed)))
    together = read_together(good)
    assert together is not None
    assert together == [read_line(number, text) for number, text in good]
    assert [row.written for row in together] == [
        row.written for row in (read_line(*line) for line in good) if isinstance(row, Row)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_wrong_lines_have_the_same_faults(seed: int) -> None:
    mixed = lines(faulty(random.Random(seed)))
    assert read_together(mixed) is None
    assert [*each_of(mixed)] == [read_line(number, text) for number, text in mixed]


@pytest.mark.parametrize(
    "line",
    [
        GOOD.replace(b'"f"', b'"f","feature":"f"'),
        GOOD.replace(b'"f"', b'"f","feature" :"f"'),
        GOOD.replace(b'"ga"', b'"ga","date":null,"date":"2024"'),
        GOOD.replace(b'"ga"', b'"ga","kind":"adoption"'),
        GOOD.replace(b'"ga"', b'"ga","field_sources":{"date":["urn:x"],"date":["urn:y"]}'),
        GOOD.replace(b'"ga"', b'"ga","null_reasons":{"until":"not_public"}'),
        GOOD.replace(b'"f"', b'"\\u0066"'),
        GOOD.replace(b"product", b"product_id"),
        GOOD.replace(b'"ga"', b'"ga","note":" a "'),
        GOOD.replace(b'["urn:x"]', b'["urn:y","urn:x","urn:y"]'),
        GOOD.replace(b'["urn:x"]', '["urn:é"]'.encode()),
        GOOD.replace(b'"ga"', b'"ga","date":"2024-13"'),
        GOOD.replace(b',"sources":["urn:x"]', b""),
        GOOD.replace(b"f", b"\xff"),
        GOOD.replace(b",", b",\n"),
        b'{"kind":"usage","product":"p","metric":"users","period":"2024","value":0.12345678901234567}',
        b'{"kind":"vendor","id":"v","name":"","names":{"zh":"\xe4\xb8\xad"}}',
    ],
    ids=lambda line: f"{line[:90]!r}",
)
def test_one_odd_line_among_others(line: bytes) -> None:
    some = [(1, GOOD), (2, line), (3, GOOD.replace(b'"f"', b'"g"'))]
    assert [*each_of(some)] == [read_line(number, text) for number, text in some]


@pytest.mark.parametrize("odd", [b'"f", "note": "\\""', b'"f","date":null', b'"f","feature" :"f"'])
def test_names_are_looked_at_line_by_line_only_where_there_are_more_texts_than_were_read(
    monkeypatch: pytest.MonkeyPatch, odd: bytes
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(batches, "may_repeat", looked.append)
    assert read_together(
        [(1, GOOD), (2, GOOD.replace(b'"f"', b'"g","date":"2024","until":"2025"'))]
    )
    assert looked == []
    read_together([(1, GOOD), (2, GOOD.replace(b'"f"', odd))])
    assert len(looked) == 2


def test_what_came_before_an_end_of_reading_is_read() -> None:
    def broken() -> Iterator[tuple[int, bytes]]:
        yield from ((n, GOOD) for n in range(1, TOGETHER + 3))
        raise Unreadable(Fault(Code.INVALID_JSON, sentence("files.markup")))

    read = []
    with pytest.raises(Unreadable):
        for row in each_of(broken()):
            read.append(row)  # noqa: PERF402  it raises half-way
    assert len(read) == TOGETHER + 2
