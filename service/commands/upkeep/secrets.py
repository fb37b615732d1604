"""`parity secrets`: the key that seals what the service must keep secret, and its change."""

import click

from service.commands.base import connected, database_url, run, settings
from service.commands.failures import Mendable
from service.store.secrets import seal_again, unreadable


@click.group("secrets")
def secrets_() -> None:
    """What the base keeps secret: sealed with PARITY_SECRET_KEYS."""


@secrets_.command()
def key() -> None:
    """Print a new key. Keep it where the base's backups are not."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())


@secrets_.command()
def seal() -> None:
    """Seal every secret with the first key; after it the others are not needed."""
    if not settings().secret_keys:
        raise Mendable("PARITY_SECRET_KEYS is empty. `parity secrets key` makes a key.")

    async def work() -> int:
        with database_url(settings()) as url:
            async with connected(url) as database, database.operate() as connection:
                n_sealed = await seal_again(connection, database.seal)
                closed = await unreadable(connection, database.seal)
        click.echo(f"{n_sealed} secrets sealed anew.")
        if closed:
            click.echo(f"No key opens those of {', '.join(closed)}.", err=True)
        return 1 if closed else 0

    run(work())
