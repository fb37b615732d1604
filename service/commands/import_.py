"""`parity import`: a file, standard input, or a catalogue by its address."""

import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import click
import httpx
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from service.commands.base import connected, database_url, passing_base, run, settings
from service.commands.bundled import upgrade_bundled
from service.commands.failures import Mendable
from service.formats.import_format import parquet_files
from service.formats.import_format.csv_kinds import SEEN_LINES, kinds_of
from service.formats.text_files import ENCODINGS, Unreadable, opened
from service.model.dates import InvalidDate, parse_date
from service.query.registry import BY_KIND
from service.query.types.characters import HIDDEN, clean
from service.settings import is_base
from service.store.database import Database
from service.usecases.imports import models_dev
from service.usecases.imports.files import ImportReport, load

ARCHIVE_BYTES = 2_000_000_000


@click.command("import")
@click.argument("file", required=False)
@click.option("--bundled", is_flag=True, help="The edition that ships with this version.")
@click.option("--overwrite", is_flag=True, help="With --bundled: its records over local edits.")
@click.option(
    "--format", "format_", type=click.Choice(["parity", "csv", "models.dev"]), default="parity"
)
@click.option("--kind", type=click.Choice(list(BY_KIND)), help="What a CSV file holds; else seen.")
@click.option(
    "--encoding",
    type=click.Choice(list(ENCODINGS), case_sensitive=False),
    default="utf-8",
    help="Of the file; a byte order mark knows better.",
)
@click.option("--taken", help="The day of a catalogue snapshot (YYYY-MM-DD).")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--skip", is_flag=True, help="Load the good rows and report the bad ones.")
@click.option("--comment", default="", help="Why; kept with the revision.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(file: str | None, *, bundled: bool, overwrite: bool, **asked: Any) -> None:
    """Load FILE ("-" for standard input; an https address with --format models.dev).

    Lines of the import format, JSON as the API answers it, CSV (by its suffix, --format csv or
    --kind), or Parquet as the API writes it.
    """
    options = _Options(**asked)
    if bundled:
        upgrade_bundled(dry_run=options.dry_run, overwrite=overwrite, as_json=options.as_json)
        return
    if file is None:
        raise Mendable("Say which FILE, or --bundled.")
    day = _day(options.taken)
    (kind, data), comment = _read(file, options), _comment(options.comment)

    async def work() -> int:
        with _base(dry_run=options.dry_run) as url, _bar() as bar:
            async with connected(url, makes=True) as database:
                lines = (
                    await _catalogue_lines(database, file, data, day)
                    if options.is_catalogue
                    else data
                )
                total = None if options.is_catalogue else _size(file)
                report = await load(
                    database,
                    _shown(bar, lines, total),
                    kind=kind,
                    comment=comment or f"import {file}",
                    dry_run=options.dry_run,
                    skip=options.skip,
                    progress=lambda step: _step(bar, step),
                )
        _print(report, as_json=options.as_json)
        return 1 if report.failed else 0

    run(work())


@dataclass(frozen=True, kw_only=True)
class _Options:
    """What was asked beside the file."""

    format_: str
    kind: str | None
    encoding: str
    taken: str | None
    dry_run: bool
    skip: bool
    comment: str
    as_json: bool

    @property
    def is_catalogue(self) -> bool:
        return self.format_ == "models.dev"


def _comment(given: str) -> str:
    try:
        return clean(given, HIDDEN) if given else ""
    except ValueError as error:
        raise Mendable(f"--comment: {error}") from None


def _read(file: str, options: _Options) -> tuple[str | None, Iterator[bytes]]:
    """What the file holds, and its lines."""
    path = Path(file)
    if path.is_file() and parquet_files.is_parquet(path):
        return _typed(path, options)
    data = opened(_open(file, is_catalogue=options.is_catalogue), options.encoding)
    return _kind(file, options, data)


def _typed(path: Path, options: _Options) -> tuple[str | None, Iterator[bytes]]:
    """Of a Parquet file; one that cannot be read says so when its lines are."""
    lines = parquet_files.csv_lines(path)
    try:
        told = options.kind or parquet_files.kind_in(path)
    except Unreadable:
        return options.kind, lines
    return _kind(
        str(path), replace(options, format_="csv", kind=told if told in BY_KIND else None), lines
    )


def _kind(
    file: str, options: _Options, lines: Iterator[bytes]
) -> tuple[str | None, Iterator[bytes]]:
    """What a CSV file holds, and its lines; None of what says its own kinds."""
    if options.is_catalogue and options.kind is not None:
        raise Mendable("--kind is for CSV; a catalogue says its own kinds.")
    is_csv = options.format_ == "csv" or file.lower().endswith((".csv", ".tsv"))
    if options.kind or options.is_catalogue or not is_csv:
        return options.kind, lines
    try:
        beginning = list(islice(lines, SEEN_LINES))
        kinds = kinds_of(beginning)
    except Unreadable as error:
        raise Mendable(f"{file}: {error}") from None
    if len(kinds) != 1:
        fitting = f"; its columns fit {', '.join(kinds)}" if kinds else ""
        raise Mendable(f"--kind: say what {file} holds, such as --kind adoption{fitting}.")
    return kinds[0], chain(beginning, lines)


def _base(*, dry_run: bool) -> AbstractContextManager[str]:
    """The base; where there is none a new one, which a dry run throws away."""
    chosen = settings()
    if dry_run and not chosen.database_url and not is_base(chosen.data_dir):
        return passing_base()
    return database_url(chosen, makes=True)


def _day(taken: str | None) -> date | None:
    if taken is None:
        return None
    try:
        parsed = parse_date(taken)
    except InvalidDate as error:
        raise Mendable(f"--taken: {error}") from None
    if parsed.precision != "day":
        raise Mendable("--taken: a full day, YYYY-MM-DD.")
    return parsed.hi


def _open(file: str, *, is_catalogue: bool) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    if re.match("https?://", file):
        if not is_catalogue:
            raise Mendable("An address is read with --format models.dev only.")
        return BytesIO(_fetched(file))
    path = Path(file)
    if not path.is_file():
        raise Mendable(f"No file {file}.")
    return _unpacked(path) if zipfile.is_zipfile(path) else path.open("rb")


def _unpacked(path: Path) -> BinaryIO:
    """The lines of all NDJSON files of an archive, such as `parity export --zip` writes; an archive
    without any is as it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            named = [member for member in archive.infolist() if member.filename.endswith(".ndjson")]
            size = sum(member.file_size for member in named)
            if not named:
                return path.open("rb")
            if size > ARCHIVE_BYTES:
                raise Mendable(f"{path}: an archive of {size:,} bytes of import files.")
            lines = tempfile.TemporaryFile()  # noqa: SIM115  the caller reads it
            for member in named:
                with archive.open(member) as part:
                    shutil.copyfileobj(part, lines)
        lines.seek(0)
        return lines
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Mendable(f"{path} cannot be unpacked: {error}") from None


def _fetched(url: str) -> bytes:
    try:
        answer = httpx.get(url, timeout=60, follow_redirects=True).raise_for_status()
    except httpx.HTTPError as error:
        raise Mendable(f"{url} was not read: {error}") from None
    return answer.content


async def _catalogue_lines(
    database: Database, file: str, lines: Iterable[bytes], day: date | None
) -> Iterable[bytes]:
    try:
        raw = b"".join(lines)
    except Unreadable as error:
        raise Mendable(f"{file}: {error}") from None
    is_address = file.startswith("http")
    fallback = datetime.now(UTC).date() if is_address else None
    try:
        found = await models_dev.read_models_dev(
            database, raw, name="" if is_address else file, taken=day or fallback
        )
    except ValueError as error:
        raise Mendable(f"{file}: {error}") from None
    for problem in found.problems[:20]:
        click.echo(f"  left out {problem.pointer}: {problem.detail}", err=True)
    click.echo(f"snapshot of {found.taken}: {msgspec.json.encode(found.counts).decode()}", err=True)
    return found.lines


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _size(file: str) -> int | None:
    return Path(file).stat().st_size if Path(file).is_file() else None


def _shown(bar: Progress, lines: Iterable[bytes], total: int | None) -> Iterator[bytes]:
    task = bar.add_task("rows", total=total)
    for line in lines:
        bar.advance(task, len(line))
        yield line


def _step(bar: Progress, step: str) -> None:
    bar.update(bar.task_ids[-1], description=step)


def _print(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
        return
    for fault in report.faults:
        hint = f" Did you mean {', '.join(fault.did_you_mean)}?" if fault.did_you_mean else ""
        where = f"line {fault.line} {fault.pointer}".rstrip()
        click.echo(f"{where}: {fault.code}: {fault.detail}{hint}", err=True)
    for warning in report.warnings:
        click.echo(f"{warning.code}: {warning.detail}", err=True)
    counts = (
        f"{report.rows} rows: {report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.failed} failed"
    )
    click.echo(f"{counts}; {_outcome(report)}")


def _outcome(report: ImportReport) -> str:
    if report.dry_run:
        return "dry run, nothing stored"
    if report.revision is not None:
        return f"revision {report.revision}"
    return "nothing stored" if report.failed else "no change, no revision"
