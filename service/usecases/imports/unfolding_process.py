"""A process that unfolds one Parquet file: `python -m service.usecases.imports.unfolding_process`.

It reads the file from standard input and answers on standard output with what it found, in so much
memory and time and no more; what it cannot take ends it.
"""

import os
import resource
import sys
from itertools import islice

import msgspec
from msgspec import Struct

from service import limits
from service.formats.import_format.csv_kinds import kinds_of
from service.formats.import_format.parquet_files import Unfolds, csv_lines, kind_in
from service.formats.text_files import Unreadable
from service.model.errors import Fault
from service.query.registry import BY_KIND

_NICE, _SEEN_LINES = 10, 2
_NO_BYTES = b""


class Unfolded(Struct, frozen=True, kw_only=True):
    """The lines of CSV, and the kinds whose records they may be; or what is wrong with the file,
    which `is_large` where it is too much."""

    kinds: list[str] = []
    text: bytes = _NO_BYTES
    faults: list[Fault] = []
    is_large: bool = False


def main() -> None:
    """Once."""
    raw = sys.stdin.buffer.read()
    os.nice(_NICE)  # who answers requests goes before
    _bound()
    sys.stdout.buffer.write(msgspec.msgpack.encode(_unfolded(raw)))


def _bound() -> None:
    """pyarrow is loaded before: its code is no part of what the file takes."""
    import pyarrow as pa
    import pyarrow.parquet

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    seconds, memory = limits.PARQUET_CPU_SECONDS, limits.PARQUET_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unfolded(raw: bytes) -> Unfolded:
    try:
        lines = csv_lines(raw, limits.IMPORT_BYTES)
        beginning = list(islice(lines, _SEEN_LINES))
        told = kind_in(raw)
        kinds = [told] if told in BY_KIND else kinds_of(beginning)
        return Unfolded(kinds=kinds, text=b"".join([*beginning, *lines]))
    except Unreadable as error:
        return Unfolded(faults=error.faults, is_large=isinstance(error, Unfolds))


if __name__ == "__main__":
    main()
