"""The rules of the house. What breaks one stands in `exceptions.toml`, which may only shrink.

Rules with a test of their own elsewhere: one struct named Fault (tests/model/test_errors.py), no
Chinese outside `texts`, `search` and `models_dev` (test_texts.py), no whole statement in Python
(test_statements.py), every citation of docs/metrics.md resolves (tests/docs/test_metrics.py), and
imports run downwards only (`make layers`).
"""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from service.api.routes import READS, WRITES

ROOT = Path(__file__).parents[2]
SERVICE, TESTS = ROOT / "service", ROOT / "tests"
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text())
FILES_MAX, LINES_MAX, FUNCTION_LINES_MAX, PARAMETERS_MAX = 20, 300, 40, 7
SKIP = "# fmt: " + "skip"
PAGING = "service/api/http/paging.py"
# Where things that are no parameters bear these names: members of the models.dev catalogue.
FOREIGN = "service/formats/models_dev/"
# Where the sentence stands among the arguments of what carries one.
DETAILS = {"Fault": 1, "ServiceError": 1, "Gone": 0, "Stale": 0}
OWN_FOLDERS = {"cases", "contract", "docs", "faults", "hostile", "slow"}
REGISTRIES = re.compile(
    r"(pypi\W|pythonhosted|npmjs|yarnpkg|crates\W|rubygems|proxy\Wgolang)\.?(org|com|io)\b"
    r"|index-url\W+http|registry\s*=\s*\W?http|https?://\S+/simple\b|\Wresolved\W+http"
)


def modules(folder: Path) -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
    }


MODULES = modules(SERVICE)


def more_than_known(rule: str, found: dict[str, int]) -> dict[str, int]:
    """What is found beyond the exceptions of the rule."""
    known = EXCEPTIONS[rule]
    return {name: n for name, n in found.items() if n > known.get(name, 0)}


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def n_parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = function.args
    return len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs)


def test_few_functions_have_more_than_seven_parameters() -> None:
    found = {
        f"{name}:{function.name}": n
        for name, module in MODULES.items()
        for function in functions(module)
        if (n := n_parameters(function)) > PARAMETERS_MAX
        and not name.startswith("service/maths/kernels/")
    }
    assert more_than_known("parameters", found) == {}


def test_few_functions_are_longer_than_forty_lines() -> None:
    found = {
        f"{name}:{function.name}": n
        for name, module in MODULES.items()
        for function in functions(module)
        if (n := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES_MAX
    }
    assert more_than_known("function_lines", found) == {}


def test_few_files_are_longer_than_three_hundred_lines() -> None:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in MODULES}
    found = {name: n for name, n in lines.items() if n > LINES_MAX}
    assert more_than_known("file_lines", found) == {}


def test_few_folders_hold_more_than_twenty_files() -> None:
    sizes = Counter(name.rpartition("/")[0] for name in MODULES if "__init__" not in name)
    found = {folder: n for folder, n in sizes.items() if n > FILES_MAX}
    assert more_than_known("folder_files", found) == {}


def test_the_formatter_is_rarely_told_to_skip() -> None:
    counts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count(SKIP)
        for folder in ("service", "tests", "bench", "migrations")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }
    assert more_than_known("formatter_skips", counts) == {}


def test_limit_and_cursor_are_named_by_the_paging_alone() -> None:
    """As members of a Struct, or as words; functions may take a `limit`, which is no parameter."""
    found = Counter(
        name
        for name, module in MODULES.items()
        if name != PAGING and not name.startswith(FOREIGN)
        for node in ast.walk(module)
        if names_paging(node)
    )
    assert more_than_known("paging_names", dict(found)) == {}


def names_paging(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value="limit" | "cursor"):
            return True
        case ast.AnnAssign(target=ast.Name(id="limit" | "cursor")):
            return True
    return False


def test_no_property_is_computed_under_a_lock_of_its_class() -> None:
    """`functools.cached_property` has one before Python 3.12: `service/cached.py` has none."""
    assert [name for name, module in MODULES.items() if names_cached_property(module)] == []


def names_cached_property(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "functools"
        and any(alias.name == "cached_property" for alias in node.names)
        for node in ast.walk(module)
    )


def test_what_is_wrong_is_told_by_sentences() -> None:
    """A string would be English in every language: `service/texts/sentences.py`."""
    found = {
        f"{name}:{call.lineno}"
        for name, module in MODULES.items()
        for function in functions(module)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and is_text(detail_of(call), texts_in(function))
    }
    assert found == set()


def detail_of(call: ast.Call) -> ast.expr | None:
    """What a fault or an error says is wrong."""
    place = DETAILS.get(ast.unparse(call.func))
    named = [keyword.value for keyword in call.keywords if keyword.arg == "detail"]
    if place is None or named:
        return named[0] if place is not None else None
    return call.args[place] if len(call.args) > place else None


def texts_in(function: ast.AST) -> set[str]:
    """The names that are given a text within it."""
    return {
        node.targets[0].id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and is_text(node.value, set())
    }


def is_text(node: ast.expr | None, texts: set[str]) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.BinOp():
            return True
        case ast.Call(func=ast.Name(id="str")) | ast.Call(func=ast.Attribute(attr="format")):
            return True
        case ast.IfExp(body=one, orelse=other):
            return is_text(one, texts) or is_text(other, texts)
    return isinstance(node, ast.Name) and node.id in texts


def test_an_operation_bears_the_name_of_its_handler_or_comes_from_the_registry() -> None:
    """Those of every collection are made by functions called `..._operation`."""
    strangers = {
        operation.id: operation.handler.__qualname__
        for operation in [*READS, *WRITES]
        if operation.handler.__name__ != operation.id
        and not re.fullmatch(r"\w+_operation\.<locals>\.\w+", operation.handler.__qualname__)
    }
    assert strangers == {}


def test_no_operation_id_is_given_twice() -> None:
    ids = Counter(operation.id for operation in [*READS, *WRITES])
    assert [name for name, n in ids.items() if n > 1] == []


def test_no_test_imports_a_test() -> None:
    found = {
        f"{name}: {node.module}"
        for name, module in modules(TESTS).items()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and imports_a_test(node)
    }
    assert found == set()


def imports_a_test(node: ast.ImportFrom) -> bool:
    words = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
    is_of_tests = node.level > 0 or words[0] == "tests"
    return is_of_tests and any(word.startswith("test_") or word == "conftest" for word in words)


def test_the_folders_of_the_tests_are_those_of_the_service() -> None:
    folders = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    strangers = {folder for folder in folders if not (SERVICE / folder).is_dir()}
    assert strangers <= OWN_FOLDERS


def test_no_committed_file_names_a_registry_of_packages() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    found = {
        name
        for name in listed.stdout.decode().split("\0")
        if name and (path := ROOT / name).is_file()
        if REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert found == set()
