"""What operations take by name, beside ids and body.

Made by `parity clients` from the OpenAPI document; not to be edited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Required, TypeAlias, TypedDict, TypeVar

T = TypeVar("T")
OneOrMore: TypeAlias = T | Sequence[T]


class Where(TypedDict, total=False):
    """Beside the filters that are named, every operator of every field in `get_schema`."""

    where: Mapping[str, OneOrMore[str] | OneOrMore[int] | float | bool]
    """As they stand in an address: `{"launched__lt": "2024", "vendor.country__not": "CN"}`."""


class AgeBandsDays(TypedDict, total=False):
    """Limits in days of the ages within which the rate is constant; empty: none."""

    age_bands_days: OneOrMore[int]


class Aliases(TypedDict, total=False):
    """Any of these values. Other names it goes by."""

    aliases: OneOrMore[str]


class AmountGte(TypedDict, total=False):
    """At least, or from the first day of the period. How much."""

    amount__gte: str


class AmountGteOfPrice(TypedDict, total=False):
    """At least, or from the first day of the period. The headline price."""

    price_amount__gte: str


class AmountLte(TypedDict, total=False):
    """At most, or to the last day of the period. How much."""

    amount__lte: str


class AmountLteOfPrice(TypedDict, total=False):
    """At most, or to the last day of the period. The headline price."""

    price_amount__lte: str


class ArchiveUrl(TypedDict, total=False):
    """Any of these values. An archived copy."""

    archive_url: OneOrMore[str]


class AsOf(TypedDict, total=False):
    """What the base said then: `rev:N`, a release, a day (its end, UTC) or an instant with a zone.
    """

    as_of: str


class BandPriorCopies(TypedDict, total=False):
    """How many copies the prior of each age band weighs."""

    band_prior_copies: float


class BusinessModelId(TypedDict, total=False):
    """Any of these values. How it earns."""

    business_model_id: OneOrMore[str]


class Category(TypedDict, total=False):
    """Any of these values. The family it belongs to."""

    category: OneOrMore[str]


class ChangeWindowDays(TypedDict, total=False):
    """The change is over so many days."""

    change_window_days: int


class Comment(TypedDict, total=False):
    """Why; kept with the revision. Also a field of the body."""

    comment: str


class Confidence(TypedDict, total=False):
    """Any of these values. How sure a curator is of it; no figure weighs it."""

    confidence: OneOrMore[Literal["high", "medium", "low"]]


class ConfidenceOfGetMarketCadence(TypedDict, total=False):
    """Level of the intervals."""

    confidence: float


class Count(TypedDict, total=False):
    """exact (to 10,000, then gte), estimate (the planner's) or none."""

    count: Literal["estimate", "exact", "none"]


class Country(TypedDict, total=False):
    """Any of these values. Seat, ISO 3166-1 alpha-2."""

    country: OneOrMore[str]


class CountryOfVendor(TypedDict, total=False):
    """Any of these values. Seat, ISO 3166-1 alpha-2."""

    vendor_country: OneOrMore[str]


class Currency(TypedDict, total=False):
    """Any of these values. ISO 4217."""

    currency: OneOrMore[str]


class CurrencyOfPrice(TypedDict, total=False):
    """Any of these values. The headline price."""

    price_currency: OneOrMore[str]


class Cursor(TypedDict, total=False):
    """`page.next_cursor` of the page before."""

    cursor: str


class DateDraws(TypedDict, total=False):
    """Draws of the imprecise dates."""

    date_draws: int


class DateGte(TypedDict, total=False):
    """At least, or from the first day of the period. First day on which customers could use it."""

    date__gte: str


class DateGteOfListAdoptions(TypedDict, total=False):
    """At least, or from the first day of the period. Since when."""

    date__gte: str


class DateGteOfListInvestments(TypedDict, total=False):
    """At least, or from the first day of the period. When."""

    date__gte: str


class DateGteOfListSurveys(TypedDict, total=False):
    """At least, or from the first day of the period. The day of the look."""

    date__gte: str


class DateLte(TypedDict, total=False):
    """At most, or to the last day of the period. First day on which customers could use it."""

    date__lte: str


class DateLteOfListAdoptions(TypedDict, total=False):
    """At most, or to the last day of the period. Since when."""

    date__lte: str


class DateLteOfListInvestments(TypedDict, total=False):
    """At most, or to the last day of the period. When."""

    date__lte: str


class DateLteOfListSurveys(TypedDict, total=False):
    """At most, or to the last day of the period. The day of the look."""

    date__lte: str


class DateMatch(TypedDict, total=False):
    """certain: the whole interval of a partial date qualifies; possible: some day of it does."""

    date_match: Literal["certain", "possible"]


class Dates(TypedDict, total=False):
    """Copies of which only the day is known by which they were there: spread over the days that are
    left (spread), or on that day (bound).
    """

    dates: Literal["bound", "spread"]


class Definition(TypedDict, total=False):
    """Any of these values. What it is, in one sentence, in English."""

    definition: OneOrMore[str]


class Definitions(TypedDict, total=False):
    """Any of these values. The same in other languages (zh, ...)."""

    definitions: OneOrMore[str]


class DifferentiatorMax(TypedDict, total=False):
    """Up to this share of vendors a feature is a differentiator."""

    differentiator_max: float


class DiscontinuedGte(TypedDict, total=False):
    """At least, or from the first day of the period. Day from which it was gone."""

    discontinued__gte: str


class DiscontinuedLte(TypedDict, total=False):
    """At most, or to the last day of the period. Day from which it was gone."""

    discontinued__lte: str


class Dispute(TypedDict, total=False):
    """Any of these values. Of facts that contradict each other: preferred (used), other (kept, in
    no figure).
    """

    dispute: OneOrMore[Literal["preferred", "other"]]


class DryRun(TypedDict, total=False):
    """true: the same checks and the same answer, and nothing is stored."""

    dry_run: bool


class Evidence(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class EvidenceOfBusinessModel(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    business_model_evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class EvidenceOfFeature(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    feature_evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class EvidenceOfGetMarketCadence(TypedDict, total=False):
    """sourced: facts with a source; any: unsourced ones too."""

    evidence: Literal["any", "sourced"]


class EvidenceOfMarket(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    market_evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class EvidenceOfProduct(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    product_evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class EvidenceOfVendor(TypedDict, total=False):
    """Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
    or unstated (an entity with neither).
    """

    vendor_evidence: OneOrMore[Literal["sourced", "unsourced", "unstated"]]


class Excel(TypedDict, total=False):
    """CSV for Excel: a byte order mark, CRLF and guarded formulas."""

    excel: bool


class Explain(TypedDict, total=False):
    """true: also the ids of the facts that the answer stands on."""

    explain: bool


class ExternalIds(TypedDict, total=False):
    """Any of these values. Ids that others give to it, by scheme (wikidata, lei, ...)."""

    external_ids: OneOrMore[str]


class Facets(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "vendor_ids", "source_ids", "evidence", "revision"]]


class FacetsOfListAdoptions(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "feature_id", "stage", "source_ids", "evidence",
        "confidence", "dispute", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision", "feature.id", "feature.category", "feature.market_ids",
        "feature.source_ids", "feature.evidence", "feature.revision"]]


class FacetsOfListFeatures(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "category", "market_ids", "source_ids", "evidence", "revision"]]


class FacetsOfListInvestments(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "vendor_id", "type", "currency", "unit", "status", "source_ids",
        "evidence", "confidence", "dispute", "revision", "vendor.id", "vendor.country",
        "vendor.type", "vendor.source_ids", "vendor.evidence", "vendor.revision"]]


class FacetsOfListMonetizations(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "business_model_id", "price.currency",
        "price.per", "source_ids", "evidence", "confidence", "dispute", "revision", "product.id",
        "product.vendor_id", "product.market_ids", "product.status", "product.source_ids",
        "product.evidence", "product.revision", "business_model.id", "business_model.source_ids",
        "business_model.evidence", "business_model.revision"]]


class FacetsOfListOfferings(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "reseller", "source_ids", "evidence",
        "confidence", "revision", "product.id", "product.vendor_id", "product.market_ids",
        "product.status", "product.source_ids", "product.evidence", "product.revision"]]


class FacetsOfListProducts(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "vendor_id", "market_ids", "status", "source_ids", "evidence",
        "revision", "vendor.id", "vendor.country", "vendor.type", "vendor.source_ids",
        "vendor.evidence", "vendor.revision"]]


class FacetsOfListSurveys(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "market_id", "feature_ids", "source_ids",
        "evidence", "confidence", "dispute", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision", "market.id", "market.layer", "market.source_ids", "market.evidence",
        "market.revision"]]


