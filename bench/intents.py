"""Whether a search finds the feature that people mean who do not know its name.

python -m bench.intents PHRASES [RECORDS]: lines of `{"feature": id, "lang": tag, "phrase": text}`;
records in the import format, instead of the bundled data. Prints, by language, the share of the
phrases whose feature is the first hit and among the first three, of hits of every type; then those
that are missed. The PostgreSQL is an embedded one of the bench's own.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec

from service.commands.serve import load_bundled
from service.search.index import Index
from service.search.retrieval import search
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.imports.files import load
from service.usecases.search_indexes import Indexes

FIRST = 3


class Intent(msgspec.Struct, frozen=True):
    """What somebody types, and the feature that is meant."""

    feature: str
    lang: str
    phrase: str


async def indexed(url: str, records: Path | None) -> Index:
    """The index of a new base that holds the records."""
    await migrate(url)
    database = Database(url)
    await database.open()
    try:
        if records is None:
            await load_bundled(database)
        else:
            with records.open("rb") as lines:
                report = await load(database, lines, comment=records.name)
                print(report.created, "records,", report.failed, "faults")
        async with database.read() as snapshot:
            return await Indexes(RevisionWatcher(database)).get(snapshot)
    finally:
        await database.close()


def rank(index: Index, intent: Intent) -> int | None:
    """The place of the feature among all hits, from 1; None if it is not found."""
    order = search(index, intent.phrase).order.tolist()
    found = [(index.documents[n].type, index.documents[n].id) for n in order]
    meant = ("feature", intent.feature)
    return found.index(meant) + 1 if meant in found else None


def report(index: Index, intents: list[Intent]) -> None:
    asked: Counter[str] = Counter(intent.lang for intent in intents)
    first, among = Counter[str](), Counter[str]()
    missed: list[str] = []
    for intent in intents:
        place = rank(index, intent)
        first[intent.lang] += place == 1
        among[intent.lang] += place is not None and place <= FIRST
        if place is None or place > FIRST:
            missed.append(f"{intent.feature:22} {place or '-':>4}  {intent.phrase}")
    print(f"{'lang':6}{'phrases':>8}{'first':>9}{f'first {FIRST}':>9}")
    for lang, count in sorted(asked.items()):
        print(f"{lang:6}{count:8}{first[lang] / count:9.1%}{among[lang] / count:9.1%}")
    print(*missed, sep="\n")


def main() -> None:
    lines = Path(sys.argv[1]).read_bytes().splitlines()
    intents = [msgspec.json.decode(line, type=Intent) for line in lines if line.strip()]
    records = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder) / "bench") as url:
            index = asyncio.run(indexed(url, records))
    report(index, intents)


if __name__ == "__main__":
    main()
