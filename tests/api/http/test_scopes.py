"""Who may do what: every scope against every kind of route, and reads that are closed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar, Request, get, post

from service.api.http.access import caller
from service.api.http.admission import Admission
from service.api.http.gateway import Gateway
from service.api.http.problems import handle
from service.api.http.remembered_answers import RememberedAnswers
from service.model.keys import SCOPES
from service.store.database import Database
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.rate_limiter import Meter
from tests.answers import assert_problem, bearer
from tests.clients import CLOSED, SETTINGS, served
from tests.make import new_key
from tests.postgres import sql

GUARDED = ("/v1", "/v1/products", "/v1/products/kimi", "/v1/methods", "/v1/limits", "/v1/nope")
ALWAYS_OPEN = ("/health/live", "/health/ready", "/version", "/docs", "/openapi.json",
               "/problems/forbidden")  # fmt: skip


@pytest.mark.parametrize("held", [None, *SCOPES])
async def test_every_scope_against_every_kind_of_route(
    database: Database, held: str | None
) -> None:
    """A small application with one route a scope, behind the service's own door."""
    headers = bearer((await new_key(database, held))[1]) if held else {}
    for public_read in (True, False):
        async with small(database, public_read=public_read) as client:
            for needed in SCOPES:
                answer = await client.post(f"/v1/{needed}", headers=headers)
                rank = list(SCOPES).index
                if (needed == "read" and public_read) or (held and rank(held) >= rank(needed)):
                    assert answer.text == (f"{held} key" if held else "None")
                elif held is None:
                    assert_problem(answer, 401, "unauthenticated")
                    assert answer.headers["www-authenticate"] == "Bearer"
                else:
                    body = assert_problem(answer, 403, "forbidden")
                    assert f"scope {needed}" in body["detail"]
                    assert f'scope="{needed}"' in answer.headers["www-authenticate"]
            default_get = await client.get("/v1/undeclared", headers=headers)
            assert default_get.is_success == (public_read or held is not None)
            default_post = await client.post("/v1/undeclared", headers=headers)
            assert default_post.is_success == (held in ("write", "curate", "admin"))
            assert (await client.get("/v1/open", headers=headers)).is_success
            any_key = await client.get("/v1/key", headers=headers)
            assert any_key.is_success == (held is not None)


@asynccontextmanager
async def small(database: Database, *, public_read: bool) -> AsyncIterator[httpx.AsyncClient]:
    async def answer(request: Request[Any, Any, Any]) -> str:
        return str(caller(request).name)

    settings = msgspec.structs.replace(SETTINGS, public_read=public_read)
    routes: list[Any] = [
        post(f"/v1/{s}", opt={"scope": s}, name=s, status_code=200)(answer) for s in SCOPES
    ]
    routes += [get(f"/v1/{s}", opt={"scope": s}, name=s)(answer) for s in ("open", "key")]
    routes += [get("/v1/undeclared", name="g")(answer), post("/v1/undeclared", name="p")(answer)]
    app = Litestar(routes, exception_handlers={Exception: handle}, openapi_config=None)
    app.state["settings"] = settings
    meter = Meter(database, settings.quota, settings.keyed_quota)
    admission = Admission(app, meter, settings)
    remembered = RememberedAnswers(admission, RevisionWatcher(database))
    door = Gateway(admission, settings.public_url, remembered, lambda _, body: (body, {}))
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
        yield client


@pytest.mark.parametrize("scope", ["read", "write", "curate"])
async def test_only_an_admin_touches_the_keys_of_others(database: Database, scope: str) -> None:
    other, _ = await new_key(database, "admin")
    own, secret = await new_key(database, scope)
    async with served(database) as client:
        new = {"name": "n", "scopes": ["admin"]}
        attempts = [
            await client.get("/v1/keys", headers=bearer(secret)),
            await client.post("/v1/keys", headers=bearer(secret), json=new),
            await client.delete(f"/v1/keys/{own}", headers=bearer(secret)),
            await client.get(f"/v1/keys/{other}", headers=bearer(secret)),
            await client.get("/v1/keys/key_nope", headers=bearer(secret)),
            await client.post(f"/v1/keys/{other}/rotate", headers=bearer(secret)),
            await client.delete(f"/v1/keys/{other}", headers=bearer(secret)),
        ]
        for attempt in attempts:
            assert "scope admin" in assert_problem(attempt, 403, "forbidden")["detail"]
        hidden, absent = attempts[3].json(), attempts[4].json()
        assert hidden["detail"] == absent["detail"]
        assert (await client.get(f"/v1/keys/{own}", headers=bearer(secret))).is_success
        for method, path in (
            ("GET", "/v1/keys"), ("POST", "/v1/keys"), ("GET", f"/v1/keys/{own}"),
            ("POST", f"/v1/keys/{own}/rotate"), ("DELETE", f"/v1/keys/{own}"),
        ):  # fmt: skip
            assert_problem(await client.request(method, path), 401, "unauthenticated")


async def test_closed_reads_need_a_key_and_stay_out_of_shared_caches(
    own_bundled: Database,
) -> None:
    _, secret = await new_key(own_bundled, "read")
    async with served(own_bundled, CLOSED) as client:
        for path in GUARDED:
            assert_problem(await client.get(path), 401, "unauthenticated")
            assert (await client.head(path)).status_code == 401
        for path in ALWAYS_OPEN:
            assert (await client.get(path)).status_code == 200
        answer = await client.get("/v1/products/kimi", headers=bearer(secret))
        assert answer.headers["cache-control"].startswith("private, max-age=60")
        same = bearer(secret) | {"if-none-match": answer.headers["etag"]}
        assert (await client.get("/v1/products/kimi", headers=same)).status_code == 304


async def test_validators_are_the_same_for_every_caller(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "admin")
    async with served(own_bundled) as client:
        anonymous = await client.get("/v1/products/kimi")
        keyed = await client.get("/v1/products/kimi", headers=bearer(secret))
        for name in ("etag", "cache-control", "vary"):
            assert anonymous.headers[name] == keyed.headers[name]
        assert keyed.headers["cache-control"].startswith("public")
        again = bearer(secret) | {"if-none-match": anonymous.headers["etag"]}
        assert (await client.get("/v1/products/kimi", headers=again)).status_code == 304


async def test_a_typing_error_is_told_without_the_database(database: Database) -> None:
    _, secret = await new_key(database, "read")
    async with served(database) as client:
        await sql(database, "DROP TABLE api_key CASCADE")
        mistyped = await client.get("/v1/products", headers=bearer(secret[:-2]))
        assert "mistyped" in assert_problem(mistyped, 401, "invalid_token")["detail"]
        assert_problem(
            await client.get("/v1/products", headers=bearer(secret)), 500, "internal_error"
        )
