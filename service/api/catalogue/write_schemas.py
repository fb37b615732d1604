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


def _body_type(collection: Collection, *, is_patch: bool) -> type[Struct]:
    """What is written of a record; a merge patch takes any part of it."""
    fields = {field.name: field for field in collection.stored}
    shapes: list[Any] = []
    for name in members(collection):
        if name in fields:
            kind: Any = fields[name].type.body_shape
            doc = fields[name].description()
        else:
            kind, doc = EXTRA[name]
        described = Annotated[kind, Meta(description=doc)]
        if name in fields and fields[name].required:
            shapes.append((name, described | UnsetType, UNSET) if is_patch else (name, described))
        else:
            shapes.append((name, described | None | UnsetType, UNSET))
    comment = Annotated[
        str, Meta(description="Why; kept with the revision.", min_length=1, max_length=1000)
    ]
    made = defstruct(
        collection.type_name + ("Patch" if is_patch else "Body"),
        [*shapes, ("comment", comment | UnsetType, UNSET)],
        module=__name__,
        kw_only=True,
        forbid_unknown_fields=True,
    )
    made.__doc__ = f"{collection.description()} What is written of it."
    return made


BODY_TYPES = {c.name: _body_type(c, is_patch=False) for c in COLLECTIONS}
PATCH_TYPES = {c.name: _body_type(c, is_patch=True) for c in COLLECTIONS}
