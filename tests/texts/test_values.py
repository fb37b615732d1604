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
    ("value", "english", "chinese"),
    [
        (17_570_000, "17.57 million", "1,757万"),
        (227_000_000, "227 million", "2.27亿"),
        (46_600_000_000, "46.6 billion", "466亿"),
        (1_000_000_000, "1 billion", "10亿"),
        (12_288, "12,288", "12,288"),
        (400_000, "400,000", "40万"),
        (1_234_567, "1,234,567", "1,234,567"),
        (12.6, "12.6", "12.6"),
        (0, "0", "0"),
    ],
)
def test_great_amounts_keep_all_their_digits(value: float, english: str, chinese: str) -> None:
    assert (values.amount(value, "en"), values.amount(value, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2024-05", "May 2024", "2024年5月"),
        ("[..2024-05]", "by May 2024", "最迟2024年5月"),
        ("[2023..2024-05-01]", "2023 to 1 May 2024", "2023年至2024年5月1日"),
    ],
)
def test_dates_known_by_bounds(text: str, english: str, chinese: str) -> None:
    assert (values.edtf_text(text, "en"), values.edtf_text(text, "zh")) == (english, chinese)


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
