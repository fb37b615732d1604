"""What a release is called, and how it is cited."""

import re
from datetime import date

NAME_PATTERN = r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$"
NAME_LENGTH = 20
LICENCE = "CC BY 4.0"
_NAME = re.compile(NAME_PATTERN.removesuffix("$") + r"\Z")


def is_release_name(text: str) -> bool:
    return len(text) <= NAME_LENGTH and _NAME.match(text) is not None


def citation(name: str, revision: int, day: date, url: str, lang: str) -> str:
    """How a text names the release."""
    if lang == "zh":
        return (
            f"Parity 人工智能市场知识库，{name} 版（修订号 {revision}），"
            f"{day.year}年{day.month}月{day.day}日发布，{LICENCE}，{url}"
        )
    return (
        f"Parity: the AI market knowledge base. Release {name} (revision {revision}),"
        f" {day.isoformat()}. {LICENCE}. {url}"
    )


def bibtex(name: str, revision: int, day: date, url: str) -> str:
    """The release as a BibTeX entry."""
    fields = {
        "title": "{Parity: the AI market knowledge base}",
        "author": "{Parity}",
        "year": f"{day.year}",
        "month": f"{day.month}",
        "version": name,
        "note": f"Revision {revision}, {LICENCE}",
        "url": url,
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
    return f"@misc{{parity-{name},\n{lines}}}\n"
