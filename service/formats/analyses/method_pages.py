"""A method as a page of documentation, in every language."""

from service.model.methods import METHODS, text
from service.texts.messages import LANGUAGES, message


def page(method_id: str) -> str:
    """Markdown; what `/v1/methods/{id}` says in all languages."""
    method, texts = METHODS[method_id], [text(method_id, lang) for lang in LANGUAGES]
    changes = [
        " ".join([f"{version}:", *(t.changes[version] for t in texts)])
        for version in texts[0].changes
    ]
    parts = [
        f"# {_name(method_id)}",
        f"`{method_id}` {method.version}",
        *(part for lang in LANGUAGES for part in _in(lang, method_id)),
        "## References",
        "\n".join(f"- {reference}" for reference in method.references),
        "## Changes",
        "\n".join(f"- {change}" for change in changes),
    ]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    """The list of all pages."""
    title = " · ".join(message("method_pages.title", lang) for lang in LANGUAGES)
    lines = [f"- [{_name(method_id)}]({method_id}.md)" for method_id in sorted(METHODS)]
    return f"# {title}\n\n" + "\n".join(lines) + "\n"


def _name(method_id: str) -> str:
    return " · ".join(message(f"methods.{method_id}.name", lang) for lang in LANGUAGES)


def _in(lang: str, method_id: str) -> list[str]:
    said = text(method_id, lang)
    bodies = {
        "definition": said.definition,
        "formula": f"`{METHODS[method_id].formula}`",
        "assumptions": said.assumptions,
        "limits": said.limits,
    }
    return [f"## {message(f'method_pages.{h}', lang)}\n\n{body}" for h, body in bodies.items()]
