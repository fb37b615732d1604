"""One import, whoever asks for it: read, apply as one revision, report."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

from service import limits
from service.formats.import_format.csv_lines import read_csv
from service.formats.import_format.lines import read_many, read_numbered_many
from service.formats.import_format.parts import Parts
from service.formats.text_files import Unreadable
from service.model.errors import Fault
from service.model.notices import Warned, WarningCode
from service.query.registry import BY_KIND
from service.query.rows import Faulty, Part, Pointed, Row, Rows, Wording, reworded
from service.store.database import Connection, Database
from service.store.imports import checks, parts, staging
from service.store.imports import run as imports
from service.store.imports.run import Applied, Met
from service.store.imports.staging import Held
from service.usecases.imports import companions
from service.usecases.transactions import Done, Intent, Outcome, Writing, perform

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import did, or would do; `faults` are in the order of the lines. `has_noted`: parts
    of the file will be recognised."""

    rows: int
    applied: Applied
    faults: list[Fault]
    warnings: list[Warned]
    is_refused: bool
    has_noted: bool = False

    @property
    def failed(self) -> int:
        """Lines, not faults."""
        return len({fault.line for fault in self.faults})


Settle = Callable[..., Awaitable[Applied]]
Finish = Callable[[Writing, Report], Awaitable[Outcome]]


class Reader:
    """Counts the records and sets the faulty ones aside while the good ones stream on.

    `kind` None: the import format; else CSV of that kind.
    """

    def __init__(self, lines: Iterable[bytes], kind: str | None = None) -> None:
        self._lines, self._kind = lines, kind
        self.parts: Parts | None = None
        self._read = 0
        self.warnings: list[Warned] = []
        self.faults: list[Fault] = []
        self.pointed: list[Pointed] = []
        self.wordings: dict[int, Wording] = {}
        self.brought: dict[tuple[str, bytes], list[tuple[int, str]]] = {}
        self.is_cut = False

    @property
    def count(self) -> int:
        """How many records were read, or passed by."""
        return self._read + sum(len(part.lines) for part in self.passed_by)

    @property
    def passed_by(self) -> list[Part]:
        """Parts of the file that are known."""
        return [] if self.parts is None else self.parts.passed_by

    def knowing(self, digests: frozenset[bytes]) -> None:
        """Pass by the parts of these digests, if the file is of the import format."""
        if self._kind is None:
            self.parts = Parts(digests, version("parity").encode())

    def rows(self) -> Iterator[Row | Rows]:
        """The good ones; ends early when the file is broken or nearly all of it is wrong."""
        if self._kind is None:
            return self._good(read_many(self._lines, self._goes_on, self.parts))
        return self._good(read_csv(BY_KIND[self._kind], self._lines))

    def left(self) -> Iterator[Row | Rows]:
        """The good ones of the parts that were passed by."""
        return self._good(read_numbered_many(self.parts.left())) if self.parts else iter(())

    def _good(self, records: Iterable[Row | Rows | list[Fault]]) -> Iterator[Row | Rows]:
        faulty = 0
        try:
            for record in records:
                if isinstance(record, Rows):
                    self._read += len(record)
                    yield record
                    continue
                self._read += 1
                if isinstance(record, Row):
                    self._note(record)
                    yield record
                    continue
                self.faults += record
                if isinstance(record, Faulty):
                    self._point(record)
                faulty += 1
                if faulty > limits.IMPORT_FAULTY_MAX:
                    self.is_cut = True
                    return
        except Unreadable as error:
            self.faults += error.faults
            self.is_cut = True

    def _goes_on(self, address: str) -> None:
        self.warnings.append(Warned(WarningCode.LIST_GOES_ON, {"next": address}))

    def _note(self, row: Row) -> None:
        if row.wording:
            self.wordings[row.line] = row.wording
        for one in row.brought:
            places = self.brought.setdefault((one.kind, one.record), [])
            places.append((row.line, one.pointer))

    def _point(self, record: Faulty) -> None:
        self.pointed += record.pointed
        if record.wording:
            self.wordings |= {pointed.line: record.wording for pointed in record.pointed}

    def reworded(self, faults: Iterable[Fault]) -> list[Fault]:
        """Faults of import keys at the names that their lines use."""
        return [reworded(fault, self.wordings.get(fault.line)) for fault in faults]


