"""Sentences are values, and said in the language of whoever reads them."""

import pytest

from service.texts.sentences import (
    either,
    kept,
    numbered,
    recalled,
    sentence,
    sentence_of,
    shortened,
    told,
    word,
)


def test_a_sentence_is_said_in_the_language_of_its_reader() -> None:
    said = sentence("records.unknown", kind=word("product"), id="kimmi", hint="")
    assert said.said("zh") == "没有产品“kimmi”。"
    assert str(said) == said.said("en") == 'There is no product "kimmi".'


def test_sentences_stand_within_sentences() -> None:
    near = sentence("hints.near", near=either(["kimi", "qwen", "doubao"]))
    said = sentence("records.unknown", kind=word("product"), id="k", hint=near)
    assert said.said("zh") == "没有产品“k”。是否指kimi、qwen或doubao？"
    assert str(said) == 'There is no product "k". Did you mean kimi, qwen or doubao?'


def test_one_is_told_from_many() -> None:
    assert str(numbered("requests.faults", 1)) == "1 fault in the body; nothing was done."
    assert str(numbered("requests.faults", 2)) == "2 faults in the body; nothing was done."


def test_a_word_without_a_text_is_itself() -> None:
    assert word("nothing-such") == "nothing-such"


def test_a_sentence_is_kept_as_json_and_read_again() -> None:
    said = sentence("records.unknown", kind=word("vendor"), id="x", hint=either(["a", "b"]))
    assert [recalled(kept(said), lang) for lang in ("en", "zh")] == [
        said.said("en"),
        said.said("zh"),
    ]
    assert recalled(kept("in words already"), "zh") == "in words already"
    assert len({said, said}) == 1


def test_an_error_carries_its_sentence() -> None:
    said = numbered("requests.faults", 3)
    assert sentence_of(ValueError(said)) is said
    assert (str(ValueError(said)), str(sentence_of(ValueError("x")))) == (str(said), "x")


def test_what_fills_a_sentence_may_be_shortened() -> None:
    said = shortened(sentence("records.unknown", kind="a", id="b" * 99, hint=""), 9)
    assert told(said, "en") == f'There is no a "{"b" * 9}".'
    assert shortened("abc", 2) == "ab"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence("records.unknown").said("en")
