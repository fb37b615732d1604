"""Decimal numbers: however they are written, as they are stored, and when two are the same."""

import re
from decimal import Decimal
from math import isinf
from unicodedata import decimal, normalize

from service.texts.sentences import sentence

MAX_DIGITS = 30
# How a number is written as text, wherever it is: in JSON, cells, addresses and on a command line.
WRITTEN = r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,2})?"
PLAIN = r"-?[0-9]{1,30}(?:\.[0-9]{1,12})?"  # in conditions
_WRITTEN = re.compile(rf"{WRITTEN}\Z")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([ ,.'’_\xa0\u202f])\d{3}(?:\1\d{3})*)+\Z", re.ASCII)


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


def is_written(text: str) -> bool:
    """Whether a text is a number, as numbers are written."""
    return _WRITTEN.match(text) is not None


def number_meant(value: str) -> tuple[str, ...]:
    """The number that groups of digits, as people write them, stand for, or digits of other
    scripts, or such with something before or after them."""
    text = "".join(str(decimal(one, one)) for one in normalize("NFKC", value)).strip()
    if _GROUPED.match(text):
        return ("".join(re.findall(r"[-\d]", text)),)
    bare = text.removeprefix("+").removesuffix(".")
    bare = f"0{bare}" if bare.startswith(".") else bare
    return (bare,) if bare != value and is_written(bare) else ()


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
