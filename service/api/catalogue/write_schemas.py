"""The wire shapes of what is written, made from the registry; the OpenAPI document shows them."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from service.formats.import_format.bodies import members
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.types.shapes import Name, Url


class Retired(Struct):
    """What was retired; `reason` is the comment of the write."""

    object: Literal["retired"]
    kind: str
    id: str
    revision: int
    reason: str
    replaced_by: str | None


EXTRA: dict[str, tuple[Any, str]] = {
    "name": (Name, "Short for names.en."),
    "sources": (list[Url], "Addresses of sources; those not known yet are added."),
    "status": (Literal["unsourced"], "unsourced: believed true, no source found."),
}


def _body_type(collection: Collection) -> type[Struct]:
    """Everything is optional here: a merge patch takes part of it, and what a whole record lacks
    is told by the checks, all faults at once.
    """
    fields = {field.name: field for field in collection.stored}
    shapes: list[tuple[str, Any, Any]] = []
    for name in members(collection):
        if name in fields:
            kind: Any = fields[name].type.body_shape
            doc = fields[name].doc
        else:
            kind, doc = EXTRA[name]
        shapes.append((name, Annotated[kind, Meta(description=doc)] | None | UnsetType, UNSET))
    comment = Annotated[str, Meta(description="Why; kept with the revision.", max_length=1000)]
    made = defstruct(
        f"{collection.kind.title().replace('_', '')}Body",
        [*shapes, ("comment", comment | UnsetType, UNSET)],
        module=__name__,
    )
    made.__doc__ = f"{collection.doc} What is written of it."
    return made


BODY_TYPES = {collection.name: _body_type(collection) for collection in COLLECTIONS}
