"""The Python client as it is installed and read about: its README runs against a live service."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "openapi/clients/python"
README = (FOLDER / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```python\n(.*?)^```$", README)
PAGE = FOLDER.parents[2] / "docs/clients.md"


def _run(*command: Any, **environment: str) -> str:
    ran = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the built package; httpx is that of the tests."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(FOLDER, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    offline = ["--quiet", "--no-index", "--no-deps"]
    pip = [sys.executable, "-m", "pip"]
    _run(*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, folder / "source")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv/bin/python"
    _run(*pip, "--python", python, "install", *offline, *folder.glob("*.whl"))
    (site,) = (folder / "venv/lib").glob("*/site-packages")
    (site / "tests.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_the_readme_runs_where_it_is_installed(
    installed: Path, service: dict[str, str], tmp_path: Path
) -> None:
    script = tmp_path / "readme.py"
    script.write_text("\n".join(block for block in BLOCKS if "to_pandas" not in block))
    told = _run(installed, script, **service, PYTHONPATH="")
    assert "of the features that either of two rival products" in told
    where = "import parity_client; print(parity_client.__file__)"
    assert str(installed.parents[1]) in _run(installed, "-c", where, PYTHONPATH="")


def test_the_page_of_the_clients_is_as_told(
    installed: Path, service: dict[str, str], tmp_path: Path
) -> None:
    (block,) = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text("utf-8"))
    script = tmp_path / "page.py"
    script.write_text(block.replace("http://127.0.0.1:8000", service["PARITY_URL"]))
    told = _run(installed, script, PYTHONPATH="")
    assert "not_found" in told
    assert "Did you mean long-context?" in told


def test_the_frames_of_the_readme_are_as_told(
    service: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is an extra of the client")
    for name, value in service.items():
        monkeypatch.setenv(name, value)
    (block,) = (block for block in BLOCKS if "to_pandas" in block)
    script = tmp_path / "frames.py"
    script.write_text(f"from parity_client import Client\nclient = Client()\n{block}")
    names = runpy.run_path(str(script))
    rows, client = names["rows"], names["client"]
    assert (rows["date_min"].dtype.kind, str(rows["revision"].dtype)) == ("M", "Int64")
    assert len(rows) == client.list_adoptions(product_id=["kimi", "chatgpt"])["total"]["value"]
    assert names["curve"].attrs["method"]["id"] == "time-to-copy"
    assert len(client.to_pandas(client.list_vendors, limit=3)) == 3
    found = client.to_pandas(client.list_vendors)
    assert found["note"].isna().any()
    assert found["country"].dtype == pandas.StringDtype()
    with pytest.raises(ValueError, match="no table"):
        client.to_pandas(client.export_collection, "products")


def test_the_client_and_its_readme_are_strictly_typed(tmp_path: Path) -> None:
    script = tmp_path / "readme.py"
    wrong = [
        "client.list_products(vendorid='openai')",
        "client.list_products(date_match='maybe')",
        "client.search_records()",
        "client.get_product()",
        "client.put_vendor('acme', {'nam': 'Acme'})",
        "client.each(client.get_product, 'kimi')",
    ]
    script.write_text("\n".join([*BLOCKS, *(f"{line}  # type: ignore" for line in wrong)]))
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}"]
    _run(*mypy, FOLDER / "parity_client", script, MYPYPATH=str(FOLDER))
