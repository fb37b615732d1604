"""Facts as pages show them: which fields are asked for, and what each says in one line."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from service.api.explorer.answers import Ask
from service.api.http.paging import LIMIT
from service.formats.event_titles import title
from service.query.registry import BY_KIND, BY_NAME

ROWS = 200  # of a list on a page
SOURCE = ("url", "title", "publisher", "published")


@cache
def fields_of(name: str) -> str:
    """Of a collection's records all that is told of them: their own, names beside ids, sources."""
    fields = BY_NAME[name].every_field
    named = [f.name.removesuffix("_id") for f in fields if f.to and f.name.endswith("_id")]
    own = [f.name for f in fields] + (["name"] if BY_NAME[name].field("names") else [])
    return ",".join(
        [*own, *(f"{one}.name" for one in named), *(f"sources.{one}" for one in SOURCE)]
    )


def facts(name: str, path: str = "", **query: Any) -> Ask:
    """The facts of a collection, with their sources; `path`: those of one record."""
    asked = {"fields": fields_of(name), LIMIT: ROWS, **query}
    return Ask(f"{path}/{name}", asked)


def titled(record: Mapping[str, Any], lang: str, event: str = "") -> str:
    """What the fact says in one line; `event` is one of the timeline's, by default its start."""
    kind = BY_KIND[record["object"]]
    to = [f.name for f in kind.fields if f.to and f.name.endswith("_id")]
    pairs = [(record[name], record.get(name.removesuffix("_id"))) for name in to]
    names = {one: shown["name"] for one, shown in pairs if shown}
    named = {"event": event or f"{kind.kind}.{kind.starts}"}
    return title(named, dict(record), names, lang)


def date_of(record: Mapping[str, Any]) -> str | None:
    """Since when it holds, as precisely as it is known."""
    starts = BY_KIND[record["object"]].starts
    found: str | None = record.get(starts) if starts else None
    return found


def behind(events: Iterable[Mapping[str, Any]]) -> dict[str, Ask]:
    """The records behind events of the timeline, an ask for each kind."""
    ids: dict[str, list[str]] = {}
    for event in events:
        ids.setdefault(event["kind"], []).append(event["record_id"])
    names = ((kind, BY_KIND[kind].name) for kind in ids)
    return {
        f"behind_{kind}": facts(name, id=",".join(dict.fromkeys(ids[kind]))) for kind, name in names
    }


def by_id(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The records behind events, by id."""
    return {record["id"]: record for record in _records(answers)}


def _records(answers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, answer in answers.items():
        if name.startswith("behind_") and answer:
            yield from answer.body["data"]
