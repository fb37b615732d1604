"""The fields that several collections share."""

from service.query.fields import Field
from service.query.types import (
    Date,
    Enum,
    ExternalIds,
    Names,
    Rates,
    Reference,
    References,
    Text,
    Texts,
    Translations,
)

NAMES = (
    Field(name="names", type=Names(), doc="Names by language (en, zh, ...)."),
    Field(name="aliases", type=Texts(), doc="Other names it goes by."),
    Field(
        name="external_ids",
        type=ExternalIds(),
        doc="Ids that others give to it, by scheme (wikidata, lei, ...).",
    ),
)
DEFINITION = (
    Field(name="definition", type=Text(), doc="What it is, in one sentence, in English."),
    Field(name="definitions", type=Translations(), doc="The same in other languages (zh, ...)."),
)
SOURCES = Field(
    name="source_ids",
    type=References("sources"),
    key="sources",
    doc="What the record stands on.",
)
NOTE = Field(name="note", type=Text(), doc="A remark in our own words.")
EVIDENCE_DOC = (
    "Whether it has a source: sourced, unsourced (believed true, none found), or unstated "
    "(an entity with neither)."
)
EVIDENCE = ("sourced", "unsourced", "unstated")
PROVENANCE = (
    SOURCES,
    NOTE,
    Field(name="evidence", type=Enum(*EVIDENCE), key="status", doc=EVIDENCE_DOC),
)
CONFIDENCE = Field(
    name="confidence",
    type=Enum("high", "medium", "low"),
    doc="How sure a curator is of it; no figure weighs it.",
)
FACT_PROVENANCE = (*PROVENANCE, CONFIDENCE)
# Where `status` says something else, the import format says `evidence`.
PROVENANCE_BESIDE_STATUS = (
    SOURCES,
    NOTE,
    Field(name="evidence", type=Enum(*EVIDENCE), doc=EVIDENCE_DOC),
    CONFIDENCE,
)
DISPUTE = Field(
    name="dispute",
    type=Enum("preferred", "other"),
    null_reason="not_applicable",
    doc="Of facts that contradict each other: preferred (used), other (kept, in no figure).",
)


def reference(to: str, key: str, doc: str, *, required: bool = True) -> Field:
    return Field(name=f"{key}_id", type=Reference(to), key=key, doc=doc, required=required)


def dated(name: str, doc: str, null_reason: str = "unknown", *, always: bool = False) -> Field:
    return Field(name=name, type=Date(), doc=doc, null_reason=null_reason, always=always)


PRODUCT = reference("products", "product", "The product.")
RATES = Field(
    name="rates",
    type=Rates(),
    doc="Prices by component: input, output, cache_read and others.",
)
