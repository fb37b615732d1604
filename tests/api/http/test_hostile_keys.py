"""Keys written in every wrong way are 401, and no secret ever comes out again."""

import logging
from pathlib import Path

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key
from tests.servers import serving

PATHS = ("/v1/products/kimi", "/v1/nope", "/v1/keys")


def wrong_ways(secret: str) -> dict[str, list[str]]:
    return {
        "truncated": [f"Bearer {secret[:-1]}"],
        "longer": [f"Bearer {secret}a"],
        "other case": [f"Bearer {secret.upper()}"],
        "bad checksum": [f"Bearer {secret[:-1]}{'0' if secret[-1] != '0' else '1'}"],
        "Bearer twice": [f"Bearer Bearer {secret}"],
        "two headers": [f"Bearer {secret}"] * 2,
        "two keys": [f"Bearer {secret}, Bearer {secret}"],
        "no scheme": [secret],
        "Basic": [f"Basic {secret}"],
        "Token": [f"Token {secret}"],
        "no secret": ["Bearer "],
        "blank": [" "],
        "a tab": [f"Bearer\t{secret}"],
        "10 KB": ["Bearer " + "a" * 10_000],
        "control": [f"Bearer {secret}\x01"],
        "latin-1": ["Bearer \xe9\xff"],
        "full width": [f"Bearer {secret}".replace("p", "ｐ", 1).encode().decode("latin-1")],
    }


@pytest.mark.parametrize("way", wrong_ways("x" * 9))
async def test_a96_a_key_in_a_wrong_way_is_401(own_bundled: Database, way: str) -> None:
    """On public reads too; nothing of it is repeated."""
    _, secret = await new_key(own_bundled, "admin")
    given = [(b"authorization", line.encode("latin-1")) for line in wrong_ways(secret)[way]]
    async with served(own_bundled) as client:
        for path in PATHS:
            answer = await client.get(path, headers=given)
            assert_problem(answer, 401, "invalid_token")
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]
            assert secret not in answer.text


async def test_a96_a_key_in_the_address_opens_nothing(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "admin")
    async with served(own_bundled) as client:
        for name in ("api_key", "key", "access_token", "authorization"):
            answer = await client.get("/v1/keys", params={name: secret})
            assert_problem(answer, 401, "unauthenticated")
            assert secret not in answer.text


async def test_a104_a_secret_is_in_no_log_and_no_refusal(
    own_bundled: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a key and of a webhook; the service as a process, whose whole output is read."""
    caplog.set_level(logging.DEBUG)
    _, secret = await new_key(own_bundled, "admin")
    told: list[str] = []
    async with (
        serving(own_bundled, tmp_path, PARITY_WEBHOOK_ALLOW_PRIVATE="true") as running,
        httpx.AsyncClient(base_url=running.address, timeout=30) as client,
    ):
        new = {"url": "http://127.0.0.1:9/", "types": ["vendor.created"]}
        made = await client.post("/v1/webhooks", headers=bearer(secret), json=new)
        assert made.status_code == 201, made.text
        canaries = (secret, made.json()["secret"])
        for canary in canaries:
            told += [answer.text for answer in await _attempts(client, secret, canary)]
        await client.post(f"/v1/webhooks/{made.json()['id']}/test", headers=bearer(secret))
    printed = (await running.output).decode()
    for canary in canaries:
        assert canary not in caplog.text
        assert canary not in printed
        assert not [text for text in told if canary in text]


async def test_a104_no_line_of_the_log_is_the_caller_s(
    own_bundled: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="parity")
    forged = "x\r\nERROR forged \x1b[31m"
    async with served(own_bundled) as client:
        await client.get("/v1/products", params={"vendor_id": forged, forged: "1"})
        await client.get("/v1/nope" + forged.replace("\r\n", "%0d%0a").replace("\x1b", "%1b"))
        answer = await client.get("/v1", headers=[("request-id", "a\x1b[31mbcdefgh")])
    assert "\x1b" not in answer.headers["request-id"]
    assert "forged" not in caplog.text


async def _attempts(client: httpx.AsyncClient, key: str, canary: str) -> list[httpx.Response]:
    """The canary at every place where an error could repeat it."""
    headers, plain = bearer(key), {"content-type": "application/json"}
    body = f'{{"name": 5, "comment": "w", "{canary}": "x"}}'
    return [
        await client.get("/v1/products", headers={"authorization": f"Bearer {canary}x"}),
        await client.get("/v1/products", headers={"authorization": f"Basic {canary}"}),
        await client.get("/v1/products", headers={"if-match": canary, "prefer": canary}),
        await client.get("/v1/products", headers={"request-id": f"{canary}!"}),
        await client.put("/v1/vendors/a", headers={**plain, "authorization": canary}, content=body),
        await client.put("/v1/vendors/a", headers={**headers, "idempotency-key": canary * 9},
                         json={"name": "a", "comment": "w"}),
        await client.post("/v1/keys", headers={**headers, **plain}, content=f'{{"a": "{canary}'),
    ]  # fmt: skip
