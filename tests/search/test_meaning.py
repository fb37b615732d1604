"""What a text is about, and who is meant by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.concepts import content, stem, terms, thesaurus
from service.search.documents import Document, Field
from service.search.index import Index
from service.search.meaning import FOUND_MAX
from service.search.phrases import typed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("summary", "summaries"),
        ("stopping", "stop"),
        ("makes", "making"),
        ("edited", "edit"),
        ("quickly", "quick"),
        ("glasses", "glass"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["bus", "news", "ai", "r1", "照片", "single"])
def test_what_has_no_ending_keeps_its_own(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(word) - len(stem(word)) <= 1


@pytest.mark.parametrize(
    ("one", "other", "concept"),
    [
        ("a photograph", "一张照片", "#photo"),
        ("keeps forgetting me", "總是忘記", "#memory"),
        ("pull request", "拉取请求", "#review"),
        ("translated", "翻译", "#translate"),
    ],
)
def test_two_languages_share_a_concept(one: str, other: str, concept: str) -> None:
    assert concept in terms(one)
    assert concept in terms(other)


@pytest.mark.parametrize(
    ("question", "core"),
    [
        ("谁有长文本", ("长文本",)),
        ("哪些助手有记忆", ("助手", "记忆")),
        ("which of them have memory?", ("memory",)),
        ("Kimi 长文本", ("kimi", "长文本")),
        ("which", ("which",)),
        ("谁有", ("谁有",)),
        ("!!!", ()),
    ],
)
def test_words_of_asking_are_left_out_unless_nothing_else_is_said(
    question: str, core: tuple[str, ...]
) -> None:
    assert content(typed(question)).words == core


@given(st.text(max_size=40))
def test_every_text_has_terms_of_positive_weight(text: str) -> None:
    assert all(weight > 0 for weight in terms(text).values())


def test_no_entry_of_the_thesaurus_is_empty_or_ignored_alone() -> None:
    known = thesaurus()
    assert () not in known.latin
    assert "" not in known.han
    assert all(entry not in known.ignored for entry in known.han if len(entry) == 1)


def feature(name: str, definition: str) -> Document:
    fields = (Field("names.en", name), Field("definition", definition))
    return Document("feature", name.lower(), fields, {"en": name}, {})


def test_the_likeliest_come_and_few_of_them() -> None:
    many = [feature(f"Film {n}", "Makes a video.") for n in range(2 * FOUND_MAX)]
    index = Index.of([*many, feature("Tune", "Makes a song.")])
    assert len(index.meant("短片").places) == FOUND_MAX
    assert index.meant("一首歌").places.tolist() == [len(many)]
    assert not index.meant("zzzz")


def test_a_record_that_nobody_defined_is_meant_by_nobody() -> None:
    named = Document("product", "p", (Field("names.en", "Video"),), {"en": "Video"}, {})
    assert not Index.of([named]).meant("video")
    assert not Index.of([]).meant("video")
