"""What requests and answers hold.

Made by `parity clients` from the OpenAPI document; not to be edited.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, Required, TypeAlias, TypedDict


class Address(TypedDict):
    """A path, with a name in braces for each part that varies."""

    path: str
    operations: list[AddressOperation]


class AddressGroup(TypedDict):
    """Addresses of one kind."""

    description: str
    addresses: list[Address]


class AddressOperation(TypedDict):
    """What may be done there; `schema` is its place in the OpenAPI document, null for a page."""

    method: str
    operation_id: str
    summary: str
    schema: str | None


class Adoption(TypedDict):
    """A product has a feature from a day on."""

    object: Literal["adoption"]
    id: str
    href: str
    product_id: str
    """The product."""
    feature_id: str
    """The feature."""
    stage: Literal["announced", "ga", "preview"] | str
    """announced, preview (limited), or ga (generally available)."""
    date: str | None
    """Since when."""
    until: str | None
    """Day from which the product no longer had it."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class AdoptionBody(TypedDict):
    """A product has a feature from a day on. What is written of it."""

    product_id: str
    """The product."""
    feature_id: str
    """The feature."""
    stage: Literal["announced", "preview", "ga"]
    """announced, preview (limited), or ga (generally available)."""
    date: NotRequired[str | None]
    """Since when."""
    until: NotRequired[str | None]
    """Day from which the product no longer had it."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class AdoptionList(TypedDict):
    """A page of adoptions."""

    object: Literal["list"]
    data: list[Adoption]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class AdoptionPatch(TypedDict, total=False):
    """A product has a feature from a day on. What is written of it."""

    product_id: str
    """The product."""
    feature_id: str
    """The feature."""
    stage: Literal["announced", "preview", "ga"]
    """announced, preview (limited), or ga (generally available)."""
    date: str | None
    """Since when."""
    until: str | None
    """Day from which the product no longer had it."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class Aggregate(TypedDict):
    """Groups: each has its keys and its figures; a null key is the unknown."""

    object: Literal["aggregate"]
    group_by: list[str]
    metrics: list[str]
    data: list[dict[str, str | int | float | None]]
    page: PageShown
    total_groups: Total
    meta: AggregateMeta


class AggregateMeta(TypedDict):
    """At which revision, by which filter, and what could not be grouped."""

    revision: int
    as_of: str | None
    on: str | None
    lang: str
    applied: ListApplied
    date_undecided: dict[str, int]
    date_unbucketed: dict[str, int]
    disputed_left_out: int
    warnings: list[Notice]
    resolved: dict[str, str]


class Band(TypedDict):
    """One band of feature age; the rate is null without rival-days."""

    from_days: float
    to_days: float | None
    copies: int
    rival_days: float
    rate_per_day: float | None


class BusinessModel(TypedDict):
    """A way to earn."""

    object: Literal["business_model"]
    id: str
    href: str
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class BusinessModelBody(TypedDict, total=False):
    """A way to earn. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class BusinessModelHomogenization(TypedDict):
    """Sections 4.1 to 4.5 over monetizations, and the concentration of models over vendors. The
    fields are those of `market_homogenization`, a business model standing where a feature does.
    """

    market: str
    on: str
    as_of: str | None
    unit: str
    n_vendors: int
    n_products: int
    n_business_models: int
    n_eligible_products: int
    n_unprofiled_products: int
    n_undated: int
    median_features_per_product: float | None
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    se_vendors: float | None
    se_features: float | None
    expected_by_chance: float | None
    chance_adjusted_score: float | None
    sorensen_mean: float | None
    overlap_mean: float | None
    pooled_jaccard: float | None
    pooled_sorensen: float | None
    mean_jaccard_all_pairs: float | None
    effective_products_q0: float | None
    effective_products_q1: float | None
    effective_products_q2: float | None
    beta_sorensen: float | None
    beta_sorensen_turnover: float | None
    beta_sorensen_nestedness: float | None
    beta_jaccard: float | None
    beta_jaccard_turnover: float | None
    beta_jaccard_nestedness: float | None
    hhi: float | None
    effective_models_q1: float | None
    effective_models_q2: float | None
    models: list[ModelUse]
    status_counts: StatusCounts | None
    feature_contributions: list[FeatureContribution]
    product_contributions: list[ProductContribution]
    interval: NotRequired[Literal["event", "month", "quarter", "year"] | str]
    series: NotRequired[list[MixPoint]]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class BusinessModelList(TypedDict):
    """A page of business-models."""

    object: Literal["list"]
    data: list[BusinessModel]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class BusinessModelPatch(TypedDict, total=False):
    """A way to earn. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class CandidateShown(TypedDict):
    """A record that the name may mean; confirmed: the url leads to its vendor's homepage."""

    type: Literal["business_model", "feature", "group", "market", "product", "source",
        "vendor"] | str
    id: str
    name: str
    score: float
    is_confirmed: bool
    href: str


class CapitalFigure(TypedDict):
    """A figure as published, in the line that holds it; `is_contradicted`: another of its line and
    date says otherwise, and nobody has decided.
    """

    line: str
    type: str
    status: str
    date: str
    amount: NotRequired[int | float]
    currency: NotRequired[str]
    quantity: NotRequired[int | float]
    measured_in: NotRequired[str]
    is_contradicted: bool
    record_id: str


class CapitalLine(TypedDict):
    """The figures of one type, status, currency and unit; nothing is summed over two of these.
    `total_amount` is the sum of rounds; spending and machines may contain one another. The last
    amount and quantity are null where figures of that date contradict each other.
    """

    line: str
    type: str
    status: str
    currency: NotRequired[str]
    measured_in: NotRequired[str]
    n_figures: int
    n_without_figure: int
    n_contradicted: int
    first_date: str
    last_date: str
    last_amount: int | float | None
    last_quantity: int | float | None
    total_amount: int | float | None


class CellSample(TypedDict):
    """How the sample was drawn and what those of it that were settled since say; `again` asks for
    the same cells.
    """

    seed: int
    drawn_at: str
    drawn_on: str
    estimate: SampleEstimate
    again: str


class CellTotals(TypedDict):
    """Of the market: its cells by state, and what a model of the unknown ones would rest on."""

    n_present: int
    n_absent: int
    n_unknown: int
    n_audited: int
    n_known_absent: int


class Chance(TypedDict):
    """The chance of a copy within the horizon if the rival stays."""

    p_copy: float | None
    ci_low: float | None
    ci_high: float | None
    extrapolated: bool


class ChangeList(TypedDict):
    """Changes in order; `page.next_cursor` is where to go on, also when nothing is there yet."""

    object: Literal["changes"]
    data: list[ChangeShown]
    page: PageShown
    has_more: bool
    revision: int


class ChangeShown(TypedDict):
    """One change; the ids that the record points to stand beside it. `into`: of a merge."""

    seq: str
    revision: int
    type: str
    id: str
    href: str
    recorded_at: str
    into: NotRequired[str]


class Changed(TypedDict):
    """A record that differs; `record` is the later version, of a removed one the earlier."""

    id: str
    href: str
    diff: list[PatchOperation]
    record: dict[str, Any]


class Checks(TypedDict):
    """What was looked at: whether the database answers, takes writes, can read its pages."""

    database: Literal["ok"]
    writes: Literal["ok", "read_only"] | str
    pages: Literal["damaged", "ok"] | str


class Cohort(TypedDict):
    """Features born in one year."""

    year: int
    n_features: int
    n_rows: int
    n_copies: int
    median_days: int | None


class CollectionCoverage(TypedDict):
    """Of one collection."""

    collection: str
    count: int
    sourced_share: float | None
    fields: list[FieldCoverage]


class CollectionLink(TypedDict):
    """A collection and where its list stands."""

    name: str
    description: str
    href: str


class CollectionShown(TypedDict):
    """A collection and everything that can be asked of it: its fields, those of the records that it
    points to, and by `hops` those of every record that it is linked with.
    """

    name: str
    kind: str
    description: str
    href: str
    is_entity: bool
    natural_key: list[str]
    default_sort: list[str]
    fields: list[FieldShown]
    hops: list[HopShown]
    include: list[str]
    metrics: list[str]


class ComparedPair(TypedDict):
    """Two of the compared products in one market: section 7."""

    result: PairSimilarity


class ComparedRow(TypedDict):
    """An attribute of the record, or a feature; a cell for each subject, in their order."""

    attribute: str
    label: str
    cells: list[dict[str, Any]]


class ComparedSubject(TypedDict):
    """One of the compared."""

    id: str
    name: str
    href: str


class ComparisonAnswer(TypedDict):
    """Attributes and features against subjects; with a market each pair of products in it."""

    object: str
    market_id: str | None
    market_name: str | None
    on: str
    as_of: str | None
    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    pairs: list[ComparedPair]
    summary: ComparisonSummary
    coverage: ComparisonCoverage
    reasons: dict[str, str]
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: dict[str, Any]


class ComparisonCoverage(TypedDict):
    """How many of the cells are known."""

    features: int
    cells_known_share: float | None


class ComparisonSummary(TypedDict):
    """Over the features that at least one subject has."""

    shared_features: int
    differing: int
    mean_jaccard: float | None


class CopyClass(TypedDict):
    """The features of one category; null: those of none. `median_time_to_copy_days` and
    `share_copied_within_year` are of all rows of the class taken together, the latter if no rival
    leaves; `first_copy_*` are over its features.
    """

    category: str | None
    category_name: str | None
    n_features: int
    n_rows: int
    n_copies: int
    median_time_to_copy_days: int | None
    share_copied_within_year: float | None
    first_copy_median_days: int | None
    first_copy_ci_low: int | None
    first_copy_ci_high: int | None
    uncopied_share: float | None
    uncopied_features: list[str]
    uncopied_feature_names: list[str]


class CopyClasses(TypedDict):
    """By category, those without one last."""

    by: Literal["feature.category"]
    n_features: int
    n_uncopied: int
    classes: list[CopyClass]
    reasons: dict[str, str]


class CopyEdge(TypedDict):
    """`follower` took up features of `leader`; each counts 1/|G| in `weight`, G its first movers.
    Lags are in days from the feature's origin.
    """

    leader: str
    leader_name: str
    follower: str
    follower_name: str
    n_features: int
    weight: float
    median_lag_days: float
    features: list[str]
    feature_names: list[str]


