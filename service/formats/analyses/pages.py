"""An analysis as a page of Markdown: finding, headline figures, coverage, method, how to cite."""

import re
from typing import Any

import msgspec

from service.formats.analyses.findings import day_text
from service.formats.analyses.presentations import FIGURES, Presentation, label_of
from service.formats.analyses.tables import Table, table
from service.texts.messages import message

ROWS, COLUMNS = 10, 8
COVERAGE = ("known_share", "n_surveyed_products", "n_products", "n_features", "features",
            "cells_known_share", "dated_share", "day_precision_share", "sourced_share")  # fmt: skip
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&])")
_WORDS = {
    "en": {
        "figure": "Figure", "value": "Value", "rows": "Rows: {name}", "coverage": "Coverage",
        "method": "Method", "parameters": "Parameters", "warnings": "To know",
        "cite": "How to cite", "more": "{n} more rows are in the .csv.", "revision": "Revision",
        "unknown": "not known", "on": "As of {day}", "none": "none",
        "citation": "Parity: {method}, {subject}. As of {day}, revision {revision}. CC BY 4.0.",
    },
    "zh": {
        "figure": "指标", "value": "数值", "rows": "明细：{name}", "coverage": "数据覆盖",
        "method": "方法", "parameters": "参数", "warnings": "注意", "cite": "引用方式",
        "more": "其余 {n} 行见 .csv。", "revision": "修订号", "unknown": "未知",
        "on": "截至{day}", "none": "无",
        "citation": "Parity：{method}，{subject}。截至{day}，修订号 {revision}，CC BY 4.0。",
    },
}  # fmt: skip


def page(answer: Any, shown: Presentation, lang: str, url: str) -> bytes:
    """`url` reads the same answer for ever."""
    told: dict[str, Any] = msgspec.to_builtins(answer)
    words, subject = _WORDS[lang], _subject(told)
    name = message(f"methods.{answer.method.id}.name", lang)
    day, revision = day_text(told["on"], lang), told["meta"]["revision"]
    parts = [
        f"# {text(name)}: {text(subject)}",
        f"> {text(told['finding'])}" if told.get("finding") else "",
        f"{words['on'].format(day=day)} · {words['revision']} {revision}",
        _figures(told, shown.headline, lang),
        _rows(answer, shown.table, lang),
        f"## {words['coverage']}\n\n" + _figures(told, _coverage(told), lang),
        f"## {words['method']}\n\n" + _method(answer, name, lang),
        f"## {words['warnings']}\n\n{_listed(told['warnings'])}" if told["warnings"] else "",
        f"## {words['cite']}\n\n"
        + text(words["citation"].format(method=name, subject=subject, day=day, revision=revision))
        + f" <{url}>",
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def text(value: object) -> str:
    """Plain words, in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))


def _subject(told: dict[str, Any]) -> str:
    if "subject" in told:
        return str(told["subject"]["name"])
    return ", ".join(subject["name"] for subject in told["subjects"])


def _coverage(told: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"coverage.{name}" for name in COVERAGE if name in told["coverage"])


def _figures(told: dict[str, Any], paths: tuple[str, ...], lang: str) -> str:
    words, reasons = _WORDS[lang], told.get("reasons", {}) | told["coverage"].get("reasons", {})
    rows: list[list[Any]] = []
    for path in paths:
        value = _at(told, path)
        name = path.rpartition(".")[2]
        if value is None:
            reason = reasons.get(name)
            value = words["unknown"] + (f" ({reason})" if reason else "")
        rows.append([f"{label_of(path, lang)} ({name})", value])
    return _table(Table([words["figure"], words["value"]], rows))


def _rows(answer: Any, name: str, lang: str) -> str:
    """The first rows and columns of the table that the .csv has whole."""
    if name == FIGURES:
        return ""
    words, whole = _WORDS[lang], table(answer, name)
    if not whole.rows:
        return f"## {words['rows'].format(name=text(name))}\n\n{words['none']}"
    cut = Table(whole.header[:COLUMNS], [row[:COLUMNS] for row in whole.rows[:ROWS]])
    more = len(whole.rows) - len(cut.rows)
    tail = f"\n\n{words['more'].format(n=more)}" if more else ""
    return f"## {words['rows'].format(name=text(name))}\n\n{_table(cut)}{tail}"


def _table(shown: Table) -> str:
    rows = [map(text, shown.header), ["---"] * len(shown.header)]
    lines = [*rows, *(map(_cell, row) for row in shown.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
    return "" if value is None else text(value)


def _method(answer: Any, name: str, lang: str) -> str:
    method, words = answer.method, _WORDS[lang]
    chosen = ", ".join(f"{text(k)} = {text(v)}" for k, v in method.parameters.items())
    tail = f" {words['parameters']}: {chosen}." if chosen else ""
    return f"[{text(name)}]({method.href}) {method.version}.{tail}"


def _listed(warnings: list[str]) -> str:
    return "\n".join(f"- {text(warning)}" for warning in warnings)


def _at(told: Any, path: str) -> Any:
    for step in path.split("."):
        told = told.get(step) if isinstance(told, dict) else None
    return told
