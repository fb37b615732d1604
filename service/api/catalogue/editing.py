"""Writes of single records: entities under their curated ids, facts under ids of the base's."""

from functools import partial
from typing import Annotated, Any

from litestar import Response
from msgspec import Meta

from service.api.catalogue.record_schemas import RECORD_TYPES
from service.api.catalogue.write_schemas import BODY_TYPES, PATCH_TYPES, Retired
from service.api.http import writes
from service.api.http.bodies import JSON, MERGE_PATCH, Body, decoded
from service.api.http.conditional import precondition, record_etag
from service.api.http.languages import language
from service.api.http.parameters import Parameters
from service.api.http.state import AnyRequest
from service.api.http.writes import TAKEN, Write
from service.formats.json_records import encode, render
from service.model.errors import Fault
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.usecases.catalogue import editing
from service.usecases.catalogue.editing import Written
from service.usecases.transactions import Outcome, Writing


class ReplaceParameters(writes.WriteParameters, frozen=True, kw_only=True):
    """What making or replacing a record takes."""

    restore: Annotated[
        bool, Meta(description="true: bring back a record that was retired under this id.")
    ] = False


class RetireParameters(writes.WriteParameters, frozen=True, kw_only=True):
    """What retiring a record takes."""

    replaced_by: Annotated[
        str | None, Meta(description="The record that stands in its place.", examples=["kimi"])
    ] = None


def put_operation(collection: Collection) -> Write:
    """Makes or replaces one record."""

    async def put_record(request: AnyRequest, record_id: str) -> Response[Any]:
        write = await writes.read(request, (JSON,), ReplaceParameters)
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            made = await editing.replace(
                writing,
                collection,
                record_id,
                write.body.values,
                given,
                restore=write.parameters.restore,
            )
            return outcome(request, collection, made, writing)

        form = partial(editing.faults_of, collection, write.body.values, record_id)
        return await writes.answer(request, write, work, form)

    return Write(
        id=f"put_{collection.kind}",
        method="PUT",
        path=_one(collection),
        handler=put_record,
        parameters=Parameters(ReplaceParameters),
        takes=(*TAKEN, "If-Match", "If-None-Match"),
        summary=f"Make or replace one {collection.singular}",
        description="If-None-Match: * only makes; replacing needs If-Match. Members left out are "
        "emptied. 201 when it was made.",
        **_of_record(collection),
    )


def create_operation(collection: Collection) -> Write:
    """Records one fact."""

    async def create_record(request: AnyRequest) -> Response[Any]:
        write = await writes.read(request, (JSON,))

        async def work(writing: Writing) -> Outcome:
            made = await editing.create(writing, collection, write.body.values)
            return outcome(request, collection, made, writing)

        form = partial(editing.faults_of, collection, write.body.values, None)
        return await writes.answer(request, write, work, form)

    return Write(
        id=f"create_{collection.kind}",
        method="POST",
        path=f"/v1/{collection.name}",
        handler=create_record,
        parameters=Parameters(writes.WriteParameters),
        status=201,
        takes=TAKEN,
        summary=f"Record one {collection.singular}",
        description="A fact whose natural key "
        f"({', '.join(collection.natural_key)}) exists already is refused with 409.",
        **_of_record(collection),
    )


def change_operation(collection: Collection) -> Write:
    """Changes one record."""

    async def change_record(request: AnyRequest, record_id: str) -> Response[Any]:
        write = await writes.read(request, (MERGE_PATCH, JSON))
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            made = await editing.change(writing, collection, record_id, write.body.values, given)
            return outcome(request, collection, made, writing)

        form = partial(_patch_faults, collection, write.body)
        return await writes.answer(request, write, work, form)

    return Write(
        id=f"change_{collection.kind}",
        method="PATCH",
        path=_one(collection),
        handler=change_record,
        parameters=Parameters(writes.WriteParameters),
        media_types=(MERGE_PATCH, JSON),
        takes=(*TAKEN, "If-Match"),
        summary=f"Change one {collection.singular}",
        description="A merge patch (RFC 7396): null empties, arrays are replaced whole.",
        **_of_record(collection) | {"body": PATCH_TYPES[collection.name]},
    )


def _patch_faults(collection: Collection, body: Body) -> list[Fault]:
    """What is wrong with members of a patch whatever the record is; parts of objects may be null
    in a patch, and are looked at together with the record.
    """
    whole = {n: raw for n, raw in body.members.items() if not isinstance(body.values[n], dict)}
    return decoded(body._replace(members=whole), PATCH_TYPES[collection.name])[1]


def retire_operation(collection: Collection) -> Write:
    """Retires one record."""

    async def retire_record(request: AnyRequest, record_id: str) -> Response[Retired]:
        write = await writes.read(request, (), RetireParameters)
        given, replaced_by = precondition(request), write.parameters.replaced_by

        async def work(writing: Writing) -> Outcome:
            await editing.retire(writing, collection, record_id, given, replaced_by=replaced_by)
            shown = Retired(
                "retired", collection.kind, record_id, writing.revision, write.comment, replaced_by
            )
            return Outcome(200, encode(shown), {})

        return await writes.answer(request, write, work)

    return Write(
        id=f"retire_{collection.kind}",
        method="DELETE",
        path=_one(collection),
        tag=collection.tag,
        handler=retire_record,
        parameters=Parameters(RetireParameters),
        answer_type=Retired,
        scope="curate",
        takes=(*TAKEN, "If-Match"),
        summary=f"Retire one {collection.singular}",
        description="Out of the present, never out of history; the id answers 410 from then on.",
    )


def outcome(
    request: AnyRequest, collection: Collection, made: Written, writing: Writing
) -> Outcome:
    """The record as a GET would show it, under the tag that the GET would have."""
    lang, is_by_header = language(request)
    href = f"/v1/{collection.name}/{made.row['id']}"
    is_new, has_changed = made.outcome == "created", made.outcome != "unchanged"
    revision = writing.revision - (0 if has_changed else 1)
    tag = {} if writing.is_dry else {"etag": record_etag(href, revision, lang)}
    headers = {
        **tag,
        "content-language": lang,
        **({"location": href} if is_new else {}),
        **({"vary": "Accept-Language"} if is_by_header else {}),
    }
    body = encode(render(collection, made.row, lang))
    return Outcome(201 if is_new else 200, body, headers, has_changed)


def _of_record(collection: Collection) -> dict[str, Any]:
    """What the writes of one record have in common."""
    return {
        "tag": collection.tag,
        "body": BODY_TYPES[collection.name],
        "answer_type": RECORD_TYPES[collection.name],
    }


def _one(collection: Collection) -> str:
    return f"/v1/{collection.name}/{{record_id:str}}"


def _operations(collection: Collection) -> list[Write]:
    make = put_operation if collection.is_entity else create_operation
    return [make(collection), change_operation(collection), retire_operation(collection)]


OPERATIONS = [operation for collection in COLLECTIONS for operation in _operations(collection)]
