"""The import format's record types, one msgspec Struct per collection, made from the registry."""

from decimal import Decimal
from typing import Annotated, Any

from msgspec import Meta, Struct, defstruct

from service.query.fields import Collection, Field, Type
from service.query.registry import COLLECTIONS

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
Language = Annotated[str, Meta(pattern="^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", examples=["zh"])]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["USD"])]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["CN"])]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Edtf = Annotated[str, Meta(max_length=40, examples=["2024-12"])]


# What the patterns above mean, for people.
FORMS = {
    "^[a-z0-9]+(?:-[a-z0-9]+)*$": "lower-case letters, digits and single hyphens, such as kimi",
    "^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$": "an id of this base, such as adp_ and 26 characters",
    "^[a-z0-9]+(?:[_-][a-z0-9]+)*$": "lower-case words joined by _ or -, such as funding_round",
    r"^(?:https?://|urn:)[^\s\x00-\x1f]+$": "an address, such as https://example.org/page",
    "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$": "a language tag, such as zh or pt-BR",
    "^[A-Z]{3}$": "three capital letters (ISO 4217), such as USD",
    "^[A-Z]{2}$": "two capital letters (ISO 3166-1), such as CN",
}


def form_of(pattern: str) -> str:
    """A pattern of this module in words."""
    if pattern.startswith("^(?:") and "|" in pattern and pattern not in FORMS:
        return f"one of {pattern.removeprefix('^(?:').removesuffix(')$').replace('|', ', ')}"
    return FORMS.get(pattern, f"text in the form {pattern}")


class Money(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount of a currency per something."""

    amount: Decimal
    currency: Currency
    per: Annotated[str, Meta(min_length=1, max_length=60)] | None = None


class Rate(Struct, frozen=True, forbid_unknown_fields=True):
    """A price by component."""

    component: Word
    amount: Decimal
    currency: Currency
    per: Annotated[str, Meta(min_length=1, max_length=60)]


TYPES: dict[Type, Any] = {
    Type.SLUG: Slug,
    Type.TEXT: Text,
    Type.WORD: Word,
    Type.REFERENCE: Slug,
    Type.REFERENCES: list[Slug],
    Type.DATE: Edtf,
    Type.TEXTS: list[Name],
    Type.MONEY: Money,
    Type.RATES: list[Rate],
    Type.DECIMAL: Decimal,
    Type.COUNT: Count,
    Type.CURRENCY: Currency,
    Type.COUNTRY: Country,
    Type.URL: Url,
}


def shape_of(field: Field) -> Any:
    """The type of a field's value in the import format."""
    if field.values:
        return Annotated[str, Meta(pattern=f"^(?:{'|'.join(field.values)})$")]
    if field.to == "sources":
        return list[Url]
    return TYPES[field.type]


def _record_type(collection: Collection) -> type[Struct]:
    members: list[Any] = [("id", Slug) if collection.is_entity else ("id", FactId | None, None)]
    for field in collection.stored:
        if field.type is Type.NAMES:
            members += [("name", Name | None, None), ("names", dict[Language, Name] | None, None)]
        elif field.required:
            members.append((field.import_key, shape_of(field)))
        else:
            members.append((field.import_key, shape_of(field) | None, None))
    return defstruct(
        collection.kind.title().replace("_", ""),
        members,
        kw_only=True,
        frozen=True,
        tag_field="kind",
        tag=collection.kind,
        forbid_unknown_fields=True,
        module=__name__,
    )


RECORD_TYPES: dict[str, type[Struct]] = {c.kind: _record_type(c) for c in COLLECTIONS}