class FacetsOfListUsage(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "metric", "unit", "source_ids", "evidence",
        "confidence", "dispute", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision"]]


class FacetsOfListVersions(TypedDict, total=False):
    """Counts by value of these paths, over the whole list."""

    facets: OneOrMore[Literal["id", "product_id", "name", "source_ids", "evidence", "confidence",
        "dispute", "revision", "product.id", "product.vendor_id", "product.market_ids",
        "product.status", "product.source_ids", "product.evidence", "product.revision"]]


class FeatureId(TypedDict, total=False):
    """Any of these values. The feature."""

    feature_id: OneOrMore[str]


class FeatureIdOfListFactsOfSource(TypedDict, total=False):
    """Any of these values. The feature it is about."""

    feature_id: OneOrMore[str]


class FeatureIds(TypedDict, total=False):
    """Any of these values. The features looked for; null: all."""

    feature_ids: OneOrMore[str]


class Fields(TypedDict, total=False):
    """Only these fields beside object and id, with dots into what is included. The answer has no
    others, also where its schema requires them.
    """

    fields: OneOrMore[str]


class Fill(TypedDict, total=False):
    """zero: also the empty periods of the one date key."""

    fill: Literal["none", "zero"]


class Filter(TypedDict, total=False):
    """AIP-160: `vendor.country = "CN" AND (launched >= "2024" OR NOT status = "active")`; `:` is
    "has". AND-ed with the flat filters: every field of /v1/schema, bare or with one of its
    operators as a suffix (`__not __gt __gte __lt __lte __isnull __all __prefix __contains`); dots
    lead to linked records, two far at most: `product.vendor.country`, `adoptions.feature_id`.
    """

    filter: str


class FilterOfGetMarketCadence(TypedDict, total=False):
    """Which products count: an AIP-160 expression over products."""

    filter: str


class FilterOfListChanges(TypedDict, total=False):
    """Only changes of records that met it before the change or meet it after; an AIP-160 expression
    over the fields of the kinds.
    """

    filter: str


class FoundedGte(TypedDict, total=False):
    """At least, or from the first day of the period. When it was founded."""

    founded__gte: str


class FoundedLte(TypedDict, total=False):
    """At most, or to the last day of the period. When it was founded."""

    founded__lte: str


class From(TypedDict, total=False):
    """First day of the series."""

    from_: str


class Having(TypedDict, total=False):
    """Only groups whose metric compares so: count>=2."""

    having: OneOrMore[str]


class Homepage(TypedDict, total=False):
    """Any of these values. Its own site."""

    homepage: OneOrMore[str]


class HorizonsDays(TypedDict, total=False):
    """Ages in days at which shares copied are told."""

    horizons_days: OneOrMore[int]


class Id(TypedDict, total=False):
    """Any of these values. The id."""

    id: OneOrMore[str]


class IdOfListChanges(TypedDict, total=False):
    """Only changes of these records."""

    id: OneOrMore[str]


class IdempotencyKey(TypedDict, total=False):
    """A name for this request: sent again within a day it has one effect."""

    idempotency_key: str


class IfMatch(TypedDict, total=False):
    """The ETag of the record as you read it; refused when it has changed since."""

    if_match: str | Mapping[str, object]


class IfNoneMatch(TypedDict, total=False):
    """*: only if there is no such record yet."""

    if_none_match: Literal["*"]


class Include(TypedDict, total=False):
    """Records to bring along, two far at most: date_bounds."""

    include: OneOrMore[str]


class IncludeOfListAdoptions(TypedDict, total=False):
    """Records to bring along, two far at most: product, feature, sources, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListBusinessModels(TypedDict, total=False):
    """Records to bring along, two far at most: sources, monetizations, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListFeatures(TypedDict, total=False):
    """Records to bring along, two far at most: markets, sources, adoptions, surveys, date_bounds.
    """

    include: OneOrMore[str]


class IncludeOfListGroups(TypedDict, total=False):
    """Records to bring along, two far at most: vendors, sources, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListInvestments(TypedDict, total=False):
    """Records to bring along, two far at most: vendor, sources, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListMarkets(TypedDict, total=False):
    """Records to bring along, two far at most: sources, products, features, surveys, date_bounds.
    """

    include: OneOrMore[str]


class IncludeOfListMonetizations(TypedDict, total=False):
    """Records to bring along, two far at most: product, business_model, sources, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListProducts(TypedDict, total=False):
    """Records to bring along, two far at most: vendor, markets, sources, versions, adoptions,
    surveys, monetizations, usage, offerings, date_bounds.
    """

    include: OneOrMore[str]


class IncludeOfListQualityIssues(TypedDict, total=False):
    """Records to bring along, two far at most: product, vendor, feature, markets, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListSurveys(TypedDict, total=False):
    """Records to bring along, two far at most: product, market, features, sources, date_bounds."""

    include: OneOrMore[str]


class IncludeOfListVendors(TypedDict, total=False):
    """Records to bring along, two far at most: sources, groups, products, investments, date_bounds.
    """

    include: OneOrMore[str]


class IncludeOfListVersions(TypedDict, total=False):
    """Records to bring along, two far at most: product, sources, date_bounds."""

    include: OneOrMore[str]


class Kind(TypedDict, total=False):
    """Any of these values. The kind of record."""

    kind: OneOrMore[Literal["adoption", "business_model", "feature", "group", "investment",
        "market", "monetization", "offering", "product", "source", "survey", "usage", "vendor",
        "version"]]


class Kinds(TypedDict, total=False):
    """Only changes of these kinds of records."""

    kinds: OneOrMore[Literal["adoption", "business_model", "feature", "group", "investment",
        "market", "monetization", "offering", "product", "source", "survey", "usage", "vendor",
        "version"]]


class Lang(TypedDict, total=False):
    """Language of names and texts; wins over Accept-Language."""

    lang: Literal["en", "zh"]


class LastCheckedGte(TypedDict, total=False):
    """At least, or from the first day of the period. When somebody last saw that it says what it is
    cited for.
    """

    last_checked__gte: str


class LastCheckedLte(TypedDict, total=False):
    """At most, or to the last day of the period. When somebody last saw that it says what it is
    cited for.
    """

    last_checked__lte: str


class LaunchedGte(TypedDict, total=False):
    """At least, or from the first day of the period. First day on which customers could use it."""

    launched__gte: str


class LaunchedLte(TypedDict, total=False):
    """At most, or to the last day of the period. First day on which customers could use it."""

    launched__lte: str


class Layer(TypedDict, total=False):
    """Any of these values. Where in the stack it lies."""

    layer: OneOrMore[Literal["application", "device", "model"]]


class LayerOfMarket(TypedDict, total=False):
    """Any of these values. Where in the stack it lies."""

    market_layer: OneOrMore[Literal["application", "device", "model"]]


class Limit(TypedDict, total=False):
    """Records a page."""

    limit: int


class Market(TypedDict, total=False):
    """The market."""

    market: Required[str]


class MarketId(TypedDict, total=False):
    """Any of these values. The market whose features were looked for."""

    market_id: OneOrMore[str]


class MarketIds(TypedDict, total=False):
    """Any of these values. The markets it competes in."""

    market_ids: OneOrMore[str]


class MarketIdsOfListFactsOfSource(TypedDict, total=False):
    """Any of these values. The markets it is about: its own, else its product's."""

    market_ids: OneOrMore[str]


class MarketIdsOfListFeatures(TypedDict, total=False):
    """Any of these values. The markets in which it counts; null: all."""

    market_ids: OneOrMore[str]


class MarketOfGetProductGaps(TypedDict, total=False):
    """The market; a product that is in one only needs none."""

    market: str


class Metric(TypedDict, total=False):
    """Any of these values. The measure."""

    metric: OneOrMore[str]


class MinJointFeatures(TypedDict, total=False):
    """unknown=exclude: pairs with fewer features known for both are left out."""

    min_joint_features: int


class Model(TypedDict, total=False):
    """Any of these values. The reseller's own id of it."""

    model: OneOrMore[str]


class Name(TypedDict, total=False):
    """Any of these values. Names by language (en, zh, ...)."""

    name: OneOrMore[str]


class NameOfListVersions(TypedDict, total=False):
    """Any of these values. As its vendor calls it."""

    name: OneOrMore[str]


class On(TypedDict, total=False):
    """The world's day: facts in force on it. A month or year means its last day."""

    on: str


class OnOfGetMarketCadence(TypedDict, total=False):
    """The world's day: facts in force on it. A month or year means its last day. Default: today."""

    on: str


class PerOfPrice(TypedDict, total=False):
    """Any of these values. The headline price."""

    price_per: OneOrMore[str]


class PeriodGte(TypedDict, total=False):
    """At least, or from the first day of the period. The period it speaks of."""

    period__gte: str


class PeriodLte(TypedDict, total=False):
    """At most, or to the last day of the period. The period it speaks of."""

    period__lte: str


class Permutations(TypedDict, total=False):
    """Shuffles of the gaps, for the p-value of their trend."""

    permutations: int


class Prefer(TypedDict, total=False):
    """return=minimal: no body in the answer; max-affected=N: nothing is stored if more records
    would change (RFC 7240).
    """

    prefer: str


class ProductId(TypedDict, total=False):
    """Any of these values. The product."""

    product_id: OneOrMore[str]


class ProductIdOfListFactsOfSource(TypedDict, total=False):
    """Any of these values. The product it is about."""

    product_id: OneOrMore[str]


class PublishedGte(TypedDict, total=False):
    """At least, or from the first day of the period. When it was published."""

    published__gte: str


class PublishedLte(TypedDict, total=False):
    """At most, or to the last day of the period. When it was published."""

    published__lte: str


class Publisher(TypedDict, total=False):
    """Any of these values. Who published it."""

    publisher: OneOrMore[str]


class Q(TypedDict, total=False):
    """Only records that these words find, as /v1/search does; in the list's order."""

    q: str


class QOfSearchRecords(TypedDict, total=False):
    """Words in Chinese (either script variant), pinyin, pinyin initials, or any other language."""

    q: Required[str]


class QuantityGte(TypedDict, total=False):
    """At least, or from the first day of the period. How many things were bought."""

    quantity__gte: str


class QuantityLte(TypedDict, total=False):
    """At most, or to the last day of the period. How many things were bought."""

    quantity__lte: str


class RecordIdOfListFactsOfSource(TypedDict, total=False):
    """Any of these values. The record behind it."""

    record_id: OneOrMore[str]


class ReplacedBy(TypedDict, total=False):
    """The record that stands in its place."""

    replaced_by: str


class Reseller(TypedDict, total=False):
    """Any of these values. Who offers it."""

    reseller: OneOrMore[str]


class ResellerName(TypedDict, total=False):
    """Any of these values. The reseller's name."""

    reseller_name: OneOrMore[str]


class Restore(TypedDict, total=False):
    """true: bring back a record that was retired under this id."""

    restore: bool


class Sample(TypedDict, total=False):
    """So many records drawn at random, decided by seed."""

    sample: int


class Seed(TypedDict, total=False):
    """Of the sample; 0 without it."""

    seed: int


class SeedOfGetMarketCadence(TypedDict, total=False):
    """Decides everything that is drawn."""

    seed: int


class SimultaneityDays(TypedDict, total=False):
    """Launches within so many days of the first count as first too."""

    simultaneity_days: int


class Since(TypedDict, total=False):
    """What came after: `rev:N`, `seq:…`, a day (its end, UTC) or an instant with a zone. Without it
    from the beginning; the stream begins now.
    """

    since: str


class SinceGte(TypedDict, total=False):
    """At least, or from the first day of the period. Since when."""

    since__gte: str


class SinceLte(TypedDict, total=False):
    """At most, or to the last day of the period. Since when."""

    since__lte: str


class Sort(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "name", "-name", "evidence", "-evidence", "revision",
        "-revision", "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfAggregateSources(TypedDict, total=False):
    """Keys and metrics, `-` for descending."""

    sort: OneOrMore[str]


class SortOfListAdoptions(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "feature_id", "-feature_id",
        "stage", "-stage", "date", "-date", "until", "-until", "evidence", "-evidence",
        "confidence", "-confidence", "dispute", "-dispute", "revision", "-revision", "recorded_at",
        "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfListFeatures(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "name", "-name", "category", "-category", "evidence",
        "-evidence", "revision", "-revision", "recorded_at", "-recorded_at", "updated_at",
        "-updated_at"] | str]


class SortOfListInvestments(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "vendor_id", "-vendor_id", "type", "-type", "amount",
        "-amount", "currency", "-currency", "quantity", "-quantity", "unit", "-unit", "date",
        "-date", "status", "-status", "evidence", "-evidence", "confidence", "-confidence",
        "dispute", "-dispute", "revision", "-revision", "recorded_at", "-recorded_at", "updated_at",
        "-updated_at"] | str]


