"""Pages as HTML: the templates, and what they may call."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from service.api.explorer import assets, facts
from service.api.explorer.answers import Answer, pictured
from service.api.explorer.views import View
from service.query.views import TIMELINE
from service.texts.labels import heading, label
from service.texts.messages import LANGUAGES, TEXTS, counted, message
from service.texts.values import amount, date_text, days, edtf_text, list_text, number, percent

if TYPE_CHECKING:
    from jinja2 import Environment

# What every page leads to.
SECTIONS = ("/", "/compare", "/timeline", "/changes", "/coverage", "/methods")
LISTED = ("markets", "products", "features", "vendors", "groups", "business-models")
WITH_PAGES = (*LISTED, "sources")
FOLDER = Path(__file__).with_name("templates")
_DAYS = re.compile(r"(\d{1,6}) days?")
_CODE = re.compile("`([^`]+)`")
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
    events = TIMELINE.field("event")
    assert events is not None, "the view declares it"
    made.globals |= {"asset": assets.address}
    made.globals |= {
        "sections": SECTIONS,
        "listed_kinds": LISTED,
        "event_kinds": events.values,
        "page_of": _page_of,
    }
    made.globals |= {"host": _host, "web": _is_of_the_web, "date_of": facts.date_of}
    made.globals |= {
        "by_id": facts.by_id,
        "dict_of": _names,
        "marked": _marked,
        "markets_of": _markets,
        "named": _named,
        "exactly_dated": _exactly_dated,
    }
    made.filters |= {"coded": _coded}
    return made


def _page_of(href: str) -> str:
    """The page of a record, where there is one; else its address in the API."""
    _, _, name, *_ = href.split("/")
    return href.removeprefix("/v1") if name in WITH_PAGES else href


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _is_of_the_web(url: str) -> bool:
    """Whether a browser may be led there."""
    return url.startswith(("https://", "http://"))


def _names(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {record["id"]: record["name"] for record in records}


def _exactly_dated(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those whose date is known as a day, a month or a year, not only between bounds."""
    return [event for event in events if event["date"] and not event["date"].startswith("[")]


def _named(change: Mapping[str, Any]) -> str:
    """What a record that changed is called, where it has a name."""
    shown = change.get("record") or {}
    return str(shown.get("name") or change["id"])


def _markets(products: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All markets that products with them are in, each once."""
    found = {market["id"]: market for product in products for market in product["markets"]["data"]}
    return list(found.values())


def _marked(hit: Mapping[str, Any]) -> Any:
    """What else of a hit was found, as the API marks it: escaped, but for its marks."""
    from markupsafe import Markup

    shown = [text for name, text in hit["highlight"].items() if name not in ("id", "title")]
    bare = [text for text in shown if text.replace("<em>", "").replace("</em>", "") != hit["name"]]
    return Markup(" · ").join(Markup(text) for text in bare)  # noqa: S704  # made by our search


def _coded(text: str) -> Any:
    """What stands between backticks as code; all of it is text, never markup."""
    from markupsafe import Markup, escape

    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def _compared(comparison: Mapping[str, Any], lang: str) -> str:
    """What a comparison finds, in a sentence."""
    names = list_text([subject["name"] for subject in comparison["subjects"]], lang)
    summary = comparison["summary"]
    shared = counted("explorer.compare.shared", summary["shared_features"], lang, names=names)
    differing = counted("explorer.compare.differing", summary["differing"], lang)
    return f"{shared}{differing}"


def _cell(cell: Mapping[str, Any], attribute: str, lang: str) -> str:
    """What stands in a cell of a comparison."""
    value = cell.get("name") or cell.get("names") or cell["value"]
    if value is None:
        return "–"
    if isinstance(value, list):
        told = [_earning(one, lang) if isinstance(one, dict) else one for one in value]
        return list_text(told, lang)
    if attribute in ("launched", "discontinued", "founded"):
        return edtf_text(str(value), lang)
    return TEXTS[lang].get(f"explorer.states.{value}") or label(str(value), lang)


def _earning(model: Mapping[str, Any], lang: str) -> str:
    """A way to earn, with its price."""
    name, price = model["business_model_name"], model["price"]
    if not price:
        return str(name)
    currency, per = price["currency"], price["per"]
    spans = _DAYS.fullmatch(per)
    return message(
        "explorer.compare.earning",
        lang,
        name=name,
        amount=price["amount"],
        currency=TEXTS[lang].get(f"explorer.currencies.{currency}", currency),
        per=days(int(spans[1]), lang)
        if spans
        else TEXTS[lang].get(f"explorer.rates.{per.replace(' ', '_')}", per),
    )


def _country(code: str, lang: str) -> str:
    """Its name, where it is one of those with many vendors; else its code."""
    return TEXTS[lang].get(f"explorer.countries.{code}", code)


def _money(amount_text: str, currency: str, lang: str) -> str:
    """So much of a currency by its name."""
    told = amount(float(amount_text), lang)
    return message("findings.capital.money", lang, n=told, currency=label(currency, lang))


def _why(record: Mapping[str, Any], field: str, lang: str) -> str:
    """Why a field of a record is null."""
    reason = (record.get("null_reasons") or {}).get(field, "unknown")
    return TEXTS[lang].get(f"explorer.reasons.{reason}", label(reason, lang))


def _reason(reasons: Mapping[str, str], path: str, lang: str) -> str:
    """Why a figure of an answer is null, by its place in it."""
    return TEXTS[lang].get(f"reasons.{reasons.get(path)}") or label(None, lang)


def _instant(text: str, lang: str) -> str:
    """`2026-11-30T02:36:40.807Z` as a day and a time of it, UTC."""
    day, _, time = text.partition("T")
    return message("dates.at", lang, day=date_text(day, lang), time=time[:5])


def _in(function: Callable[..., Any], lang: str) -> Callable[..., Any]:
    """The function of a language that it takes last, in this one."""
    return lambda *values: function(*values, lang)


@cache
def spoken(lang: str) -> Mapping[str, Any]:
    """What templates say things with, in a language."""
    of: dict[str, Callable[..., Any]] = {
        "label": label,
        "heading": heading,
        "date": edtf_text,
        "day": date_text,
        "days": days,
    }
    of |= {"percent": percent, "amount": amount, "why": _why, "compared": _compared}
    of |= {
        "money": _money,
        "country": _country,
        "reason": _reason,
        "instant": _instant,
        "cell_of": _cell,
    }
    return {name: _in(function, lang) for name, function in of.items()} | {
        "say": lambda key, /, **values: message(f"explorer.{key}", lang, **values),
        "pictured": pictured,
        "comma": message("lists.comma", lang),
        "semicolon": message("lists.semicolon", lang),
        "listed": lambda items: list_text(list(items), lang),
        "number": lambda value, digits=None: number(value, lang, digits),
        "titled": lambda record, event="": facts.titled(record, lang, event),
        "collection": lambda name: TEXTS[lang].get(f"collections.{name}", name).replace("-", " "),
        "languages": {one: message(f"explorer.languages.{one}", one) for one in LANGUAGES},
    }


def html(template: str, view: View, answers: Mapping[str, Answer], **more: Any) -> bytes:
    """The page; `more` is what is no answer."""
    made = environment().get_template(template)
    given = {**spoken(view.lang), "view": view, "lang": view.lang, "answers": answers}
    return made.render({**given, **answers, **more}).encode()
