"""What operations take by name, beside ids and body: sets of parameters that many share."""

import json

from service.formats.clients.document import Document, Operation, Parameter


def queries(document: Document, *places: str) -> dict[str, Operation]:
    """By its name each set of parameters, with one operation that takes it."""
    found = {query_of(one, document, *places): one for one in document.operations}
    return {name: operation for name, operation in sorted(found.items()) if name}


def query_of(operation: Operation, document: Document, *places: str) -> str:
    """The name of what an operation takes, after the shortest operation that takes the same; empty
    where it takes nothing.
    """
    taken = _names(operation, *places)
    same = (other.id for other in document.operations if _names(other, *places) == taken)
    words = min(same, key=len).split("_") if taken else []
    return "".join(map(str.capitalize, [*words, "query"])) if words else ""


def taker(operation: Operation) -> str:
    return f"What `{operation.id}` takes."


def shared(operation: Operation, *places: str) -> list[str]:
    """The names of the parameters that stand under components; `Where` where there are filters."""
    named = operation.taken(*places)
    where = ["Where"] if any(parameter.name == "filter" for parameter in named) else []
    return [*where, *(one.shared for one in named if one.shared)]


def own(operation: Operation, *places: str) -> list[Parameter]:
    return [one for one in operation.taken(*places) if not one.shared]


def _names(operation: Operation, *places: str) -> tuple[str, ...]:
    return tuple(
        one.shared or f"{one.name} {one.text} {json.dumps(one.schema)}"
        for one in operation.taken(*places)
    )
