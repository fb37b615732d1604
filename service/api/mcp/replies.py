"""What a tool answers: sentences to quote, figures with their shape, and what they rest on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from service.api.http.paging import LIMIT
from service.api.mcp.asking import Asking, Found, Pairs
from service.api.mcp.fitting import Cut, fitted, largest, plain, quoted, shortened, within
from service.api.mcp.words import cited, said
from service.texts.labels import figure_label
from service.texts.messages import message, speaker
from service.texts.values import date_text, percent

SOURCES_MAX = 10
FACTS_ASKED = 20  # of an analysis, for their sources
ANSWER_MAX = 3000  # characters of the sentences
TEXT_MAX = 5000  # with all that stands below them
LINES_MIN = 1000
ROWS_SHOWN = 10
FIGURES_MAX = 16


@dataclass
class Reply:
    """One answer; `lines` are its sentences, stored text in them quoted. `is_sourced`: sources were
    looked for, found or not."""

    lang: str
    url: str
    revision: int
    lines: list[str]
    data: dict[str, Any]
    sources: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    is_sourced: bool = False

    def fit(self, data: dict[str, Any]) -> None:
        """Take the data as far as they fit, and say what was left out."""
        self.data, cuts = fitted(data)
        self.left_out += [self._missing(cut) for cut in largest(cuts)]

    def _missing(self, cut: Cut) -> str:
        path = cut.path or "data"
        return message(
            "mcp.left_out", self.lang, path=path, n=cut.shown, total=cut.total, url=self.url
        )

    @property
    def structured(self) -> dict[str, Any]:
        """As JSON; the shape that every tool declares."""
        return {
            "answer": "\n".join(within(self.lines, ANSWER_MAX)),
            "url": self.url,
            "revision": self.revision,
            "lang": self.lang,
            "data": self.data,
            "sources": self.sources,
            "unknown": self.unknown,
            "left_out": self.left_out,
        }

    @property
    def text(self) -> str:
        """As sentences, the address and the sources always among them."""
        say = speaker("mcp", self.lang)
        named = [f"[{n}] {cited(source)}" for n, source in enumerate(self.sources, 1)]
        end = [
            *([say("unknown"), *_listed(self.unknown)] if self.unknown else []),
            *([say("omitted"), *_listed(self.left_out)] if self.left_out else []),
            *([say("sources"), *named] if named else []),
            *([say("no_sources")] if self.is_sourced and not named else []),
            say("stands", revision=self.revision, url=self.url),
        ]
        lines = within(self.lines, max(LINES_MIN, TEXT_MAX - sum(map(len, end))))
        more = len(self.lines) - len(lines)
        cut = [say("more_lines", n=more, url=self.url)] if more else []
        return "\n".join([*lines, *cut, "", *end])


def _listed(sentences: Iterable[str]) -> list[str]:
    return [f"- {one}" for one in sentences]


def source_ids(data: Any) -> Iterator[str]:
    """Every id of a source in an answer, in its order."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == "source_ids" and isinstance(value, list):
                yield from (one for one in value if isinstance(one, str))
            else:
                yield from source_ids(value)
    elif isinstance(data, list):
        for item in data:
            yield from source_ids(item)


async def add_sources(reply: Reply, asking: Asking, ids: Iterable[str]) -> None:
    """The sources of these ids, and in words how many more there are."""
    wanted, reply.is_sourced = list(dict.fromkeys(ids)), True
    if not wanted:
        return
    shown = wanted[:SOURCES_MAX]
    query = [
        ("id", ",".join(shown)),
        ("as_of", f"rev:{reply.revision}"),
        (LIMIT, str(len(shown))),
        ("fields", "id,url,title,publisher,published"),
    ]
    found = {row["id"]: row for row in (await asking.get("/v1/sources", query)).body["data"]}
    reply.sources += [_short(found[one]) for one in shown if one in found]
    if len(wanted) > len(shown):
        told = {"n": len(shown), "total": len(wanted), "url": reply.url}
        reply.left_out.append(message("mcp.more_sources", reply.lang, **told))


