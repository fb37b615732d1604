"""Records in JSON documents: pages of lists, arrays, a record over several lines."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import Raw, structs

from service.formats.import_format.names import KIND, OBJECT
from service.formats.json_members import members_of, repeated_names
from service.formats.text_files import NOT_UTF8, Unreadable
from service.formats.validation import malformed
from service.model.errors import Code, Fault
from service.texts.sentences import Sentence, sentence

# Is told where a list goes on whose other pages are not in the file.
GoesOn = Callable[[str], None]
GOING_ON = (b",", b"[", b"{", b":")
_SPACE = re.compile(r"[ \t\r\n]*")
# A number is a word here: how long it is, is nobody's business yet.
_scanner = json.JSONDecoder(parse_int=str, parse_float=str)
_items = msgspec.json.Decoder(list[Raw])
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Held(NamedTuple):
    """The records of a document; the kind of a page's first one, and where its list goes on."""

    records: list[Raw]
    kind: Any = None
    next: str | None = None


def is_document(line: bytes) -> bool:
    """Whether a document begins with the line, and no line of its own kind of JSON."""
    if line.startswith(b"["):
        return True
    if not line.startswith(b"{"):
        return False
    if line.endswith(GOING_ON):
        return True
    try:
        return _is_page(_first_members(line))
    except (*_BROKEN, ValueError):
        return False


def _first_members(line: bytes) -> dict[str, Raw]:
    """Those of the object that the line begins with. Raises one of _BROKEN, ValueError."""
    try:
        return members_of(line)
    except msgspec.DecodeError:
        text = line.decode("utf-8")
        return members_of(text[: _scanner.raw_decode(text)[1]].encode())


def records_in(text: bytes, line: int, goes_on: GoesOn) -> Iterator[bytes]:
    """The records of all documents, as JSON. Raises Unreadable where the text is no JSON.

    `line` is that on which the text begins. A page that follows one of its kind goes on with it.
    """
    cut: _Held | None = None
    for held in _documents(text, line):
        if cut is not None and cut.next and held.kind != cut.kind:
            goes_on(cut.next)
        cut = held
        yield from map(bytes, held.records)
    if cut is not None and cut.next:
        goes_on(cut.next)


def _documents(data: bytes, line: int) -> Iterator[_Held]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(line + data.count(b"\n", 0, error.start), NOT_UTF8) from None
    begin = _behind_space(text, 0)
    while begin < len(text):
        first = line + text.count("\n", 0, begin)
        try:
            _, end = _scanner.raw_decode(text, begin)
        except json.JSONDecodeError as error:
            told = sentence("files.document")
            raise _unreadable(line + error.lineno - 1, told) from None
        except RecursionError as error:
            raise _unreadable(first, malformed(error)) from None
        yield _held(text[begin:end], first)
        begin = _behind_space(text, end)


def _behind_space(text: str, begin: int) -> int:
    found = _SPACE.match(text, begin)
    return found.end() if found else begin


def _held(document: str, line: int) -> _Held:
    data = document.encode()
    try:
        if document.startswith("["):
            return _Held(_items.decode(data))
        members = members_of(data) if document.startswith("{") else {}
    except _BROKEN as error:
        raise _unreadable(line, malformed(error)) from None
    if not _is_page(members):
        return _Held([Raw(data)])
    twice = [f for f in repeated_names(document) if (f.pointer or "").count("/") == 1]
    if twice:
        raise Unreadable(*(structs.replace(fault, line=line) for fault in twice))
    records = _items.decode(members["data"])
    return _Held(records, _kind(records), _next(members))


def _is_page(members: dict[str, Raw]) -> bool:
    return KIND not in members and bytes(members.get("data", b"")).startswith(b"[")


def _kind(records: list[Raw]) -> Any:
    first = msgspec.json.decode(records[0]) if records else None
    return first.get(OBJECT) if isinstance(first, dict) else None


def _next(members: dict[str, Raw]) -> str | None:
    """The address of the next page."""
    page = msgspec.json.decode(members.get("page", b"null"))
    found = page.get("next") if isinstance(page, dict) else None
    return found if isinstance(found, str) and found else None


def _unreadable(line: int, detail: Sentence) -> Unreadable:
    return Unreadable(Fault(Code.INVALID_JSON, detail, pointer="", line=line))