class CopyForecast(TypedDict):
    """Pending rivals of a feature by vendor id, each with its chances."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    stage_min: str
    n_features: int
    n_copies: int
    frailty_shape: float | None
    forecasts: list[RivalForecast]
    n_pending_confirmed: int
    n_pending_unconfirmed: int
    pending: list[Pending]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class CopyGraph(TypedDict):
    """Edges by weight, descending, then leader and follower; vendors without a part are left out.
    Before `min_count` and `max_lag_days` the weights sum to the copies, the credits to the
    features.
    """

    market: str
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    min_count: int
    max_lag_days: int | None
    n_features: int
    n_copies: int
    nodes: list[CopyNode]
    edges: list[CopyEdge]
    warnings: list[str]
    reasons: dict[str, str]


class CopyNode(TypedDict):
    """A vendor: credit for being first (split among first movers), copies made, copies of it."""

    vendor: str
    vendor_name: str
    first_credits: float
    n_copied: int
    copied_weight: float


class CopyReadings(TypedDict):
    """All such cells absent, and their observation ended where knowledge ends: they bracket the
    answer if undocumented copies are no more frequent and no faster than documented ones.
    """

    all_absent: MedianReading
    as_known: MedianReading


class CopyTrend(TypedDict):
    """Section 11, field by field."""

    market: str | None
    markets: NotRequired[list[str]]
    market_names: NotRequired[list[str]]
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_features_before_coverage: int
    n_rows: int
    n_copies: int
    log_hr_per_year: float | None
    hazard_ratio_per_year: float | None
    hr_ci_low: float | None
    hr_ci_high: float | None
    se_model: float | None
    se_robust: float | None
    p_value: float | None
    direction: str | None
    logrank_chi2: float | None
    logrank_p_value: float | None
    split_date: str | None
    p_value_permutation: float | None
    n_features_fixed_window: int
    recorded_before_first_copy_share: float | None
    cohorts: list[Cohort]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class CorrectionList(TypedDict):
    """Corrections, the newest first."""

    object: Literal["list"]
    data: list[CorrectionShown]
    page: PageShown | None


class CorrectionShown(TypedDict):
    """What somebody says is wrong with a record, or that one is missing, and what came of it.
    `record_id` is null of a proposed record that was not accepted. `has_proposed` tells a proposal
    to empty the field from none. `contact` is null for everyone but curators.
    """

    object: Literal["correction"]
    id: str
    href: str
    status: Literal["accepted", "duplicate", "open", "rejected"] | str
    collection: str
    record_id: str | None
    field: str | None
    has_proposed: bool
    proposed: Any
    statement: str
    source_url: str | None
    contact: str | None
    received_at: str
    decision: DecisionShown | None
    links: dict[str, str]


class Coverage(TypedDict):
    """How much of a market is known on a day; shares are null where nothing is recorded.
    `known_share` is over profiled products x alive features (or business models); the other shares
    are over the counting adoptions (or monetizations) of the market's products that are seen by
    that day (of the dated ones for `day_precision_share`).
    """

    known_share: float | None
    n_surveyed_products: int
    n_products: int
    n_features: int
    dated_share: float | None
    day_precision_share: float | None
    sourced_share: float | None
    reasons: dict[str, str]


class CoverageAnswer(TypedDict):
    """Shares are null where there is nothing. Of one market there are `totals` of its cells,
    `products` and `features`, the least known first, in place of `collections`.
    """

    object: Literal["coverage"]
    on: str
    collections: list[CollectionCoverage]
    markets: list[MarketCoverage]
    totals: CellTotals | None
    products: list[ProductCoverage]
    features: list[FeatureCoverage]
    meta: RevisionMeta


class DateSensitivity(TypedDict):
    """Over the draws with a defined curve; null: not reached there."""

    n_draws: int
    share_reached: float | None
    median_low: int | None
    median_high: int | None
    ci_low: int | None
    ci_high: int | None


class DecisionShown(TypedDict):
    """What became of it; `revision` is the one that holds what was accepted."""

    decision: Literal["accepted", "duplicate", "rejected"] | str
    reason: str
    decided_at: str
    decided_by: str
    revision: int | None


class DeliveryList(TypedDict):
    """Deliveries of one webhook, the newest first."""

    object: Literal["list"]
    data: list[DeliveryShown]
    page: PageShown | None


class DeliveryShown(TypedDict):
    """One message: `event_id` is its webhook-id; `answer` the first 64 KB of the last answer."""

    object: Literal["webhook_delivery"]
    id: str
    href: str
    webhook_id: str
    event_id: str
    type: str
    status: Literal["delivered", "failed", "pending"] | str
    attempt_count: int
    next_attempt_at: str | None
    last_attempt_at: str | None
    last_status: int | None
    last_error: str | None
    body: str
    answer: str | None
    created_at: str


class DiffMeta(TypedDict):
    """The two revisions, and the language."""

    from_revision: int
    revision: int
    lang: str


class Difference(TypedDict):
    """What `to` has and `from` had not, the reverse, and what differs."""

    object: Literal["diff"]
    collection: str
    added: list[Changed]
    removed: list[Changed]
    changed: list[Changed]
    page: PageShown | None
    meta: DiffMeta


DisputeBody = TypedDict(
    "DisputeBody",
    {
        "with": Required["str"],
        "comment": NotRequired["str"],
    },
)
"""`with`: the fact that this one contradicts."""


class Entrance(TypedDict):
    """Where to go from here."""

    object: Literal["service"]
    name: str
    description: str
    links: dict[str, str]


class Explanation(TypedDict):
    """The facts that the answer stands on, by id; their records name their sources. `disputed_ids`
    would stand among them, had they not lost a dispute.
    """

    collection: str
    ids: list[str]
    disputed_ids: list[str]


class ExportFile(TypedDict):
    """One form of an export."""

    media_type: str
    href: str


class ExportList(TypedDict):
    """The data set first, then its collections."""

    object: Literal["list"]
    data: list[ExportShown]
    page: PageShown | None


class ExportShown(TypedDict):
    """What can be had whole: a collection, or the data set."""

    object: Literal["export"]
    name: str
    description: str
    href: str
    records: int
    files: list[ExportFile]


class FacetBucket(TypedDict):
    """One value of a facet; key null is the unknown."""

    key: str | None
    label: str
    count: int


class FacetShown(TypedDict):
    """The commonest values of a path; `total_buckets` counts the known ones."""

    buckets: list[FacetBucket]
    total_buckets: int


class Fact(TypedDict):
    """The records that stand on a source."""

    object: Literal["fact"]
    id: str
    href: str
    kind: Literal["adoption", "business_model", "feature", "group", "investment", "market",
        "monetization", "offering", "product", "source", "survey", "usage", "vendor",
        "version"] | str
    """The kind of record."""
    record_id: str
    """The record behind it."""
    source_ids: list[str]
    """What it stands on."""
    product_id: str | None
    """The product it is about."""
    vendor_id: str | None
    """The vendor it is about."""
    feature_id: str | None
    """The feature it is about."""
    market_ids: list[str] | None
    """The markets it is about: its own, else its product's."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: dict[str, NullReason]
    revision: int
    recorded_at: str
    updated_at: str


class FactList(TypedDict):
    """A page of facts."""

    object: Literal["list"]
    data: list[Fact]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class Fault(TypedDict):
    """One thing that is wrong with a request: by which code, where, and what would be right. The
    place is the query `parameter`; or the `pointer` (RFC 6901) into the body, of a file that into
    the record that begins on `line`. `detail` is a Sentence until a reader is told it.
    """

    code: Code
    detail: str
    parameter: NotRequired[str]
    pointer: NotRequired[str | None]
    line: NotRequired[int]
    allowed: NotRequired[list[str]]
    did_you_mean: NotRequired[list[str]]


class Feature(TypedDict):
    """Something a product can do."""

    object: Literal["feature"]
    id: str
    href: str
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    category: str | None
    """The family it belongs to."""
    market_ids: list[str] | None
    """The markets in which it counts; null: all."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class FeatureBody(TypedDict, total=False):
    """Something a product can do. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    category: str | None
    """The family it belongs to."""
    market_ids: list[str] | None
    """The markets in which it counts; null: all."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class FeatureContribution(TypedDict):
    """Score minus the score with this feature deleted; null if the rest has no score."""

    feature: str
    feature_name: str
    contribution: float | None
    penetration: float
    status: str


class FeatureCoverage(TypedDict):
    """Of one feature: its cells by state."""

    feature_id: str
    feature_name: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int


class FeatureForecastAnswer(TypedDict):
    """Which rivals will have copied a feature within a year, and how sure that is; `result` has the
    fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: CopyForecast
    backtest: ForecastBacktest


class FeatureHomogenization(TypedDict):
    """Shares of vendors unless the name says products; the bounds are worst cases."""

    market: str
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    status: str | None
    penetration: float | None
    penetration_low: float | None
    penetration_high: float | None
    pair_share: float | None
    product_penetration: float | None
    contribution: float | None
    mean_adopter_breadth: float | None
    first_seen: str | None
    extinct_since: str | None
    n_vendors: int
    n_vendors_with: int
    n_products: int
    n_products_with: int
    n_unprofiled_vendors: int
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class FeatureHomogenizationAnswer(TypedDict):
    """How standard a feature is in a market; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: FeatureHomogenization


class FeatureList(TypedDict):
    """A page of features."""

    object: Literal["list"]
    data: list[Feature]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class FeatureMedian(TypedDict):
    """As `feature_time_to_copy` gives them, days after the origin; null: not reached, or no curve
    (`has_curve` false).
    """

    feature: str
    feature_name: str
    origin_date: str
    has_curve: bool
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None


class FeaturePatch(TypedDict, total=False):
    """Something a product can do. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    category: str | None
    """The family it belongs to."""
    market_ids: list[str] | None
    """The markets in which it counts; null: all."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class FeaturePenetration(TypedDict):
    """A feature on the day. `vendors_to_table_stakes`: how many more of today's vendors must have
    it; `change`: of the penetration over the window; `table_stakes_since`: the end of the first
    period since which it has been so at the end of each.
    """

    feature: str
    feature_name: str
    status: str
    penetration: float
    penetration_lowest: float
    penetration_highest: float
    n_vendors_with: int
    n_vendors_unknown: int
    vendors_to_table_stakes: int
    change: float | None
    first_seen: str
    table_stakes_since: str | None


class FeatureSpeed(TypedDict):
    """One feature with partial pooling; speed 1 is the market's."""

    feature: str
    feature_name: str
    copies: int
    rival_days: float
    expected_copies: float
    speed: float
    speed_ci_low: float | None
    speed_ci_high: float | None
    shrunk_median_days: float | None
    shrunk_ci_low: float | None
    shrunk_ci_high: float | None


