"""The explorer in a browser, with real clicks and keys, and for those who do not see it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

from service.store.database import Database
from tests.servers import serving

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SLOW_MS = 30_000
PAGES = (
    "/",
    "/markets/chat-assistants",
    "/products/kimi",
    "/features/long-context",
    "/vendors/openai",
    "/groups/bat",
    "/business-models/freemium",
    "/compare?products=kimi,doubao",
    "/timeline",
    "/search?q=kimi",
    "/methods",
    "/methods/homogenization",
    "/changes",
    "/changes?revision=2",
    "/coverage",
    "/coverage?market=chat-assistants",
    "/facts?of=/v1/products/kimi/homogenization",
    "/docs",
    "/docs/keys",
    "/docs/gallery",
    "/docs/reference",
    "/docs/reference/list_products",
    "/docs/methods/homogenization",
    "/problems/gone",
    "/markets/nope",
)


# Cells of tables that are broken every few characters: three lines or more, of three on average.
BROKEN_CELLS = """() => [...document.querySelectorAll("td, th")].filter(cell => {
  const words = cell.textContent.trim().replace(/\\s+/g, " ");
  if (!words || cell.closest(".matrix")) return false;
  const range = document.createRange(), tops = [];
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.textContent.trim()) continue;
    range.selectNodeContents(texts.currentNode);
    for (const { top, width } of range.getClientRects())
      if (width > 1 && !tops.some(other => Math.abs(other - top) < 8)) tops.push(top);
  }
  return tops.length > 2 && words.length / tops.length < 4;
}).map(cell => cell.textContent.trim())"""


@pytest.fixture(scope="module")
async def address(
    bundled: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    async with serving(bundled, tmp_path_factory.mktemp("served"), PARITY_JOBS="false") as running:
        yield running.address


@pytest.fixture(scope="module")
async def browser() -> "AsyncIterator[Browser]":
    async with playwright.async_playwright() as started:
        opened = await started.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: "Browser") -> "AsyncIterator[Page]":
    context = await browser.new_context(locale="en-GB", color_scheme="light")
    yield await context.new_page()
    await context.close()


async def shows(page: "Page", title: str, where: str = "h1") -> None:
    """Waits until the page says so: a click is over before what it leads to is there."""
    await playwright.expect(page.locator(where).first).to_contain_text(title, timeout=SLOW_MS)


async def test_from_the_front_to_a_feature(page: "Page", address: str) -> None:
    await page.goto(address)
    await page.get_by_role("link", name="Chat assistants", exact=True).click()
    await shows(page, "Chat assistants")
    await page.locator("#penetration").get_by_role("link", name="Long context").click()
    await shows(page, "Long context")
    await shows(page, "had done so about", ".finding")
    await page.get_by_role("link", name="The facts behind it").first.click()
    await shows(page, "Adoptions", "#facts h2")
    assert await page.locator("tbody tr").count() > 10


async def test_a_suggestion_is_chosen_by_keyboard(page: "Page", address: str) -> None:
    await page.goto(f"{address}/?on=2026-06-30")
    box = page.get_by_role("combobox")
    await box.press_sequentially("kim")
    option = page.get_by_role("option").first
    await option.wait_for()
    assert await box.get_attribute("aria-expanded") == "true"
    await box.press("ArrowDown")
    assert await option.get_attribute("aria-selected") == "true"
    assert await box.get_attribute("aria-activedescendant") == await option.get_attribute("id")
    await box.press("Enter")
    await page.wait_for_url("**/products/kimi?on=2026-06-30")
    await shows(page, "Kimi")


async def test_escape_leaves_the_words(page: "Page", address: str) -> None:
    await page.goto(address)
    box = page.get_by_role("combobox")
    await box.press_sequentially("zhi")
    await page.get_by_role("option").first.wait_for()
    await box.press("Escape")
    assert await page.get_by_role("option").count() == 0
    await box.press("Enter")
    await page.wait_for_url("**/search?q=zhi")
    await shows(page, "zhi")


async def test_the_language_and_the_colours_are_switched(page: "Page", address: str) -> None:
    await page.goto(f"{address}/markets/chat-assistants")
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_role("link", name="Dark").click()
    await page.wait_for_url("**theme=dark**")
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    await page.get_by_role("link", name="中文").click()
    await shows(page, "AI对话助手")
    assert "theme=dark" in page.url
    assert await page.get_attribute("html", "lang") == "zh-Hans"


async def test_one_walks_back_in_time(page: "Page", address: str) -> None:
    await page.goto(f"{address}/markets/chat-assistants")
    await page.get_by_label("The world on").fill("2024-06-30")
    await page.get_by_role("button", name="Show").click()
    await shows(page, "30 June 2024", "#homogenization .finding")
    await page.get_by_role("link", name="A year earlier").click()
    await shows(page, "30 June 2023", "#homogenization .finding")
    await page.get_by_role("link", name="Back to today").click()
    await page.wait_for_url("**/markets/chat-assistants")


async def test_the_curl_line_is_for_the_host_looked_at(page: "Page", address: str) -> None:
    await page.goto(f"{address}/markets/chat-assistants")
    line = await page.locator(".curl code").first.text_content()
    assert line is not None
    assert line.startswith(f"curl -s '{address}/v1/markets/")
    command = await asyncio.create_subprocess_shell(line, stdout=asyncio.subprocess.PIPE)
    told, _ = await command.communicate()
    assert (command.returncode, b'"finding"' in told) == (0, True)


@pytest.mark.parametrize("refusals", [1, 3, 99], ids=["once", "three times", "for ever"])
async def test_a_refused_picture_is_asked_for_again_a_few_times(
    page: "Page", address: str, refusals: int
) -> None:
    asked = list[str]()

    async def answer(route: "Route") -> None:
        asked.append(route.request.url)
        if len(asked) <= refusals:
            await route.fulfill(status=429, headers={"retry-after": "1"}, body="too much")
        else:
            await route.continue_()

    await page.clock.install()
    await page.route("**/homogenization.svg?*", answer)
    await page.goto(f"{address}/markets/chat-assistants")
    picture = page.locator("#homogenization .picture img")
    await picture.scroll_into_view_if_needed()
    wanted = min(refusals, 4) + 1
    async with asyncio.timeout(SLOW_MS / 1000):
        while len(asked) < wanted:
            await page.clock.run_for(1000)
    loaded = "image => image.complete && image.naturalWidth > 0"
    if refusals < wanted:
        handle = await picture.element_handle()
        await page.wait_for_function(loaded, arg=handle, timeout=SLOW_MS)
    await page.clock.run_for(60_000)
    assert asked == [asked[0]] * wanted


async def test_all_of_it_works_without_scripts(browser: "Browser", address: str) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="en-GB")
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_label("Search markets").fill("豆包")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name="Doubao", exact=True).first.click()
    await shows(page, "Doubao")
    await context.close()


@pytest.mark.parametrize(
    ("theme", "width", "lang"), [("light", 1280, "en-GB"), ("dark", 375, "zh-CN")]
)
async def test_no_page_breaks_the_rules_of_accessibility(
    browser: "Browser", address: str, theme: Any, width: int, lang: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    context = await browser.new_context(
        color_scheme=theme, locale=lang, viewport={"width": width, "height": 800}
    )
    page, broken = await context.new_page(), []
    for path in PAGES:
        await page.goto(address + path)
        found = await axe.run(page, options={"runOnly": RULES})
        broken += [(path, one["id"]) for one in found.response["violations"]]
        wide = await page.evaluate("document.documentElement.scrollWidth")
        broken += [(path, "scrolls sideways")] if wide > width else []
    await context.close()
    assert broken == []


@pytest.mark.parametrize(("width", "lang"), [(320, "zh-CN"), (390, "en-GB")])
async def test_no_column_is_narrower_than_a_word(
    browser: "Browser", address: str, width: int, lang: str
) -> None:
    context = await browser.new_context(locale=lang, viewport={"width": width, "height": 800})
    page, narrow = await context.new_page(), {}
    for path in PAGES:
        await page.goto(address + path, wait_until="domcontentloaded")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        if cells := await page.evaluate(BROKEN_CELLS) + (["the page"] if wide > width else []):
            narrow[path] = cells[:3]
    await context.close()
    assert narrow == {}


async def test_nothing_is_asked_of_anybody_else(browser: "Browser", address: str) -> None:
    context = await browser.new_context()
    page, asked, refused = await context.new_page(), set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda told: refused.append(told.text))
    for path in PAGES[:-1]:
        await page.goto(address + path)
        await page.wait_for_load_state("networkidle")
    assert {url for url in asked if not url.startswith(address)} == set()
    assert refused == []
    await context.close()
