"""Words at marks stand on nothing."""

from itertools import combinations

from service.formats.pictures.lines import Box, Place, placed, possible
from service.formats.pictures.theme import LABEL

CHART = Box(0, 0, 700, 270)


def boxes(marks: list[Box], texts: list[str]) -> list[Box]:
    """Where the words come to stand."""
    found = zip(marks, texts, placed(marks, texts, CHART, LABEL), strict=True)
    return [dict(possible(mark, text, LABEL))[place] for mark, text, place in found if text]


def test_words_of_marks_one_above_the_other_are_apart() -> None:
    marks = [Box(480, 80, 500, 86), Box(480, 94, 500, 100)]
    told = boxes(marks, ["172 million", "159 million"])
    assert not any(one.meets(other) for one, other in combinations([*told, *marks], 2))


def test_words_do_not_stand_on_the_next_marks() -> None:
    marks = [Box(60, 252, 80, 258), Box(100, 246, 120, 252), Box(140, 243, 160, 249)]
    told = boxes(marks, ["17.57 million", "", ""])
    assert not any(word.meets(mark) for word in told for mark in marks)


def test_words_at_the_right_edge_stay_within() -> None:
    (place,) = placed([Box(660, 100, 690, 106)], ["1.5 billion"], CHART, LABEL)
    assert place.align == "right"


def test_where_all_is_full_they_stand_where_they_would() -> None:
    marks = [Box(0, 0, 700, 270), Box(300, 100, 320, 106)]
    assert placed(marks, ["", "7"], CHART, LABEL)[1] == Place("left", -8, -12)
