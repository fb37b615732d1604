"""What every command shares: the base that it works on, and the file that it writes."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from service.commands.failures import Mendable
from service.settings import Settings, is_base
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import is_migrated, migrate
from service.store.secrets import Seal

NO_BASE = (
    "There is no base {place}. `parity serve` and `parity import` make one; PARITY_DATA_DIR or"
    " PARITY_DATABASE_URL names another."
)


@contextmanager
def database_url(settings: Settings, *, makes: bool = False) -> Iterator[str]:
    """The configured database, or the embedded one for as long as the block lasts; where there is
    none, one that `makes` it says so.

    Raises Mendable where there is none.
    """
    if settings.database_url:
        yield settings.direct_url or settings.database_url
        return
    folder = settings.data_dir
    if not is_base(folder):
        if not makes:
            raise Mendable(NO_BASE.format(place=f"at {folder}"))
        click.echo(f"Making a new base in {folder}.", err=True)
    with embedded(folder) as url:
        yield url


@contextmanager
def passing_base() -> Iterator[str]:
    """An empty embedded database that goes with the block."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder) / "parity") as url:
            yield url


@asynccontextmanager
async def connected(url: str, *, makes: bool = False) -> AsyncIterator[Database]:
    """A migrated, open database; one without any of our tables only for who `makes` bases."""
    if not makes and not await is_migrated(url):
        raise Mendable(NO_BASE.format(place="in the database of PARITY_DATABASE_URL"))
    await migrate(url)
    database = Database(url, pool_size=2, seal=Seal(settings().secret_keys))
    await database.open()
    try:
        yield database
    finally:
        await database.close()


class Whole(click.IntRange):
    """A whole number between bounds, in digits, as settings have it: not 8_000 or +80."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and not (value.isascii() and value.isdigit()):
            self.fail(f"{value!r} is not a whole number in digits.", param, ctx)
        return super().convert(value, param, ctx)


def settings() -> Settings:
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise Mendable(str(error)) from None


def run(work: Coroutine[Any, Any, int]) -> None:
    """Run to the end; the result is the exit code."""
    sys.exit(asyncio.run(work))


@contextmanager
def written(output: str | None) -> Iterator[BinaryIO]:
    """A file that is whole or as it was before; without a name, standard output."""
    if output is None:
        yield sys.stdout.buffer
        return
    path = Path(output)
    is_plain = path.is_file() or not path.exists()
    part = path.with_name(f".{path.name}.part") if is_plain else path
    try:
        with _naming(path), part.open("wb") as out:
            yield out
        if is_plain:
            part.replace(path)
    finally:
        if is_plain:
            part.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors of writing name the file that was asked for."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
