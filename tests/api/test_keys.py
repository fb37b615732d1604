"""Keys over HTTP and by command: made, used, rotated, ended, and that nothing leaks."""

import asyncio
import logging
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from service import limits
from service.__main__ import main
from service.model.keys import digest, secret_of
from service.store.database import Database
from service.usecases.catalogue.exports import export
from tests.answers import assert_problem, bearer
from tests.clients import served, watched
from tests.make import new_key
from tests.postgres import sql

INVALID = 'Bearer error="invalid_token"'


async def test_a_key_is_made_used_listed_and_retired(database: Database) -> None:
    _, root = await new_key(database, "admin")
    async with served(database) as client:
        made = await client.post(
            "/v1/keys", headers=bearer(root),
            json={"name": "importer", "scopes": ["write", "read"], "expires_days": 90},
        )  # fmt: skip
        key = made.json()
        assert (made.status_code, made.headers["location"]) == (201, key["href"])
        assert made.headers["cache-control"] == "private, no-store"
        assert (key["scopes"], key["status"]) == (["read", "write"], "active")
        secret = key.pop("secret")
        one = await client.get(key["href"], headers=bearer(secret))
        assert one.json() == {**key, "last_used_at": one.json()["last_used_at"]}
        assert one.json()["last_used_at"] is not None
        listed = (await client.get("/v1/keys", headers=bearer(root))).json()["data"]
        assert [k["name"] for k in listed] == ["admin key", "importer"]
        gone = await client.delete(key["href"], headers=bearer(root))
        assert gone.json()["status"] == "retired"
        again = await client.delete(key["href"], headers=bearer(root))
        assert again.json() == gone.json()
        dead = await client.get("/v1/products", headers=bearer(secret))
        assert "retired" in assert_problem(dead, 401, "invalid_token")["detail"]


async def test_a_wrong_key_is_refused_even_where_none_is_needed(database: Database) -> None:
    key_id, secret = await new_key(database, "read")
    typo = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    wrong = {
        "typing error": [("authorization", f"Bearer {typo}")],
        "another secret": [("authorization", f"Bearer {secret_of(key_id, bytes(20))}")],
        "unknown key": [("authorization", f"Bearer {secret_of('key_' + '0' * 26, bytes(20))}")],
        "no scheme": [("authorization", secret)],
        "basic": [("authorization", "Basic dTpw")],
        "twice the word": [("authorization", f"Bearer Bearer {secret}")],
        "upper case": [("authorization", f"Bearer {secret.upper()}")],
        "empty": [("authorization", "")],
        "long": [("authorization", "Bearer " + "a" * 10_000)],
        "not ASCII": [("authorization", b"Bearer \xff\xfe")],
        "two headers": [("authorization", f"Bearer {secret}")] * 2,
    }
    async with served(database) as client:
        for name, headers in wrong.items():
            for path in ("/v1/products", "/v1/nope", "/v1/limits"):
                answer = await client.get(path, headers=headers)  # type: ignore[arg-type]
                assert_problem(answer, 401, "invalid_token")
                assert answer.headers["www-authenticate"] == INVALID, name
        assert (await client.get("/v1/products", headers=bearer(secret))).is_success


async def test_a99_an_expired_key(database: Database) -> None:
    key_id, secret = await new_key(database, "admin", days=1)
    async with served(database) as client:
        assert (await client.get("/v1/keys", headers=bearer(secret))).is_success
        await sql(database, f"UPDATE api_key SET expires_at = now() WHERE id = '{key_id}'")
        answer = await client.get("/v1/keys", headers=bearer(secret))
        assert "expired" in assert_problem(answer, 401, "invalid_token")["detail"]
        assert answer.headers["www-authenticate"] == INVALID
        _, root = await new_key(database, "admin")
        late = await client.post(f"/v1/keys/{key_id}/rotate", headers=bearer(root))
        assert_problem(late, 409, "key_not_active")


