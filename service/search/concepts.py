"""What a text is about: words by stem, Chinese by pairs, and the concepts that they name."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from service.search.folding import fold
from service.search.phrases import WORDS_MAX, Typed, has_han

PHRASE_MAX = 5  # words of an English entry
OF_COVERED = 0.4  # what a word counts besides the concept that it names
OF_PAIR = 0.5  # two characters, of which a word has one pair less than characters
_VOWELS = frozenset("aeiouy")
_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ingly", ""), ("edly", ""), ("ings", "")),
    *(("ing", ""), ("ers", ""), ("er", ""), ("ed", ""), ("ily", "y"), ("ly", ""), ("es", "")),
    *(("ss", "ss"), ("us", "us"), ("s", "")),
)


class Thesaurus(NamedTuple):
    """Concepts by the stems of neighbouring words and by Chinese words; words to ignore; words
    with which one asks, the longest Chinese ones first; the length of the longest Chinese word."""

    latin: Mapping[tuple[str, ...], tuple[str, ...]]
    han: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    asking: frozenset[str]
    asking_han: tuple[str, ...]
    han_max: int


@cache
def thesaurus() -> Thesaurus:
    """As `thesaurus.toml` beside this file has it."""
    read = tomllib.loads((Path(__file__).parent / "thesaurus.toml").read_text(encoding="utf-8"))
    latin: dict[tuple[str, ...], tuple[str, ...]] = {}
    han: dict[str, tuple[str, ...]] = {}
    for concept, entries in read["concepts"].items():
        for entry in entries.split(","):
            folded = fold(entry)
            if has_han(folded.text):
                han[folded.text] = (*han.get(folded.text, ()), concept)
            else:
                stems = tuple(map(stem, folded.words))
                latin[stems] = tuple(dict.fromkeys((*latin.get(stems, ()), concept)))
    ignored = {stem(word) for words in read["ignored"].values() for word in words.split()}
    asking_han = sorted(read["asking"]["zh"].split(), key=lambda word: (-len(word), word))
    return Thesaurus(
        latin,
        han,
        frozenset(ignored),
        frozenset(read["asking"]["en"].split()),
        tuple(asking_han),
        max(map(len, [*han, *ignored])),
    )


@lru_cache(50_000)
def stem(word: str) -> str:
    """An English word without its endings of number, time and manner; others as they are."""
    if len(word) <= 3 or not word.isascii():
        return word
    for ending, instead in _ENDINGS:
        stump = word[: -len(ending)]
        if word.endswith(ending) and len(stump) >= 3 and not _VOWELS.isdisjoint(stump):
            word = stump + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(20_000)
def terms(text: str) -> Mapping[str, float]:
    """What the text is about, weighted: `#concept`, stems, and pairs of Chinese characters."""
    found: Counter[str] = Counter()
    latin: list[str] = []
    for word in fold(text).words:
        if has_han(word):
            _add(found, _of_han(word))
        else:
            latin.append(stem(word))
    _add(found, _of_latin(latin))
    return MappingProxyType(found)


def content(asked: Typed) -> Typed:
    """Without the words with which one asks, and English ones that say nothing: 谁有长文本 is
    长文本. As it is if nothing is left."""
    known = thesaurus()
    kept: list[str] = []
    for word in asked.words:
        if has_han(word):
            kept += _apart(word, known.asking_han)
        elif word not in known.asking and stem(word) not in known.ignored:
            kept.append(word)
    words = tuple(dict.fromkeys(kept))[:WORDS_MAX]
    return Typed("".join(words), words) if words else asked


def _apart(run: str, asking: tuple[str, ...]) -> list[str]:
    """What stands between the words with which one asks; single characters only if alone."""
    for word in asking:
        run = run.replace(word, " ")
    pieces = run.split()
    return [piece for piece in pieces if len(piece) > 1] or pieces


def _add(found: Counter[str], weighted: Iterable[tuple[str, float]]) -> None:
    for term, weight in weighted:
        found[term] += weight  # type: ignore[assignment]  # a Counter of weights


def _of_latin(words: list[str]) -> Iterator[tuple[str, float]]:
    known = thesaurus()
    covered: set[int] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + PHRASE_MAX, len(words)) + 1):
            concepts = known.latin.get(tuple(words[start:end]), ())
            if concepts:
                covered |= set(range(start, end))
                yield from _named(concepts)
    for n, word in enumerate(words):
        if word not in known.ignored:
            yield word, OF_COVERED if n in covered else 1.0


def _of_han(run: str) -> Iterator[tuple[str, float]]:
    """The longest words first; one of a single character only where no longer one stands."""
    known = thesaurus()
    covered = [False] * len(run)
    for size in range(min(known.han_max, len(run)), 0, -1):
        for start in range(len(run) - size + 1):
            span = slice(start, start + size)
            if size == 1 and covered[start]:
                continue
            if run[span] in known.han:
                yield from _named(known.han[run[span]])
                covered[span] = [True] * size
            elif run[span] in known.ignored and not any(covered[span]):
                covered[span] = [True] * size
    for start in range(len(run) - 1):
        is_covered = covered[start] and covered[start + 1]
        yield run[start : start + 2], OF_PAIR * (OF_COVERED if is_covered else 1.0)


def _named(concepts: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """A word of several concepts counts less for each."""
    for concept in concepts:
        yield f"#{concept}", len(concepts) ** -0.5
