"""Records that the lines of an import bring along: they are compared, not written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import structs

from service.formats.import_format.companions import changed, related_companions
from service.formats.json_records import render
from service.model.errors import Code, Fault, pointer_to
from service.query.registry import BY_KIND
from service.store.catalogue import records
from service.store.database import Connection
from service.texts.sentences import sentence, word

# Kind and record, with the lines that bring it along and where in them.
Brought = Mapping[tuple[str, bytes], list[tuple[int, str]]]


async def faults(connection: Connection, brought: Brought) -> list[Fault]:
    """Where they are not as the base has them; one that it does not have is nothing to compare."""
    told: list[Fault] = []
    while brought:
        further: dict[tuple[str, bytes], list[tuple[int, str]]] = defaultdict(list)
        for kind, found in _by_kind(brought).items():
            ids = {record["id"] for record, _ in found}
            standing = await records.standing(connection, BY_KIND[kind], ids)
            for record, places in found:
                if row := standing.get(record["id"]):
                    told += _differing(kind, row, record, places)
                    told += _further(kind, row, record, places, further)
        brought = further
    return told


def _by_kind(brought: Brought) -> dict[str, list[tuple[dict[str, Any], list[tuple[int, str]]]]]:
    by_kind: dict[str, list[tuple[dict[str, Any], list[tuple[int, str]]]]] = defaultdict(list)
    for (kind, encoded), places in brought.items():
        by_kind[kind].append((msgspec.json.decode(encoded), places))
    return by_kind


def _further(
    kind: str,
    row: dict[str, Any],
    record: dict[str, Any],
    places: list[tuple[int, str]],
    further: dict[tuple[str, bytes], list[tuple[int, str]]],
) -> Iterator[Fault]:
    """What columns of a table tell of the records that this one points to, into `further`."""
    for one in related_companions(BY_KIND[kind], row, record):
        for line, pointer in places:
            place = f"{pointer}{one.pointer}"
            if isinstance(one, Fault):
                yield structs.replace(one, line=line, pointer=place)
            else:
                further[one.kind, one.record].append((line, place))


def _differing(
    kind: str, row: dict[str, Any], record: dict[str, Any], places: list[tuple[int, str]]
) -> Iterator[Fault]:
    language = record.get("name_lang")
    shown = render(BY_KIND[kind], row, language if isinstance(language, str) else "en")
    for path in changed(BY_KIND[kind], shown, record):
        name, shown_kind = ".".join(path), word(kind)
        detail = sentence(
            "said.brought", name=name, kind=shown_kind, id=record["id"], href=shown["href"]
        )
        for line, pointer in places:
            place = f"{pointer}{pointer_to(*path)}"
            yield Fault(Code.INVALID_VALUE, detail, line=line, pointer=place)