def _short(source: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "url", "title", "publisher", "published")
    named = {name: source.get(name) for name in kept}
    return {k: shortened(plain(v)) for k, v in named.items() if v is not None}


async def facts_sources(asking: Asking, explained: dict[str, Any], revision: int) -> list[str]:
    """The ids of the sources of the facts that an analysis stands on, of the first of them."""
    ids = explained["ids"][:FACTS_ASKED]
    if not ids:
        return []
    query = [("id", ",".join(ids)), (LIMIT, str(len(ids))), ("as_of", f"rev:{revision}")]
    return list(source_ids((await asking.get(f"/v1/{explained['collection']}", query)).body))


def finding(answer: dict[str, Any]) -> list[str]:
    """What an analysis says, as a quotation; the names in it are stored text."""
    return [quoted(answer["finding"], 1500)] if answer.get("finding") else []


def figures(answer: dict[str, Any], paths: Iterable[str], lang: str) -> list[str]:
    """The headline figures in one line."""
    known = [(path, value) for path in paths if (value := at(answer, path)) is not None]
    shown = [
        f"{figure_label(path, lang)} ({path.rpartition('.')[2]}) {said(value, lang)}"
        for path, value in known[:FIGURES_MAX]
        if not isinstance(value, dict | list)
    ]
    return [message("mcp.figures", lang, figures=_semicolons(shown, lang))] if shown else []


def unknowns(answer: dict[str, Any], paths: Iterable[str], lang: str) -> list[str]:
    """What is not known of an analysis, and what a reader has to know of it, in words."""
    covered = answer.get("coverage") or {}
    reasons = answer.get("reasons", {}) | covered.get("reasons", {})
    told = [line for line in [coverage_line(covered, lang)] if line]
    for path in paths:
        name = path.rpartition(".")[2]
        if at(answer, path) is None and name in reasons:
            why = message(f"reasons.{reasons[name]}", lang)
            told.append(message("mcp.no_figure", lang, figure=figure_label(path, lang), why=why))
    return [*told, *(plain(warning["detail"]) for warning in answer.get("warnings", []))]


def coverage_line(covered: dict[str, Any], lang: str) -> str:
    """How much is known, in one sentence; nothing where that is not said in cells."""
    share, products = covered.get("known_share"), covered.get("n_products")
    if share is None or products is None:
        return ""
    told = {"share": percent(share, lang), "n": covered.get("n_surveyed_products") or 0}
    return message("mcp.known", lang, total=products, **told)


def at(answer: Any, path: str) -> Any:
    """The value at a dotted path, None where there is none."""
    for step in path.split("."):
        answer = answer.get(step) if isinstance(answer, dict) else None
    return answer


def _semicolons(parts: list[str], lang: str) -> str:
    return message("lists.semicolon", lang).join(parts)


def day_line(answer: dict[str, Any], lang: str) -> list[str]:
    """Of which day the answer is, by which method."""
    if not answer.get("on") or "method" not in answer:
        return []
    method = answer["method"]
    name = message(f"methods.{method['id']}.name", lang)
    told = {"day": date_text(answer["on"], lang), "method": name, "version": method["version"]}
    return [message("mcp.method", lang, **told)]


def reply_to(
    asking: Asking, path: str, query: Pairs, found: Found, *, is_of_base: bool = True
) -> Reply:
    """An empty one, with the address that says the same for ever: day, revision and language are
    in it."""
    day = found.body.get("on")
    own = {"on": str(day)} if day and "method" in found.body else {}
    own |= {"as_of": f"rev:{found.revision}"} if is_of_base else {}
    own |= {"lang": found.lang}
    kept = [(name, value) for name, value in query if name not in own]
    url = asking.url(path, [*kept, *own.items()])
    return Reply(found.lang, url, found.revision, [], {})
