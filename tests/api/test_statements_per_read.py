"""How many statements a read takes, on connections that are listened to."""

import asyncio
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.relations import embeddings
from service.store.database import Database, Snapshot
from service.store.servers.pool import _is_alive
from tests.clients import SETTINGS, caught_up, created, served, until, watched
from tests.make import put_all

ONE = (
    "/v1/products/kimi",
    "/v1/products/kimi?lang=zh&fields=name,launched",
    "/v1/products/kimi?include=date_bounds",
    "/v1/adoptions?count=none",
    "/v1/adoptions?count=none&limit=50&sort=-date",
    "/v1/adoptions?count=none&fields=id,date",
    "/v1/adoptions?count=none&fields=id,date,product.names",
    "/v1/adoptions?fields=product.vendor_id,feature.name&include=product&stage=ga",
    "/v1/adoptions?count=none&stage=ga&product.vendor.country=CN",
    "/v1/products?count=none&sort=vendor.name",
    "/v1/adoptions?product_id=kimi,doubao&feature_id=memory",
    "/v1/products?market_ids=chat-assistants&vendor_id__not=openai&count=none",
    "/v1/adoptions",
    "/v1/vendors?country=AQ",
    "/v1/timeline?count=none",
    "/v1/products/kimi/adoptions",
    "/v1/vendors/openai/products?count=none&fields=id,name",
    "/v1/aggregate/adoptions?group_by=feature_id",
    "/v1/aggregate/products?group_by=vendor.country,year(launched)&metrics=count,share",
)
# A statement for each place that records are brought from, or for what days leave open.
A_FEW = {
    "/v1/aggregate/adoptions?group_by=stage&feature_id=memory": 2,
    "/v1/products/kimi?include=vendor": 2,
    "/v1/products/kimi?fields=vendor.name": 2,
    "/v1/products/kimi?include=vendor,adoptions.feature": 4,
    "/v1/products?launched__gte=2024": 2,
    "/v1/adoptions?on=2025&limit=3": 2,
    "/v1/products/kimi/adoptions?include=feature": 2,
}
SEVERAL = (
    "/v1/products/kimi?as_of=rev:1",
    "/v1/products/kimi.csv",
    "/v1/products?id=kimi&vendor_id=openai",
    "/v1/products?name=Kimi",
    "/v1/products?facets=vendor_id",
    "/v1/products?q=kimi",
    "/v1/products/kimi/offerings",
)


@pytest.mark.parametrize("target", ONE)
async def test_a_read_of_rows_alone_is_one_statement(
    bundled: Database, statements: list[str], target: str
) -> None:
    async with served(bundled) as client:
        assert await asked(client, statements, target) == 1, statements


@pytest.mark.parametrize("target", A_FEW)
async def test_a_few_statements_of_one_revision_take_no_transaction(
    bundled: Database, statements: list[str], target: str
) -> None:
    async with served(bundled) as client:
        assert await asked(client, statements, target) == A_FEW[target], statements


@pytest.mark.parametrize("target", ["/v1/adoptions?limit=5", "/v1/vendors/openai/products?limit=2"])
async def test_the_next_page_at_the_newest_revision_is_one_statement(
    bundled: Database, statements: list[str], target: str
) -> None:
    async with served(bundled) as client:
        page = (await client.get(target)).json()["page"]["next"]
        assert await asked(client, statements, page) == 1, statements


async def test_only_what_is_asked_for_is_selected(bundled: Database, statements: list[str]) -> None:
    async with served(bundled) as client:
        await asked(client, statements, "/v1/adoptions?count=none&fields=date,product.names")
    (page,) = statements
    assert "t.note" not in page
    assert "t.date" in page
    assert "t.product_id" in page
    assert "t.names" in page
    assert "t.launched" not in page


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda collection: collection.name)
async def test_records_that_come_with_the_rows_are_those_that_are_brought_otherwise(
    bundled: Database, collection: Collection
) -> None:
    """Also where a row points to none, in whatever order."""
    async with served(bundled) as client:
        for name, hop in embeddings(collection).items():
            if hop.is_list:
                continue
            shown = [field.name for field in hop.target.fields[:3]]
            fields = ",".join(["id", *(f"{name}.{one}" for one in ("id", "revision", *shown))])
            asked = f"/v1/{collection.name}?limit=150&sort=-id&lang=zh&as_of=rev:1"
            then = (await client.get(f"{asked}&include={name}")).json()["data"]
            asked = asked.replace("&as_of=rev:1", "")
            whole = (await client.get(f"{asked}&include={name}")).json()["data"]
            some = (await client.get(f"{asked}&fields={fields}")).json()["data"]
            old = (await client.get(f"{asked}&as_of=rev:1&fields={fields}")).json()["data"]
            assert [r[name] for r in some] == [_like(r[name], r["id"], some, name) for r in whole]
            assert [r[name] for r in old] == [_like(r[name], r["id"], old, name) for r in then]


