"""A made-up base of any size, the same one for the same seed: rows to COPY, or lines to import.

Ids are `p7`, `v7`, `f7`, `m7`. Products, markets and features are as uneven as real ones: few have
much, most have little. The market `thirty` has thirty products whose facts are the same in a base
of any size. `python -m bench.world ADOPTIONS` writes the lines to standard output.
"""

import random
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from itertools import product as pairs
from typing import Any, NamedTuple

import asyncpg
import msgspec
import numpy as np

HAN = "智能联网搜索深度研究长文本图像生成语音助手开放平台星河云海山月明光元宝通义豆包文心清言天工"
SYLLABLES = ["".join(pair) for pair in pairs("bdfgklmnprstvz", "aeiou")]
COUNTRIES = ["US", "US", "US", "CN", "CN", "GB", "FR", "DE", "IL", "JP", "KR", "CA"]
FIRST, LAST = date(2021, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
THIRTY, THIRTY_FEATURES, THIRTY_EACH = 30, 60, 20
CHUNK = 5_000

Cells = tuple[np.ndarray, np.ndarray]


class World(NamedTuple):
    """Sizes, and the columns of what there are most of. Dates are EDTF, known to a day, a month or
    a year; None: unknown."""

    vendors: int
    markets: int
    features: int
    products: int
    sources: int
    vendor: np.ndarray
    launched: np.ndarray
    product: np.ndarray
    feature: np.ndarray
    day: np.ndarray
    seed: int

    @property
    def adoptions(self) -> int:
        return len(self.product)


def world(adoptions: int, seed: int = 1) -> World:
    """A product for twenty adoptions, a vendor for four products, a source for ten adoptions."""
    products, features = max(adoptions // 20, 100), 150 + int(2 * adoptions**0.5)
    rng = np.random.default_rng(seed)
    product, feature = _cells(rng, adoptions, products, features)
    vendors = max(products // 4, 20)
    launched = rng.integers(FIRST, FIRST + 1200, products)
    launched[:THIRTY] = np.random.default_rng(0).integers(FIRST, FIRST + 1200, THIRTY)
    vendor = _uneven(rng, vendors, products)
    vendor[:THIRTY] = np.arange(THIRTY) // 2
    day = launched[product] + 1 + (rng.random(adoptions) * (LAST - launched[product])).astype(int)
    few = THIRTY * THIRTY_EACH
    day[:few] = launched[product[:few]] + 1 + np.random.default_rng(0).integers(0, 600, few)
    return World(
        vendors=vendors,
        markets=20 + int(adoptions**0.25),
        features=features,
        products=products,
        sources=max(adoptions // 10, 100),
        vendor=vendor,
        launched=launched,
        product=product,
        feature=feature,
        day=day,
        seed=seed,
    )


def _cells(rng: np.random.Generator, adoptions: int, products: int, features: int) -> Cells:
    """Which product has which feature, no pair twice; those of the market `thirty` come first."""
    fixed = np.random.default_rng(0)
    own = [fixed.permutation(THIRTY_FEATURES)[:THIRTY_EACH] for _ in range(THIRTY)]
    rest = adoptions - THIRTY * THIRTY_EACH
    weight = rng.lognormal(0, 1, products - THIRTY)
    share = np.minimum(weight / weight.sum() * rest, features // 2)
    count = np.maximum(share.astype(int), 1)
    while (lacking := rest - count.sum()) != 0:
        place = rng.integers(0, len(count), abs(lacking))
        np.add.at(count, place, np.sign(lacking))
        count = np.clip(count, 1, features // 2)
    liked = -np.log(np.arange(1, features + 1))
    drawn = [
        np.argpartition(-(liked + rng.gumbel(size=features)), n - 1)[:n] for n in count.tolist()
    ]
    sizes = np.concatenate([np.full(THIRTY, THIRTY_EACH), count])
    return np.repeat(np.arange(products), sizes), np.concatenate([*own, *drawn])


def _uneven(rng: np.random.Generator, kinds: int, n: int) -> np.ndarray:
    """`n` draws of `kinds`, the k-th about 1/k as often as the first."""
    weight = 1 / np.arange(1, kinds + 1)
    return rng.choice(kinds, n, p=weight / weight.sum())


def edtf(day: int, draw: float) -> str:
    """Seven of ten days are known, two of ten to the month, the rest to the year."""
    return date.fromordinal(day).isoformat()[: 10 if draw < 0.7 else 7 if draw < 0.9 else 4]


def records(made: World) -> Iterator[dict[str, Any]]:
    """What the world holds, in the import format, everything after what it points at."""
    yield from entities(made)
    yield from adoptions(made)


def entities(made: World) -> Iterator[dict[str, Any]]:
    """All but the adoptions."""
    rng = random.Random(made.seed)
    for n in range(made.vendors):
        yield {"kind": "vendor", "id": f"v{n}", **_named(rng, n), "country": rng.choice(COUNTRIES)}
    for n in range(made.markets):
        yield {"kind": "market", "id": f"m{n}", **_named(rng, n)}
    yield {"kind": "market", "id": "thirty", "name": "Thirty"}
    for n in range(made.features):
        yield {"kind": "feature", "id": f"f{n}", **_named(rng, n)}
    for n in range(made.sources):
        yield {"kind": "source", "url": source_url(n), "title": f"Page {n}"}
    popular = _uneven(np.random.default_rng(made.seed), made.markets, 2 * made.products).tolist()
    for n, (vendor, day) in enumerate(
        zip(made.vendor.tolist(), made.launched.tolist(), strict=True)
    ):
        markets = sorted({f"m{popular[2 * n]}", f"m{popular[2 * n + 1]}"})
        yield {
            "kind": "product",
            "id": f"p{n}",
            **_named(rng, n),
            "vendor": f"v{vendor}",
            "markets": ["thirty"] if n < THIRTY else markets,
            "launched": date.fromordinal(day).isoformat(),
        }


def adoptions(made: World) -> Iterator[dict[str, Any]]:
    rng = random.Random(made.seed)
    columns = (made.product.tolist(), made.feature.tolist(), made.day.tolist())
    for product, feature, day in zip(*columns, strict=True):
        yield {
            "kind": "adoption",
            "product": f"p{product}",
            "feature": f"f{feature}",
            "stage": "ga" if rng.random() < 0.85 else "preview",
            "date": edtf(day, rng.random()),
            "sources": [source_url(int(made.sources * rng.random() ** 2))],
        }


def source_url(n: int) -> str:
    return f"https://example.org/{n}"


def words(rng: random.Random) -> str:
    """A name in Latin letters, of one to three words."""
    each = ("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(rng.randint(1, 3)))
    return " ".join(each).title()


def typed(made: World) -> list[str]:
    """What somebody types on the way to a name: beginnings of four letters and more of the names of
    products, no two alike, in an order of their own."""
    rng = random.Random(made.seed + 1)
    products = (r for r in entities(made) if r["kind"] == "product")
    names = (record["name"].rpartition(" ")[0] for record in products)
    found = sorted({name[:n] for name in names for n in range(4, len(name) + 1)})
    rng.shuffle(found)
    return found


def _named(rng: random.Random, n: int) -> dict[str, Any]:
    """Every second record has a Chinese name too."""
    name = {"name": f"{words(rng)} {n}"}
    return name | ({"names": {"zh": "".join(rng.choices(HAN, k=4))}} if n % 2 else {})


def lines(found: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Of the import format."""
    return (msgspec.json.encode(record) + b"\n" for record in found)


# The columns of each table and the cells of a record, as COPY reads them.
Row = Callable[[dict[str, Any], int], tuple[object, ...]]
_NAMES = "id names source_ids evidence"


def _names(record: dict[str, Any]) -> str:
    return _text(msgspec.json.encode({"en": record["name"], **record.get("names", {})}).decode())


def _text(value: str) -> str:
    return value.replace("\\", "\\\\")


def _entity(record: dict[str, Any], _: int) -> tuple[object, ...]:
    return record["id"], _names(record), "{}", "unstated"


def _vendor(record: dict[str, Any], n: int) -> tuple[object, ...]:
    return *_entity(record, n), record["country"]


def _product(record: dict[str, Any], n: int) -> tuple[object, ...]:
    markets = "{" + ",".join(record["markets"]) + "}"
    return *_entity(record, n), record["vendor"], markets, record["launched"]


def _source(record: dict[str, Any], _: int) -> tuple[object, ...]:
    return _source_id(record["url"]), record["url"], record["title"]


def _source_id(url: str) -> str:
    return f"src_{int(url.rpartition('/')[2]):026}"


def _adoption(record: dict[str, Any], n: int) -> tuple[object, ...]:
    sources = "{" + ",".join(map(_source_id, record["sources"])) + "}"
    told = (record["product"], record["feature"], record["stage"], record["date"])
    return f"adp_{n:026}", *told, sources, "sourced"


TABLES: dict[str, tuple[str, Row]] = {
    "vendor": (f"{_NAMES} country", _vendor),
    "market": (_NAMES, _entity),
    "feature": (_NAMES, _entity),
    "source": ("id url title", _source),
    "product": (f"{_NAMES} vendor_id market_ids launched", _product),
    "adoption": ("id product_id feature_id stage date source_ids evidence", _adoption),
}


async def fill(url: str, found: Iterable[dict[str, Any]]) -> dict[str, int]:
    """COPY records, sorted by kind, as one revision; how many rows each table has got."""
    parts = ((kind, kind, chunks(kind, of)) for kind, of in groupby(found, lambda r: r["kind"]))
    return await copy(url, parts)


async def copy(url: str, parts: Iterable[tuple[str, str, Iterable[bytes]]]) -> dict[str, int]:
    """COPY chunks of rows, each with their table and kind, as one revision; rows by table."""
    connection = await asyncpg.connect(url)
    counts: dict[str, int] = {}
    try:
        async with connection.transaction():
            await connection.execute("SELECT begin_revision('bench', 'a made-up base')")
            for table, kind, rows in parts:
                columns = TABLES[kind][0].split()
                told = await connection.copy_to_table(
                    table, source=_sent(rows), columns=columns, timeout=1800
                )
                counts[table] = int(told.removeprefix("COPY "))
    finally:
        await connection.close()
    return counts


async def _sent(rows: Iterable[bytes]) -> AsyncIterator[bytes]:
    for part in rows:
        yield part


def chunks(kind: str, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Records of one kind as COPY reads them, some thousand at a time."""
    row = TABLES[kind][1]
    part: list[str] = []
    for n, record in enumerate(rows):
        part.append("\t".join(map(str, row(record, n))))
        if len(part) == CHUNK:
            yield ("\n".join(part) + "\n").encode()
            part.clear()
    if part:
        yield ("\n".join(part) + "\n").encode()


def main() -> None:
    sys.stdout.buffer.writelines(lines(records(world(int(sys.argv[1])))))


if __name__ == "__main__":
    main()
