"""Request bodies: JSON, read once and checked; every fault has a JSON pointer (RFC 6901)."""

import json
import re
from typing import Any, TypeVar

import msgspec
from litestar import Request

from service.model.errors import Code, Fault, ServiceError

JSON = "application/json"
FAULTS_SHOWN = 100
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`\Z")
_PART = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
T = TypeVar("T")


async def json_body(request: Request[Any, Any, Any]) -> Any:
    """The body as plain values.

    Raises ServiceError `unsupported_media_type` or `invalid_json`, Litestar's own for too much.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, f"This address takes {JSON}.")
    refuse_coded(request)
    return decoded(await request.body())


def refuse_coded(request: Request[Any, Any, Any]) -> None:
    """Nothing is unpacked here. Raises ServiceError `unsupported_media_type`."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, "This address takes no coded content.")


def decoded(raw: bytes) -> Any:
    """Plain values. Raises ServiceError `invalid_json`, also where an object names a key twice."""
    try:
        text = raw.decode("utf-8")
        value = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=_unique, parse_int=str, parse_float=str)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        raise ServiceError(Code.INVALID_JSON, "The body is no JSON in UTF-8.") from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> None:
    """Readers disagree on which of two equal keys holds, so none does."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise ServiceError(Code.INVALID_JSON, f"The body names {json.dumps(key[:60])} twice.")
        seen.add(key)


def converted(raw: Any, shape: type[T], pointer: str, faults: list[Fault]) -> T | None:
    """The value in its shape, or None and one more fault."""
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        faults.append(fault(str(error), pointer))
        return None


def fault(message: str, pointer: str) -> Fault:
    """What msgspec says, at the place that it names."""
    place = _PATH.search(message)
    if place:
        message = message[: place.start()]
        parts = _PART.findall(place["path"])
        pointer += "".join(f"/{name or index}" for name, index in parts)
    return Fault(Code.VALIDATION_FAILED, f"{message}.".replace("`", '"'), pointer=pointer)


def unprocessable(faults: list[Fault]) -> ServiceError:
    """The body is well-formed and wrong."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    detail = f"{count} in the body; nothing was answered."
    return ServiceError(Code.VALIDATION_FAILED, detail, faults[:FAULTS_SHOWN])
