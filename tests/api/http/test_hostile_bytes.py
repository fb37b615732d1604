"""What only a socket can say: framing, hosts, long headers, bodies nobody wants."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.postgres import serving_bundled

HOST = b"Host: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"


def asked(
    target: bytes = b"/v1", more: bytes = b"", *, method: bytes = b"GET", host: bytes = HOST
) -> bytes:
    line = b"%b %b HTTP/1.1\r\n" % (method, target)
    return line + host + more + b"Connection: close\r\n\r\n"


def coded(coding: bytes, body: bytes = b"2\r\n{}\r\n0\r\n\r\n") -> bytes:
    """A correction in a transfer coding."""
    headers = JSON + b"Transfer-Encoding: " + coding + b"\r\n"
    return asked(b"/v1/corrections", headers, method=b"POST") + body


TOO_MUCH = 10_485_761
CHUNKS = (b"10000\r\n" + b"x" * 65_536 + b"\r\n") * 40 + b"0\r\n\r\n"
HOSTILE = {
    "A37 too much, of a length": (
        asked(b"/v1/resolve", JSON + b"Content-Length: %d\r\n" % TOO_MUCH, method=b"POST")
        + b"x" * TOO_MUCH, b"413",
    ),
    "A37 too much, where there is no such method": (
        asked(b"/v1/vendors", JSON + b"Content-Length: %d\r\n" % TOO_MUCH, method=b"POST")
        + b"x" * TOO_MUCH, b"405",
    ),
    "A38 too much, in chunks": (
        asked(b"/v1/resolve", JSON + b"Transfer-Encoding: chunked\r\n", method=b"POST") + CHUNKS,
        b"413",
    ),
    "A40 two lengths": (asked(more=b"Content-Length: 1\r\nContent-Length: 2\r\n"), b"400"),
    "A40 length below 0": (asked(more=b"Content-Length: -1\r\n"), b"400"),
    "A40 length with a sign": (asked(more=b"Content-Length: +3\r\n"), b"400"),
    "A41 no host": (asked(host=b""), b"400"),
    "A41 two hosts": (asked(host=HOST + HOST), b"400"),
    **{
        f"A42 host {bad.decode()}": (asked(b"/feeds", host=b"Host: " + bad + b"\r\n"), b"400")
        for bad in (b"a:99999999", b"a:65536", b"a:abc", b"[::1", b"a b", b"x/y", b"a@b", b":80")
    },
    **{
        f"A42 host {good.decode()}": (asked(host=b"Host: " + good + b"\r\n"), b"200")
        for good in (b"a:65535", b"[::1]:8000", b"a:", b"xn--fiqs8s.cn")
    },
    "A42 forwarded host only": (asked(host=b"X-Forwarded-Host: ours\r\n"), b"400"),
    "A45 500 KB header": (asked(more=b"X-A: " + b"a" * 500_000 + b"\r\n"), b"431"),
    "A45 500 headers": (asked(more=b"".join(b"X-%d: a\r\n" % n for n in range(500))), b"431"),
    "A46 20 KB address": (asked(b"/v1/products?vendor_id=" + b"a" * 20_000), b"414"),
    "A46 300 KB address": (asked(b"/v1/products?vendor_id=" + b"a" * 300_000), b"431"),
    "A47 NUL in a header": (asked(more=b"X-A: a\x00b\r\n"), b"400"),
    "A47 bare CR in a header": (asked(more=b"X-A: a\rb\r\n"), b"400"),
    "A47 latin-1 key": (asked(more=b"Authorization: Bearer \xe9\xff\r\n"), b"401"),
    "A75 TRACE": (asked(method=b"TRACE"), b"405"),
    "A75 FOO": (asked(method=b"FOO"), b"405"),
    "A81 250 KB of tags": (
        asked(more=b"If-None-Match: " + b'"r2-0123456789abcdef", ' * 10_000 + b"\r\n"), b"431",
    ),
    "A83 1 MB Idempotency-Key": (asked(more=b"Idempotency-Key: " + b"k" * 10**6 + b"\r\n"), b"431"),
    **{
        f"A39 coding {coding.decode()}": (coded(coding), b"400")
        for coding in (b"gzip, chunked", b"identity, chunked", b"chunked, chunked")
    },
    "A39 chunked": (coded(b"chunked"), b"422"),
    "A40 a chunk of no size": (coded(b"chunked", b"ZZ\r\n{}\r\n0\r\n\r\n"), b"400"),
    "A76 a coded slash at the end": (asked(b"/v1/products%2f"), b"404"),
    "A76 two coded slashes at the end": (asked(b"/v1/products%2F%2f"), b"404"),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50, b"400"),
}  # fmt: skip


@pytest.fixture(scope="module")
async def port(templates: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    folder = tmp_path_factory.mktemp("bytes")
    async with serving_bundled(templates, folder) as own:
        yield own


@pytest.mark.parametrize(("raw", "status"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_bytes_get_an_answer_that_can_be_read(
    port: int, raw: bytes, status: bytes
) -> None:
    answer = await exchanged(port, raw)
    assert answer.partition(b"\r\n")[0].split(b" ")[1:2] == [status]


async def exchanged(port: int, raw: bytes) -> bytes:
    """All that comes back, while the request is still being sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(raw)
        return await asyncio.wait_for(reader.read(), 60)
    finally:
        writer.close()
