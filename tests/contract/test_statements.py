"""Statements that are plain text stand in `store/sql/`, and a server takes each of them."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from service.store.database import Database
from service.store.statements import NamedStatement, load

NOUNS = sorted(
    path.name.removesuffix(".sql")
    for path in files("service.store.sql").iterdir()
    if path.name.endswith(".sql")
)
STATEMENT = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH( RECURSIVE)?) \S")
# This list may only shrink: whole statements, without a gap, that still stand in Python.
IN_PYTHON: dict[str, int] = {}


@pytest.mark.parametrize("noun", NOUNS)
async def test_every_statement_prepares(bundled: Database, noun: str) -> None:
    async with bundled.read() as snapshot:
        for name, statement in load(noun).items():
            prepared = await snapshot.connection.prepare(statement.text)
            assert len(prepared.get_parameters()) == len(statement.parameters), name


@pytest.mark.parametrize("noun", NOUNS)
def test_columns_are_spelled_out(noun: str) -> None:
    for name, statement in load(noun).items():
        assert "*" not in statement.text.replace("count(*)", ""), name


def test_parameters_are_numbered_by_their_names() -> None:
    statement = NamedStatement.of("SELECT a::text, :b::int FROM c WHERE d = :e AND f = :b")
    assert statement.text == "SELECT a::text, $1::int FROM c WHERE d = $2 AND f = $1"
    assert statement.parameters == ("b", "e")


async def test_a_statement_takes_its_parameters_and_no_other(bundled: Database) -> None:
    async with bundled.read() as snapshot:
        assert await load("revisions")["recorded_at"].value(snapshot.connection, revision=0)
        for wrong in ({}, {"revision": 0, "more": 1}):
            with pytest.raises(AssertionError, match="revision"):
                await load("revisions")["recorded_at"].value(snapshot.connection, **wrong)


def test_no_plain_statement_stands_in_python(repository: Path) -> None:
    counts: dict[str, int] = {}
    for path in sorted((repository / "service").rglob("*.py")):
        if found := list(plain_statements(path)):
            counts[str(path.relative_to(repository))] = len(found)
    assert counts == IN_PYTHON


def plain_statements(path: Path) -> Iterator[str]:
    """Literals that are a statement and nothing is put into."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        is_whole = isinstance(node, ast.Constant) and node not in parts
        if is_whole and isinstance(node.value, str) and STATEMENT.match(node.value):
            yield node.value
