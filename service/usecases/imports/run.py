"""One import, whoever asks for it: read, apply as one revision, report."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass

from service import limits
from service.formats.import_format.csv_lines import read_csv
from service.formats.import_format.lines import read_lines
from service.formats.text_files import Unreadable
from service.model.errors import Fault
from service.model.notices import Warned, WarningCode
from service.query.registry import BY_KIND
from service.query.rows import Faulty, Pointed, Row, Wording, reworded
from service.store.database import Connection, Database
from service.store.imports import checks, staging
from service.store.imports import run as imports
from service.store.imports.run import Applied
from service.usecases.imports import companions
from service.usecases.transactions import Done, Intent, Outcome, Writing, perform

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import did, or would do; `faults` are in the order of the lines."""

    rows: int
    applied: Applied
    faults: list[Fault]
    warnings: list[Warned]
    is_refused: bool

    @property
    def failed(self) -> int:
        """Lines, not faults."""
        return len({fault.line for fault in self.faults})


Finish = Callable[[Writing, Report], Awaitable[Outcome]]


class Reader:
    """Counts the records and sets the faulty ones aside while the good ones stream on.

    `kind` None: the import format; else CSV of that kind.
    """

    def __init__(self, lines: Iterable[bytes], kind: str | None = None) -> None:
        self._records = (
            read_lines(lines, self._goes_on) if kind is None else read_csv(BY_KIND[kind], lines)
        )
        self.count = 0
        self.warnings: list[Warned] = []
        self.faults: list[Fault] = []
        self.pointed: list[Pointed] = []
        self.wordings: dict[int, Wording] = {}
        self.brought: dict[tuple[str, bytes], list[tuple[int, str]]] = {}
        self.is_cut = False

    def rows(self) -> Iterator[Row]:
        """The good ones; ends early when the file is broken or nearly all of it is wrong."""
        faulty = 0
        try:
            for record in self._records:
                self.count += 1
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
    kinds: set[str] = set()

    async def stage(connection: Connection) -> None:
        kinds.update(await staging.stage(connection, reader.rows()))

    async def work(writing: Writing) -> Outcome:
        nonlocal report
        connection = writing.connection
        differing = await _differing(connection, reader, kinds)
        applied = await imports.settle(connection, kinds, progress=progress, is_create=is_create)
        applied.repetitions += differing
        applied.faults += await checks.pointing_nowhere(connection, reader.pointed)
        report = _report(reader, applied, skip=skip)
        if report.is_refused and not writing.is_dry:
            raise _Refused(report)
        return await finish(writing, report)

    try:
        done = await perform(database, intent, work, stage)
    except _Refused as refused:
        return refused.report, None
    if report is None:  # the answer of an earlier request
        report = _report(reader, Applied(), skip=skip)
    return report, done


async def _differing(connection: Connection, reader: Reader, kinds: set[str]) -> list[Fault]:
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
