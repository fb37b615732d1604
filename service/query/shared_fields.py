"""The fields that several collections share."""

from service.query.fields import Field
from service.query.types import (
    Date,
    Enum,
    ExternalIds,
    FieldSources,
    Names,
    NullReasons,
    Rates,
    Reference,
    References,
    Text,
    Texts,
    Translations,
)
from service.query.types.by_field import Nullable
from service.query.types.field_sources import Carried

NAMES = (
    Field(name="names", type=Names()),
    Field(name="aliases", type=Texts()),
    Field(
        name="external_ids",
        type=ExternalIds(),
    ),
)
DEFINITION = (
    Field(name="definition", type=Text()),
    Field(name="definitions", type=Translations()),
)
SOURCES = Field(
    name="source_ids",
    type=References("sources"),
    key="sources",
)
NOTE = Field(name="note", type=Text())
EVIDENCE = ("sourced", "unsourced", "unstated")
PROVENANCE = (
    SOURCES,
    NOTE,
    Field(name="evidence", type=Enum(*EVIDENCE), key="status"),
)
CONFIDENCE = Field(
    name="confidence",
    type=Enum("high", "medium", "low"),
)
OF_CURATORS = ("source_ids", "note", "evidence", "confidence", "dispute")
FACT_PROVENANCE = (*PROVENANCE, CONFIDENCE)
# Where `status` says something else, the import format says `evidence`.
PROVENANCE_BESIDE_STATUS = (
    SOURCES,
    NOTE,
    Field(name="evidence", type=Enum(*EVIDENCE)),
    CONFIDENCE,
)
DISPUTE = Field(
    name="dispute",
    type=Enum("preferred", "other"),
    null_reason="not_applicable",
)


def reference(to: str, key: str, meaning: str = "") -> Field:
    return Field(name=f"{key}_id", type=Reference(to), key=key, meaning=meaning, required=True)


def dated(
    name: str, null_reason: str = "unknown", *, meaning: str = "", always: bool = False
) -> Field:
    return Field(name=name, type=Date(), meaning=meaning, null_reason=null_reason, always=always)


PRODUCT = reference("products", "product")
RATES = Field(
    name="rates",
    type=Rates(),
)


def stating(*fields: Field) -> tuple[Field, ...]:
    """The fields of a collection, and what its records say of them."""
    reasons = NullReasons(tuple(_nullable(f) for f in fields if _may_be_null(f)))
    said = [Field(name="null_reasons", type=reasons)]
    if SOURCES in fields:
        carried = tuple(Carried(f.name, f.type) for f in fields if _is_carried(f))
        said.append(Field(name="field_sources", type=FieldSources(carried)))
    return (*fields, *said)


def _is_carried(field: Field) -> bool:
    """Whether it says something of the world: not of the record itself, as a curator does."""
    return field.derived is None and field.name not in OF_CURATORS


def _may_be_null(field: Field) -> bool:
    return bool(field.null_reason) or _is_stated(field)


def _is_stated(field: Field) -> bool:
    """Whether a record may say itself why it is null."""
    is_written = field.derived is None and field.name != "evidence"
    return is_written and field.type.may_be_null and not field.required


def _nullable(field: Field) -> Nullable:
    key = "" if field.derived else field.import_key
    column = next(iter(field.columns), field.name)
    return Nullable(field.name, key, column, field.null_reason, _is_stated(field))
