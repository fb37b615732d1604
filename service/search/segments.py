"""Documents indexed once and never changed: an index is made of such pieces."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from service.bounded import Bounded
from service.query.registry import VENDORS
from service.search.documents import EXTERNAL, NOTE, TYPES, Document, Field
from service.search.folding import fold
from service.search.meaning import Subjects
from service.search.phrases import has_han, is_latin
from service.search.ranking import Way
from service.search.scored import Scored, best
from service.search.texts import Texts, token
from service.search.typos import Vocabulary

WITHIN_MIN = 3  # letters of a match that begins within a Latin word
REMEMBERED_BYTES, ENTRY_BYTES = 16_000_000, 700  # who matches a text; besides the documents
NEVER = np.iinfo(np.int32).max
Key: TypeAlias = tuple[int, str]
_PLACES = {kind: n for n, kind in enumerate(TYPES)}


def key_of(document: Document) -> Key:
    """Equal hits are shown in this order."""
    return _PLACES[document.type], document.id


class Segment:
    """Some documents, in the order of `key_of`, and who of them matches a piece of text."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = sorted(documents, key=key_of)
        self.kinds = np.array([_PLACES[d.type] for d in self.documents], np.int8)
        self._begun = np.array([_day(d.begun, -1) for d in self.documents], np.int32)
        self._ended = np.array([_day(d.ended, NEVER) for d in self.documents], np.int32)
        self.homes = _places(
            (d.home, n) for n, d in enumerate(self.documents) if d.home and d.type == VENDORS.kind
        )
        self.external = _places(
            (fold(way).text, n)
            for n, d in enumerate(self.documents)
            for text in d.external_ids
            for way in (text, text.partition(":")[2])
        )
        self._names, self._full, self._initials = Texts(has_inside=True), Texts(), Texts()
        self._definitions, self._notes = Texts(), Texts()
        self._words = Vocabulary(self._told())
        self.subjects = Subjects(self.documents)
        self._known = _Remembered()

    def __getstate__(self) -> dict[str, Any]:
        """All but what is remembered of questions."""
        return {name: value for name, value in self.__dict__.items() if name != "_known"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._known = _Remembered()

    def _told(self) -> set[str]:
        """Puts every text where it belongs; the words of names."""
        words: set[str] = set()
        for n, document in enumerate(self.documents):
            for field in document.fields:
                if field.name != EXTERNAL:
                    words |= self._put(n, field)
        for texts in self._texts:
            texts.end()
        return words

    def _put(self, n: int, field: Field) -> set[str]:
        made = token(field.text)
        if field.is_told:
            told = self._notes if field.name == NOTE else self._definitions
            told.put(n, field, made.literal)
            return set()
        self._names.put(n, field, made.literal)
        self._full.put(n, field, made.spellings.full)
        self._initials.put(n, field, made.spellings.initials)
        return set(made.words)

    @property
    def _texts(self) -> tuple[Texts, ...]:
        return self._names, self._full, self._initials, self._definitions, self._notes

    @property
    def nbytes(self) -> int:
        """About how much memory it takes, without the documents."""
        own = self.kinds.nbytes + self._begun.nbytes + self._ended.nbytes
        return own + sum(t.nbytes for t in self._texts) + self._words.nbytes + self.subjects.nbytes

    def is_in_force(self, day: int) -> NDArray[np.bool_]:
        """Of each document whether it certainly is on the day; what is no product always is."""
        begun = (self._begun > 0) & (self._begun <= day) & (self._ended > day)
        return (self._begun < 0) | begun

    def named(self, text: str) -> Scored:
        """Those that are called exactly so."""
        return self._known.get(("named", text), lambda: self._names.named(text))

    def noted(self, text: str, most: int) -> Scored:
        """Those whose note has the text. Raises TooDear as `opening`."""
        return self._notes.matched("note", len(text), self._notes.lines.opening(text, most=most))

    def near(self, text: str) -> Scored:
        """Those with a Chinese name of which one character is another."""
        return self._names.near(text)

    def opening(self, text: str, most: int) -> Scored:
        """Those that match at a word or a Chinese character of a name, or in pinyin. Raises TooDear
        where more than `most` places have to be looked at."""
        return self._known.get(("opening", text), lambda: best(self._opening(text, most)))

    def find(self, text: str, meant: tuple[str, ...], most: int) -> Scored:
        """Also those that match elsewhere, or in what is told of them, or in a word that is
        meant. Raises TooDear as `opening`."""
        return self._known.get(("all", text, *meant), lambda: best(self._find(text, meant, most)))

    def meant(self, text: str) -> set[str]:
        """The words of names that are one typo away."""
        return self._words.meant(text)

    def has_word(self, word: str, alive: NDArray[np.bool_]) -> bool:
        """Whether it is a word in the name of a document that is still alive."""
        found = self._names.lines.opening(word)
        owners = np.unique(self._names.owners[found.lines[found.is_word]])
        return any(
            word in token(field.text).words
            for n in owners[alive[owners]].tolist()
            for field in self.documents[n].fields
            if field.name != EXTERNAL and not field.is_told
        )

    def _opening(self, text: str, most: int) -> Iterator[Scored]:
        yield self._names.called(text, self._names.lines.opening(text, most=most))
        yield from self._spelled(text, most)

    def _find(self, text: str, meant: tuple[str, ...], most: int) -> Iterator[Scored]:
        lines, is_within = self._names.lines, len(text) >= WITHIN_MIN and not has_han(text)
        look = lines.anywhere if is_within else lines.opening
        yield self._names.called(text, look(text, most=most))
        yield from self._spelled(text, most)
        for word in meant:
            found = lines.opening(word, most=most)
            yield self._names.matched("typo", len(word), found.only(found.is_word))
        told = self._definitions.lines.opening(text, most=most)
        yield self._definitions.matched("definition", len(text), told)

    def _spelled(self, text: str, most: int) -> Iterator[Scored]:
        """In pinyin and by initials; a single letter only where a name begins."""
        ways: tuple[tuple[Texts, Way], ...] = (
            (self._full, "pinyin"),
            (self._initials, "pinyin_initials"),
        )
        for texts, way in ways if is_latin(text) else ():
            found = texts.lines.opening(text, leading=len(text) == 1, most=most)
            yield texts.matched(way, len(text), found)


class _Remembered:
    """Who matches the pieces of text that were asked for of late."""

    def __init__(self) -> None:
        self._kept = Bounded[Scored](REMEMBERED_BYTES)

    def get(self, how: tuple[str, ...], find: Callable[[], Scored]) -> Scored:
        found = self._kept.get(how)
        if found is None:
            found = find()
            self._kept.put(how, found, ENTRY_BYTES + 16 * len(found.places))
        return found


def _day(day: int | None, instead: int) -> int:
    return instead if day is None else day


def _places(found: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for text, n in found:
        places.setdefault(text, []).append(n)
    return places
