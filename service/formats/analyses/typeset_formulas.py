"""The formulas of the methods, typeset: words stay text, what is computed becomes MathML.

They are written to be read as text: `J = |A and B| / |A or B|; p = P(Hyp >= a)`. A semicolon ends
a line, `a/b` is a fraction of what stands next to the stroke, or of all the words on a side.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<gap>\s+)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]{2,}(?:[-'][^\W\d_]+)*(?:_\w+)?|[^\W\d_]\d*(?:_\w+)?)"
    r"|(?P<operator><=|>=|\|\||.)"
)
_CLOSING = {"(": ")", "{": "}", "|": "|", "||": "||"}
_BARS = ("|", "||")
_OPERATORS = {"<=": "\u2264", ">=": "\u2265", "-": "\u2212", "||": "\u2016", "~": "\u223c"}
_GREEK = {
    "mu": "\u03bc",
    "tau": "\u03c4",
    "theta": "\u03b8",
    "lambda": "\u03bb",
    "Lambda": "\u039b",
    "sigma": "\u03c3",
    "alpha": "\u03b1",
}
_SETS = {"and": "\u2229", "or": "\u222a"}
_LARGE = {"sum": "\u2211", "product": "\u220f"}
_NAMED = {"dL": "d\u039b", "Hyp": "Hyp"}
_SPACE = '<mspace width="0.3em"/>'
_MATH = '<math displaystyle="true">{}</math>'
_ENDS = {"=", "+", "-", ",", ":", "<", ">", "<=", ">=", "~"}


class Part(NamedTuple):
    """A token, a group in brackets, or what was made of several: as MathML, and what it is."""

    text: str
    mathml: str
    kind: str  # "word", "math", "operator"
    is_apart: bool  # a space stands before it
    inner: str = ""  # of a group, without its brackets


def typeset(formula: str) -> list[str]:
    """HTML, a string for each line of the formula."""
    lines = (line.strip() for line in formula.split(";"))
    return [_html(_made(_with_articles(_parts(line)))) for line in lines if line]


def _parts(text: str) -> list[Part]:
    found = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text)]
    parts, _ = _group(found, 0, "")
    return parts


def _group(tokens: Sequence[tuple[str, str]], place: int, closing: str) -> tuple[list[Part], int]:
    """The parts up to the bracket that closes, and where that stands."""
    parts: list[Part] = []
    is_apart = False
    while place < len(tokens):
        kind, text = tokens[place]
        place += 1
        if kind == "gap":
            is_apart = True
            continue
        if text == closing:
            return parts, place
        if text in _CLOSING:
            inner, place = _group(tokens, place, _CLOSING[text])
            parts.append(_bracketed(text, inner, is_apart))
        else:
            parts.append(_part(kind, text, is_apart, closing in _BARS))
        is_apart = False
    return parts, place


def _part(kind: str, text: str, is_apart: bool, is_within_bars: bool) -> Part:
    if kind == "number":
        return Part(text, f"<mn>{text}</mn>", "math", is_apart)
    if kind == "operator":
        return Part(text, _operator(text), "operator", is_apart)
    if is_within_bars and text in _SETS:
        return Part(text, f"<mo>{_SETS[text]}</mo>", "operator", is_apart)
    name, _, below = text.rpartition("_") if "_" in text else (text, "", "")
    shown = _GREEK.get(name) or _NAMED.get(name) or name
    is_math = len(name.rstrip("0123456789")) == 1 or name in _GREEK or name in _NAMED
    if not is_math and not below:
        return Part(text, f"<mtext>{escape(text)}</mtext>", "word", is_apart)
    words = escape(shown.replace("_", " "))
    base = f"<mi>{words}</mi>" if is_math else f"<mtext>{words}</mtext>"
    if is_math and (digits := name[1:]).isdigit():
        base, below = f"<mi>{name[0]}</mi>", digits
    mathml = f"<msub>{base}<mi>{escape(below)}</mi></msub>" if below else base
    return Part(text, mathml, "math", is_apart)


def _operator(text: str) -> str:
    form = ' form="infix"' if text in _ENDS - {",", ":"} else ""
    return f"<mo{form}>{escape(_OPERATORS.get(text, text))}</mo>"


def _bracketed(opening: str, inner: list[Part], is_apart: bool) -> Part:
    if opening == "(" and {part.kind for part in inner} == {"word"} and is_apart:
        words = f"({' '.join(part.text for part in inner)})"
        return Part(words, f"<mtext>{escape(words)}</mtext>", "word", is_apart)
    row = _row(_made(inner))
    shown = _OPERATORS.get(opening, opening), _OPERATORS.get(_CLOSING[opening], _CLOSING[opening])
    fence = '<mo stretchy="true">{}</mo>'
    mathml = f"<mrow>{fence.format(shown[0])}{row}{fence.format(shown[1])}</mrow>"
    return Part("()" if opening == "(" else opening, mathml, "math", is_apart, row)


def _large(parts: list[Part]) -> list[Part]:
    """`sum over products of |D|`: the large sign, with what it goes over below it."""
    for place, part in enumerate(parts[:-1]):
        if part.text in _LARGE and parts[place + 1].text == "over":
            ends = (i for i in range(place + 2, len(parts) - 1) if parts[i].text == "of")
            end = next((i for i in ends if _is_computed(parts[i + 1 : i + 3])), None)
            if end is not None:
                below = _row(_joined(parts[place + 2 : end]))
                sign = f'<mo largeop="true" movablelimits="false">{_LARGE[part.text]}</mo>'
                made = Part(part.text, f"<munder>{sign}<mrow>{below}</mrow></munder>", "math", True)
                return [*parts[:place], made, *_large(parts[end + 1 :])]
    return parts


def _made(parts: list[Part]) -> list[Part]:
    return _fractions(_joined(_large(parts)))


def _is_computed(parts: list[Part]) -> bool:
    """A variable, a group, or a function of something."""
    is_called = len(parts) == 2 and parts[1].text == "()" and not parts[1].is_apart
    return parts[0].kind == "math" or is_called


def _joined(parts: list[Part]) -> list[Part]:
    """What touches is one part: `V(V-1)`, `min(b,c)`, `(B/C)^A`."""
    joined: list[Part] = []
    rest = iter(parts)
    for part in rest:
        last = joined[-1] if joined else None
        if last and part.text == "^":
            power = next(rest)
            rows = f"<mrow>{last.mathml}</mrow><mrow>{power.inner or power.mathml}</mrow>"
            joined[-1] = last._replace(mathml=f"<msup>{rows}</msup>", kind="math", inner="")
        elif last and last.text == "sqrt" and part.text == "()":
            joined[-1] = last._replace(mathml=f"<msqrt>{part.inner}</msqrt>", kind="math", text="")
        elif last and _touch(last, part):
            joined[-1] = last._replace(mathml=last.mathml + part.mathml, kind="math", inner="")
        else:
            joined.append(part)
    return joined


def _touch(last: Part, part: Part) -> bool:
    is_called = part.text == "()" and last.kind == "word"
    return not part.is_apart and part.kind == "math" and (last.kind == "math" or is_called)


def _fractions(parts: list[Part]) -> list[Part]:
    for place, part in enumerate(parts):
        if part.text == "/" and part.kind == "operator" and 0 < place < len(parts) - 1:
            start, end = _numerator(parts, place), _denominator(parts, place)
            above, below = parts[start:place], parts[place + 1 : end]
            mathml = f"<mfrac><mrow>{_bare(above)}</mrow><mrow>{_bare(below)}</mrow></mfrac>"
            made = Part("", mathml, "math", parts[start].is_apart)
            return _fractions([*parts[:start], made, *parts[end:]])
    return parts


def _numerator(parts: list[Part], place: int) -> int:
    """Where it begins: with the part before, or with the first of the words on that side."""
    start = place - 1
    is_worded = start > 0 and not _is_whole(parts[start]) and parts[place].is_apart
    is_worded = is_worded and "word" in (parts[start].kind, parts[start - 1].kind)
    kinds = ("word", "math") if is_worded else (parts[start].kind,) if parts[place].is_apart else ()
    while start and parts[start - 1].kind in kinds and parts[start - 1].text not in _ENDS:
        start -= 1
    return start


def _denominator(parts: list[Part], place: int) -> int:
    end = place + 2
    is_worded = parts[place].is_apart and not _is_whole(parts[place + 1])
    if is_worded and "word" in {part.kind for part in parts[place + 1 : place + 3]}:
        while end < len(parts) and parts[end].kind in ("word", "math"):
            end += 1
    return end


def _is_whole(part: Part) -> bool:
    """A group, or what was made of several parts: it stands for itself."""
    return part.kind == "math" and not part.mathml.startswith(("<mi>", "<msub>"))


def _bare(parts: list[Part]) -> str:
    """Without the brackets that the stroke makes needless."""
    is_one = len(parts) == 1 and parts[0].text == "()" and parts[0].inner
    return parts[0].inner if is_one else _row(parts)


def _row(parts: Sequence[Part]) -> str:
    """All of it as MathML, words with the spaces that they had."""
    shown = ""
    for before, part in zip((None, *parts), parts, strict=False):
        kinds = {before.kind, part.kind} if before else set()
        is_spaced = part.is_apart and ("word" in kinds or kinds == {"math"})
        shown += (_SPACE if is_spaced else "") + part.mathml
    return shown


def _with_articles(parts: list[Part]) -> list[Part]:
    """An `a` before a word is one itself, unless something computed stands before it."""
    around = zip((None, *parts), parts, (*parts[1:], None), strict=False)
    return [
        part._replace(kind="word") if part.text == "a" and _is_article(before, after) else part
        for before, part, after in around
    ]


def _is_article(before: Part | None, after: Part | None) -> bool:
    return after is not None and after.kind == "word" and not (before and before.kind == "math")


def _html(parts: Sequence[Part]) -> str:
    """Words as text, so that a line may break between them; runs of the rest as MathML."""
    return " ".join(_runs(parts)).replace(" ,", ",").replace(" :", ":")


def _runs(parts: Sequence[Part]) -> Iterator[str]:
    run: list[Part] = []
    for part in parts:
        is_text = part.kind == "word" or part.text in (",", ":")
        if not is_text:
            run.append(part)
            continue
        if run:
            yield _MATH.format(_row(run))
            run = []
        yield escape(part.text)
    if run:
        yield _MATH.format(_row(run))
