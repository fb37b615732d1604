"""Every operation against every scope, none and a wrong key: who may do what, spelled out."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.model.keys import SCOPES
from service.query.registry import BY_NAME, COLLECTIONS
from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key
from tests.routes import application, filled, operations

ENTITIES = [c.name for c in COLLECTIONS if c.is_entity]
FACTS = [c.name for c in COLLECTIONS if not c.is_entity]


def _expected() -> dict[str, str]:
    """`METHOD path` to the least scope; what is not named here is a read for everyone."""
    needed = {
        "GET /v1/keys": "admin", "POST /v1/keys": "admin", "DELETE /v1/keys/{key_id}": "admin",
        "GET /v1/keys/{key_id}": "admin", "POST /v1/keys/{key_id}/rotate": "admin",
    }  # fmt: skip
    imported = "/v1/imports/{import_id}"
    needed |= {
        "GET /v1/imports": "write", "POST /v1/imports": "write", f"GET {imported}": "write",
        f"GET {imported}/rows": "write", f"POST {imported}/revert": "curate",
        "POST /v1/revisions/{number}/revert": "curate",
        "POST /v1/releases": "curate", "POST /v1/corrections/{correction_id}/decision": "curate",
    }  # fmt: skip
    hook = "/v1/webhooks/{webhook_id}"
    delivery = f"{hook}/deliveries/{{delivery_id}}"
    for operation in (
        "GET /v1/webhooks", "POST /v1/webhooks", f"GET {hook}", f"PATCH {hook}", f"DELETE {hook}",
        f"POST {hook}/test", f"POST {hook}/rotate-secret", f"GET {hook}/deliveries",
        f"GET {delivery}", f"POST {delivery}/redeliver",
    ):  # fmt: skip
        needed[operation] = "write"
    for name in (*ENTITIES, *FACTS):
        one = f"/v1/{name}/{{record_id}}"
        needed |= {f"PATCH {one}": "write", f"DELETE {one}": "curate"}
    needed["POST /v1/markets/{record_id}/surveys"] = "write"
    for name in FACTS:
        if any(f.name == "dispute" for f in BY_NAME[name].fields):
            verbs = ("dispute", "prefer", "settle")
            needed |= {f"POST /v1/{name}/{{record_id}}/{verb}": "curate" for verb in verbs}
    needed |= {f"POST /v1/{name}/{{record_id}}/merge": "curate" for name in ENTITIES}
    needed |= {f"PUT /v1/{name}/{{record_id}}": "write" for name in ENTITIES}
    needed |= {f"POST /v1/{name}": "write" for name in FACTS}
    return needed


EXPECTED = _expected()
RANK = {scope: rank for rank, scope in enumerate(SCOPES)}
EVERYONE_WRITES = {"POST /v1/resolve", "POST /v1/corrections"}
OPERATIONS = {
    f"{method} {path}": (method, path, handler)
    for path, method, handler in operations(application())
    if path.startswith("/v1")
}


def test_the_table_names_operations_that_exist() -> None:
    assert set(EXPECTED) <= set(OPERATIONS)
    writes = {name for name in OPERATIONS if not name.startswith("GET")}
    assert writes == {n for n in EXPECTED if not n.startswith("GET")} | EVERYONE_WRITES


@pytest.fixture(scope="module")
async def callers(
    templates: str, bundled: Database
) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str | None, dict[str, str]]]]:
    headers: dict[str | None, dict[str, str]] = {None: {}}
    for scope in SCOPES:
        headers[scope] = bearer((await new_key(bundled, scope))[1])
    async with served(bundled) as client:
        yield client, headers


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a100_each_operation_with_each_scope(
    callers: tuple[httpx.AsyncClient, dict[str | None, dict[str, str]]], name: str
) -> None:
    """Nothing is written: every allowed request is refused for its parameter instead."""
    client, headers = callers
    method, path, _ = OPERATIONS[name]
    address, needed = f"{filled(path)}?nope=1", EXPECTED.get(name)
    for held in (None, *SCOPES):
        answer = await client.request(method, address, headers=headers[held])
        if needed is None:
            assert answer.status_code not in (401, 403), (held, answer.text)
        elif held is None:
            assert_problem(answer, 401, "unauthenticated")
        elif RANK[held] < RANK[needed]:
            assert_problem(answer, 403, "forbidden")
        else:
            assert answer.status_code in (400, 404), (held, answer.text)
    wrong = {"authorization": headers["read"]["authorization"][:-1] + "!"}
    assert_problem(await client.request(method, address, headers=wrong), 401, "invalid_token")
