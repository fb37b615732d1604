"""The SDK's server over the tools. Loaded with the first request: half a second and 30 MiB."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import mcp_types as types
from mcp.server.caching import CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError

from service import limits
from service.api.http.languages import spoken_of
from service.api.http.paging import CURSOR, LIMIT
from service.api.http.versions import API_VERSION
from service.api.mcp.asking import Asking, InProcess, Refused
from service.api.mcp.calling import SCHEME, called, document, in_lines, read
from service.api.mcp.fitting import plain, shortened
from service.api.mcp.tools import INSTRUCTIONS, OUTPUT, TOOLS, Tool
from service.model.errors import ServiceError
from service.model.methods import METHODS
from service.model.suggestions import nearest
from service.texts.messages import message

Context = ServerRequestContext[Any, Any]
Asks = Callable[[Context], Asking]
FRESH = CacheHint(ttl_ms=300_000, scope="public")
PLAIN_TEXT = "text/plain"
MARKETS_LISTED = 100
HINTS = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def made(asks: Asks) -> "Server[Any]":
    """The server; `asks` finds who is asked on behalf of a request."""
    handlers = _Handlers(asks)
    return Server(
        "parity",
        title="Parity",
        version=API_VERSION,
        instructions=INSTRUCTIONS,
        cache_hints={
            "tools/list": FRESH,
            "resources/list": FRESH,
            "resources/templates/list": FRESH,
        },
        get_tool_input_schema=_input_schema,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
    )


@cache
def _over_http() -> "Server[Any]":
    return made(_application)


def _application(context: Context) -> Asking:
    """The application that the request came to, asked as its caller."""
    scope = context.request.scope  # type: ignore[union-attr]
    state = scope["litestar_app"].state
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    spoken = spoken_of(scope, accepted)
    return InProcess(state.gateway, scope, state.settings.public_url, spoken.lang)


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """One request over HTTP: nothing is kept of it, so its manager ends with it."""
    manager = StreamableHTTPSessionManager(
        _over_http(),
        json_response=True,
        stateless=True,
        max_request_body_size=limits.BODY_BYTES,
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


def _input_schema(name: str) -> Mapping[str, Any] | None:
    return TOOLS[name].input_schema if name in TOOLS else None


def described(tool: Tool) -> types.Tool:
    """As `tools/list` shows it."""
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=OUTPUT,
        annotations=HINTS,
    )


class _Handlers:
    """What is answered to each method of the protocol."""

    def __init__(self, asks: Asks) -> None:
        self._asks = asks
        self._tools = [described(tool) for tool in TOOLS.values()]

    async def list_tools(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=self._tools)

    async def call_tool(
        self, context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            near = nearest(params.name, TOOLS) or list(TOOLS)
            told = f"No tool {shortened(plain(params.name), 60)}. There are: {', '.join(near)}."
            raise MCPError(types.INVALID_PARAMS, told)
        found = await called(tool, self._asks(context), params.arguments or {})
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=found.text)],
            structured_content=found.structured,
            is_error=found.is_error,
        )

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """Methods, then markets; further markets are had by cursor."""
        asking, after = self._asks(context), params.cursor if params else None
        query = [(LIMIT, str(MARKETS_LISTED)), *([(CURSOR, after)] if after else [])]
        found = await _refusing(asking.get("/v1/markets", query), asking, "parity://markets")
        rows, lang = found.body["data"], found.lang
        methods = [] if after else [_method(name, lang) for name in METHODS]
        return types.ListResourcesResult(
            resources=[*methods, *(_market(row) for row in rows)],
            next_cursor=found.body["page"]["next_cursor"],
        )

    async def list_templates(
        self, _: Context, __: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        told = {
            "method": "How a figure is made: definition, formula, assumptions, limits.",
            "market": "A market at a glance: how alike, how fast, who first, how paid.",
        }
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    name=name,
                    uri_template=f"{SCHEME}://{name}s/{{id}}",
                    description=description,
                    mime_type=PLAIN_TEXT,
                )
                for name, description in told.items()
            ]
        )

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri, asking = str(params.uri), self._asks(context)
        reply = await _refusing(read(uri, asking), asking, uri)
        contents = types.TextResourceContents(uri=uri, mime_type=PLAIN_TEXT, text=reply.text)
        return types.ReadResourceResult(contents=[contents])


async def _refusing(asked: Any, asking: Asking, uri: str) -> Any:
    """What was asked for; where there is none, the protocol's error with the problem document."""
    try:
        return await asked
    except Refused as refused:
        told = refused.problem
    except ServiceError as error:
        told = document(error, asking, asking.lang)
    raise MCPError(types.INVALID_PARAMS, " ".join(in_lines(told)), {"uri": uri, "problem": told})


def _method(name: str, lang: str) -> types.Resource:
    title = message(f"methods.{name}.name", lang)
    uri = f"{SCHEME}://methods/{name}"
    return types.Resource(name=name, title=title, uri=uri, mime_type=PLAIN_TEXT)


def _market(row: dict[str, Any]) -> types.Resource:
    uri, title = f"{SCHEME}://markets/{row['id']}", shortened(plain(row["name"]), 100)
    return types.Resource(name=row["id"], title=title, uri=uri, mime_type=PLAIN_TEXT)