class SortOfListMonetizations(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "business_model_id",
        "-business_model_id", "since", "-since", "until", "-until", "evidence", "-evidence",
        "confidence", "-confidence", "dispute", "-dispute", "revision", "-revision", "recorded_at",
        "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfListOfferings(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "reseller", "-reseller",
        "date", "-date", "evidence", "-evidence", "confidence", "-confidence", "revision",
        "-revision", "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfListProducts(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "vendor_id", "-vendor_id", "name", "-name", "launched",
        "-launched", "discontinued", "-discontinued", "status", "-status", "evidence", "-evidence",
        "revision", "-revision", "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfListSurveys(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "market_id", "-market_id",
        "date", "-date", "evidence", "-evidence", "confidence", "-confidence", "dispute",
        "-dispute", "revision", "-revision", "recorded_at", "-recorded_at", "updated_at",
        "-updated_at"] | str]


class SortOfListUsage(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "metric", "-metric", "value",
        "-value", "unit", "-unit", "period", "-period", "evidence", "-evidence", "confidence",
        "-confidence", "dispute", "-dispute", "revision", "-revision", "recorded_at",
        "-recorded_at", "updated_at", "-updated_at"] | str]


class SortOfListVersions(TypedDict, total=False):
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    sort: OneOrMore[Literal["id", "-id", "product_id", "-product_id", "name", "-name", "date",
        "-date", "evidence", "-evidence", "confidence", "-confidence", "dispute", "-dispute",
        "revision", "-revision", "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]


class SourceIds(TypedDict, total=False):
    """Any of these values. What the record stands on."""

    source_ids: OneOrMore[str]


class Stage(TypedDict, total=False):
    """Any of these values. announced, preview (limited), or ga (generally available)."""

    stage: OneOrMore[Literal["announced", "preview", "ga"]]


class StageMin(TypedDict, total=False):
    """The least stage that counts as having a feature."""

    stage_min: Literal["ga", "preview"]


class StageOfGetMarketCadence(TypedDict, total=False):
    """Short for stage_min."""

    stage: Literal["ga", "preview"]


class Status(TypedDict, total=False):
    """Any of these values. On the day asked (`on`); of no day: whether a discontinuation is
    recorded.
    """

    status: OneOrMore[Literal["active", "discontinued", "not_launched"]]


class StatusOfListInvestments(TypedDict, total=False):
    """Any of these values. planned, reported by others, or actual."""

    status: OneOrMore[Literal["planned", "reported", "actual"]]


class StatusOfProduct(TypedDict, total=False):
    """Any of these values. On the day asked (`on`); of no day: whether a discontinuation is
    recorded.
    """

    product_status: OneOrMore[Literal["active", "discontinued", "not_launched"]]


class SurveyValidDays(TypedDict, total=False):
    """For so many days a survey speaks for what it did not find."""

    survey_valid_days: int


class Table(TypedDict, total=False):
    """CSV: which rows; figures: every scalar by its dotted path."""

    table: Literal["figures", "warnings"]


class TableStakesMin(TypedDict, total=False):
    """From this share of vendors on a feature is table stakes."""

    table_stakes_min: float


class Theme(TypedDict, total=False):
    """Pictures: on white or on black."""

    theme: Literal["dark", "light"]


class Title(TypedDict, total=False):
    """Any of these values. Its title."""

    title: OneOrMore[str]


class To(TypedDict, total=False):
    """Last day of the series."""

    to: str


class TrackedSinceGte(TypedDict, total=False):
    """At least, or from the first day of the period. Since when new features of this market are
    recorded.
    """

    tracked_since__gte: str


class TrackedSinceLte(TypedDict, total=False):
    """At most, or to the last day of the period. Since when new features of this market are
    recorded.
    """

    tracked_since__lte: str


class Type(TypedDict, total=False):
    """Any of these values. What sort of company."""

    type: OneOrMore[Literal["big_tech", "startup", "device_maker", "lab"]]


class TypeOfListInvestments(TypedDict, total=False):
    """Any of these values. funding_round, capex, compute_purchase, ..."""

    type: OneOrMore[str]


class TypeOfSearchRecords(TypedDict, total=False):
    """Any of these sorts of record."""

    type: OneOrMore[Literal["business_model", "feature", "group", "market", "product", "source",
        "vendor"]]


class TypeOfVendor(TypedDict, total=False):
    """Any of these values. What sort of company."""

    vendor_type: OneOrMore[Literal["big_tech", "startup", "device_maker", "lab"]]


class Unit(TypedDict, total=False):
    """Any of these values. What things."""

    unit: OneOrMore[str]


class UnitOfGetFeatureHomogenization(TypedDict, total=False):
    """What is compared: products, or vendors as wholes."""

    unit: Literal["product", "vendor"]


class UnitOfListUsage(TypedDict, total=False):
    """Any of these values. What the metric counts."""

    unit: OneOrMore[Literal["people", "downloads", "visits", "messages", "sessions", "minutes",
        "days", "percent"]]


class Unknown(TypedDict, total=False):
    """Cells that nobody looked at: read as absent, or left out (exclude)."""

    unknown: Literal["absent", "exclude"]


class UnknownOfGetFeatureTimeToCopy(TypedDict, total=False):
    """Cells that nobody looked at: drawn from what audits found (model), read as absent, or left
    out (exclude).
    """

    unknown: Literal["absent", "exclude", "model"]


class UntilGte(TypedDict, total=False):
    """At least, or from the first day of the period. Day from which the product no longer had it.
    """

    until__gte: str


class UntilGteOfListMonetizations(TypedDict, total=False):
    """At least, or from the first day of the period. Day from which it no longer did."""

    until__gte: str


class UntilLte(TypedDict, total=False):
    """At most, or to the last day of the period. Day from which the product no longer had it."""

    until__lte: str


class UntilLteOfListMonetizations(TypedDict, total=False):
    """At most, or to the last day of the period. Day from which it no longer did."""

    until__lte: str


class Url(TypedDict, total=False):
    """Any of these values. Where it is, or a URN."""

    url: OneOrMore[str]


class ValueGte(TypedDict, total=False):
    """At least, or from the first day of the period. How much."""

    value__gte: str


class ValueLte(TypedDict, total=False):
    """At most, or to the last day of the period. How much."""

    value__lte: str


class VendorId(TypedDict, total=False):
    """Any of these values. Who sells it."""

    vendor_id: OneOrMore[str]


class VendorIdOfListFactsOfSource(TypedDict, total=False):
    """Any of these values. The vendor it is about."""

    vendor_id: OneOrMore[str]


class VendorIdOfListInvestments(TypedDict, total=False):
    """Any of these values. Whose."""

    vendor_id: OneOrMore[str]


class VendorIds(TypedDict, total=False):
    """Any of these values. The vendors in it."""

    vendor_ids: OneOrMore[str]


class Width(TypedDict, total=False):
    """Pictures: how many pixels wide."""

    width: int


class AggregateAdoptionsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, FeatureId, Stage, DateGteOfListAdoptions,
    DateLteOfListAdoptions, UntilGte, UntilLte, SourceIds, Evidence, Confidence, Dispute,
    StatusOfProduct, EvidenceOfProduct, EvidenceOfFeature, Filter, Excel, total=False):
    """What `aggregate_adoptions` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "feature_id", "stage", "date", "until",
        "source_ids", "evidence", "confidence", "dispute", "revision", "product.id",
        "product.vendor_id", "product.market_ids", "product.launched", "product.discontinued",
        "product.status", "product.source_ids", "product.evidence", "product.revision",
        "feature.id", "feature.category", "feature.market_ids", "feature.source_ids",
        "feature.evidence", "feature.revision", "year(date)", "quarter(date)", "month(date)",
        "year(until)", "quarter(until)", "month(until)", "year(product.launched)",
        "quarter(product.launched)", "month(product.launched)", "year(product.discontinued)",
        "quarter(product.discontinued)", "month(product.discontinued)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(date)", "max(date)", "min(until)",
        "max(until)", "min(product.launched)", "max(product.launched)", "min(product.discontinued)",
        "max(product.discontinued)", "count_distinct(id)", "count_distinct(product_id)",
        "count_distinct(feature_id)", "count_distinct(stage)", "count_distinct(date)",
        "count_distinct(until)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(dispute)", "count_distinct(revision)",
        "count_distinct(product.id)", "count_distinct(product.vendor_id)",
        "count_distinct(product.market_ids)", "count_distinct(product.launched)",
        "count_distinct(product.discontinued)", "count_distinct(product.status)",
        "count_distinct(product.source_ids)", "count_distinct(product.evidence)",
        "count_distinct(product.revision)", "count_distinct(feature.id)",
        "count_distinct(feature.category)", "count_distinct(feature.market_ids)",
        "count_distinct(feature.source_ids)", "count_distinct(feature.evidence)",
        "count_distinct(feature.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateBusinessModelsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Definition, Definitions,
    SourceIds, Evidence, Filter, Excel, total=False):
    """What `aggregate_business_models` takes."""

    group_by: Required[OneOrMore[Literal["id", "source_ids", "evidence", "revision"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "count_distinct(id)", "count_distinct(source_ids)",
        "count_distinct(evidence)", "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateFeaturesQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Category,
    MarketIdsOfListFeatures, Definition, Definitions, SourceIds, Evidence, LayerOfMarket,
    EvidenceOfMarket, Filter, Excel, total=False):
    """What `aggregate_features` takes."""

    group_by: Required[OneOrMore[Literal["id", "category", "market_ids", "source_ids", "evidence",
        "revision"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "count_distinct(id)", "count_distinct(category)",
        "count_distinct(market_ids)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateGroupsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, VendorIds, SourceIds,
    Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel, total=False):
    """What `aggregate_groups` takes."""

    group_by: Required[OneOrMore[Literal["id", "vendor_ids", "source_ids", "evidence", "revision"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "count_distinct(id)", "count_distinct(vendor_ids)",
        "count_distinct(source_ids)", "count_distinct(evidence)", "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateInvestmentsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, VendorIdOfListInvestments, TypeOfListInvestments,
    AmountGte, AmountLte, Currency, QuantityGte, QuantityLte, Unit, DateGteOfListInvestments,
    DateLteOfListInvestments, StatusOfListInvestments, SourceIds, Evidence, Confidence, Dispute,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel, total=False):
    """What `aggregate_investments` takes."""

    group_by: Required[OneOrMore[Literal["id", "vendor_id", "type", "amount", "currency",
        "quantity", "unit", "date", "status", "source_ids", "evidence", "confidence", "dispute",
        "revision", "vendor.id", "vendor.country", "vendor.type", "vendor.founded",
        "vendor.source_ids", "vendor.evidence", "vendor.revision", "year(date)", "quarter(date)",
        "month(date)", "year(vendor.founded)", "quarter(vendor.founded)", "month(vendor.founded)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "sum(amount)", "avg(amount)", "min(amount)",
        "max(amount)", "median(amount)", "p10(amount)", "p90(amount)", "sum(quantity)",
        "avg(quantity)", "min(quantity)", "max(quantity)", "median(quantity)", "p10(quantity)",
        "p90(quantity)", "min(date)", "max(date)", "min(vendor.founded)", "max(vendor.founded)",
        "count_distinct(id)", "count_distinct(vendor_id)", "count_distinct(type)",
        "count_distinct(amount)", "count_distinct(currency)", "count_distinct(quantity)",
        "count_distinct(unit)", "count_distinct(date)", "count_distinct(status)",
        "count_distinct(source_ids)", "count_distinct(evidence)", "count_distinct(confidence)",
        "count_distinct(dispute)", "count_distinct(revision)", "count_distinct(vendor.id)",
        "count_distinct(vendor.country)", "count_distinct(vendor.type)",
        "count_distinct(vendor.founded)", "count_distinct(vendor.source_ids)",
        "count_distinct(vendor.evidence)", "count_distinct(vendor.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateMarketsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Layer, Definition,
    Definitions, TrackedSinceGte, TrackedSinceLte, SourceIds, Evidence, Filter, Excel, total=False):
    """What `aggregate_markets` takes."""

    group_by: Required[OneOrMore[Literal["id", "layer", "tracked_since", "source_ids", "evidence",
        "revision", "year(tracked_since)", "quarter(tracked_since)", "month(tracked_since)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(tracked_since)", "max(tracked_since)",
        "count_distinct(id)", "count_distinct(layer)", "count_distinct(tracked_since)",
        "count_distinct(source_ids)", "count_distinct(evidence)", "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateMonetizationsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, BusinessModelId, SinceGte, SinceLte,
    UntilGteOfListMonetizations, UntilLteOfListMonetizations, AmountGteOfPrice, AmountLteOfPrice,
    CurrencyOfPrice, PerOfPrice, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, EvidenceOfBusinessModel, Filter, Excel, total=False):
    """What `aggregate_monetizations` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "business_model_id", "since", "until",
        "price.amount", "price.currency", "price.per", "source_ids", "evidence", "confidence",
        "dispute", "revision", "product.id", "product.vendor_id", "product.market_ids",
        "product.launched", "product.discontinued", "product.status", "product.source_ids",
        "product.evidence", "product.revision", "business_model.id", "business_model.source_ids",
        "business_model.evidence", "business_model.revision", "year(since)", "quarter(since)",
        "month(since)", "year(until)", "quarter(until)", "month(until)", "year(product.launched)",
        "quarter(product.launched)", "month(product.launched)", "year(product.discontinued)",
        "quarter(product.discontinued)", "month(product.discontinued)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "sum(price.amount)", "avg(price.amount)",
        "min(price.amount)", "max(price.amount)", "median(price.amount)", "p10(price.amount)",
        "p90(price.amount)", "min(since)", "max(since)", "min(until)", "max(until)",
        "min(product.launched)", "max(product.launched)", "min(product.discontinued)",
        "max(product.discontinued)", "count_distinct(id)", "count_distinct(product_id)",
        "count_distinct(business_model_id)", "count_distinct(since)", "count_distinct(until)",
        "count_distinct(price.amount)", "count_distinct(price.currency)",
        "count_distinct(price.per)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(dispute)", "count_distinct(revision)",
        "count_distinct(product.id)", "count_distinct(product.vendor_id)",
        "count_distinct(product.market_ids)", "count_distinct(product.launched)",
        "count_distinct(product.discontinued)", "count_distinct(product.status)",
        "count_distinct(product.source_ids)", "count_distinct(product.evidence)",
        "count_distinct(product.revision)", "count_distinct(business_model.id)",
        "count_distinct(business_model.source_ids)", "count_distinct(business_model.evidence)",
        "count_distinct(business_model.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateOfferingsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, Reseller, ResellerName, Model,
    DateGteOfListAdoptions, DateLteOfListAdoptions, SourceIds, Evidence, Confidence,
    StatusOfProduct, EvidenceOfProduct, Filter, Excel, total=False):
    """What `aggregate_offerings` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "reseller", "date", "source_ids",
        "evidence", "confidence", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.launched", "product.discontinued", "product.status",
        "product.source_ids", "product.evidence", "product.revision", "year(date)", "quarter(date)",
        "month(date)", "year(product.launched)", "quarter(product.launched)",
        "month(product.launched)", "year(product.discontinued)", "quarter(product.discontinued)",
        "month(product.discontinued)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(date)", "max(date)", "min(product.launched)",
        "max(product.launched)", "min(product.discontinued)", "max(product.discontinued)",
        "count_distinct(id)", "count_distinct(product_id)", "count_distinct(reseller)",
        "count_distinct(date)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(revision)", "count_distinct(product.id)",
        "count_distinct(product.vendor_id)", "count_distinct(product.market_ids)",
        "count_distinct(product.launched)", "count_distinct(product.discontinued)",
        "count_distinct(product.status)", "count_distinct(product.source_ids)",
        "count_distinct(product.evidence)", "count_distinct(product.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateProductsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, VendorId, Name, Aliases, ExternalIds, MarketIds,
    LaunchedGte, LaunchedLte, DiscontinuedGte, DiscontinuedLte, Status, SourceIds, Evidence,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, LayerOfMarket, EvidenceOfMarket, Filter, Excel,
    total=False):
    """What `aggregate_products` takes."""

    group_by: Required[OneOrMore[Literal["id", "vendor_id", "market_ids", "launched",
        "discontinued", "status", "source_ids", "evidence", "revision", "vendor.id",
        "vendor.country", "vendor.type", "vendor.founded", "vendor.source_ids", "vendor.evidence",
        "vendor.revision", "year(launched)", "quarter(launched)", "month(launched)",
        "year(discontinued)", "quarter(discontinued)", "month(discontinued)",
        "year(vendor.founded)", "quarter(vendor.founded)", "month(vendor.founded)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(launched)", "max(launched)",
        "min(discontinued)", "max(discontinued)", "min(vendor.founded)", "max(vendor.founded)",
        "count_distinct(id)", "count_distinct(vendor_id)", "count_distinct(market_ids)",
        "count_distinct(launched)", "count_distinct(discontinued)", "count_distinct(status)",
        "count_distinct(source_ids)", "count_distinct(evidence)", "count_distinct(revision)",
        "count_distinct(vendor.id)", "count_distinct(vendor.country)",
        "count_distinct(vendor.type)", "count_distinct(vendor.founded)",
        "count_distinct(vendor.source_ids)", "count_distinct(vendor.evidence)",
        "count_distinct(vendor.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateSourcesQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Url, Title, Publisher, PublishedGte, PublishedLte,
    ArchiveUrl, LastCheckedGte, LastCheckedLte, Filter, Excel, total=False):
    """What `aggregate_sources` takes."""

    group_by: Required[OneOrMore[Literal["id", "published", "last_checked", "revision",
        "year(published)", "quarter(published)", "month(published)", "year(last_checked)",
        "quarter(last_checked)", "month(last_checked)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(published)", "max(published)",
        "min(last_checked)", "max(last_checked)", "count_distinct(id)", "count_distinct(published)",
        "count_distinct(last_checked)", "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateSurveysQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, MarketId, FeatureIds, DateGteOfListSurveys,
    DateLteOfListSurveys, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, LayerOfMarket, EvidenceOfMarket, EvidenceOfFeature, Filter, Excel,
    total=False):
    """What `aggregate_surveys` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "market_id", "feature_ids", "date",
        "source_ids", "evidence", "confidence", "dispute", "revision", "product.id",
        "product.vendor_id", "product.market_ids", "product.launched", "product.discontinued",
        "product.status", "product.source_ids", "product.evidence", "product.revision", "market.id",
        "market.layer", "market.tracked_since", "market.source_ids", "market.evidence",
        "market.revision", "year(date)", "quarter(date)", "month(date)", "year(product.launched)",
        "quarter(product.launched)", "month(product.launched)", "year(product.discontinued)",
        "quarter(product.discontinued)", "month(product.discontinued)",
        "year(market.tracked_since)", "quarter(market.tracked_since)",
        "month(market.tracked_since)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(date)", "max(date)", "min(product.launched)",
        "max(product.launched)", "min(product.discontinued)", "max(product.discontinued)",
        "min(market.tracked_since)", "max(market.tracked_since)", "count_distinct(id)",
        "count_distinct(product_id)", "count_distinct(market_id)", "count_distinct(feature_ids)",
        "count_distinct(date)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(dispute)", "count_distinct(revision)",
        "count_distinct(product.id)", "count_distinct(product.vendor_id)",
        "count_distinct(product.market_ids)", "count_distinct(product.launched)",
        "count_distinct(product.discontinued)", "count_distinct(product.status)",
        "count_distinct(product.source_ids)", "count_distinct(product.evidence)",
        "count_distinct(product.revision)", "count_distinct(market.id)",
        "count_distinct(market.layer)", "count_distinct(market.tracked_since)",
        "count_distinct(market.source_ids)", "count_distinct(market.evidence)",
        "count_distinct(market.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateUsageQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, Metric, ValueGte, ValueLte, UnitOfListUsage,
    PeriodGte, PeriodLte, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, Filter, Excel, total=False):
    """What `aggregate_usage` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "metric", "value", "unit", "period",
        "source_ids", "evidence", "confidence", "dispute", "revision", "product.id",
        "product.vendor_id", "product.market_ids", "product.launched", "product.discontinued",
        "product.status", "product.source_ids", "product.evidence", "product.revision",
        "year(period)", "quarter(period)", "month(period)", "year(product.launched)",
        "quarter(product.launched)", "month(product.launched)", "year(product.discontinued)",
        "quarter(product.discontinued)", "month(product.discontinued)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "sum(value)", "avg(value)", "min(value)",
        "max(value)", "median(value)", "p10(value)", "p90(value)", "min(period)", "max(period)",
        "min(product.launched)", "max(product.launched)", "min(product.discontinued)",
        "max(product.discontinued)", "count_distinct(id)", "count_distinct(product_id)",
        "count_distinct(metric)", "count_distinct(value)", "count_distinct(unit)",
        "count_distinct(period)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(dispute)", "count_distinct(revision)",
        "count_distinct(product.id)", "count_distinct(product.vendor_id)",
        "count_distinct(product.market_ids)", "count_distinct(product.launched)",
        "count_distinct(product.discontinued)", "count_distinct(product.status)",
        "count_distinct(product.source_ids)", "count_distinct(product.evidence)",
        "count_distinct(product.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateVendorsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Country, Type, FoundedGte,
    FoundedLte, Homepage, SourceIds, Evidence, Filter, Excel, total=False):
    """What `aggregate_vendors` takes."""

    group_by: Required[OneOrMore[Literal["id", "country", "type", "founded", "source_ids",
        "evidence", "revision", "year(founded)", "quarter(founded)", "month(founded)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(founded)", "max(founded)",
        "count_distinct(id)", "count_distinct(country)", "count_distinct(type)",
        "count_distinct(founded)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class AggregateVersionsQuery(Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, NameOfListVersions, DateGte, DateLte,
    SourceIds, Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, Filter, Excel,
    total=False):
    """What `aggregate_versions` takes."""

    group_by: Required[OneOrMore[Literal["id", "product_id", "name", "date", "source_ids",
        "evidence", "confidence", "dispute", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.launched", "product.discontinued", "product.status",
        "product.source_ids", "product.evidence", "product.revision", "year(date)", "quarter(date)",
        "month(date)", "year(product.launched)", "quarter(product.launched)",
        "month(product.launched)", "year(product.discontinued)", "quarter(product.discontinued)",
        "month(product.discontinued)"]]]
    """One to three keys; dates by year(), quarter(), month()."""

    metrics: OneOrMore[Literal["count", "share", "min(date)", "max(date)", "min(product.launched)",
        "max(product.launched)", "min(product.discontinued)", "max(product.discontinued)",
        "count_distinct(id)", "count_distinct(product_id)", "count_distinct(name)",
        "count_distinct(date)", "count_distinct(source_ids)", "count_distinct(evidence)",
        "count_distinct(confidence)", "count_distinct(dispute)", "count_distinct(revision)",
        "count_distinct(product.id)", "count_distinct(product.vendor_id)",
        "count_distinct(product.market_ids)", "count_distinct(product.launched)",
        "count_distinct(product.discontinued)", "count_distinct(product.status)",
        "count_distinct(product.source_ids)", "count_distinct(product.evidence)",
        "count_distinct(product.revision)"]]
    """What is computed of each group, of numbers in one unit; count without it."""


class CompareQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence, StageMin,
    StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, Unknown, SurveyValidDays,
    MinJointFeatures, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme,
    Width, total=False):
    """What `compare` takes."""

    products: OneOrMore[str]
    """Two to ten product ids."""

    vendors: OneOrMore[str]
    """Two to ten vendor ids, instead of products."""

    only: Literal["all", "differences"]
    """differences: only rows that differ."""

    market: str
    """Only products of this market; each pair of them measured in it."""

    table: Literal["figures", "pairs", "rows", "subjects", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class CreateCorrectionQuery(DryRun, IdempotencyKey, Prefer, total=False):
    """What `decide_correction` takes."""


class CreateImportQuery(DryRun, Comment, IdempotencyKey, Prefer, total=False):
    """What `create_import` takes."""

    mode: Literal["create", "upsert"]
    """create: a record that stands already is a fault."""

    on_error: Literal["abort", "skip"]
    """skip: load the good rows of a file with faults."""

    kind: Literal["adoption", "business_model", "feature", "group", "investment", "market",
        "monetization", "offering", "product", "source", "survey", "usage", "vendor", "version"]
    """What the file holds: needed where its columns fit several."""

    limit: int
    """Records at most."""


class CreateKeyQuery(IdempotencyKey, total=False):
    """What `rotate_webhook_secret` takes."""


class CreateUsageQuery(DryRun, Comment, IdempotencyKey, Prefer, total=False):
    """What `create_version` takes."""


class GetAdoptionQuery(Lang, On, AsOf, Fields, IncludeOfListAdoptions, Excel, total=False):
    """What `get_adoption` takes."""


class GetBusinessModelQuery(Lang, On, AsOf, Fields, IncludeOfListBusinessModels, Excel,
    total=False):
    """What `get_business_model` takes."""


class GetCoverageQuery(Lang, On, AsOf, Excel, total=False):
    """What `get_coverage` takes."""

    market: str
    """Only this market, by product and by feature."""


class GetDatasetQuery(Lang, AsOf, Excel, total=False):
    """What `get_dataset` takes."""


class GetDiffQuery(Where, Lang, Limit, Cursor, Excel, total=False):
    """What `get_diff` takes."""

    collection: Required[Literal["adoptions", "business-models", "features", "groups",
        "investments", "markets", "monetizations", "offerings", "products", "sources", "surveys",
        "usage", "vendors", "versions"]]
    """Which collection."""

    from_: Required[str]
    """The earlier revision: rev:N, a release, a day or an instant."""

    to: str
    """The later one; left out: the newest."""

    filter: str
    """Only records that met it then or meet it now; AIP-160."""


class GetFeatureForecastQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, Market, SimultaneityDays,
    Dates, ConfidenceOfGetMarketCadence, AgeBandsDays, BandPriorCopies, Unknown, SurveyValidDays,
    VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_feature_forecast` takes."""

    forecast_horizons_days: OneOrMore[int]
    """How many days ahead chances are told."""

    backtest_step_days: int
    """The backtest forecasts anew every so many days."""

    backtest_cutoffs: int
    """How many days of the past the backtest forecasts from."""

    table: Literal["figures", "forecasts", "pending", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetFeatureHomogenizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Market, UnitOfGetFeatureHomogenization, TableStakesMin,
    DifferentiatorMax, Unknown, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Table, Theme, Width, total=False):
    """What `get_feature_homogenization` takes."""


