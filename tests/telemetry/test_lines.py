"""Lines that nobody reads hold nobody up."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.telemetry import lines
from service.telemetry.lines import Lines, unblocked

TOLD = b"%d dropped\n"


class Reader:
    """Takes so many bytes, then none."""

    def __init__(self, room: int) -> None:
        self.room, self.read = room, b""

    def write(self, data: bytes) -> int:
        if not self.room:
            raise BlockingIOError
        taken = min(self.room, len(data))
        self.read += data[:taken]
        self.room -= taken
        return taken


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_a_line_is_written_at_once() -> None:
    reader = Reader(100)
    Lines(reader.write, lambda n: TOLD % n).put(b"one")
    assert reader.read == b"one\n"


def test_what_is_not_taken_is_written_later() -> None:
    reader = Reader(2)
    written = Lines(reader.write, lambda n: TOLD % n)
    written.put(b"one")
    written.put(b"two")
    assert reader.read == b"on"
    reader.room = 100
    assert written.flush()
    assert reader.read == b"one\ntwo\n"


def test_beyond_a_number_the_oldest_are_dropped_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "KEPT_LINES", 3)
    reader = Reader(2)
    written = Lines(reader.write, lambda n: TOLD % n)
    for n in range(10):
        written.put(b"line %d" % n)
    reader.room = 1000
    assert written.flush()
    assert reader.read == b"line 0\n7 dropped\nline 8\nline 9\n"


def test_a_reader_who_is_gone_is_no_failure(pipe: tuple[int, int]) -> None:
    write = unblocked(pipe[1])
    ends = os.dup(pipe[0])
    os.close(ends)

    def broken(data: bytes) -> int:
        raise BrokenPipeError(write, data)

    written = Lines(broken, lambda n: TOLD % n)
    written.put(b"one")
    assert written.flush()


def test_in_a_file_nothing_overwrites_what_others_write_there(tmp_path: Path) -> None:
    """The shell's `2>log` makes one place to write at for all who have the descriptor."""
    path = tmp_path / "log"
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    written = Lines(unblocked(file), lambda n: TOLD % n)
    written.put(b"one")
    os.write(file, b"two\n")
    written.put(b"three")
    os.close(file)
    assert path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_full_pipe_is_not_waited_for_and_keeps_its_flags(pipe: tuple[int, int]) -> None:
    flags = fcntl.fcntl(pipe[1], fcntl.F_GETFL)
    written = Lines(unblocked(pipe[1]), lambda n: TOLD % n)
    for _ in range(200):
        written.put(b"x" * 20_000)  # four megabytes; no pipe holds them
    assert not written.flush()
    assert fcntl.fcntl(pipe[1], fcntl.F_GETFL) == flags
