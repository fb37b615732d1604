"""Disputes: which of the facts that contradict each other is used."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from litestar import Response
from msgspec import UNSET, Meta, Struct, UnsetType, field

from service import limits
from service.api.catalogue.editing import outcome
from service.api.catalogue.record_schemas import RECORD_TYPES
from service.api.http import bodies, writes
from service.api.http.conditional import precondition
from service.api.http.parameters import Parameters
from service.api.http.state import AnyRequest
from service.api.http.writes import TAKEN, Write
from service.model.errors import unprocessable
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.usecases.catalogue.editing import Written
from service.usecases.catalogue.preconditions import Precondition
from service.usecases.curation import disputes
from service.usecases.transactions import Outcome, Writing

Comment = Annotated[str, Meta(description="Why; kept with the revision.", max_length=1000)]
FactId = Annotated[str, Meta(max_length=80)]


class SettleBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Why the fact is no longer disputed."""

    comment: Comment | UnsetType = UNSET


class PreferBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`over`: the facts that lose; left out, all other disputed ones of the subject."""

    over: Annotated[list[FactId], Meta(max_length=limits.VALUES_MAX)] | None = None
    comment: Comment | UnsetType = UNSET


class DisputeBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`with`: the fact that this one contradicts."""

    contradicted: FactId = field(name="with")
    comment: Comment | UnsetType = UNSET


Act = Callable[[Writing, Collection, str, Any, Precondition], Awaitable[Written]]


async def _dispute(
    writing: Writing, collection: Collection, record_id: str, body: DisputeBody, given: Precondition
) -> Written:
    return await disputes.dispute(writing, collection, record_id, body.contradicted, given)


async def _prefer(
    writing: Writing, collection: Collection, record_id: str, body: PreferBody, given: Precondition
) -> Written:
    return await disputes.prefer(writing, collection, record_id, body.over, given)


async def _settle(
    writing: Writing, collection: Collection, record_id: str, _: SettleBody, given: Precondition
) -> Written:
    return await disputes.settle(writing, collection, record_id, given)


ACTS: dict[str, tuple[type[Struct], Act, str, str]] = {
    "dispute": (
        DisputeBody,
        _dispute,
        "Say that two sources contradict each other",
        "This fact becomes `other`, the one that it contradicts `preferred`.",
    ),
    "prefer": (
        PreferBody,
        _prefer,
        "Say which contradicting fact is used",
        "This fact becomes `preferred`, the others of its subject `other`.",
    ),
    "settle": (
        SettleBody,
        _settle,
        "End a dispute",
        "This fact is undisputed; the others stay as they are until they are settled or retired.",
    ),
}


def dispute_operation(collection: Collection, verb: str) -> Write:
    """One of the acts on facts of the collection that contradict each other."""
    shape, act, summary, description = ACTS[verb]

    async def decide(request: AnyRequest, record_id: str) -> Response[Any]:
        write = await writes.read(request, (bodies.JSON,), shape=shape)
        values, faults = bodies.decoded(write.body, shape)
        write, body = write.noting(faults), bodies.filled(shape, values)
        given = precondition(request)

        async def work(writing: Writing) -> Outcome:
            if body is None:
                raise unprocessable(write.faults)
            made = await act(writing, collection, record_id, body, given)
            return outcome(request, collection, made, writing)

        return await writes.answer(request, write, work)

    return Write(
        id=f"{verb}_{collection.kind}",
        method="POST",
        path=f"/v1/{collection.name}/{{record_id:str}}/{verb}",
        tag="Curation",
        handler=decide,
        parameters=Parameters(writes.WriteParameters),
        answer_type=RECORD_TYPES[collection.name],
        scope="curate",
        body=shape,
        takes=(*TAKEN, "If-Match"),
        summary=summary,
        description=description,
    )


OPERATIONS = [dispute_operation(c, verb) for c in COLLECTIONS if c.subject for verb in ACTS]
