"""Of the hosts of an address, the one that takes writes."""

import pytest

from service.store.servers.primary import hosts_of

HOSTS = {
    "postgresql://u:p@a:1/x": ["postgresql://u:p@a:1/x"],
    "postgresql://u:p@a:1,b:2/x?target_session_attrs=read-write": [
        "postgresql://u:p@a:1/x",
        "postgresql://u:p@b:2/x",
    ],
    "postgresql://u:p%40,@a,b/x?sslmode=require": [
        "postgresql://u:p%40,@a/x?sslmode=require",
        "postgresql://u:p%40,@b/x?sslmode=require",
    ],
    "postgresql://[::1]:5,[::2]:6/x": ["postgresql://[::1]:5/x", "postgresql://[::2]:6/x"],
    "postgresql://u@/x?host=%2Fone,%2Ftwo&port=5": [
        "postgresql://u@/x?host=%2Fone&port=5",
        "postgresql://u@/x?host=%2Ftwo&port=5",
    ],
    "postgresql://u@/x?host=/one,/two": [
        "postgresql://u@/x?host=%2Fone",
        "postgresql://u@/x?host=%2Ftwo",
    ],
    "postgresql://u@/x?host=/one": ["postgresql://u@/x?host=/one"],
}


@pytest.mark.parametrize("address", HOSTS)
def test_each_host_has_an_address_of_its_own(address: str) -> None:
    assert hosts_of(address) == HOSTS[address]
