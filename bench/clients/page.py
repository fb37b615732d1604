"""The page of the documentation, as a person meets it in a browser."""

import json

from bench.clients.serving import Served
from bench.clients.table import Row
from bench.clients.tools import HERE, chromium, run, version

USABLE_MS = 2000


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
