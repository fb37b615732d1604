"""What a release is called, and how it is cited."""

import re
from datetime import date

from service.texts.messages import message
from service.texts.values import date_text

NAME_PATTERN = r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$"
NAME_LENGTH = 20
# What names a revision, as documents tell it: its number, a day or an instant; or a release too.
MOMENT = (
    r"rev:[0-9]{1,18}"
    r"|[0-9]{4}(-[0-9]{2}){2}(T[0-9]{2}(:[0-9]{2}){2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?"
)
MOMENT_FORM = f"^({MOMENT})$"
REVISION_FORM = rf"^({MOMENT}|[0-9]{{4}}\.[0-9]{{2}}(\.[0-9]+)?)$"
LICENCE = "CC BY 4.0"
_NAME = re.compile(NAME_PATTERN.removesuffix("$") + r"\Z")


def is_release_name(text: str) -> bool:
    return len(text) <= NAME_LENGTH and _NAME.match(text) is not None


def citation(name: str, revision: int, day: date, url: str, lang: str) -> str:
    """How a text names the release."""
    return message(
        "releases.citation",
        lang,
        name=name,
        revision=revision,
        day=date_text(day, lang),
        licence=LICENCE,
        url=url,
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
