"""`parity keys`: keys made and ended in the database, without a server: the first key has to be."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import click

from service import limits
from service.commands.base import Whole, connected, database_url, run, settings
from service.commands.failures import Mendable
from service.formats.json_records import instant_text
from service.model.keys import SCOPES
from service.store.database import Database
from service.store.keys import Key
from service.usecases import keys


@click.group("keys")
def keys_() -> None:
    """Keys of the API: who may do what."""


@keys_.command()
@click.argument("name")
@click.option("--scopes", required=True, help=f"Of {', '.join(SCOPES)}; commas between.")
@click.option("--expires", help="A life in days: 90d. Without it, until it is retired.")
def create(name: str, scopes: str, expires: str | None) -> None:
    """Make a key; its secret is the last line."""
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise Mendable("NAME: 1 to 100 printable characters.")
    asked, life = _scopes(scopes), _life(expires)

    async def work(database: Database) -> str:
        return _with_secret(*await keys.create(database, name, asked, life))

    _tell(work)


@keys_.command("list")
def list_() -> None:
    """All keys, the oldest first."""

    async def work(database: Database) -> str:
        return "\n".join(_line(key) for key in await keys.every(database)) or "No keys."

    _tell(work)


@keys_.command()
@click.argument("key_id")
@click.option(
    "--overlap",
    default=limits.KEY_OVERLAP_HOURS,
    show_default=True,
    type=Whole(0, limits.KEY_OVERLAP_HOURS_MAX),
    help="Hours for which the old secret stays good.",
)
def rotate(key_id: str, overlap: int) -> None:
    """A new secret for a key; it is the last line."""

    async def work(database: Database) -> str:
        return _with_secret(*await keys.rotate(database, key_id, timedelta(hours=overlap)))

    _tell(work)


@keys_.command()
@click.argument("key_id")
def retire(key_id: str) -> None:
    """End a key for good."""

    async def work(database: Database) -> str:
        return _line(await keys.retire(database, key_id))

    _tell(work)


def _tell(work: Callable[[Database], Awaitable[str]]) -> None:
    """Do it on the configured database and print what it says."""

    async def working() -> int:
        with database_url(settings()) as url:
            async with connected(url) as database:
                click.echo(await work(database))
        return 0

    run(working())


def _scopes(text: str) -> list[str]:
    given = [scope.strip() for scope in text.split(",")]
    wrong = [scope for scope in given if scope not in SCOPES]
    if wrong:
        raise Mendable(f"--scopes: {wrong[0]!r} is none of {', '.join(SCOPES)}.")
    return given


def _life(text: str | None) -> timedelta | None:
    if text is None:
        return None
    days = re.fullmatch(r"([1-9][0-9]{0,3})d", text, re.ASCII)
    if days is None or int(days[1]) > limits.KEY_DAYS_MAX:
        raise Mendable(f"--expires: 1d to {limits.KEY_DAYS_MAX}d.")
    return timedelta(days=int(days[1]))


def _with_secret(key: Key, secret: str) -> str:
    return f"{_line(key)}\nThe secret, shown this once:\n{secret}"


def _line(key: Key) -> str:
    ends = f", expires {instant_text(key.expires_at)}" if key.expires_at else ""
    used = instant_text(key.last_used_at) if key.last_used_at else "never"
    scopes = ",".join(key.scopes)
    return f"{key.id}  {key.status}  {scopes}  {key.name}  (last used {used}{ends})"
