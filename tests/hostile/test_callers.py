"""What one caller can learn of another, and what a flood of keys costs."""

import httpx
import pytest

from service import limits
from service.model.keys import secret_of
from service.store.database import Database
from service.usecases.keys import RememberedKeys
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key
from tests.webhooks import rows, subscribe

WITHIN = ["", "/deliveries"]
ABSENT = "whk_" + "0" * 26


def told(answer: httpx.Response, id_: str) -> tuple[object, ...]:
    """What tells one refusal from another, with the id that was asked for taken out."""
    problem = assert_problem(answer, 404, "not_found")
    for own in ("instance", "request_id"):
        del problem[own]
    headers = {name: answer.headers[name] for name in ("content-type", "vary", "cache-control")}
    return str(problem).replace(id_, "ID"), headers


@pytest.mark.parametrize("rest", WITHIN, ids=["the webhook", "its deliveries"])
async def test_a108_what_is_another_s_is_refused_as_what_is_not_there(
    database: Database, rest: str
) -> None:
    (owner_id, owner), (_, other) = [await new_key(database, "write") for _ in range(2)]
    id_, _ = await subscribe(database, "http://127.0.0.1:9/")
    await rows(database, "UPDATE webhook SET owner = $1", owner_id)
    async with served(database) as client:
        assert (await client.get(f"/v1/webhooks/{id_}{rest}", headers=bearer(owner))).is_success
        hidden, absent = [
            told(await client.get(f"/v1/webhooks/{one}{rest}", headers=bearer(other)), one)
            for one in (id_, ABSENT)
        ]
    assert hidden == absent


async def test_a108_an_unknown_key_is_refused_as_a_wrong_one(database: Database) -> None:
    key_id, _ = await new_key(database, "read")
    wrong = [secret_of(one, bytes(20)) for one in (key_id, "key_" + "0" * 26)]
    async with served(database) as client:
        answers = [await client.get("/v1/limits", headers=bearer(secret)) for secret in wrong]
    problems = [assert_problem(answer, 401, answer.json()["code"]) for answer in answers]
    for problem in problems:
        for own in ("instance", "request_id"):
            del problem[own]
    assert problems[0] == problems[1]


async def test_a98_a_flood_of_keys_is_remembered_within_bounds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "KEYS_REMEMBERED", 10)
    keys = [secret_of(f"key_{n:026}", bytes(20)) for n in range(25)]
    remembered = RememberedKeys(database, lambda: True)
    for key in keys:
        await remembered.look_up(key)
        assert len(remembered._rows) <= 10
    assert remembered.recall(keys[-1]) is not None
    assert remembered.recall(keys[0]) is None
