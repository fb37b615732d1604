"""A watched figure: told when it moved by the threshold, against what was told before."""

from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from service.model.errors import ServiceError, in_words
from service.model.webhooks import NewWebhook, Watch
from service.store.database import Database
from service.usecases.analyses.panels import Panels
from service.usecases.imports.files import load
from service.usecases.webhooks.endpoints import Keeper
from service.usecases.webhooks.metric_watch import has_moved, read, watch
from service.usecases.webhooks.transport import Poster
from tests.make import lines

PATH = "/v1/markets/chat-assistants/homogenization"
TODAY = datetime.now(UTC).date()


def keeper(database: Database) -> Keeper:
    return Keeper(database, Panels(), Poster(allow_private=True), allow_private=True)


async def subscribe(database: Database, path: str, field: str, threshold: float) -> str:
    figure = Watch(path, field, threshold)
    new = NewWebhook(url="http://127.0.0.1:9/", types=("metric.changed",), metric=figure)
    await keeper(database).checked(msgspec.structs.asdict(new), TODAY)
    async with database.operate() as connection:
        webhook, _ = await keeper(database).create(connection, new)
    return webhook.id


async def watch_all(database: Database) -> None:
    while await watch(database, Panels(), lambda: TODAY):
        pass


async def told(database: Database) -> list[Any]:
    async with database.operate() as connection:
        rows = await connection.fetch("SELECT body FROM webhook_delivery ORDER BY id")
    return [msgspec.json.decode(row["body"])["data"] for row in rows]


async def retire(database: Database, vendor: str) -> None:
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute(
            "DELETE FROM adoption USING product p WHERE product_id = p.id AND vendor_id = $1",
            vendor,
        )


async def test_a_figure_that_moves_is_told_with_old_and_new(own_bundled: Database) -> None:
    await subscribe(own_bundled, PATH, "result.pooled_jaccard", 0.000001)
    await watch_all(own_bundled)
    assert await told(own_bundled) == []
    before = await own_bundled.revision()
    await retire(own_bundled, "openai")
    await watch_all(own_bundled)
    await watch_all(own_bundled)
    (data,) = await told(own_bundled)
    assert (data["href"], data["field"]) == (PATH, "result.pooled_jaccard")
    assert (data["old"]["revision"], data["new"]["revision"]) == (before, before + 1)
    assert data["old"]["value"] != data["new"]["value"]


async def test_below_the_threshold_nothing_is_told(own_bundled: Database) -> None:
    await subscribe(own_bundled, PATH, "result.score", 1.0)
    await watch_all(own_bundled)
    await retire(own_bundled, "openai")
    await watch_all(own_bundled)
    assert await told(own_bundled) == []


async def test_several_watchers_tell_once(own_bundled: Database) -> None:
    import asyncio

    await subscribe(own_bundled, PATH, "result.pooled_jaccard", 0.000001)
    await watch_all(own_bundled)
    await retire(own_bundled, "openai")
    await asyncio.gather(*(watch_all(own_bundled) for _ in range(3)))
    assert len(await told(own_bundled)) == 1


async def test_a_figure_that_is_gone_pauses_its_webhook(database: Database) -> None:
    await load(database, lines({"kind": "market", "id": "m", "name": "M"}), comment="test")
    webhook_id = await subscribe(database, "/v1/markets/m/homogenization", "result.score", 0.1)
    await watch_all(database)
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute("DELETE FROM market")
    await watch_all(database)
    assert (await keeper(database).get(webhook_id)).status == "paused"


