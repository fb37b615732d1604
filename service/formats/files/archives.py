"""A zip file written piece by piece: the same members at the same instant are the same bytes."""

import io
import zipfile
from datetime import UTC, datetime

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # what the format can say
_LEVEL, _UNIX, _PLAIN_FILE = 6, 3, 0o644 << 16


class Pieces(io.RawIOBase):
    """Takes what is written until somebody takes it away; it cannot be wound back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


class Archive:
    """What its methods return are the next bytes of the file; it holds no more than one piece."""

    def __init__(self, instant: datetime) -> None:
        moment = max(instant.astimezone(UTC), _EARLIEST)
        self._moment = (*moment.timetuple()[:5], moment.second // 2 * 2)
        self._pieces = Pieces()
        self._zip = zipfile.ZipFile(self._pieces, "w")
        self._member: zipfile.ZipExtFile | None = None

    def begin(self, name: str) -> bytes:
        """A new member; the one before it ends."""
        self._close()
        told = zipfile.ZipInfo(name, self._moment)
        told.compress_type, told._compresslevel = zipfile.ZIP_DEFLATED, _LEVEL  # type: ignore[attr-defined]
        told.create_system, told.external_attr = _UNIX, _PLAIN_FILE
        self._member = self._zip.open(told, "w")  # type: ignore[assignment]
        return self._pieces.taken()

    def write(self, data: bytes) -> bytes:
        """The member goes on."""
        assert self._member is not None, "a member begins first"
        self._member.write(data)
        return self._pieces.taken()

    def member(self, name: str, data: bytes) -> bytes:
        """A whole member."""
        return self.begin(name) + self.write(data)

    def end(self) -> bytes:
        """The directory, behind which nothing comes."""
        self._close()
        self._zip.close()
        return self._pieces.taken()

    def _close(self) -> None:
        if self._member is not None:
            self._member.close()
            self._member = None
