"""What a path does not know is refused on every GET route there is, and nothing is answered."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key
from tests.routes import application, filled, operations

PATHS = sorted({path for path, method, _ in operations(application()) if method == "GET"})
API = [filled(path) for path in PATHS]
HANDS_ON = "/docs/reference/get_product/try"  # what its form is given
TAKES_ANYTHING = ("/oembed", HANDS_ON)  # consumers of oEmbed send what they like
DECLARED = {
    filled(path): [p.name for p in handler.opt.get("parameters", [])]
    for path, method, handler in operations(application())
    if method == "GET"
}
PAGES = {
    filled(path)
    for path, _, handler in operations(application())
    if "page" in getattr(handler.opt.get("operation"), "gives", ())
}
SINGLE = [
    (filled(path), p.name)
    for path, method, handler in operations(application())
    for p in handler.opt.get("parameters", [])
    if method == "GET" and p.schema.get("type") != "array" and p.name != "filter"
]


@pytest.fixture(scope="module")
async def admin_client(templates: str, bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    _, secret = await new_key(bundled, "admin")
    async with served(bundled) as client:
        client.headers.update(bearer(secret))
        yield client


@pytest.mark.parametrize("path", [path for path in API if path not in TAKES_ANYTHING])
async def test_an_unknown_parameter_is_refused(admin_client: httpx.AsyncClient, path: str) -> None:
    problem = assert_problem(await admin_client.get(f"{path}?nope=1"), 400, "unknown_parameter")
    assert "nope" in [error["parameter"] for error in problem["errors"]]
    head = await admin_client.head(f"{path}?nope=1")
    assert (head.status_code, head.content) == (400, b"")


@pytest.mark.parametrize("path", [path for path in API if "lang" in DECLARED[path]])
async def test_a_mistyped_parameter_is_told_the_right_word(
    admin_client: httpx.AsyncClient, path: str
) -> None:
    problem = assert_problem(await admin_client.get(f"{path}?langg=zh"), 400, "unknown_parameter")
    wrong = next(error for error in problem["errors"] if error["parameter"] == "langg")
    assert "lang" in wrong["did_you_mean"]


@pytest.mark.parametrize("path", [path for path in API if path != HANDS_ON])
@pytest.mark.parametrize("query", ["{}=", "{}=a%00b", "{}=%ff"], ids=["empty", "NUL", "UTF-8"])
async def test_what_cannot_be_a_value_is_refused(
    admin_client: httpx.AsyncClient, path: str, query: str
) -> None:
    name = (DECLARED[path] or ["nope"])[0]
    answer = await admin_client.get(f"{path}?{query.format(name)}")
    if path in PAGES and query == "{}=":  # a form sends what was left empty
        assert answer.status_code == (await admin_client.get(path)).status_code, answer.text
        return
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] in ("empty_value", "invalid_value", "unknown_parameter")


@pytest.mark.parametrize("path", sorted({path for path, _ in SINGLE}))
async def test_what_is_said_once_is_not_said_twice(
    admin_client: httpx.AsyncClient, path: str
) -> None:
    """Every parameter that is no list; faults are told together, or one after the other."""
    names = sorted({name for at, name in SINGLE if at == path})
    for some in (names[n : n + 40] for n in range(0, len(names), 40)):
        twice = "&".join(f"{name}=1&{name}=2" for name in some)
        answer = await admin_client.get(f"{path}?{twice}")
        assert answer.status_code == 400, answer.text
        told = {error.get("parameter") for error in answer.json()["errors"]}
        for name in sorted(set(some) - told):
            alone = await admin_client.get(f"{path}?{name}=1&{name}=2")
            assert alone.status_code == 400, (name, alone.text)


@pytest.mark.parametrize("path", ["/schema", "/schema/openapi.json", "/schema/swagger"])
async def test_no_other_document_is_served(client: httpx.AsyncClient, path: str) -> None:
    assert_problem(await client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    "written", ["0.4427513589027015", "0.30000000000000004", "5e-1", "9.5E-01", "5e-324"]
)
async def test_a_number_may_be_written_as_programs_write_it(
    client: httpx.AsyncClient, written: str
) -> None:
    """The shortest text of a binary number has up to seventeen digits, and an exponent."""
    path = "/v1/markets/chat-assistants/league?on=2026-11-01"
    answer = await client.get(f"{path}&confidence={written}")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("written", ["1e400", "5e", "0x1", "1_0e-1", "1e5", "1e999", "1e-400"])
async def test_what_is_no_number_or_out_of_bounds_is_none(
    client: httpx.AsyncClient, written: str
) -> None:
    path = "/v1/markets/chat-assistants/league?on=2026-11-01"
    answer = await client.get(f"{path}&confidence={written}")
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["confidence"]