class FeatureTimeToCopy(TypedDict):
    """Section 10, field by field."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    dates: str
    unknown: str
    origin_date: str | None
    origin_low: str | None
    origin_high: str | None
    imported: bool | None
    launch_pattern: str | None
    first_movers: list[str]
    first_mover_names: list[str]
    n_co_innovators: int | None
    lead_days: int | None
    possible_earlier: list[PossiblyEarlier]
    origin_is_bound: bool | None
    first_mover_certain: bool | None
    first_mover_probability: dict[str, float]
    time_to_first_follow_days: int | None
    n_rivals: int | None
    n_at_risk: int | None
    n_copied: int | None
    n_born_with: int | None
    n_exited: int | None
    n_pending: int | None
    n_pending_confirmed: int | None
    n_pending_unconfirmed: int | None
    n_copies_before_conditioning: int | None
    conditional_from_days: int | None
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None
    median_lower_bound_days: int | None
    median_earliest_days: int | None
    median_latest_days: int | None
    readings: CopyReadings
    follow_up_days: int | None
    curve_exhausted_at_days: int | None
    share_copied: dict[str, ShareCopied]
    share_copied_with_exits: dict[str, float | None]
    share_exited: dict[str, float | None]
    rmst_days: float | None
    rmst_se: float | None
    rmst_ci_low: float | None
    rmst_ci_high: float | None
    time_to_first_copy_days: int | None
    time_to_first_copy_low: int | None
    time_to_first_copy_high: int | None
    exclusivity_days: int | None
    exclusivity_status: str | None
    exclusivity_shared: bool | None
    median_exposure_clock_days: int | None
    date_sensitivity: DateSensitivity | None
    interval_censored: IntervalCensored | None
    near_simultaneous: list[NearPair]
    curve: list[Step]
    rivals: list[Rival]
    flags: list[str]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class FeatureTimeToCopyAnswer(TypedDict):
    """How long until rivals copied a feature; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: FeatureTimeToCopy


class FieldCoverage(TypedDict):
    """How often a field is filled in, or the record states why it is not; `day_precision_share` is
    of the known dates.
    """

    field: str
    known_share: float | None
    day_precision_share: float | None


class FieldShown(TypedDict):
    """A path to filter by; `operators` are suffixes of the flat spelling ("" is any of). Numbers of
    a measure go together only where its `units`, other paths, are equal.
    """

    name: str
    type: str
    description: str
    to: str | None
    values: list[ListedWord]
    operators: list[str]
    units: list[str]
    is_sortable: bool
    is_groupable: bool


class FileShown(TypedDict):
    """One file; size and hash are of the uncompressed bytes."""

    collection: str
    format: str
    href: str
    rows: int
    bytes: int
    sha256: str


class Filter(TypedDict, total=False):
    """Which changes: of these kinds (none: all), whose record meets every condition."""

    kinds: list[str]
    where: dict[str, list[str]]


class FirstMover(TypedDict):
    """Who had it first in the market by representative day; the date is as stored."""

    product: str
    product_name: str
    date: str


class ForecastBacktest(TypedDict):
    """Forecasts may be shown for calibrated horizons only. Hindsight: what was recorded later is
    used with the same `as_of` at every cutoff.
    """

    market: str | None
    on: str
    as_of: str | None
    stage_min: str
    horizons: dict[str, HorizonBacktest]
    status: str
    warnings: list[str]
    reasons: dict[str, str]


class FoundFeature(TypedDict):
    """`created`: the survey is its first proof; `on_record`: it was known before."""

    feature_id: str
    adoption_id: str
    href: str
    outcome: Literal["created", "on_record"] | str


class Gap(TypedDict):
    """A feature that peers have; `state` absent: a survey says so, unknown: nobody looked."""

    feature: str
    feature_name: str
    peer_share: float
    peer_share_change: float | None
    first_mover: FirstMover
    gap_age_days: Span
    state: Literal["absent", "unknown"] | str
    last_surveyed: str | None


class GapAnalysis(TypedDict):
    """Gaps by peer share, descending, then id; `peer_share_change` is over 365 days."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    peers: PeerRule
    missing: list[Gap]
    unique: list[Unique]
    n_features: int | None
    warnings: list[str]
    reasons: dict[str, str]


class Group(TypedDict):
    """Vendors that people speak of as one, such as the six little tigers."""

    object: Literal["group"]
    id: str
    href: str
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    vendor_ids: list[str]
    """The vendors in it."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class GroupBody(TypedDict):
    """Vendors that people speak of as one, such as the six little tigers. What is written of it."""

    names: NotRequired[dict[str, str] | None]
    """Names by language (en, zh, ...)."""
    aliases: NotRequired[list[str] | None]
    """Other names it goes by."""
    external_ids: NotRequired[dict[str, str | list[str]] | None]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    vendor_ids: list[str]
    """The vendors in it."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    name: NotRequired[str | None]
    """Short for names.en."""
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class GroupList(TypedDict):
    """A page of groups."""

    object: Literal["list"]
    data: list[Group]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class GroupPatch(TypedDict, total=False):
    """Vendors that people speak of as one, such as the six little tigers. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    vendor_ids: list[str]
    """The vendors in it."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class HistoryPage(TypedDict):
    """The versions of a record, newest first."""

    object: Literal["history"]
    id: str
    data: list[RecordVersion]
    page: PageShown | None
    meta: RevisionMeta


class Hit(TypedDict):
    """A record that answers the search, and where it matched. `matched_on`: fields whose text
    matched as it stands, and pinyin, pinyin_initials or typo; the best first; meaning where no word
    stands in its texts. `highlight`: by field, HTML with the matched characters in <em>.
    """

    object: Literal["hit"]
    type: Literal["business_model", "feature", "group", "market", "product", "source",
        "vendor"] | str
    id: str
    name: str
    score: float
    matched_on: list[str]
    highlight: dict[str, str]
    href: str


class HitList(TypedDict):
    """A page of hits, the best first."""

    object: Literal["list"]
    data: list[Hit]
    page: PageShown | None
    total: Total
    facets: dict[str, TypeFacet]
    related: list[Related]
    meta: SearchMeta


class HopShown(TypedDict):
    """A word that leads a question on to other records: `vendor` in `vendor.country`. Where it
    `leads_to_several`, a comparison holds if it does of any of them.
    """

    word: str
    to: str
    leads_to_several: bool


class HorizonBacktest(TypedDict):
    """How forecasts of one horizon, made at past cutoffs, came out."""

    n_forecasts: int
    n_cutoffs: int
    n_dropped_exit: int
    observed: int
    expected: float
    calibration_ratio: float | None
    calibration_ci_low: float | None
    calibration_ci_high: float | None
    brier: float | None
    brier_reference: float | None
    brier_skill: float | None
    status: str


class ImportCounts(TypedDict):
    """Records of the file; null until the import has ended."""

    rows: int | None
    created: int | None
    updated: int | None
    unchanged: int | None
    failed: int | None


class ImportFailure(TypedDict):
    """Why an import failed as a whole; the rows have their own errors."""

    code: str
    detail: str


class ImportList(TypedDict):
    """Imports, the newest first."""

    object: Literal["list"]
    data: list[ImportShown]
    page: PageShown | None


class ImportProgress(TypedDict):
    """How far a running import is; `stage` is reading, then the collection being written."""

    rows_read: int
    stage: str | None


class ImportReport(TypedDict):
    """An import with failed rows (the first 1000) and the first others, by line."""

    object: Literal["import"]
    id: str | None
    href: str | None
    status: Literal["done", "failed", "queued", "running"] | str
    dry_run: bool
    mode: Literal["create", "upsert"] | str
    on_error: Literal["abort", "skip"] | str
    kind: str | None
    sha256: str
    counts: ImportCounts
    progress: ImportProgress
    revision: int | None
    would_be_revision: int | None
    reverted_in: int | None
    error: ImportFailure | None
    warnings: list[Notice]
    actor: str
    comment: str
    created_at: str | None
    ended_at: str | None
    rows: list[RowTold]


class ImportReverted(TypedDict):
    """What taking an import back did, or would do."""

    object: Literal["import_revert"]
    import_id: str
    dry_run: bool
    counts: RevertCounts
    revision: int | None
    would_be_revision: int | None


class ImportRowList(TypedDict):
    """Rows of an import, by line."""

    object: Literal["list"]
    data: list[RowTold]
    page: PageShown | None


class ImportShown(TypedDict):
    """One import. `id` is null of a dry run that was answered at once. `revision` is the one it
    wrote, null when nothing changed; `would_be_revision` is a dry run's. `kind` is that of a CSV
    file; `warnings` are what to know of the file.
    """

    object: Literal["import"]
    id: str | None
    href: str | None
    status: Literal["done", "failed", "queued", "running"] | str
    dry_run: bool
    mode: Literal["create", "upsert"] | str
    on_error: Literal["abort", "skip"] | str
    kind: str | None
    sha256: str
    counts: ImportCounts
    progress: ImportProgress
    revision: int | None
    would_be_revision: int | None
    reverted_in: int | None
    error: ImportFailure | None
    warnings: list[Notice]
    actor: str
    comment: str
    created_at: str | None
    ended_at: str | None


class Index(TypedDict):
    """What there is, at which revision."""

    object: Literal["index"]
    revision: int
    collections: list[CollectionLink]
    analyses: dict[str, str]
    links: dict[str, str]
    groups: dict[str, AddressGroup]


class IntervalCensored(TypedDict):
    """Turnbull's NPMLE given the origin at its representative day: [[l, r or null, mass]]."""

    intervals: list[list[int | int | None | float]]
    median_low: int | None
    median_high: int | None
    origin_shift_low: int
    origin_shift_high: int


