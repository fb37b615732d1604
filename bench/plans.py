"""Which tables the common questions, every list and every view read whole, and how long each takes.

python -m bench.plans [ADOPTIONS]; a million of them, of 50,000 products, unless told otherwise. The
PostgreSQL is an embedded one of the bench's own. Every statement that a question sends is explained
with its own parameters; what it scans row by row although the table is large is told.
"""

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import asyncpg
import httpx
import msgspec

from bench.bases import Postgres, postgres
from bench.report import markdown
from bench.world import World, world
from service.api.catalogue.lists import ISSUES_PATH
from service.api.http.conditional import Rendered
from service.app import create
from service.query.issues import RULES
from service.query.registry import COLLECTIONS
from service.query.views import TIMELINE
from service.settings import Settings
from service.store.database import Database
from service.usecases.imports.files import load

LARGE_ROWS = 20_000
REPEATS = 3
GATHERING = ("Sort", "Aggregate", "Hash", "Materialize", "Bitmap Heap Scan")
QUESTIONS = {
    "one product": "/v1/products/p77",
    "of one vendor": "/v1/products?vendor_id=v7",
    "of one market": "/v1/products?market_ids=m7&count=none",
    "of one market, newest": "/v1/products?market_ids=m7&sort=-launched&count=none",
    "first page": "/v1/products?count=none",
    "newest first": "/v1/products?sort=-launched&count=none",
    "of one day": "/v1/products?launched=2024-03-05",
    "of one week": "/v1/products?launched__gte=2024-03-05&launched__lte=2024-03-11",
    "adoptions of a product": "/v1/products/p77/adoptions",
    "adoptions of a feature": "/v1/adoptions?feature_id=f7&count=none",
    "adoptions, first page": "/v1/adoptions?count=none",
    "adoptions of one day": "/v1/adoptions?date=2025-03-05",
    "facts of a source": "/v1/sources/{source}/facts?count=none",
    "history of a product": "/v1/products/p77/history",
    "changes, the last": "/v1/changes?since=rev:2&limit=50",
    "product with its adoptions": "/v1/products/p77?include=adoptions.feature",
    "one product as of before": "/v1/products/p77?as_of=rev:1",
    "of one vendor as of before": "/v1/products?vendor_id=v7&as_of=rev:1",
    "timeline, first page": "/v1/timeline?count=none",
    "timeline, newest": "/v1/timeline?sort=-date&count=none",
    "products of a country": "/v1/products?vendor.country=CN&count=none",
    "adoptions of a country": "/v1/adoptions?product.vendor.country=CN&count=none",
    "adoptions of a vendor": "/v1/adoptions?product.vendor_id=v7",
    "products with a feature": "/v1/products?adoptions.feature_id=f7",
    "products with it, as of before": "/v1/products?adoptions.feature_id=f7&as_of=rev:1",
    "products with one of a time": "/v1/products?adoptions.feature_id=f7&adoptions.date__gt=2025",
    "products adopting within a month": "/v1/products?adoptions.date=2025-03&count=none",
    "vendors of products of a year": "/v1/vendors?products.launched__gte=2024",
    "features of a vendor's products": "/v1/features?adoptions.product.vendor_id=v7",
    "products by their vendor": "/v1/products?sort=vendor.name&count=none",
    "timeline of a vendor": "/v1/timeline?vendor_id=v7",
    "feed": "/v1/timeline.atom",
    "products by words": "/v1/products?q=77&count=none",
    "monetizations, first page": "/v1/monetizations?count=none",
    "usage, first page": "/v1/usage?count=none",
    "surveys, first page": "/v1/surveys?count=none",
    "offerings, first page": "/v1/offerings?count=none",
    "investments, first page": "/v1/investments?count=none",
    "sources, first page": "/v1/sources?count=none",
    "changes, filtered": "/v1/changes?since=rev:2&kinds=vendor&filter=country=DE",
    "difference, filtered": "/v1/diff?collection=vendors&from=rev:1&filter=country=DE",
    "timeline, one product": "/v1/timeline?product_id=p77",
}


def questions() -> Iterator[tuple[str, str]]:
    """The common ones; every list and view counted, on a day, in the past and in groups; every
    rule."""
    yield from QUESTIONS.items()
    paths = {c.name: f"/v1/{c.name}" for c in (*COLLECTIONS, TIMELINE)} | {"issues": ISSUES_PATH}
    for name, path in paths.items():
        yield name, path
        yield f"{name} on a day", f"{path}?on=2025-06-15"
        yield f"{name}, perhaps", f"{path}?on=2025-06-15&date_match=possible"
        yield f"{name} as of before", f"{path}?as_of=rev:1"
    for collection in COLLECTIONS:
        yield f"groups of {collection.name}", f"/v1/aggregate/{collection.name}?group_by=revision"
    yield "issues by rule", f"{ISSUES_PATH}?facets=rule,kind"
    for rule in RULES:
        yield rule, f"{ISSUES_PATH}?rule={rule}"


