"""Tools that show analyses: likeness, time-to-copy, gaps, comparison, and a market at a glance."""

from collections.abc import Mapping
from typing import Any

from service.api.http.representations import SHOWN
from service.api.mcp.arguments import Arguments, lacking, one_of
from service.api.mcp.asking import Asking, Found, Pairs
from service.api.mcp.replies import (
    ROWS_SHOWN,
    Reply,
    add_sources,
    coverage_line,
    day_line,
    facts_sources,
    figures,
    finding,
    reply_to,
    source_ids,
    unknowns,
)
from service.api.mcp.words import not_known, record_line, row_line, said
from service.texts.messages import message

EXAMPLES = {
    "market": "chat-assistants",
    "feature": "memory",
    "product": "kimi",
    "vendor": "openai",
}
OVERVIEW = ("homogenization", "time-to-copy", "league", "monetization")
_KEPT = ("subject", "subjects", "on", "result", "rows", "pairs", "summary", "markets", "trend")


async def homogenization(asking: Asking, arguments: Arguments) -> Reply:
    """Of a feature, a product, a vendor's products or a market; of all markets side by side."""
    about = one_of(arguments, ("feature", "product", "vendor"))
    about = about or ("market" if arguments.has("market") else None)
    if about is None:
        return await _analysis(asking, "/v1/homogenization", arguments, "list_homogenization")
    return await _of_record(asking, arguments, about, "homogenization")


async def time_to_copy(asking: Asking, arguments: Arguments) -> Reply:
    """Of a feature in a market, of a vendor's features, of all features of a market."""
    about = one_of(arguments, ("feature", "vendor"))
    about = about or ("market" if arguments.has("market") else None)
    if about is None:
        raise lacking(("feature", "vendor", "market"))
    return await _of_record(asking, arguments, about, "time-to-copy")


async def gaps(asking: Asking, arguments: Arguments) -> Reply:
    """What a product lacks that its peers have, and what it has alone."""
    arguments.require("product", EXAMPLES["product"])
    return await _of_record(asking, arguments, "product", "gaps")


async def compare(asking: Asking, arguments: Arguments) -> Reply:
    """Products or vendors side by side."""
    return await _analysis(asking, "/v1/compare", arguments, "compare")


async def _of_record(asking: Asking, arguments: Arguments, about: str, suffix: str) -> Reply:
    path = arguments.record(f"{about}s", about, EXAMPLES[about])
    operation = f"get_{about}_{suffix.replace('-', '_')}"
    return await _analysis(asking, f"{path}/{suffix}", arguments, operation)


async def _analysis(asking: Asking, path: str, arguments: Arguments, operation: str) -> Reply:
    query = arguments.pairs()
    found = await asking.get(path, arguments.pairs(explain="true"))
    reply, body = reply_to(asking, path, query, found), found.body
    shown = SHOWN[operation]
    reply.lines += [*finding(body), *figures(body, shown.headline, reply.lang)]
    reply.lines += day_line(body, reply.lang)
    reply.lines += _compared(body, reply.lang) if operation == "compare" else []
    reply.lines += [row_line(row, reply.lang) for row in _rows(body, shown.table)]
    reply.unknown += unknowns(body, shown.headline, reply.lang)
    kept = {name: body[name] for name in _KEPT if body.get(name)}
    reply.fit({**kept, "coverage": body["coverage"], "method": body["method"]})
    ids = list(source_ids(kept))
    if body.get("explain"):
        ids += await facts_sources(asking, body["explain"], reply.revision)
        facts = len(body["explain"]["ids"])
        reply.lines.append(message("mcp.facts", reply.lang, n=facts, url=_explained(reply.url)))
    await add_sources(reply, asking, ids)
    return reply


def _explained(url: str) -> str:
    return f"{url}&explain=true" if "explain=" not in url else url


def _rows(body: dict[str, Any], table: str) -> list[Any]:
    """The first rows of the table that the .csv has; of a series the finding tells."""
    rows = body.get("result", body).get(table)
    is_told = table in ("series", "rows") or not isinstance(rows, list)
    return [] if is_told else rows[:ROWS_SHOWN]


def _compared(body: Mapping[str, Any], lang: str) -> list[str]:
    """The rows of a comparison, a line each."""
    names = said([subject["name"] for subject in body["subjects"]], lang)
    semicolon = message("lists.semicolon", lang)
    lines = [message("mcp.compared", lang, names=names)]
    for row in body["rows"]:
        cells = semicolon.join(_cell(cell, lang) for cell in row["cells"])
        lines.append(f"- {said(row['label'], lang)}: {cells}")
    return lines


def _cell(cell: dict[str, Any], lang: str) -> str:
    words = said(cell.get("names") or cell.get("name") or cell.get("value"), lang)
    return f"{words} ({cell['date']})" if cell.get("date") else words


async def market_overview(asking: Asking, arguments: Arguments) -> Reply:
    """What a market is, and in a sentence each how alike, how fast, who first, how paid."""
    path = arguments.record("markets", "market", EXAMPLES["market"])
    query = arguments.pairs()
    record = await asking.get(path, query)
    reply = reply_to(asking, path, query, record)
    reply.lines.append(record_line(record.body, reply.lang))
    reply.unknown += not_known(record.body, reply.lang)
    query = [pair for pair in query if pair[0] != "as_of"] + [("as_of", f"rev:{record.revision}")]
    read: dict[str, Any] = {"record": record.body}
    for suffix in OVERVIEW:
        found = await asking.get(f"{path}/{suffix}", query)
        reply.lines += finding(found.body)
        read[suffix] = _essence(found, suffix)
        reply.left_out.append(_where(asking, f"{path}/{suffix}", query, found))
    covered = read["homogenization"]["coverage"]
    reply.unknown += [line for line in [coverage_line(covered, reply.lang)] if line]
    reply.fit(read)
    await add_sources(reply, asking, source_ids(record.body))
    return reply


def _essence(found: Found, suffix: str) -> dict[str, Any]:
    """The headline figures of an analysis, by name."""
    body, shown = found.body, SHOWN[f"get_market_{suffix.replace('-', '_')}"]
    result = body["result"]
    names = [path.removeprefix("result.") for path in shown.headline if path.startswith("result.")]
    plain_figures = {name: result.get(name) for name in names if "." not in name}
    more = {k: result[k] for k in ("status_counts", "n_vendors", "n_products") if k in result}
    return {
        "finding": body["finding"],
        "on": body["on"],
        **plain_figures,
        **more,
        "coverage": body["coverage"],
        "method": {"id": body["method"]["id"], "version": body["method"]["version"]},
    }


def _where(asking: Asking, path: str, query: Pairs, found: Found) -> str:
    whole = reply_to(asking, path, query, found)
    name = message(f"methods.{found.body['method']['id']}.name", found.lang)
    return message("mcp.whole", found.lang, name=name, url=whole.url)