class Investment(TypedDict):
    """Money that went, or is to go, into a vendor or its machines."""

    object: Literal["investment"]
    id: str
    href: str
    vendor_id: str
    """Whose."""
    type: str
    """funding_round, capex, compute_purchase, ..."""
    amount: str | None
    """How much."""
    currency: str | None
    """ISO 4217."""
    quantity: float | None
    """How many things were bought."""
    unit: str | None
    """What things."""
    date: str | None
    """When."""
    status: Literal["actual", "planned", "reported"] | str
    """planned, reported by others, or actual."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class InvestmentBody(TypedDict):
    """Money that went, or is to go, into a vendor or its machines. What is written of it."""

    vendor_id: str
    """Whose."""
    type: str
    """funding_round, capex, compute_purchase, ..."""
    amount: NotRequired[str | float | None]
    """How much."""
    currency: NotRequired[str | None]
    """ISO 4217."""
    quantity: NotRequired[int | float | None]
    """How many things were bought."""
    unit: NotRequired[str | None]
    """What things."""
    date: NotRequired[str | None]
    """When."""
    status: Literal["planned", "reported", "actual"]
    """planned, reported by others, or actual."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class InvestmentList(TypedDict):
    """A page of investments."""

    object: Literal["list"]
    data: list[Investment]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class InvestmentPatch(TypedDict, total=False):
    """Money that went, or is to go, into a vendor or its machines. What is written of it."""

    vendor_id: str
    """Whose."""
    type: str
    """funding_round, capex, compute_purchase, ..."""
    amount: str | float | None
    """How much."""
    currency: str | None
    """ISO 4217."""
    quantity: int | float | None
    """How many things were bought."""
    unit: str | None
    """What things."""
    date: str | None
    """When."""
    status: Literal["planned", "reported", "actual"]
    """planned, reported by others, or actual."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class Issue(TypedDict):
    """Rules that records break: what a curator should look at."""

    object: Literal["issue"]
    id: str
    href: str
    kind: Literal["adoption", "business_model", "feature", "group", "investment", "market",
        "monetization", "offering", "product", "source", "survey", "usage", "vendor",
        "version"] | str
    """The kind of record."""
    record_id: str
    """The record behind it."""
    rule: Literal["after_discontinuation", "before_founding", "before_launch",
        "contradicting_figures", "disputed_alone", "disputed_without_preferred",
        "ends_before_start", "ga_before_preview", "launch_unknown", "never_adopted",
        "overlapping_spells", "recorded_ahead", "source_unchecked", "unsourced",
        "without_chinese_name", "without_features"] | str
    """unsourced: A record without a source. recorded_ahead: A date that lies wholly after the day
    on which it was recorded. ga_before_preview: Generally available before its preview began.
    before_launch: A product's fact that lies wholly before its launch. after_discontinuation: A
    product's fact that begins after it was discontinued. ends_before_start: An end that lies wholly
    before the start. overlapping_spells: Holds on a day on which another fact of its subject holds
    too. contradicting_figures: Another fact gives another figure for the same thing and time.
    before_founding: A product launched before its vendor was founded. launch_unknown: A product
    without a launch date, nor a statement why it has none. without_features: A product of which no
    feature is recorded. never_adopted: A feature that no product is recorded to have.
    disputed_alone: Disputed, and no other fact of its subject is. disputed_without_preferred:
    Disputed, and none of the facts is preferred. source_unchecked: A source in use, last checked
    (or recorded) more than `stale_days` ago. without_chinese_name: An entity without a Chinese
    name.
    """
    product_id: str | None
    """The product it is about."""
    vendor_id: str | None
    """The vendor it is about."""
    feature_id: str | None
    """The feature it is about."""
    market_ids: list[str] | None
    """The markets it is about: its own, else its product's."""
    null_reasons: dict[str, NullReason]
    revision: int
    recorded_at: str
    updated_at: str


class IssueList(TypedDict):
    """A page of quality-issues."""

    object: Literal["list"]
    data: list[Issue]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class KeyList(TypedDict):
    """Keys, the oldest first."""

    object: Literal["list"]
    data: list[KeyShown]
    page: PageShown | None


class KeyShown(TypedDict):
    """A key, without any secret. `previous_expires_at`: until when the secret before it is good."""

    object: Literal["key"]
    id: str
    href: str
    name: str
    scopes: list[str]
    status: Literal["active", "expired", "retired"] | str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    previous_expires_at: str | None
    retired_at: str | None


class KeyWithSecret(TypedDict):
    """A key with its secret, which is shown this once; null where the request was sent again."""

    object: Literal["key"]
    id: str
    href: str
    name: str
    scopes: list[str]
    status: Literal["active", "expired", "retired"] | str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    previous_expires_at: str | None
    retired_at: str | None
    secret: str | None


class LeagueRow(TypedDict):
    """One vendor: how often first, how fast a follower."""

    vendor: str
    vendor_name: str
    first_credits: float
    contested_first_credits: float
    innovator_share: float | None
    n_at_risk: int
    n_copied: int
    n_pending: int
    n_born_with: int
    expected_copies: float
    copy_rate_ratio: float | None
    follower_speed: float | None
    follower_speed_ci_low: float | None
    follower_speed_ci_high: float | None
    median_copy_days: int | None
    reasons: dict[str, str]


class LimitsShown(TypedDict):
    """What the caller may, and what is left of it; no quota, no entry."""

    object: Literal["limits"]
    key_id: str | None
    scopes: list[str]
    quotas: list[PolicyShown]


class ListApplied(TypedDict):
    """What a list was filtered, sorted and searched by."""

    filter: str
    sort: list[str]
    date_match: Literal["certain", "possible"] | str
    q: str | None


class ListMeta(TypedDict):
    """At which revision, in which language, by which filter; `resolved` are merged ids that were
    asked for, with the survivors that were filtered by.
    """

    revision: int
    as_of: str | None
    on: str | None
    lang: str
    applied: ListApplied
    date_undecided: dict[str, int]
    resolved: dict[str, str]
    warnings: list[Notice]


class ListedWord(TypedDict):
    """A word of a closed list."""

    value: str
    label: str


class Live(TypedDict):
    """The process answers."""

    status: Literal["live"]


class Market(TypedDict):
    """A segment in which products compete."""

    object: Literal["market"]
    id: str
    href: str
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    layer: Literal["application", "device", "model"] | str | None
    """Where in the stack it lies."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    tracked_since: str | None
    """Since when new features of this market are recorded."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class MarketBody(TypedDict, total=False):
    """A segment in which products compete. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    layer: Literal["application", "device", "model"] | None
    """Where in the stack it lies."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    tracked_since: str | None
    """Since when new features of this market are recorded."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class MarketCadence(TypedDict):
    """Of the products of a market, by vendor too."""

    on: str
    as_of: str | None
    n_products: int
    n_versions: int
    n_releases: int
    n_gaps: int
    n_undated: int
    n_imprecise: int
    first_release: str | None
    last_release: str | None
    days_since_last: int | None
    years_followed: float
    releases_per_year: float | None
    median_gap_days: float | None
    median_gap_ci_low: float | None
    median_gap_ci_high: float | None
    gap_p25_days: float | None
    gap_p75_days: float | None
    median_gap_date_low: float | None
    median_gap_date_high: float | None
    kendall_tau: float | None
    p_value_permutation: float | None
    direction: str | None
    years: list[YearOfReleases]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]
    market: str
    vendors: NotRequired[list[VendorCadence]]


class MarketCadenceAnswer(TypedDict):
    """How often the products of a market come out anew; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: MarketCadence


class MarketCopyGraphAnswer(TypedDict):
    """Who copies whom in a market; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: CopyGraph


class MarketCoverage(TypedDict):
    """Of one market, as every analysis of it says."""

    market_id: str
    coverage: Coverage


class MarketHomogenization(TypedDict):
    """Section 4.11, field by field; `series` and `structure_*` only when asked for."""

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    unknown: str
    score_lowest: float | None
    score_highest: float | None
    score_unknown_low: float | None
    score_unknown_high: float | None
    model: UnknownModel | None
    readings: ScoreReadings
    n_vendors: int
    n_products: int
    n_features: int
    n_eligible_products: int
    n_unprofiled_products: int
    n_undated: int
    median_features_per_product: float | None
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    se_vendors: float | None
    se_features: float | None
    score_date_low: float | None
    score_date_high: float | None
    expected_by_chance: float | None
    chance_adjusted_score: float | None
    sorensen_mean: float | None
    overlap_mean: float | None
    pooled_jaccard: float | None
    pooled_sorensen: float | None
    mean_jaccard_all_pairs: float | None
    effective_products_q0: float | None
    effective_products_q1: float | None
    effective_products_q2: float | None
    beta_sorensen: float | None
    beta_sorensen_turnover: float | None
    beta_sorensen_nestedness: float | None
    beta_jaccard: float | None
    beta_jaccard_turnover: float | None
    beta_jaccard_nestedness: float | None
    change: ScoreChange
    status_counts: StatusCounts | None
    feature_contributions: list[FeatureContribution]
    product_contributions: list[ProductContribution]
    structure_ses: NotRequired[float | None]
    structure_null_mean: NotRequired[float | None]
    structure_null_sd: NotRequired[float | None]
    structure_p_value: NotRequired[float | None]
    interval: NotRequired[Literal["event", "month", "quarter", "year"] | str]
    series: NotRequired[list[Point]]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class MarketHomogenizationAnswer(TypedDict):
    """How alike the products of a market are; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: MarketHomogenization


class MarketLeagueAnswer(TypedDict):
    """Who leads and who follows in a market; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: VendorLeague


class MarketLikeness(TypedDict):
    """One market: the figures of its own analysis, its finding, and how much is known. `change` is
    of the score with unknown cells absent, over `change_window_days`, and the sum of what products
    of both days, newcomers and leavers add; `reasons` say why figures are null.
    """

    market: str
    market_name: str
    layer: str | None
    score: float | None
    score_lowest: float | None
    score_highest: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    score_unknown_absent: float | None
    change: float | None
    change_within: float | None
    change_entry: float | None
    change_exit: float | None
    known_share: float | None
    n_surveyed_products: int
    n_vendors: int
    n_products: int
    n_features: int
    band: str | None
    quality: str
    finding: str
    href: str
    reasons: dict[str, str]


class MarketList(TypedDict):
    """A page of markets."""

    object: Literal["list"]
    data: list[Market]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class MarketMatrix(TypedDict):
    """`states[i]` has a letter per column (see `legend`), `cells[i][j]` is null unless present.
    Rows by breadth, columns by penetration, both descending, then by id. A stage is the highest in
    force, a date the first representative day, a lag that day minus the feature's first day in the
    market.
    """

    market: str
    on: str
    as_of: str | None
    stage_min: str
    cell: Literal["date", "lag_days", "stage"] | str
    legend: dict[str, str]
    rows: list[MatrixProduct]
    columns: list[MatrixFeature]
    states: list[str]
    cells: list[list[str | int | None]]
    warnings: list[str]
    reasons: dict[str, str]


class MarketMatrixAnswer(TypedDict):
    """Products against features; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: MarketMatrix


class MarketMedians(TypedDict):
    """The features of a market in id order."""

    features: list[FeatureMedian]
    reasons: dict[str, str]


class MarketMonetizationAnswer(TypedDict):
    """Whether rivals of a market charge the same way; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: BusinessModelHomogenization


class MarketNearSimultaneousAnswer(TypedDict):
    """Who brought a feature to a market within days of whom; `result` has the fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: NearSimultaneous


class MarketPatch(TypedDict, total=False):
    """A segment in which products compete. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    layer: Literal["application", "device", "model"] | None
    """Where in the stack it lies."""
    definition: str | None
    """What it is, in one sentence, in English."""
    definitions: dict[str, str] | None
    """The same in other languages (zh, ...)."""
    tracked_since: str | None
    """Since when new features of this market are recorded."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class MarketPenetration(TypedDict):
    """`features`: first those that are no table stakes, the nearest to it first; then those that
    are; `series`: by feature and day, from the period in which it was first seen.
    """

    market: str
    on: str
    as_of: str | None
    stage_min: str
    period: str
    n_vendors: int
    n_unprofiled_vendors: int
    n_features: int
    status_counts: StatusCounts | None
    quality: str
    features: list[FeaturePenetration]
    series: list[PenetrationPoint]
    warnings: list[str]
    reasons: dict[str, str]


