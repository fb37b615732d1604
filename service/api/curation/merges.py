"""Merges of duplicates: `POST /v1/{entities}/{id}/merge`, made from the registry."""

from functools import partial
from typing import Any

from litestar import Response
from msgspec import Struct

from service.api.catalogue.editing import outcome
from service.api.catalogue.record_schemas import RECORD_TYPES
from service.api.http import writes
from service.api.http.bodies import JSON
from service.api.http.conditional import precondition
from service.api.http.parameters import Parameters
from service.api.http.state import AnyRequest
from service.api.http.writes import TAKEN, Write
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.usecases.curation import merges
from service.usecases.transactions import Outcome, Writing


class MergeBody(Struct):
    """`into`: the id of the record that stays."""

    into: str
    comment: str


def merge_operation(collection: Collection) -> Write:
    """Merges one record of the collection into another."""

    async def merge_record(request: AnyRequest, record_id: str) -> Response[Any]:
        write = await writes.read(request, (JSON,))
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            survivor = await merges.merge(writing, collection, record_id, write.body.values, given)
            return outcome(request, collection, survivor, writing)

        form = partial(merges.faults_of, write.body.values)
        return await writes.answer(request, write, work, form)

    return Write(
        id=f"merge_{collection.kind}",
        method="POST",
        path=f"/v1/{collection.name}/{{record_id:str}}/merge",
        tag=collection.tag,
        handler=merge_record,
        parameters=Parameters(writes.WriteParameters),
        answer_type=RECORD_TYPES[collection.name],
        scope="curate",
        body=MergeBody,
        takes=(*TAKEN, "If-Match"),
        summary=f"Merge one {collection.singular} into another",
        description="What pointed at it points at the survivor, its names are aliases there, and "
        "its id leads there for ever (308). The answer is the survivor.",
    )


OPERATIONS = [merge_operation(collection) for collection in COLLECTIONS if collection.is_entity]
