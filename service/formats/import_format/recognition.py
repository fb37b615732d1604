"""What a file is: told by its first line, before all of another format is a fault."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from service.formats.import_format.documents import GoesOn, is_document, records_in
from service.formats.text_files import Unreadable
from service.model.errors import Code, Fault
from service.texts.sentences import sentence

HEAD_BYTES = 4000
_HEADER = re.compile(r'"?[A-Za-z][\w. -]*"?(?:[,;\t]"?[\w. -]*"?)+\Z')
_CATALOGUE = re.compile(
    rb'\{\s*"(?:models|providers)"\s*:\s*\{|\{\s*"[\w.-]+"\s*:\s*\{\s*"(?:id|env|npm|api)"'
)


def json_records(lines: Iterable[bytes], goes_on: GoesOn) -> Iterator[bytes]:
    """The lines, if they may be NDJSON; the records of JSON documents.

    Raises Unreadable, whose fault names what the lines are instead.
    """
    rest = _checked(lines, Code.INVALID_JSON, _instead_of_lines)
    blank: list[bytes] = []
    for line in rest:
        if not line.strip():
            blank.append(line)
        elif is_document(line.strip()):
            text = b"\n".join(one.rstrip(b"\r\n") for one in chain([line], rest))
            yield from _records(text, len(blank) + 1, goes_on)
        else:
            yield from chain(blank, [line], rest)


def _records(text: bytes, line: int, goes_on: GoesOn) -> Iterator[bytes]:
    if _CATALOGUE.match(text[:HEAD_BYTES]):
        raise _instead("catalogue", Code.INVALID_JSON, line)
    yield from records_in(text, line, goes_on)


def expecting_csv(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, if they may be CSV. Raises Unreadable, whose fault names what they are."""
    return _checked(lines, Code.INVALID_CSV, _instead_of_csv)


def _checked(
    lines: Iterable[bytes], code: Code, instead: Callable[[bytes], str]
) -> Iterator[bytes]:
    rest = iter(lines)
    blank: list[bytes] = []
    for line in rest:
        if not line.strip():
            blank.append(line)
            continue
        if found := _neither(line) or instead(line.strip()):
            raise _instead(found, code, len(blank) + 1)
        yield from chain(blank, [line], rest)


def _instead(found: str, code: Code, line: int) -> Unreadable:
    return Unreadable(Fault(code, sentence(f"files.{found}"), pointer="", line=line))


def _neither(line: bytes) -> str:
    if line.lstrip().startswith(b"<"):
        return "markup"
    return "no_mark" if line[:4].count(0) == 2 else ""


def _instead_of_csv(line: bytes) -> str:
    if is_document(line):
        return "json"
    return (_catalogue(line) or "lines") if line.startswith(b"{") else ""


def _instead_of_lines(line: bytes) -> str:
    if line.startswith((b"{", b"[")):
        return _catalogue(line)
    head = line[:HEAD_BYTES].decode("utf-8", "replace")
    return "table" if _HEADER.match(head) else ""


def _catalogue(line: bytes) -> str:
    return "catalogue" if _CATALOGUE.match(line[:HEAD_BYTES]) else ""
