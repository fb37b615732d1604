"""Conditions on a collection, and the parameterized SQL they compile to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from service.query.fields import Collection, Field, Type
from service.query.registry import BY_NAME

Relation = Callable[[str], str]


@dataclass(frozen=True)
class Condition:
    """`path` equals any of `values`; a path of two fields hops through a reference."""

    path: tuple[Field, ...]
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        return ".".join([*(hop(f) for f in self.path[:-1]), self.path[-1].name])


@dataclass
class Statement:
    """SQL text in the making, with its parameters."""

    where: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    def bind(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"


def hop(reference: Field) -> str:
    """The name by which a filter hops through a reference: `vendor` of `vendor_id`."""
    return reference.name.removesuffix("_ids").removesuffix("_id")


def paths(collection: Collection) -> dict[str, tuple[Field, ...]]:
    """Every filterable path of a collection by name: its own fields and one hop."""
    found: dict[str, tuple[Field, ...]] = {"id": (ID,)}
    for own in collection.fields:
        if own.is_filterable and own.to != "sources":
            found[own.name] = (own,)
    for reference in collection.of_type(Type.REFERENCE, Type.REFERENCES):
        if reference.to == "sources":
            found[reference.name] = (reference,)
            continue
        for far in BY_NAME[reference.to].fields:
            if far.is_filterable and far.to != "sources":
                found[f"{hop(reference)}.{far.name}"] = (reference, far)
    return found


ID = Field(name="id", type=Type.SLUG, doc="The id.")


def compile_condition(condition: Condition, statement: Statement, relation: Relation) -> None:
    """Add the condition on the row `t` to the statement."""
    parameter = f"{statement.bind(list(condition.values))}::text[]"
    if len(condition.path) == 1:
        statement.where.append(_equals("t", condition.path[0], parameter))
        return
    reference, far = condition.path
    target = relation(BY_NAME[reference.to].table)
    joined = (
        f"r.id = ANY (t.{reference.name})"
        if reference.type is Type.REFERENCES
        else f"r.id = t.{reference.name}"
    )
    inner = _equals("r", far, parameter)
    statement.where.append(f"EXISTS (SELECT 1 FROM {target} r WHERE {joined} AND {inner})")


def _equals(alias: str, own: Field, parameter: str) -> str:
    if own.type is Type.REFERENCES:
        return f"{alias}.{own.name} && {parameter}"
    column = own.expression.replace("t.", f"{alias}.") or f"{alias}.{own.name}"
    return f"{column} = ANY ({parameter})"


def in_force(collection: Collection, day: str, statement: Statement) -> None:
    """Only what was certainly in force on that day (ISO text)."""
    if not collection.starts:
        return
    parameter = f"{statement.bind(day)}::text::date"
    statement.where.append(f"t.{collection.starts}_max <= {parameter}")
    if collection.ends:
        end = f"t.{collection.ends}"
        statement.where.append(f"({end} IS NULL OR {end}_min > {parameter})")
