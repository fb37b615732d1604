"""Filters as trees, and as the text of the filter language (AIP-160)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from service.query.operators import ORDERED, PARTIAL, SYMBOLS, Operator
from service.query.paths import Path


@dataclass(frozen=True)
class Comparison:
    """`path` against any of `values` (for ALL: every one of them; IS_NULL: none given)."""

    path: Path
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Not:
    """The opposite; what cannot be told stays untold."""

    part: "Expression"


@dataclass(frozen=True)
class And:
    """All of the parts; none is true of every record."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Or:
    """At least one of the parts."""

    parts: tuple["Expression", ...]


_SPECIAL = re.compile(r'([\\"*])')
Expression: TypeAlias = Comparison | Not | And | Or
EVERYTHING = And(())


def both(left: Expression, right: Expression) -> Expression:
    """The conjunction, flat."""
    parts = [p for side in (left, right) for p in (side.parts if isinstance(side, And) else [side])]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def comparisons(expression: Expression) -> Iterator[Comparison]:
    """Every comparison in the tree, from left to right."""
    match expression:
        case Comparison():
            yield expression
        case Not(part):
            yield from comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)


def changed(expression: Expression, change: Callable[[Comparison], Comparison]) -> Expression:
    """The same tree with every comparison changed."""
    match expression:
        case Comparison():
            return change(expression)
        case Not(part):
            return Not(changed(part, change))
        case And(parts):
            return And(tuple(changed(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(changed(part, change) for part in parts))


def text(expression: Expression) -> str:
    """The expression in the filter language; empty for what is true of every record."""
    match expression:
        case Comparison():
            return _comparison(expression)
        case Not(Comparison(path, Operator.IS_NULL)):
            return f"{path.name}:*"
        case Not(part):
            return f"NOT {_grouped(part)}"
        case And(parts):
            return " AND ".join(
                _grouped(part) if isinstance(part, Or) else text(part) for part in parts
            )
        case Or(parts):
            return " OR ".join(
                _grouped(part) if isinstance(part, And) else text(part) for part in parts
            )


def _grouped(part: Expression) -> str:
    inner = text(part)
    is_whole = inner.startswith("(") and isinstance(part, Comparison)
    return f"({inner})" if not is_whole and not _is_single(part) else inner


def _is_single(part: Expression) -> bool:
    return isinstance(part, Comparison) and part.operator is not Operator.IS_NULL


def _comparison(comparison: Comparison) -> str:
    name, operator = comparison.path.name, comparison.operator
    if operator is Operator.IS_NULL:
        return f"NOT {name}:*"
    has = comparison.path.type.has_several
    sign = ":" if has else " = "
    stars = ("*" if operator is Operator.CONTAINS else "", "*" if operator in PARTIAL else "")
    if operator in ORDERED:
        sign = f" {SYMBOLS[operator]} "
    if operator is Operator.NOT:
        negated = [
            f"NOT {name}{sign}{quoted(v)}" if has else f"{name} != {quoted(v)}"
            for v in comparison.values
        ]
        return negated[0] if len(negated) == 1 and not has else f"({' AND '.join(negated)})"
    joined = " AND " if operator is Operator.ALL else " OR "
    alone = [f"{name}{sign}{quoted(v, *stars)}" for v in comparison.values]
    return alone[0] if len(alone) == 1 else f"({joined.join(alone)})"


def quoted(value: str, before: str = "", behind: str = "") -> str:
    """A string literal of the filter language; stars make it a prefix or a part."""
    escaped = _SPECIAL.sub(r"\\\1", value)
    return f'"{before}{escaped}{behind}"'
