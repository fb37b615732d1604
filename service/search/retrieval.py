"""From what was typed to documents in order."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.concepts import content
from service.search.documents import TYPES
from service.search.index import Index, Scores
from service.search.phrases import Typed, typed
from service.search.ranking import MEANT, NAMED_LEAST, OF_LOOSE, SURELY

OF_APART = 0.95  # words that stand apart, against the same as one phrase
Find = Callable[[str], Scores]


class Found(NamedTuple):
    """Places in `index.documents`, the best first, with their scores in (0, 1]; equal scores in
    the order of the documents. `counts` are of all types, whichever were asked for; `asked` are
    the words that were looked for, `is_named` whether names account for each of them."""

    order: NDArray[np.int64]
    scores: Scores
    counts: dict[str, int]
    asked: Typed
    is_named: bool


class _Answer(NamedTuple):
    scores: Scores
    asked: Typed
    is_named: bool


def search(index: Index, q: str, *, types: tuple[str, ...] = (), on: int | None = None) -> Found:
    """Every document that answers `q`: those that are called so, and, where names do not account
    for every word, those that are meant. `on` (ordinal) leaves out products not in force that day.

    Raises TooManyWords.
    """
    return _found(index, _answer(index, q), types, on)


def suggest(index: Index, q: str, *, types: tuple[str, ...] = (), limit: int) -> Found:
    """The best documents for what is being typed; loose matches only where there are no others.

    Raises TooManyWords.
    """
    asked = typed(q)
    scores, words = _called(index, asked, lambda t: index.find(t, is_strict=True))
    is_named = _is_named(scores, words)
    strict = _Answer(np.maximum(scores, _unaccounted(words, scores > 0)), asked, is_named)
    found = _found(index, strict, types)
    if not len(found.order):
        found = _found(index, _answer(index, q), types)
    return found._replace(order=found.order[:limit])


def _answer(index: Index, q: str) -> _Answer:
    asked = typed(q)
    scores, words = _called(index, asked, index.find)
    if not _is_named(scores, words) and (core := content(asked)) != asked:
        asked = core
        again, words = _called(index, core, index.find)
        scores = np.maximum(scores, again)
    loose = _unaccounted(words, scores > 0)
    if _is_named(scores, words):
        return _Answer(np.maximum(scores, loose), asked, True)
    meant = index.meaning.find(q)
    if meant.any():
        low, high = MEANT
        loose *= OF_LOOSE
        scores = np.where(scores > 0, np.maximum(scores, NAMED_LEAST), 0.0)
        scores = np.maximum(scores, np.where(meant > 0, low + (high - low) * meant, 0.0))
    noted = np.min([index.noted(word) for word in asked.words], axis=0) if words else loose
    return _Answer(np.maximum(scores, np.maximum(loose, noted)), asked, False)


def _called(index: Index, asked: Typed, find: Find) -> tuple[Scores, list[Scores]]:
    """As `called`, with the documents that an id of the outside world stands for."""
    scores, words = called(index, asked, find)
    scores[index.identified(asked.phrase)] = 1.0
    return scores, words


def _is_named(scores: Scores, words: list[Scores]) -> bool:
    """Whether every word stands in the name of some hit."""
    hits = scores > 0
    return all((found[hits] >= SURELY).any() for found in words)


def called(index: Index, asked: Typed, find: Find) -> tuple[Scores, list[Scores]]:
    """Documents that match every word and those that some of the words name exactly; who matches
    more words is better. With the scores of each word."""
    if not asked.phrase:
        return np.zeros(len(index.documents)), []
    phrase = find(asked.phrase)
    count = len(asked.words)
    if count == 1:
        return phrase, [phrase]
    found = [find(word) for word in asked.words]
    every = np.min(found, axis=0)
    mean = np.where(every > 0, OF_APART * np.mean(found, axis=0), 0.0)
    scores = _of_words(np.maximum(phrase, mean), count, count)
    for run, size in asked.runs:
        scores = np.maximum(scores, _of_words(index.named(run), size, count))
    return scores, found


def _of_words(scores: Scores, size: int, count: int) -> Scores:
    """A match of `size` of `count` words: above every match of fewer."""
    return np.where(scores > 0, (size - 1 + scores) / count, 0.0)


def _unaccounted(found: list[Scores], hits: NDArray[np.bool_]) -> Scores:
    """Matches of the words that match none of the hits."""
    left = [scores for scores in found if not (scores[hits] > 0).any()]
    if not left:
        return np.zeros(len(hits))
    matched = np.sum([scores > 0 for scores in left], axis=0)
    mean = np.sum(left, axis=0) / np.maximum(matched, 1)
    return np.where(matched > 0, (matched - 1 + mean) / len(found), 0.0)


def _found(index: Index, answer: _Answer, types: tuple[str, ...], on: int | None = None) -> Found:
    scores = answer.scores
    hits = np.flatnonzero(scores)
    if on is not None:
        hits = hits[[index.documents[n].is_in_force(on) for n in hits.tolist()]]
    kinds = index.kinds[hits]
    counts = np.bincount(kinds, minlength=len(TYPES))
    if types:
        hits = hits[np.isin(kinds, [TYPES.index(kind) for kind in types])]
    order = hits[np.argsort(-scores[hits], kind="stable")]
    counted = dict(zip(TYPES, counts.tolist(), strict=True))
    return Found(order, scores[order], counted, answer.asked, answer.is_named)
