"""What values look like on the wire: in the import format and in answers."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64, examples=["kimi"])]
FactId = Annotated[
    str,
    Meta(pattern="^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$", examples=["adp_01m8cnf0nte9han46dbj22xpcn"]),
]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Word = Annotated[
    str, Meta(pattern="^[a-z0-9]+(?:[_-][a-z0-9]+)*$", max_length=64, examples=["voice"])
]
Url = Annotated[
    str,
    Meta(
        pattern=r"^(?:https?://|urn:)[^\s\x00-\x1f]+$",
        max_length=2000,
        examples=["https://example.org/page"],
    ),
]
SourceName = Annotated[
    str,
    Meta(
        pattern=r"^(?:(?:https?://|urn:)[^\s\x00-\x1f]+|src_[0-9a-hjkmnp-tv-z]{26})$",
        max_length=2000,
        examples=["https://example.org/page"],
    ),
]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", examples=["zh"])]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["USD"])]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["CN"])]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
# 1e6 and 1000000.0 are whole numbers too.
CountWritten = Count | Annotated[float, Meta(ge=0, le=2**53 - 1, multiple_of=1)]
Edtf = Annotated[str, Meta(max_length=40, examples=["2024-12"])]
ExternalId = Annotated[str, Meta(min_length=1, max_length=300, examples=["Q95"])]
Unit = Annotated[str, Meta(min_length=1, max_length=60)]


# What the patterns above mean, for people.
FORMS = {
    "^[a-z0-9]+(?:-[a-z0-9]+)*$": "lower-case letters, digits and single hyphens, such as kimi",
    "^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$": "an id of this base, such as adp_ and 26 characters",
    "^[a-z0-9]+(?:[_-][a-z0-9]+)*$": "lower-case words joined by _ or -, such as funding_round",
    r"^(?:https?://|urn:)[^\s\x00-\x1f]+$": "an address, such as https://example.org/page",
    r"^(?:(?:https?://|urn:)[^\s\x00-\x1f]+|src_[0-9a-hjkmnp-tv-z]{26})$": (
        "an address, such as https://example.org/page, or the id of a source"
    ),
    "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$": "a language tag, such as zh or pt-BR",
    "^[A-Z]{3}$": "three capital letters (ISO 4217), such as USD",
    "^[A-Z]{2}$": "two capital letters (ISO 3166-1), such as CN",
}


def one_of(values: tuple[str, ...]) -> str:
    """The pattern of a closed list."""
    return f"^(?:{'|'.join(values)})$"


def form_of(pattern: str) -> str:
    """A pattern of this module in words."""
    if pattern.startswith("^(?:") and "|" in pattern and pattern not in FORMS:
        return f"one of {pattern.removeprefix('^(?:').removesuffix(')$').replace('|', ', ')}"
    return FORMS.get(pattern, f"text in the form {pattern}")


class Money(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount of a currency per something."""

    amount: Decimal
    currency: Currency
    per: Unit | None = None


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """A price by component."""

    component: Word
    amount: Decimal
    currency: Currency
    per: Unit


class MoneyShown(Struct):
    """An amount of a currency per something; the amount is a decimal string."""

    amount: str
    currency: str
    per: str | None


class RateShown(Struct):
    """A price by component; the amount is a decimal string."""

    component: str
    amount: str
    currency: str
    per: str
