"""Four clients: made from the document, compiled, and asked five questions each."""

import compileall
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.clients.serving import Served
from bench.clients.table import Row
from bench.clients.tools import BUILD, GENERATOR, HERE, PYTHON, Ran, mypy, npm, run, version

QUESTIONS = ("list", "record", "homogenization", "search", "import")
TSC = ("--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable")
COMPLAINT = re.compile(r"^\W*(?:\[\w+\] *)?(error|warn)", re.IGNORECASE | re.MULTILINE)


def openapi_fetch(document: Path, served: Served) -> Row:
    """openapi-typescript writes the types, openapi-fetch asks with them."""

    def generate() -> Ran:
        return npm(
            "openapi-typescript", document, "-o", _folder("openapi-typescript") / "schema.ts"
        )

    name = f"{version('openapi-typescript')}, {version('openapi-fetch')}"
    return _typescript("openapi-typescript, openapi-fetch", name, "openapi_fetch", generate, served)


def hey_api(document: Path, served: Served) -> Row:
    def generate() -> Ran:
        _folder("hey-api")
        config = HERE / "openapi-ts.config.mjs"
        return npm("openapi-ts", "--file", config, PARITY_DOCUMENT=str(document))

    name = "@hey-api/openapi-ts"
    return _typescript(name, version(name), "hey_api", generate, served)


def orval(document: Path, served: Served) -> Row:
    def generate() -> Ran:
        _folder("orval")
        config = HERE / "orval.config.mjs"
        settings = {"PARITY_DOCUMENT": str(document), "PARITY_URL": served.url}
        return npm("orval", "--config", config, **settings)

    return _typescript("orval", version("orval"), "orval", generate, served)


def python_client(document: Path, served: Served) -> Row:
    """openapi-python-client; its code is compiled, imported and passes mypy."""
    folder, questions = _folder("python"), HERE / "questions" / "python_client.py"
    package, config = folder / "parity_client", HERE / "openapi-python-client.yaml"
    chosen = (f"--path={document}", f"--output-path={package}", f"--config={config}")
    made = run(PYTHON.with_name(GENERATOR), "generate", "--meta=none", "--overwrite", *chosen)
    row = _row(GENERATOR, version(GENERATOR), made)
    is_compiled = compileall.compile_dir(str(package), quiet=2)
    checks = [mypy("-p", package.name), mypy(questions)]
    row.compiled = bool(is_compiled) and all(check.code == 0 for check in checks)
    row.says += [line for check in checks if check.code for line in check.output.splitlines()]
    _ask(row, run(PYTHON, questions, PYTHONPATH=str(folder), **_where(served)))
    return row


def _typescript(
    tool: str, name: str, questions: str, generate: Callable[[], Ran], served: Served
) -> Row:
    row = _row(tool, name, generate())
    built = _folder(f"js/{questions}")
    compiled = npm("tsc", *TSC, "--outDir", built, HERE / "questions" / f"{questions}.ts")
    row.compiled = compiled.code == 0
    row.says += compiled.output.splitlines()
    _ask(row, run("node", built / "questions" / f"{questions}.js", **_where(served)))
    return row


def _row(tool: str, name: str, made: Ran) -> Row:
    """What the generator itself complains of."""
    said = made.output + made.errors
    kinds = [kind.lower() for kind in COMPLAINT.findall(said)]
    errors = max(kinds.count("error"), int(made.code != 0))
    says = said.splitlines() if kinds or made.code else []
    return Row(tool, name, errors=errors, warnings=kinds.count("warn"), says=says)


def _ask(row: Row, asked: Ran) -> None:
    """Count the answers: a line for each question, its name, a tab, and ok or a fault."""
    told = dict(line.split("\t", 1) for line in asked.output.splitlines() if "\t" in line)
    row.answered = (sum(told.get(name) == "ok" for name in QUESTIONS), len(QUESTIONS))
    row.says += [f"{name}: {told.get(name, 'not asked')}" for name in QUESTIONS
                 if told.get(name) != "ok"]  # fmt: skip
    row.says += asked.errors.splitlines() if asked.code else []


def _folder(name: str) -> Path:
    """A new, empty folder for what is made."""
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _where(served: Served) -> dict[str, str]:
    return {"PARITY_URL": served.url, "PARITY_KEY": served.key}