def facts(made: World) -> Iterator[bytes]:
    """Of every fourth product one fact of each kind but adoptions."""
    rng = random.Random(7)
    yield _line(kind="business_model", id="b", name="B")
    for n in range(0, made.products, 4):
        yield from _facts(rng, f"p{n}", f"v{n % made.vendors}", n)


def _facts(rng: random.Random, product: str, vendor: str, n: int) -> Iterator[bytes]:
    of = {"product": product, "status": "unsourced"}
    yield _line(kind="monetization", **of, business_model="b", since=_day(rng, 2024))
    yield _line(kind="usage", **of, metric="visits", value=n, period=_day(rng, 2024)[:7])
    yield _line(kind="survey", **of, market="m1", date=_day(rng, 2024))
    yield _line(kind="offering", **of, reseller="r", model=product)
    planned = {"status": "planned", "evidence": "unsourced", "date": _day(rng, 2024)}
    yield _line(kind="investment", vendor=vendor, type="capex", amount=n, currency="USD", **planned)


def _line(**record: Any) -> bytes:
    return msgspec.json.encode(record)


def _day(rng: random.Random, year: int) -> str:
    return f"{year + rng.randrange(2)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


class Recorder:
    """Every statement that goes to PostgreSQL while it listens, with its parameters."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        for name in ("fetch", "fetchrow", "fetchval"):
            setattr(asyncpg.Connection, name, self._listening(getattr(asyncpg.Connection, name)))

    def _listening(self, method: Any) -> Any:
        async def heard(connection: Any, query: str, *args: Any, **options: Any) -> Any:
            self.heard.append((query, args))
            return await method(connection, query, *args, **options)

        return heard


async def scans(
    connection: asyncpg.Connection, heard: list[tuple[str, tuple[Any, ...]]]
) -> set[str]:
    """Large tables that one of the statements reads from end to end."""
    found: set[str] = set()
    for query, parameters in heard:
        if not query.lstrip().upper().startswith(("SELECT", "WITH")):
            continue
        (row,) = await connection.fetch(f"EXPLAIN (FORMAT JSON) {query}", *parameters)
        found |= set(_scanned(msgspec.json.decode(row[0])[0]["Plan"], stops=False))
    return found


def _scanned(plan: dict[str, Any], *, stops: bool) -> Iterator[str]:
    """A scan that a LIMIT ends early does not count; what must see all rows first undoes that."""
    kind = plan["Node Type"]
    is_whole = kind.endswith("Seq Scan") or ("Index" in kind and "Index Cond" not in plan)
    if is_whole and "Relation Name" in plan and not stops:
        yield f"{plan['Relation Name']} ({kind.lower()})"
    below = kind == "Limit" or (stops and kind not in GATHERING)
    for part in plan.get("Plans", []):
        yield from _scanned(part, stops=below)


async def main(pg: Postgres, adoptions: int) -> None:
    url = pg.at(await asyncio.to_thread(pg.world, adoptions))
    database = Database(url)
    await database.open()
    try:
        made = world(adoptions)
        await _loaded(database, facts(made), 1 + 5 * len(range(0, made.products, 4)))
        for country in ("FR", "DE"):
            moved = _line(kind="vendor", id="v7", name="Vendor seven", country=country)
            await _loaded(database, [moved], 1)
        await _vacuum(url)
        await _ask(database, url)
    finally:
        await database.close()


async def _loaded(database: Database, lines: Iterable[bytes], rows: int) -> None:
    """Raises RuntimeError unless every row was new or changed something."""
    began = time.perf_counter()
    report = await load(database, lines, comment="bench")
    if report.failed or report.created + report.updated != rows:
        raise RuntimeError(
            f"loaded {report.created + report.updated} of {rows}: {report.faults[:3]}"
        )
    print(f"{rows} lines loaded in {time.perf_counter() - began:.0f} s")


async def _vacuum(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("VACUUM ANALYZE", timeout=600)
    await connection.close()


async def _ask(database: Database, url: str) -> None:
    plain = await asyncpg.connect(url)
    source = await plain.fetchval("SELECT id FROM source ORDER BY id LIMIT 1")
    named = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= $1"
    large = {row[0] for row in await plain.fetch(named, LARGE_ROWS)}
    recorder = Recorder()
    service: Any = create(database, Settings.from_environment())
    service.app._app.state.rendered = Rendered(0)
    transport = httpx.ASGITransport(service)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://bench", timeout=60
    ) as client:
        rows = []
        for name, path in questions():
            recorder.heard.clear()
            taken = [await _timed(client, path.format(source=source)) for _ in range(REPEATS)]
            heard = recorder.heard[: len(recorder.heard) // REPEATS]
            told = {s for s in await scans(plain, heard) if s.split()[0] in large}
            rows.append((name, f"{statistics.median(taken):.1f}", ", ".join(sorted(told)) or "-"))
        print(markdown(("question", "ms", "reads whole"), rows))
    await plain.close()


async def _timed(client: httpx.AsyncClient, path: str) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    (await client.get(path)).raise_for_status()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    with postgres() as started:
        asyncio.run(main(started, int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
