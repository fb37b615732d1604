"""In which language to answer: `lang=` wins, then Accept-Language, then English."""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from service.api.http.state import AnyRequest
from service.texts.messages import FALLBACK, LANGUAGES

_WEIGHT = re.compile(r"(?:\d+\.?\d*|\.\d+)\Z", re.ASCII)


class Spoken(NamedTuple):
    """A language, and whether Accept-Language decided it, sent or not."""

    lang: str
    is_by_header: bool


def supported(tag: str) -> str | None:
    """`zh-CN`, `zh-Hans`, `zh-TW` are `zh`."""
    base = tag.strip().lower().partition("-")[0]
    return base if base in LANGUAGES else None


def language(request: AnyRequest, asked: str | None = None) -> Spoken:
    """The language of an answer; `asked` is what `lang=` says, where that was read already."""
    header = request.headers.get("accept-language", "")
    return chosen(asked or request.query_params.get("lang"), header)


def spoken_of(scope: Any, header: str) -> Spoken:
    """The same, before there is a request: of an ASGI scope and its Accept-Language."""
    given = parse_qs(scope["query_string"].decode("latin-1"))
    return chosen(given.get("lang", [None])[0], header)


def chosen(asked: str | None, header: str) -> Spoken:
    """The language that was asked for, or what Accept-Language says."""
    if asked and (lang := supported(asked)):
        return Spoken(lang, is_by_header=False)
    return Spoken(preferred(header), is_by_header=True)


def preferred(header: str) -> str:
    """The first supported language by q-value (RFC 9110, 12.5.4); English if none is."""
    if not header:
        return FALLBACK
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        tag, _, parameter = part.partition(";")
        lang = supported(tag)
        if lang:
            ranked.append((-_quality(parameter), place, lang))
    best = min(ranked, default=(0.0, 0, FALLBACK))
    return best[2] if best[0] < 0 else FALLBACK


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    return weight(value) if name == "q" else 1.0


def weight(text: str) -> float:
    """What follows `q=` (RFC 9110, 12.4.2), up to 1; 0 of what is no number."""
    return min(1.0, float(text)) if _WEIGHT.match(text) else 0.0
