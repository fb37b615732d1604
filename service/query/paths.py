"""The names by which a question reaches into a collection: its fields, and those of records that
its own lead to.

`vendor.country` is of the product's vendor, `adoptions.feature_id` of any adoption of the product.
A name goes at most `limits.QUESTION_HOPS` records far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from service import limits
from service.model.errors import did_you_mean
from service.model.suggestions import nearest
from service.query.fields import Collection, Field, Moment
from service.query.relations import Hop, hops
from service.query.types import FieldType
from service.texts.sentences import Sentence, sentence


class Unit(NamedTuple):
    """The path that says what the numbers of a measure count, and a value that it may have."""

    name: str
    example: str


@dataclass(frozen=True)
class Path:
    """A field of a collection, or of the records to which `hops` lead.

    `part` names what is meant of a value with parts: amount, currency or per, a scheme of ids, a
    field. Of a measure, only numbers with the same `units` go together.
    """

    name: str
    field: Field
    hops: tuple[Hop, ...] = ()
    part: str = ""
    units: tuple[Unit, ...] = ()

    @property
    def type(self) -> FieldType:
        return self.field.type.part(self.part)

    @property
    def single_hops(self) -> int:
        """How many hops lead to one record each, before one that leads to several."""
        several = [n for n, hop in enumerate(self.hops) if hop.is_list]
        return several[0] if several else len(self.hops)

    @property
    def is_many_hop(self) -> bool:
        """Whether the hops lead to several records, of which any one may answer."""
        return self.single_hops < len(self.hops)

    @property
    def alias(self) -> str:
        """The SQL name of the row that holds the field."""
        return alias_of(self.hops)

    def value(self, moment: Moment) -> str:
        """SQL of the value; null where the hops lead to no record."""
        if self.field.derived is None:
            return self.column
        derived = self.field.derived(self.alias, moment)
        if not self.hops:
            return f"({derived})"
        return f"(CASE WHEN {self.alias}.id IS NOT NULL THEN {derived} END)"

    @property
    def column(self) -> str:
        """SQL of the value as it is stored, unless it is derived."""
        return self.field.type.part_value(self.alias, self.field.name, self.part)


def alias_of(taken: tuple[Hop, ...]) -> str:
    """The SQL name of the row to which hops lead."""
    return "_".join(["r", *(hop.word for hop in taken)]) if taken else "t"


@cache
def paths(collection: Collection) -> dict[str, Path]:
    """The fields of a collection, and those of the records that it points to, by name: what lists
    are grouped by, and what documents show."""
    forward = [hop for hop in hops(collection).values() if not hop.is_reverse]
    every = [_of(collection, ()), *(_of(hop.target, (hop,)) for hop in forward)]
    return {path.name: path for some in every for path in some.values()}


def path_of(collection: Collection, name: str) -> Path | None:
    """What a question means by a name; None for what leads nowhere, or too far."""
    taken, rest = _walked(collection, name)
    here = taken[-1].target if taken else collection
    return _of(here, taken).get(rest) if len(taken) <= limits.QUESTION_HOPS else None


def is_too_far(collection: Collection, name: str) -> bool:
    """Whether it would be a name if one could go as far."""
    taken, rest = _walked(collection, name)
    return len(taken) > limits.QUESTION_HOPS and rest in _of(taken[-1].target, ())


def too_far(name: str) -> Sentence:
    """Of a name for which `is_too_far`."""
    return sentence("paths.too_far", name=name[:80], most=limits.QUESTION_HOPS)


def unknown_path(name: str, near: Sequence[str]) -> Sentence:
    """Of a name that is none, with the nearest ones."""
    return sentence("paths.unknown", name=name[:80], hint=did_you_mean(near))


def near_paths(collection: Collection, name: str) -> list[str]:
    """The names nearest to one that is none, the likest first."""
    taken, rest = _walked(collection, name[:200])
    taken = taken[: limits.QUESTION_HOPS]
    here = taken[-1].target if taken else collection
    start = "".join(f"{hop.word}." for hop in taken)
    step, _, further = rest.partition(".")
    near = [f"{start}{word}.{further}" for word in _near_words(here, step)] if further else []
    near = [one for one in near if path_of(collection, one)]
    if len(taken) == limits.QUESTION_HOPS:
        return near or [start + one for one in nearest(rest, _of(here, ()))]
    beyond = [path for hop in hops(here).values() for path in _of(hop.target, (hop,)).values()]
    known = paths(here).keys() | {path.name for path in beyond}
    return near or [start + one for one in nearest(rest, known)]


def _near_words(collection: Collection, step: str) -> list[str]:
    """The words of the hops that a wrong one may mean; `include` calls some by another name."""
    known = hops(collection)
    meant = [hop.word for hop in known.values() if step in (hop.name, hop.reference.name)]
    return meant or nearest(step, known)


def _walked(collection: Collection, name: str) -> tuple[tuple[Hop, ...], str]:
    """The hops at the beginning of a name, one more than are allowed, and the rest of it."""
    taken: tuple[Hop, ...] = ()
    here, rest = collection, name
    while len(taken) <= limits.QUESTION_HOPS:
        step, dot, further = rest.partition(".")
        hop = hops(here).get(step) if dot else None
        if hop is None:
            break
        taken, here, rest = (*taken, hop), hop.target, further
    return taken, rest


@cache
def _of(collection: Collection, taken: tuple[Hop, ...]) -> dict[str, Path]:
    """The paths that hops lead to: by their names at the end of the hops where there are some."""
    start = "".join(f"{hop.word}." for hop in taken)
    return {
        name: Path(f"{start}{name}", field, taken, part, _units(collection, field, part, start))
        for field in collection.every_field
        for name, part in field.type.paths(field.name).items()
    }


def _units(collection: Collection, field: Field, part: str, prefix: str) -> tuple[Unit, ...]:
    examples = {f"{field.name}.{name}": e for name, e in field.type.units(part).items()}
    for name in field.unit_fields:
        unit = collection.field(name)
        assert unit is not None, "the unit is a field of the same record"
        examples[name] = unit.example or unit.values[-1]
    return tuple(Unit(f"{prefix}{name}", example) for name, example in examples.items())
