"""Formulas typeset: what is computed as MathML, words as text."""

import re

import pytest

from service.formats.analyses.typeset_formulas import typeset
from service.model.methods import METHODS


def outline(line: str) -> str:
    """Without the spaces and the wrapping rows."""
    return re.sub(r"</?m(row|space|o|i|n)\b[^>]*>|<math[^>]*>|</math>", "", line)


@pytest.mark.parametrize("method", METHODS)
def test_every_formula_is_well_formed(method: str) -> None:
    for line in typeset(METHODS[method].formula):
        opened = re.findall(r"<(\w+)[^>/]*>", line)
        closed = re.findall(r"</(\w+)>", line)
        assert sorted(opened) == sorted(closed)
        assert "_" not in re.sub("<[^>]+>", "", line)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("J = |A and B| / |A or B|", "J=<mfrac>|A\u2229B||A\u222aB|</mfrac>"),
        ("share = x(x-1)/(V(V-1))", "share =<mfrac>x(x\u22121)V(V\u22121)</mfrac>"),
        (
            "rate = gaps / years since",
            "rate =<mfrac><mtext>gaps</mtext><mtext>years</mtext><mtext>since</mtext></mfrac>",
        ),
        (
            "sum over products of |D_f|",
            "<munder>\u2211<mtext>products</mtext></munder>|<msub>Df</msub>|",
        ),
        ("tau = sqrt(n0)", "\u03c4=<msqrt><msub>n0</msub></msqrt>"),
        ("first t with S <= 1/2", "first t with S\u2264<mfrac>12</mfrac>"),
        ("(B/C)^A", "<msup>(<mfrac>BC</mfrac>)A</msup>"),
        ("lag = a day", "lag = a day"),
        ("p < 1 & q", "p&lt;1&amp;q"),
    ],
)
def test_a_formula_is_typeset(formula: str, shown: str) -> None:
    assert [outline(line) for line in typeset(formula)] == [shown]


def test_a_semicolon_ends_a_line() -> None:
    assert typeset("words of one; words of two") == ["words of one", "words of two"]
