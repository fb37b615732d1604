"""Records of a file in parts that are recognised when they come again."""

from collections.abc import Container, Iterable, Iterator
from hashlib import blake2b
from zlib import crc32

from service.query.rows import Part, Place

LINES, BYTES = 1024, 1_000_000  # of a part at most
_ENDS = 0xFF  # a line ends its part by its own content: what is put in before moves no other part


class Parts:
    """Passes on the lines of the parts whose digests are not `known`; the others are `passed_by`
    and kept. `seen` is where the parts stood that were passed on. `salt`: by what rules lines are
    read."""

    def __init__(self, known: Container[bytes], salt: bytes) -> None:
        self._known, self._salt = known, salt
        self.passed_by: list[Part] = []
        self.seen: dict[bytes, Place] = {}

    def numbered(self, records: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
        """The lines to be read, by number from 1."""
        first = 1
        for lines in _cut(records):
            digest = self._digest(lines)
            if digest in self._known:
                self.passed_by.append(Part(digest, first, lines))
            else:
                self.seen[digest] = Place(first, len(lines))
                yield from enumerate(lines, first)
            first += len(lines)

    def _digest(self, lines: tuple[bytes, ...]) -> bytes:
        return blake2b(b"\n".join(lines), digest_size=16, key=self._salt).digest()

    def left(self) -> Iterator[tuple[int, bytes]]:
        """The lines that were passed by, to be read after all."""
        for part in self.passed_by:
            self.seen[part.digest] = Place(part.first, len(part.lines))
            yield from enumerate(part.lines, part.first)
        self.passed_by.clear()


def _cut(records: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    lines: list[bytes] = []
    size = 0
    for record in records:
        line = record.strip()
        lines.append(line)
        size += len(line)
        if crc32(line) & _ENDS == 0 or len(lines) == LINES or size >= BYTES:
            yield tuple(lines)
            lines, size = [], 0
    if lines:
        yield tuple(lines)
