"""A file that comes again is known nearly whole, however its parts fall."""

from typing import Any

import pytest

from service.store.database import Database
from service.store.imports import parts
from service.usecases.imports.files import load
from tests.make import lines


async def test_of_a_file_that_comes_again_hardly_a_line_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    hold = parts.hold

    async def watched(connection: Any, known: Any) -> bool:
        counted.append(sum(len(part.lines) for part in known))
        return await hold(connection, known)

    monkeypatch.setattr(parts, "hold", watched)
    entities = [{"kind": "market", "id": "m"}, {"kind": "vendor", "id": "v"}]
    entities += [
        {"kind": "product", "id": f"p{n}", "vendor": "v", "markets": ["m"], "sources": ["urn:x"]}
        for n in range(60)
    ]
    entities += [{"kind": "feature", "id": f"f{n}"} for n in range(40)]
    facts = [
        {
            "kind": "adoption",
            "product": f"p{p}",
            "feature": f"f{f}",
            "stage": "ga",
            "date": "2024",
            "sources": ["urn:x"],
        }
        for p in range(60)
        for f in range(40)
    ]
    await load(database, lines(*entities), comment="test")
    first = await load(database, lines(*facts), comment="test")
    again = await load(database, lines(*facts), comment="test")
    assert (first.created, again.unchanged, again.revision) == (2400, 2400, None)
    assert 2390 <= counted[-1] <= 2400
