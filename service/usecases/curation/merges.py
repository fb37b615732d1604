"""Two records of the same thing become one; the old id leads to the survivor for ever."""

from typing import Any

from service.model.errors import Code, Fault, pointer_to, unprocessable
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.store.catalogue import records
from service.store.curation import merges
from service.texts.sentences import sentence, word
from service.usecases.catalogue import editing
from service.usecases.catalogue.editing import Body, Written
from service.usecases.catalogue.preconditions import Precondition, check
from service.usecases.transactions import Writing


async def merge(
    writing: Writing, collection: Collection, record_id: str, body: Body, given: Precondition
) -> Written:
    """The survivor as it stands after the merge.

    Raises ServiceError `validation_failed` with every fault of the body, `not_found`, `gone`, and
    `precondition_failed` where a precondition is given.
    """
    row = await editing.existing(writing, collection, record_id)
    if given.is_given:
        await check(writing.connection, collection, row, given, writing.revision - 1)
    faults, survivor = faults_of(body), str(body.get("into"))
    if _is_text(body.get("into")):
        faults += await _into_faults(writing, collection, record_id, survivor)
    if faults:
        raise unprocessable(faults)
    merge = merges.Merge(collection, record_id, survivor, writing.revision)
    await merges.merge(writing.connection, merge)
    stored = await records.current(writing.connection, collection, survivor)
    assert stored is not None, "it was checked to stand"
    return Written(stored, "updated")


def faults_of(body: Body) -> list[Fault]:
    """What is wrong with it by itself, whatever the base holds."""
    unknown = [
        Fault(
            Code.UNKNOWN_FIELD,
            sentence("merges.member", name=name[:60]),
            pointer=pointer_to(name),
            did_you_mean=tuple(nearest(name[:80], ["into", "comment"])),
        )
        for name in sorted(body)
        if name != "into"
    ]
    if _is_text(body.get("into")):
        return unknown
    return [*unknown, Fault(Code.INVALID_VALUE, sentence("merges.into"), pointer="/into")]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


async def _into_faults(
    writing: Writing, collection: Collection, record_id: str, into: str
) -> list[Fault]:
    if into == record_id:
        detail = sentence("merges.itself", id=into[:80])
        return [Fault(Code.MERGE_INTO_ITSELF, detail, pointer="/into")]
    if await records.current(writing.connection, collection, into) is not None:
        return []
    if (gone := await editing.gone(writing, collection, into)) is not None:
        near = (gone.replaced_by,) if gone.replaced_by not in (None, record_id) else ()
        return [Fault(Code.GONE, gone.detail, pointer="/into", did_you_mean=near)]
    known = await records.all_ids(writing.connection, collection)
    near_ids = tuple(nearest(into, [i for i in known if i != record_id]))
    kind = word(collection.kind)
    detail = sentence("records.unknown", kind=kind, id=into[:80], hint="")
    return [Fault(Code.UNKNOWN_REFERENCE, detail, pointer="/into", did_you_mean=near_ids)]