class MarketPenetrationAnswer(TypedDict):
    """How far every feature of a market has spread, and which are next to be table stakes; `result`
    has the fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: MarketPenetration


class MarketPresence(TypedDict):
    """The vendor's live profiled products in one market."""

    market: str
    market_name: str
    n_products: int
    similarity_to_rivals: float | None


class MarketTimeToCopyAnswer(TypedDict):
    """How fast features are copied in a market, and whether that gets faster; `result` has the
    fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: PooledTimeToCopy
    trend: CopyTrend
    medians: MarketMedians
    classes: NotRequired[CopyClasses]


class MatrixFeature(TypedDict):
    """A column: an alive feature; `penetration` is the share of vendors that have it."""

    feature: str
    feature_name: str
    penetration: float


class MatrixProduct(TypedDict):
    """A row: a profiled product."""

    product: str
    product_name: str
    vendor: str
    vendor_name: str
    n_features: int


class MedianReading(TypedDict):
    """The median with its limits, by one way of reading cells of which nobody knows."""

    median_days: int | None
    ci_low: int | None
    ci_high: int | None


class MergeBody(TypedDict):
    """`into`: the id of the record that stays."""

    into: str
    comment: str


class Meta(TypedDict):
    """At which revision, in which language; merged ids that were asked for, with the survivors."""

    revision: int
    lang: str
    resolved: NotRequired[dict[str, str]]


class Method(TypedDict):
    """Which method, in which version, asked with which parameters."""

    id: str
    version: str
    parameters: dict[str, Any]
    href: str


class MethodChange(TypedDict):
    """What a version changed."""

    version: str
    what: str


class MethodList(TypedDict):
    """All methods."""

    object: Literal["list"]
    data: list[MethodShown]
    page: PageShown | None


class MethodShown(TypedDict):
    """A method, in the reader's language."""

    object: Literal["method"]
    id: str
    href: str
    version: str
    lang: str
    name: str
    definition: str
    formula: str
    assumptions: str
    limits: str
    references: list[str]
    changes: list[MethodChange]
    used_by: list[str]


class MixPoint(TypedDict):
    """The mix on a day on which something changed, or the last such day of a period."""

    date: str
    n_vendors: int
    n_products: int
    n_business_models: int
    score: float | None
    hhi: float | None
    effective_models_q1: float | None
    effective_models_q2: float | None
    models: list[ModelUse]


class ModelCheck(TypedDict):
    """Audited products put back to their record before they were gone through: how many of their
    then unknown cells were predicted present, how many were found present, how many are open.
    """

    predicted: float
    found: int
    open: int
    passed: bool


class ModelUse(TypedDict):
    """How many vendors use a model, and their share of all uses."""

    business_model: str
    business_model_name: str
    n_vendors: int
    share: float


class Monetization(TypedDict):
    """A product earns by a business model from a day on."""

    object: Literal["monetization"]
    id: str
    href: str
    product_id: str
    """The product."""
    business_model_id: str
    """How it earns."""
    since: str | None
    """Since when."""
    until: str | None
    """Day from which it no longer did."""
    price: MoneyShown | None
    rates: list[RateShown] | None
    """Prices by component: input, output, cache_read and others."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class MonetizationBody(TypedDict):
    """A product earns by a business model from a day on. What is written of it."""

    product_id: str
    """The product."""
    business_model_id: str
    """How it earns."""
    since: NotRequired[str | None]
    """Since when."""
    until: NotRequired[str | None]
    """Day from which it no longer did."""
    price: NotRequired[Money | None]
    rates: NotRequired[list[Rate] | None]
    """Prices by component: input, output, cache_read and others."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class MonetizationList(TypedDict):
    """A page of monetizations."""

    object: Literal["list"]
    data: list[Monetization]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class MonetizationPatch(TypedDict, total=False):
    """A product earns by a business model from a day on. What is written of it."""

    product_id: str
    """The product."""
    business_model_id: str
    """How it earns."""
    since: str | None
    """Since when."""
    until: str | None
    """Day from which it no longer did."""
    price: Money | None
    rates: list[Rate] | None
    """Prices by component: input, output, cache_read and others."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class Money(TypedDict):
    """An amount of a currency per something."""

    amount: str | float
    currency: str
    per: NotRequired[str | None]


class MoneyShown(TypedDict):
    """An amount of a currency per something; the amount is a decimal string."""

    amount: str
    currency: str
    per: str | None


class NearPair(TypedDict):
    """Two rivals that had a feature within `simultaneity_days`, the earlier first. `first_day` is
    the day of the earlier, `certain` whether all days that their dates leave lie within
    `simultaneity_days`.
    """

    units: list[str]
    unit_names: list[str]
    days_apart: int
    first_day: str
    certain: bool


class NearPairOfFeature(TypedDict):
    """The same, and with which feature."""

    units: list[str]
    unit_names: list[str]
    days_apart: int
    first_day: str
    certain: bool
    feature: str
    feature_name: str


class NearSimultaneous(TypedDict):
    """All pairs of vendors of a market, those of exact dates first, then the latest."""

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    dates: str
    n_features: int
    n_pairs: int
    n_certain: int
    pairs: list[NearPairOfFeature]
    warnings: list[str]
    reasons: dict[str, str]


class Neighbour(TypedDict):
    """A rival product and its Jaccard similarity."""

    product: str
    product_name: str
    vendor: str
    vendor_name: str
    jaccard: float


class NewCorrection(TypedDict):
    """What is wrong with a record. `field` and `proposed` say what would be right, as the record
    shows it (null: it should be empty). Without `record_id` a record is missing, and `proposed` is
    what is written of it. `contact` is never shown in public.
    """

    collection: str
    statement: str
    record_id: NotRequired[str | None]
    field: NotRequired[str | None]
    proposed: NotRequired[Any]
    source_url: NotRequired[str | None]
    contact: NotRequired[str | None]


class NewDecision(TypedDict):
    """What becomes of a correction. One that is accepted is applied now, or names the revision that
    holds it already.
    """

    decision: Literal["accepted", "duplicate", "rejected"]
    reason: str
    apply: NotRequired[bool]
    revision: NotRequired[int | None]


class NewKey(TypedDict):
    """A key to be made; without `expires_days` it lives until it is retired."""

    name: str
    scopes: list[Literal["admin", "curate", "read", "write"]]
    expires_days: NotRequired[int | None]


class NewRelease(TypedDict):
    """A name for the newest revision."""

    name: str
    comment: str


class NewSurvey(TypedDict):
    """What was looked for in a product on a day (left out: today), by feature id. What is `present`
    and not on record yet becomes an adoption of the `stage`, proven by that day; what is `absent`
    is kept as the survey. `sources` takes addresses, `source_ids` ids.
    """

    product_id: str
    present: NotRequired[list[str]]
    absent: NotRequired[list[str]]
    date: NotRequired[str | None]
    stage: NotRequired[Literal["ga", "preview"]]
    sources: NotRequired[list[str] | None]
    source_ids: NotRequired[list[str] | None]
    status: NotRequired[Literal["unsourced"] | None]
    note: NotRequired[str | None]


class NewWebhook(TypedDict):
    """What a subscription is made of."""

    url: str
    types: list[str]
    filter: NotRequired[Filter]
    metric: NotRequired[Watch | None]


class Notice(TypedDict):
    """Something to know about the answer; `href` is the page that explains the code, and
    `did_you_mean` what would be right, where that is known.
    """

    code: str
    detail: str
    href: str
    did_you_mean: NotRequired[list[str]]


class Offering(TypedDict):
    """A reseller offers somebody else's product."""

    object: Literal["offering"]
    id: str
    href: str
    product_id: str
    """The product."""
    reseller: str
    """Who offers it."""
    reseller_name: str | None
    """The reseller's name."""
    model: str
    """The reseller's own id of it."""
    date: str | None
    """Since when."""
    rates: list[RateShown] | None
    """Prices by component: input, output, cache_read and others."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class OfferingBody(TypedDict):
    """A reseller offers somebody else's product. What is written of it."""

    product_id: str
    """The product."""
    reseller: str
    """Who offers it."""
    reseller_name: NotRequired[str | None]
    """The reseller's name."""
    model: str
    """The reseller's own id of it."""
    date: NotRequired[str | None]
    """Since when."""
    rates: NotRequired[list[Rate] | None]
    """Prices by component: input, output, cache_read and others."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class OfferingList(TypedDict):
    """A page of offerings."""

    object: Literal["list"]
    data: list[Offering]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class OfferingPatch(TypedDict, total=False):
    """A reseller offers somebody else's product. What is written of it."""

    product_id: str
    """The product."""
    reseller: str
    """Who offers it."""
    reseller_name: str | None
    """The reseller's name."""
    model: str
    """The reseller's own id of it."""
    date: str | None
    """Since when."""
    rates: list[Rate] | None
    """Prices by component: input, output, cache_read and others."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class PageShown(TypedDict):
    """Where the list goes on; `next_cursor` null is the one end signal."""

    limit: int
    next_cursor: str | None
    next: str | None


class PairSimilarity(TypedDict):
    """Symmetric but for the lead fields; a positive `median_lead_days` means A was ahead."""

    market: str
    market_name: str
    product_a: str
    product_a_name: str
    product_b: str
    product_b_name: str
    on: str
    as_of: str | None
    stage_min: str
    jaccard: float | None
    sorensen: float | None
    overlap: float | None
    turnover: float | None
    nestedness: float | None
    shared: list[str] | None
    shared_names: list[str] | None
    only_a: list[str] | None
    only_a_names: list[str] | None
    only_b: list[str] | None
    only_b_names: list[str] | None
    expected_jaccard: float | None
    overlap_p_value: float | None
    a_led: int | None
    b_led: int | None
    tied: int | None
    median_lead_days: float | None
    n_features: int
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class PatchOperation(TypedDict):
    """One operation of a JSON patch (RFC 6902)."""

    op: Literal["replace"]
    path: str
    value: Any


class PeerRule(TypedDict):
    """market: every rival vendor is a peer; nearest: the five likest rival products are."""

    rule: Literal["market", "nearest"] | str
    count: int


class Pending(TypedDict):
    """A rival without a copy; `confirmed`: a survey says that it lacks the feature."""

    unit: str
    unit_name: str
    confirmed: bool


class PenetrationPoint(TypedDict):
    """A feature at the end of a period: the share of profiled vendors that have it, and between
    which shares that lies, whatever nobody knows.
    """

    feature: str
    feature_name: str
    date: str
    penetration: float
    penetration_lowest: float
    penetration_highest: float
    n_vendors_with: int
    n_vendors: int


class Point(TypedDict):
    """One day; constant until the next. Nulls as in 4.1: fewer than two profiled vendors; the
    limits as in 4.5, and in large markets.
    """

    date: str
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    n_vendors: int
    n_products: int
    n_features: int
    pooled_jaccard: float | None


class PolicyShown(TypedDict):
    """One quota: `limit` in `window_seconds`; `remaining` now, all in `reset_seconds`."""

    policy: str
    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int


class PooledTimeToCopy(TypedDict):
    """Section 13, field by field."""

    market: str | None
    markets: NotRequired[list[str]]
    market_names: NotRequired[list[str]]
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_features_before_coverage: int
    n_rows: int
    n_copies: int
    rival_days: int
    typical_feature_median_days: float | None
    typical_ci_low: float | None
    typical_ci_high: float | None
    typical_share_copied: dict[str, float | None]
    frailty_shape: float | None
    max_observed_age_days: int | None
    crude_copies_per_rival_year: float | None
    pooled_km_median_days: int | None
    first_copy_median_days: int | None
    first_copy_ci_low: int | None
    first_copy_ci_high: int | None
    uncopied_feature_share: float | None
    recorded_before_first_copy_share: float | None
    hazard_bands: list[Band]
    features: list[FeatureSpeed]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class PossiblyEarlier(TypedDict):
    """A unit that is known to have had the feature by a day only, and may have had it since."""

    unit: str
    unit_name: str
    since: str


class PreferBody(TypedDict, total=False):
    """`over`: the facts that lose; left out, all other disputed ones of the subject."""

    over: list[str] | None
    comment: str
    """Why; kept with the revision."""


Problem = TypedDict(
    "Problem",
    {
        "type": Required["str"],
        "title": Required["str"],
        "status": Required["int"],
        "detail": Required["str"],
        "instance": Required["str"],
        "code": Required["Code"],
        "request_id": Required["str"],
        "errors": Required["list[Fault]"],
        "violated-policies": NotRequired["list[str]"],
        "replaced_by": NotRequired["str | None"],
    },
)
"""An RFC 9457 problem document; `code` is stable, texts are not."""


class Product(TypedDict):
    """What a vendor sells in one or more markets."""

    object: Literal["product"]
    id: str
    href: str
    vendor_id: str
    """Who sells it."""
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    market_ids: list[str]
    """The markets it competes in."""
    launched: str | None
    """First day on which customers could use it."""
    discontinued: str | None
    """Day from which it was gone."""
    status: Literal["active", "discontinued", "not_launched"] | str | None
    """On the day asked (`on`); of no day: whether a discontinuation is recorded."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class ProductAudience(TypedDict):
    """By metric, and every figure as an entry, by metric and period."""

    product: str
    on: str
    as_of: str | None
    n_figures: int
    n_metrics: int
    n_contradicted: int
    n_disputed: int
    n_undated: int
    first_date: str | None
    last_date: str | None
    series: list[UsageSeries]
    entries: list[UsageFigure]
    warnings: list[str]
    reasons: dict[str, str]


