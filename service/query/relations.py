"""What can be embedded in a record: the records it points to, and those that point to it."""

from dataclasses import dataclass
from functools import cache

from service.query.fields import Collection, Field, Type
from service.query.paths import hop
from service.query.registry import BY_NAME, COLLECTIONS


@dataclass(frozen=True)
class Embedding:
    """One name of `include`: the collection it brings, and the reference it goes along.

    `is_reverse`: the reference is the other collection's. A single forward reference brings one
    record, everything else a list.
    """

    name: str
    target: Collection
    reference: Field
    is_reverse: bool = False

    @property
    def is_list(self) -> bool:
        return self.is_reverse or self.reference.type is Type.REFERENCES


@cache
def embeddings(collection: Collection) -> dict[str, Embedding]:
    """Everything that records of the collection can bring along, by name."""
    found = [_forward(reference) for reference in collection.of_type(*_REFERENCES)]
    for other in COLLECTIONS:
        found += [
            Embedding(other.name.replace("-", "_"), other, reference, is_reverse=True)
            for reference in other.of_type(*_REFERENCES)
            if reference.to == collection.name and collection.name != "sources"
        ]
    return {embedding.name: embedding for embedding in found}


_REFERENCES = (Type.REFERENCE, Type.REFERENCES)


def _forward(reference: Field) -> Embedding:
    target = BY_NAME[reference.to]
    if reference.type is Type.REFERENCE:
        return Embedding(hop(reference), target, reference)
    return Embedding(target.name.replace("-", "_"), target, reference)