class _Refused(Exception):
    """Leaves the write transaction without a trace, with the report of what is wrong."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def _quietly(_: str) -> None:
    return


async def run(
    database: Database,
    intent: Intent,
    reader: Reader,
    finish: Finish,
    *,
    is_create: bool = False,
    skip: bool = False,
    progress: Progress = _quietly,
) -> tuple[Report, Done | None]:
    """All or nothing; with `skip`, the good rows. None instead of Done: it was refused.

    `finish` runs inside the write. A dry run is not refused, its report says that it would be.
    Raises what `perform` raises.
    """
    report: Report | None = None
    held: dict[str, Set[str]] = {}

    async def stage(connection: Connection) -> None:
        if not is_create:
            reader.knowing(await parts.standing(connection))
        held.update(await staging.stage(connection, reader.rows()))

    async def work(writing: Writing) -> Outcome:
        nonlocal report
        settle = partial(imports.settle, progress=progress, is_create=is_create)
        applied = await _applied(writing.connection, reader, held, settle)
        report = _report(reader, applied, skip=skip)
        if report.is_refused and not writing.is_dry:
            raise _Refused(report)
        report = replace(report, has_noted=await _noted(writing, reader, report))
        return await finish(writing, report)

    try:
        done = await perform(database, intent, work, stage)
    except _Refused as refused:
        return refused.report, None
    if report is None:  # the answer of an earlier request
        report = _report(reader, Applied(), skip=skip)
    return report, done


async def _applied(connection: Connection, reader: Reader, held: Held, settle: Settle) -> Applied:
    """What became of the file, with what only the whole of it can tell."""
    differing = await _differing(connection, reader, held)
    applied = await _settled(connection, reader, held, settle)
    applied.repetitions += differing
    applied.faults += await checks.pointing_nowhere(connection, reader.pointed)
    return applied


async def _settled(connection: Connection, reader: Reader, held: Held, settle: Settle) -> Applied:
    """What is staged, beside what is known; if the two meet, or something was written to what was
    known, all of it is read."""
    if not reader.passed_by:
        return await settle(connection, held)
    try:
        async with connection.transaction():
            if await parts.hold(connection, reader.passed_by):
                return await settle(connection, held, is_held=True)
            raise Met
    except Met:
        held = await staging.stage(connection, reader.left(), held)
    return await settle(connection, held)


async def _noted(writing: Writing, reader: Reader, report: Report) -> bool:
    """Keep what parts of the file say what the base has now; whether there are such."""
    if reader.parts is None or writing.is_dry:
        return False
    has_changed = report.applied.has_changed
    unlike = {line for places in reader.brought.values() for line, _ in places}
    return await parts.note(
        writing.connection,
        reader.parts.seen,
        report.applied.kinds,
        writing.revision if has_changed else writing.revision - 1,
        unlike,
    )


async def _differing(connection: Connection, reader: Reader, kinds: Iterable[str]) -> list[Fault]:
    """Where lines bring along other records than there are; their rows are forgotten."""
    found = await companions.faults(connection, reader.brought)
    await staging.drop(connection, kinds, {fault.line for fault in found})
    return found


def _report(reader: Reader, applied: Applied, *, skip: bool) -> Report:
    told = [*reader.faults, *reader.reworded(applied.faults), *applied.repetitions]
    faults = sorted(told, key=lambda f: (f.line, f.pointer or ""))
    is_cut = reader.is_cut or applied.is_cut
    return Report(
        rows=reader.count,
        applied=applied,
        faults=faults,
        warnings=reader.warnings,
        is_refused=is_cut or (bool(faults) and not skip),
    )
