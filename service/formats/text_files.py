"""Text files as they come from elsewhere: their encodings, byte order marks and line ends."""

import codecs
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from service.model.errors import Code, Fault
from service.texts.sentences import sentence

CHUNK_BYTES = 1_000_000
# By the names that files and senders give them; GB 18030 reads all that GBK and GB 2312 write.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
)
NOT_UTF8 = sentence("files.not_utf8")


class Unreadable(Exception):
    """From here on the file cannot be read; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(str(faults[0].detail))
        self.faults = list(faults)


def opened(stream: BinaryIO, encoding: str = "utf-8") -> Iterator[bytes]:
    """The lines of a file as UTF-8, with their ends (LF, CRLF or CR), without a byte order mark.

    `encoding` is one of ENCODINGS; a byte order mark knows better. UTF-8 is passed on unchecked.
    Raises Unreadable for what is no text, and for bytes that are not of the encoding.
    """
    first = stream.read(CHUNK_BYTES)
    for signature, name in SIGNATURES:
        if first.startswith(signature):
            detail = sentence(f"files.{name}")
            raise Unreadable(Fault(Code.INVALID_VALUE, detail, pointer="", line=1))
    mark, codec = next(
        (known for known in BOMS if first.startswith(known[0])), (b"", ENCODINGS[encoding])
    )
    chunks = chain([first[len(mark) :]], iter(partial(stream.read, CHUNK_BYTES), b""))
    yield from _lines(chunks if codec == "utf-8" else _decoded(chunks, codec, encoding))


def _decoded(chunks: Iterable[bytes], codec: str, encoding: str) -> Iterator[bytes]:
    """The text as UTF-8. Raises Unreadable."""
    if codec == "utf-16":
        detail = sentence("files.no_mark")
        raise Unreadable(Fault(Code.INVALID_VALUE, detail, pointer="", line=1))
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    for chunk, is_last in chain(((chunk, False) for chunk in chunks), [(b"", True)]):
        try:
            text = decoder.decode(chunk, is_last)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].decode(codec).count("\n")
            detail = sentence("files.not_encoding", encoding=encoding)
            fault = Fault(Code.INVALID_VALUE, detail, pointer="", line=line)
            raise Unreadable(fault) from None
        line += text.count("\n")
        yield text.encode()


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).splitlines(keepends=True)
        # A CR at the end may be half of a CRLF.
        is_whole = chunk.endswith(b"\n")
        rest = b"" if is_whole or not lines else lines.pop()
        yield from lines
    if rest:
        yield rest