class ProductAudienceAnswer(TypedDict):
    """How many use a product, how long and how often; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: ProductAudience


class ProductBody(TypedDict):
    """What a vendor sells in one or more markets. What is written of it."""

    vendor_id: str
    """Who sells it."""
    names: NotRequired[dict[str, str] | None]
    """Names by language (en, zh, ...)."""
    aliases: NotRequired[list[str] | None]
    """Other names it goes by."""
    external_ids: NotRequired[dict[str, str | list[str]] | None]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    market_ids: list[str]
    """The markets it competes in."""
    launched: NotRequired[str | None]
    """First day on which customers could use it."""
    discontinued: NotRequired[str | None]
    """Day from which it was gone."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    name: NotRequired[str | None]
    """Short for names.en."""
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class ProductCadence(TypedDict):
    """Of one product."""

    on: str
    as_of: str | None
    n_products: int
    n_versions: int
    n_releases: int
    n_gaps: int
    n_undated: int
    n_imprecise: int
    first_release: str | None
    last_release: str | None
    days_since_last: int | None
    years_followed: float
    releases_per_year: float | None
    median_gap_days: float | None
    median_gap_ci_low: float | None
    median_gap_ci_high: float | None
    gap_p25_days: float | None
    gap_p75_days: float | None
    median_gap_date_low: float | None
    median_gap_date_high: float | None
    kendall_tau: float | None
    p_value_permutation: float | None
    direction: str | None
    years: list[YearOfReleases]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]
    product: str


class ProductCadenceAnswer(TypedDict):
    """How often a product comes out anew; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: ProductCadence


class ProductContribution(TypedDict):
    """Score minus the score without this product (vendor under unit=vendor)."""

    product: str
    product_name: str
    contribution: float | None


class ProductCoverage(TypedDict):
    """Of one product: its cells by state; `is_audited`: somebody went through it."""

    product_id: str
    product_name: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int
    is_audited: bool
    last_surveyed: str | None


class ProductGapsAnswer(TypedDict):
    """What rivals have and a product lacks, and since when; `result` has the fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: GapAnalysis


class ProductHomogenization(TypedDict):
    """Likeness to the products of other vendors in one market."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    similarity_to_rivals: float | None
    distinctiveness: float | None
    total_similarity: float | None
    nearest: list[Neighbour] | None
    unique_features: list[str] | None
    unique_feature_names: list[str] | None
    missing_table_stakes: list[str] | None
    missing_table_stake_names: list[str] | None
    table_stakes_coverage: float | None
    mean_ubiquity: float | None
    contribution: float | None
    fluidity: float | None
    n_features: int | None
    n_vendors: int
    n_products: int
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class ProductHomogenizationAnswer(TypedDict):
    """How interchangeable a product is in a market; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: ProductHomogenization


