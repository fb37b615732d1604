"""A call of a tool, and a read of a resource: the answer, or what is wrong with the question."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import msgspec

from service.api.http.languages import Spoken
from service.api.http.problems import problem
from service.api.http.remembered_answers import new_id
from service.api.mcp import analyses, knowledge
from service.api.mcp.arguments import Arguments
from service.api.mcp.asking import Asking, Refused
from service.api.mcp.fitting import plain
from service.api.mcp.replies import Reply
from service.api.mcp.tools import Tool
from service.model.errors import Code, ServiceError, not_found

SCHEME = "parity"
ALLOWED_SHOWN = 20
READERS = {
    "methods": ("method", knowledge.explain_method),
    "markets": ("market", analyses.market_overview),
}


class Called(NamedTuple):
    """What a call came to: text for a conversation, and the same as JSON."""

    text: str
    structured: dict[str, Any]
    is_error: bool = False


async def called(tool: Tool, asking: Asking, given: Mapping[str, Any]) -> Called:
    """A tool's answer, or the problem document that says what is wrong."""
    lang = asking.lang
    try:
        arguments = Arguments(given)
        lang = arguments.lang or lang
        reply = await tool.run(asking, arguments)
    except Refused as refused:
        return _wrong(refused.problem)
    except ServiceError as error:
        return _wrong(document(error, asking, lang))
    return Called(reply.text, reply.structured)


async def read(uri: str, asking: Asking) -> Reply:
    """A method or a market. Raises ServiceError `not_found`, Refused."""
    split = urlsplit(uri)
    kind = split.netloc
    if split.scheme != SCHEME or kind not in READERS:
        raise not_found("resource", uri, [f"{SCHEME}://{kind}/" for kind in READERS])
    name, run = READERS[kind]
    given = {**dict(parse_qsl(split.query)), name: split.path.removeprefix("/")}
    return await run(asking, Arguments(given))


def document(error: ServiceError, asking: Asking, lang: str) -> dict[str, Any]:
    """The problem document that the API would answer with."""
    _, _, body = problem(
        error,
        request_id=new_id().decode(),
        spoken=Spoken(lang, is_by_header=False),
        public_url=asking.base,
    )
    found: dict[str, Any] = msgspec.json.decode(body)
    return found


def _wrong(told: dict[str, Any]) -> Called:
    return Called("\n".join(in_lines(told)), told, is_error=True)


def in_lines(told: dict[str, Any]) -> list[str]:
    """A problem document in lines: what, where, and what would be right."""
    code = f" ({told['code']})" if told.get("code") else ""
    lines = [plain(": ".join(told[name] for name in ("title", "detail") if told.get(name)) + code)]
    for fault in told.get("errors", []):
        where = fault.get("parameter") or fault.get("pointer") or ""
        near = [one for one in fault.get("did_you_mean", []) if one not in fault["detail"]]
        allowed = fault.get("allowed", [])[:ALLOWED_SHOWN]
        hint = f" ({', '.join(near or allowed)})" if near or allowed else ""
        lines.append("- " + plain(f"{where}: {fault['detail']}{hint}".removeprefix(": ")))
    if told.get("code") == Code.QUOTA_EXCEEDED:
        return lines
    return [*lines, plain(told["type"])] if told.get("type") else lines
