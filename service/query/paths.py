"""The names by which a question reaches into a collection: its fields, and one hop further."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from service.query.fields import Collection, Field
from service.query.registry import BY_NAME
from service.query.types import FieldType


class Unit(NamedTuple):
    """The path that says what the numbers of a measure count, and a value that it may have."""

    name: str
    example: str


@dataclass(frozen=True)
class Path:
    """A field of a collection, or of the record that its reference `via` points to.

    `part` names what is meant of a value with parts: amount, currency or per, a scheme of ids. Of a
    measure, only numbers with the same `units` go together.
    """

    name: str
    field: Field
    via: Field | None = None
    part: str = ""
    units: tuple[Unit, ...] = ()

    @property
    def type(self) -> FieldType:
        return self.field.type.part(self.part)

    @property
    def is_many_hop(self) -> bool:
        """Whether the hop leads to several records, of which any one may answer."""
        return self.via is not None and self.via.type.is_list

    @property
    def alias(self) -> str:
        """The SQL name of the row that holds the field."""
        return "t" if self.via is None else f"r_{hop(self.via)}"

    @property
    def column(self) -> str:
        """SQL of the value; null where the hop leads to no record."""
        if self.field.expression:
            derived = self.field.expression.replace("t.", f"{self.alias}.")
            if self.via is None:
                return f"({derived})"
            return f"(CASE WHEN {self.alias}.id IS NOT NULL THEN {derived} END)"
        return f"{self.alias}.{self.field.type.part_column(self.field.name, self.part)}"


def hop(reference: Field) -> str:
    """The name by which a question hops through a reference: `vendor` of `vendor_id`."""
    return reference.name.removesuffix("_ids").removesuffix("_id")


@cache
def paths(collection: Collection) -> dict[str, Path]:
    """Every path of a collection by name."""
    by_name = {path.name: path for path in _own(collection, None, "")}
    for reference in collection.references:
        for path in _own(BY_NAME[reference.to], reference, f"{hop(reference)}."):
            by_name[path.name] = path
    return by_name


def _own(collection: Collection, via: Field | None, prefix: str) -> list[Path]:
    return [
        Path(f"{prefix}{name}", field, via, part, _units(collection, field, part, prefix))
        for field in collection.every_field
        for name, part in field.type.paths(field.name).items()
    ]


def _units(collection: Collection, field: Field, part: str, prefix: str) -> tuple[Unit, ...]:
    examples = {f"{field.name}.{name}": e for name, e in field.type.units(part).items()}
    for name in field.unit_fields:
        unit = collection.field(name)
        assert unit is not None, "the unit is a field of the same record"
        examples[name] = unit.example or unit.values[-1]
    return tuple(Unit(f"{prefix}{name}", example) for name, example in examples.items())
