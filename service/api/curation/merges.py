"""Merges of duplicates: `POST /v1/{entities}/{id}/merge`, made from the registry."""

from typing import Any

from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import Struct

from service.api.catalogue.editing import opt, outcome
from service.api.catalogue.record_schemas import RECORD_TYPES
from service.api.http import writes
from service.api.http.bodies import JSON
from service.api.http.preconditions import precondition
from service.api.http.writes import Asked
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.usecases.curation import merges
from service.usecases.transactions import Outcome, Writing


class MergeBody(Struct):
    """`into`: the id of the record that stays."""

    into: str
    comment: str


def handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Asked, record_id: FromPath[str]) -> Response[Any]:
        asked = await writes.read(request, (JSON,))
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            survivor = await merges.merge(writing, collection, record_id, asked.body.values, given)
            return outcome(request, collection, survivor, writing)

        return await writes.answer(request, asked, work)

    answer.__annotations__["return"] = _response(RECORD_TYPES[collection.name])
    named = collection.kind.replace("_", " ")
    return post(
        f"/v1/{collection.name}/{{record_id:str}}/merge",
        operation_id=f"merge_{collection.kind}",
        summary=f"Merge one {named} into another",
        description="What pointed at it points at the survivor, its names are aliases there, and "
        "its id leads there for ever (308). The answer is the survivor.",
        tags=[collection.name.replace("-", " ").capitalize()],
        status_code=200,
        opt=opt(writes.PARAMETERS, MergeBody, ["If-Match"], scope="curate"),
    )(answer)


def _response(shape: Any) -> Any:
    return Response[shape]


HANDLERS = [handler(collection) for collection in COLLECTIONS if collection.is_entity]
