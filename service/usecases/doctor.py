"""What is wrong with an installation: each complaint a sentence, from figures that were read."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from service import limits
from service.model.errors import ServiceError
from service.settings import LOOPBACK, Settings
from service.store import doctor
from service.store.database import service_name
from service.store.doctor import Base, Copy, Server
from service.store.schema import is_known, newest_migration, version_of
from service.store.secrets import Seal
from service.store.servers.primary import hosts_of
from service.telemetry.redaction import redacted
from service.texts.sentences import Sentence, numbered, sentence

MAJORS = range(15, 19)
VALKEY_TRIES = 20
NO_ADDRESS = "https://parity.example"
Weight = Literal["wrong", "advice"]


class Complaint(Struct, frozen=True):
    """`wrong`: something does not work or soon will not; `advice`: it could be better."""

    check: str
    weight: Weight
    detail: Sentence


async def examined(url: str, settings: Settings, room: int) -> list[Complaint]:
    """Everything that is wrong; `room`: bytes that are free where the data lie."""
    found = [*of_settings(settings), *of_disk(room)]
    if settings.valkey_url and not await _answers(settings.valkey_url):
        found.append(_wrong("valkey", sentence("doctor.valkey")))
    try:
        server, original = await doctor.server(url), await doctor.copy(url)
        now = datetime.now(UTC)
        found += [*of_server(server, now), *of_work(server)]
        found += of_connections(server, settings)
        migration = await version_of(url)
        found += of_migration(migration)
        if migration == newest_migration():
            base = await doctor.base(url, Seal(settings.secret_keys))
            found += of_base(base, has_keys=bool(settings.secret_keys))
        found += await _of_replicas(settings.replica_urls, original)
    except ServiceError as error:
        found.append(_wrong("reachable", sentence("doctor.reachable", why=_why(error))))
    return found


async def _of_replicas(urls: Sequence[str], original: Copy) -> list[Complaint]:
    """Each is asked after the primary, and should have by now what that had then."""
    found = list[Complaint]()
    for number, url in enumerate(urls, start=1):
        try:
            replica = await doctor.copy(url)
            if replica.position < original.position:
                await asyncio.sleep(limits.POLL_SECONDS)  # it is given the time to be told
                replica = await doctor.copy(url)
            found += of_replica(number, replica, original)
        except ServiceError as error:
            detail = sentence("doctor.replica.unreachable", number=number, why=_why(error))
            found.append(_wrong("replicas", detail))
    return found


def of_replica(number: int, replica: Copy, original: Copy) -> Iterator[Complaint]:
    """`number`: its place in PARITY_REPLICA_URLS, from 1."""
    if replica.cluster != original.cluster:
        yield _wrong("replicas", sentence("doctor.replica.other", number=number))
    elif not replica.is_standby:
        yield _wrong("replicas", sentence("doctor.replica.primary", number=number))
    elif replica.position < original.position and replica.age > limits.LAG_SECONDS:
        seconds = round(replica.age)
        yield _wrong("replicas", numbered("doctor.replica.behind", seconds, number=number))


def _why(error: ServiceError) -> str:
    """What the database or the way to it said, without what it may hold."""
    cause = error.__cause__
    said = "" if cause is None else str(cause) or type(cause).__name__
    return redacted(said or str(error.detail))


async def _answers(valkey_url: str) -> bool:
    """Whether the Valkey does, at one of several tries: each is given little time."""
    from service.store.valkey import ValkeyFailed, Valkeys  # its client only where there is one

    valkeys = Valkeys(valkey_url)
    try:
        for _ in range(VALKEY_TRIES):
            with suppress(ValkeyFailed):
                return bool(await valkeys.run("return 1", [("parity:doctor", ())]))
        return False
    finally:
        await valkeys.close()


def of_settings(settings: Settings) -> Iterator[Complaint]:
    """What the environment says against itself."""
    if settings.host not in LOOPBACK and settings.public_url == NO_ADDRESS:
        yield _advice("address", sentence("doctor.address", host=settings.host))
    if not settings.is_local and settings.webhook_allow_private:
        yield _wrong("private_webhooks", sentence("doctor.private_webhooks"))
    for prefix, quota in (("", settings.quota), ("_KEYED", settings.keyed_quota)):
        if 0 < quota.hour < quota.burst:
            name = f"PARITY_QUOTA{prefix}"
            detail = sentence("doctor.quota", name=name, burst=quota.burst, hour=quota.hour)
            yield _wrong("quota", detail)
    if settings.trusted_proxies and any(net.prefixlen == 0 for net in settings.trusted_proxies):
        yield _wrong("proxies", sentence("doctor.proxies"))


def of_disk(room: int) -> Iterator[Complaint]:
    if room < limits.DISK_ROOM_BYTES:
        n_mb = room // 1_000_000
        yield _wrong("disk", sentence("doctor.disk", n=n_mb))


def of_server(server: Server, now: datetime) -> Iterator[Complaint]:
    """`now` is this machine's time."""
    if server.major not in MAJORS:
        versions = f"{MAJORS[0]}-{MAJORS[-1]}"
        detail = sentence("doctor.version", version=server.postgres, versions=versions)
        yield _wrong("version", detail)
    if server.is_read_only:
        yield _wrong("read_only", sentence("doctor.read_only"))
    if server.damaged:
        last = str(server.damaged_at)
        yield _wrong("pages", numbered("doctor.damaged", server.damaged, last=last))
    if not server.has_checksums:
        yield _advice("checksums", sentence("doctor.checksums"))
    if server.collation_made != server.collation_now:
        made, is_now = str(server.collation_made), str(server.collation_now)
        yield _wrong("collation", sentence("doctor.collation", made=made, now=is_now))
    ahead = round((server.now - now).total_seconds())
    if abs(ahead) > limits.CLOCK_SECONDS:
        yield _wrong("clock", numbered("doctor.clock", abs(ahead)))


