"""The words of closed lists, and the names of figures, for readers."""

from service.texts.messages import TEXTS


def label(word: str | None, lang: str) -> str:
    """The word in the language; itself where it has no label, "unknown" for None."""
    name = "unknown" if word is None else word
    return TEXTS[lang].get(f"labels.{name}", name)


def heading(word: str, lang: str) -> str:
    """The word as a line begins with it."""
    text = label(word, lang)
    return text[:1].upper() + text[1:]


def figure_label(path: str, lang: str) -> str:
    """What a reader calls the figure at a dotted path of an answer."""
    name = path.rpartition(".")[2]
    return TEXTS[lang].get(f"figures.{name}", name)
