"""`parity gallery`: every picture of the bundled data, and the page that shows them."""

import asyncio
from pathlib import Path

import click
import httpx

from service.api.http.examples import PICTURED, REQUESTS
from service.api.routes import READS
from service.commands.base import passing_base, written
from service.commands.openapi import asking_bundled
from service.texts.messages import LANGUAGES

PICTURES = {
    read.id: PICTURED.get(read.id) or REQUESTS[read.id]
    for read in READS
    if read.picture is not None
}
HEAD = """# Gallery

Every picture of the bundled data, made by `parity gallery`. The same address with
`theme=dark`, another `width` or `lang`, as `.png`, `.vl.json` or in words: [pictures](pictures.md).
"""


@click.command()
@click.option("-o", "--output", type=click.Path(file_okay=False), default="docs")
def gallery(output: str) -> None:
    """Draw every picture of the bundled data."""
    with passing_base() as url:
        asyncio.run(_draw(url, Path(output)))


async def _draw(url: str, folder: Path) -> None:
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    async with asking_bundled(url) as client:
        parts = [await _part(client, operation, folder) for operation in PICTURES]
    with written(str(folder / "gallery.md")) as out:
        out.write("\n".join([HEAD, *parts]).encode())


async def _part(client: httpx.AsyncClient, operation: str, folder: Path) -> str:
    """The pictures of an operation in each language, kept, and what the page shows of them."""
    lines = [f"## {operation.removeprefix('get_').replace('_', ' ').capitalize()}", ""]
    lines += ["```", address(operation, ".svg"), "```", ""]
    for lang in LANGUAGES:
        name = f"gallery/{operation}.{lang}.svg"
        picture = await client.get(address(operation, ".svg", lang))
        told = await client.get(address(operation, ".alt.txt", lang))
        (folder / name).write_bytes(picture.raise_for_status().content)
        title = told.raise_for_status().text.partition("\n")[0]
        lines.append(f"![{title}]({name})")
    return "\n".join([*lines, ""])


def address(operation: str, suffix: str, lang: str = "") -> str:
    """Of a picture of the gallery in a format."""
    path, _, query = PICTURES[operation].partition("?")
    return f"{path}{suffix}?{query}" + (f"&lang={lang}" if lang else "")
