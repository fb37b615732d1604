"""Ids of the outside world, by scheme."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from service.model.external_ids import SCHEMES, ExternalId, UnknownScheme, external_id, read
from service.query.operators import Operator
from service.query.types import shapes
from service.query.types.base import Bind, FieldType, UnknownValue
from service.query.types.cells import LISTED, Cell, Column, Nested, Shown, inner, joined, separated
from service.query.types.lists import ListType
from service.texts.sentences import sentence, sentence_of


class ExternalIds(ListType):
    """Sorted `scheme:value`; shown, and written, as the values by scheme.

    As a whole it is compared with `wikidata:Q95`, `external_ids.wikidata` with `Q95`.
    """

    name = "external_ids"
    is_groupable = False
    shape = dict[str, shapes.ExternalId | list[shapes.ExternalId]]
    shown_shape = dict[str, list[str]]

    @property
    def asked(self) -> dict[str, Any]:
        return {"pattern": f"^({'|'.join(SCHEMES)}):.+$", "examples": ["wikidata:Q95"]}

    def is_known(self, name: str) -> str:
        return f"t.{name} <> '{{}}'"

    def joined_twins(self, name: str) -> dict[str, str]:
        both = f'SELECT DISTINCT v COLLATE "C" FROM unnest(k.{name} || l.{name}) v ORDER BY 1'
        return {name: f"ARRAY({both})"}

    def paths(self, name: str) -> dict[str, str]:
        return {name: "", **{f"{name}.{scheme}": scheme for scheme in SCHEMES}}

    def part(self, part: str) -> FieldType:
        return _PARTS[part] if part else self

    def part_value(self, row: str, name: str, part: str) -> str:
        return f"{row}.{name}"

    def parsed(self, value: str, name: str = "the field") -> Any:
        found = read(value)
        if found is None:
            near = tuple(f"{scheme}:{value}" for scheme in _schemes_of(value))
            raise UnknownValue(sentence("external_ids.bare", text=value[:60]), near=near)
        return str(found)

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        return super().condition(column, operator, tuple(map(self.parsed, values)), bind)

    def stored(self, value: Any) -> list[Any]:
        return [sorted({str(made) for _, made in _each(value) if isinstance(made, ExternalId)})]

    def read(self, record: Any, key: str, wrong: Any) -> list[Any]:
        value = getattr(record, key) or {}
        for pointer, made in _each(value):
            if isinstance(made, ValueError):
                wrong(f"/{key}{pointer}", made)
        return self.stored(value)

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        return {key: _by_scheme(row[name]) or None}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        return {name: _by_scheme(row[name])}

    def table_columns(self, name: str) -> list[Column]:
        return [
            Column(
                f"{name}.{scheme}",
                partial(_cell, name, scheme),
                nested=Nested(LISTED, partial(inner, name, scheme)),
            )
            for scheme in SCHEMES
        ]

    def cells(self, name: str) -> dict[str, Cell]:
        return {f"{name}.{scheme}": Cell((name, scheme), separated) for scheme in SCHEMES}

    def of_argument(self, name: str, text: str) -> Any:
        return _by_scheme(super().of_argument(name, text))


class _OfScheme(ListType):
    """The ids of one scheme, among those of all."""

    name = "external_id"
    is_groupable = False
    is_usual = False

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def parsed(self, value: str, name: str = "the field") -> Any:
        return str(external_id(self.scheme, value))

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        if operator is Operator.IS_NULL:
            start = bind(f"{self.scheme}:")
            listed = f"unnest({column}) AS one WHERE starts_with(one, {start}::text)"
            return f"NOT EXISTS (SELECT 1 FROM {listed})"
        return super().condition(column, operator, tuple(map(self.parsed, values)), bind)


_PARTS: dict[str, FieldType] = {scheme: _OfScheme(scheme) for scheme in SCHEMES}


def _each(value: dict[str, Any]) -> Iterator[tuple[str, ExternalId | ValueError]]:
    """Of each id where it stands, and what it is or what is wrong with it."""
    for scheme, given in value.items():
        is_alone = isinstance(given, str)
        for place, text in enumerate([given] if is_alone else given):
            try:
                yield "", external_id(scheme, text)
            except UnknownScheme as error:
                yield f"/{scheme}", UnknownValue(sentence_of(error), tuple(SCHEMES), error.near)
                break
            except ValueError as error:
                yield f"/{scheme}" if is_alone else f"/{scheme}/{place}", error


def _by_scheme(stored: list[str] | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in stored or ():
        scheme, _, value = text.partition(":")
        found.setdefault(scheme, []).append(value)
    return found


def _schemes_of(value: str) -> Iterator[str]:
    """The schemes whose id it could be."""
    for scheme in SCHEMES:
        try:
            external_id(scheme, value)
        except ValueError:
            continue
        yield scheme


def _cell(name: str, scheme: str, record: Shown) -> str | None:
    values = (record[name] or {}).get(scheme)
    return joined(values) if values else None
