"""Dates, numbers and lists as a language writes them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from service.texts.messages import counted, message


def date_text(day: date | str, lang: str) -> str:
    """`2026-11-24`, `2026-11` or `2026` as `24 November 2026`, `November 2026`, `2026`."""
    year, *rest = str(day).split("-")
    if not rest:
        return message("dates.year", lang, year=year)
    month = message(f"dates.months.{int(rest[0])}", lang)
    if len(rest) == 1:
        return message("dates.month", lang, year=year, month=month)
    return message("dates.day", lang, year=year, month=month, day=int(rest[1]))


def edtf_text(text: str, lang: str) -> str:
    """A date as stored, bounds among them: `[..2024-05]` is `by May 2024`, `[2023..2024]` is
    `2023 to 2024`."""
    if not text.startswith("["):
        return date_text(text, lang)
    first, _, last = text.strip("[]").partition("..")
    if not first:
        return message("dates.by", lang, last=date_text(last, lang))
    return message("dates.between", lang, first=date_text(first, lang), last=date_text(last, lang))


def days(n: int, lang: str) -> str:
    """`1 day`, `12 days`."""
    return counted("numbers.days", n, lang)


def percent(share: float, lang: str) -> str:
    """A share of one in whole percent."""
    return message("numbers.percent", lang, n=round(share * 100))


def number(value: int | float | Decimal, lang: str, digits: int | None = None) -> str:
    """With the language's separators; `digits` after the point, all that there are by default."""
    shown = f"{value:,}" if digits is None else f"{value:,.{digits}f}"
    whole, _, fraction = shown.partition(".")
    whole = whole.replace(",", message("numbers.thousands", lang))
    return whole + (message("numbers.point", lang) + fraction if fraction else "")


def amount(value: float, lang: str) -> str:
    """In full, or in millions and thousand millions (what the language has in their place) where
    that takes no more than three digits after the point: `17.57 million`."""
    exact = Decimal(str(value))
    for size in ("large", "middle"):
        scaled = exact.scaleb(-int(message(f"numbers.{size}_zeros", lang)))
        if scaled >= 1 and scaled == round(scaled, 3):
            plain = scaled.normalize() if scaled % 1 else scaled.quantize(Decimal(1))
            return message(f"numbers.{size}", lang, n=number(plain, lang))
    return number(exact.quantize(Decimal(1)) if exact % 1 == 0 else exact.normalize(), lang)


def list_text(items: Sequence[str], lang: str) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return message("lists.comma", lang).join(items[:-1]) + message("lists.and", lang) + items[-1]
