"""If-Match and If-None-Match of a write, read strictly (RFC 9110, 13)."""

import re

from service.api.http.state import AnyRequest
from service.model.errors import Code, ServiceError
from service.usecases.catalogue.preconditions import Precondition

MAX_HEADER = 20_000
_TAG = re.compile(r'"r(\d{1,18})-[0-9a-f]{16}(?:-gzip)?"\Z', re.ASCII)


def precondition(request: AnyRequest) -> Precondition:
    """What the caller says it has read; weak and foreign tags match nothing.

    Raises ServiceError `invalid_value`.
    """
    match, absent = (request.headers.get(name) for name in ("if-match", "if-none-match"))
    if absent is not None and absent.strip() != "*":
        raise ServiceError(Code.INVALID_VALUE, "On a write If-None-Match takes * only.")
    if match is not None and absent is not None:
        raise ServiceError(Code.INVALID_VALUE, "If-Match and If-None-Match exclude each other.")
    if match is None:
        return Precondition(is_absent=absent is not None)
    if match.strip() == "*":
        return Precondition(is_any=True)
    tags = [_TAG.match(part.strip()) for part in match[:MAX_HEADER].split(",")]
    return Precondition(revisions=tuple(int(tag[1]) for tag in tags if tag))
