"""CSV that every reader reads back, and that no spreadsheet executes."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from service.formats.files.csv_rows import Writer
from service.query.types.cells import joined, paired, pairs_of, separated

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
CELL = st.text(CHARACTERS, max_size=12)
TRAP = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝"])


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(st.lists(CELL, min_size=1, max_size=6))
def test_texts_come_back(cells: list[str]) -> None:
    assert read(Writer().row(cells).decode()) == [cells]


@given(st.lists(CELL, min_size=1, max_size=6))
def test_lines_end_as_they_should(cells: list[str]) -> None:
    assert Writer().row(cells).endswith(b"\n")
    assert Writer(is_excel=True).row(cells).endswith(b"\r\n")


@given(TRAP, CELL)
def test_no_text_is_a_formula(trap: str, rest: str) -> None:
    (row,) = read(Writer(is_excel=True).row([trap + rest, "x"]).decode())
    assert row == ["'" + trap + rest, "x"]


def test_numbers_are_untouched() -> None:
    assert (
        Writer(is_excel=True).row([-5, -1.5, "-2.50"], [True, True, True]) == b"-5,-1.5,-2.50\r\n"
    )


def test_null_and_empty_differ() -> None:
    assert Writer().row([None, "", True]) == b',"",true\n'


LISTED = st.text(st.one_of(st.sampled_from("|\\[]="), CHARACTERS), min_size=1, max_size=12)


@given(st.lists(LISTED, max_size=5))
@example(["[]"])
@example(["\\[]"])
def test_joined_lists_can_be_parted(values: list[str]) -> None:
    assert separated(joined(values)) == values


@given(st.dictionaries(st.from_regex(r"[a-z]{2,3}", fullmatch=True), LISTED, min_size=1))
def test_so_can_flat_objects(pairs: dict[str, str]) -> None:
    assert pairs_of(paired(pairs) or "") == pairs
