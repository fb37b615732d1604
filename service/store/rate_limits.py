"""The counters of quotas: one row a caller, one statement a request, exact over all workers.

The row's lock orders requests of one caller, whichever worker they come through; a request whose
cost does not fit changes nothing. Times are the database's. A cost above a quota counts as the
whole quota, so that no route is beyond every caller.
"""

from datetime import datetime

import asyncpg

from service import limits
from service.model.quotas import WINDOWS, Quota, Standing, Window
from service.store.database import Connection

UNBOUNDED = 1 << 62
COST = {"burst": "least($2::bigint, $3::bigint)", "hour": "least($2::bigint, $4::bigint)"}


def _running(policy: str) -> str:
    return f"q.{policy}_began > now() - interval '{WINDOWS[policy]} s'"


def _used(policy: str) -> str:
    return f"CASE WHEN {_running(policy)} THEN q.{policy}_used ELSE 0 END"


def _began(policy: str) -> str:
    return f"CASE WHEN {_running(policy)} THEN q.{policy}_began ELSE now() END"


SHOWN = ", ".join(
    f"{_used(p)} AS {p}_used, {_began(p)} AS {p}_began,"
    f" extract(epoch FROM {_began(p)} - now())::float8 + {w} AS {p}_left"
    for p, w in WINDOWS.items()
)
STANDING = f"SELECT {SHOWN} FROM quota q WHERE caller = $1"
SPEND = f"""
INSERT INTO quota AS q (caller, burst_used, burst_began, hour_used, hour_began)
VALUES ($1, {COST["burst"]}, now(), {COST["hour"]}, now())
ON CONFLICT (caller) DO UPDATE
   SET burst_used = {_used("burst")} + {COST["burst"]},
       burst_began = {_began("burst")},
       hour_used = {_used("hour")} + {COST["hour"]},
       hour_began = {_began("hour")}
 WHERE {_used("burst")} + {COST["burst"]} <= $3
   AND {_used("hour")} + {COST["hour"]} <= $4
RETURNING {SHOWN}"""
REFUND = f"""
UPDATE quota
   SET burst_used = burst_used - CASE WHEN burst_began = $5 THEN {COST["burst"]} ELSE 0 END,
       hour_used = hour_used - CASE WHEN hour_began = $6 THEN {COST["hour"]} ELSE 0 END
 WHERE caller = $1"""
PURGE = """
DELETE FROM quota
 WHERE caller IN (
       SELECT caller
         FROM quota
        WHERE greatest(burst_began, hour_began) < now() - make_interval(secs => $1)
        LIMIT $2)"""


async def spend(connection: Connection, caller: str, cost: int, quota: Quota) -> Standing:
    """Take the cost from what is left, all or nothing; `violated` is empty when it was taken."""
    while True:
        row = await connection.fetchrow(SPEND, caller, cost, *_bounds(quota))
        if row is not None:
            return _standing(row, quota)
        found = (await standing(connection, caller, quota)).refused(cost)
        if found.violated:  # else a window ended between the two statements
            return found


async def standing(connection: Connection, caller: str, quota: Quota) -> Standing:
    """What is left, without taking anything."""
    row = await connection.fetchrow(STANDING, caller)
    return Standing.untouched(quota) if row is None else _standing(row, quota)


async def refund(
    connection: Connection, caller: str, cost: int, quota: Quota, began: dict[str, datetime | None]
) -> None:
    """Give the cost back to the windows that it was taken from, where they still run."""
    starts = (began.get(policy) for policy in WINDOWS)
    await connection.execute(REFUND, caller, cost, *_bounds(quota), *starts)


async def purge(connection: Connection) -> int:
    """Forget callers whose windows have all ended, some at a time; how many."""
    done: str = await connection.execute(PURGE, limits.QUOTA_KEPT_SECONDS, limits.QUOTA_PURGE_ROWS)
    return int(done.rpartition(" ")[2])


def _bounds(quota: Quota) -> tuple[int, int]:
    return quota.burst or UNBOUNDED, quota.hour or UNBOUNDED


def _standing(row: asyncpg.Record, quota: Quota) -> Standing:
    kinds = ("used", "began", "left")
    return Standing.of(quota, (Window(*(row[f"{p}_{kind}"] for kind in kinds)) for p in WINDOWS))