@pytest.mark.parametrize(
    ("path", "field", "threshold", "pointer"),
    [
        ("/v1/markets/nothing/homogenization", "result.score", 0.1, "/metric/metric"),
        ("/v1/markets/chat-assistants/weather", "result.score", 0.1, "/metric/metric"),
        ("https://example.org" + PATH, "result.score", 0.1, "/metric/metric"),
        (PATH + "?unit=vendors", "result.score", 0.1, "/metric/metric"),
        (PATH + "?confidence=2", "result.score", 0.1, "/metric/metric"),
        (PATH + "?unit=vendor&unit=product", "result.score", 0.1, "/metric/metric"),
        (PATH + "?on=2025-01-01", "result.score", 0.1, "/metric/metric"),
        (PATH + "?as_of=rev:1", "result.score", 0.1, "/metric/metric"),
        (PATH + "?interval=month", "result.score", 0.1, "/metric/metric"),
        (PATH + "?vendor.contry=CN", "result.score", 0.1, "/metric/metric"),
        (PATH + "?filter=vendor.country", "result.score", 0.1, "/metric/metric"),
        (PATH + "?vendor_id=openay", "result.score", 0.1, "/metric/metric"),
        (PATH + "?stage=ga&stage_min=ga", "result.score", 0.1, "/metric/metric"),
        ("/v1/features/memory/homogenization", "result.score", 0.1, "/metric/metric"),
        ("/v1/features/memory/homogenization?market=no", "result.score", 0.1, "/metric/metric"),
        (PATH, "result.scores", 0.1, "/metric/field"),
        (PATH, "finding", 0.1, "/metric/field"),
        (PATH, "result..score", 0.1, "/metric/field"),
        (PATH, "result.score", 0.0, "/metric/threshold"),
    ],
)
async def test_what_cannot_be_watched_is_refused(
    bundled: Database, path: str, field: str, threshold: float, pointer: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        await subscribe(bundled, path, field, threshold)
    assert (caught.value.code, caught.value.faults[0].pointer) == ("validation_failed", pointer)


WATCHED = (
    (PATH, "result.score"),
    (f"{PATH}?unknown=absent&unit=product&seed=7", "result.score"),
    (f"{PATH}?vendor.country=CN,US&evidence=any&stage_min=ga&unknown=absent", "result.score"),
    (f"{PATH}?filter=vendor.country%20%3D%20%22CN%22&unknown=absent", "result.score"),
    (f"{PATH}?confidence=0.5", "result.score_ci_low"),
    (
        "/v1/features/memory/time-to-copy?market=chat-assistants&unit=product&horizons_days=90,180",
        "result.median_time_to_copy_days",
    ),
    ("/v1/products/kimi/homogenization?unknown=exclude", "result.similarity_to_rivals"),
)


@pytest.mark.parametrize(("path", "field"), WATCHED)
async def test_a_figure_is_watched_as_it_is_asked_for(
    bundled: Database, client: httpx.AsyncClient, path: str, field: str
) -> None:
    reading = await read(bundled, Panels(), Watch(path, field, 0.1), TODAY)
    answer = (await client.get(path)).json()
    for name in field.split("."):
        answer = answer[name]
    assert reading.value == answer is not None


async def test_all_that_is_wrong_with_its_parameters_is_told(bundled: Database) -> None:
    path = f"{PATH}?unknwon=absent&confidence=2&lang=zh"
    with pytest.raises(ServiceError) as caught:
        await read(bundled, Panels(), Watch(path, "result.score", 0.1), TODAY)
    told = [str(fault.detail) for fault in caught.value.faults]
    assert len(told) == 3
    assert 'It takes no "unknwon", but unknown' in told[0]
    assert told[2].startswith("confidence: ")
    chinese = in_words(caught.value.faults, "zh")
    assert all("它不接受" in str(fault.detail) for fault in chinese[:2])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(0.5, 0.6, True), (0.5, 0.55, False), (None, 0.5, True), (0.5, None, True),
     (None, None, False), (0.6, 0.4, True)],
)  # fmt: skip
def test_to_move_is_by_the_threshold_or_from_or_to_nothing(
    old: float | None, new: float | None, expected: bool
) -> None:
    assert has_moved(old, new, 0.1) is expected
