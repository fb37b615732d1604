"""Tools about the knowledge itself: how much there is, and by which methods figures are made."""

from typing import Any

from service.api.http.paging import LIMIT
from service.api.mcp.arguments import Arguments
from service.api.mcp.asking import Asking, record_path
from service.api.mcp.fitting import quoted
from service.api.mcp.replies import Reply, coverage_line, reply_to
from service.texts.labels import label
from service.texts.messages import message
from service.texts.values import percent

CELLS_SHOWN = 5


async def coverage(asking: Asking, arguments: Arguments) -> Reply:
    """Of the whole base by collection, or of one market by product and feature."""
    query = arguments.pairs()
    market = dict(query).get("market")
    found = await asking.get("/v1/coverage", query)
    reply, body = reply_to(asking, "/v1/coverage", query, found), found.body
    reply.lines += [_collection(one, reply.lang) for one in body["collections"]]
    reply.lines += [line for one in body["markets"] if (line := _market(one, reply.lang))]
    cells: dict[str, Any] = {}
    if market is not None:
        cells = await _cells(asking, market, reply)
    kept = {
        name: body[name] for name in ("collections", "markets", "totals", "products", "features")
    }
    reply.fit({name: value for name, value in {**kept, **cells}.items() if value})
    return reply


async def _cells(asking: Asking, market: str, reply: Reply) -> dict[str, Any]:
    """The unknown cells by which most would be learned."""
    path = f"{record_path('markets', market)}/unknown"
    query = [(LIMIT, str(CELLS_SHOWN)), ("as_of", f"rev:{reply.revision}"), ("lang", reply.lang)]
    body = (await asking.get(path, query)).body
    if not body["n_unknown"]:
        return {}
    told = {"n": body["n_unknown"], "total": body["n_products"] * body["n_features"]}
    reply.unknown.append(message("mcp.cells", reply.lang, **told))
    reply.unknown += [
        message(
            "mcp.cell",
            reply.lang,
            product=quoted(cell["product_name"]),
            feature=quoted(cell["feature_name"]),
        )
        for cell in body["data"]
    ]
    return {"unknown_cells": body["data"]}


def _collection(one: dict[str, Any], lang: str) -> str:
    name, n, share = label(one["collection"], lang), one["count"], one["sourced_share"]
    if share is None:
        return "- " + message("mcp.holds", lang, name=name, n=n)
    return "- " + message("mcp.holds_sourced", lang, name=name, n=n, share=percent(share, lang))


def _market(one: dict[str, Any], lang: str) -> str:
    line = coverage_line(one["coverage"], lang)
    return f"- [{one['market_id']}] {line}" if line else ""


async def explain_method(asking: Asking, arguments: Arguments) -> Reply:
    """What a method measures, by which formula, on which assumptions, and where it ends; without
    one, which there are."""
    if not arguments.has("method"):
        return await _methods(asking, arguments)
    path = arguments.record("methods", "method", "time-to-copy")
    query = arguments.pairs()
    found = await asking.get(path, query)
    reply, body = reply_to(asking, path, query, found, is_of_base=False), found.body
    reply.lines += [f"{body['name']} ({body['id']} {body['version']})", body["definition"]]
    reply.lines += [
        message(f"mcp.{part}", reply.lang, text=body[part])
        for part in ("formula", "assumptions", "limits")
    ]
    works = message("lists.semicolon", reply.lang).join(body["references"])
    reply.lines.append(message("mcp.references", reply.lang, text=works))
    reply.fit(body)
    return reply


async def _methods(asking: Asking, arguments: Arguments) -> Reply:
    query = arguments.pairs()
    found = await asking.get("/v1/methods", query)
    reply, rows = (
        reply_to(asking, "/v1/methods", query, found, is_of_base=False),
        found.body["data"],
    )
    reply.lines += [f"- [{row['id']}] {row['name']}, {row['version']}" for row in rows]
    reply.fit({"data": [{k: row[k] for k in ("id", "name", "version")} for row in rows]})
    return reply
