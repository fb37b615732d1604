"""Texts by key and language: `section.key` of `en.toml`, `zh.toml` and their files in `methods/`.

A language is a file here. What its file lacks is said in English. In a text `{name}` is replaced by
the value of that name; every other brace stands for itself.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FALLBACK = "en"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FOLDER = files("service.texts")
_NAMES = {file.name for file in _FOLDER.iterdir() if file.name.endswith(".toml")}
_OTHERS = {name.removesuffix(".toml") for name in _NAMES} - {FALLBACK}
LANGUAGES = (FALLBACK, *sorted(_OTHERS))


def message(key: str, lang: str, /, **values: object) -> str:
    """The text with its placeholders filled; KeyError for an unknown key or a missing value."""
    return filled(TEXTS[lang][key], values)


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text with its placeholders filled; KeyError for a missing value."""
    return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


def speaker(name: str, lang: str) -> Callable[..., str]:
    """`message` within a section: it takes the rest of the key."""
    return lambda key, /, **values: message(f"{name}.{key}", lang, **values)


def counted(key: str, n: int, lang: str, /, **values: object) -> str:
    """`key.one` for one thing, else `key.other`; `{n}` is the count."""
    return message(f"{key}.{'one' if n == 1 else 'other'}", lang, n=n, **values)


def section(name: str, lang: str = FALLBACK) -> dict[str, str]:
    """The texts of a section by the rest of their keys, in the order of the English file."""
    start = f"{name}."
    return {
        key.removeprefix(start): text for key, text in TEXTS[lang].items() if key.startswith(start)
    }


def read(file: Traversable, prefix: str = "") -> dict[str, str]:
    """The texts of a file by dotted keys."""
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")), prefix))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield prefix + name, value
        else:
            yield from _flat(value, f"{prefix}{name}.")


def _texts_of(lang: str) -> dict[str, str]:
    methods = _FOLDER / "methods" / f"{lang}.toml"
    return read(_FOLDER / f"{lang}.toml") | (read(methods, "methods.") if methods.is_file() else {})


_OWN = {lang: _texts_of(lang) for lang in LANGUAGES}
TEXTS: Mapping[str, Mapping[str, str]] = {lang: _OWN[FALLBACK] | _OWN[lang] for lang in LANGUAGES}
