"""Every effect by every way and set of scopes: what is done is guarded, not an address."""

import json
from collections.abc import AsyncIterator
from itertools import combinations
from typing import Any, NamedTuple

import httpx
import pytest

from service.model.keys import SCOPES
from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import SMALL, lines, new_key, put_all
from tests.postgres import EMPTY, fresh
from tests.webhooks import dispatch_all, rows, subscribe

NDJSON, MERGE = "application/x-ndjson", "application/merge-patch+json"
RANK = {None: -1} | {scope: rank for rank, scope in enumerate(SCOPES)}
HELD = [(), *(one for n in (1, 2) for one in combinations(SCOPES, n))]
W, SOURCED = {"comment": "w"}, {"sources": ["https://example.org/a"]}
FACT = {"product_id": "p", "feature_id": "f", "stage": "preview", "date": "2024-01"}
LINE = {"kind": "adoption", "product": "p", "feature": "f", "stage": "ga", "date": "2024-02"}


class Effect(NamedTuple):
    """`needed` None: anybody may. `refusal`: the status of a request that is let through and has
    something else wrong with it, or that there is nothing to do for; without one it is a dry run.
    Where it `is_owned`, an admin does it, and to others who may do such things it is not there.
    """

    needed: str | None
    method: str
    path: str
    body: Any = None
    media_type: str = "application/json"
    refusal: int | None = None
    is_owned: bool = False

    def is_let(self, held: tuple[str, ...], answer: httpx.Response) -> bool:
        """Whether an answer is that of somebody who may."""
        if self.is_owned:
            return answer.is_success if "admin" in held else answer.status_code == 404
        return answer.is_success if self.refusal is None else answer.status_code == self.refusal


def imported(needed: str, *records: dict[str, Any]) -> Effect:
    return Effect(needed, "POST", "/v1/imports?comment=w", lines(*records), NDJSON)


EFFECTS = {
    "create by PUT": Effect("write", "PUT", "/v1/vendors/new", {"name": "N", **W}),
    "create by POST": Effect("write", "POST", "/v1/adoptions", {**FACT, **SOURCED, **W}),
    "create by import": imported("write", {"kind": "vendor", "id": "new", "name": "N"}),
    "change by PUT": Effect("write", "PUT", "/v1/vendors/acme", {"name": "N", **W}),
    "change by PATCH": Effect("write", "PATCH", "/v1/vendors/acme", {"name": "N", **W}, MERGE),
    "change by import": imported("write", {"kind": "vendor", "id": "acme", "name": "N"}),
    "change by correction": Effect(
        "curate",
        "POST",
        "/v1/corrections/{correction}/decision",
        {"decision": "accepted", "reason": "r", "apply": True},
    ),
    "survey": Effect(
        "write",
        "POST",
        "/v1/markets/m/surveys",
        {"product_id": "p", "present": ["f"], "date": "2024-06-01", **SOURCED, **W},
    ),
    "retire": Effect("curate", "DELETE", "/v1/vendors/idle?comment=w"),
    "restore by PUT": Effect("curate", "PUT", "/v1/vendors/gone?restore=true", {"name": "G", **W}),
    "settle by PATCH": Effect(
        "curate", "PATCH", "/v1/adoptions/{fact}", {"dispute": "preferred", **W}, MERGE
    ),
    "settle by POST": Effect(
        "curate", "POST", "/v1/adoptions", {**FACT, **SOURCED, "dispute": "preferred", **W}
    ),
    "settle by import": imported("curate", {**LINE, **SOURCED, "dispute": "preferred"}),
    "settle by own POST": Effect(
        "curate", "POST", "/v1/adoptions", {**FACT, **SOURCED, "dispute": "other", **W}
    ),
    "settle as other by import": imported("curate", {**LINE, **SOURCED, "dispute": "other"}),
    "prefer": Effect("curate", "POST", "/v1/adoptions/{fact}/prefer", W, refusal=409),
    "merge": Effect("curate", "POST", "/v1/vendors/idle/merge", {"into": "acme", **W}),
    "undo a revision": Effect("curate", "POST", "/v1/revisions/{last}/revert?comment=w"),
    "undo an import": Effect("curate", "POST", "/v1/imports/{import}/revert?comment=w"),
    "report": Effect(
        None,
        "POST",
        "/v1/corrections",
        {"collection": "vendors", "record_id": "acme", "statement": "s"},
    ),
    "release": Effect("curate", "POST", "/v1/releases", {}, refusal=422),
    "webhook": Effect("write", "POST", "/v1/webhooks", {}, refusal=422),
    "rotate a secret": Effect(
        "write", "POST", "/v1/webhooks/{webhook}/rotate-secret", is_owned=True
    ),
    "send again": Effect(
        "write",
        "POST",
        "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver",
        is_owned=True,
    ),
    "try a webhook": Effect("write", "POST", "/v1/webhooks/{webhook}/test", is_owned=True),
    "remove a webhook": Effect("write", "DELETE", "/v1/webhooks/{spare}", is_owned=True),
    "key": Effect("admin", "POST", "/v1/keys", {}, refusal=422),
    "retire a key": Effect("admin", "DELETE", "/v1/keys/key_none", refusal=404),
}


class World(NamedTuple):
    client: httpx.AsyncClient
    keys: dict[tuple[str, ...], dict[str, str]]
    names: dict[str, str]


