"""Request bodies: read once by one set of rules, every fault at its place (RFC 6901)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Raw, Struct, structs

from service import limits
from service.api.http.state import AnyRequest
from service.formats.json_members import (
    decode_members,
    exactly,
    members_of,
    no_object,
    repeated_names,
)
from service.model.errors import Code, Fault, ServiceError, pointer_to, unprocessable
from service.texts.sentences import either, sentence

JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
CHARSETS = ("utf-8", "utf8", "us-ascii")
Shape = TypeVar("Shape", bound=Struct)
Check = Callable[[dict[str, Any]], Iterable[Fault]]


class Body(NamedTuple):
    """An object as it was sent: its members as JSON and as values, and the names it has twice."""

    members: dict[str, Raw]
    values: dict[str, Any]
    faults: list[Fault]


NO_BODY = Body({}, {}, [])


def media_type(request: AnyRequest) -> str:
    """What the body says it is."""
    given: str = request.headers.get("content-type", "")
    return given.partition(";")[0].strip().lower()


async def content(
    request: AnyRequest,
    media_types: tuple[str, ...],
    most: int | None = limits.BODY_BYTES,
    charsets: Collection[str] = CHARSETS,
) -> bytes:
    """The bytes of the body. No media types: it has none that matters.

    Raises ServiceError `unsupported_media_type`, `payload_too_large`.
    """
    check_described(request, media_types, charsets)
    raw = await request.body()
    if most is not None and len(raw) > most:
        raise ServiceError(Code.PAYLOAD_TOO_LARGE, sentence("bodies.bytes", most=most))
    return raw


def check_described(
    request: AnyRequest, media_types: tuple[str, ...], charsets: Collection[str] = CHARSETS
) -> None:
    """What the headers say of the body. Raises ServiceError `unsupported_media_type`."""
    if media_types and media_type(request) not in media_types:
        detail = sentence("bodies.type", types=either(media_types))
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, detail)
    if media_types and charset(request) not in charsets:
        known = "UTF-8" if charsets is CHARSETS else tuple(charsets)
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, sentence("bodies.charset", known=known))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, sentence("bodies.coded"))


def charset(request: AnyRequest) -> str:
    """The encoding that the body is said to be in; UTF-8 where nothing is said."""
    return media_parameter(request, "charset") or CHARSETS[0]


def media_parameter(request: AnyRequest, wanted: str) -> str:
    """What the Content-Type says of a parameter such as `charset`, in lower case."""
    given: str = request.headers.get("content-type", "")
    for part in given.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == wanted:
            return value.strip().strip('"').lower()
    return ""


async def read(request: AnyRequest, shape: type[Shape], check: Check | None = None) -> Shape:
    """The body of a request as a Struct; `check` tells what is wrong with its values.

    Raises ServiceError `unsupported_media_type`, `payload_too_large`, `invalid_json`, and
    `validation_failed` with every fault.
    """
    return shaped(parsed(await content(request, (JSON,)), shape), shape, check)


def parsed(raw: bytes, shape: type[Struct] | None = None) -> Body:
    """An object of the shape, if that is known.

    Raises ServiceError `invalid_json`, `validation_failed` for what is no object.
    """
    try:
        text = raw.decode("utf-8")
        values = exactly(text)
        faults = repeated_names(text)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        raise ServiceError(Code.INVALID_JSON, sentence("bodies.no_json")) from None
    if not isinstance(values, dict):
        fault = Fault(Code.VALIDATION_FAILED, sentence("bodies.no_object"), pointer="")
        raise unprocessable([no_object(shape) if shape else fault])
    return Body(members_of(raw), values, faults)


def shaped(body: Body, shape: type[Shape], check: Check | None = None) -> Shape:
    """The object as a Struct; `check` tells what is wrong with its values.

    Raises ServiceError with every fault.
    """
    values, faults = decoded(body, shape)
    faults = [*body.faults, *faults, *(check(values) if check else ())]
    if faults:
        raise unprocessable(faults)
    return shape(**values)


def decoded(body: Body, shape: type[Struct]) -> tuple[dict[str, Any], list[Fault]]:
    """The members that are as the Struct has them, by its field names; what is wrong with others.

    PostgreSQL takes no NUL, wherever it is.
    """
    values, faults = decode_members(shape, body.members)
    told = {fault.pointer for fault in faults}
    nul = [fault for fault in _nul_faults(body.values) if fault.pointer not in told]
    return values, [*faults, *nul]


def filled(shape: type[Shape], values: dict[str, Any]) -> Shape | None:
    """The Struct of what could be read; None where it lacks a member that it needs."""
    is_whole = all(f.name in values for f in structs.fields(shape) if f.required)
    return shape(**values) if is_whole else None


def _nul_faults(value: Any, *at: str | int) -> Iterator[Fault]:
    if isinstance(value, str) and "\0" in value:
        detail = sentence("values.nul")
        yield Fault(Code.INVALID_VALUE, detail, pointer=pointer_to(*at))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _nul_faults(name, *at, name)
            yield from _nul_faults(inner, *at, name)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _nul_faults(inner, *at, place)
