"""`parity clients`: what the OpenAPI document makes of the clients in Python and TypeScript."""

import json
from pathlib import Path

import click

from service.commands.failures import Mendable
from service.formats.clients import LANGUAGES, files

FOLDER = "openapi/clients"


@click.command()
@click.argument("languages", nargs=-1, type=click.Choice(LANGUAGES), metavar="[LANGUAGE]...")
@click.option("--document", type=click.Path(path_type=Path), default="openapi/openapi.json")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=FOLDER, help="Folder.")
@click.option("--check", is_flag=True, help="Write nothing; fail where a file would change.")
def clients(languages: tuple[str, ...], document: Path, output: Path, check: bool) -> None:
    """Write the clients of the OpenAPI document: python, typescript, or both."""
    content = json.loads(document.read_bytes())
    stale = []
    for language in languages or LANGUAGES:
        for name, text in files(content, language).items():
            file = output / language / name
            if file.is_file() and file.read_text(encoding="utf-8") == text:
                continue
            stale.append(file)
            if not check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    if check and stale:
        named = ", ".join(map(str, stale))
        raise Mendable(f"Not what {document} makes: {named}. `parity clients` makes them anew.")
