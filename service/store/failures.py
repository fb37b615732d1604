"""What PostgreSQL and the driver raise, as errors with a stable code."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg

from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

# SQLSTATE, whole or class, to code; the longer match wins.
CODES: Mapping[str, Code] = {
    "22": Code.INVALID_VALUE,
    "23502": Code.VALIDATION_FAILED,
    "23503": Code.REFERENCE_IN_USE,
    "23505": Code.CONFLICT_NATURAL_KEY,
    "23514": Code.VALIDATION_FAILED,
    "21000": Code.VALIDATION_FAILED,
    "54": Code.INVALID_VALUE,
    "40001": Code.BUSY,
    "40P01": Code.BUSY,
    "55P03": Code.LOCKED,
    "57014": Code.DATABASE_TIMEOUT,
    "25006": Code.DATABASE_READ_ONLY,
    "53100": Code.DATABASE_FULL,
    "53": Code.DATABASE_UNAVAILABLE,
    "08": Code.DATABASE_UNAVAILABLE,
    "57": Code.DATABASE_UNAVAILABLE,
    "58": Code.DATABASE_UNAVAILABLE,
    "XX001": Code.DATABASE_DAMAGED,
    "XX002": Code.DATABASE_DAMAGED,
    "XX": Code.DATABASE_UNAVAILABLE,
    "25P": Code.DATABASE_UNAVAILABLE,
    "28": Code.DATABASE_UNAVAILABLE,
    "3D": Code.DATABASE_UNAVAILABLE,
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
        raise _of(Code.DATABASE_TIMEOUT) from error
    except _BROKEN as error:
        raise _of(Code.OUTCOME_UNKNOWN if is_write else Code.DATABASE_UNAVAILABLE) from error


def is_of_database(error: ServiceError) -> bool:
    """Whether PostgreSQL, the way to it or the want of a connection is the reason."""
    cause = error.__cause__
    return isinstance(cause, (asyncpg.PostgresError, TimeoutError, *_BROKEN))


def busy() -> ServiceError:
    """No connection came free in time."""
    return _of(Code.BUSY)


def lost() -> ServiceError:
    """The connection went away in the middle of a write."""
    return _of(Code.OUTCOME_UNKNOWN)


def _code(sqlstate: str | None, *, is_write: bool) -> Code:
    state = sqlstate or ""
    for length in (5, 3, 2):
        if code := CODES.get(state[:length]):
            lost = code == Code.DATABASE_UNAVAILABLE and state[:2] in ("08", "57")
            return Code.OUTCOME_UNKNOWN if lost and is_write else code
    return Code.INTERNAL_ERROR


def _of(code: Code) -> ServiceError:
    return ServiceError(code, sentence(f"database.{code}"))