class GetFeatureQuery(Lang, On, AsOf, Fields, IncludeOfListFeatures, Excel, total=False):
    """What `get_feature` takes."""


class GetFeatureTimeToCopyQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SimultaneityDays,
    ConfidenceOfGetMarketCadence, HorizonsDays, DateDraws, SeedOfGetMarketCadence, Dates,
    UnknownOfGetFeatureTimeToCopy, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_feature_time_to_copy` takes."""

    market: str
    """The market; without it all markets are treated as one."""

    unit: Literal["product", "vendor"]
    """Who copies: vendors, or single products."""

    rmst_tau_days: int
    """The restricted mean time to copy is up to this age."""

    table: Literal["curve", "figures", "near_simultaneous", "possible_earlier", "rivals",
        "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetGroupQuery(Lang, On, AsOf, Fields, IncludeOfListGroups, Excel, total=False):
    """What `get_group` takes."""


class GetIndexQuery(Lang, Excel, total=False):
    """What `get_webhook` takes."""


class GetInvestmentQuery(Lang, On, AsOf, Fields, IncludeOfListInvestments, Excel, total=False):
    """What `get_investment` takes."""


class GetKeyQuery(Excel, total=False):
    """What `get_service_version` takes."""


class GetMarketCadenceQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence,
    ConfidenceOfGetMarketCadence, DateDraws, Permutations, SeedOfGetMarketCadence, SurveyValidDays,
    VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_cadence` takes."""

    table: Literal["figures", "vendors", "warnings", "years"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketCopyGraphQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SimultaneityDays, Dates,
    SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width,
    total=False):
    """What `get_market_copy_graph` takes."""

    min_count: int
    """Edges of at least so many features are listed."""

    max_lag_days: int
    """Copies that came later than this do not count."""

    table: Literal["edges", "figures", "nodes", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketHomogenizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, UnitOfGetFeatureHomogenization, ConfidenceOfGetMarketCadence,
    DateDraws, SeedOfGetMarketCadence, ChangeWindowDays, TableStakesMin, DifferentiatorMax,
    UnknownOfGetFeatureTimeToCopy, SurveyValidDays, MinJointFeatures, From, To, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_homogenization` takes."""

    include_structure: bool
    """Also against random matrices with the same sums."""

    null_draws: int
    """include_structure: how many random matrices."""

    interval: Literal["event", "month", "quarter", "year"]
    """One point per event, or the last of each period."""

    table: Literal["feature_contributions", "figures", "product_contributions", "series",
        "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketLeagueQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SimultaneityDays, Dates,
    ConfidenceOfGetMarketCadence, Unknown, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_league` takes."""

    table: Literal["figures", "vendors", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketMatrixQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SurveyValidDays, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_matrix` takes."""

    cell: Literal["date", "lag_days", "stage"]
    """What the cells of what is present show."""

    table: Literal["cells", "columns", "figures", "rows", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketMonetizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, UnitOfGetFeatureHomogenization, ConfidenceOfGetMarketCadence,
    TableStakesMin, DifferentiatorMax, SurveyValidDays, From, To, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_monetization` takes."""

    interval: Literal["event", "month", "quarter", "year"]
    """One point per event, or the last of each period."""

    table: Literal["feature_contributions", "figures", "models", "product_contributions", "series",
        "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketNearSimultaneousQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, Dates, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_near_simultaneous` takes."""

    table: Literal["figures", "pairs", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketPenetrationQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, TableStakesMin,
    DifferentiatorMax, ChangeWindowDays, SurveyValidDays, From, To, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_penetration` takes."""

    period: Literal["month", "quarter", "year"]
    """The series has the last day of each month, quarter or year."""

    table: Literal["features", "figures", "series", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMarketQuery(Lang, On, AsOf, Fields, IncludeOfListMarkets, Excel, total=False):
    """What `get_market` takes."""


class GetMarketTimeToCopyQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SimultaneityDays, Dates,
    ConfidenceOfGetMarketCadence, HorizonsDays, AgeBandsDays, BandPriorCopies,
    SeedOfGetMarketCadence, Unknown, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_market_time_to_copy` takes."""

    markets: OneOrMore[str]
    """Further markets pooled with this."""

    permutations: int
    """Of the feature cohorts, for the p-value of the trend."""

    by: Literal["feature.category"]
    """Also the features by their category, as `classes`."""

    table: Literal["classes.classes", "features", "figures", "hazard_bands", "medians.features",
        "trend.cohorts", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetMonetizationQuery(Lang, On, AsOf, Fields, IncludeOfListMonetizations, Excel, total=False):
    """What `get_monetization` takes."""


class GetProductAudienceQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SurveyValidDays, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_product_audience` takes."""

    table: Literal["entries", "figures", "series", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetProductCadenceQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence,
    ConfidenceOfGetMarketCadence, DateDraws, Permutations, SeedOfGetMarketCadence, SurveyValidDays,
    VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_product_cadence` takes."""

    table: Literal["figures", "warnings", "years"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetProductGapsQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, MarketOfGetProductGaps,
    SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width,
    total=False):
    """What `get_product_gaps` takes."""

    peers: Literal["market", "nearest"]
    """market: every rival vendor; nearest: the five likest rival products."""

    min_peer_share: float
    """Features that at least this share of the peers have."""

    table: Literal["figures", "missing", "unique", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetProductHomogenizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, MarketOfGetProductGaps, ChangeWindowDays, TableStakesMin,
    DifferentiatorMax, Unknown, SurveyValidDays, MinJointFeatures, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_product_homogenization` takes."""

    table: Literal["figures", "nearest", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetProductQuery(Lang, On, AsOf, Fields, IncludeOfListProducts, Excel, total=False):
    """What `get_product` takes."""


class GetSimilarProductsQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, MarketOfGetProductGaps,
    SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width,
    total=False):
    """What `get_similar_products` takes."""

    limit: int
    """So many neighbours."""

    table: Literal["figures", "neighbours", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetSourceQuery(Lang, On, AsOf, Fields, Include, Excel, total=False):
    """What `get_source` takes."""


class GetSurveyQuery(Lang, On, AsOf, Fields, IncludeOfListSurveys, Excel, total=False):
    """What `get_survey` takes."""


class GetUsageQuery(Lang, On, AsOf, Fields, IncludeOfListVersions, Excel, total=False):
    """What `get_version` takes."""


class GetVendorCapitalQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, SurveyValidDays, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_vendor_capital` takes."""

    table: Literal["entries", "figures", "lines", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetVendorHomogenizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Unknown, SurveyValidDays, MinJointFeatures, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width, total=False):
    """What `get_vendor_homogenization` takes."""

    table: Literal["figures", "markets", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class GetVendorQuery(Lang, On, AsOf, Fields, IncludeOfListVendors, Excel, total=False):
    """What `get_vendor` takes."""


class GetVendorTimeToCopyQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, FilterOfGetMarketCadence, Market, SimultaneityDays,
    Dates, ConfidenceOfGetMarketCadence, Unknown, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Table, Theme, Width, total=False):
    """What `get_vendor_time_to_copy` takes."""


class ListAdoptionsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListAdoptions, FacetsOfListAdoptions, Fields, IncludeOfListAdoptions, Id, ProductId,
    FeatureId, Stage, DateGteOfListAdoptions, DateLteOfListAdoptions, UntilGte, UntilLte, SourceIds,
    Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, EvidenceOfFeature, Filter,
    Excel, Theme, Width, total=False):
    """What `list_adoptions_of_product` takes."""


class ListBusinessModelsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    Sort, Q, Fields, IncludeOfListBusinessModels, Id, Name, Aliases, ExternalIds, Definition,
    Definitions, SourceIds, Evidence, Filter, Excel, total=False):
    """What `list_business_models` takes."""

    facets: OneOrMore[Literal["id", "source_ids", "evidence", "revision"]]
    """Counts by value of these paths, over the whole list."""


class ListChangesQuery(Where, Since, Kinds, IdOfListChanges, FilterOfListChanges, Cursor,
    total=False):
    """What `list_changes` takes."""

    wait: int
    """Seconds to wait for the next change when there is none yet."""

    limit: int
    """Records a page."""


class ListCorrectionsQuery(Limit, Cursor, Excel, total=False):
    """What `list_corrections` takes."""

    status: Literal["accepted", "duplicate", "open", "rejected"]
    """Only these."""

    collection: Literal["adoptions", "business-models", "features", "groups", "investments",
        "markets", "monetizations", "offerings", "products", "sources", "surveys", "usage",
        "vendors", "versions"]
    """About records of this collection."""

    record_id: str
    """About this record."""


class ListExportsQuery(Lang, Limit, Cursor, AsOf, Excel, total=False):
    """What `list_exports` takes."""


class ListFactsOfSourceQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    Fields, Id, Kind, RecordIdOfListFactsOfSource, ProductIdOfListFactsOfSource,
    VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource, MarketIdsOfListFactsOfSource,
    Evidence, StatusOfProduct, EvidenceOfProduct, CountryOfVendor, TypeOfVendor, EvidenceOfVendor,
    EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter, Excel, total=False):
    """What `list_facts_of_source` takes."""

    sort: OneOrMore[Literal["id", "-id", "kind", "-kind", "record_id", "-record_id", "product_id",
        "-product_id", "vendor_id", "-vendor_id", "feature_id", "-feature_id", "evidence",
        "-evidence", "revision", "-revision", "recorded_at", "-recorded_at", "updated_at",
        "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "kind", "record_id", "source_ids", "product_id", "vendor_id",
        "feature_id", "market_ids", "evidence", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision", "vendor.id", "vendor.country", "vendor.type", "vendor.source_ids",
        "vendor.evidence", "vendor.revision", "feature.id", "feature.category",
        "feature.market_ids", "feature.source_ids", "feature.evidence", "feature.revision"]]
    """Counts by value of these paths, over the whole list."""

    include: OneOrMore[str]
    """Records to bring along, two far at most: sources, product, vendor, feature, markets,
    date_bounds.
    """

    source_ids: OneOrMore[str]
    """Any of these values. What it stands on."""


class ListFeaturesQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListFeatures, FacetsOfListFeatures, Q, Fields, IncludeOfListFeatures, Id, Name, Aliases,
    ExternalIds, Category, MarketIdsOfListFeatures, Definition, Definitions, SourceIds, Evidence,
    LayerOfMarket, EvidenceOfMarket, Filter, Excel, total=False):
    """What `list_features_of_market` takes."""


class ListGroupsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed, Sort,
    Facets, Q, Fields, IncludeOfListGroups, Id, Name, Aliases, ExternalIds, VendorIds, SourceIds,
    Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel, total=False):
    """What `list_groups_of_vendor` takes."""


class ListHomogenizationQuery(Where, OnOfGetMarketCadence, AsOf, Lang, EvidenceOfGetMarketCadence,
    StageMin, StageOfGetMarketCadence, Explain, UnitOfGetFeatureHomogenization,
    ConfidenceOfGetMarketCadence, DateDraws, SeedOfGetMarketCadence, ChangeWindowDays,
    UnknownOfGetFeatureTimeToCopy, SurveyValidDays, MinJointFeatures, Id, Name, Aliases,
    ExternalIds, Layer, Definition, Definitions, TrackedSinceGte, TrackedSinceLte, SourceIds, Excel,
    Theme, Width, total=False):
    """What `list_homogenization` takes."""

    filter: str
    """Which markets are shown: an AIP-160 expression over markets."""

    table: Literal["figures", "markets", "subjects", "warnings"]
    """CSV: which rows; figures: every scalar by its dotted path."""


class ListImportRowsQuery(Lang, Limit, Cursor, Excel, total=False):
    """What `list_import_rows` takes."""

    outcome: Literal["created", "failed", "unchanged", "updated"]
    """Only rows of which this became."""


