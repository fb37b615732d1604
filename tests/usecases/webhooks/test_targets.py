"""Where a webhook may not go: at saving, at sending, however it is spelled."""

import pytest

from service.model.errors import ServiceError
from service.usecases.webhooks import targets
from service.usecases.webhooks.transport import Poster
from tests.webhooks import message, resolving

PUBLIC = "93.184.215.14"
SPELLED = [
    "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
    "https://localhost/", "https://intranet/", "https://example.org./", "https://example.org:22/",
    "https://example.org:6379/", "https://example.org:80/", "https://a@example.org/",
    "https://a:b@example.org/", "https://example.org/#f", "https://example.org\\@127.0.0.1/",
    "https://ex ample.org/", "https://exämple.org/", "https://example.org/\n", "https://",
    "https:///path", "https://[::1", "https://example.org:99999/", "https://" + "a" * 2000,
    "https://127.0.0.1/", "https://0.0.0.0/", "https://[::]/", "https://[::1]/",
    "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/",
    "https://0x7f000001/", "https://127.0.0.1.:443/", "https://1.2.3.4.5/",
    "https://169.254.169.254/latest", "https://[fd00:ec2::254]/", "https://10.1.2.3/",
    "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.0.1/", "https://100.64.0.1/",
    "https://198.18.0.1/", "https://192.0.0.8/", "https://192.0.2.1/", "https://224.0.0.1/",
    "https://240.0.0.1/", "https://255.255.255.255/", "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:8.8.8.8]/", "https://[64:ff9b::a9fe:a9fe]/", "https://[64:ff9b:1::1]/",
    "https://[2002:a9fe:a9fe::]/", "https://[2001::1]/", "https://[::7f00:1]/",
    "https://[fec0::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[ff02::1]/",
    "https://[2001:db8::1]/", "https://[100::1]/",
]  # fmt: skip
RESOLVED = [
    ["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["2606:2800:21f::1", "::1"], ["169.254.169.254"],
    ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["fe80::1%eth0"], ["0.0.0.0"], [],  # noqa: S104
]  # fmt: skip


@pytest.mark.parametrize("url", SPELLED)
async def test_a_spelling_is_refused_before_anything_is_resolved(url: str) -> None:
    async def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was resolved")

    with pytest.raises(ServiceError) as caught:
        await targets.check(url, allow_private=False, resolver=never)
    assert (caught.value.code, caught.value.faults[0].pointer) == ("webhook_target_refused", "/url")


@pytest.mark.parametrize("addresses", RESOLVED, ids=str)
async def test_a90_one_bad_address_of_a_name_is_enough(addresses: list[str]) -> None:
    with pytest.raises(ServiceError) as caught:
        await targets.check(
            "https://example.org/", allow_private=False, resolver=resolving(addresses)
        )
    assert caught.value.code == "webhook_target_refused"


@pytest.mark.parametrize("addresses", RESOLVED, ids=str)
async def test_a90_the_sender_asks_the_same_guard_and_connects_nowhere(
    addresses: list[str],
) -> None:
    poster = Poster(allow_private=False, resolver=resolving(addresses))
    answer = await poster(message("https://example.org/"))
    assert answer.status is None
    assert str(answer.error).startswith("The address is refused")


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c", "https://example.org:8443/", "https://8.8.8.8/",
            "https://[2606:2800:21f:cb07::1]/", "https://xn--exmple-cua.org/"]
)  # fmt: skip
async def test_public_addresses_pass(url: str) -> None:
    await targets.check(
        url, allow_private=False, resolver=resolving([PUBLIC, "2606:2800:21f:cb07::1"])
    )


async def test_a_name_that_does_not_resolve_is_refused() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(ServiceError) as caught:
        await targets.check("https://example.org/", allow_private=False, resolver=nowhere)
    assert caught.value.code == "webhook_target_refused"