class ProductList(TypedDict):
    """A page of products."""

    object: Literal["list"]
    data: list[Product]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class ProductPatch(TypedDict, total=False):
    """What a vendor sells in one or more markets. What is written of it."""

    vendor_id: str
    """Who sells it."""
    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    market_ids: list[str]
    """The markets it competes in."""
    launched: str | None
    """First day on which customers could use it."""
    discontinued: str | None
    """Day from which it was gone."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class Rate(TypedDict):
    """A price by component."""

    component: str
    amount: str | float
    currency: str
    per: str


class RateShown(TypedDict):
    """A price by component; the amount is a decimal string."""

    component: str
    amount: str
    currency: str
    per: str


class Ready(TypedDict):
    """The database answers too."""

    status: Literal["ready"]
    revision: int
    checks: Checks


class RecordVersion(TypedDict):
    """What a revision did to the record; `diff` is against the version before, `into` names the
    record that it was merged into.
    """

    revision: int
    recorded_at: str
    operation: Literal["created", "merged", "retired", "updated"] | str
    actor: str | None
    comment: str | None
    diff: list[PatchOperation]
    source_ids: list[str]
    record: dict[str, Any] | None
    into: NotRequired[str]


class Related(TypedDict):
    """A list that answers a question about facts: who has a feature, who earns by a model."""

    title: str
    href: str


class ReleaseList(TypedDict):
    """Releases, the newest first."""

    object: Literal["list"]
    data: list[ReleaseShown]
    page: PageShown | None


class ReleaseShown(TypedDict):
    """A frozen edition. `as_of` with its name reads it at every address."""

    object: Literal["release"]
    name: str
    href: str
    revision: int
    released_at: str
    comment: str
    actor: str
    files: list[FileShown]
    citation: dict[str, str]
    bibtex: str


class Resolution(TypedDict):
    """One line of the list. match: it is the first candidate; ambiguous: somebody must look."""

    object: Literal["resolution"]
    name: str
    verdict: Literal["ambiguous", "match", "none"] | str
    candidates: list[CandidateShown]


class ResolutionList(TypedDict):
    """One resolution for each item, in the order asked."""

    object: Literal["list"]
    data: list[Resolution]
    meta: ResolveMeta


class ResolveItem(TypedDict):
    """A name; address (its vendor's homepage), type and country narrow it down."""

    name: str
    url: NotRequired[str | None]
    type: NotRequired[Literal["business_model", "feature", "group", "market", "product", "source",
        "vendor"] | None]
    country: NotRequired[str | None]


class ResolveMeta(TypedDict):
    """At which revision, in which language, and how many of each verdict."""

    revision: int
    as_of: str | None
    lang: str
    counts: dict[str, int]


class ResolveRequest(TypedDict):
    """The list."""

    items: list[ResolveItem]


class Retired(TypedDict):
    """What was retired; `reason` is the comment of the write."""

    object: Literal["retired"]
    kind: str
    id: str
    revision: int
    reason: str
    replaced_by: str | None


class RevertCounts(TypedDict):
    """Records that it had made, and those that it had changed or retired."""

    retired: int
    restored: int


class RevisionList(TypedDict):
    """Revisions, the newest first."""

    object: Literal["list"]
    data: list[RevisionShown]
    page: PageShown | None
    meta: dict[str, int]


class RevisionMeta(TypedDict):
    """At which revision, in which language."""

    revision: int
    lang: str


class RevisionReverted(TypedDict):
    """What taking a revision back did, or would do: how many records it retired, and restored."""

    object: Literal["revision_revert"]
    reverted: int
    dry_run: bool
    counts: RevertCounts
    revision: int | None
    would_be_revision: int | None


class RevisionShown(TypedDict):
    """One write: when, by whom, why, and what it touched. `as_of` reads the base as it then was."""

    object: Literal["revision"]
    id: int
    href: str
    recorded_at: str
    actor: str | None
    comment: str | None
    touched: list[TouchedShown]
    as_of: str
    links: dict[str, str]


class Rival(TypedDict):
    """One rival; all days are counted from the origin. `confirmed`, of a pending one: it is known
    to lack the feature on the day.
    """

    unit: str
    unit_name: str
    status: str
    entry_days: int
    copy_days: int | None
    copy_days_low: int | None
    copy_days_high: int | None
    exit_days: int | None
    earlier_stage_days: int | None
    confirmed: NotRequired[bool]


class RivalForecast(TypedDict):
    """One pending rival."""

    vendor: str
    vendor_name: str
    age_days: int
    horizons: dict[str, Chance]


class RowTold(TypedDict):
    """What became of one row; a failed one has `errors` instead of kind and id; their pointers
    point into the record of the import format.
    """

    line: int
    outcome: Literal["created", "failed", "unchanged", "updated"] | str
    kind: NotRequired[str]
    id: NotRequired[str]
    errors: NotRequired[list[Fault]]


class SampleEstimate(TypedDict):
    """How many of the cells that were unknown when the sample was drawn are present. `n_unknown` of
    them there were, `n_drawn` were drawn, `n_settled` of these are known by now; `present_share` is
    of the settled, with its 95 % interval by Wilson.
    """

    n_unknown: int
    n_drawn: int
    n_settled: int
    n_present: int
    present_share: float | None
    ci_low: float | None
    ci_high: float | None
    quality: Literal["fair", "good", "insufficient", "thin"] | str
    reasons: dict[str, str]


class Schema(TypedDict):
    """All collections. A question goes at most `hops_max` records far."""

    object: Literal["schema"]
    hops_max: int
    collections: list[CollectionShown]


class ScoreChange(TypedDict):
    """The score against `from_date`; within + entry + exit = change."""

    from_date: str
    from_score: float | None
    change: float | None
    within: float | None
    entry: float | None
    exit: float | None


class ScoreReadings(TypedDict):
    """The score if every cell of which nobody knows were absent."""

    unknown_absent: float | None


class SearchMeta(TypedDict):
    """At which revision, in which language."""

    revision: int
    as_of: str | None
    on: str | None
    lang: str


class ServiceVersion(TypedDict):
    """What runs here."""

    name: str
    version: str
    api_version: str
    revision: int
    python: str
    postgres: str


class SettleBody(TypedDict, total=False):
    """Why the fact is no longer disputed."""

    comment: str
    """Why; kept with the revision."""


class ShareCopied(TypedDict):
    """Share of the rivals that copied within h days if none left, with its limits."""

    value: float | None
    ci_low: float | None
    ci_high: float | None


class SideBySideAnswer(TypedDict):
    """The markets by layer, within one by score, the most alike first, those without one last."""

    object: str
    on: str
    as_of: str | None
    finding: str
    n_markets: int
    n_scored: int
    subjects: list[ComparedSubject]
    markets: list[MarketLikeness]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta


class SimilarProduct(TypedDict):
    """A neighbour; `only_this` has the asked product alone, `only_that` the neighbour alone."""

    product: str
    product_name: str
    vendor: str
    vendor_name: str
    is_sibling: bool
    jaccard: float
    sorensen: float
    overlap_p_value: float
    shared: list[str]
    shared_names: list[str]
    only_this: list[str]
    only_thi_names: list[str]
    only_that: list[str]
    only_that_names: list[str]


class SimilarProducts(TypedDict):
    """Neighbours by Jaccard similarity, descending, then id; siblings are of the same vendor."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    neighbours: list[SimilarProduct]
    n_products: int
    n_features: int
    warnings: list[str]
    reasons: dict[str, str]


class SimilarProductsAnswer(TypedDict):
    """The products most like a product; `result` has the fields of the method."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: SimilarProducts


class Source(TypedDict):
    """A page or document that facts stand on."""

    object: Literal["source"]
    id: str
    href: str
    url: str
    """Where it is, or a URN."""
    title: str | None
    """Its title."""
    publisher: str | None
    """Who published it."""
    published: str | None
    """When it was published."""
    archive_url: str | None
    """An archived copy."""
    last_checked: str | None
    """When somebody last saw that it says what it is cited for."""
    note: str | None
    """A remark in our own words."""
    null_reasons: NullReasons
    revision: int
    recorded_at: str
    updated_at: str


class SourceBody(TypedDict):
    """A page or document that facts stand on. What is written of it."""

    url: str
    """Where it is, or a URN."""
    title: NotRequired[str | None]
    """Its title."""
    publisher: NotRequired[str | None]
    """Who published it."""
    published: NotRequired[str | None]
    """When it was published."""
    archive_url: NotRequired[str | None]
    """An archived copy."""
    last_checked: NotRequired[str | None]
    """When somebody last saw that it says what it is cited for."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    null_reasons: NotRequired[NullReasons | None]
    comment: NotRequired[str]
    """Why; kept with the revision."""


class SourceList(TypedDict):
    """A page of sources."""

    object: Literal["list"]
    data: list[Source]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class SourcePatch(TypedDict, total=False):
    """A page or document that facts stand on. What is written of it."""

    url: str
    """Where it is, or a URN."""
    title: str | None
    """Its title."""
    publisher: str | None
    """Who published it."""
    published: str | None
    """When it was published."""
    archive_url: str | None
    """An archived copy."""
    last_checked: str | None
    """When somebody last saw that it says what it is cited for."""
    note: str | None
    """A remark in our own words."""
    null_reasons: NullReasons | None
    comment: str
    """Why; kept with the revision."""


class Span(TypedDict):
    """Days, as an interval where dates are partial; `max` null where the start is open."""

    min: int
    max: int | None


class StatusCounts(TypedDict):
    """Items of a market by status, extinct ones included."""

    table_stakes: int
    contested: int
    differentiator: int
    extinct: int


class Step(TypedDict):
    """One day on which somebody copied; of many draws, one on which the mean curve falls to or
    below a further hundredth, without counts.
    """

    days: int
    at_risk: NotRequired[int]
    copied: NotRequired[int]
    survival: float
    ci_low: float | None
    ci_high: float | None


class Subject(TypedDict):
    """The record that the analysis is about."""

    object: str
    id: str
    name: str
    href: str


class Suggestion(TypedDict):
    """A record that may be meant; `hint` tells it from others of the same name."""

    object: Literal["suggestion"]
    type: Literal["business_model", "feature", "group", "market", "product", "source",
        "vendor"] | str
    id: str
    name: str
    hint: str
    matched_on: str
    href: str


class SuggestionList(TypedDict):
    """Records that may be meant, the likeliest first."""

    object: Literal["list"]
    data: list[Suggestion]
    meta: SearchMeta


class Survey(TypedDict):
    """On that day somebody went through what the product publicly offers: of the named features,
    those without an adoption by then were absent.
    """

    object: Literal["survey"]
    id: str
    href: str
    product_id: str
    """The product."""
    market_id: str
    """The market whose features were looked for."""
    feature_ids: list[str] | None
    """The features looked for; null: all."""
    date: str
    """The day of the look."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class SurveyBody(TypedDict):
    """On that day somebody went through what the product publicly offers: of the named features,
    those without an adoption by then were absent. What is written of it.
    """

    product_id: str
    """The product."""
    market_id: str
    """The market whose features were looked for."""
    feature_ids: NotRequired[list[str] | None]
    """The features looked for; null: all."""
    date: str
    """The day of the look."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class SurveyList(TypedDict):
    """A page of surveys."""

    object: Literal["list"]
    data: list[Survey]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class SurveyMade(TypedDict):
    """What the base holds now by the survey; `id` and `href` are those of its record."""

    object: Literal["survey_made"]
    id: str
    href: str
    market_id: str
    product_id: str
    date: str
    present: list[FoundFeature]
    absent: list[str]


class SurveyPatch(TypedDict, total=False):
    """On that day somebody went through what the product publicly offers: of the named features,
    those without an adoption by then were absent. What is written of it.
    """

    product_id: str
    """The product."""
    market_id: str
    """The market whose features were looked for."""
    feature_ids: list[str] | None
    """The features looked for; null: all."""
    date: str
    """The day of the look."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class TimelineEvent(TypedDict):
    """All dated facts in date order."""

    object: Literal["event"]
    id: str
    href: str
    kind: Literal["adoption", "business_model", "feature", "group", "investment", "market",
        "monetization", "offering", "product", "source", "survey", "usage", "vendor",
        "version"] | str
    """The kind of record."""
    record_id: str
    """The record behind it."""
    event: Literal["adoption.date", "adoption.until", "investment.date", "monetization.since",
        "monetization.until", "offering.date", "product.discontinued", "product.launched",
        "survey.date", "usage.period", "vendor.founded", "version.date"] | str
    """Kind and date field."""
    date: str
    """When."""
    product_id: str | None
    """The product it is about."""
    vendor_id: str | None
    """The vendor it is about."""
    feature_id: str | None
    """The feature it is about."""
    market_ids: list[str] | None
    """The markets it is about: its own, else its product's."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: dict[str, NullReason]
    revision: int
    recorded_at: str
    updated_at: str


class TimelineEventList(TypedDict):
    """A page of timeline."""

    object: Literal["list"]
    data: list[TimelineEvent]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class Total(TypedDict):
    """How many records meet the filter; `gte` beyond 10,000."""

    value: int
    relation: Literal["eq", "estimate", "gte"] | str


class TouchedShown(TypedDict):
    """How many records of a collection it created, updated and retired; `href` shows which."""

    collection: str
    created_count: int
    updated_count: int
    retired_count: int
    href: str


class TypeBucket(TypedDict):
    """How many hits are of this sort."""

    key: str
    label: str
    count: int


class TypeFacet(TypedDict):
    """Hits by sort, the most frequent first."""

    buckets: list[TypeBucket]
    total_buckets: int


class Unique(TypedDict):
    """A feature that no other vendor of the market has."""

    feature: str
    feature_name: str
    since: str


class UnknownCell(TypedDict):
    """By how much the bounds of the score draw together when the cell is settled: in the mean, if
    it proves present, and if absent; null where it is settled already or there is no score.
    """

    product_id: str
    product_name: str
    feature_id: str
    feature_name: str
    state: Literal["absent", "present", "unknown"] | str
    narrowing: float | None
    narrowing_if_present: float | None
    narrowing_if_absent: float | None


class UnknownCells(TypedDict):
    """Unknown cells, those first whose settling brings most; a sample in the order of drawing."""

    object: Literal["list"]
    market_id: str
    market_name: str
    on: str
    n_products: int
    n_features: int
    n_unknown: int
    known_share: float | None
    score_lowest: float | None
    score_highest: float | None
    reasons: dict[str, str]
    method: Method
    sample: CellSample | None
    data: list[UnknownCell]
    page: PageShown | None
    meta: RevisionMeta


class UnknownModel(TypedDict):
    """What the draws of unknown cells rest on; recall is Beta(recall_a, recall_b)."""

    n_audited: int
    n_known_absent: int
    n_history: int
    recall_a: float
    recall_b: float
    check: ModelCheck | None


class Usage(TypedDict):
    """How much a product was used in a period."""

    object: Literal["usage"]
    id: str
    href: str
    product_id: str
    """The product."""
    metric: str
    """The measure."""
    value: float
    """How much."""
    unit: Literal["days", "downloads", "messages", "minutes", "people", "percent", "sessions",
        "visits"] | str | None
    """What the metric counts."""
    period: str | None
    """The period it speaks of."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class UsageBody(TypedDict):
    """How much a product was used in a period. What is written of it."""

    product_id: str
    """The product."""
    metric: str
    """The measure."""
    value: int | float
    """How much."""
    period: NotRequired[str | None]
    """The period it speaks of."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class UsageFigure(TypedDict):
    """A figure as published; `is_contradicted`: another of its metric and period says otherwise,
    and nobody has decided.
    """

    metric: str
    measured_in: NotRequired[str]
    period: str
    value: int | float
    is_contradicted: bool
    record_id: str


class UsageList(TypedDict):
    """A page of usage."""

    object: Literal["list"]
    data: list[Usage]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class UsagePatch(TypedDict, total=False):
    """How much a product was used in a period. What is written of it."""

    product_id: str
    """The product."""
    metric: str
    """The measure."""
    value: int | float
    """How much."""
    period: str | None
    """The period it speaks of."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class UsageSeries(TypedDict):
    """The figures of one metric: its first and last period and how many times as much that is; null
    where figures of that period contradict each other.
    """

    metric: str
    measured_in: NotRequired[str]
    n_figures: int
    n_contradicted: int
    first_period: str
    first_value: int | float | None
    last_period: str
    last_value: int | float | None
    growth: float | None


class Vendor(TypedDict):
    """A company that sells AI products."""

    object: Literal["vendor"]
    id: str
    href: str
    name: str
    name_lang: str | None
    names: dict[str, str]
    aliases: list[str]
    """Other names it goes by."""
    external_ids: dict[str, list[str]]
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    country: str | None
    """Seat, ISO 3166-1 alpha-2."""
    type: Literal["big_tech", "device_maker", "lab", "startup"] | str | None
    """What sort of company."""
    founded: str | None
    """When it was founded."""
    homepage: str | None
    """Its own site."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class VendorBody(TypedDict, total=False):
    """A company that sells AI products. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    country: str | None
    """Seat, ISO 3166-1 alpha-2."""
    type: Literal["big_tech", "startup", "device_maker", "lab"] | None
    """What sort of company."""
    founded: str | None
    """When it was founded."""
    homepage: str | None
    """Its own site."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class VendorCadence(TypedDict):
    """A vendor's products in the market."""

    vendor: str
    vendor_name: str
    n_products: int
    n_versions: int
    n_releases: int
    releases_per_year: float | None
    median_gap_days: float | None


class VendorCapital(TypedDict):
    """By line, and every figure as an entry, by line and date."""

    vendor: str
    on: str
    as_of: str | None
    n_figures: int
    n_lines: int
    n_contradicted: int
    n_disputed: int
    n_undated: int
    first_date: str | None
    last_date: str | None
    lines: list[CapitalLine]
    entries: list[CapitalFigure]
    warnings: list[str]
    reasons: dict[str, str]


class VendorCapitalAnswer(TypedDict):
    """What money and machines went, or are to go, into a vendor; `result` has the fields of the
    method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: VendorCapital


class VendorCopying(TypedDict):
    """The vendor's row of the league, and its place in it."""

    market: str
    vendor: str
    on: str
    as_of: str | None
    stage_min: str
    rank: int | None
    n_vendors: int
    n_features: int
    n_contested_features: int
    row: LeagueRow | None
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class VendorHomogenizationAnswer(TypedDict):
    """How alike a vendor's own products are, and how like its rivals'; `result` has the fields of
    the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: VendorPortfolio


class VendorLeague(TypedDict):
    """All vendors by innovator share, then follower speed."""

    market: str | None
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_contested_features: int
    innovator_hhi: float | None
    vendors: list[LeagueRow]
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class VendorList(TypedDict):
    """A page of vendors."""

    object: Literal["list"]
    data: list[Vendor]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class VendorPatch(TypedDict, total=False):
    """A company that sells AI products. What is written of it."""

    names: dict[str, str] | None
    """Names by language (en, zh, ...)."""
    aliases: list[str] | None
    """Other names it goes by."""
    external_ids: dict[str, str | list[str]] | None
    """Ids that others give to it, by scheme (wikidata, lei, ...)."""
    country: str | None
    """Seat, ISO 3166-1 alpha-2."""
    type: Literal["big_tech", "startup", "device_maker", "lab"] | None
    """What sort of company."""
    founded: str | None
    """When it was founded."""
    homepage: str | None
    """Its own site."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    name: str | None
    """Short for names.en."""
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    comment: str
    """Why; kept with the revision."""


class VendorPortfolio(TypedDict):
    """A census of the vendor's live profiled products in all markets."""

    vendor: str
    on: str
    as_of: str | None
    stage_min: str
    internal_similarity: float | None
    effective_products: float | None
    similarity_to_rivals: float | None
    markets: list[MarketPresence]
    market_hhi: float | None
    n_products: int
    n_features: int
    quality: str
    warnings: list[str]
    reasons: dict[str, str]


class VendorTimeToCopyAnswer(TypedDict):
    """How often a vendor is first, and how fast it follows; `result` has the fields of the method.
    """

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: str
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta
    result: VendorCopying


class Version(TypedDict):
    """A version of a product came out."""

    object: Literal["version"]
    id: str
    href: str
    product_id: str
    """The product."""
    name: str
    """As its vendor calls it."""
    date: str | None
    """First day on which customers could use it."""
    source_ids: list[str]
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | str
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "low", "medium"] | str | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["other", "preferred"] | str | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons
    field_sources: FieldSources
    revision: int
    recorded_at: str
    updated_at: str


