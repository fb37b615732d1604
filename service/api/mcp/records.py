"""Tools that show records: find, get, list, timeline, what changed."""

from collections.abc import Callable
from typing import Any

from service.api.http.paging import LIMIT
from service.api.mcp.arguments import Arguments
from service.api.mcp.asking import Asking
from service.api.mcp.fitting import BYTES_MAX, plain, quoted
from service.api.mcp.replies import Reply, add_sources, reply_to, source_ids
from service.api.mcp.words import not_known, record_line
from service.formats.json_records import encode
from service.query.registry import BY_KIND
from service.texts.labels import heading, label
from service.texts.messages import counted, message

# What is of the wire, not of the record.
_BOOKKEEPING = frozenset(
    ("object", "href", "recorded_at", "updated_at", "field_sources", "name_lang")
)


Line = Callable[[dict[str, Any], str], str]


async def find(asking: Asking, arguments: Arguments) -> Reply:
    """Records by what people call them."""
    arguments.require("q", "kimi")
    return await _page(asking, "/v1/search", arguments, _hit)


async def get_record(asking: Asking, arguments: Arguments) -> Reply:
    """One record with its sources."""
    path = arguments.record(arguments.collection(), "id", "kimi")
    query = arguments.pairs()
    found = await asking.get(path, query)
    reply = reply_to(asking, path, query, found)
    reply.lines.append(record_line(found.body, reply.lang))
    reply.unknown += not_known(found.body, reply.lang)
    reply.fit({"record": _short(found.body)})
    await add_sources(reply, asking, source_ids(found.body))
    return reply


async def list_records(asking: Asking, arguments: Arguments) -> Reply:
    """The records of a collection that meet a filter."""
    path = f"/v1/{arguments.collection()}"
    reply = await _page(asking, path, arguments, record_line)
    await add_sources(reply, asking, source_ids(reply.data))
    return reply


async def list_timeline(asking: Asking, arguments: Arguments) -> Reply:
    """Dated facts in their order."""
    told = {"include": "product,vendor,feature"}
    reply = await _page(asking, "/v1/timeline", arguments, None, **told)
    records: dict[str, dict[str, Any]] = {}
    for kind, ids in _by_kind(reply.data["data"]).items():
        query = [("id", ",".join(ids)), (LIMIT, str(len(ids))), ("as_of", f"rev:{reply.revision}")]
        found = await asking.get(f"/v1/{BY_KIND[kind].name}", query)
        records |= {record["id"]: record for record in found.body["data"]}
    behind = [(event, records.get(event["record_id"], {})) for event in reply.data["data"]]
    reply.lines += [_event_line(event, record, reply.lang) for event, record in behind]
    await add_sources(reply, asking, source_ids([record for _, record in behind]))
    return reply


def _by_kind(events: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The ids of the records behind events."""
    found: dict[str, list[str]] = {}
    for event in events:
        found.setdefault(event["kind"], []).append(event["record_id"])
    return found


async def list_changes(asking: Asking, arguments: Arguments) -> Reply:
    """What was written into the base since then."""
    arguments.require("since", "rev:1")
    rows, query = arguments.rows(), arguments.pairs()
    lang = arguments.take("lang") or asking.lang
    found = await asking.get("/v1/changes", [*arguments.pairs(), (LIMIT, str(rows))])
    changes, url = found.body["data"], asking.url("/v1/changes", query)
    reply = Reply(lang, url, found.revision, [counted("mcp.changes", len(changes), lang)], {})
    reply.lines += [_change_line(change, lang) for change in changes]
    reply.fit({"data": changes, "has_more": found.body["has_more"]})
    if found.body["has_more"]:
        reply.left_out.append(_further(found.body["page"]["next_cursor"], lang))
    return reply


async def _page(
    asking: Asking, path: str, arguments: Arguments, line: Line | None, **defaults: str
) -> Reply:
    """A page that fits: of fewer rows where they are long, so that the next one follows on it."""
    rows, query = arguments.rows(), arguments.pairs(**defaults)
    while True:
        found = await asking.get(path, [*query, (LIMIT, str(rows))])
        body = found.body
        shown = {"data": [_short(row) for row in body["data"]], "total": body["total"]}
        shown |= {"facets": body["facets"]} if body.get("facets") else {}
        if len(encode(shown)) <= BYTES_MAX or rows == 1:
            break
        rows //= 2
    reply = reply_to(asking, path, query, found)
    reply.lines.append(_counted(len(body["data"]), body["total"], reply.lang))
    reply.lines += [line(row, reply.lang) for row in body["data"]] if line else []
    reply.fit(shown)
    reply.unknown += [plain(warning["detail"]) for warning in body["meta"].get("warnings", [])]
    if (after := body["page"]["next_cursor"]) is not None:
        reply.left_out.append(_further(after, reply.lang))
    return reply


def _counted(n: int, total: dict[str, Any] | None, lang: str) -> str:
    if total is None:
        return message("mcp.uncounted", lang, n=n)
    relation = "counted" if total["relation"] == "eq" else "counted_least"
    return message(f"mcp.{relation}", lang, n=n, total=total["value"])


def _further(cursor: str, lang: str) -> str:
    return message("mcp.further", lang, cursor=cursor)


def _hit(hit: dict[str, Any], lang: str) -> str:
    return f"- {heading(hit['type'], lang)} {quoted(hit['name'])} [{hit['id']}]"


def _event_line(event: dict[str, Any], record: dict[str, Any], lang: str) -> str:
    """`- 2024-03: “Kimi” has the feature “Long context” [adp_…]`."""
    beside = [event.get(kind) or {} for kind in ("product", "feature")]
    if not any(beside):
        beside = [event.get("vendor") or {}]
    of_record = [record] if event["kind"] not in ("product", "vendor", "feature") else []
    names = [one["name"] for one in [*beside, *of_record] if one.get("name")]
    who, *what = map(quoted, names or [event["record_id"]])
    words = " ".join([who, label(event["event"], lang), *what])
    return f"- {event['date']}: {words} [{event['record_id']}]"


def _change_line(change: dict[str, Any], lang: str) -> str:
    kind, _, done = change["type"].partition(".")
    skipped = ("seq", "revision", "type", "id", "href", "recorded_at")
    beside = [f"{name} [{plain(value)}]" for name, value in change.items() if name not in skipped]
    words = [label(kind, lang), f"[{change['id']}]", done, *beside]
    return f"- {change['recorded_at'][:10]}, {change['revision']}: {' '.join(words)}"


def _short(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is of the wire; of a record within it, id and name."""
    kept = {k: v for k, v in record.items() if k not in _BOOKKEEPING and k != "names"}
    return {
        name: {k: value[k] for k in ("id", "name") if k in value}
        if isinstance(value, dict) and "object" in value and "data" not in value
        else value
        for name, value in kept.items()
    }