def of_work(server: Server) -> Iterator[Complaint]:
    """What goes on in it, and what others left behind."""
    if server.half_built:
        yield _wrong("indexes", sentence("doctor.indexes", names=tuple(server.half_built)))
    if server.idle:
        yield _wrong("idle", numbered("doctor.idle", server.idle, seconds=limits.IDLE_SECONDS))
    if server.lag > limits.LAG_SECONDS:
        yield _wrong("replicas", numbered("doctor.replicas", round(server.lag)))
    if server.slots:
        yield _wrong("slots", sentence("doctor.slots", names=tuple(server.slots)))
    if others := [name for name in server.services if name != service_name()]:
        yield _wrong("services", sentence("doctor.services", names=tuple(others)))


def of_connections(server: Server, settings: Settings) -> Iterator[Complaint]:
    """Each worker has its pool, a session that listens, and where there are several hosts one that
    looks at each."""
    looking = len(hosts_of(settings.database_url)) > 1
    needed = settings.workers * (settings.pool_size + 1 + looking)
    if needed > server.connections:
        detail = sentence("doctor.connections", needed=needed, most=server.connections)
        yield _wrong("connections", detail)


def of_migration(migration: str | None) -> Iterator[Complaint]:
    newest = newest_migration()
    if migration is None:
        yield _wrong("migration", sentence("doctor.no_base"))
    elif migration != newest and migration and not is_known(migration):
        yield _wrong("migration", sentence("doctor.ahead", at=migration, newest=newest))
    elif migration != newest:
        yield _wrong("migration", sentence("doctor.behind", at=migration or "-", newest=newest))


def of_base(base: Base, *, has_keys: bool) -> Iterator[Complaint]:
    """`has_keys`: whether there is a key to seal secrets with."""
    if base.forbidden:
        yield _wrong("permissions", sentence("doctor.permissions", names=tuple(base.forbidden)))
    if base.unreadable:
        yield _wrong("secrets", sentence("doctor.unreadable", names=tuple(base.unreadable)))
    elif not has_keys:
        yield _advice("secrets", sentence("doctor.open"))
    elif base.stale:
        yield _wrong("secrets", sentence("doctor.stale", names=tuple(base.stale)))
    if base.paused:
        yield _wrong("webhooks", numbered("doctor.paused", base.paused))
    if base.failing:
        yield _wrong("webhooks", numbered("doctor.failing", base.failing))
    if base.future:
        yield _wrong("ledger", numbered("doctor.ledger", base.future))


def _wrong(check: str, detail: Sentence) -> Complaint:
    return Complaint(check, "wrong", detail)


def _advice(check: str, detail: Sentence) -> Complaint:
    return Complaint(check, "advice", detail)
