"""`parity openapi`, `parity methods`: descriptions as files, and the examples in them."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click
import httpx

from service.api.http.examples import FOLDER, REQUESTS
from service.app import create, description
from service.commands.base import passing_base, settings, written
from service.commands.serve import load_bundled
from service.formats.analyses.method_pages import index, page
from service.model.methods import METHODS
from service.store.database import Database
from service.store.schema import migrate

# What every loading of the same data makes anew: ids of facts and sources, instants, cursors.
_MADE = re.compile(
    r"\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\b|\d{4}-\d\d-\d\dT[\d:.]+Z"
    r'|(?<="next_cursor": ")[\w-]+|(?<=cursor=)[\w-]+'
)


@click.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="openapi/openapi.json")
@click.option("--examples", is_flag=True, help="Ask the bundled data for the examples anew.")
def openapi(output: str, examples: bool) -> None:
    """Write the OpenAPI document."""
    if examples:
        with passing_base() as url:
            asyncio.run(_keep_examples(url))
    with written(output) as out:
        out.write(description())


@asynccontextmanager
async def asking_bundled(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service upon the bundled data, in a base that is made for it."""
    await migrate(url)
    database = Database(url)
    await database.open()
    await load_bundled(database)
    transport = httpx.ASGITransport(create(database, settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
    await database.close()


async def _keep_examples(url: str) -> None:
    async with asking_bundled(url) as client:
        for operation, target in REQUESTS.items():
            answer = (await client.get(target)).raise_for_status().json()
            text = json.dumps(answer, indent=1, ensure_ascii=False) + "\n"
            keep(FOLDER / f"{operation}.json", text)


def keep(file: Path, text: str) -> None:
    """Write the answer, unless the kept one says the same but for what is made anew."""
    kept = file.read_text(encoding="utf-8") if file.is_file() else ""
    if _MADE.sub("", kept) != _MADE.sub("", text):
        file.write_text(text, encoding="utf-8")


@click.command()
@click.option("-o", "--output", type=click.Path(file_okay=False), default="docs/methods")
def methods(output: str) -> None:
    """Write a page for every method."""
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for method_id in METHODS:
        (folder / f"{method_id}.md").write_text(page(method_id), encoding="utf-8")
    (folder / "README.md").write_text(index(), encoding="utf-8")
