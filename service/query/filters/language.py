"""The filter language: AIP-160 text into an expression.

`AND`, `OR` (which binds closer, as AIP-160 says), `NOT` or `-`, parentheses; `=`, `!=`, `<`, `<=`,
`>`, `>=`; `:` is "has", and `field:*` is "has a value". A trailing `*` makes text a
prefix, one on either side a part.
"""

import re
from typing import NamedTuple

from service import limits
from service.model.errors import Code, Fault
from service.query.fields import Collection
from service.query.filters.expressions import (
    EVERYTHING,
    Comparison,
    Expression,
    Not,
    Or,
    both,
    comparisons,
)
from service.query.operators import SYMBOLS, Operator
from service.query.paths import Path, is_too_far, near_paths, path_of, too_far, unknown_path
from service.query.sql.values import faults_of
from service.texts.sentences import Sentence, sentence

PARAMETER = "filter"
_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')|(?P<sign><=|>=|!=|[<>=:])'
    r"|(?P<paren>[()])|(?P<text>[^\s()<>=!:\"']+))"
)
_BY_SYMBOL = {symbol: operator for operator, symbol in SYMBOLS.items()}
_RESERVED = ("AND", "OR", "NOT")


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


class _Value(NamedTuple):
    """A star behind the text makes it a prefix; one before it, too, a part."""

    text: str
    is_prefix: bool
    is_part: bool = False


class _Wrong(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault.detail))
        self.fault = fault


def parse(text: str, collection: Collection) -> tuple[Expression, list[Fault]]:
    """The expression, or what is wrong with the text (then the expression means nothing)."""
    if len(text) > limits.FILTER_CHARACTERS:
        limit = sentence("filters.long", most=limits.FILTER_CHARACTERS)
        return EVERYTHING, [Fault(Code.FILTER_TOO_COMPLEX, limit, parameter=PARAMETER)]
    parser = _Parser(collection, text)
    try:
        tree = parser.whole()
    except _Wrong as wrong:
        return EVERYTHING, [*parser.faults, wrong.fault]
    if sum(1 for _ in comparisons(tree)) > limits.FILTER_COMPARISONS:
        many = sentence("filters.comparisons", most=limits.FILTER_COMPARISONS)
        return EVERYTHING, [Fault(Code.FILTER_TOO_COMPLEX, many, parameter=PARAMETER)]
    return tree, parser.faults


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise _wrong(sentence("filters.stray", place=place + 1))
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind], match.start(kind)))
        place = match.end()
    return tokens


def _wrong(detail: Sentence) -> _Wrong:
    return _Wrong(Fault(Code.INVALID_FILTER, detail, parameter=PARAMETER))


