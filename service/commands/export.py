"""`parity export`: the base in the import format."""

import click

from service.commands.base import connected, database_url, run, settings, written
from service.query.registry import BY_KIND
from service.usecases.catalogue.exports import export


@click.command("export")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="A file; else printed.")
@click.option("--as-of", help="rev:N, a day or an instant: what the base said then.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(sorted(BY_KIND)))
def export_(output: str | None, as_of: str | None, kinds: tuple[str, ...]) -> None:
    """Write every record, one JSON object a line, in canonical order."""

    async def work() -> int:
        with database_url(settings()) as url, written(output) as out:
            async with connected(url) as database:
                async for line in export(database, as_of=as_of, kinds=frozenset(kinds)):
                    out.write(line)
        return 0

    run(work())
