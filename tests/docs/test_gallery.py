"""The gallery shows what the service draws."""

from pathlib import Path

import httpx
import pytest

from service.commands.gallery import PICTURES, address
from service.texts.messages import LANGUAGES


def test_every_picture_is_in_the_gallery(repository: Path) -> None:
    kept = {path.name for path in (repository / "docs/gallery").iterdir()}
    assert kept == {f"{operation}.{lang}.svg" for operation in PICTURES for lang in LANGUAGES}
    page = (repository / "docs/gallery.md").read_text(encoding="utf-8")
    assert all(f"(gallery/{name})" in page for name in kept)


def test_the_gallery_is_small(repository: Path) -> None:
    sizes = [path.stat().st_size for path in (repository / "docs/gallery").iterdir()]
    assert sum(sizes) < 3_000_000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("operation", PICTURES)
async def test_it_is_what_is_drawn_now(
    client: httpx.AsyncClient, repository: Path, operation: str, lang: str
) -> None:
    kept = (repository / "docs/gallery" / f"{operation}.{lang}.svg").read_bytes()
    assert (await client.get(address(operation, ".svg", lang))).content == kept, "parity gallery"
