"""A forwarded address counts only as far as trusted proxies wrote it."""

from ipaddress import ip_network

import msgspec
import pytest

from service.api.http.admission import _nearest, address_of
from service.model.quotas import Quota
from service.settings import ANONYMOUS_QUOTA, KEYED_QUOTA, LOCAL_QUOTA, Network, Settings
from service.store.database import Database
from tests.clients import SETTINGS, served

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("::1"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, 203.0.113.1, 10.1.2.3", "203.0.113.1"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("127.0.0.1", "203.0.113.1, junk", "127.0.0.1"),
        ("127.0.0.1", "junk, 203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "203.0.113.1:5000", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::1", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.1", "", "203.0.113.1"),
        ("::ffff:10.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("local", "203.0.113.1", "local"),
    ],
)
def test_whose_address(peer: str, forwarded: str, address: str) -> None:
    assert address_of(peer, forwarded, TRUSTED) == address


@pytest.mark.parametrize("trusted", [(), TRUSTED])
def test_a_long_header_fills_no_memory(trusted: tuple[Network, ...]) -> None:
    address_of("127.0.0.1", "", trusted)
    before = _nearest.cache_info().currsize
    headers = [", ".join([f"192.0.2.{n}", "203.0.113.1"] * 50) for n in range(100)]
    shown = {address_of("127.0.0.1", header, trusted) for header in headers}
    assert shown == {"203.0.113.1" if trusted else "127.0.0.1"}
    assert _nearest.cache_info().currsize == before


async def test_a102_the_header_moves_the_quota_only_behind_a_trusted_proxy(
    own_bundled: Database,
) -> None:
    one = msgspec.structs.replace(SETTINGS, quota=Quota(burst=0, hour=1))
    behind = msgspec.structs.replace(one, trusted_proxies=TRUSTED)
    hops = [{"x-forwarded-for": f"203.0.113.{n}"} for n in range(3)]
    async with served(own_bundled, one) as client:
        statuses = [(await client.get("/v1", headers=hop)).status_code for hop in hops]
        assert statuses == [200, 429, 429]
    async with served(own_bundled, behind) as client:
        statuses = [(await client.get("/v1", headers=hop)).status_code for hop in hops * 2]
        assert statuses == [200, 200, 200, 429, 429, 429]


@pytest.mark.parametrize(
    ("variables", "quota", "keyed"),
    [
        ({}, LOCAL_QUOTA, LOCAL_QUOTA),
        ({"HOST": "0.0.0.0"}, ANONYMOUS_QUOTA, KEYED_QUOTA),  # noqa: S104
        ({"PARITY_TRUSTED_PROXIES": "127.0.0.1"}, ANONYMOUS_QUOTA, KEYED_QUOTA),
        ({"PARITY_QUOTA_BURST": "0", "PARITY_QUOTA_HOUR": "7", "PARITY_QUOTA_KEYED_HOUR": "0"},
         Quota(0, 7), Quota(LOCAL_QUOTA.burst, 0)),
    ],
)  # fmt: skip
def test_quotas_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], quota: Quota, keyed: Quota
) -> None:
    for name in ("HOST", "PARITY_TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = Settings.from_environment()
    assert (found.quota, found.keyed_quota) == (quota, keyed)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PARITY_PUBLIC_READ", "no"), ("PARITY_TRUSTED_PROXIES", "10.0.0.1/8"),
     ("PARITY_QUOTA_BURST", "-1"), ("PARITY_QUOTA_KEYED_HOUR", "x")],
)  # fmt: skip
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        Settings.from_environment()
