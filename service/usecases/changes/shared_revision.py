"""The newest revision that any worker of this machine has committed, in memory that they share."""

import fcntl
import mmap
import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_NUMBER = struct.Struct("=Q")


class SharedRevision:
    """A number in a file of the workers: whoever commits a revision raises it before answering, so
    that no other worker of the machine answers from memory as of an earlier one."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file
        memory = None if file is None else mmap.mmap(file.fileno(), _NUMBER.size)
        self._memory = None if memory is None else memoryview(memory).cast("q")

    @classmethod
    def at(cls, path: str) -> "SharedRevision":
        """Of the file that `shared_file` made; an empty path: shared with nobody."""
        return cls(Path(path).open("r+b") if path else None)

    @property
    def newest(self) -> int:
        return 0 if self._memory is None else self._memory[0]

    def advance(self, revision: int) -> None:
        """Raise it to a revision, where it is lower."""
        with self._locked() as memory:
            if revision > memory[0]:
                memory[0] = revision

    def put_back(self, revision: int) -> None:
        """Lower it to a revision, where it is higher: what was beyond is lost."""
        with self._locked() as memory:
            if revision < memory[0]:
                memory[0] = revision

    @contextmanager
    def _locked(self) -> Iterator["memoryview[int]"]:
        if self._memory is None or self._file is None:
            yield memoryview(bytearray(_NUMBER.size)).cast("q")
            return
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield self._memory
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


NOT_SHARED = SharedRevision(None)


@contextmanager
def shared_file() -> Iterator[str]:
    """The path of a new file for the workers of one service."""
    handle, path = tempfile.mkstemp(prefix="parity-revision-")
    try:
        os.write(handle, bytes(_NUMBER.size))
        yield path
    finally:
        os.close(handle)
        Path(path).unlink(missing_ok=True)
