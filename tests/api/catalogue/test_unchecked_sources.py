"""Sources that nobody has looked at for long: told on the day asked."""

import pytest

from service.api.http import readers
from tests.answers import assert_problem
from tests.clients import WHY, Editor
from tests.duplicates import FACT, PAGES, add, record

RULE = "quality/issues?rule=source_unchecked&limit=200"


@pytest.fixture
async def looked(editor: Editor) -> str:
    """A source in use that was last looked at in March 2025."""
    fact = await add(editor, "adoptions", **FACT, product_id="kimi", sources=[PAGES[0]])
    (source,) = (await record(editor, f"adoptions/{fact}"))["source_ids"]
    await check(editor, source, "2025-03")
    return str(source)


async def check(editor: Editor, source: str, day: str | None) -> None:
    patch = {"last_checked": day, **WHY}
    done = await editor.send("PATCH", f"/v1/sources/{source}", patch, if_match="*")
    assert done.status_code == 200, done.text


async def told(editor: Editor, ask: str = "") -> set[str]:
    return {issue["record_id"] for issue in (await record(editor, RULE + ask))["data"]}


@pytest.mark.parametrize(
    ("ask", "is_told"),
    [
        ("&on=2026-11-01", True),
        ("&on=2026-03-31", False),  # 365 days after the last day of that March
        ("&on=2026-04-01", True),
        ("&on=2026-11-01&stale_days=700", False),
        ("&on=2025-05-01&stale_days=30", True),
        ("&on=2025-04-30&stale_days=30", False),
    ],
)
async def test_a_look_is_too_old_after_so_many_days(
    editor: Editor, looked: str, ask: str, is_told: bool
) -> None:
    assert (looked in await told(editor, ask)) == is_told


async def test_one_that_was_never_checked_was_looked_at_when_it_was_recorded(
    editor: Editor, looked: str
) -> None:
    await check(editor, looked, None)
    assert looked not in await told(editor)
    await check(editor, looked, "2020")
    assert looked in await told(editor)


async def test_a_source_that_nothing_stands_on_is_not_told(editor: Editor) -> None:
    unused = await add(editor, "sources", url="urn:unused", last_checked="2020")
    assert unused not in await told(editor)


async def test_without_a_day_it_is_an_answer_of_today(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await editor.client.get(f"/v1/{RULE}")
    assert first.json()["meta"]["on"] == readers.today().isoformat()
    again = await editor.client.get(f"/v1/{RULE}")
    other = await editor.client.get(f"/v1/{RULE}&on=2026-01-01")
    assert first.headers["etag"] == again.headers["etag"] != other.headers["etag"]


@pytest.mark.parametrize("given", ["0", "many", "99999999"])
async def test_a_wrong_number_of_days_is_told(editor: Editor, given: str) -> None:
    wrong = await editor.client.get(f"/v1/{RULE}&stale_days={given}")
    assert_problem(wrong, 400, "invalid_value")


async def test_other_lists_do_not_take_it(editor: Editor) -> None:
    assert_problem(await editor.client.get("/v1/sources?stale_days=3"), 400, "unknown_parameter")


async def test_files_and_the_past_are_of_the_day_too(editor: Editor, looked: str) -> None:
    path = "/v1/quality/issues.csv?rule=source_unchecked&on=2026-11-01"
    assert looked in (await editor.client.get(path)).text
    now = await editor.revision()
    assert looked in await told(editor, f"&as_of=rev:{now}&on=2026-11-01")
    assert looked not in await told(editor, f"&as_of=rev:{now - 2}&on=2026-11-01")