class VersionBody(TypedDict):
    """A version of a product came out. What is written of it."""

    product_id: str
    """The product."""
    name: str
    """As its vendor calls it."""
    date: NotRequired[str | None]
    """First day on which customers could use it."""
    source_ids: NotRequired[list[str] | None]
    """What the record stands on."""
    note: NotRequired[str | None]
    """A remark in our own words."""
    evidence: NotRequired[Literal["sourced", "unsourced", "unstated"] | None]
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: NotRequired[Literal["high", "medium", "low"] | None]
    """How sure a curator is of it; no figure weighs it."""
    dispute: NotRequired[Literal["preferred", "other"] | None]
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NotRequired[NullReasons | None]
    field_sources: NotRequired[FieldSources | None]
    sources: NotRequired[list[str] | None]
    """Addresses of sources; those not known yet are added."""
    status: NotRequired[Literal["unsourced"] | None]
    """unsourced: believed true, no source found."""
    comment: NotRequired[str]
    """Why; kept with the revision."""


class VersionList(TypedDict):
    """A page of versions."""

    object: Literal["list"]
    data: list[Version]
    page: PageShown
    total: Total | None
    facets: dict[str, FacetShown]
    meta: ListMeta


class VersionPatch(TypedDict, total=False):
    """A version of a product came out. What is written of it."""

    product_id: str
    """The product."""
    name: str
    """As its vendor calls it."""
    date: str | None
    """First day on which customers could use it."""
    source_ids: list[str] | None
    """What the record stands on."""
    note: str | None
    """A remark in our own words."""
    evidence: Literal["sourced", "unsourced", "unstated"] | None
    """Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an
    entity with neither).
    """
    confidence: Literal["high", "medium", "low"] | None
    """How sure a curator is of it; no figure weighs it."""
    dispute: Literal["preferred", "other"] | None
    """Of facts that contradict each other: preferred (used), other (kept, in no figure)."""
    null_reasons: NullReasons | None
    field_sources: FieldSources | None
    sources: list[str] | None
    """Addresses of sources; those not known yet are added."""
    status: Literal["unsourced"] | None
    """unsourced: believed true, no source found."""
    comment: str
    """Why; kept with the revision."""


class Watch(TypedDict):
    """A figure of an analysis, and by how much it must move to be told."""

    metric: str
    field: str
    threshold: float


class WebhookList(TypedDict):
    """Webhooks, the oldest first."""

    object: Literal["list"]
    data: list[WebhookShown]
    page: PageShown | None


class WebhookPatch(TypedDict, total=False):
    """A merge patch (RFC 7396) of a subscription; arrays replace whole."""

    url: str
    types: list[str]
    filter: Filter
    metric: Watch | None
    status: Literal["active", "paused"]


class WebhookShown(TypedDict):
    """A subscription; `next_cursor` is the place in `/v1/changes` to which it has followed."""

    object: Literal["webhook"]
    id: str
    href: str
    owner_id: str | None
    url: str
    types: list[str]
    filter: Filter
    metric: Watch | None
    status: Literal["active", "off", "paused"] | str
    status_reason: str | None
    failure_count: int
    next_cursor: str
    created_at: str
    updated_at: str


class WebhookWithSecret(TypedDict):
    """With the secret that signs its messages; it is shown this once; null where the request was
    sent again.
    """

    object: Literal["webhook"]
    id: str
    href: str
    owner_id: str | None
    url: str
    types: list[str]
    filter: Filter
    metric: Watch | None
    status: Literal["active", "off", "paused"] | str
    status_reason: str | None
    failure_count: int
    next_cursor: str
    created_at: str
    updated_at: str
    secret: str | None
    old_secret_until: str | None


class YearOfReleases(TypedDict):
    """What came out in a calendar year; gaps count in the year in which they end."""

    year: int
    n_versions: int
    n_releases: int
    n_gaps: int
    median_gap_days: float | None


Code: TypeAlias = Literal["already_decided", "already_disputed", "already_exists",
    "already_reverted", "busy", "comment_required", "conflict_natural_key", "cursor_invalid",
    "cursor_mismatch", "database_damaged", "database_full", "database_read_only",
    "database_timeout", "database_unavailable", "empty_value", "external_id_taken",
    "filter_too_complex", "forbidden", "gone", "idempotency_in_progress", "idempotency_key_reused",
    "import_row_failed", "incompatible_parameters", "incomplete_body", "internal_error",
    "invalid_csv", "invalid_date", "invalid_filter", "invalid_framing", "invalid_host",
    "invalid_json", "invalid_record", "invalid_token", "invalid_value", "key_not_active", "locked",
    "merge_into_itself", "method_not_allowed", "missing_parameter", "mixed_units", "moved",
    "not_acceptable", "not_disputed", "not_found", "not_implemented", "nothing_to_revert",
    "origin_refused", "outcome_unknown", "payload_too_large", "precondition_failed",
    "precondition_required", "quota_exceeded", "range_not_satisfiable", "reference_in_use",
    "release_exists", "request_timeout", "revert_conflict", "revision_unknown", "source_required",
    "too_costly", "too_many_affected", "too_many_bodies", "too_many_rows", "unauthenticated",
    "unknown_field", "unknown_metric", "unknown_operator", "unknown_parameter", "unknown_reference",
    "unknown_value", "unsupported_media_type", "uri_too_long", "validation_failed",
    "webhook_not_active", "webhook_target_refused"] | str
"""Every error code: its word on the wire, its HTTP status, after how many seconds to try again (0:
no Retry-After), and the challenge of WWW-Authenticate (RFC 6750, 3). Words are never reused. A new
code is a member here and `errors.<code>` in each file of texts.
"""


FieldSources: TypeAlias = dict[str, list[str]]
"""By field the sources that carry it, of those in `source_ids`."""


NullReason: TypeAlias = Literal["none", "not_applicable", "not_public", "unknown"] | str
"""Nobody has found out; it has none; nobody outside may know; the question does not arise."""


NullReasons: TypeAlias = dict[str, NullReason]
"""Why fields are null."""