class _Parser:
    """Recursive descent, one method a rule."""

    def __init__(self, collection: Collection, text: str) -> None:
        self.faults: list[Fault] = []
        self._collection = collection
        self._text = text
        self._tokens: list[_Token] = []
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        self._tokens = _tokens(self._text)
        if not self._tokens:
            empty = sentence("filters.empty")
            raise _Wrong(Fault(Code.EMPTY_VALUE, empty, parameter=PARAMETER))
        expression = self._conjunction()
        if self._next < len(self._tokens):
            raise self._unexpected(sentence("filters.end"))
        return expression

    def _conjunction(self) -> Expression:
        expression = self._disjunction()
        while self._taken("AND") or self._starts_term():
            expression = both(expression, self._disjunction())
        return expression

    def _disjunction(self) -> Expression:
        parts = [self._term()]
        while self._taken("OR"):
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _term(self) -> Expression:
        self._depth += 1
        if self._depth > limits.FILTER_COMPARISONS:
            deep = sentence("filters.deep")
            raise _Wrong(Fault(Code.FILTER_TOO_COMPLEX, deep, parameter=PARAMETER))
        negated = self._taken("NOT") or self._minus()
        expression = self._composite() if self._taken("(") else self._comparison()
        self._depth -= 1
        return Not(expression) if negated else expression

    def _composite(self) -> Expression:
        expression = self._conjunction()
        if not self._taken(")"):
            raise self._unexpected(sentence("filters.bracket"))
        return expression

    def _comparison(self) -> Expression:
        name = self._token(sentence("filters.field"), "text")
        sign = self._token(sentence("filters.comparison", name=name.text[:60]), "sign")
        value = self._value()
        path = path_of(self._collection, name.text)
        if path is None:
            self.faults.append(_unknown(self._collection, name.text))
            return EVERYTHING
        return self._compared(path, sign, value)

    def _compared(self, path: Path, sign: _Token, value: _Value) -> Expression:
        if value == _Value("", is_prefix=True):
            if sign.text != ":":
                raise _wrong(sentence("filters.any_value", place=sign.place + 1))
            return Not(Comparison(path, Operator.IS_NULL))
        operator = _BY_SYMBOL.get(sign.text, Operator.EQ)
        if value.is_prefix and operator in (Operator.EQ, Operator.NOT):
            partial = Operator.CONTAINS if value.is_part else Operator.PREFIX
            comparison = self._checked(path, partial, value.text, sign.text)
            return Not(comparison) if operator is Operator.NOT else comparison
        if operator is Operator.NOT and path.type.has_several:
            return Not(self._checked(path, Operator.EQ, value.text, sign.text))
        return self._checked(path, operator, value.text, sign.text)

    def _checked(self, path: Path, operator: Operator, value: str, sign: str) -> Comparison:
        if operator not in path.type.operators:
            detail = sentence("filters.no_comparison", name=path.name, sign=sign)
            allowed = tuple(SYMBOLS[o] for o in path.type.operators if o in SYMBOLS)
            self.faults.append(
                Fault(Code.UNKNOWN_OPERATOR, detail, parameter=PARAMETER, allowed=allowed)
            )
        else:
            self.faults += faults_of(PARAMETER, path, operator, (value,))
        return Comparison(path, operator, (value,))

    def _value(self) -> _Value:
        token = self._token(sentence("filters.value"), "text", "string")
        raw = token.text[1:-1] if token.kind == "string" else token.text
        is_prefix = bool(re.search(r"(?<!\\)(\\\\)*\*\Z", raw))
        is_part = is_prefix and len(raw) > 1 and raw.startswith("*")
        inner = raw[int(is_part) : -1] if is_prefix else raw
        return _Value(re.sub(r"\\(.)", r"\1", inner), is_prefix, is_part)

    def _token(self, wanted: Sentence, *kinds: str) -> _Token:
        token = self._peek()
        if token is None or token.kind not in kinds:
            raise self._unexpected(wanted)
        if token.kind == "text" and token.text in _RESERVED:
            raise self._unexpected(wanted)
        self._next += 1
        return token

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _taken(self, word: str) -> bool:
        token = self._peek()
        is_next = token is not None and token.kind in ("text", "paren") and token.text == word
        self._next += is_next
        return is_next

    def _minus(self) -> bool:
        """A leading `-` negates; the rest of its token stays."""
        token = self._peek()
        if token is None or token.kind != "text" or not token.text.startswith("-"):
            return False
        if token.text == "-":
            self._next += 1
        else:
            self._tokens[self._next] = _Token("text", token.text[1:], token.place + 1)
        return True

    def _starts_term(self) -> bool:
        token = self._peek()
        return token is not None and (token.text == "(" or token.kind == "text")

    def _unexpected(self, wanted: Sentence) -> _Wrong:
        token = self._peek()
        if token is None:
            place = len(self._text) + 1
            return _wrong(sentence("filters.cut_off", place=place, wanted=wanted))
        place, text = token.place + 1, token.text[:60]
        return _wrong(sentence("filters.unexpected", place=place, given=text, wanted=wanted))


def _unknown(collection: Collection, name: str) -> Fault:
    if is_too_far(collection, name):
        return Fault(Code.FILTER_TOO_COMPLEX, too_far(name), parameter=PARAMETER)
    near = near_paths(collection, name)
    told = unknown_path(name, near)
    return Fault(Code.UNKNOWN_FIELD, told, parameter=PARAMETER, did_you_mean=tuple(near))
