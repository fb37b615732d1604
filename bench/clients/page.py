"""Pages as a person meets them in a browser: the reference with its forms, Lighthouse of others."""

import json

from bench.clients.serving import Served
from bench.clients.table import Row
from bench.clients.tools import BUILD, HERE, chromium, npm, run, version

USABLE_MS = 2000
LEAST = 0.95  # of Lighthouse, in each of the categories
CATEGORIES = ("accessibility", "best-practices")
PAGES = (
    "/",
    "/markets/chat-assistants",
    "/products/kimi?lang=zh",
    "/features/memory?theme=dark",
    "/compare?products=kimi,doubao",
    "/docs",
    "/docs/reference",
)
QUIET = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def docs_page(served: Served) -> Row:
    """How soon the operations are listed, and what each form is answered as it comes up: it must
    succeed, or say that no such record is there yet. What needs a key has no form.
    """
    row = Row("/docs/reference in Chromium", version("playwright-core"))
    settings = {"PARITY_URL": served.url, "CHROMIUM": chromium() or ""}
    ran = run("node", HERE / "docs_page.mjs", **settings)
    if ran.code:
        row.errors, row.says = 1, (ran.output + ran.errors).splitlines()
        return row
    told = json.loads(ran.output)
    told["pressed"] = [press for press in told["pressed"] if press["said"] != "no form"]
    good = [press for press in told["pressed"] if _is_good(press)]
    row.answered = len(good), len(told["pressed"])
    row.errors = len(told["errors"]) + (told["usable_ms"] > USABLE_MS)
    row.says = [
        f"the operations are listed after {told['usable_ms']} ms (at most {USABLE_MS})",
        *told["errors"],
        *(
            f"{press['method']} {press['path']} {press['status']} {press['said']} {press['asked']}"
            for press in told["pressed"]
            if press not in good
        ),
    ]
    return row


def _is_good(press: dict[str, int | str | None]) -> bool:
    status = press["status"]
    if not isinstance(status, int):
        return False
    is_nothing_there = status == 404 and "none-yet" in str(press["asked"])
    return status < 400 or is_nothing_there


def lighthouse(served: Served) -> Row:
    """What Lighthouse gives each page for accessibility and best practices."""
    row = Row("pages in Lighthouse", version("lighthouse"))
    good = [page for page in PAGES if _is_well_lit(f"{served.url}{page}", row)]
    row.answered = len(good), len(PAGES)
    return row


def _is_well_lit(address: str, row: Row) -> bool:
    report = BUILD / "lighthouse.json"
    report.unlink(missing_ok=True)
    BUILD.mkdir(exist_ok=True)
    asked = (f"--only-categories={','.join(CATEGORIES)}", "--quiet", "--output=json")
    ran = npm(
        "lighthouse",
        address,
        *asked,
        f"--output-path={report}",
        f"--chrome-flags={QUIET}",
        CHROME_PATH=chromium() or "",
    )
    if not report.exists():
        row.says.append(f"{address}: {ran.errors.strip()[-300:]}")
        return False
    told = json.loads(report.read_bytes())
    scores = {name: told["categories"][name]["score"] or 0.0 for name in CATEGORIES}
    row.says.append(f"{address}: " + ", ".join(f"{n} {round(100 * s)}" for n, s in scores.items()))
    row.says += [
        f"  {one['id']}: {one['title']}" for one in told["audits"].values() if one["score"] == 0
    ]
    return min(scores.values()) >= LEAST
