"""What was typed into the search box, as one phrase and as words."""

from typing import NamedTuple

from service.search.folding import fold, is_han
from service.texts.sentences import sentence

EXAMPLE = "搜索"
WORDS_MAX = 12
LETTERS_MAX = 200


class Typed(NamedTuple):
    """Folded; `words` are distinct, in the order typed. Both are empty when nothing was said."""

    phrase: str
    words: tuple[str, ...]

    @property
    def runs(self) -> list[tuple[str, int]]:
        """Neighbouring words as one, shorter than the phrase: text, number of words."""
        count = len(self.words)
        return [
            ("".join(self.words[start : start + size]), size)
            for size in range(1, count)
            for start in range(count - size + 1)
        ]


class TooManyWords(ValueError):
    """More than WORDS_MAX words or LETTERS_MAX letters."""


def typed(text: str) -> Typed:
    """Read what was typed. Raises TooManyWords."""
    folded = fold(text)
    words = tuple(dict.fromkeys(folded.words))
    if len(words) > WORDS_MAX or len(folded.text) > LETTERS_MAX:
        raise TooManyWords(sentence("search.long", words=WORDS_MAX, letters=LETTERS_MAX))
    return Typed(folded.text, words)


def is_latin(word: str) -> bool:
    """Whether it could be pinyin: ASCII, with a letter."""
    return word.isascii() and any(char.isalpha() for char in word)


def has_han(word: str) -> bool:
    return not word.isascii() and any(map(is_han, word))
