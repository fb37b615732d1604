"""Where a webhook may go: https, a public name, public addresses only."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from service import limits
from service.model.errors import Code, Fault, ServiceError
from service.texts.sentences import Sentence, sentence, sentence_of

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
PORTS = (443, 8443)
SETTING = "PARITY_WEBHOOK_ALLOW_PRIVATE=true"

# IANA special-purpose registries (RFC 6890 and its updates), multicast, 240/4.
_CLOSED_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Global unicast is all that is open, so mapped, NAT64, local and multicast forms need no names.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class TargetRefused(Exception):
    """A webhook may not go there; the text says why."""


class PrivateRefused(TargetRefused):
    """It may where the service is set to allow it; the text says so."""

    def __init__(self, detail: Sentence) -> None:
        super().__init__(sentence("targets.openable", refusal=detail, setting=SETTING))


class Target(NamedTuple):
    """A webhook's address in parts."""

    host: str
    port: int
    netloc: str


def is_public(address: Address) -> bool:
    """Whether the address is of the open internet, unwrapping nothing: wrapped ones are not."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _CLOSED_4)
    return address in _OPEN_6 and not any(address in block for block in _CLOSED_6)


def parse(url: str, *, allow_private: bool) -> Target:
    """Raises TargetRefused for whatever is not plainly an https address of a public name."""
    if not 0 < len(url) <= 2000 or not url.isascii() or not url.isprintable() or " " in url:
        raise TargetRefused(sentence("targets.printable"))
    if any(c in url for c in '\\"<>^`{|}#'):
        raise TargetRefused(sentence("targets.character"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetRefused(sentence("targets.none")) from None
    if parts.scheme not in (("https", "http") if allow_private else ("https",)):
        refusal = PrivateRefused if parts.scheme == "http" else TargetRefused
        raise refusal(sentence("targets.https"))
    if "@" in parts.netloc:
        raise TargetRefused(sentence("targets.user"))
    host = (parts.hostname or "").lower()
    port = port or (443 if parts.scheme == "https" else 80)
    if not allow_private:
        _check_public(host, port)
    return Target(host, port, parts.netloc)


def _check_public(host: str, port: int) -> None:
    if port not in PORTS:
        raise PrivateRefused(sentence("targets.ports"))
    if (literal := _literal(host)) and "%" not in host:
        if not is_public(literal):
            raise PrivateRefused(sentence("targets.closed"))
        return
    labels = host.split(".")
    if len(labels) < 2 or not all(_is_label(label) for label in labels):
        raise PrivateRefused(sentence("targets.host"))
    # WHATWG URL: a host whose last label is a number is an IPv4 address in an odd spelling.
    if labels[-1][0].isdigit():
        raise TargetRefused(sentence("targets.ipv4"))


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_label(label: str) -> bool:
    plain = label.replace("-", "").replace("_", "")
    return 0 < len(label) <= 63 and plain.isalnum() and label[0] != "-" and label[-1] != "-"


async def resolve(host: str, port: int) -> list[str]:
    """Every address of the name, as the system resolves it."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def checked_addresses(
    host: str, port: int, *, allow_private: bool, resolver: Resolve = resolve
) -> list[str]:
    """The addresses of a host, resolved once, when every one of them may be connected to.

    Raises TargetRefused: one that may not be is enough.
    """
    try:
        async with asyncio.timeout(limits.WEBHOOK_SECONDS):
            found = await resolver(host, port)
    except (OSError, UnicodeError, TimeoutError):
        raise TargetRefused(sentence("targets.unresolved")) from None
    if not found:
        raise TargetRefused(sentence("targets.no_address"))
    if not allow_private and not all(_may_connect(text) for text in found):
        raise PrivateRefused(sentence("targets.resolves_closed"))
    return found


def _may_connect(text: str) -> bool:
    literal = _literal(text)
    return literal is not None and is_public(literal)


async def check(url: str, *, allow_private: bool, resolver: Resolve = resolve) -> None:
    """Raises ServiceError `webhook_target_refused`, pointing at `/url`."""
    try:
        target = parse(url, allow_private=allow_private)
        await checked_addresses(
            target.host, target.port, allow_private=allow_private, resolver=resolver
        )
    except TargetRefused as error:
        detail = sentence_of(error)
        fault = Fault(Code.WEBHOOK_TARGET_REFUSED, detail, pointer="/url")
        raise ServiceError(Code.WEBHOOK_TARGET_REFUSED, detail, [fault]) from None
