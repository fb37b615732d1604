"""How something goes away, on a parameter and operations that are made up."""

from datetime import date
from typing import Annotated, Any

import httpx
from litestar import Litestar, Request, Response
from msgspec import Meta, Struct

from service.api.http.endpoint import route
from service.api.http.openapi.document import document
from service.api.http.operation import Reading, read
from service.api.http.versions import Deprecation
from service.api.http.writes import write, write_route

OLD = Deprecation(date(2026, 1, 1), "new", sunset=date(2027, 1, 31))
OLDER = Deprecation(date(2025, 7, 1), "its successor")
PROMISE = '</docs/compatibility>; rel="deprecation"; type="text/html"'


class Parameters(Struct, frozen=True, kw_only=True):
    new: str | None = None
    old: Annotated[str | None, Meta(description="An old spelling.", extra={"deprecated": OLD})] = (
        None
    )


class Told(Struct):
    old: str | None


async def get_told(reading: Reading[Parameters]) -> Told:
    """What was asked."""
    return Told(reading.parameters.old)


async def get_older(reading: Reading[Parameters]) -> Told:
    """What was asked before."""
    return Told(reading.parameters.old)


async def put_told(request: Request[Any, Any, Any]) -> Response[Told]:
    """Tell."""
    return Response(Told(None), headers={"link": '</x>; rel="next"'})


READS = [
    read("/v1/told", get_told, "Service", validator="none"),
    read("/v1/older", get_older, "Service", validator="none", deprecated=OLDER),
]
WRITES = [write("PUT", "/v1/told", put_told, "Service", Parameters, deprecated=OLDER)]


async def asked(method: str, target: str) -> httpx.Response:
    routes = [*map(route, READS), *map(write_route, WRITES)]
    app = Litestar(routes, openapi_config=None, logging_config=None)
    app.state.settings = type("Settings", (), {"public_url": "https://parity.example"})
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
        return await client.request(method, target)


async def test_a_deprecated_parameter_is_told_where_it_is_used() -> None:
    answer = await asked("GET", "/v1/told?old=x")
    assert answer.json() == {"old": "x"}
    assert answer.headers["deprecation"] == "@1767225600"
    assert answer.headers["sunset"] == "Sun, 31 Jan 2027 00:00:00 GMT"
    assert answer.headers["link"].split(", ") == [PROMISE, PROMISE.replace("deprecation", "sunset")]
    other = await asked("GET", "/v1/told?new=x")
    assert not {"deprecation", "sunset", "link"} & other.headers.keys()


async def test_a_deprecated_operation_is_told_always() -> None:
    answer = await asked("GET", "/v1/older")
    assert (answer.headers["deprecation"], answer.headers["link"]) == ("@1751328000", PROMISE)
    assert "sunset" not in answer.headers
    both = await asked("GET", "/v1/older?old=x")
    assert both.headers["deprecation"] == "@1751328000"
    assert both.headers["sunset"] == "Sun, 31 Jan 2027 00:00:00 GMT"
    written = await asked("PUT", "/v1/told")
    assert written.headers["link"] == f'</x>; rel="next", {PROMISE}'


def test_the_document_says_what_is_deprecated_and_what_to_use() -> None:
    paths = document(READS, WRITES)["paths"]
    told, older = paths["/v1/told"]["get"], paths["/v1/older"]["get"]
    assert ("deprecated" in told, older["deprecated"]) == (False, True)
    assert paths["/v1/told"]["put"]["deprecated"] is True
    assert older["description"] == "Deprecated since 2025-07-01: use its successor."
    parameters = document(READS[:1], [])["paths"]["/v1/told"]["get"]["parameters"]
    new, old = (shown for shown in parameters if shown["name"] in ("new", "old"))
    assert "deprecated" not in new
    assert old["deprecated"] is True
    assert old["description"] == (
        "An old spelling. Deprecated since 2026-01-01, may be gone from 2027-01-31 on: use new."
    )
