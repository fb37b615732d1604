"""The words of closed lists, for readers."""

from service.texts.messages import TEXTS


def label(word: str | None, lang: str) -> str:
    """The word in the language; itself where it has no label, "unknown" for None."""
    name = "unknown" if word is None else word
    return TEXTS[lang].get(f"labels.{name}", name)
