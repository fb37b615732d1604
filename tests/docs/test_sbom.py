"""`make sbom` lists what is locked, by name, version and hash, and nothing else."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

HASH, OTHER = "a" * 64, "b" * 64
LOCK = f"""click==8.4 \\
    --hash=sha256:{HASH} \\
    --hash=sha256:{OTHER}
uvloop==0.21 ; sys_platform != 'win32' \\
    --hash=sha256:{HASH}
"""


def component(name: str, version: str, *hashes: str) -> dict[str, Any]:
    listed = [{"alg": "SHA-256", "content": one} for one in hashes]
    return {
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "externalReferences": [{"hashes": listed}],
    }


RIGHT = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [component("click", "8.4", HASH, OTHER), component("uvloop", "0.21", HASH)],
}


def checked(repository: Path, lock: Path, sbom: Path) -> tuple[int, str]:
    command = [sys.executable, str(repository / ".ci" / "sbom.py"), str(lock), str(sbom)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda _: None, "2 locked; not as locked: 0."),
        (lambda all_: all_["components"].pop(), "lacks uvloop 0.21 or its hashes"),
        (
            lambda all_: all_["components"][0].update(version="8.3", purl="pkg:pypi/click@8.3"),
            "has click 8.3, not as",
        ),
        (lambda all_: all_["components"][0].update(purl="pkg:pypi/clack@8.4"), "lacks click 8.4"),
        (lambda all_: all_["components"][0].pop("externalReferences"), "lacks click 8.4"),
        (lambda all_: all_["components"].append(component("more", "1")), "has more 1, not as"),
        (lambda all_: all_["components"].append(all_["components"][0]), "has click twice"),
        (lambda all_: all_.update(bomFormat="SPDX"), "no CycloneDX document"),
    ],
    ids=["right", "lacking", "version", "purl", "hashes", "besides", "twice", "format"],
)
def test_what_is_not_as_locked_fails(
    repository: Path, tmp_path: Path, spoil: Callable[[Any], object], told: str
) -> None:
    document = deepcopy(RIGHT)
    spoil(document)
    lock, sbom = tmp_path / "lock.txt", tmp_path / "sbom.json"
    lock.write_text(LOCK, encoding="utf-8")
    sbom.write_text(json.dumps(document), encoding="utf-8")
    code, said = checked(repository, lock, sbom)
    assert (code, told in said) == (int("not as locked: 0." not in told), True), said


def test_the_bill_of_materials_is_what_is_locked(repository: Path, tmp_path: Path) -> None:
    tool = repository / ".venv" / "audit" / "bin" / "python"
    found = (
        tool.exists()
        and not subprocess.run(
            [tool, "-c", "import cyclonedx_py"], capture_output=True, check=False
        ).returncode
    )
    if not found:
        pytest.skip("no tool that writes one: `make sbom` installs it into .venv/audit")
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"cyclonedx_py requirements ([^@]*?)--output-file", makefile)
    sbom, lock = tmp_path / "sbom.json", repository / "requirements.txt"
    words = recipe.replace("\\\n", " ").split()
    command = [str(tool), "-m", "cyclonedx_py", "requirements", *words, "--output-file", str(sbom)]
    subprocess.run([*command, str(lock)], cwd=repository, capture_output=True, check=True)
    code, said = checked(repository, lock, sbom)
    assert code == 0, said
