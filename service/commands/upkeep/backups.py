"""`parity backup` and `parity restore`: the whole base in one file, and back, verified."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from service.commands.base import connected, database_url, passing_base, run, settings, written
from service.commands.failures import Mendable
from service.settings import is_base
from service.usecases import backups
from service.usecases.backups import Manifest, Told


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole base to FILE, or under the time's name into a folder.

    Readers and writers are not kept waiting. It holds keys and secrets: others cannot read it.
    """
    os.umask(0o077)
    target = file / f"parity-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup" if file.is_dir() else file

    async def work() -> int:
        with database_url(settings()) as url, written(str(target)) as out, _bar("Backup") as told:
            async with connected(url) as database:
                manifest = await backups.back_up(database, out, told)
        click.echo(f"{target}: {_described(manifest)}, {manifest.bytes:,} bytes.")
        return 0

    run(work())


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="A drill: into a database that is thrown away.")
def restore(file: Path, *, check: bool) -> None:
    """Bring the base of a backup back, into an empty database, and verify every table."""

    async def work() -> int:
        with _bar("Reading") as told:
            manifest = backups.checked(file, told)
        with passing_base() if check else _new_base() as url:
            with _bar("Restoring") as told:
                await backups.restore(url, file, manifest, told)
            async with connected(url) as database:
                if not await backups.answers_again(database, manifest):
                    raise Mendable(
                        "The tables are as they were, but not what is answered from them."
                    )
        click.echo(f"{'Checked' if check else 'Restored'}: {_described(manifest)}, all verified.")
        return 0

    run(work())


@contextmanager
def _new_base() -> Iterator[str]:
    """The database of the settings; an embedded one that was made for it goes if it fails."""
    chosen = settings()
    is_new = not chosen.database_url and not is_base(chosen.data_dir)
    try:
        with database_url(chosen, makes=True) as url:
            yield url
    except BaseException:
        if is_new:
            shutil.rmtree(chosen.data_dir / "postgres", ignore_errors=True)
        raise


@contextmanager
def _bar(title: str) -> Iterator[Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=max(done, whole))


def _described(manifest: Manifest) -> str:
    n_tables, n_rows = len(manifest.tables), manifest.rows
    return f"revision {manifest.revision}, {n_rows:,} rows in {n_tables} tables"
