"""One POST: to the checked address, without redirects, proxies, or patience without end."""

import asyncio
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from service import limits
from service.usecases.webhooks.transport import Poster
from tests.receiver import Receiver, receiving, status
from tests.webhooks import message, resolving

POST = Poster(allow_private=True)


async def test_a91_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with receiving() as there, receiving() as elsewhere:
        there.answer = lambda _: status(302, b"", f"Location: {elsewhere.url}")
        answer = await POST(message(there.url))
    assert (answer.status, elsewhere.requests) == (302, [])


async def test_a93_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as there, receiving() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert (await POST(message(there.url))).status == 204
    assert proxy.requests == []


async def test_a94_of_an_endless_answer_64_kilobytes_are_kept() -> None:
    async with receiving() as there:
        there.answer = lambda _: status(200, b"x" * 3_000_000)
        answer = await POST(message(there.url))
    assert (answer.status, len(answer.body)) == (200, limits.WEBHOOK_ANSWER_BYTES)


async def test_a94_a_receiver_that_holds_on_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WEBHOOK_SECONDS", 0.2)
    async with receiving() as there:
        there.hold = asyncio.Event()
        answer = await POST(message(there.url))
        there.hold.set()
    assert answer.status is None
    assert "time" in str(answer.error)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\x01\x02\r\n\r\n", b"HTTP/1.1 2", b"HTTP/1.1 999999 X\r\n\r\n"]
)
async def test_what_is_no_http_is_a_failure_and_no_crash(raw: bytes) -> None:
    async with receiving() as there:
        there.answer = lambda _: raw
        answer = await POST(message(there.url))
    assert not answer.is_success
    assert answer.error


async def test_nobody_at_home_is_a_failure() -> None:
    async with receiving() as there:
        pass
    answer = await POST(message(there.url))
    assert answer.status is None
    assert answer.error


async def test_a90_the_name_is_resolved_once_and_stays_in_host_and_certificate(
    tmp_path: Path,
) -> None:
    """The connection goes to the address that was checked; TLS verifies the name of the URL."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    certificate, key = _certificate(tmp_path, "hooks.example.org")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    receiver, asked = Receiver(), list[str]()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]

    async def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    trust = ssl.create_default_context(cafile=str(certificate))
    post = Poster(allow_private=True, resolver=resolver, trust=trust)
    right = await post(message(f"https://hooks.example.org:{port}/"))
    wrong = await post(message(f"https://other.example.org:{port}/"))
    server.close()
    assert right.status == 204
    assert receiver.requests[0].headers["host"] == f"hooks.example.org:{port}"
    assert wrong.status is None
    assert asked == ["hooks.example.org", "other.example.org"]


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out",
         certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


async def test_an_address_that_fails_gives_way_to_the_next() -> None:
    async with receiving() as there:
        post = Poster(allow_private=True, resolver=resolving(["127.0.0.2", "127.0.0.1"]))
        assert (await post(message(there.url.replace("127.0.0.1", "hooks.test")))).status == 204
