"""Which changes a webhook wants, checked against the registry."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.model.webhooks import (
    CORRECTION_DECIDED,
    METRIC_CHANGED,
    RELEASE_PUBLISHED,
    Filter,
)
from service.query.feed import VERBS
from service.query.filters.expressions import Expression
from service.query.filters.parameters import (
    filter_named,
    filter_names,
    filter_of,
    parsed,
    unit_faults,
)
from service.query.registry import BY_KIND
from service.texts.sentences import Sentence, sentence, word

TYPES_MAX = 100


class Subscription(NamedTuple):
    """What a webhook wants: types by pattern, and conditions by kind (absent: not wanted)."""

    types: tuple[str, ...]
    conditions: dict[str, Expression]

    @classmethod
    def of(cls, types: tuple[str, ...], wanted: Filter) -> "Subscription":
        kinds = wanted.kinds or BY_KIND
        chosen = [
            k for k in sorted(kinds) if any(_covers(t, f"{k}.{v}") for t in types for v in VERBS)
        ]
        able = [kind for kind in chosen if _knows(kind, wanted.where)]
        return cls(types, {kind: _conditions(kind, wanted) for kind in able})

    def wants(self, change_type: str) -> bool:
        kind = change_type.partition(".")[0]
        return kind in self.conditions and tells(self.types, change_type)


def condition_of(types: tuple[str, ...], wanted: Filter, kind: str) -> Expression | None:
    """On which condition a decided correction of such a record is told; None: on none."""
    if not tells(types, CORRECTION_DECIDED) or (wanted.kinds and kind not in wanted.kinds):
        return None
    is_able = _knows(kind, wanted.where)
    return _conditions(kind, wanted) if is_able else None


def tells(types: tuple[str, ...], event_type: str) -> bool:
    """Whether one of the types, patterns among them, covers the type of an event."""
    return any(_covers(pattern, event_type) for pattern in types)


def _knows(kind: str, names: Iterable[str]) -> bool:
    """Whether records of the kind can be filtered so."""
    return all(filter_named(BY_KIND[kind], name) for name in names)


def _conditions(kind: str, wanted: Filter) -> Expression:
    given = {name: list(values) for name, values in wanted.where.items()}
    return filter_of(BY_KIND[kind], given)[0]


def _covers(pattern: str, change_type: str) -> bool:
    kind = change_type.partition(".")[0]
    return pattern in ("*", change_type, f"{kind}.*")


def known_types() -> list[str]:
    """Every type that may be asked for, patterns among them."""
    changes = [f"{kind}.{verb}" for kind in BY_KIND for verb in (*VERBS, "*")]
    return ["*", *changes, METRIC_CHANGED, CORRECTION_DECIDED, RELEASE_PUBLISHED]


def faults_of(given: Mapping[str, Any], broken: Set[str] = frozenset()) -> list[Fault]:
    """What is wrong with the types and the filter; pointers are RFC 6901.

    `given` are members of a NewWebhook; of those that are `broken` nothing is known.
    """
    types, wanted = given.get("types"), given.get("filter", Filter())
    faults = _unknown(wanted.kinds, list(BY_KIND), "/filter/kinds", sentence("webhooks.kind"))
    if types is None:
        return faults
    faults += [
        *_size_faults(types),
        *_unknown(types, known_types(), "/types", sentence("webhooks.type")),
    ]
    where = [] if faults or "filter" in broken else _where_faults(types, wanted)
    has_metric = given.get("metric") is not None or "metric" in broken
    if (METRIC_CHANGED in types) != has_metric:
        detail = sentence("webhooks.metric_type", type=METRIC_CHANGED)
        faults.append(Fault(Code.VALIDATION_FAILED, detail, pointer="/metric"))
    return faults + where


def _size_faults(types: Sequence[str]) -> list[Fault]:
    if 0 < len(types) <= TYPES_MAX:
        return []
    detail = sentence("webhooks.types", most=TYPES_MAX)
    return [Fault(Code.VALIDATION_FAILED, detail, pointer="/types")]


def _unknown(given: Iterable[str], known: list[str], pointer: str, noun: Sentence) -> list[Fault]:
    return [
        Fault(
            Code.UNKNOWN_VALUE,
            sentence("records.unknown", kind=noun, id=g[:60], hint=""),
            pointer=f"{pointer}/{n}",
            did_you_mean=tuple(nearest(g, known)),
        )
        for n, g in enumerate(given)
        if g not in known
    ]


def _where_faults(types: tuple[str, ...], given: Filter) -> list[Fault]:
    wanted = list(Subscription.of(types, Filter(kinds=given.kinds)).conditions)
    if tells(types, CORRECTION_DECIDED):
        wanted = sorted(given.kinds or BY_KIND)
    faults: list[Fault] = []
    for name, values in given.where.items():
        pointer = pointer_to("filter", "where", name)
        having = [kind for kind in wanted if _knows(kind, [name])]
        if not having or (given.kinds and having != wanted):
            faults.append(_no_field(name, pointer, wanted, having))
            continue
        _, wrong = parsed(BY_KIND[having[0]], {name: list(values) or [""]})
        faults += [
            Fault(f.code, f.detail, pointer=pointer, allowed=f.allowed, did_you_mean=f.did_you_mean)
            for f in wrong
        ]
    able = [k for k in wanted if _knows(k, given.where)]
    if not faults and wanted and not able:
        detail = sentence("filters.kinds")
        faults.append(Fault(Code.VALIDATION_FAILED, detail, pointer="/filter/where"))
    return faults or _unit_faults(able, given)


def _unit_faults(kinds: list[str], given: Filter) -> list[Fault]:
    found: dict[Fault, None] = {}
    for kind in kinds:
        faults = unit_faults(BY_KIND[kind], given.where, _conditions(kind, given))
        found |= {
            Fault(f.code, f.detail, pointer=pointer_to("filter", "where", f.parameter)): None
            for f in faults
        }
    return list(found)


def _no_field(name: str, pointer: str, wanted: list[str], having: list[str]) -> Fault:
    without = next((kind for kind in wanted if kind not in having), "record")
    detail = sentence("filters.kind_lacks", kind=word(without), name=name[:60])
    known = {path for kind in wanted for path in filter_names(BY_KIND[kind])}
    return Fault(
        Code.UNKNOWN_FIELD,
        detail,
        pointer=pointer,
        did_you_mean=tuple(nearest(name, known - {name})),
    )
