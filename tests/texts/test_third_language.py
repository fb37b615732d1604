"""A language is a file of texts and one of methods: nothing else has to know of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def with_german(repository: Path, tmp_path: Path) -> Path:
    """The service with `de.toml` and `methods/de.toml`: what the English ones say."""
    ignored = shutil.ignore_patterns("__pycache__", "*.jsonl")
    texts = shutil.copytree(repository / "service", tmp_path / "service", ignore=ignored) / "texts"
    for folder in (texts, texts / "methods"):
        english = (folder / "en.toml").read_text(encoding="utf-8")
        (folder / "de.toml").write_text(english.replace("Definition", "Begriff"), encoding="utf-8")
    return tmp_path


def test_two_files_are_a_language(with_german: Path) -> None:
    for command in ("openapi", "methods"):
        subprocess.run(
            [sys.executable, "-m", "service", command, "-o", str(with_german / command)],
            env={**os.environ, "PYTHONPATH": str(with_german)},
            cwd=with_german,
            check=True,
        )
    document = json.loads((with_german / "openapi").read_bytes())
    lang = document["components"]["parameters"]["Lang"]["schema"]
    assert sorted(lang["enum"]) == ["de", "en", "zh"]
    assert "## Begriff" in (with_german / "methods/homogenization.md").read_text(encoding="utf-8")
