"""What holds of every module of the maths: few parameters, names declared once, kernels apart."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

MATHS = Path(__file__).parents[2] / "service" / "maths"
MODULES = {
    str(path.relative_to(MATHS)): ast.parse(path.read_text()) for path in MATHS.rglob("*.py")
}
OUTSIDE_KERNELS = [name for name in MODULES if not name.startswith("kernels/")]


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def n_parameters(function: ast.FunctionDef) -> int:
    given = function.args
    return len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs)


@pytest.mark.parametrize("name", OUTSIDE_KERNELS)
def test_no_function_has_more_than_seven_parameters(name: str) -> None:
    many = {f.name: n for f in functions(MODULES[name]) if (n := n_parameters(f)) > 7}
    assert many == {}


@pytest.mark.parametrize("name", MODULES)
def test_no_function_is_longer_than_forty_lines(name: str) -> None:
    lines = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions(MODULES[name])}
    assert {name: n for name, n in lines.items() if n > 40} == {}


def test_a_public_name_is_declared_once() -> None:
    declared = Counter(
        name
        for module in MODULES.values()
        for node in module.body
        for name in _declared(node)
        if name[0].isupper() and not name.isupper()
    )
    assert [name for name, n in declared.items() if n > 1] == []


def _declared(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []
