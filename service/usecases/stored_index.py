"""The index of a large base as a file, which a start reads in a tenth of the time of making it."""

import copy
import fcntl
import hashlib
import hmac
import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from service.search.documents import Document
from service.search.index import Index
from service.search.segments import Segment

log = logging.getLogger("parity")
AT_ONCE = 500  # documents that are read or written while nothing else runs in the process
_CODE = ("search", "store/search.py", "model", "query")
_SIGNED = hashlib.sha256().digest_size
_LENGTH = 8


class Stored(NamedTuple):
    """The index of a revision that was recorded at the instant, which tells it from one of the same
    number in a base that was restored; and the tables it was made of."""

    revision: int
    instant: datetime
    tables: frozenset[str]
    whole: Index


class StoredIndex:
    """A file in the folder, signed by the key of the base, so that it is of this base and of nobody
    else; and of this version of the program, or it is not read."""

    def __init__(self, folder: Path, key: Callable[[], bytes]) -> None:
        """`key` is asked for once it is needed."""
        self._folder = folder
        self._base = key

    @property
    def path(self) -> Path:
        return self._folder / f"search-{self._signature(b'name').hex()[:12]}.index"

    def read(self) -> Stored | None:
        """What is stored; None where there is nothing, or nothing of ours."""
        try:
            with self.path.open("rb") as file:
                signed = file.read(_SIGNED)
                if hmac.compare_digest(signed, self._signed(_pieces(file))):
                    file.seek(_SIGNED)
                    return _loaded(_pieces(file))
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("cannot read the stored index of search: %s", error)
            return None
        log.info("the stored index of search is of another version")
        return None

    def write(self, stored: Stored) -> None:
        """Put it in the place of an earlier one; what cannot be written is not stored."""
        new = self.path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _opened(new, os.O_CREAT | os.O_EXCL) as file:
                file.write(bytes(_SIGNED))
                for piece in _dumped(stored):
                    file.write(len(piece).to_bytes(_LENGTH, "big") + piece)
            with new.open("r+b") as file:
                file.seek(_SIGNED)
                signed = self._signed(_pieces(file))
                file.seek(0)
                file.write(signed)
            new.replace(self.path)
        except OSError as error:
            log.warning("cannot store the index of search: %s", error)
        finally:
            new.unlink(missing_ok=True)

    def claim(self) -> AbstractContextManager[object] | None:
        """The right to make the index, as long as it is open; None while another process has
        it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = _opened(self.path.with_suffix(".lock"), os.O_CREAT)
        except OSError as error:
            log.warning("cannot tell who makes the index of search: %s", error)
            return nullcontext()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        return lock

    def _signature(self, *parts: bytes) -> bytes:
        return hmac.digest(self._base(), b"search index " + b"".join(parts), "sha256")

    def _signed(self, pieces: Iterator[bytes]) -> bytes:
        made = hmac.new(self._signature(_version()), digestmod="sha256")
        for piece in pieces:
            made.update(len(piece).to_bytes(_LENGTH, "big"))
            made.update(piece)
        return made.digest()


def _opened(path: Path, flags: int) -> IO[bytes]:
    """To be written, for nobody else to read."""
    return os.fdopen(os.open(path, flags | os.O_WRONLY, 0o600), "wb")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while len(length := file.read(_LENGTH)) == _LENGTH:
        yield file.read(int.from_bytes(length, "big"))


def _dumped(stored: Stored) -> Iterator[bytes]:
    """Piece by piece, so that who answers requests has a turn between them."""
    (piece,) = stored.whole.pieces
    segment, documents = copy.copy(piece.segment), piece.segment.documents
    segment.documents = []
    for part in (stored._replace(whole=None), segment):  # type: ignore[arg-type]
        yield pickle.dumps(part, pickle.HIGHEST_PROTOCOL)
    for start in range(0, len(documents), AT_ONCE):
        yield pickle.dumps(documents[start : start + AT_ONCE], pickle.HIGHEST_PROTOCOL)


def _loaded(pieces: Iterator[bytes]) -> Stored:
    stored: Stored = pickle.loads(next(pieces))  # noqa: S301, signed by ourselves
    segment: Segment = pickle.loads(next(pieces))  # noqa: S301
    documents: list[Document] = []
    for piece in pieces:
        documents += pickle.loads(piece)  # noqa: S301
    segment.documents = documents
    return stored._replace(whole=Index.of_segment(segment))


def _version() -> bytes:
    """What decides what an index is: the program, and what its arrays are made by."""
    made = hashlib.sha256(f"{sys.version} {np.__version__}".encode())
    for name in _CODE:
        for content in _sources(files("service").joinpath(name)):
            made.update(content)
    return made.digest()


def _sources(place: Traversable) -> Iterator[bytes]:
    if place.is_file():
        yield place.read_bytes() if place.name.endswith((".py", ".toml")) else b""
        return
    for inner in sorted(place.iterdir(), key=lambda one: one.name):
        yield from _sources(inner)
