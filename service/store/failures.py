"""What PostgreSQL and the driver raise, as errors with a stable code."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg

from service.model.errors import ServiceError

# SQLSTATE, whole or class, to code; the longer match wins.
CODES: Mapping[str, str] = {
    "22": "invalid_value",
    "23502": "validation_failed",
    "23503": "reference_in_use",
    "23505": "conflict_natural_key",
    "23514": "validation_failed",
    "21000": "validation_failed",
    "54": "invalid_value",
    "40001": "busy",
    "40P01": "busy",
    "55P03": "locked",
    "57014": "database_timeout",
    "25006": "database_unavailable",
    "53": "database_unavailable",
    "08": "database_unavailable",
    "57": "database_unavailable",
    "58": "database_unavailable",
    "XX": "database_unavailable",
    "25P": "database_unavailable",
    "28": "database_unavailable",
    "3D": "database_unavailable",
}
DETAILS = {
    "invalid_value": "A value is outside what the database can hold.",
    "validation_failed": "The record breaks a rule of the base.",
    "reference_in_use": "Another record points at it, or it points at one that does not exist.",
    "conflict_natural_key": "A record with the same natural key exists.",
    "busy": "All connections are in use; try again in a moment.",
    "locked": "Another write holds the record; try again.",
    "database_timeout": "The database took too long; ask for less or try again.",
    "database_unavailable": "The database cannot be reached; try again in a moment.",
    "outcome_unknown": "The connection broke while writing; whether it was stored is not known.",
}
_BROKEN = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


@asynccontextmanager
async def translated(*, is_write: bool = False) -> AsyncIterator[None]:
    """Let no driver exception through."""
    try:
        yield
    except asyncpg.PostgresError as error:
        raise _of(_code(error.sqlstate, is_write=is_write)) from error
    except TimeoutError as error:
        raise _of("database_timeout") from error
    except _BROKEN as error:
        raise _of("outcome_unknown" if is_write else "database_unavailable") from error


def busy() -> ServiceError:
    """No connection came free in time."""
    return _of("busy")


def lost() -> ServiceError:
    """The connection went away in the middle of a write."""
    return _of("outcome_unknown")


def _code(sqlstate: str | None, *, is_write: bool) -> str:
    state = sqlstate or ""
    for length in (5, 3, 2):
        if code := CODES.get(state[:length]):
            lost = code == "database_unavailable" and state[:2] in ("08", "57")
            return "outcome_unknown" if lost and is_write else code
    return "internal_error"


def _of(code: str) -> ServiceError:
    return ServiceError(code, DETAILS.get(code, "Something failed on our side."))
