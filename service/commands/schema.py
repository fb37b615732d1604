"""`parity migrate` and `parity schema`: the database's shape."""

import asyncio
import re
import subprocess

import click

from service.commands.base import database_url, passing_base, settings, written
from service.store.embedded import tool
from service.store.schema import migrate


@click.command("migrate")
@click.argument("target", default="head")
def migrate_(target: str) -> None:
    """Bring the database to TARGET (head, base, +1, -1 or a migration's number)."""
    with database_url(settings(), makes=True) as url:
        asyncio.run(migrate(url, target))
    click.echo(f"At {target}.")


@click.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="migrations/schema.sql")
def schema(output: str) -> None:
    """Dump the schema that the migrations make, from an empty embedded server."""
    with passing_base() as url:
        asyncio.run(migrate(url))
        with written(output) as out:
            out.write(dump(url).encode())


def dump(url: str) -> str:
    """pg_dump's schema without what differs from run to run."""
    options = ("--schema-only", "--no-owner", "--no-privileges", "--no-comments")
    text = subprocess.run(  # noqa: S603 - our own program on our own database
        [tool("pg_dump"), *options, url], check=True, capture_output=True, text=True
    ).stdout
    kept = [line for line in text.splitlines() if not re.match(r"--|\\(un)?restrict|SET ", line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"
