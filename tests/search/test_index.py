"""An index of many pieces answers as one that was made at once."""

from collections.abc import Callable
from functools import partial
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.search.documents import TYPES, Document, Field
from service.search.index import Index
from service.search.prefix_array import TooDear
from service.search.retrieval import Found, search, suggest
from service.search.segments import key_of
from service.search.typos import WORD_MIN, Vocabulary, is_one_typo

WORD = st.text(ascii_lowercase, min_size=1, max_size=9)


def told(base: Index, q: str, kinds: tuple[str, ...]) -> list[object]:
    """All that is answered, and what is suggested of it."""
    answers = (search(base, q, types=kinds, on=6), suggest(base, q, types=kinds, limit=3))
    return [
        ([base.documents[n] for n in found.order.tolist()], found.scores.tolist(), *found[2:])
        for found in answers
    ]


WORDS = st.sampled_from(
    ["page", "pages", "deep", "search", "7", "77", "makes", "chang", "长文本", "搜索", "长上下文"]
)
CALLED = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
DOCUMENTS = st.builds(
    lambda kind, n, name, told, noted, days: Document(
        kind,
        f"r{n}",
        (Field("names.en", name), *told, *noted),
        {"en": name},
        {},
        *(days if kind == "product" else (None, None)),
        external_ids=(f"wikidata:Q{n}",),
    ),
    st.sampled_from(["product", "feature", "source"]),
    st.integers(0, 9),
    CALLED,
    st.lists(CALLED.map(lambda text: Field("definition", text)), max_size=1),
    st.lists(CALLED.map(lambda text: Field("note", text)), max_size=1),
    st.sampled_from([(0, None), (5, None), (5, 6), (7, None)]),
)
KEY = st.tuples(st.sampled_from([0, 1, TYPES.index("source")]), st.integers(0, 9))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(DOCUMENTS, max_size=12),
    st.lists(st.tuples(st.lists(DOCUMENTS, max_size=4), st.sets(KEY, max_size=3)), max_size=5),
    st.lists(st.one_of(CALLED, st.sampled_from(["q3", "paeg", "serch", "cwb"])), min_size=3),
    st.booleans(),
)
def test_what_was_replaced_is_as_if_it_had_been_there_all_along(
    first: list[Document],
    writes: list[tuple[list[Document], set[tuple[int, int]]]],
    asked: list[str],
    is_joined: bool,
) -> None:
    every = {key_of(one): one for one in first}
    kept = Index.of(every.values())
    for written, ended in writes:
        new = {key_of(one): one for one in written}
        gone = {(kind, f"r{n}") for kind, n in ended} | set(new)
        every = {key: one for key, one in every.items() if key not in gone} | new
        kept = kept.replaced(new.values(), gone)
        kept = kept.joined() if is_joined else kept
    whole = Index.of(every.values())
    for q in asked:
        for kinds in ((), ("product",)):
            assert told(kept, q, kinds) == told(whole, q, kinds), q


@given(st.lists(DOCUMENTS, max_size=30, unique_by=key_of), CALLED, st.integers(1, 9))
def test_the_best_are_the_first_of_all(documents: list[Document], q: str, most: int) -> None:
    base = Index.of(documents)
    every, found = search(base, q), search(base, q, most=most)
    assert found.order.tolist() == every.order[:most].tolist()
    assert (found.total, found.counts) == (len(every.order), every.counts)


@given(st.lists(WORD, max_size=40), st.one_of(WORD, st.text(max_size=6)))
def test_a_vocabulary_knows_every_word_one_typo_away(words: list[str], typed: str) -> None:
    near = {word for word in words if is_one_typo(typed, word)}
    assert Vocabulary(words).meant(typed) == (near if len(typed) >= WORD_MIN - 1 else set())


def many(name: str, count: int = 40) -> list[Document]:
    fields = (Field("names.en", name),)
    return [Document("product", f"p{n}", fields, {"en": name}, {}) for n in range(count)]


@pytest.mark.parametrize("name", ["common words", "长文本搜索", "x-common"])
@pytest.mark.parametrize("how", [search, partial(suggest, limit=3)])
def test_what_is_dear_is_refused_where_little_is_allowed(
    name: str, how: Callable[[Index, str], Found]
) -> None:
    index = Index.of(many(name))
    with pytest.raises(TooDear):
        how(index.limited(39), name)
    assert how(index.limited(40), name).total == 40
    with pytest.raises(TooDear):  # who matches is known by now
        how(index.limited(39), name)
    assert how(index, name).total == 40


@pytest.mark.parametrize("q", ["长文木搜索", "commom words"])
def test_what_is_mistyped_is_dear_too(q: str) -> None:
    index = Index.of([*many("长文本搜索"), *many("common words")])
    with pytest.raises(TooDear):
        search(index.limited(9), q)
    assert search(index, q).total == 40
