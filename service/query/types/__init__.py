"""The types of fields: each says of its values all that SQL, questions, files and answers need."""

from service.query.types.base import FieldType, UnknownValue
from service.query.types.by_field import NullReason, NullReasons
from service.query.types.dates import Date, Instant
from service.query.types.external import ExternalIds
from service.query.types.field_sources import FieldSources
from service.query.types.listed_codes import Country, Currency
from service.query.types.lists import Texts
from service.query.types.numbers import Amount, Count, Money, Quantity, Rates
from service.query.types.references import Reference, References
from service.query.types.words import (
    Enum,
    Label,
    Names,
    Slug,
    Text,
    Translations,
    Url,
    Word,
)

__all__ = [
    "Amount",
    "Count",
    "Country",
    "Currency",
    "Date",
    "Enum",
    "ExternalIds",
    "FieldSources",
    "FieldType",
    "Instant",
    "Label",
    "Money",
    "Names",
    "NullReason",
    "NullReasons",
    "Quantity",
    "Rates",
    "Reference",
    "References",
    "Slug",
    "Text",
    "Texts",
    "Translations",
    "UnknownValue",
    "Url",
    "Word",
]
