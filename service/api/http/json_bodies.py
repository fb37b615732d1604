"""Request bodies: JSON of one strict shape, every refusal with a pointer."""

import re
from typing import Any, TypeVar

import msgspec
from litestar import Request

from service import limits
from service.api.http import bodies
from service.model.errors import Code, Fault, ServiceError

Shape = TypeVar("Shape")
MEDIA_TYPES = ("application/json", "application/merge-patch+json")
_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`\Z")
_NAMED = re.compile(r"field `([^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


async def read(request: Request[Any, Any, Any], shape: type[Shape]) -> Shape:
    """The body as `shape`.

    Raises ServiceError `unsupported_media_type`, `payload_too_large`, `invalid_json` or
    `validation_failed` with an RFC 6901 pointer.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, "Send application/json.")
    bodies.refuse_coded(request)
    body = await request.body()
    if len(body) > limits.BODY_BYTES:
        raise ServiceError(Code.PAYLOAD_TOO_LARGE, f"More than {limits.BODY_BYTES} bytes.")
    return decoded(body, shape)


def decoded(body: bytes, shape: type[Shape]) -> Shape:
    """Raises ServiceError `invalid_json` or `validation_failed`."""
    try:
        text = body.decode("utf-8")
        if "\\u0000" in text:
            raise _refused("", "No text may hold a NUL character.")
        value = msgspec.json.decode(text, type=shape)
    except msgspec.ValidationError as error:
        raise _refused(pointer(str(error)), _PATH.sub("", str(error)).replace("`", '"')) from None
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        raise ServiceError(Code.INVALID_JSON, "The body is no JSON in UTF-8.") from None
    bodies.decoded(body)  # refuses what names a key twice
    return value


def pointer(message: str) -> str:
    """Where msgspec's message points, as an RFC 6901 pointer; a named field is its last step."""
    path = _PATH.search(message)
    steps = [a or b for a, b in _STEP.findall(path[1])] if path else []
    if named := _NAMED.search(message):
        steps.append(named[1])
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _refused(where: str, detail: str) -> ServiceError:
    fault = Fault(Code.VALIDATION_FAILED, f"{detail.rstrip('.')}.", pointer=where)
    return ServiceError(Code.VALIDATION_FAILED, fault.detail, [fault])