@pytest.fixture(scope="module")
async def world(templates: str) -> AsyncIterator[World]:
    """A small base with something to decide, to bring back and to undo; nothing is written to it
    once it stands."""
    async for database in fresh(templates, EMPTY):
        await put_all(database, *SMALL, {"kind": "vendor", "id": "gone", "name": "G"})
        await put_all(database, {"kind": "vendor", "id": "idle", "name": "I"})
        keys = {held: bearer((await new_key(database, *held))[1]) for held in HELD if held}
        hooks = {
            name: (await subscribe(database, f"http://127.0.0.1:9/{name}"))[0]
            for name in ("webhook", *map(str, range(len(HELD))))
        }
        async with served(database) as client:
            names = await _prepared(client, keys[("admin",)])
            await dispatch_all(database)
            of = "SELECT id FROM webhook_delivery WHERE webhook_id = $1"
            sent = (await rows(database, of, hooks["webhook"]))[0]["id"]
            yield World(client, {(): {}, **keys}, {**names, **hooks, "delivery": sent})


async def _prepared(client: httpx.AsyncClient, admin: dict[str, str]) -> dict[str, str]:
    spare = lines({"kind": "vendor", "id": "spare", "name": "S"})[0]
    taken = await client.post(
        "/v1/imports?comment=w", content=spare, headers={**admin, "content-type": NDJSON}
    )
    assert taken.status_code == 200, taken.text
    gone = await client.request(
        "DELETE", "/v1/vendors/gone?comment=w", headers={**admin, "if-match": "*"}
    )
    assert gone.status_code == 200, gone.text
    about = {
        "collection": "vendors",
        "record_id": "acme",
        "field": "country",
        "proposed": "FR",
        "statement": "s",
    }
    told = await client.post("/v1/corrections", json=about, headers=admin)
    facts = (await client.get("/v1/adoptions")).json()["data"]
    return {
        "fact": facts[0]["id"],
        "correction": told.json()["id"],
        "last": gone.headers["dataset-revision"],
        "import": taken.json()["id"],
    }


OWN = {
    "change": Effect("write", "PATCH", "", {"status": "off"}, MERGE),
    "rotate": Effect("write", "POST", "/rotate-secret"),
    "redeliver": Effect("write", "POST", "/deliveries/{delivery}/redeliver"),
    "remove": Effect("write", "DELETE", ""),
}


@pytest.mark.parametrize("name", OWN)
async def test_what_is_done_to_a_webhook_is_its_owner_s_or_an_admin_s(
    database: Database, name: str
) -> None:
    owner_id, owner = await new_key(database, "write")
    others = [(await new_key(database, scope))[1] for scope in ("write", "curate")]
    _, admin = await new_key(database, "admin")
    webhook, _ = await subscribe(database, "http://127.0.0.1:9/")
    await rows(database, "UPDATE webhook SET owner = $1", owner_id)
    await put_all(database, *SMALL)
    await dispatch_all(database)
    (delivery, *_) = await rows(database, "SELECT id FROM webhook_delivery")
    effect = OWN[name]
    async with served(database) as client:

        async def tried(secret: str) -> int:
            path = f"/v1/webhooks/{webhook}{effect.path}".format(delivery=delivery["id"])
            headers = {**bearer(secret), "content-type": effect.media_type}
            content = json.dumps(effect.body) if effect.body else None
            answer = await client.request(effect.method, path, content=content, headers=headers)
            return answer.status_code

        assert [await tried(other) for other in others] == [404, 404]
        let = [await tried(secret) for secret in ([owner] if name == "remove" else [owner, admin])]
        assert not {401, 403, 404}.intersection(let), let


@pytest.mark.parametrize("name", EFFECTS)
async def test_a100_who_may(world: World, name: str) -> None:
    effect = EFFECTS[name]
    needed = RANK[effect.needed]
    before = await _revision(world)
    for n, (held, headers) in enumerate(world.keys.items()):
        names = {**world.names, "spare": world.names[str(n)]}
        answer = await _tried(world._replace(names=names), effect, headers)
        told = (name, held, answer.text)
        if max((RANK[scope] for scope in held), default=-1) >= needed:
            assert effect.is_let(held, answer), told
        elif held:
            assert_problem(answer, 403, "forbidden")
            scope = answer.headers["www-authenticate"].rpartition("scope=")[2].strip('"')
            gates = {effect.needed} if "write" in held else {effect.needed, "write"}
            assert scope in gates, told
        else:
            assert_problem(answer, 401, "unauthenticated")
    assert await _revision(world) == before


async def _tried(world: World, effect: Effect, headers: dict[str, str]) -> httpx.Response:
    path = effect.path.format(**world.names)
    if effect.refusal in (None, 409) and not effect.is_owned:
        path += f"{'&' if '?' in path else '?'}dry_run=true"
    body = effect.body
    content = b"\n".join(body) if isinstance(body, list) else json.dumps(body).encode()
    has_tag = effect.method in ("PUT", "PATCH", "DELETE") and "new" not in path
    tag = {"if-match": "*"} if has_tag and "restore" not in path else {}
    if effect.method == "PUT" and not tag:
        tag = {"if-none-match": "*"}
    kind = {} if body is None else {"content-type": effect.media_type}
    return await world.client.request(
        effect.method,
        path,
        content=None if body is None else content,
        headers={**headers, **tag, **kind},
    )


async def _revision(world: World) -> str:
    return str((await world.client.get("/v1/vendors")).headers["dataset-revision"])


@pytest.mark.parametrize("way", ["settle by PATCH", "settle by POST", "settle by import"])
async def test_a_refusal_is_no_trace(world: World, way: str, templates: str) -> None:
    """Without `dry_run` too."""
    before = await _revision(world)
    effect = EFFECTS[way]._replace(refusal=422)
    answer = await _tried(world, effect, world.keys[("write",)])
    assert_problem(answer, 403, "forbidden")
    assert await _revision(world) == before


def test_every_set_of_scopes_is_asked_with() -> None:
    assert len(HELD) == 1 + 4 + 6
