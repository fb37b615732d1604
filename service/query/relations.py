"""How records lead to others: to those that they point to, and to those that point to them."""

from dataclasses import dataclass
from functools import cache

from service.query.fields import Collection, Field
from service.query.registry import BY_NAME, COLLECTIONS


@dataclass(frozen=True)
class Hop:
    """From a record along a reference: its own, or, `is_reverse`, one of those that point to it.

    `name` is its name in `include`, `word` the one by which a question goes that way. A single
    forward reference leads to one record, everything else to several.
    """

    name: str
    word: str
    target: Collection
    reference: Field
    is_reverse: bool = False

    @property
    def is_list(self) -> bool:
        return self.is_reverse or self.reference.type.is_list


@cache
def embeddings(collection: Collection) -> dict[str, Hop]:
    """Everything that records of the collection can bring along, by name; of a source its facts
    are a list of their own."""
    is_brought = collection.name != "sources"
    return {hop.name: hop for hop in _hops(collection) if is_brought or not hop.is_reverse}


@cache
def hops(collection: Collection) -> dict[str, Hop]:
    """Every way that a question can go on from a record, by its word."""
    return {hop.word: hop for hop in _hops(collection)}


def _hops(collection: Collection) -> list[Hop]:
    forward = [_forward(reference) for reference in collection.references]
    return forward + [
        Hop(_plural(other), _plural(other), other, reference, is_reverse=True)
        for other in COLLECTIONS
        for reference in other.references
        if reference.to == collection.name
    ]


def _forward(reference: Field) -> Hop:
    """By the word `vendor` of `vendor_id`."""
    target = BY_NAME[reference.to]
    word = reference.name.removesuffix("_ids").removesuffix("_id")
    return Hop(_plural(target) if reference.type.is_list else word, word, target, reference)


def _plural(collection: Collection) -> str:
    return collection.name.replace("-", "_")
