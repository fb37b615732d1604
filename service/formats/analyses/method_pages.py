"""A method as a page of documentation, in English and Chinese."""

from service.model.methods import METHODS, Description, Text

_HEADINGS = {
    "en": ("Definition", "Formula", "Assumptions", "Limits"),
    "zh": ("定义", "公式", "假设", "局限"),
}


def page(method_id: str) -> str:
    """Markdown; what `/v1/methods/{id}` says in both languages."""
    method = METHODS[method_id]
    parts = [
        f"# {method.en.name} · {method.zh.name}",
        f"`{method_id}` {method.version}",
        *_in("en", method, method.en),
        *_in("zh", method, method.zh),
        "## References",
        "\n".join(f"- {reference}" for reference in method.references),
        "## Changes",
        "\n".join(f"- {version}: {en} {zh}" for version, en, zh in method.changes),
    ]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """The list of all pages."""
    lines = [f"- [{m.en.name} · {m.zh.name}]({i}.md)" for i, m in sorted(METHODS.items())]
    return "# Methods · 方法\n\n" + "\n".join(lines) + "\n"


def _in(lang: str, method: Description, text: Text) -> list[str]:
    bodies = (text.definition, f"`{method.formula}`", text.assumptions, text.limits)
    pairs = zip(_HEADINGS[lang], bodies, strict=True)
    return [f"## {heading}\n\n{body}" for heading, body in pairs]