def _like(whole: Any, record_id: str, some: list[Any], name: str) -> Any:
    """Of a whole record what the same record's own one shows."""
    (one,) = [record for record in some if record["id"] == record_id]
    return whole and {key: whole[key] for key in one[name]}


@pytest.mark.parametrize("target", ["/v1/products/kimi?include=vendor", "/v1/products?limit=2"])
async def test_what_a_write_overtakes_is_of_one_revision(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """The vendor is renamed after the product was read, the next page asked for after a write."""
    rows, is_written = Snapshot.rows, False

    async def written_after(snapshot: Snapshot, *given: Any) -> list[Any]:
        nonlocal is_written
        found = await rows(snapshot, *given)
        if not is_written:
            is_written = True
            await put_all(own_bundled, {"kind": "vendor", "id": "moonshot-ai", "name": "New"})
        return found

    async with served(own_bundled) as client:
        if "include" in target:
            monkeypatch.setattr(Snapshot, "rows", written_after)
            shown = (await client.get(target)).json()
            assert (shown["vendor"]["name"], shown["vendor"]["revision"]) == ("New", 3)
        else:
            first = (await client.get(target)).json()
            await put_all(own_bundled, {"kind": "vendor", "id": "moonshot-ai", "name": "New"})
            then = await client.get(first["page"]["next"])
            assert then.headers["dataset-revision"] == str(first["meta"]["revision"])


@pytest.mark.parametrize("target", SEVERAL)
async def test_what_needs_several_statements_is_one_transaction(
    bundled: Database, statements: list[str], target: str
) -> None:
    async with served(bundled) as client:
        assert await asked(client, statements, target) > 1
        assert [text.split()[0].strip(";") for text in statements].count("BEGIN") == 1, statements


async def asked(client: httpx.AsyncClient, statements: list[str], target: str) -> int:
    statements.clear()
    response = await client.get(target)
    assert response.status_code == 200, response.text
    return len(statements)


async def test_an_address_that_is_not_there_is_looked_up_in_a_transaction(
    bundled: Database, statements: list[str]
) -> None:
    async with served(bundled) as client:
        response = await client.get("/v1/products/kimmi")
    assert (response.status_code, response.json()["errors"][0]["did_you_mean"][0]) == (
        404,
        "kimi",
    )
    assert sum(text.startswith("BEGIN") for text in statements) == 1


async def test_a_session_is_given_back_as_it_was(bundled: Database, statements: list[str]) -> None:
    """No statement says so: it holds no state of its reads."""
    database = Database(bundled.url, pool_size=1)
    await database.open()
    async with database.read() as snapshot:
        assert snapshot.revision
    statements.clear()
    async with database.session() as connection:
        found = await connection.fetchval(
            "SELECT count(*) FROM pg_settings WHERE source = 'session' AND name <> $1", "jit"
        )
    assert (found, len(statements)) == (0, 1)
    await database.close()


async def test_statements_are_prepared_once(bundled: Database) -> None:
    """Their texts are the same for other ids and values, so a session has them already."""
    database = Database(bundled.url, pool_size=1)
    await database.open()
    first = "/v1/products/kimi", "/v1/adoptions?stage=ga", "/v1/timeline", "/v1/quality/issues"
    then = "/v1/products/doubao", "/v1/adoptions?stage=preview", "/v1/timeline", first[-1]
    with created(database, SETTINGS) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            known = [await prepared(client, database, targets) for targets in (first, then)]
    assert known[0] == known[1]
    await database.close()


async def test_a_list_that_names_a_record_is_planned_once(bundled: Database) -> None:
    """PostgreSQL keeps a plan that is as good for other ids, from the sixth time on."""
    database = Database(bundled.url, pool_size=1)
    await database.open()
    with created(database, SETTINGS) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            shown = (await client.get("/v1/adoptions?limit=9")).json()["data"]
            for record in shown:
                await client.get(f"/v1/adoptions?count=none&id__not={record['id']}")
    async with database.session() as connection:
        kept = await connection.fetchval(
            "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%astray%'"
        )
    assert kept > 0
    await database.close()


async def test_a_session_that_was_lost_is_replaced(bundled: Database) -> None:
    database = Database(bundled.url, pool_size=1)
    await database.open()
    async with database.session() as connection:
        lost = await connection.fetchval("SELECT pg_backend_pid()")
    async with bundled.session() as other:
        await other.execute(f"SELECT pg_terminate_backend({lost})")
    await until(lambda: not _is_alive(connection))
    async with database.session() as connection:
        assert await connection.fetchval("SELECT pg_backend_pid()") != lost
    await database.close()


async def test_who_waits_for_a_session_gets_the_next_that_is_free(bundled: Database) -> None:
    database = Database(bundled.url, pool_size=1)
    await database.open()

    async def asked() -> int:
        async with database.session() as connection:
            return int(await connection.fetchval("SELECT pg_backend_pid()"))

    for _ in range(2):
        assert len(set(await asyncio.gather(*(asked() for _ in range(5))))) == 1
    await database.close()


async def prepared(
    client: httpx.AsyncClient, database: Database, targets: tuple[str, ...]
) -> set[str]:
    """What the one session has prepared after these requests."""
    for target in targets:
        assert (await client.get(target)).status_code == 200
    async with database.session() as connection:
        rows = await connection.fetch("SELECT name FROM pg_prepared_statements")
    return {row["name"] for row in rows}


@pytest.mark.parametrize(
    "compared", ["products=kimi,chatgpt&market=chat-assistants", "vendors=openai,moonshot-ai"]
)
async def test_a_comparison_of_another_day_asks_for_the_revision_alone(
    bundled: Database, statements: list[str], compared: str
) -> None:
    async with served(bundled) as client:
        await asked(client, statements, f"/v1/compare?{compared}&on=2025-05-05")
        await asked(client, statements, f"/v1/compare?{compared}&on=2024-04-04")
        begun, revision, ended = (
            text
            for text in statements
            if "FROM market" not in text  # whose id may be an old one
        )
        assert begun.startswith("BEGIN")
        assert "FROM dataset" in revision
        assert ended.startswith("COMMIT")


@pytest.mark.parametrize("compared", ["products=kimi,chatgpt", "vendors=openai,moonshot-ai"])
@pytest.mark.parametrize("is_strict", [False, True])
async def test_a_comparison_of_another_day_asks_nothing_where_writes_are_told_of(
    bundled: Database, statements: list[str], compared: str, is_strict: bool
) -> None:
    async with watched(bundled, replace(SETTINGS, is_strict=is_strict)) as (client, _):
        await asked(client, statements, f"/v1/compare?{compared}&on=2025-05-05")
        n_asked = await asked(client, statements, f"/v1/compare?{compared}&on=2024-04-04")
    assert n_asked == (3 if is_strict else 0), statements


async def test_a_comparison_is_of_what_was_just_written(own_bundled: Database) -> None:
    async with watched(own_bundled) as (client, watcher):
        for n, name in enumerate(("First", "Second")):
            await client.get(f"/v1/compare?products=kimi,chatgpt&on=2025-0{n + 1}-02")
            await put_all(own_bundled, {"kind": "vendor", "id": "moonshot-ai", "name": name})
            least = {"min-dataset-revision": str(await own_bundled.revision())}
            target = f"/v1/compare?products=kimi,chatgpt&on=2025-0{n + 1}-03"
            shown = await client.get(target, headers=least)
            assert (shown.status_code, name in shown.text) == (200, True)
            await caught_up(watcher)
            assert name in (await client.get(f"{target}&only=differences")).text


async def test_what_is_compared_by_a_filter_or_a_wrong_id_is_read(bundled: Database) -> None:
    async with watched(bundled) as (client, _):
        await client.get("/v1/compare?products=kimi,chatgpt&on=2025-05-05")
        chosen = await client.get(
            "/v1/compare?products=kimi,chatgpt&on=2025-05-06&filter=vendor.country=CN"
        )
        wrong = await client.get("/v1/compare?products=kimi,chatgptt&on=2025-05-06")
        elsewhere = await client.get("/v1/compare?products=kimi,chatgpt&market=chat-assistant")
    assert chosen.status_code == 200
    assert [answer.status_code for answer in (wrong, elsewhere)] == [400, 400]
    assert wrong.json()["errors"][0]["did_you_mean"][0] == "chatgpt"
    assert elsewhere.json()["errors"][0]["did_you_mean"][0] == "chat-assistants"
