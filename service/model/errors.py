"""What can go wrong, named once: stable codes, and the error that carries them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Self

from msgspec import Struct, structs

from service.texts.sentences import Sentence, Value, either, numbered, sentence, told, word


class Code(StrEnum):
    """Every error code: its word on the wire, its HTTP status, after how many seconds to try again
    (0: no Retry-After), and the challenge of WWW-Authenticate (RFC 6750, 3).

    Words are never reused. A new code is a member here and `errors.<code>` in each file of texts.
    """

    status: int
    retry_seconds: int
    challenge: str

    def __new__(cls, word: str, status: int, retry_seconds: int = 0, challenge: str = "") -> Self:
        code = str.__new__(cls, word)
        code._value_ = word
        code.status = status
        code.retry_seconds = retry_seconds
        code.challenge = challenge
        return code

    UNKNOWN_PARAMETER = "unknown_parameter", 400
    UNKNOWN_FIELD = "unknown_field", 400
    GONE = "gone", 410
    MOVED = "moved", 308
    MERGE_INTO_ITSELF = "merge_into_itself", 422
    UNKNOWN_OPERATOR = "unknown_operator", 400
    INVALID_FILTER = "invalid_filter", 400
    UNKNOWN_VALUE = "unknown_value", 400
    UNKNOWN_REFERENCE = "unknown_reference", 400
    EMPTY_VALUE = "empty_value", 400
    INVALID_VALUE = "invalid_value", 400
    INVALID_DATE = "invalid_date", 400
    FILTER_TOO_COMPLEX = "filter_too_complex", 400
    INCOMPATIBLE_PARAMETERS = "incompatible_parameters", 400
    MIXED_UNITS = "mixed_units", 400
    CURSOR_INVALID = "cursor_invalid", 400
    CURSOR_MISMATCH = "cursor_mismatch", 400
    REVISION_UNKNOWN = "revision_unknown", 400
    UNKNOWN_METRIC = "unknown_metric", 400
    MISSING_PARAMETER = "missing_parameter", 400
    INVALID_RECORD = "invalid_record", 422
    NOT_ACCEPTABLE = "not_acceptable", 406
    UNAUTHENTICATED = "unauthenticated", 401, 0, "Bearer"
    INVALID_TOKEN = "invalid_token", 401, 0, 'Bearer error="invalid_token"'
    FORBIDDEN = "forbidden", 403, 0, 'Bearer error="insufficient_scope"'
    QUOTA_EXCEEDED = "quota_exceeded", 429, 1
    KEY_NOT_ACTIVE = "key_not_active", 409
    NOT_FOUND = "not_found", 404
    METHOD_NOT_ALLOWED = "method_not_allowed", 405
    URI_TOO_LONG = "uri_too_long", 414
    RANGE_NOT_SATISFIABLE = "range_not_satisfiable", 416
    INVALID_HOST = "invalid_host", 400
    INVALID_FRAMING = "invalid_framing", 400
    INCOMPLETE_BODY = "incomplete_body", 400
    REQUEST_TIMEOUT = "request_timeout", 408, 1
    TOO_MANY_BODIES = "too_many_bodies", 429, 1
    ORIGIN_REFUSED = "origin_refused", 403
    PAYLOAD_TOO_LARGE = "payload_too_large", 413
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", 415
    INVALID_JSON = "invalid_json", 400
    INVALID_CSV = "invalid_csv", 400
    VALIDATION_FAILED = "validation_failed", 422
    WEBHOOK_TARGET_REFUSED = "webhook_target_refused", 422
    WEBHOOK_NOT_ACTIVE = "webhook_not_active", 409
    SOURCE_REQUIRED = "source_required", 422
    REFERENCE_IN_USE = "reference_in_use", 409
    PRECONDITION_REQUIRED = "precondition_required", 428
    PRECONDITION_FAILED = "precondition_failed", 412
    ALREADY_EXISTS = "already_exists", 409
    COMMENT_REQUIRED = "comment_required", 422
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused", 422
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress", 409
    CONFLICT_NATURAL_KEY = "conflict_natural_key", 409
    EXTERNAL_ID_TAKEN = "external_id_taken", 409
    RELEASE_EXISTS = "release_exists", 409
    TOO_MANY_AFFECTED = "too_many_affected", 412
    TOO_MANY_ROWS = "too_many_rows", 400
    ALREADY_DISPUTED = "already_disputed", 409
    NOT_DISPUTED = "not_disputed", 409
    ALREADY_DECIDED = "already_decided", 409
    IMPORT_ROW_FAILED = "import_row_failed", 422
    REVERT_CONFLICT = "revert_conflict", 409
    ALREADY_REVERTED = "already_reverted", 409
    NOTHING_TO_REVERT = "nothing_to_revert", 409
    TOO_COSTLY = "too_costly", 422
    LOCKED = "locked", 409
    NOT_IMPLEMENTED = "not_implemented", 501
    BUSY = "busy", 503, 1
    DATABASE_TIMEOUT = "database_timeout", 503, 2
    DATABASE_UNAVAILABLE = "database_unavailable", 503, 1
    DATABASE_READ_ONLY = "database_read_only", 503, 10
    DATABASE_FULL = "database_full", 503, 10
    DATABASE_DAMAGED = "database_damaged", 500
    OUTCOME_UNKNOWN = "outcome_unknown", 503, 1
    INTERNAL_ERROR = "internal_error", 500


class Fault(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request: by which code, where, and what would be right.

    The place is the query `parameter`; or the `pointer` (RFC 6901) into the body, of a file that
    into the record that begins on `line`. `detail` is a Sentence until a reader is told it.
    """

    code: Code
    detail: str | Sentence
    parameter: str = ""
    pointer: str | None = None
    line: int = 0
    allowed: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()


