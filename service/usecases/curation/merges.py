"""Two records of the same thing become one; the old id leads to the survivor for ever."""

from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.store.catalogue import records
from service.store.curation import merges
from service.usecases.catalogue import editing
from service.usecases.catalogue.editing import Body, Written, unprocessable
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
    faults = _shape_faults(body) or await _into_faults(writing, collection, record_id, body["into"])
    if faults:
        raise unprocessable(faults)
    await merges.merge(
        writing.connection,
        merges.Merge(collection, record_id, body["into"], writing.revision),
    )
    stored = await records.current(writing.connection, collection, body["into"])
    assert stored is not None, "it was checked to stand"
    return Written(stored, "updated")


def _shape_faults(body: Body) -> list[Fault]:
    faults = [
        Fault(
            Code.UNKNOWN_FIELD,
            f'A merge has no member "{name[:60]}".',
            pointer=f"/{name.replace('~', '~0').replace('/', '~1')[:80]}",
            did_you_mean=tuple(nearest(name, ["into", "comment"])),
        )
        for name in sorted(body)
        if name != "into"
    ]
    if not isinstance(body.get("into"), str):
        detail = "Say into which record: its id."
        faults.append(Fault(Code.INVALID_VALUE, detail, pointer="/into"))
    return faults


async def _into_faults(
    writing: Writing, collection: Collection, record_id: str, into: str
) -> list[Fault]:
    if into == record_id:
        detail = f'"{into[:80]}" cannot be merged into itself.'
        return [Fault(Code.MERGE_INTO_ITSELF, detail, pointer="/into")]
    if await records.current(writing.connection, collection, into) is not None:
        return []
    if (gone := await editing.gone(writing, collection, into)) is not None:
        near = (gone.replaced_by,) if gone.replaced_by not in (None, record_id) else ()
        return [Fault(Code.GONE, gone.detail, pointer="/into", did_you_mean=near)]
    known = await records.all_ids(writing.connection, collection)
    near_ids = tuple(nearest(into, [i for i in known if i != record_id]))
    detail = f'There is no {collection.kind} "{into[:80]}".'
    return [Fault(Code.UNKNOWN_REFERENCE, detail, pointer="/into", did_you_mean=near_ids)]