async def test_two_secrets_live_until_the_overlap_ends(database: Database) -> None:
    key_id, first = await new_key(database, "read")
    async with served(database) as client:

        async def is_live(secret: str) -> bool:
            return (await client.get("/v1/limits", headers=bearer(secret))).is_success

        rotated = await client.post(f"/v1/keys/{key_id}/rotate", headers=bearer(first))
        second = rotated.json()["secret"]
        assert rotated.json()["previous_expires_at"] is not None
        assert [await is_live(s) for s in (first, second)] == [True, True]
        past = "UPDATE api_key SET previous_expires_at = now()"
        await sql(database, past)
        assert [await is_live(s) for s in (first, second)] == [False, True]
        answer = await client.get("/v1/limits", headers=bearer(first))
        assert "rotated" in assert_problem(answer, 401, "invalid_token")["detail"]
        third = (await client.post(f"/v1/keys/{key_id}/rotate", headers=bearer(second))).json()
        fourth = (
            await client.post(
                f"/v1/keys/{key_id}/rotate?overlap_hours=0", headers=bearer(third["secret"])
            )
        ).json()
        live = [await is_live(s) for s in (second, third["secret"], fourth["secret"])]
        assert live == [False, False, True]
        assert fourth["previous_expires_at"] is None


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"name": "n", "scopes": ["root"]}, "validation_failed", "/scopes/0"),
        ({"name": "n", "scopes": []}, "validation_failed", "/scopes"),
        ({"name": "", "scopes": ["read"]}, "validation_failed", "/name"),
        ({"name": "a\nb", "scopes": ["read"]}, "validation_failed", "/name"),
        ({"name": "n" * 101, "scopes": ["read"]}, "validation_failed", "/name"),
        ({"name": "n", "scopes": ["read"], "id": "key_x"}, "validation_failed", "/id"),
        ({"name": "n", "scopes": ["read"], "expires_days": 0}, "validation_failed",
         "/expires_days"),
        ({"scopes": ["read"]}, "validation_failed", "/name"),
    ],
)  # fmt: skip
async def test_bodies_are_strict(
    database: Database, body: dict[str, Any], code: str, pointer: str
) -> None:
    _, root = await new_key(database, "admin")
    async with served(database) as client:
        answer = await client.post("/v1/keys", headers=bearer(root), json=body)
        assert assert_problem(answer, 422, code)["errors"][0]["pointer"] == pointer


async def test_unknown_keys_and_parameters(database: Database) -> None:
    key_id, root = await new_key(database, "admin")
    async with served(database) as client:
        for method, path in (
            ("GET", "/v1/keys/key_nope"), ("DELETE", "/v1/keys/%27"),
            ("POST", "/v1/keys/key_nope/rotate"),
        ):  # fmt: skip
            answer = await client.request(method, path, headers=bearer(root))
            assert_problem(answer, 404, "not_found")
        own = f"/v1/keys/{key_id}"
        for method, path in (
            ("GET", "/v1/keys?x=1"), ("GET", f"{own}?x=1"), ("DELETE", f"{own}?x=1"),
            ("POST", f"{own}/rotate?x=1"), ("GET", "/v1/limits?x=1"),
        ):  # fmt: skip
            answer = await client.request(method, path, headers=bearer(root))
            assert_problem(answer, 400, "unknown_parameter")
        for hours in ("-1", "169", "x"):
            answer = await client.post(f"{own}/rotate?overlap_hours={hours}", headers=bearer(root))
            assert_problem(answer, 400, "invalid_value")


async def test_the_last_use_is_written_once_a_minute(database: Database) -> None:
    key_id, secret = await new_key(database, "read")
    versions = f"SELECT xmin::text, last_used_at FROM api_key WHERE id = '{key_id}'"
    async with served(database) as client, database.session() as connection:
        seen = []
        for _ in range(3):
            await client.get("/v1/limits", headers=bearer(secret))
            seen.append(await connection.fetchrow(versions))
        assert seen[0]["last_used_at"] is not None
        assert seen[0] == seen[1] == seen[2]
        await sql(database, "UPDATE api_key SET last_used_at = now() - interval '61 s'")
        await client.get("/v1/limits", headers=bearer(secret))
        later = await connection.fetchrow(versions)
        assert later["last_used_at"] > seen[0]["last_used_at"]


