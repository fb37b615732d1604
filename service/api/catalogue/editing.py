"""Writes of single records: entities under their curated ids, facts under ids of the base's."""

from typing import Any

from litestar import Response, delete, patch, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.api.catalogue.record_schemas import RECORD_TYPES
from service.api.catalogue.write_schemas import BODY_TYPES, Retired
from service.api.http import writes
from service.api.http.bodies import JSON, MERGE_PATCH
from service.api.http.conditional import record_etag
from service.api.http.languages import language
from service.api.http.parameters import Parameter, Query
from service.api.http.preconditions import precondition
from service.api.http.writes import Asked
from service.formats.json_records import encode, render
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.usecases.catalogue import editing
from service.usecases.catalogue.editing import Written
from service.usecases.transactions import Outcome, Writing

RESTORE = Parameter(
    name="restore", doc="true: bring back a record that was retired under this id.",
    schema={"type": "boolean", "default": False},
)  # fmt: skip
REPLACED_BY = Parameter(name="replaced_by", doc="The record that stands in its place.")


def replace_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Asked, record_id: FromPath[str]) -> Response[Any]:
        asked = await writes.read(request, (JSON,), RESTORE)
        given = precondition(request)
        restore = Query(request).choice("restore", ("true", "false"), "false") == "true"

        async def work(writing: Writing) -> Outcome:
            made = await editing.replace(
                writing, collection, record_id, asked.body.values, given, restore=restore
            )
            return outcome(request, collection, made, writing)

        return await writes.answer(request, asked, work)

    answer.__annotations__["return"] = _response(RECORD_TYPES[collection.name])
    return put(
        _one(collection),
        operation_id=f"put_{collection.kind}",
        summary=f"Make or replace one {_named(collection)}",
        description="If-None-Match: * only makes; replacing needs If-Match. Members left out are "
        "emptied. 201 when it was made.",
        tags=[_tag(collection)],
        opt=opt([*writes.PARAMETERS, RESTORE], BODY_TYPES[collection.name],
                 ["If-Match", "If-None-Match"]),
    )(answer)  # fmt: skip


def create_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Asked) -> Response[Any]:
        asked = await writes.read(request, (JSON,))

        async def work(writing: Writing) -> Outcome:
            made = await editing.create(writing, collection, asked.body.values)
            return outcome(request, collection, made, writing)

        return await writes.answer(request, asked, work)

    answer.__annotations__["return"] = _response(RECORD_TYPES[collection.name])
    return post(
        f"/v1/{collection.name}",
        operation_id=f"create_{collection.kind}",
        summary=f"Record one {_named(collection)}",
        description="A fact whose natural key "
        f"({', '.join(collection.natural_key)}) exists already is refused with 409.",
        tags=[_tag(collection)],
        opt=opt(writes.PARAMETERS, BODY_TYPES[collection.name], []),
    )(answer)


def change_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Asked, record_id: FromPath[str]) -> Response[Any]:
        asked = await writes.read(request, (MERGE_PATCH, JSON))
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            made = await editing.change(writing, collection, record_id, asked.body.values, given)
            return outcome(request, collection, made, writing)

        return await writes.answer(request, asked, work)

    answer.__annotations__["return"] = _response(RECORD_TYPES[collection.name])
    return patch(
        _one(collection),
        operation_id=f"change_{collection.kind}",
        summary=f"Change one {_named(collection)}",
        description="A merge patch (RFC 7396): null empties, arrays are replaced whole.",
        tags=[_tag(collection)],
        opt=opt(writes.PARAMETERS, BODY_TYPES[collection.name], ["If-Match"],
                 media_types=[MERGE_PATCH, JSON]),
    )(answer)  # fmt: skip


def retire_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Asked, record_id: FromPath[str]) -> Response[Retired]:
        asked = await writes.read(request, (), REPLACED_BY)
        given, replaced_by = precondition(request), Query(request).one("replaced_by")

        async def work(writing: Writing) -> Outcome:
            await editing.retire(writing, collection, record_id, given, replaced_by=replaced_by)
            shown = Retired(
                "retired", collection.kind, record_id, writing.revision, asked.comment, replaced_by
            )
            return Outcome(200, encode(shown), {})

        return await writes.answer(request, asked, work)

    return delete(
        _one(collection),
        operation_id=f"retire_{collection.kind}",
        summary=f"Retire one {_named(collection)}",
        description="Out of the present, never out of history; the id answers 410 from then on.",
        tags=[_tag(collection)],
        status_code=200,
        opt=opt([*writes.PARAMETERS, REPLACED_BY], None, ["If-Match"],
                 scope="curate"),
    )(answer)  # fmt: skip


def outcome(request: Asked, collection: Collection, made: Written, writing: Writing) -> Outcome:
    """The record as a GET would show it, under the tag that the GET would have."""
    lang, has_decided = language(request)
    href = f"/v1/{collection.name}/{made.row['id']}"
    is_new, has_changed = made.outcome == "created", made.outcome != "unchanged"
    revision = writing.revision - (0 if has_changed else 1)
    tag = {} if writing.is_dry else {"etag": record_etag(href, revision, lang)}
    headers = {
        **tag,
        "content-language": lang,
        **({"location": href} if is_new else {}),
        **({"vary": "Accept-Language"} if has_decided else {}),
    }
    body = encode(render(collection, made.row, lang))
    return Outcome(201 if is_new else 200, body, headers, has_changed)


def opt(parameters: list[Parameter], body: Any, headers: list[str], **more: Any) -> dict[str, Any]:
    """What the contract and the gate know of a write."""
    described = {"body": body} if body is not None else {}
    return {"parameters": parameters, "scope": "write", "is_write": True,
            "headers": ["Idempotency-Key", "Prefer", *headers], **described, **more}  # fmt: skip


def _one(collection: Collection) -> str:
    return f"/v1/{collection.name}/{{record_id:str}}"


def _named(collection: Collection) -> str:
    return collection.kind.replace("_", " ")


def _tag(collection: Collection) -> str:
    return collection.name.replace("-", " ").capitalize()


def _response(shape: Any) -> Any:
    return Response[shape]


def _handlers(collection: Collection) -> list[HTTPRouteHandler]:
    make = replace_handler if collection.is_entity else create_handler
    return [make(collection), change_handler(collection), retire_handler(collection)]


HANDLERS = [handler for collection in COLLECTIONS for handler in _handlers(collection)]
