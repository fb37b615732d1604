"""Decimal numbers: however they are written, as they are stored, and when two are the same."""

import re
from decimal import Decimal
from math import isinf

from service.texts.sentences import sentence

MAX_DIGITS = 30
_WRITTEN = re.compile(r"[-+]?\d{1,30}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,2})?\Z", re.ASCII)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([ ,.'’\xa0\u202f])\d{3}(?:\1\d{3})*)+\Z", re.ASCII)


def whole(text: str) -> int | None:
    """The whole number that a text is, such as 1000000, 1e6 or 1000000.0."""
    number = Decimal(text) if _WRITTEN.match(text) else Decimal("NaN")
    is_whole = abs(number.adjusted()) <= MAX_DIGITS and number == number.to_integral_value()
    return int(number) if is_whole else None


def fraction(text: str) -> float | int | Decimal | None:
    """The number that a text is, such as 17.4, 1e6 or 1000000.0."""
    if not _WRITTEN.match(text):
        return None
    number = whole(text)
    return written(text) if number is None else number


def written(text: str) -> float | Decimal:
    """A number of JSON: binary where that is the same number, else with every digit it has.

    Raises ValueError for one that is too large to be any.
    """
    binary = float(text)
    if isinf(binary):
        raise ValueError("too large")
    return binary if is_binary(text) else Decimal(text)


def is_binary(text: str) -> bool:
    """Whether the shortest text of the binary number that is read from a text is the same number.

    Raises ValueError for an exponent that no number has.
    """
    try:
        return Decimal(repr(float(text))) == Decimal(text)
    except ArithmeticError:
        raise ValueError("no such exponent") from None


def as_number(value: Decimal) -> float | int:
    """As JSON has it: whole where it is."""
    return int(value) if value == value.to_integral_value() else float(value)


def number_meant(value: str) -> tuple[str, ...]:
    """The number that groups of digits, as people write them, stand for."""
    found = _GROUPED.match(value)
    return ("".join(re.findall(r"[-\d]", value)),) if found else ()


def exact(value: Decimal) -> Decimal:
    """The number as it is stored: finite, not below zero, of at most 30 digits, without zeros at
    the end of its fraction.

    Raises ValueError.
    """
    digits = value.as_tuple()
    exponent = digits.exponent
    if not isinstance(exponent, int):
        raise ValueError(sentence("fields.infinite"))
    if len(digits.digits) > MAX_DIGITS or not -12 <= exponent <= 0:
        value = without_exponent(value)
    if value < 0:
        raise ValueError(sentence("fields.negative"))
    return value if exponent == 0 else _shortest(value)


def _shortest(value: Decimal) -> Decimal:
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def without_exponent(value: Decimal) -> Decimal:
    """Raises ValueError for more than 30 digits."""
    if abs(value.adjusted()) > MAX_DIGITS or len(value.as_tuple().digits) > MAX_DIGITS:
        raise ValueError(sentence("fields.digits", most=MAX_DIGITS))
    return Decimal(format(value, "f"))


def amount_text(amount: Decimal) -> str:
    """A decimal string without exponent."""
    return format(amount, "f")


def significant(number: str) -> str:
    """SQL: the number to twelve significant digits, by which two amounts are held against each
    other; what sums of binary fractions leave behind them is no difference.
    """
    return f"to_char({number}, '9.99999999999EEEE')::numeric"