FAULTS_SHOWN = 100
# Alone in a body they are problems of their own.
OWN_PROBLEMS = (Code.COMMENT_REQUIRED, Code.WEBHOOK_TARGET_REFUSED)


def pointer_to(*steps: str | int) -> str:
    """The RFC 6901 pointer of a place in JSON: member names and places in lists."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def in_words(faults: Iterable[Fault], lang: str) -> list[Fault]:
    """The faults as a reader of the language is told them."""
    return [structs.replace(fault, detail=told(fault.detail, lang)) for fault in faults]


class ServiceError(Exception):
    """Something that happened, by its code; `errors` in texts has its title and the way out.

    Told where they help: `retry_after` (seconds), the `scope` that was missing, the quota policies
    `violated`.
    """

    def __init__(
        self,
        code: Code,
        detail: Sentence,
        faults: Iterable[Fault] = (),
        *,
        retry_after: int | None = None,
        scope: str | None = None,
        violated: Iterable[str] = (),
    ) -> None:
        super().__init__(str(detail))
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)
        self.retry_after = retry_after
        self.scope = scope
        self.violated = tuple(violated)


class Gone(ServiceError):
    """The id was retired; `replaced_by` is the record in its place, `href` its address."""

    def __init__(
        self, detail: Sentence, replaced_by: str | None = None, href: str | None = None
    ) -> None:
        super().__init__(Code.GONE, detail)
        self.replaced_by = replaced_by
        self.href = href


class Stale(ServiceError):
    """The record at `href` is not what the caller has read; `revision` is the newest one."""

    def __init__(
        self,
        detail: Sentence,
        href: str,
        revision: int,
        faults: Iterable[Fault] = (),
    ) -> None:
        super().__init__(Code.PRECONDITION_FAILED, detail, faults)
        self.href = href
        self.revision = revision


class Moved(ServiceError):
    """The record stands under another id, into which it was merged or to which an id of the
    outside world leads: whatever was asked of it, ask there."""

    def __init__(self, kind: str, old: str, new: str, detail: Sentence | None = None) -> None:
        merged = sentence("records.merged", kind=word(kind), old=old, new=new)
        super().__init__(Code.MOVED, detail or merged)
        self.old = old
        self.new = new


def did_you_mean(near: Sequence[str]) -> Value:
    """The end of a sentence that names the nearest right values; nothing where there is none."""
    return sentence("hints.near", near=either(near)) if near else ""


def not_found(kind: str, record_id: str, near: Iterable[str] = ()) -> ServiceError:
    """No record has this id."""
    names = tuple(near)
    detail = sentence(
        "records.unknown", kind=word(kind), id=record_id[:80], hint=did_you_mean(names)
    )
    faults = [Fault(Code.NOT_FOUND, detail, did_you_mean=names)] if names else []
    return ServiceError(Code.NOT_FOUND, detail, faults)


def refused(faults: list[Fault]) -> ServiceError:
    """A request with faults: its code is the first fault's."""
    return ServiceError(faults[0].code, numbered("requests.refused", len(faults)), faults)


def alone(fault: Fault, faults: Iterable[Fault] = ()) -> ServiceError:
    """The fault as a problem of its own."""
    assert isinstance(fault.detail, Sentence), "nobody was told it yet"
    return ServiceError(fault.code, fault.detail, faults)


def unprocessable(faults: Iterable[Fault]) -> ServiceError:
    """A body that breaks rules, or that readers would understand in two ways."""
    found = tuple(faults)
    if len(found) == 1 and found[0].code in OWN_PROBLEMS:
        return alone(found[0], found)
    is_ambiguous = any(fault.code is Code.INVALID_JSON for fault in found)
    code = Code.INVALID_JSON if is_ambiguous else Code.VALIDATION_FAILED
    return ServiceError(code, numbered("requests.faults", len(found)), found[:FAULTS_SHOWN])
