"""What a file is that was taken for another: told by its first line, before all is a fault."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import msgspec

from service.formats.text_files import Unreadable
from service.model.errors import Code, Fault
from service.texts.sentences import sentence

HEAD_BYTES = 4000
_HEADER = re.compile(r'"?[A-Za-z][\w. -]*"?(?:[,;\t]"?[\w. -]*"?)+\Z')
_CATALOGUE = re.compile(
    rb'\{\s*"(?:models|providers)"\s*:\s*\{|\{\s*"[\w.-]+"\s*:\s*\{\s*"(?:id|env|npm|api)"'
)
_members = msgspec.json.Decoder(dict[str, msgspec.Raw])


def expecting_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, if they may be NDJSON. Raises Unreadable, whose fault names what they are."""
    return _checked(lines, Code.INVALID_JSON, _instead_of_lines)


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
            detail = sentence(f"files.{found}")
            raise Unreadable(Fault(code, detail, pointer="", line=len(blank) + 1))
        yield from chain(blank, [line], rest)


def _neither(line: bytes) -> str:
    if line.lstrip().startswith(b"<"):
        return "markup"
    return "no_mark" if line[:4].count(0) == 2 else ""


def _instead_of_csv(line: bytes) -> str:
    if line.startswith(b"["):
        return "array"
    return (_document(line) or "lines") if line.startswith(b"{") else ""


def _instead_of_lines(line: bytes) -> str:
    if line.startswith(b"["):
        return "array"
    if line.startswith(b"{"):
        return _document(line)
    head = line[:HEAD_BYTES].decode("utf-8", "replace")
    return "table" if _HEADER.match(head) else ""


def _document(line: bytes) -> str:
    """What a line that begins an object is, if it is no record: the key of its text."""
    if line == b"{":
        return "document"
    if _CATALOGUE.match(line[:HEAD_BYTES]):
        return "catalogue"
    try:
        members = _members.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    is_page = "kind" not in members and bytes(members.get("data", b"")).startswith(b"[")
    return "page" if is_page else ""
