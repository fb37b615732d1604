"""`parity export`: the base in the import format."""

import sys
from pathlib import Path
from typing import BinaryIO

import click

from service.commands.base import connected, database_url, run, settings
from service.query.registry import BY_KIND
from service.usecases.catalogue.exports import export


@click.command("export")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="A file; else printed.")
@click.option("--as-of", help="rev:N, a day or an instant: what the base said then.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(sorted(BY_KIND)))
def export_(output: str | None, as_of: str | None, kinds: tuple[str, ...]) -> None:
    """Write every record, one JSON object a line, in canonical order."""

    async def work() -> int:
        with _out(output) as out, database_url(settings()) as url:
            async with connected(url) as database:
                async for line in export(database, as_of=as_of, kinds=frozenset(kinds)):
                    out.write(line)
        return 0

    run(work())


def _out(output: str | None) -> BinaryIO:
    return Path(output).open("wb") if output else sys.stdout.buffer
