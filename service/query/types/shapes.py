"""What values look like on the wire: in the import format and in answers."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from service.model.dates import DATE_FORM
from service.model.external_ids import SLUG, SOURCE_NAME
from service.texts.sentences import Sentence, sentence

_ADDRESS = r"^(?:https?://|urn:)[^\s\x00-\x1f\x7f-\x9f]+$"
Slug = Annotated[str, Meta(pattern=f"^{SLUG}$", max_length=64, examples=["kimi"])]
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
        pattern=_ADDRESS,
        max_length=2000,
        examples=["https://example.org/page"],
    ),
]
SourceId = Annotated[str, Meta(pattern="^src_[0-9a-hjkmnp-tv-z]{26}$")]
SourceName = Annotated[
    str,
    Meta(
        pattern=SOURCE_NAME,
        max_length=2000,
        examples=["https://example.org/page"],
    ),
]
SourceTold = Annotated[str, Meta(extra_json_schema={"pattern": SOURCE_NAME})]
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", examples=["zh"])]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["USD"])]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["CN"])]
SAFE_MAX = 2**53 - 1  # as exact as every reader of JSON has it
Count = Annotated[int, Meta(ge=0, le=SAFE_MAX)]
Quantity = Count | Annotated[float, Meta(ge=0, le=SAFE_MAX)]
# 1e6 and 1000000.0 are whole numbers too.
CountWritten = Count | Annotated[float, Meta(ge=0, le=SAFE_MAX, multiple_of=1)]
Edtf = Annotated[
    str,
    Meta(max_length=40, examples=["2024-12"], extra_json_schema={"pattern": DATE_FORM}),
]
ExternalId = Annotated[str, Meta(min_length=1, max_length=300, examples=["Q95"])]
Unit = Annotated[str, Meta(min_length=1, max_length=60)]


# What the patterns above are called among the texts.
FORMS = {
    f"^{SLUG}$": "slug",
    "^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$": "fact_id",
    "^[a-z0-9]+(?:[_-][a-z0-9]+)*$": "word",
    _ADDRESS: "url",
    SOURCE_NAME: "url_or_source",
    "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$": "language",
    "^[A-Z]{3}$": "currency",
    "^[A-Z]{2}$": "country",
}


def one_of(values: tuple[str, ...]) -> str:
    """The pattern of a closed list."""
    return f"^(?:{'|'.join(values)})$"


def form_of(pattern: str) -> Sentence:
    """That a text is not as a pattern of this module has it."""
    if pattern in FORMS:
        return sentence(f"forms.{FORMS[pattern]}")
    if pattern.startswith("^(?:") and "|" in pattern:
        words = pattern.removeprefix("^(?:").removesuffix(")$").split("|")
        return sentence("values.one_of", words=tuple(words))
    return sentence("values.pattern", pattern=pattern)


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


class RateKept(Struct):
    """A price by component in files with types, whose numbers are binary."""

    component: str
    amount: float
    currency: str
    per: str


class RateShown(Struct):
    """A price by component; the amount is a decimal string."""

    component: str
    amount: str
    currency: str
    per: str
