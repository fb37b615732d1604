"""What the service refuses, as exceptions with every fault that it found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from parity_client.models import Fault

_FAULTS_SHOWN = 20


class ParityError(Exception):
    """Whatever the service answered that is no answer to the question.

    `code` is a stable word, to be compared; `title` and `detail` are for people. `errors` are all
    faults, each with the `parameter`, `pointer` or `line` where it is. `retry_after` is in seconds,
    None where the service does not say. What is no problem document has an empty `code`.
    """

    def __init__(self, response: httpx.Response, problem: Mapping[str, Any]) -> None:
        self.status = response.status_code
        self.problem = dict(problem)
        self.code = str(problem.get("code", ""))
        self.title = str(problem.get("title", response.reason_phrase))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[Fault] = list(problem.get("errors", ()))
        self.request_id = str(problem.get("request_id", response.headers.get("request-id", "")))
        self.retry_after = retry_after(response)
        super().__init__(self._told())

    def _told(self) -> str:
        first = f"{self.status} {self.code or self.title}: {self.detail or self.title}"
        if [fault["detail"] for fault in self.errors] == [self.detail]:
            return first
        more = len(self.errors) - _FAULTS_SHOWN
        rest = [f"  ... and {more} faults more"] if more > 0 else []
        return "\n".join([first, *map(_line, self.errors[:_FAULTS_SHOWN]), *rest])


class BadRequest(ParityError):
    """400: a parameter is wrong, or the body cannot be read."""


class Unauthorized(ParityError):
    """401: no key where one is needed, or one that is not valid."""


class Forbidden(ParityError):
    """403: the key lacks a scope."""


class NotFound(ParityError):
    """404: there is no such record or address."""


class Conflict(ParityError):
    """409: it cannot be done as things stand."""


class Gone(ParityError):
    """410: the record was retired."""


class Stale(ParityError):
    """412, 428: the record is not as it was read, or nothing says how it was read (`if_match`)."""


class Invalid(ParityError):
    """413, 415, 422: the body breaks a rule, or the question takes too much to compute."""


class QuotaExceeded(ParityError):
    """429: the quota is used up for longer than the client waits."""


class ServerError(ParityError):
    """5xx: a fault of the service, or of what stands before it."""


class Unavailable(ServerError):
    """503: the service is busy, or its database is away."""


_KINDS: dict[int, type[ParityError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    412: Stale,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    428: Stale,
    429: QuotaExceeded,
    503: Unavailable,
}


def problem_of(response: httpx.Response) -> ParityError:
    """The exception of a response that is no success; its body must have been read."""
    kind = _KINDS.get(response.status_code)
    if kind is None:
        kind = ServerError if response.is_server_error else ParityError
    return kind(response, _document(response))


def retry_after(response: httpx.Response) -> float | None:
    """Seconds until the service wants to be asked again, None where it does not say."""
    given = response.headers.get("retry-after", "")
    if given.isdigit():
        return float(given)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _document(response: httpx.Response) -> Mapping[str, Any]:
    try:
        found = json.loads(response.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _line(fault: Fault) -> str:
    line = f"line {fault['line']}" if fault.get("line") else ""
    place = " ".join(filter(None, [line, fault.get("parameter") or fault.get("pointer") or ""]))
    near = ", ".join(fault.get("did_you_mean", ()))
    hint = f" Did you mean {near}?" if near and near not in fault["detail"] else ""
    return f"  {place or 'body'}: {fault['detail']}{hint}"
