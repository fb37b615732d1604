"""From what was typed to documents in order."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from service.search.concepts import content
from service.search.documents import TYPES
from service.search.index import Index
from service.search.phrases import Typed, typed
from service.search.ranking import MEANT, NAMED_LEAST, OF_LOOSE, SURELY
from service.search.scored import NONE, Figures, Places, Scored, best, common, evenly, total

OF_APART = 0.95  # words that stand apart, against the same as one phrase
Find = Callable[[str], Scored]


class Found(NamedTuple):
    """Places in `index.documents`, the best first, with their scores in (0, 1]; equal scores in
    the order of the documents. `total` and `counts` are of all, however many were asked for, the
    latter of all types; `asked` are the words that were looked for, `is_named` whether names
    account for each of them."""

    order: Places
    scores: Figures
    total: int
    counts: dict[str, int]
    asked: Typed
    is_named: bool


class _Answer(NamedTuple):
    found: Scored
    asked: Typed
    is_named: bool


def search(
    index: Index,
    q: str,
    *,
    types: tuple[str, ...] = (),
    on: int | None = None,
    most: int | None = None,
) -> Found:
    """The best documents that answer `q`, all unless `most` is given: those that are called so,
    and, where names do not account for every word, those that are meant. `on` (ordinal) leaves out
    products not in force that day.

    Raises TooManyWords.
    """
    return _found(index, _answer(index, q), types, most, on)


def suggest(index: Index, q: str, *, types: tuple[str, ...] = (), limit: int) -> Found:
    """The best documents for what is being typed; loose matches only where there are no others.

    Raises TooManyWords.
    """
    asked = typed(q)
    called_so, words = _called(index, asked, lambda t: index.find(t, is_strict=True))
    is_named = _is_named(called_so, words)
    strict = _Answer(best([called_so, _unaccounted(words, called_so)]), asked, is_named)
    found = _found(index, strict, types, limit)
    return found if found.total else _found(index, _answer(index, q), types, limit)


def _answer(index: Index, q: str) -> _Answer:
    asked = typed(q)
    found, words = _called(index, asked, index.find)
    if not _is_named(found, words) and (core := content(asked)) != asked:
        asked = core
        again, words = _called(index, core, index.find)
        found = best([found, again])
    loose = _unaccounted(words, found)
    if _is_named(found, words):
        return _Answer(best([found, loose]), asked, True)
    if meant := index.meant(q):
        low, high = MEANT
        loose = loose.turned(lambda scores: OF_LOOSE * scores)
        found = found.turned(lambda scores: np.maximum(scores, NAMED_LEAST))
        found = best([found, meant.turned(lambda shares: low + (high - low) * shares)])
    return _Answer(best([found, loose, _noted(index, asked)]), asked, False)


def _noted(index: Index, asked: Typed) -> Scored:
    """The documents whose note has all the words."""
    if not asked.words:
        return NONE
    places, scores = common([index.noted(word) for word in asked.words])
    return Scored(places, np.min(scores, axis=0))


def _called(index: Index, asked: Typed, find: Find) -> tuple[Scored, list[Scored]]:
    """As `called`, with the documents that an id of the outside world stands for; an id is one
    word."""
    found, words = called(index, asked, find)
    found = best([found, evenly(index.identified(asked.phrase), 1.0)])
    return found, [found] if len(words) == 1 else words


def _is_named(found: Scored, words: list[Scored]) -> bool:
    """Whether every word stands in the name of some hit."""
    return all((word.at(found.places) >= SURELY).any() for word in words)


def called(index: Index, asked: Typed, find: Find) -> tuple[Scored, list[Scored]]:
    """Documents that match every word and those that some of the words name exactly; who matches
    more words is better. With the scores of each word."""
    if not asked.phrase:
        return NONE, []
    phrase = find(asked.phrase)
    count = len(asked.words)
    if count == 1:
        return phrase, [phrase]
    words = [find(word) for word in asked.words]
    places, scores = common(words)
    every = best([phrase, Scored(places, OF_APART * total(scores) / count)])
    runs = [_of_words(index.named(run), size, count) for run, size in asked.runs]
    return best([_of_words(every, count, count), *runs]), words


def _of_words(found: Scored, size: int, count: int) -> Scored:
    """A match of `size` of `count` words: above every match of fewer."""
    return found.turned(lambda scores: (size - 1 + scores) / count)


def _unaccounted(words: list[Scored], hits: Scored) -> Scored:
    """Matches of the words that match none of the hits."""
    left = [found for found in words if not found.at(hits.places).any()]
    places = best(left).places
    if not len(places):
        return NONE
    scores = [found.at(places) for found in left]
    matched = np.count_nonzero(scores, axis=0)
    return Scored(places, (matched - 1 + total(scores) / matched) / len(words))


def _found(
    index: Index, answer: _Answer, types: tuple[str, ...], most: int | None, on: int | None = None
) -> Found:
    hits = answer.found
    if on is not None:
        hits = hits.only(index.in_force(hits.places, on))
    kinds = index.kinds(hits.places)
    counts = np.bincount(kinds, minlength=len(TYPES))
    if types:
        hits = hits.only(np.isin(kinds, [TYPES.index(kind) for kind in types]))
    shown = index.best(hits, most)
    counted = dict(zip(TYPES, counts.tolist(), strict=True))
    return Found(
        shown.places, shown.scores, len(hits.places), counted, answer.asked, answer.is_named
    )
