"""What may be wrong with a server and a base, read by statements that change nothing."""

from datetime import datetime

from msgspec import Struct

from service import limits
from service.store.schema import RUN
from service.store.secrets import Seal, stale, unreadable
from service.store.statements import load
from service.store.transactions import connected

SQL = load("doctor")


class Server(Struct, frozen=True, kw_only=True):
    """PostgreSQL as it stands: `damaged` reads of pages whose checksum was wrong, `idle`
    transactions that do nothing, `services` that are connected, seconds of `lag` of the slowest
    standby, `slots` that nobody reads, indexes `half_built`."""

    postgres: str
    major: int
    has_checksums: bool
    damaged: int
    damaged_at: datetime | None
    is_read_only: bool
    connections: int
    now: datetime
    collation_made: str | None
    collation_now: str | None
    idle: int
    services: list[str]
    lag: float
    slots: list[str]
    half_built: list[str]


class Copy(Struct, frozen=True, kw_only=True):
    """Of which cluster a server is, at which byte of its log, and seconds since it last replayed
    what was committed."""

    cluster: int
    is_standby: bool
    position: int
    age: float


class Base(Struct, frozen=True, kw_only=True):
    """Ours in it: tables `forbidden` to us, webhooks, secrets not sealed (`stale`) or that no key
    opens, and accounts of quotas that lie in the future."""

    forbidden: list[str]
    paused: int
    failing: int
    stale: list[str]
    unreadable: list[str]
    future: int


async def server(url: str) -> Server:
    """Raises ServiceError `database_unavailable`."""
    async with connected(url) as connection:
        standing = await SQL["server"].row(connection)
        sessions = await SQL["sessions"].row(connection, idle_seconds=limits.IDLE_SECONDS)
        replicas = await SQL["replicas"].row(connection)
        half_built = await RUN["half_built"].rows(connection)
    assert standing is not None, "a session is in a database"
    assert sessions is not None, "it counts"
    assert replicas is not None, "it counts"
    named = [row[0] for row in half_built]
    return Server(**standing, **sessions, **replicas, half_built=named)


async def copy(url: str) -> Copy:
    """Raises ServiceError `database_unavailable`."""
    async with connected(url) as connection:
        row = await SQL["copy"].row(connection)
    assert row is not None, "it is one row"
    return Copy(**{**row, "position": int(row["position"])})


async def base(url: str, seal: Seal) -> Base:
    """Of a base at the newest migration. Raises ServiceError `database_unavailable`."""
    async with connected(url) as connection:
        forbidden = await SQL["forbidden"].value(connection)
        if forbidden:
            return Base(forbidden=forbidden, paused=0, failing=0, stale=[], unreadable=[], future=0)
        webhooks = await SQL["webhooks"].row(connection)
        assert webhooks is not None, "it counts"
        ahead = limits.LEDGER_AHEAD_SECONDS
        return Base(
            forbidden=forbidden,
            **webhooks,
            stale=await stale(connection, seal),
            unreadable=await unreadable(connection, seal),
            future=await SQL["ledger"].value(connection, ahead_seconds=ahead),
        )
