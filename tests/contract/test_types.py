"""What a type of field means is said in `query/types` and nowhere else."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.query import types
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.types import FieldType
from service.query.views import VIEWS

# This list may only shrink: modules that ask which type a field has, and how often.
ASKS_FOR_THE_TYPE = {"service/query/fields.py": 1}  # `of_type`


def test_nobody_asks_which_type_a_field_has(repository: Path) -> None:
    counts = {
        str(path.relative_to(repository)): len(found)
        for path in sorted((repository / "service").rglob("*.py"))
        if "query/types" not in str(path) and (found := list(questions(path)))
    }
    assert counts == ASKS_FOR_THE_TYPE


def questions(path: Path) -> Iterator[ast.AST]:
    """`isinstance(field.type, Date)`, `field.type is ...`, `type(field.type)`, `field.type.name`
    compared with a word."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="isinstance" | "type"), args=[ast.Attribute(attr="type"), *_]
            ):
                yield node
            case ast.Compare(left=left, comparators=[*others]) if any(
                is_type(side) for side in (left, *others)
            ):
                yield node


def is_type(node: ast.expr) -> bool:
    """`field.type`, `path.type.name` and the like, of a field or a path."""
    if isinstance(node, ast.Attribute) and node.attr == "name":
        node = node.value
    match node:
        case ast.Attribute(
            attr="type", value=ast.Name(id="field" | "f" | "path" | "p" | "reference")
        ):
            return True
        case ast.Attribute(attr="type", value=ast.Attribute(attr="field" | "path" | "reference")):
            return True
    return False


TYPES = [
    getattr(types, name)
    for name in types.__all__
    if inspect.isclass(getattr(types, name)) and issubclass(getattr(types, name), FieldType)
]


def test_each_type_has_a_word_of_its_own() -> None:
    words = [kind.name for kind in TYPES if kind is not FieldType]
    assert len(set(words)) == len(words) == 23


@pytest.mark.parametrize("collection", [*COLLECTIONS, *VIEWS], ids=lambda c: c.name)
def test_what_a_field_is_shown_as_it_is_described_as(collection: Collection) -> None:
    """The keys of a shown value are those of its description, and it has columns of a table."""
    columns = {column for field in collection.fields for column in field.type.columns(field.name)}
    row = dict.fromkeys({"id", *columns}) | {"names": b"{}"}
    for field in collection.fields:
        keys = list(field.type.shown_parts) or [field.name]
        assert list(field.type.shown(field.name, row, "en")) == keys
        assert field.type.table_columns(field.name)
