"""Every error as an RFC 9457 problem document with a stable code."""

import logging
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
)
from msgspec import UNSET, Struct, UnsetType, field

from service.api.http.conditional import FRESH, record_etag
from service.api.http.languages import Spoken, language
from service.api.http.state import AnyRequest
from service.api.http.versions import DESCRIPTIONS
from service.formats.rendering import suffixed
from service.model.errors import Code, Fault, Gone, Moved, ServiceError, Stale, in_words
from service.texts.messages import message
from service.texts.sentences import sentence, told


def moved_to(request: AnyRequest, moved: Moved) -> str:
    """`/v1/products/kimi-chat/similar?market=…` with `kimi`, or its page; its query as it was
    sent."""
    parts = request.scope["path"].split("/")
    parts[3 if parts[1] == "v1" else 2] = moved.new
    suffix = str(request.scope.get("suffix", ""))
    renamed = map(quote, parts)
    query = request.scope["query_string"].decode("latin-1")
    path = "/".join(renamed)
    return (suffixed(path, suffix) if suffix else path) + (f"?{query}" if query else "")


log = logging.getLogger("parity")

MEDIA_TYPE = "application/problem+json"
REGISTERED_TYPES = {  # IANA, HTTP Problem Types
    Code.QUOTA_EXCEEDED: "https://iana.org/assignments/http-problem-types#quota-exceeded"
}
_HTTP_CODES = {
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    413: Code.PAYLOAD_TOO_LARGE,
    415: Code.UNSUPPORTED_MEDIA_TYPE,
}


class Problem(Struct, kw_only=True):
    """An RFC 9457 problem document; `code` is stable, texts are not."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Code
    request_id: str
    errors: list[Fault]
    violated_policies: tuple[str, ...] | UnsetType = field(name="violated-policies", default=UNSET)
    replaced_by: str | UnsetType | None = UNSET


def problem(
    error: ServiceError, *, request_id: str, spoken: Spoken, public_url: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an error."""
    lang = spoken.lang
    body = Problem(
        type=REGISTERED_TYPES.get(error.code, f"{public_url}/problems/{error.code}"),
        title=message(f"errors.{error.code}.title", lang),
        status=error.code.status,
        detail=told(error.detail, lang),
        instance=f"urn:request:{request_id}",
        code=error.code,
        request_id=request_id,
        errors=in_words(error.faults, lang),
        violated_policies=error.violated or UNSET,
        replaced_by=error.replaced_by if isinstance(error, Gone) else UNSET,
    )
    headers = {"content-type": MEDIA_TYPE, "cache-control": "no-store", "content-language": lang}
    if spoken.is_by_header:
        headers["vary"] = "Accept-Language, Accept-Encoding"
    if error.code is Code.NOT_FOUND:
        headers["link"] = ", ".join(DESCRIPTIONS)
    if isinstance(error, Gone) and error.href is not None:
        headers["link"] = f'<{error.href}>; rel="successor-version"'
    if retry := error.retry_after or error.code.retry_seconds:
        headers["retry-after"] = str(retry)
    if challenge := error.code.challenge:
        scope = f', scope="{error.scope}"' if error.scope else ""
        headers["www-authenticate"] = challenge + scope
    return error.code.status, headers, msgspec.json.encode(body)


def handle(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Litestar's exception handler for everything."""
    known, spoken = _known(request, error), language(request)
    status, headers, body = problem(
        known,
        request_id=request.scope["request_id"],  # type: ignore[typeddict-item]
        spoken=spoken,
        public_url=request.app.state.settings.public_url,
    )
    if isinstance(error, MethodNotAllowedException) and error.headers:
        headers |= {name.lower(): value for name, value in error.headers.items()}
    if isinstance(known, Stale):
        headers["etag"] = record_etag(known.href, known.revision, spoken.lang)
    if isinstance(known, Moved):
        headers |= {"location": moved_to(request, known), "cache-control": FRESH}
    return Response(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _known(request: AnyRequest, error: Exception) -> ServiceError:
    if isinstance(error, ServiceError):
        if error.code is Code.INTERNAL_ERROR:
            _log(request, error)
        return error
    if isinstance(error, NotFoundException):
        return ServiceError(
            Code.NOT_FOUND, sentence("addresses.nothing", path=request.url.path[:200])
        )
    if isinstance(error, HTTPException) and error.status_code in _HTTP_CODES:
        detail = sentence(f"requests.http_{error.status_code}", method=request.method)
        return ServiceError(_HTTP_CODES[error.status_code], detail)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return ServiceError(Code.INVALID_VALUE, sentence("requests.malformed"))
    _log(request, error)
    return internal_error()


def internal_error() -> ServiceError:
    return ServiceError(Code.INTERNAL_ERROR, sentence("service.failed_logged"))


def _log(request: AnyRequest, error: Exception) -> None:
    request_id = request.scope["request_id"]  # type: ignore[typeddict-item]
    log.error("request %s failed", request_id, exc_info=error, extra={"request_id": request_id})
