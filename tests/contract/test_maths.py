"""A public name of the maths means one thing."""

import ast
from collections import Counter
from pathlib import Path

MATHS = Path(__file__).parents[2] / "service" / "maths"
MODULES = {
    str(path.relative_to(MATHS)): ast.parse(path.read_text()) for path in MATHS.rglob("*.py")
}


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
