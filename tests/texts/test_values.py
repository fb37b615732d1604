"""Dates, numbers and lists in English and Chinese."""

from decimal import Decimal

import pytest

from service.texts import values
from service.texts.labels import label
from service.texts.messages import message


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        ("2026-11-04", "4 November 2026", "2026年11月4日"),
        ("2026-11", "November 2026", "2026年11月"),
        ("2026", "2026", "2026年"),
    ],
)
def test_dates(day: str, english: str, chinese: str) -> None:
    assert (values.date_text(day, "en"), values.date_text(day, "zh")) == (english, chinese)


def test_one_day_is_no_plural() -> None:
    assert [values.days(n, "en") for n in (0, 1, 12)] == ["0 days", "1 day", "12 days"]
    assert values.days(1, "zh") == "1天"


def test_shares_are_whole_percent() -> None:
    assert values.percent(0.456, "en") == "46%"


def test_numbers_have_separators() -> None:
    assert values.number(1234567, "en") == "1,234,567"
    assert values.number(Decimal("1234.50"), "zh") == "1,234.50"
    assert values.number(0.756, "en", digits=2) == "0.76"


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b", "c"], "a, b and c", "a、b和c")],
)
def test_lists(items: list[str], english: str, chinese: str) -> None:
    assert (values.list_text(items, "en"), values.list_text(items, "zh")) == (english, chinese)


def test_a_word_without_a_label_is_itself_and_none_is_unknown() -> None:
    assert (label("FR", "zh"), label(None, "zh"), label("startup", "zh")) == (
        "FR", "未知", "创业公司",
    )  # fmt: skip


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        message("dates.day", "en", day=1)
