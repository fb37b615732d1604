"""The Python client's operations: a method for each, for who waits and for who awaits."""

import re
from collections.abc import Iterator

from service.formats.clients.document import JSON, Document, Operation, referred
from service.formats.clients.python_types import (
    NAMED,
    folded,
    head,
    python_name,
    said,
    shape,
)
from service.formats.clients.queries import query_of

EVENTS = "text/event-stream"
_TABLES = ("application/zip", "text/csv")
_METADATA = "application/vnd.dataresource+json"
_TAKEN = """
from typing import TYPE_CHECKING

from parity_client._calls import AsyncCalls, Calls, Operation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Literal, Unpack

    from parity_client._calls import Event
    from parity_client._parameters import (
{queries}
    )
    from parity_client.models import (
{models}
    )
"""


def operations(document: Document) -> str:
    """Module of both classes and of what is sent."""
    blocks = [
        head("The operations of the API."),
        "from __future__ import annotations",
        _imports(document),
        f'API_VERSION = "{document.version}"\n',
        *_table(document),
        *_names(document),
        "\nclass Operations(Calls):",
        '    """Every operation, by its name; each waits for the answer."""\n',
        *(_method(operation, document, "") for operation in document.operations),
        "\nclass AsyncOperations(AsyncCalls):",
        '    """Every operation, by its name, to be awaited."""\n',
        *(_method(operation, document, "await ") for operation in document.operations),
    ]
    return "\n".join(blocks).rstrip() + "\n"


def _imports(document: Document) -> str:
    models = {
        referred(schema)
        for operation in document.operations
        for schema in (operation.answers.get(JSON, {}), *operation.bodies.values())
    } - {""}
    queries = {query_of(operation, document, *NAMED) for operation in document.operations} - {""}
    listed = {"models": models, "queries": queries}
    return _TAKEN.format(
        **{
            name: "\n".join(f"    {one}," for one in sorted(found))
            for name, found in listed.items()
        }
    )


def _table(document: Document) -> Iterator[str]:
    yield "OPERATIONS = {"
    for operation in document.operations:
        given = [f'"{operation.method}"', f'"{operation.path}"']
        if accept(operation) != JSON:
            given.append(f'accept="{accept(operation)}"')
        if operation.bodies:
            given.append(f'content="{next(iter(operation.bodies))}"')
        given += [f"{flag}=True" for flag in ("is_write", "is_page") if getattr(operation, flag)]
        if table := _form(operation):
            given.append(f'table="{table}"')
        yield folded(f'    "{operation.id}": Operation({", ".join(given)}),', 8)
    yield "}"


def _form(operation: Operation) -> str:
    """The media type that has the answer as a table, with its description where there is one."""
    if operation.method != "GET" or JSON not in operation.answers:
        return ""
    offered = [media for media in _TABLES if media in operation.answers]
    return offered[0 if _METADATA in operation.answers else -1] if offered else ""


def _names(document: Document) -> Iterator[str]:
    """Where the name of an argument is not what is sent. Raises ValueError if one is two."""
    for place, table in (("query", "QUERY"), ("header", "HEADERS")):
        sent: dict[str, str] = {}
        for operation in document.operations:
            for one in operation.taken(place):
                if sent.setdefault(python_name(one.name), one.name) != one.name:
                    raise ValueError(f"{one.name} and another are both {python_name(one.name)}")
        yield f"{table} = {{"
        yield from (f'    "{name}": "{wire}",' for name, wire in sent.items() if name != wire)
        yield "}"


def accept(operation: Operation) -> str:
    """The media type that an operation is asked for: JSON where there is JSON."""
    return JSON if JSON in operation.answers else next(iter(operation.answers), JSON)


def _method(operation: Operation, document: Document, wait: str) -> str:
    is_stream = accept(operation) == EVENTS
    define = "async def" if wait and not is_stream else "def"
    call = f"self._events({_sent(operation)})" if is_stream else f"self._call({_sent(operation)})"
    answer = _answer(operation)
    if is_stream:
        answer, wait = f"{'Async' if wait else ''}Iterator[Event]", ""
    lines = [
        _signature(f"    {define} {operation.id}", _taken(operation, document), answer),
        said(_meaning(operation) if not wait else _sentence(operation.title), 8),
        f"        {'' if answer == 'None' else 'return '}{wait}{call}",
    ]
    return "\n".join([*lines, ""])


def _signature(define: str, taken: list[str], answer: str) -> str:
    line = f"{define}({', '.join(taken)}) -> {answer}:"
    if len(line) <= 100:
        return line
    inner = folded(f"        {', '.join(taken)}", 8)
    return f"{define}(\n{inner}\n    ) -> {answer}:"


def _taken(operation: Operation, document: Document) -> list[str]:
    """Ids and body by place, the rest by name."""
    ids = [f"{one.name}: {shape(one.schema, is_open=True)}" for one in operation.taken("path")]
    bodies = [_body(operation)] if operation.bodies else []
    forms = [_choice("content_type", list(operation.bodies))] if _is_file(operation) else []
    if len(operation.answers) > 1 and accept(operation) != JSON:
        forms.append(_choice("accept", list(operation.answers)))
    named = query_of(operation, document, *NAMED)
    return [
        "self",
        *ids,
        *bodies,
        *(["/"] if ids or bodies else []),
        *(["*", *forms] if forms else []),
        *([f"**query: Unpack[{named}]"] if named else []),
    ]


def _choice(name: str, media: list[str]) -> str:
    listed = ", ".join(f'"{one}"' for one in media)
    return f'{name}: Literal[{listed}] = "{media[0]}"'


def _is_file(operation: Operation) -> bool:
    """Whether its body is bytes, of one of several media types."""
    return any(schema.get("format") == "binary" for schema in operation.bodies.values())


def _body(operation: Operation) -> str:
    if _is_file(operation):
        return "body: bytes | str"
    return f"body: {shape(next(iter(operation.bodies.values())), is_open=False)}"


def _sent(operation: Operation) -> str:
    given = [f'"{operation.id}"', "query" if operation.taken(*NAMED) else "{}"]
    given += [one.name for one in operation.taken("path")]
    if operation.bodies:
        given.append("body=body")
    if _is_file(operation):
        given.append("content=content_type")
    if len(operation.answers) > 1 and accept(operation) != JSON:
        given.append("accept=accept")
    return ", ".join(given)


def _answer(operation: Operation) -> str:
    if not operation.answers:
        return "None"
    schema = operation.answers[accept(operation)]
    return "bytes" if schema.get("format") == "binary" else shape(schema, is_open=True)


def _meaning(operation: Operation) -> str:
    """With the names that notebooks do not see in `**query`."""
    names = ", ".join(python_name(one.name) for one in operation.taken(*NAMED))
    text = f"{_sentence(operation.title)} {_sentence(operation.text)}"
    return f"{text} By name: {names}." if names else text


def _sentence(title: str) -> str:
    return title if not title or re.search(r"[.?!…]$", title) else f"{title}."
