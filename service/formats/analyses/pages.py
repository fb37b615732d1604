"""An analysis as a page of Markdown: finding, headline figures, coverage, method, how to cite."""

import re
from typing import Any

import msgspec

from service.formats.analyses.presentations import FIGURES, Presentation
from service.formats.analyses.tables import Table, table
from service.texts.labels import figure_label
from service.texts.messages import message, speaker
from service.texts.values import date_text

ROWS, COLUMNS = 10, 8
COVERAGE = (
    "known_share",
    "n_surveyed_products",
    "n_products",
    "n_features",
    "features",
    "cells_known_share",
    "dated_share",
    "day_precision_share",
    "sourced_share",
)
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&])")


def page(answer: Any, shown: Presentation, lang: str, url: str) -> bytes:
    """`url` reads the same answer for ever."""
    told: dict[str, Any] = msgspec.to_builtins(answer)
    say, subject = speaker("analysis_pages", lang), subject_of(told)
    name = message(f"methods.{answer.method.id}.name", lang)
    day, revision = date_text(told["on"], lang), told["meta"]["revision"]
    parts = [
        f"# {text(name)}: {text(subject)}",
        f"> {text(told['finding'])}" if told.get("finding") else "",
        say("on", day=day, revision=revision),
        _figures(told, shown.headline, lang),
        _rows(answer, shown.table, lang),
        f"## {say('coverage')}\n\n" + _figures(told, _coverage(told), lang),
        f"## {say('method')}\n\n" + _method(answer, name, lang),
        f"## {say('warnings')}\n\n{_listed(told['warnings'])}" if told["warnings"] else "",
        f"## {say('cite')}\n\n"
        + text(say("citation", method=name, subject=subject, day=day, revision=revision))
        + f" <{url}>",
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def text(value: object) -> str:
    """Plain words, in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))


def subject_of(told: dict[str, Any]) -> str:
    """The names of what the analysis is about."""
    if "subject" in told:
        return str(told["subject"]["name"])
    return ", ".join(subject["name"] for subject in told["subjects"])


def _coverage(told: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"coverage.{name}" for name in COVERAGE if name in told["coverage"])


def _figures(told: dict[str, Any], paths: tuple[str, ...], lang: str) -> str:
    say = speaker("analysis_pages", lang)
    reasons = told.get("reasons", {}) | told["coverage"].get("reasons", {})
    rows: list[list[Any]] = []
    for path in paths:
        value = _at(told, path)
        name = path.rpartition(".")[2]
        if value is None:
            reason = reasons.get(name)
            why = f" ({message(f'reasons.{reason}', lang)})" if reason else ""
            value = say("unknown") + why
        rows.append([f"{figure_label(path, lang)} ({name})", value])
    return _table(Table([say("figure"), say("value")], rows))


def _rows(answer: Any, name: str, lang: str) -> str:
    """The first rows and columns of the table that the .csv has whole."""
    if name == FIGURES:
        return ""
    say, whole = speaker("analysis_pages", lang), table(answer, name)
    if not whole.rows:
        return f"## {say('rows', name=text(name))}\n\n{say('none')}"
    cut = Table(whole.header[:COLUMNS], [row[:COLUMNS] for row in whole.rows[:ROWS]])
    more = len(whole.rows) - len(cut.rows)
    tail = f"\n\n{say('more', n=more)}" if more else ""
    return f"## {say('rows', name=text(name))}\n\n{_table(cut)}{tail}"


def _table(shown: Table) -> str:
    rows = [map(text, shown.header), ["---"] * len(shown.header)]
    lines = [*rows, *(map(_cell, row) for row in shown.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
    return "" if value is None else text(value)


def _method(answer: Any, name: str, lang: str) -> str:
    method, say = answer.method, speaker("analysis_pages", lang)
    chosen = ", ".join(f"{text(k)} = {text(v)}" for k, v in method.parameters.items())
    tail = f" {say('parameters')}: {chosen}." if chosen else ""
    return f"[{text(name)}]({method.href}) {method.version}.{tail}"


def _listed(warnings: list[dict[str, str]]) -> str:
    return "\n".join(f"- {text(warning['detail'])}" for warning in warnings)


def _at(told: Any, path: str) -> Any:
    for step in path.split("."):
        told = told.get(step) if isinstance(told, dict) else None
    return told
