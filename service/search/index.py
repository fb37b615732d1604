"""The index of one revision, of pieces that it shares with those before and after it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.documents import Document
from service.search.folding import fold
from service.search.meaning import FOUND_MAX, Living, meant
from service.search.phrases import has_han
from service.search.prefix_array import ALL, TooDear
from service.search.scored import NONE, Figures, Places, Scored
from service.search.segments import WITHIN_MIN, Key, Segment, key_of

SHARE = 4  # a piece is joined with those behind it once they have more than its share of documents


class Piece(NamedTuple):
    """`is_alive`: which of its documents the index still has; `dead`: the places of the others.
    `ranks`: where each of them stands among the documents of the first piece, alike for those that
    stand between the same two."""

    segment: Segment
    is_alive: NDArray[np.bool_]
    dead: Places
    ranks: Figures

    @property
    def living(self) -> int:
        return len(self.is_alive) - len(self.dead)

    @property
    def documents(self) -> list[Document]:
        """Those that the index still has."""
        return [self.segment.documents[n] for n in np.flatnonzero(self.is_alive).tolist()]


class Documents(Sequence[Document]):
    """All documents by place, those of which nothing is left among them."""

    def __init__(self, pieces: Sequence[Piece], starts: Places) -> None:
        self._pieces, self._starts = pieces, starts

    def __len__(self) -> int:
        return sum(len(piece.is_alive) for piece in self._pieces)

    def __getitem__(self, place: int) -> Document:  # type: ignore[override]  # no slices
        n = int(np.searchsorted(self._starts, place, side="right")) - 1
        return self._pieces[n].segment.documents[place - int(self._starts[n])]


class Index:
    """Who matches a piece of text, and how well. Never changed; `replaced` makes the next one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._most = ALL
        sizes = [len(piece.is_alive) for piece in pieces]
        self._starts = np.cumsum([0, *sizes])[:-1]
        self.documents = Documents(pieces, self._starts)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Index":
        return cls.of_segment(Segment(documents))

    @classmethod
    def of_segment(cls, segment: Segment) -> "Index":
        """Of one piece, all of whose documents it has."""
        return cls([_piece(segment, segment)])

    def limited(self, most: int) -> "Index":
        """The same, which raises TooDear where it has to look at more than so many places for a
        piece of text, or to give more documents."""
        limited = copy(self)
        limited._most = most
        return limited

    def replaced(self, documents: Iterable[Document], gone: Collection[Key]) -> "Index":
        """Without the documents that have these keys, and with others."""
        first, *others = [_without(piece, gone) for piece in self.pieces]
        pieces = [first, *(piece for piece in others if piece.living)]
        if made := list(documents):
            pieces.append(_piece(Segment(made), first.segment))
        return Index(pieces)

    def joined(self, most: int | None = None) -> "Index":
        """The same of fewer pieces, where that takes no more than so many documents."""
        start = self._joined_from()
        if start is None or (most is not None and self._living(start) > most):
            return self
        segment = Segment(one for piece in self.pieces[start:] for one in piece.documents)
        first = self.pieces[0].segment if start else segment
        return Index([*self.pieces[:start], _piece(segment, first)])

    @property
    def is_scattered(self) -> bool:
        """Whether it is time to join pieces."""
        return self._joined_from() is not None

    @property
    def nbytes(self) -> int:
        """About how much memory it takes, without the documents."""
        return sum(piece.segment.nbytes + 9 * len(piece.is_alive) for piece in self.pieces)

    def _joined_from(self) -> int | None:
        last = len(self.pieces) - 1
        start = last
        for n in range(last - 1, -1, -1):
            if SHARE * self._living(n + 1) > self.pieces[n].living:
                start = n
        if start < last or 2 * self.pieces[last].living < len(self.pieces[last].is_alive):
            return start
        return None

    def _living(self, start: int) -> int:
        return sum(piece.living for piece in self.pieces[start:])

    def identified(self, text: str) -> list[int]:
        """The places of the documents with this id of the outside world, its scheme before it
        or not."""
        return self._listed(lambda segment: segment.external.get(fold(text).text, ()))

    def at_home(self, host: str) -> list[int]:
        """The places of the vendors whose homepage has the host."""
        return self._listed(lambda segment: segment.homes.get(host, ()))

    def named(self, text: str) -> Scored:
        """The documents that are called exactly so."""
        return self._each(lambda segment: segment.named(text))

    def noted(self, text: str) -> Scored:
        """The documents whose note has the text."""
        return self._each(lambda segment: segment.noted(text, self._most))

    def find(self, text: str, *, is_strict: bool = False) -> Scored:
        """The documents that match.

        Strict: only matches that begin at a word or a Chinese character of a name, or in pinyin.
        """
        if is_strict:
            return self._each(lambda segment: segment.opening(text, self._most))
        words = self._words(text)
        found = self._each(lambda segment: segment.find(text, words, self._most))
        if not found and has_han(text):
            self._allow(len(self.documents))
            return self._each(lambda segment: segment.near(text))
        return found

    def meant(self, text: str) -> Scored:
        """The documents that are likeliest about what the text says."""
        living = [
            Living(piece.segment.subjects, piece.is_alive[piece.segment.subjects.places], start)
            for piece, start in zip(self.pieces, self._starts.tolist(), strict=True)
        ]
        self._allow(sum(len(piece.is_alive) for piece in living))
        found = meant(living, text)
        likeliest = np.sort(self.best(found, FOUND_MAX).places)
        return Scored(likeliest, found.at(likeliest))

    def kinds(self, places: Places) -> NDArray[np.int8]:
        """Of documents in ascending order their types, numbered as in TYPES."""
        return self._of(places, lambda piece: piece.segment.kinds)

    def in_force(self, places: Places, day: int) -> NDArray[np.bool_]:
        """Of documents in ascending order whether they certainly are on the day."""
        return self._of(places, lambda piece: piece.segment.is_in_force(day))

    def best(self, found: Scored, most: int | None = None) -> Scored:
        """The best of them first, equal ones in the order in which they are shown."""
        if most is not None and most < len(found.places):
            found = self._among_best(found, most)
        ranks = self._ranks(found.places)
        order = np.lexsort((ranks, -found.scores))
        scores, ranks = found.scores[order], ranks[order]
        if ((scores[1:] == scores[:-1]) & (ranks[1:] == ranks[:-1])).any():
            keys = [key_of(self.documents[place]) for place in found.places[order].tolist()]
            order = order[sorted(range(len(keys)), key=lambda n: (-scores[n], keys[n]))]
        return Scored(found.places[order[:most]], found.scores[order[:most]])

    def in_order(self, places: Iterable[int]) -> list[int]:
        """As the documents are shown."""
        return sorted(places, key=lambda n: key_of(self.documents[n]))

    def _among_best(self, found: Scored, most: int) -> Scored:
        """At least so many of the best: of those as good as the last one the first in order."""
        least = np.partition(found.scores, -most)[-most] if most else np.inf
        ties = found.scores == least
        lacking = most - int((found.scores > least).sum())
        ranks = self._ranks(found.places)
        if 0 < lacking < ties.sum():
            ties &= ranks <= np.partition(ranks[ties], lacking - 1)[lacking - 1]
        return found.only((found.scores > least) | ties)

    def _ranks(self, places: Places) -> Figures:
        return self._of(places, lambda piece: piece.ranks)

    def _of(self, places: Places, column: Callable[[Piece], NDArray[Any]]) -> NDArray[Any]:
        """What a column of the pieces has at ascending places."""
        if len(self.pieces) == 1:
            return column(self.pieces[0])[places]
        cuts = np.searchsorted(places, self._starts[1:])
        parts = zip(self.pieces, np.split(places, cuts), self._starts.tolist(), strict=True)
        return np.concatenate([column(piece)[some - start] for piece, some, start in parts])

    def _each(self, find: Callable[[Segment], Scored]) -> Scored:
        found: list[Scored] = []
        for piece, start in zip(self.pieces, self._starts.tolist(), strict=True):
            own = find(piece.segment)
            self._allow(len(own.places))
            own = own.without(piece.dead)
            if own:
                found.append(Scored(own.places + start, own.scores) if start else own)
        if len(found) < 2:
            return found[0] if found else NONE
        return Scored(
            np.concatenate([own.places for own in found]),
            np.concatenate([own.scores for own in found]),
        )

    def _allow(self, count: int) -> None:
        if count > self._most:
            raise TooDear

    def _listed(self, find: Callable[[Segment], Iterable[int]]) -> list[int]:
        return [
            start + n
            for piece, start in zip(self.pieces, self._starts.tolist(), strict=True)
            for n in find(piece.segment)
            if piece.is_alive[n]
        ]

    def _words(self, text: str) -> tuple[str, ...]:
        """The words of names that are one typo away, whichever piece has them."""
        if len(text) < WITHIN_MIN or has_han(text):
            return ()
        words: set[str] = set()
        for segment, is_alive, dead, _ in self.pieces:
            new = segment.meant(text) - words
            words |= {w for w in new if not len(dead) or segment.has_word(w, is_alive)}
        return tuple(sorted(words))


def _piece(segment: Segment, first: Segment) -> Piece:
    whole = np.ones(len(segment.documents), np.bool_)
    if segment is first:
        return Piece(segment, whole, NONE.places, np.arange(len(whole), dtype=np.float64))
    before = [bisect_left(first.documents, key_of(d), key=key_of) for d in segment.documents]
    return Piece(segment, whole, NONE.places, np.array(before) - 0.5)


def _without(piece: Piece, gone: Collection[Key]) -> Piece:
    is_alive = piece.is_alive.copy()
    documents = piece.segment.documents
    for key in gone:
        n = bisect_left(documents, key, key=key_of)
        if n < len(documents) and key_of(documents[n]) == key:
            is_alive[n] = False
    return piece._replace(is_alive=is_alive, dead=np.flatnonzero(~is_alive))
