"""Pages as HTML: the templates, and what they may call."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.api.explorer import assets
from service.api.explorer.answers import Answer
from service.api.explorer.views import View
from service.api.http.representations import BY_SUFFIX
from service.texts.labels import figure_label, heading, label
from service.texts.messages import LANGUAGES, TEXTS, message, section
from service.texts.values import amount, date_text, days, edtf_text, list_text, number, percent

if TYPE_CHECKING:
    from jinja2 import Environment

SECTIONS = ("/",)  # what every page leads to
FOLDER = Path(__file__).with_name("templates")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def _edition() -> str:
    """Of templates, assets and texts: another one makes other pages of the same answers."""
    made = [path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.is_file()]
    said = repr([sorted(TEXTS[lang].items()) for lang in LANGUAGES]).encode()
    return hashlib.sha256(b"\0".join([*made, said, assets.EDITION.encode()])).hexdigest()[:12]


EDITION = _edition()


@cache
def environment(*beside: Path) -> "Environment":
    """Of the templates, and of those in other folders; what is stored is text in all of them,
    never markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([*beside, FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": assets.address, "has_pictures": "svg" in BY_SUFFIX}
    made.globals["sections"] = SECTIONS
    return made


@cache
def spoken(lang: str) -> Mapping[str, Any]:
    """What templates say things with, in a language."""
    return {
        "say": lambda key, /, **values: message(f"explorer.{key}", lang, **values),
        "says": section("explorer", lang).__contains__,
        "label": lambda word: label(word, lang),
        "heading": lambda word: heading(word, lang),
        "figure_label": lambda path: figure_label(path, lang),
        "date": lambda text: edtf_text(str(text), lang),
        "day": lambda text: date_text(text, lang),
        "days": lambda n: days(n, lang),
        "percent": lambda share: percent(share, lang),
        "number": lambda value, digits=None: number(value, lang, digits),
        "amount": lambda value: amount(value, lang),
        "listed": lambda items: list_text(list(items), lang),
        "languages": {one: message(f"explorer.languages.{one}", one) for one in LANGUAGES},
    }


def html(template: str, view: View, answers: Mapping[str, Answer], **more: Any) -> bytes:
    """The page; `more` is what is no answer."""
    made = environment().get_template(template)
    given = {**spoken(view.lang), "view": view, "lang": view.lang, **answers, **more}
    return made.render(given).encode()
