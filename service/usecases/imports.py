"""Load a file of the import format as one revision, or say row by row what is wrong."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct

from service import limits
from service.formats.records import read_line
from service.query.rows import Row, RowFault
from service.store import imports
from service.store.database import Database


class ImportReport(Struct, kw_only=True):
    """What an import did, or would do.

    `revision` is the one written; None when nothing changed, on a dry run, or when refused.
    """

    object: Literal["import"] = "import"
    dry_run: bool
    revision: int | None
    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    faults: list[RowFault]

    @property
    def is_refused(self) -> bool:
        return bool(self.failed) and self.revision is None and not self.dry_run


class _Undo(Exception):
    """Leaves the write transaction without a trace."""


Progress = Callable[[str], None]


async def load(
    database: Database,
    lines: Iterable[bytes],
    *,
    comment: str,
    actor: str = "command line",
    dry_run: bool = False,
    skip: bool = False,
    progress: Progress = lambda _: None,
) -> ImportReport:
    """All or nothing; with `skip`, the good rows. A load that changes nothing takes no revision.

    Raises ServiceError when the database fails.
    """
    reader = _Reader(lines)
    revision: int | None = None
    applied = imports.Applied()
    try:
        async with database.write(actor=actor, comment=comment) as (connection, taken):
            applied = await imports.apply(connection, reader.rows(), progress=progress)
            refused = bool(reader.faults or applied.faults) and not skip
            if dry_run or refused or not applied.has_changed:
                raise _Undo
        revision = taken
    except _Undo:
        pass
    return _report(reader, applied, revision, dry_run=dry_run)


class _Reader:
    """Counts the lines and sets the faulty ones aside while the good ones stream on."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.count = 0
        self.faults: list[RowFault] = []

    def rows(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines, 1):
            text = line.strip()
            if not text:
                continue
            self.count += 1
            read = _too_long(number, text) or read_line(number, text)
            if isinstance(read, Row):
                yield read
            else:
                self.faults += read


def _too_long(number: int, text: bytes) -> list[RowFault] | None:
    if len(text) <= limits.IMPORT_LINE_BYTES:
        return None
    detail = f"Longer than {limits.IMPORT_LINE_BYTES} bytes."
    return [RowFault(line=number, code="payload_too_large", pointer="", detail=detail)]


def _report(
    reader: _Reader, applied: imports.Applied, revision: int | None, *, dry_run: bool
) -> ImportReport:
    faults = sorted([*reader.faults, *applied.faults], key=lambda f: (f.line, f.pointer))
    return ImportReport(
        dry_run=dry_run,
        revision=revision,
        rows=reader.count,
        created=applied.created,
        updated=applied.updated,
        unchanged=applied.unchanged,
        failed=len({fault.line for fault in faults}),
        faults=faults[: limits.IMPORT_ERRORS_SHOWN],
    )
