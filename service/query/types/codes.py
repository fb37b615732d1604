"""Codes that others keep (ISO 3166-1, ISO 4217, language tags), and what a wrong one means."""

import re
import tomllib
from collections.abc import Callable, Collection
from importlib.resources import files
from typing import Any

from service.model.suggestions import MOST, nearest
from service.query.types.base import UnknownValue
from service.texts.sentences import sentence

_LISTS: dict[str, Any] = tomllib.loads(
    (files("service.data") / "codes.toml").read_text(encoding="utf-8")
)
COUNTRIES = frozenset(_LISTS["countries"])
CURRENCIES = frozenset(code for codes in _LISTS["currencies"].values() for code in codes.split())
_STEMS = [stem.split(":") for stem in _LISTS["further"]["languages"].split()]
LANGUAGES = frozenset(_LISTS["languages"]) | {
    stem + last for stem, lasts in _STEMS for last in lasts
}


def _by_name(section: str) -> dict[str, tuple[str, ...]]:
    """What names and other codes mean, by them in capitals."""
    named = {
        name.upper(): (code,)
        for code, names in _LISTS.get(section, {}).items()
        if isinstance(names, list)
        for name in names
    }
    return named | {wrong: tuple(right) for wrong, right in _LISTS["mistaken"][section].items()}


_COUNTRIES, _CURRENCIES, _LANGUAGES = map(_by_name, ("countries", "currencies", "languages"))


def country_meant(value: str) -> tuple[str, ...]:
    """The countries that a wrong code or a name may mean: GB by UK, CN by cn or China."""
    return _meant(value.strip(), COUNTRIES, _COUNTRIES, str.upper)


def currency_meant(value: str) -> tuple[str, ...]:
    """The currencies that a wrong code, a name or a sign may mean: CNY by RMB."""
    return _meant(value.strip(), CURRENCIES, _CURRENCIES, str.upper)


def language_meant(value: str) -> tuple[str, ...]:
    """The tags that a wrong one may mean: zh-CN by zh_CN or zh-cn, zh by cn, zho or Chinese."""
    first, *rest = re.split(r"[-_ ]", value.strip())
    meant = _meant(first, LANGUAGES, _LANGUAGES, str.lower)
    tags = ("-".join([one, *map(_subtag, rest)]) for one in meant)
    found = tuple(tag for tag in tags if is_language_tag(tag))
    return found or _meant(value.strip(), (), _LANGUAGES, str.lower)


def check_language(value: str) -> None:
    """Raises UnknownValue for a tag that is none."""
    if not is_language_tag(value):
        detail = sentence("values.no_language", value=value[:60])
        raise UnknownValue(detail, near=language_meant(value))


def is_language_tag(value: str) -> bool:
    """Whether a tag of BCP 47, written as it recommends, has a language and a region that are."""
    first, *rest = value.split("-")
    regions = [part for part in rest if len(part) == 2]
    is_written = all(part == _subtag(part) and 1 < len(part) <= 8 for part in rest)
    return first in LANGUAGES and is_written and COUNTRIES.issuperset(regions)


def _subtag(part: str) -> str:
    """As BCP 47 writes it: a region in capitals, a script with one, the rest small."""
    if len(part) == 2:
        return (country_meant(part) or (part.upper(),))[0]
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def _meant(
    value: str,
    codes: Collection[str],
    names: dict[str, tuple[str, ...]],
    written: Callable[[str], str],
) -> tuple[str, ...]:
    if written(value) in codes:
        return (written(value),)
    named = names.get(value.upper())
    if named is None and len(value) > 3:
        near = (names[name] for name in nearest(value, names))
        named = tuple(dict.fromkeys(code for codes in near for code in codes))
    return (named or ())[:MOST]


# By the pattern of a code, what a value means that is not of it.
MEANT = {
    "^[A-Z]{2}$": country_meant,
    "^[A-Z]{3}$": currency_meant,
    "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$": language_meant,
}
