"""A filter over changes: which kinds of records it speaks of, and what it asks of each."""

from collections.abc import Iterable

from service.model.errors import Code, Fault
from service.query.filters import language
from service.query.filters.expressions import EVERYTHING, Expression, both
from service.query.filters.parameters import unit_faults
from service.query.registry import BY_KIND


def conditions_of(
    texts: Iterable[str], kinds: tuple[str, ...]
) -> tuple[dict[str, Expression], list[Fault]]:
    """What the filter asks of each kind. Kinds that are named must know all of its fields; where
    none are named, those that do are meant.
    """
    given = tuple(texts)
    known = [kind for kind in kinds if kind in BY_KIND] or sorted(BY_KIND)
    by_kind = {kind: _of_kind(given, kind) for kind in known}
    good = {kind: expression for kind, (expression, faults) in by_kind.items() if not faults}
    if good and not (kinds and len(good) < len(known)):
        return good, []
    faulty = [faults for _, faults in by_kind.values() if faults]
    return {}, min(faulty, key=_remoteness, default=[])


def _remoteness(faults: list[Fault]) -> tuple[bool, int, bool]:
    """The faults of the kind that was most likely meant come first."""
    is_strange = any(fault.code == Code.UNKNOWN_FIELD for fault in faults)
    return is_strange, len(faults), not any(fault.did_you_mean for fault in faults)


def _of_kind(texts: tuple[str, ...], kind: str) -> tuple[Expression, list[Fault]]:
    expression: Expression = EVERYTHING
    faults: list[Fault] = []
    for text in texts:
        part, wrong = language.parse(text, BY_KIND[kind])
        expression, faults = both(expression, part), faults + wrong
    return expression, faults or unit_faults(BY_KIND[kind], (), expression)
