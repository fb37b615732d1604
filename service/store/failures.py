"""What PostgreSQL and the driver raise, as errors with a stable code."""

from collections.abc import Mapping
from types import TracebackType

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


class Translated:
    """Lets no driver exception through."""

    __slots__ = ("_is_write",)

    def __init__(self, *, is_write: bool) -> None:
        self._is_write = is_write

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        if error is not None:
            self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Raises what the driver's exception means, and nothing for any other."""
        if isinstance(error, asyncpg.PostgresError):
            raise _of(_code(error.sqlstate, is_write=self._is_write)) from error
        if isinstance(error, TimeoutError):
            raise _of(Code.DATABASE_TIMEOUT) from error
        if isinstance(error, _BROKEN):
            code = Code.OUTCOME_UNKNOWN if self._is_write else Code.DATABASE_UNAVAILABLE
            raise _of(code) from error


def translated(*, is_write: bool = False) -> Translated:
    """Let no driver exception through."""
    return Translated(is_write=is_write)


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