class ListImportsQuery(Lang, Limit, Cursor, Excel, total=False):
    """What `list_webhooks` takes."""


class ListInvestmentsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListInvestments, FacetsOfListInvestments, Fields, IncludeOfListInvestments, Id,
    VendorIdOfListInvestments, TypeOfListInvestments, AmountGte, AmountLte, Currency, QuantityGte,
    QuantityLte, Unit, DateGteOfListInvestments, DateLteOfListInvestments, StatusOfListInvestments,
    SourceIds, Evidence, Confidence, Dispute, CountryOfVendor, TypeOfVendor, EvidenceOfVendor,
    Filter, Excel, total=False):
    """What `list_investments_of_vendor` takes."""


class ListKeysQuery(Limit, Cursor, Excel, total=False):
    """What `list_webhook_deliveries` takes."""


class ListMarketsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed, Q,
    Fields, IncludeOfListMarkets, Id, Name, Aliases, ExternalIds, Layer, Definition, Definitions,
    TrackedSinceGte, TrackedSinceLte, SourceIds, Evidence, Filter, Excel, total=False):
    """What `list_markets` takes."""

    sort: OneOrMore[Literal["id", "-id", "name", "-name", "layer", "-layer", "tracked_since",
        "-tracked_since", "evidence", "-evidence", "revision", "-revision", "recorded_at",
        "-recorded_at", "updated_at", "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "layer", "source_ids", "evidence", "revision"]]
    """Counts by value of these paths, over the whole list."""


class ListMonetizationsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListMonetizations, FacetsOfListMonetizations, Fields, IncludeOfListMonetizations, Id,
    ProductId, BusinessModelId, SinceGte, SinceLte, UntilGteOfListMonetizations,
    UntilLteOfListMonetizations, AmountGteOfPrice, AmountLteOfPrice, CurrencyOfPrice, PerOfPrice,
    SourceIds, Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct,
    EvidenceOfBusinessModel, Filter, Excel, total=False):
    """What `list_monetizations_of_product` takes."""


class ListOfferingsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListOfferings, FacetsOfListOfferings, Fields, IncludeOfListVersions, Id, ProductId,
    Reseller, ResellerName, Model, DateGteOfListAdoptions, DateLteOfListAdoptions, SourceIds,
    Evidence, Confidence, StatusOfProduct, EvidenceOfProduct, Filter, Excel, total=False):
    """What `list_offerings_of_product` takes."""


class ListProductsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListProducts, FacetsOfListProducts, Q, Fields, IncludeOfListProducts, Id, VendorId, Name,
    Aliases, ExternalIds, MarketIds, LaunchedGte, LaunchedLte, DiscontinuedGte, DiscontinuedLte,
    Status, SourceIds, Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, LayerOfMarket,
    EvidenceOfMarket, Filter, Excel, total=False):
    """What `list_products_of_vendor` takes."""


class ListQualityIssuesQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    Fields, IncludeOfListQualityIssues, Id, Kind, RecordIdOfListFactsOfSource,
    ProductIdOfListFactsOfSource, VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource,
    MarketIdsOfListFactsOfSource, StatusOfProduct, EvidenceOfProduct, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter, Excel,
    total=False):
    """What `list_quality_issues` takes."""

    sort: OneOrMore[Literal["id", "-id", "kind", "-kind", "record_id", "-record_id", "rule",
        "-rule", "product_id", "-product_id", "vendor_id", "-vendor_id", "feature_id",
        "-feature_id", "revision", "-revision", "recorded_at", "-recorded_at", "updated_at",
        "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "kind", "record_id", "rule", "product_id", "vendor_id",
        "feature_id", "market_ids", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision", "vendor.id", "vendor.country", "vendor.type", "vendor.source_ids",
        "vendor.evidence", "vendor.revision", "feature.id", "feature.category",
        "feature.market_ids", "feature.source_ids", "feature.evidence", "feature.revision"]]
    """Counts by value of these paths, over the whole list."""

    stale_days: int
    """source_unchecked: so many days before `on`, or today."""

    rule: OneOrMore[Literal["unsourced", "recorded_ahead", "ga_before_preview", "before_launch",
        "after_discontinuation", "ends_before_start", "overlapping_spells", "contradicting_figures",
        "before_founding", "launch_unknown", "without_features", "never_adopted", "disputed_alone",
        "disputed_without_preferred", "source_unchecked", "without_chinese_name"]]
    """Any of these values. unsourced: A record without a source. recorded_ahead: A date that lies
    wholly after the day on which it was recorded. ga_before_preview: Generally available before its
    preview began. before_launch: A product's fact that lies wholly before its launch.
    after_discontinuation: A product's fact that begins after it was discontinued.
    ends_before_start: An end that lies wholly before the start. overlapping_spells: Holds on a day
    on which another fact of its subject holds too. contradicting_figures: Another fact gives
    another figure for the same thing and time. before_founding: A product launched before its
    vendor was founded. launch_unknown: A product without a launch date, nor a statement why it has
    none. without_features: A product of which no feature is recorded. never_adopted: A feature that
    no product is recorded to have. disputed_alone: Disputed, and no other fact of its subject is.
    disputed_without_preferred: Disputed, and none of the facts is preferred. source_unchecked: A
    source in use, last checked (or recorded) more than `stale_days` ago. without_chinese_name: An
    entity without a Chinese name.
    """


