"""The ledger of quotas in PostgreSQL: one row a caller, one statement for all who are settled."""

import time
from collections.abc import Sequence

from service import limits
from service.model.errors import ServiceError
from service.model.quotas import WINDOWS, LedgerAway, Spending
from service.store.database import Connection, Database
from service.store.statements import load

SQL = load("rate_limits")


class DatabaseLedger:
    """A row's lock orders the workers that settle one caller; times are the database's."""

    name = "PostgreSQL"

    def __init__(self, database: Database) -> None:
        self._database = database
        self._purge_at = time.monotonic() + limits.QUOTA_PURGE_SECONDS

    async def settle(self, spendings: Sequence[Spending]) -> dict[str, tuple[float, ...]]:
        """See `Ledger`. In the order of the callers, so that no two workers lock each other out."""
        try:
            async with self._database.session() as connection:
                if time.monotonic() >= self._purge_at:
                    self._purge_at = time.monotonic() + limits.QUOTA_PURGE_SECONDS
                    await purge(connection)
                ordered = [spending._asdict() for spending in sorted(spendings)]
                rows = await SQL["settle"].many(connection, ordered, limits.LEDGER_SECONDS)
        except ServiceError as error:
            raise LedgerAway(str(error.detail)) from error
        return {row["caller"]: tuple(row[policy] for policy in WINDOWS) for row in rows}

    async def close(self) -> None:
        """The database is closed by who opened it."""


async def purge(connection: Connection) -> int:
    """Forget callers who have had all of their quota for a while, some at a time; how many."""
    kept, rows = limits.QUOTA_KEPT_SECONDS, limits.QUOTA_PURGE_ROWS
    return await SQL["purge"].run(connection, kept_seconds=kept, rows=rows)
