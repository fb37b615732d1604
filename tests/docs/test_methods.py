"""The pages of the methods are what the service says."""

from pathlib import Path

import pytest

from service.formats.analyses.method_pages import index, page
from service.model.methods import METHODS, text
from service.texts.messages import section


@pytest.mark.parametrize("method_id", METHODS)
def test_each_page_is_what_parity_methods_writes(repository: Path, method_id: str) -> None:
    kept = (repository / "docs/methods" / f"{method_id}.md").read_text(encoding="utf-8")
    assert kept == page(method_id)


def test_the_list_names_every_page(repository: Path) -> None:
    folder = repository / "docs/methods"
    assert (folder / "README.md").read_text(encoding="utf-8") == index()
    assert {f.stem for f in folder.glob("*.md")} == {*METHODS, "README"}


@pytest.mark.parametrize("method_id", METHODS)
def test_every_version_says_what_it_changed(method_id: str) -> None:
    assert list(text(method_id, "en").changes)[-1] == METHODS[method_id].version


def test_every_text_belongs_to_a_method() -> None:
    texts = {key.partition(".")[0] for key in section("methods")}
    assert texts == {*METHODS, "every"}