class ListRevisionsQuery(Limit, Cursor, Excel, total=False):
    """What `list_revisions` takes."""

    actor: str
    """Who wrote: the whole name as shown, or the id of the key."""

    since: str
    """What came after: `rev:N`, a day (its end, UTC) or an instant with a zone."""

    until: str
    """What came up to: `rev:N`, a day (its end, UTC) or an instant with a zone."""


class ListSourcesQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed, Q,
    Fields, Include, Id, Url, Title, Publisher, PublishedGte, PublishedLte, ArchiveUrl,
    LastCheckedGte, LastCheckedLte, Filter, Excel, total=False):
    """What `list_sources` takes."""

    sort: OneOrMore[Literal["id", "-id", "published", "-published", "last_checked", "-last_checked",
        "revision", "-revision", "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "revision"]]
    """Counts by value of these paths, over the whole list."""


class ListSurveysQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListSurveys, FacetsOfListSurveys, Fields, IncludeOfListSurveys, Id, ProductId, MarketId,
    FeatureIds, DateGteOfListSurveys, DateLteOfListSurveys, SourceIds, Evidence, Confidence,
    Dispute, StatusOfProduct, EvidenceOfProduct, LayerOfMarket, EvidenceOfMarket, EvidenceOfFeature,
    Filter, Excel, total=False):
    """What `list_surveys` takes."""


class ListTimelineQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    Fields, IncludeOfListQualityIssues, Id, Kind, RecordIdOfListFactsOfSource,
    DateGteOfListInvestments, DateLteOfListInvestments, ProductIdOfListFactsOfSource,
    VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource, MarketIdsOfListFactsOfSource,
    Evidence, StatusOfProduct, EvidenceOfProduct, CountryOfVendor, TypeOfVendor, EvidenceOfVendor,
    EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter, Excel, total=False):
    """What `list_timeline` takes."""

    sort: OneOrMore[Literal["id", "-id", "kind", "-kind", "record_id", "-record_id", "event",
        "-event", "date", "-date", "product_id", "-product_id", "vendor_id", "-vendor_id",
        "feature_id", "-feature_id", "evidence", "-evidence", "revision", "-revision",
        "recorded_at", "-recorded_at", "updated_at", "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "kind", "record_id", "event", "product_id", "vendor_id",
        "feature_id", "market_ids", "evidence", "revision", "product.id", "product.vendor_id",
        "product.market_ids", "product.status", "product.source_ids", "product.evidence",
        "product.revision", "vendor.id", "vendor.country", "vendor.type", "vendor.source_ids",
        "vendor.evidence", "vendor.revision", "feature.id", "feature.category",
        "feature.market_ids", "feature.source_ids", "feature.evidence", "feature.revision"]]
    """Counts by value of these paths, over the whole list."""

    rivals_of: str
    """Only of other vendors, in the markets where this one has products."""

    event: OneOrMore[Literal["vendor.founded", "product.launched", "product.discontinued",
        "version.date", "adoption.date", "adoption.until", "survey.date", "monetization.since",
        "monetization.until", "investment.date", "usage.period", "offering.date"]]
    """Any of these values. Kind and date field."""


class ListUnknownCellsQuery(Lang, On, AsOf, Limit, Cursor, SurveyValidDays, Excel, total=False):
    """What `list_unknown_cells` takes."""

    evidence: Literal["any", "sourced"]
    """any: unsourced facts too."""

    stage_min: Literal["ga", "preview"]
    """The least stage that counts."""

    sample: int
    """So many at random instead."""

    seed: int
    """Decides which are drawn."""

    drawn_at: str
    """The revision at which the sample was drawn."""

    drawn_on: str
    """The day whose unknown cells were drawn; else that of the revision."""


class ListUsageQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListUsage, FacetsOfListUsage, Fields, IncludeOfListVersions, Id, ProductId, Metric,
    ValueGte, ValueLte, UnitOfListUsage, PeriodGte, PeriodLte, SourceIds, Evidence, Confidence,
    Dispute, StatusOfProduct, EvidenceOfProduct, Filter, Excel, total=False):
    """What `list_usage` takes."""


class ListVendorsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed, Q,
    Fields, IncludeOfListVendors, Id, Name, Aliases, ExternalIds, Country, Type, FoundedGte,
    FoundedLte, Homepage, SourceIds, Evidence, Filter, Excel, total=False):
    """What `list_vendors` takes."""

    sort: OneOrMore[Literal["id", "-id", "name", "-name", "country", "-country", "type", "-type",
        "founded", "-founded", "evidence", "-evidence", "revision", "-revision", "recorded_at",
        "-recorded_at", "updated_at", "-updated_at"] | str]
    """Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
    appended.
    """

    facets: OneOrMore[Literal["id", "country", "type", "source_ids", "evidence", "revision"]]
    """Counts by value of these paths, over the whole list."""


class ListVersionsQuery(Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count, Sample, Seed,
    SortOfListVersions, FacetsOfListVersions, Fields, IncludeOfListVersions, Id, ProductId,
    NameOfListVersions, DateGte, DateLte, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, Filter, Excel, Theme, Width, total=False):
    """What `list_versions` takes."""


class MergeGroupQuery(DryRun, Comment, IdempotencyKey, Prefer, IfMatch, total=False):
    """What `settle_version` takes."""


class PutGroupQuery(DryRun, Comment, Restore, IdempotencyKey, Prefer, IfMatch, IfNoneMatch,
    total=False):
    """What `put_vendor` takes."""


class ResolveNamesQuery(Lang, AsOf, total=False):
    """What `resolve_names` takes."""


class RetireGroupQuery(DryRun, Comment, ReplacedBy, IdempotencyKey, Prefer, IfMatch, total=False):
    """What `retire_version` takes."""


class RotateKeyQuery(IdempotencyKey, total=False):
    """What `rotate_key` takes."""

    overlap_hours: int
    """For how long the secret of before stays good."""


class SearchRecordsQuery(Lang, On, AsOf, Limit, Cursor, QOfSearchRecords, TypeOfSearchRecords,
    Excel, total=False):
    """What `search_records` takes."""

    facets: OneOrMore[Literal["type"]]
    """type: also count the hits of each type."""


class StreamChangesQuery(Where, Since, Kinds, IdOfListChanges, FilterOfListChanges, total=False):
    """What `stream_changes` takes."""


class SuggestRecordsQuery(Lang, QOfSearchRecords, TypeOfSearchRecords, AsOf, Excel, total=False):
    """What `suggest_records` takes."""

    limit: int
    """Records at most."""

