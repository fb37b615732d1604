"""`parity export`: the base in the import format, or the archive of the whole data set."""

from contextlib import aclosing

import click

from service.commands.base import connected, database_url, run, settings, written
from service.commands.failures import Mendable
from service.query.registry import BY_KIND
from service.usecases.catalogue.dataset import archived
from service.usecases.catalogue.exports import export


@click.command("export")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="A file; else printed.")
@click.option("--as-of", help="rev:N, a day or an instant: what the base said then.")
@click.option("--zip", "as_zip", is_flag=True, help="The whole data set with its descriptions.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(sorted(BY_KIND)))
def export_(output: str | None, as_of: str | None, as_zip: bool, kinds: tuple[str, ...]) -> None:
    """Write every record, one JSON object a line, in canonical order."""
    if as_zip and kinds:
        raise Mendable("--zip holds the whole data set: leave --kind out.")

    async def work() -> int:
        with database_url(settings()) as url, written(output) as out:
            async with connected(url) as database:
                parts = (
                    archived(database, as_of, settings().public_url)
                    if as_zip
                    else export(database, as_of=as_of, kinds=frozenset(kinds))
                )
                async with aclosing(parts):
                    async for part in parts:
                        out.write(part)
        return 0

    run(work())
