"""The page of the documentation, as a person meets it in a browser."""

import json

from bench.clients.serving import Served
from bench.clients.table import Row
from bench.clients.tools import HERE, chromium, run, version

USABLE_MS = 3000


def docs_page(served: Served) -> Row:
    """How soon the first operation can be tried, and what each answers as it comes up: a read must
    succeed, or say that no such record is there yet; a write must reach the service.
    """
    row = Row("/docs in Chromium", version("playwright-core"))
    settings = {"PARITY_URL": served.url, "PARITY_KEY": served.key, "CHROMIUM": chromium() or ""}
    ran = run("node", HERE / "docs_page.mjs", **settings)
    if ran.code:
        row.errors, row.says = 1, (ran.output + ran.errors).splitlines()
        return row
    told = json.loads(ran.output)
    good = [press for press in told["pressed"] if _is_good(press)]
    row.answered = len(good), len(told["pressed"])
    row.errors = len(told["errors"]) + (told["usable_ms"] > USABLE_MS)
    row.says = [
        f"the first operation is usable after {told['usable_ms']} ms (at most {USABLE_MS})",
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
    if press["method"] != "GET":
        return status < 500
    is_nothing_there = status == 404 and "none-yet" in str(press["asked"])
    return status < 400 or is_nothing_there