ENDS = {
    "retired": ("DELETE", ""),
    "rotated": ("POST", "/rotate?overlap_hours=0"),
    "by the command line": ("", "UPDATE api_key SET retired_at = now() WHERE id = '{id}'"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_a99_remembered_keys_end_at_once_and_soon_in_other_workers(
    database: Database, end: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the workers listen; else every key is looked up."""
    monkeypatch.setattr(limits, "KEY_SECONDS", 3600.0)
    key_id, secret = await new_key(database, "read")
    _, root = await new_key(database, "admin")
    async with watched(database) as (one, _), watched(database) as (two, _):

        async def is_live(client: httpx.AsyncClient) -> bool:
            return (await client.get("/v1/limits", headers=bearer(secret))).is_success

        assert [await is_live(client) for client in (one, two)] == [True, True]
        await sql(database, "ALTER TABLE api_key RENAME TO away")
        assert [await is_live(client) for client in (one, two)] == [True, True]
        await sql(database, "ALTER TABLE away RENAME TO api_key")
        method, rest = end
        if method:
            path = f"/v1/keys/{key_id}{rest}"
            assert (await one.request(method, path, headers=bearer(root))).is_success
            assert not await is_live(one)
        else:
            await sql(database, rest.format(id=key_id))
        async with asyncio.timeout(60):
            while await is_live(one) or await is_live(two):  # noqa: ASYNC110
                await asyncio.sleep(0.005)


async def test_no_secret_and_no_hash_leaks(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key_id, root = await new_key(database, "admin")
    told: list[str] = []
    async with served(database) as client:
        made = (await client.post("/v1/keys", headers=bearer(root),
                                  json={"name": "n", "scopes": ["read"]})).json()  # fmt: skip
        secrets = [root, made["secret"]]
        rotated = await client.post(f"{made['href']}/rotate", headers=bearer(root))
        secrets.append(rotated.json()["secret"])
        for path in ("/v1/keys", f"/v1/keys/{key_id}", made["href"], "/v1/limits", "/v1/products",
                     f"/v1/products?key={root}", f"/v1/{root}", "/openapi.json"):  # fmt: skip
            for secret in secrets:
                answer = await client.get(path, headers=bearer(secret))
                told.append(answer.text.replace(f"/v1/{root}", "") + str(answer.headers))
        await sql(database, "ALTER TABLE api_key RENAME TO away")
        told.append((await client.get("/v1/keys", headers=bearer(root))).text)
        await sql(database, "ALTER TABLE away RENAME TO api_key")
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    told += [str(record.__dict__) + logging.Formatter().format(record) for record in ours]
    told += [line.decode() async for line in export(database)]
    assert any("request" in text and "failed" in text for text in told)
    for secret in secrets:
        random = secret.split("_")[2]
        for canary in (random, digest(secret).hex(), str(digest(secret))):
            assert not [text for text in told if canary in text]


async def test_the_command_line_makes_lists_rotates_and_retires(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARITY_DATABASE_URL", database.url)

    async def parity(*words: str) -> list[str]:
        result = await asyncio.to_thread(CliRunner().invoke, main, ["keys", *words])
        return [str(result.exit_code), *result.output.splitlines()]

    assert await parity("list") == ["0", "No keys."]
    made = await parity("create", "root", "--scopes", "read,admin", "--expires", "90d")
    key_id, first = made[1].split()[0], made[-1]
    second = (await parity("rotate", key_id, "--overlap", "0"))[-1]
    async with served(database) as client:
        assert not (await client.get("/v1/keys", headers=bearer(first))).is_success
        listed = (await client.get("/v1/keys", headers=bearer(second))).json()["data"]
        assert [(k["name"], k["scopes"]) for k in listed] == [("root", ["read", "admin"])]
        assert listed[0]["expires_at"] is not None
        assert "retired" in (await parity("retire", key_id))[1]
        assert_problem(await client.get("/v1/keys", headers=bearer(second)), 401, "invalid_token")
    for wrong in (
        ["create", "x", "--scopes", "root"], ["create", "", "--scopes", "read"],
        ["create", "x", "--scopes", "read", "--expires", "0d"], ["retire", "key_nope"],
        ["rotate", key_id],
    ):  # fmt: skip
        assert (await parity(*wrong))[0] == "2"
