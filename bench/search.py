"""Search and suggestions against ILIKE over the same rows in PostgreSQL, side by side in one run.

python -m bench.search [PRODUCTS]; the PostgreSQL is an embedded one of the bench's own.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path

import asyncpg

from service.search.documents import Document, Field
from service.search.index import Index, Tokens
from service.search.resolution import Wanted, resolve
from service.store.embedded import embedded
from service.usecases.search import Wish, hits, suggestions

HAN = "智能联网搜索深度研究长文本图像生成语音助手开放平台星河云海山月明光元宝通义豆包文心清言天工"
SYLLABLES = ["".join(pair) for pair in product("bdfgklmnprstvz", "aeiou")]
Query = Callable[[str], Awaitable[object]]


def documents(count: int, seed: int) -> list[Document]:
    """Products with a Latin and a Chinese name each."""
    rng = random.Random(seed)
    return [_document(n, rng) for n in range(count)]


def _document(n: int, rng: random.Random) -> Document:
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(rng.randint(1, 3))]
    names = {"en": " ".join(words).title(), "zh": "".join(rng.choices(HAN, k=rng.randint(2, 6)))}
    slug = f"{words[0]}-{n}"
    fields = [*(Field(f"names.{tag}", name) for tag, name in names.items()), Field("id", slug)]
    return Document("product", slug, tuple(fields), names, {})


def typed(made: list[Document], seed: int) -> dict[str, list[str]]:
    """Questions of several sorts about names that are there."""
    rng = random.Random(seed)
    latin = [d.names["en"].lower() for d in rng.sample(made, 100)]
    han = [d.names["zh"] for d in rng.sample(made, 100)]
    return {
        "1 letter": [name[:1] for name in latin],
        "3 letters": [name[:3] for name in latin],
        "5 letters": [name[:5] for name in latin],
        "1 character": [name[:1] for name in han],
        "2 characters": [name[:2] for name in han],
        "one typo": [name.split()[0][:-1] + "x" for name in latin],
        "two words": [
            f"{one.split()[0]} {other[:2]}" for one, other in zip(latin, han, strict=True)
        ],
    }


async def p95(query: Query, questions: list[str]) -> float:
    """Milliseconds."""
    taken = []
    for question in questions:
        began = time.perf_counter()
        await query(question)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[int(len(taken) * 0.95)]


async def fill(connection: asyncpg.Connection, made: list[Document]) -> None:
    await connection.execute("CREATE TEMP TABLE p (id text, en text, zh text)")
    rows = [(d.id, d.names["en"], d.names["zh"]) for d in made]
    await connection.copy_records_to_table("p", records=rows)
    await connection.execute("ANALYZE p")


def ilike(connection: asyncpg.Connection, pattern: str, limit: int) -> Query:
    statement = (
        "SELECT id FROM p WHERE en ILIKE $1 OR zh ILIKE $1 OR id ILIKE $1"
        " ORDER BY length(en), id LIMIT $2"
    )
    return lambda q: connection.fetch(statement, pattern.format(q), limit)


def built(made: list[Document], tokens: Tokens) -> Index:
    began = time.perf_counter()
    index = Index(made, tokens)
    print(f"index built   {time.perf_counter() - began:8.2f} s")
    return index


async def compare(url: str, count: int) -> None:
    made, tokens = documents(count, seed=1), Tokens()
    print(f"{count} products")
    built(made, tokens)
    index = built([*made[1:], _document(count, random.Random(2))], tokens)
    connection = await asyncpg.connect(url)
    await fill(connection, made)
    print(f"p95, ms        {'suggest':>9}{'ILIKE q%':>10}{'ratio':>7}"
          f"{'search':>10}{'ILIKE %q%':>10}{'ratio':>7}")  # fmt: skip
    for sort, questions in typed(made, seed=3).items():
        await row(index, connection, sort, questions)
    await connection.close()
    listed = [Wanted(document.names["en"]) for document in made[:500]]
    began = time.perf_counter()
    for wanted in listed:
        resolve(index, wanted)
    print(f"500 resolved  {time.perf_counter() - began:8.2f} s")


async def row(
    index: Index, connection: asyncpg.Connection, sort: str, questions: list[str]
) -> None:
    suggest = await p95(lambda q: suggestions(index, Wish(q, (), "en", 10)), questions)
    prefix = await p95(ilike(connection, "{}%", 10), questions)
    search = await p95(lambda q: hits(index, Wish(q, (), "en", 50)), questions)
    inside = await p95(ilike(connection, "%{}%", 50), questions)
    print(f"{sort:14} {suggest:9.2f}{prefix:10.2f}{suggest / prefix:7.2f}"
          f"{search:10.2f}{inside:10.2f}{search / inside:7.2f}")  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder) / "bench") as url:
            asyncio.run(compare(url, count))


if __name__ == "__main__":
    main()
