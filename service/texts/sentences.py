"""What went wrong, said in whatever language it is read in: a text by its key, with its values."""

from collections.abc import Sequence
from typing import Union

import msgspec
from msgspec import Struct

from service.texts.messages import FALLBACK, TEXTS, filled

Part = Union[str, "Sentence"]
Value = Union[str, int, "Sentence", tuple[Part, ...]]


class Sentence(Struct, frozen=True):
    """A text and what fills its placeholders; in English it is its `str`.

    Words of the service among the values are sentences themselves, and a tuple is a list of them;
    ids, names of parameters and what was sent are the same in every language.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    def said(self, lang: str) -> str:
        """KeyError for an unknown key or a missing value."""
        values = {name: _said(value, lang) for name, value in self.values}
        return filled(TEXTS[lang][self.key], values)

    def __str__(self) -> str:
        return self.said(FALLBACK)


def sentence(key: str, /, **values: Value) -> Sentence:
    """The text `details.<key>`."""
    return Sentence(f"details.{key}", tuple(values.items()))


def numbered(key: str, n: int, /, **values: Value) -> Sentence:
    """`details.<key>.one` for one thing, else `.other`; `{n}` is the count."""
    return sentence(f"{key}.{'one' if n == 1 else 'other'}", n=n, **values)


def word(name: str, section: str = "labels") -> Part:
    """A word of the service, such as the kind of a record; itself where it has no text."""
    key = f"{section}.{name}"
    return Sentence(key) if key in TEXTS[FALLBACK] else name


def either(names: Sequence[Part]) -> Part:
    """`a`, `a or b`, `a, b or c`."""
    if len(names) < 2:
        return names[0] if names else ""
    return Sentence("lists.either", (("some", tuple(names[:-1])), ("last", names[-1])))


def told(text: str | Sentence, lang: str) -> str:
    """In the language; what is words already stays."""
    return text.said(lang) if isinstance(text, Sentence) else text


def sentence_of(error: Exception) -> Sentence:
    """What the error was raised with, `ValueError(sentence(...))`; else its words as they are."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Sentence) else sentence("words.plain", words=str(error))


def shortened(text: str | Sentence, most: int) -> str | Sentence:
    """With no text of more than so many characters in it."""
    if isinstance(text, str):
        return text[:most]
    cut = ((name, value[:most] if isinstance(value, str) else value) for name, value in text.values)
    return Sentence(text.key, tuple(cut))


def kept(text: Part) -> str:
    """As JSON, to be told later in whatever language."""
    return msgspec.json.encode(text).decode()


def recalled(stored: str | None, lang: str) -> str | None:
    """What `kept` made, in the language."""
    return None if stored is None else told(_stored.decode(stored), lang)


_stored: msgspec.json.Decoder[str | Sentence] = msgspec.json.Decoder(str | Sentence)


def _said(value: Value, lang: str) -> str:
    if isinstance(value, tuple):
        return TEXTS[lang]["lists.comma"].join(told(one, lang) for one in value)
    return told(value, lang) if isinstance(value, str | Sentence) else str(value)
