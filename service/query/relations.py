"""What can be embedded in a record: the records it points to, and those that point to it."""

from dataclasses import dataclass
from functools import cache

from service.query.fields import Collection, Field
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
        return self.is_reverse or self.reference.type.is_list


@cache
def embeddings(collection: Collection) -> dict[str, Embedding]:
    """Everything that records of the collection can bring along, by name."""
    brought = [_forward(reference) for reference in collection.references]
    for other in COLLECTIONS:
        brought += [
            Embedding(other.name.replace("-", "_"), other, reference, is_reverse=True)
            for reference in other.references
            if reference.to == collection.name and collection.name != "sources"
        ]
    return {embedding.name: embedding for embedding in brought}


def _forward(reference: Field) -> Embedding:
    target = BY_NAME[reference.to]
    name = target.name.replace("-", "_") if reference.type.is_list else hop(reference)
    return Embedding(name, target, reference)
