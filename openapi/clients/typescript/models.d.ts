// Made by `parity clients` from the OpenAPI document; not to be edited.

/** One of these words, or one that came later. */
type Open<T> = T | (string & {});

/** A path, with a name in braces for each part that varies. */
export interface Address {
  path: string;
  operations: AddressOperation[];
}

/** Addresses of one kind. */
export interface AddressGroup {
  description: string;
  addresses: Address[];
}

/** What may be done there; `schema` is its place in the OpenAPI document, null for a page. */
export interface AddressOperation {
  method: string;
  operation_id: string;
  summary: string;
  schema: string | null;
}

/** A product has a feature from a day on. */
export interface Adoption {
  object: "adoption";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** The feature. */
  feature_id: string;
  /** announced, preview (limited), or ga (generally available). */
  stage: Open<"announced" | "ga" | "preview">;
  /** Since when. */
  date: string | null;
  /** Day from which the product no longer had it. */
  until: string | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A product has a feature from a day on. What is written of it. */
export interface AdoptionBody {
  /** The product. */
  product_id: string;
  /** The feature. */
  feature_id: string;
  /** announced, preview (limited), or ga (generally available). */
  stage: "announced" | "preview" | "ga";
  /** Since when. */
  date?: string | null;
  /** Day from which the product no longer had it. */
  until?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of adoptions. */
export interface AdoptionList {
  object: "list";
  data: Adoption[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A product has a feature from a day on. What is written of it. */
export interface AdoptionPatch {
  /** The product. */
  product_id?: string;
  /** The feature. */
  feature_id?: string;
  /** announced, preview (limited), or ga (generally available). */
  stage?: "announced" | "preview" | "ga";
  /** Since when. */
  date?: string | null;
  /** Day from which the product no longer had it. */
  until?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Groups: each has its keys and its figures; a null key is the unknown. */
export interface Aggregate {
  object: "aggregate";
  group_by: string[];
  metrics: string[];
  data: (Record<string, string | number | null>)[];
  page: PageShown;
  total_groups: Total;
  meta: AggregateMeta;
}

/** At which revision, by which filter, and what could not be grouped. */
export interface AggregateMeta {
  revision: number;
  as_of: string | null;
  on: string | null;
  lang: string;
  applied: ListApplied;
  date_undecided: Record<string, number>;
  date_unbucketed: Record<string, number>;
  disputed_left_out: number;
  warnings: Notice[];
  resolved: Record<string, string>;
}

/** One band of feature age; the rate is null without rival-days. */
export interface Band {
  from_days: number;
  to_days: number | null;
  copies: number;
  rival_days: number;
  rate_per_day: number | null;
}

/** A way to earn. */
export interface BusinessModel {
  object: "business_model";
  id: string;
  href: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** What it is, in one sentence, in English. */
  definition: string | null;
  /** The same in other languages (zh, ...). */
  definitions: Record<string, string> | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A way to earn. What is written of it. */
export interface BusinessModelBody {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/**
 * Sections 4.1 to 4.5 over monetizations, and the concentration of models over vendors. The fields
 * are those of `market_homogenization`, a business model standing where a feature does.
 */
export interface BusinessModelHomogenization {
  market: string;
  on: string;
  as_of: string | null;
  unit: string;
  n_vendors: number;
  n_products: number;
  n_business_models: number;
  n_eligible_products: number;
  n_unprofiled_products: number;
  n_undated: number;
  median_features_per_product: number | null;
  score: number | null;
  score_ci_low: number | null;
  score_ci_high: number | null;
  se_vendors: number | null;
  se_features: number | null;
  expected_by_chance: number | null;
  chance_adjusted_score: number | null;
  sorensen_mean: number | null;
  overlap_mean: number | null;
  pooled_jaccard: number | null;
  pooled_sorensen: number | null;
  mean_jaccard_all_pairs: number | null;
  effective_products_q0: number | null;
  effective_products_q1: number | null;
  effective_products_q2: number | null;
  beta_sorensen: number | null;
  beta_sorensen_turnover: number | null;
  beta_sorensen_nestedness: number | null;
  beta_jaccard: number | null;
  beta_jaccard_turnover: number | null;
  beta_jaccard_nestedness: number | null;
  hhi: number | null;
  effective_models_q1: number | null;
  effective_models_q2: number | null;
  models: ModelUse[];
  status_counts: StatusCounts | null;
  feature_contributions: FeatureContribution[];
  product_contributions: ProductContribution[];
  interval?: Open<"event" | "month" | "quarter" | "year">;
  series?: MixPoint[];
  band: string | null;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** A page of business-models. */
export interface BusinessModelList {
  object: "list";
  data: BusinessModel[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A way to earn. What is written of it. */
export interface BusinessModelPatch {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A record that the name may mean; confirmed: the url leads to its vendor's homepage. */
export interface CandidateShown {
  type: Open<"business_model" | "feature" | "group" | "market" | "product" | "source" | "vendor">;
  id: string;
  name: string;
  score: number;
  is_confirmed: boolean;
  href: string;
}

/**
 * A figure as published, in the line that holds it; `is_contradicted`: another of its line and date
 * says otherwise, and nobody has decided.
 */
export interface CapitalFigure {
  line: string;
  type: string;
  status: string;
  date: string;
  amount?: number;
  currency?: string;
  quantity?: number;
  measured_in?: string;
  is_contradicted: boolean;
  record_id: string;
}

/**
 * The figures of one type, status, currency and unit; nothing is summed over two of these.
 * `total_amount` is the sum of rounds; spending and machines may contain one another. The last
 * amount and quantity are null where figures of that date contradict each other.
 */
export interface CapitalLine {
  line: string;
  type: string;
  status: string;
  currency?: string;
  measured_in?: string;
  n_figures: number;
  n_without_figure: number;
  n_contradicted: number;
  first_date: string;
  last_date: string;
  last_amount: number | null;
  last_quantity: number | null;
  total_amount: number | null;
}

/**
 * How the sample was drawn and what those of it that were settled since say; `again` asks for the
 * same cells.
 */
export interface CellSample {
  seed: number;
  drawn_at: string;
  drawn_on: string;
  estimate: SampleEstimate;
  again: string;
}

/** Of the market: its cells by state, and what a model of the unknown ones would rest on. */
export interface CellTotals {
  n_present: number;
  n_absent: number;
  n_unknown: number;
  n_audited: number;
  n_known_absent: number;
}

/** The chance of a copy within the horizon if the rival stays. */
export interface Chance {
  p_copy: number | null;
  ci_low: number | null;
  ci_high: number | null;
  extrapolated: boolean;
}

/** Changes in order; `page.next_cursor` is where to go on, also when nothing is there yet. */
export interface ChangeList {
  object: "changes";
  data: ChangeShown[];
  page: PageShown;
  has_more: boolean;
  revision: number;
}

/** One change; the ids that the record points to stand beside it. `into`: of a merge. */
export interface ChangeShown {
  seq: string;
  revision: number;
  type: string;
  id: string;
  href: string;
  recorded_at: string;
  into?: string;
}

/** A record that differs; `record` is the later version, of a removed one the earlier. */
export interface Changed {
  id: string;
  href: string;
  diff: PatchOperation[];
  record: Record<string, unknown>;
}

/** What was looked at: whether the database answers, takes writes, can read its pages. */
export interface Checks {
  database: "ok";
  writes: Open<"ok" | "read_only">;
  pages: Open<"damaged" | "ok">;
}

/**
 * Every error code: its word on the wire, its HTTP status, after how many seconds to try again (0:
 * no Retry-After), and the challenge of WWW-Authenticate (RFC 6750, 3). Words are never reused. A
 * new code is a member here and `errors.<code>` in each file of texts.
 */
export type Code = Open<"already_decided" | "already_disputed" | "already_exists" |
    "already_reverted" | "busy" | "comment_required" | "conflict_natural_key" | "cursor_invalid" |
    "cursor_mismatch" | "database_damaged" | "database_full" | "database_read_only" |
    "database_timeout" | "database_unavailable" | "empty_value" | "external_id_taken" |
    "filter_too_complex" | "forbidden" | "gone" | "idempotency_in_progress" |
    "idempotency_key_reused" | "import_row_failed" | "incompatible_parameters" | "incomplete_body" |
    "internal_error" | "invalid_csv" | "invalid_date" | "invalid_filter" | "invalid_framing" |
    "invalid_host" | "invalid_json" | "invalid_record" | "invalid_token" | "invalid_value" |
    "key_not_active" | "locked" | "merge_into_itself" | "method_not_allowed" | "missing_parameter" |
    "mixed_units" | "moved" | "not_acceptable" | "not_disputed" | "not_found" | "not_implemented" |
    "nothing_to_revert" | "origin_refused" | "outcome_unknown" | "payload_too_large" |
    "precondition_failed" | "precondition_required" | "quota_exceeded" | "range_not_satisfiable" |
    "reference_in_use" | "release_exists" | "request_timeout" | "revert_conflict" |
    "revision_unknown" | "source_required" | "too_costly" | "too_many_affected" | "too_many_bodies"
    | "too_many_rows" | "unauthenticated" | "unknown_field" | "unknown_metric" | "unknown_operator"
    | "unknown_parameter" | "unknown_reference" | "unknown_value" | "unsupported_media_type" |
    "uri_too_long" | "validation_failed" | "webhook_not_active" | "webhook_target_refused">;

/** Features born in one year. */
export interface Cohort {
  year: number;
  n_features: number;
  n_rows: number;
  n_copies: number;
  median_days: number | null;
}

/** Of one collection. */
export interface CollectionCoverage {
  collection: string;
  count: number;
  sourced_share: number | null;
  fields: FieldCoverage[];
}

/** A collection and where its list stands. */
export interface CollectionLink {
  name: string;
  description: string;
  href: string;
}

/**
 * A collection and everything that can be asked of it: its fields, those of the records that it
 * points to, and by `hops` those of every record that it is linked with.
 */
export interface CollectionShown {
  name: string;
  kind: string;
  description: string;
  href: string;
  is_entity: boolean;
  natural_key: string[];
  default_sort: string[];
  fields: FieldShown[];
  hops: HopShown[];
  include: string[];
  metrics: string[];
}

/** Two of the compared products in one market: section 7. */
export interface ComparedPair {
  result: PairSimilarity;
}

/** An attribute of the record, or a feature; a cell for each subject, in their order. */
export interface ComparedRow {
  attribute: string;
  label: string;
  cells: (Record<string, unknown>)[];
}

/** One of the compared. */
export interface ComparedSubject {
  id: string;
  name: string;
  href: string;
}

/** Attributes and features against subjects; with a market each pair of products in it. */
export interface ComparisonAnswer {
  object: string;
  market_id: string | null;
  market_name: string | null;
  on: string;
  as_of: string | null;
  subjects: ComparedSubject[];
  rows: ComparedRow[];
  pairs: ComparedPair[];
  summary: ComparisonSummary;
  coverage: ComparisonCoverage;
  reasons: Record<string, string>;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Record<string, unknown>;
}

/** How many of the cells are known. */
export interface ComparisonCoverage {
  features: number;
  cells_known_share: number | null;
}

/** Over the features that at least one subject has. */
export interface ComparisonSummary {
  shared_features: number;
  differing: number;
  mean_jaccard: number | null;
}

/**
 * The features of one category; null: those of none. `median_time_to_copy_days` and
 * `share_copied_within_year` are of all rows of the class taken together, the latter if no rival
 * leaves; `first_copy_*` are over its features.
 */
export interface CopyClass {
  category: string | null;
  category_name: string | null;
  n_features: number;
  n_rows: number;
  n_copies: number;
  median_time_to_copy_days: number | null;
  share_copied_within_year: number | null;
  first_copy_median_days: number | null;
  first_copy_ci_low: number | null;
  first_copy_ci_high: number | null;
  uncopied_share: number | null;
  uncopied_features: string[];
  uncopied_feature_names: string[];
}

/** By category, those without one last. */
export interface CopyClasses {
  by: "feature.category";
  n_features: number;
  n_uncopied: number;
  classes: CopyClass[];
  reasons: Record<string, string>;
}

/**
 * `follower` took up features of `leader`; each counts 1/|G| in `weight`, G its first movers. Lags
 * are in days from the feature's origin.
 */
export interface CopyEdge {
  leader: string;
  leader_name: string;
  follower: string;
  follower_name: string;
  n_features: number;
  weight: number;
  median_lag_days: number;
  features: string[];
  feature_names: string[];
}

/** Pending rivals of a feature by vendor id, each with its chances. */
export interface CopyForecast {
  market: string | null;
  feature: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  n_features: number;
  n_copies: number;
  frailty_shape: number | null;
  forecasts: RivalForecast[];
  n_pending_confirmed: number;
  n_pending_unconfirmed: number;
  pending: Pending[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/**
 * Edges by weight, descending, then leader and follower; vendors without a part are left out.
 * Before `min_count` and `max_lag_days` the weights sum to the copies, the credits to the features.
 */
export interface CopyGraph {
  market: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  simultaneity_days: number;
  min_count: number;
  max_lag_days: number | null;
  n_features: number;
  n_copies: number;
  nodes: CopyNode[];
  edges: CopyEdge[];
  warnings: string[];
  reasons: Record<string, string>;
}

/** A vendor: credit for being first (split among first movers), copies made, copies of it. */
export interface CopyNode {
  vendor: string;
  vendor_name: string;
  first_credits: number;
  n_copied: number;
  copied_weight: number;
}

/**
 * All such cells absent, and their observation ended where knowledge ends: they bracket the answer
 * if undocumented copies are no more frequent and no faster than documented ones.
 */
export interface CopyReadings {
  all_absent: MedianReading;
  as_known: MedianReading;
}

/** Section 11, field by field. */
export interface CopyTrend {
  market: string | null;
  markets?: string[];
  market_names?: string[];
  on: string;
  as_of: string | null;
  stage_min: string;
  simultaneity_days: number;
  n_features: number;
  n_features_before_coverage: number;
  n_rows: number;
  n_copies: number;
  log_hr_per_year: number | null;
  hazard_ratio_per_year: number | null;
  hr_ci_low: number | null;
  hr_ci_high: number | null;
  se_model: number | null;
  se_robust: number | null;
  p_value: number | null;
  direction: string | null;
  logrank_chi2: number | null;
  logrank_p_value: number | null;
  split_date: string | null;
  p_value_permutation: number | null;
  n_features_fixed_window: number;
  recorded_before_first_copy_share: number | null;
  cohorts: Cohort[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** Corrections, the newest first. */
export interface CorrectionList {
  object: "list";
  data: CorrectionShown[];
  page: PageShown | null;
}

/**
 * What somebody says is wrong with a record, or that one is missing, and what came of it.
 * `record_id` is null of a proposed record that was not accepted. `has_proposed` tells a proposal
 * to empty the field from none. `contact` is null for everyone but curators.
 */
export interface CorrectionShown {
  object: "correction";
  id: string;
  href: string;
  status: Open<"accepted" | "duplicate" | "open" | "rejected">;
  collection: string;
  record_id: string | null;
  field: string | null;
  has_proposed: boolean;
  proposed: unknown;
  statement: string;
  source_url: string | null;
  contact: string | null;
  received_at: string;
  decision: DecisionShown | null;
  links: Record<string, string>;
}

/**
 * How much of a market is known on a day; shares are null where nothing is recorded. `known_share`
 * is over profiled products x alive features (or business models); the other shares are over the
 * counting adoptions (or monetizations) of the market's products that are seen by that day (of the
 * dated ones for `day_precision_share`).
 */
export interface Coverage {
  known_share: number | null;
  n_surveyed_products: number;
  n_products: number;
  n_features: number;
  dated_share: number | null;
  day_precision_share: number | null;
  sourced_share: number | null;
  reasons: Record<string, string>;
}

/**
 * Shares are null where there is nothing. Of one market there are `totals` of its cells, `products`
 * and `features`, the least known first, in place of `collections`.
 */
export interface CoverageAnswer {
  object: "coverage";
  on: string;
  collections: CollectionCoverage[];
  markets: MarketCoverage[];
  totals: CellTotals | null;
  products: ProductCoverage[];
  features: FeatureCoverage[];
  meta: RevisionMeta;
}

/** Over the draws with a defined curve; null: not reached there. */
export interface DateSensitivity {
  n_draws: number;
  share_reached: number | null;
  median_low: number | null;
  median_high: number | null;
  ci_low: number | null;
  ci_high: number | null;
}

/** What became of it; `revision` is the one that holds what was accepted. */
export interface DecisionShown {
  decision: Open<"accepted" | "duplicate" | "rejected">;
  reason: string;
  decided_at: string;
  decided_by: string;
  revision: number | null;
}

/** Deliveries of one webhook, the newest first. */
export interface DeliveryList {
  object: "list";
  data: DeliveryShown[];
  page: PageShown | null;
}

/** One message: `event_id` is its webhook-id; `answer` the first 64 KB of the last answer. */
export interface DeliveryShown {
  object: "webhook_delivery";
  id: string;
  href: string;
  webhook_id: string;
  event_id: string;
  type: string;
  status: Open<"delivered" | "failed" | "pending">;
  attempt_count: number;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  last_status: number | null;
  last_error: string | null;
  body: string;
  answer: string | null;
  created_at: string;
}

/** The two revisions, and the language. */
export interface DiffMeta {
  from_revision: number;
  revision: number;
  lang: string;
}

/** What `to` has and `from` had not, the reverse, and what differs. */
export interface Difference {
  object: "diff";
  collection: string;
  added: Changed[];
  removed: Changed[];
  changed: Changed[];
  page: PageShown | null;
  meta: DiffMeta;
}

/** `with`: the fact that this one contradicts. */
export interface DisputeBody {
  with: string;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Where to go from here. */
export interface Entrance {
  object: "service";
  name: string;
  description: string;
  links: Record<string, string>;
}

/**
 * The facts that the answer stands on, by id; their records name their sources. `disputed_ids`
 * would stand among them, had they not lost a dispute.
 */
export interface Explanation {
  collection: string;
  ids: string[];
  disputed_ids: string[];
}

/** One form of an export. */
export interface ExportFile {
  media_type: string;
  href: string;
}

/** The data set first, then its collections. */
export interface ExportList {
  object: "list";
  data: ExportShown[];
  page: PageShown | null;
}

/** What can be had whole: a collection, or the data set. */
export interface ExportShown {
  object: "export";
  name: string;
  description: string;
  href: string;
  records: number;
  files: ExportFile[];
}

/** One value of a facet; key null is the unknown. */
export interface FacetBucket {
  key: string | null;
  label: string;
  count: number;
}

/** The commonest values of a path; `total_buckets` counts the known ones. */
export interface FacetShown {
  buckets: FacetBucket[];
  total_buckets: number;
}

/** The records that stand on a source. */
export interface Fact {
  object: "fact";
  id: string;
  href: string;
  /** The kind of record. */
  kind: Open<"adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version">;
  /** The record behind it. */
  record_id: string;
  /** What it stands on. */
  source_ids: string[];
  /** The product it is about. */
  product_id: string | null;
  /** The vendor it is about. */
  vendor_id: string | null;
  /** The feature it is about. */
  feature_id: string | null;
  /** The markets it is about: its own, else its product's. */
  market_ids: string[] | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: Record<string, NullReason>;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A page of facts. */
export interface FactList {
  object: "list";
  data: Fact[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/**
 * One thing that is wrong with a request: by which code, where, and what would be right. The place
 * is the query `parameter`; or the `pointer` (RFC 6901) into the body, of a file that into the
 * record that begins on `line`. `detail` is a Sentence until a reader is told it.
 */
export interface Fault {
  code: Code;
  detail: string;
  parameter?: string;
  pointer?: string | null;
  line?: number;
  allowed?: string[];
  did_you_mean?: string[];
}

/** Something a product can do. */
export interface Feature {
  object: "feature";
  id: string;
  href: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** The family it belongs to. */
  category: string | null;
  /** The markets in which it counts; null: all. */
  market_ids: string[] | null;
  /** What it is, in one sentence, in English. */
  definition: string | null;
  /** The same in other languages (zh, ...). */
  definitions: Record<string, string> | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** Something a product can do. What is written of it. */
export interface FeatureBody {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The family it belongs to. */
  category?: string | null;
  /** The markets in which it counts; null: all. */
  market_ids?: string[] | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Score minus the score with this feature deleted; null if the rest has no score. */
export interface FeatureContribution {
  feature: string;
  feature_name: string;
  contribution: number | null;
  penetration: number;
  status: string;
}

/** Of one feature: its cells by state. */
export interface FeatureCoverage {
  feature_id: string;
  feature_name: string;
  known_share: number;
  n_present: number;
  n_absent: number;
  n_unknown: number;
}

/**
 * Which rivals will have copied a feature within a year, and how sure that is; `result` has the
 * fields of the method.
 */
export interface FeatureForecastAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: CopyForecast;
  backtest: ForecastBacktest;
}

/** Shares of vendors unless the name says products; the bounds are worst cases. */
export interface FeatureHomogenization {
  market: string;
  feature: string;
  on: string;
  as_of: string | null;
  unit: string;
  stage_min: string;
  status: string | null;
  penetration: number | null;
  penetration_low: number | null;
  penetration_high: number | null;
  pair_share: number | null;
  product_penetration: number | null;
  contribution: number | null;
  mean_adopter_breadth: number | null;
  first_seen: string | null;
  extinct_since: string | null;
  n_vendors: number;
  n_vendors_with: number;
  n_products: number;
  n_products_with: number;
  n_unprofiled_vendors: number;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** How standard a feature is in a market; `result` has the fields of the method. */
export interface FeatureHomogenizationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: FeatureHomogenization;
}

/** A page of features. */
export interface FeatureList {
  object: "list";
  data: Feature[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/**
 * As `feature_time_to_copy` gives them, days after the origin; null: not reached, or no curve
 * (`has_curve` false).
 */
export interface FeatureMedian {
  feature: string;
  feature_name: string;
  origin_date: string;
  has_curve: boolean;
  median_time_to_copy_days: number | null;
  ci_low: number | null;
  ci_high: number | null;
}

/** Something a product can do. What is written of it. */
export interface FeaturePatch {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The family it belongs to. */
  category?: string | null;
  /** The markets in which it counts; null: all. */
  market_ids?: string[] | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/**
 * A feature on the day. `vendors_to_table_stakes`: how many more of today's vendors must have it;
 * `change`: of the penetration over the window; `table_stakes_since`: the end of the first period
 * since which it has been so at the end of each.
 */
export interface FeaturePenetration {
  feature: string;
  feature_name: string;
  status: string;
  penetration: number;
  penetration_lowest: number;
  penetration_highest: number;
  n_vendors_with: number;
  n_vendors_unknown: number;
  vendors_to_table_stakes: number;
  change: number | null;
  first_seen: string;
  table_stakes_since: string | null;
}

/** One feature with partial pooling; speed 1 is the market's. */
export interface FeatureSpeed {
  feature: string;
  feature_name: string;
  copies: number;
  rival_days: number;
  expected_copies: number;
  speed: number;
  speed_ci_low: number | null;
  speed_ci_high: number | null;
  shrunk_median_days: number | null;
  shrunk_ci_low: number | null;
  shrunk_ci_high: number | null;
}

/** Section 10, field by field. */
export interface FeatureTimeToCopy {
  market: string | null;
  feature: string;
  on: string;
  as_of: string | null;
  unit: string;
  stage_min: string;
  simultaneity_days: number;
  dates: string;
  unknown: string;
  origin_date: string | null;
  origin_low: string | null;
  origin_high: string | null;
  imported: boolean | null;
  launch_pattern: string | null;
  first_movers: string[];
  first_mover_names: string[];
  n_co_innovators: number | null;
  lead_days: number | null;
  possible_earlier: PossiblyEarlier[];
  origin_is_bound: boolean | null;
  first_mover_certain: boolean | null;
  first_mover_probability: Record<string, number>;
  time_to_first_follow_days: number | null;
  n_rivals: number | null;
  n_at_risk: number | null;
  n_copied: number | null;
  n_born_with: number | null;
  n_exited: number | null;
  n_pending: number | null;
  n_pending_confirmed: number | null;
  n_pending_unconfirmed: number | null;
  n_copies_before_conditioning: number | null;
  conditional_from_days: number | null;
  median_time_to_copy_days: number | null;
  ci_low: number | null;
  ci_high: number | null;
  median_lower_bound_days: number | null;
  median_earliest_days: number | null;
  median_latest_days: number | null;
  readings: CopyReadings;
  follow_up_days: number | null;
  curve_exhausted_at_days: number | null;
  share_copied: Record<string, ShareCopied>;
  share_copied_with_exits: Record<string, number | null>;
  share_exited: Record<string, number | null>;
  rmst_days: number | null;
  rmst_se: number | null;
  rmst_ci_low: number | null;
  rmst_ci_high: number | null;
  time_to_first_copy_days: number | null;
  time_to_first_copy_low: number | null;
  time_to_first_copy_high: number | null;
  exclusivity_days: number | null;
  exclusivity_status: string | null;
  exclusivity_shared: boolean | null;
  median_exposure_clock_days: number | null;
  date_sensitivity: DateSensitivity | null;
  interval_censored: IntervalCensored | null;
  near_simultaneous: NearPair[];
  curve: Step[];
  rivals: Rival[];
  flags: string[];
  band: string | null;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** How long until rivals copied a feature; `result` has the fields of the method. */
export interface FeatureTimeToCopyAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: FeatureTimeToCopy;
}

/**
 * How often a field is filled in, or the record states why it is not; `day_precision_share` is of
 * the known dates.
 */
export interface FieldCoverage {
  field: string;
  known_share: number | null;
  day_precision_share: number | null;
}

/**
 * A path to filter by; `operators` are suffixes of the flat spelling ("" is any of). Numbers of a
 * measure go together only where its `units`, other paths, are equal.
 */
export interface FieldShown {
  name: string;
  type: string;
  description: string;
  to: string | null;
  values: ListedWord[];
  operators: string[];
  units: string[];
  is_sortable: boolean;
  is_groupable: boolean;
}

/** By field the sources that carry it, of those in `source_ids`. */
export type FieldSources = Record<string, string[]>;

/** One file; size and hash are of the uncompressed bytes. */
export interface FileShown {
  collection: string;
  format: string;
  href: string;
  rows: number;
  bytes: number;
  sha256: string;
}

/** Which changes: of these kinds (none: all), whose record meets every condition. */
export interface Filter {
  kinds?: string[];
  where?: Record<string, string[]>;
}

/** Who had it first in the market by representative day; the date is as stored. */
export interface FirstMover {
  product: string;
  product_name: string;
  date: string;
}

/**
 * Forecasts may be shown for calibrated horizons only. Hindsight: what was recorded later is used
 * with the same `as_of` at every cutoff.
 */
export interface ForecastBacktest {
  market: string | null;
  on: string;
  as_of: string | null;
  stage_min: string;
  horizons: Record<string, HorizonBacktest>;
  status: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** `created`: the survey is its first proof; `on_record`: it was known before. */
export interface FoundFeature {
  feature_id: string;
  adoption_id: string;
  href: string;
  outcome: Open<"created" | "on_record">;
}

/** A feature that peers have; `state` absent: a survey says so, unknown: nobody looked. */
export interface Gap {
  feature: string;
  feature_name: string;
  peer_share: number;
  peer_share_change: number | null;
  first_mover: FirstMover;
  gap_age_days: Span;
  state: Open<"absent" | "unknown">;
  last_surveyed: string | null;
}

/** Gaps by peer share, descending, then id; `peer_share_change` is over 365 days. */
export interface GapAnalysis {
  market: string;
  product: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  peers: PeerRule;
  missing: Gap[];
  unique: Unique[];
  n_features: number | null;
  warnings: string[];
  reasons: Record<string, string>;
}

/** Vendors that people speak of as one, such as the six little tigers. */
export interface Group {
  object: "group";
  id: string;
  href: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** The vendors in it. */
  vendor_ids: string[];
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** Vendors that people speak of as one, such as the six little tigers. What is written of it. */
export interface GroupBody {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The vendors in it. */
  vendor_ids: string[];
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of groups. */
export interface GroupList {
  object: "list";
  data: Group[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** Vendors that people speak of as one, such as the six little tigers. What is written of it. */
export interface GroupPatch {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The vendors in it. */
  vendor_ids?: string[];
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** The versions of a record, newest first. */
export interface HistoryPage {
  object: "history";
  id: string;
  data: RecordVersion[];
  page: PageShown | null;
  meta: RevisionMeta;
}

/**
 * A record that answers the search, and where it matched. `matched_on`: fields whose text matched
 * as it stands, and pinyin, pinyin_initials or typo; the best first; meaning where no word stands
 * in its texts. `highlight`: by field, HTML with the matched characters in <em>.
 */
export interface Hit {
  object: "hit";
  type: Open<"business_model" | "feature" | "group" | "market" | "product" | "source" | "vendor">;
  id: string;
  name: string;
  score: number;
  matched_on: string[];
  highlight: Record<string, string>;
  href: string;
}

/** A page of hits, the best first. */
export interface HitList {
  object: "list";
  data: Hit[];
  page: PageShown | null;
  total: Total;
  facets: Record<string, TypeFacet>;
  related: Related[];
  meta: SearchMeta;
}

/**
 * A word that leads a question on to other records: `vendor` in `vendor.country`. Where it
 * `leads_to_several`, a comparison holds if it does of any of them.
 */
export interface HopShown {
  word: string;
  to: string;
  leads_to_several: boolean;
}

/** How forecasts of one horizon, made at past cutoffs, came out. */
export interface HorizonBacktest {
  n_forecasts: number;
  n_cutoffs: number;
  n_dropped_exit: number;
  observed: number;
  expected: number;
  calibration_ratio: number | null;
  calibration_ci_low: number | null;
  calibration_ci_high: number | null;
  brier: number | null;
  brier_reference: number | null;
  brier_skill: number | null;
  status: string;
}

/** Records of the file; null until the import has ended. */
export interface ImportCounts {
  rows: number | null;
  created: number | null;
  updated: number | null;
  unchanged: number | null;
  failed: number | null;
}

/** Why an import failed as a whole; the rows have their own errors. */
export interface ImportFailure {
  code: string;
  detail: string;
}

/** Imports, the newest first. */
export interface ImportList {
  object: "list";
  data: ImportShown[];
  page: PageShown | null;
}

/** How far a running import is; `stage` is reading, then the collection being written. */
export interface ImportProgress {
  rows_read: number;
  stage: string | null;
}

/** An import with failed rows (the first 1000) and the first others, by line. */
export interface ImportReport {
  object: "import";
  id: string | null;
  href: string | null;
  status: Open<"done" | "failed" | "queued" | "running">;
  dry_run: boolean;
  mode: Open<"create" | "upsert">;
  on_error: Open<"abort" | "skip">;
  kind: string | null;
  sha256: string;
  counts: ImportCounts;
  progress: ImportProgress;
  revision: number | null;
  would_be_revision: number | null;
  reverted_in: number | null;
  error: ImportFailure | null;
  warnings: Notice[];
  actor: string;
  comment: string;
  created_at: string | null;
  ended_at: string | null;
  rows: RowTold[];
}

/** What taking an import back did, or would do. */
export interface ImportReverted {
  object: "import_revert";
  import_id: string;
  dry_run: boolean;
  counts: RevertCounts;
  revision: number | null;
  would_be_revision: number | null;
}

/** Rows of an import, by line. */
export interface ImportRowList {
  object: "list";
  data: RowTold[];
  page: PageShown | null;
}

/**
 * One import. `id` is null of a dry run that was answered at once. `revision` is the one it wrote,
 * null when nothing changed; `would_be_revision` is a dry run's. `kind` is that of a CSV file;
 * `warnings` are what to know of the file.
 */
export interface ImportShown {
  object: "import";
  id: string | null;
  href: string | null;
  status: Open<"done" | "failed" | "queued" | "running">;
  dry_run: boolean;
  mode: Open<"create" | "upsert">;
  on_error: Open<"abort" | "skip">;
  kind: string | null;
  sha256: string;
  counts: ImportCounts;
  progress: ImportProgress;
  revision: number | null;
  would_be_revision: number | null;
  reverted_in: number | null;
  error: ImportFailure | null;
  warnings: Notice[];
  actor: string;
  comment: string;
  created_at: string | null;
  ended_at: string | null;
}

/** What there is, at which revision. */
export interface Index {
  object: "index";
  revision: number;
  collections: CollectionLink[];
  analyses: Record<string, string>;
  links: Record<string, string>;
  groups: Record<string, AddressGroup>;
}

/** Turnbull's NPMLE given the origin at its representative day: [[l, r or null, mass]]. */
export interface IntervalCensored {
  intervals: ((number | number | null)[])[];
  median_low: number | null;
  median_high: number | null;
  origin_shift_low: number;
  origin_shift_high: number;
}

/** Money that went, or is to go, into a vendor or its machines. */
export interface Investment {
  object: "investment";
  id: string;
  href: string;
  /** Whose. */
  vendor_id: string;
  /** funding_round, capex, compute_purchase, ... */
  type: string;
  /** How much. */
  amount: string | null;
  /** ISO 4217. */
  currency: string | null;
  /** How many things were bought. */
  quantity: number | null;
  /** What things. */
  unit: string | null;
  /** When. */
  date: string | null;
  /** planned, reported by others, or actual. */
  status: Open<"actual" | "planned" | "reported">;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** Money that went, or is to go, into a vendor or its machines. What is written of it. */
export interface InvestmentBody {
  /** Whose. */
  vendor_id: string;
  /** funding_round, capex, compute_purchase, ... */
  type: string;
  /** How much. */
  amount?: string | number | null;
  /** ISO 4217. */
  currency?: string | null;
  /** How many things were bought. */
  quantity?: number | null;
  /** What things. */
  unit?: string | null;
  /** When. */
  date?: string | null;
  /** planned, reported by others, or actual. */
  status: "planned" | "reported" | "actual";
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of investments. */
export interface InvestmentList {
  object: "list";
  data: Investment[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** Money that went, or is to go, into a vendor or its machines. What is written of it. */
export interface InvestmentPatch {
  /** Whose. */
  vendor_id?: string;
  /** funding_round, capex, compute_purchase, ... */
  type?: string;
  /** How much. */
  amount?: string | number | null;
  /** ISO 4217. */
  currency?: string | null;
  /** How many things were bought. */
  quantity?: number | null;
  /** What things. */
  unit?: string | null;
  /** When. */
  date?: string | null;
  /** planned, reported by others, or actual. */
  status?: "planned" | "reported" | "actual";
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Rules that records break: what a curator should look at. */
export interface Issue {
  object: "issue";
  id: string;
  href: string;
  /** The kind of record. */
  kind: Open<"adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version">;
  /** The record behind it. */
  record_id: string;
  /**
   * unsourced: A record without a source. recorded_ahead: A date that lies wholly after the day on
   * which it was recorded. ga_before_preview: Generally available before its preview began.
   * before_launch: A product's fact that lies wholly before its launch. after_discontinuation: A
   * product's fact that begins after it was discontinued. ends_before_start: An end that lies
   * wholly before the start. overlapping_spells: Holds on a day on which another fact of its
   * subject holds too. contradicting_figures: Another fact gives another figure for the same thing
   * and time. before_founding: A product launched before its vendor was founded. launch_unknown: A
   * product without a launch date, nor a statement why it has none. without_features: A product of
   * which no feature is recorded. never_adopted: A feature that no product is recorded to have.
   * disputed_alone: Disputed, and no other fact of its subject is. disputed_without_preferred:
   * Disputed, and none of the facts is preferred. source_unchecked: A source in use, last checked
   * (or recorded) more than `stale_days` ago. without_chinese_name: An entity without a Chinese
   * name.
   */
  rule: Open<"after_discontinuation" | "before_founding" | "before_launch" | "contradicting_figures"
      | "disputed_alone" | "disputed_without_preferred" | "ends_before_start" | "ga_before_preview"
      | "launch_unknown" | "never_adopted" | "overlapping_spells" | "recorded_ahead" |
      "source_unchecked" | "unsourced" | "without_chinese_name" | "without_features">;
  /** The product it is about. */
  product_id: string | null;
  /** The vendor it is about. */
  vendor_id: string | null;
  /** The feature it is about. */
  feature_id: string | null;
  /** The markets it is about: its own, else its product's. */
  market_ids: string[] | null;
  null_reasons: Record<string, NullReason>;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A page of quality-issues. */
export interface IssueList {
  object: "list";
  data: Issue[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** Keys, the oldest first. */
export interface KeyList {
  object: "list";
  data: KeyShown[];
  page: PageShown | null;
}

/** A key, without any secret. `previous_expires_at`: until when the secret before it is good. */
export interface KeyShown {
  object: "key";
  id: string;
  href: string;
  name: string;
  scopes: string[];
  status: Open<"active" | "expired" | "retired">;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  previous_expires_at: string | null;
  retired_at: string | null;
}

/** A key with its secret, which is shown this once; null where the request was sent again. */
export interface KeyWithSecret {
  object: "key";
  id: string;
  href: string;
  name: string;
  scopes: string[];
  status: Open<"active" | "expired" | "retired">;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  previous_expires_at: string | null;
  retired_at: string | null;
  secret: string | null;
}

/** One vendor: how often first, how fast a follower. */
export interface LeagueRow {
  vendor: string;
  vendor_name: string;
  first_credits: number;
  contested_first_credits: number;
  innovator_share: number | null;
  n_at_risk: number;
  n_copied: number;
  n_pending: number;
  n_born_with: number;
  expected_copies: number;
  copy_rate_ratio: number | null;
  follower_speed: number | null;
  follower_speed_ci_low: number | null;
  follower_speed_ci_high: number | null;
  median_copy_days: number | null;
  reasons: Record<string, string>;
}

/** What the caller may, and what is left of it; no quota, no entry. */
export interface LimitsShown {
  object: "limits";
  key_id: string | null;
  scopes: string[];
  quotas: PolicyShown[];
}

/** What a list was filtered, sorted and searched by. */
export interface ListApplied {
  filter: string;
  sort: string[];
  date_match: Open<"certain" | "possible">;
  q: string | null;
}

/**
 * At which revision, in which language, by which filter; `resolved` are merged ids that were asked
 * for, with the survivors that were filtered by.
 */
export interface ListMeta {
  revision: number;
  as_of: string | null;
  on: string | null;
  lang: string;
  applied: ListApplied;
  date_undecided: Record<string, number>;
  resolved: Record<string, string>;
  warnings: Notice[];
}

/** A word of a closed list. */
export interface ListedWord {
  value: string;
  label: string;
}

/** The process answers. */
export interface Live {
  status: "live";
}

/** A segment in which products compete. */
export interface Market {
  object: "market";
  id: string;
  href: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** Where in the stack it lies. */
  layer: Open<"application" | "device" | "model"> | null;
  /** What it is, in one sentence, in English. */
  definition: string | null;
  /** The same in other languages (zh, ...). */
  definitions: Record<string, string> | null;
  /** Since when new features of this market are recorded. */
  tracked_since: string | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A segment in which products compete. What is written of it. */
export interface MarketBody {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** Where in the stack it lies. */
  layer?: "application" | "device" | "model" | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** Since when new features of this market are recorded. */
  tracked_since?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Of the products of a market, by vendor too. */
export interface MarketCadence {
  on: string;
  as_of: string | null;
  n_products: number;
  n_versions: number;
  n_releases: number;
  n_gaps: number;
  n_undated: number;
  n_imprecise: number;
  first_release: string | null;
  last_release: string | null;
  days_since_last: number | null;
  years_followed: number;
  releases_per_year: number | null;
  median_gap_days: number | null;
  median_gap_ci_low: number | null;
  median_gap_ci_high: number | null;
  gap_p25_days: number | null;
  gap_p75_days: number | null;
  median_gap_date_low: number | null;
  median_gap_date_high: number | null;
  kendall_tau: number | null;
  p_value_permutation: number | null;
  direction: string | null;
  years: YearOfReleases[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
  market: string;
  vendors?: VendorCadence[];
}

/** How often the products of a market come out anew; `result` has the fields of the method. */
export interface MarketCadenceAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: MarketCadence;
}

/** Who copies whom in a market; `result` has the fields of the method. */
export interface MarketCopyGraphAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: CopyGraph;
}

/** Of one market, as every analysis of it says. */
export interface MarketCoverage {
  market_id: string;
  coverage: Coverage;
}

/** Section 4.11, field by field; `series` and `structure_*` only when asked for. */
export interface MarketHomogenization {
  market: string;
  on: string;
  as_of: string | null;
  unit: string;
  stage_min: string;
  unknown: string;
  score_lowest: number | null;
  score_highest: number | null;
  score_unknown_low: number | null;
  score_unknown_high: number | null;
  model: UnknownModel | null;
  readings: ScoreReadings;
  n_vendors: number;
  n_products: number;
  n_features: number;
  n_eligible_products: number;
  n_unprofiled_products: number;
  n_undated: number;
  median_features_per_product: number | null;
  score: number | null;
  score_ci_low: number | null;
  score_ci_high: number | null;
  se_vendors: number | null;
  se_features: number | null;
  score_date_low: number | null;
  score_date_high: number | null;
  expected_by_chance: number | null;
  chance_adjusted_score: number | null;
  sorensen_mean: number | null;
  overlap_mean: number | null;
  pooled_jaccard: number | null;
  pooled_sorensen: number | null;
  mean_jaccard_all_pairs: number | null;
  effective_products_q0: number | null;
  effective_products_q1: number | null;
  effective_products_q2: number | null;
  beta_sorensen: number | null;
  beta_sorensen_turnover: number | null;
  beta_sorensen_nestedness: number | null;
  beta_jaccard: number | null;
  beta_jaccard_turnover: number | null;
  beta_jaccard_nestedness: number | null;
  change: ScoreChange;
  status_counts: StatusCounts | null;
  feature_contributions: FeatureContribution[];
  product_contributions: ProductContribution[];
  structure_ses?: number | null;
  structure_null_mean?: number | null;
  structure_null_sd?: number | null;
  structure_p_value?: number | null;
  interval?: Open<"event" | "month" | "quarter" | "year">;
  series?: Point[];
  band: string | null;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** How alike the products of a market are; `result` has the fields of the method. */
export interface MarketHomogenizationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: MarketHomogenization;
}

/** Who leads and who follows in a market; `result` has the fields of the method. */
export interface MarketLeagueAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: VendorLeague;
}

/**
 * One market: the figures of its own analysis, its finding, and how much is known. `change` is of
 * the score with unknown cells absent, over `change_window_days`, and the sum of what products of
 * both days, newcomers and leavers add; `reasons` say why figures are null.
 */
export interface MarketLikeness {
  market: string;
  market_name: string;
  layer: string | null;
  score: number | null;
  score_lowest: number | null;
  score_highest: number | null;
  score_ci_low: number | null;
  score_ci_high: number | null;
  score_unknown_absent: number | null;
  change: number | null;
  change_within: number | null;
  change_entry: number | null;
  change_exit: number | null;
  known_share: number | null;
  n_surveyed_products: number;
  n_vendors: number;
  n_products: number;
  n_features: number;
  band: string | null;
  quality: string;
  finding: string;
  href: string;
  reasons: Record<string, string>;
}

/** A page of markets. */
export interface MarketList {
  object: "list";
  data: Market[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/**
 * `states[i]` has a letter per column (see `legend`), `cells[i][j]` is null unless present. Rows by
 * breadth, columns by penetration, both descending, then by id. A stage is the highest in force, a
 * date the first representative day, a lag that day minus the feature's first day in the market.
 */
export interface MarketMatrix {
  market: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  cell: Open<"date" | "lag_days" | "stage">;
  legend: Record<string, string>;
  rows: MatrixProduct[];
  columns: MatrixFeature[];
  states: string[];
  cells: ((string | number | null)[])[];
  warnings: string[];
  reasons: Record<string, string>;
}

/** Products against features; `result` has the fields of the method. */
export interface MarketMatrixAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: MarketMatrix;
}

/** The features of a market in id order. */
export interface MarketMedians {
  features: FeatureMedian[];
  reasons: Record<string, string>;
}

/** Whether rivals of a market charge the same way; `result` has the fields of the method. */
export interface MarketMonetizationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: BusinessModelHomogenization;
}

/** Who brought a feature to a market within days of whom; `result` has the fields of the method. */
export interface MarketNearSimultaneousAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: NearSimultaneous;
}

/** A segment in which products compete. What is written of it. */
export interface MarketPatch {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** Where in the stack it lies. */
  layer?: "application" | "device" | "model" | null;
  /** What it is, in one sentence, in English. */
  definition?: string | null;
  /** The same in other languages (zh, ...). */
  definitions?: Record<string, string> | null;
  /** Since when new features of this market are recorded. */
  tracked_since?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/**
 * `features`: first those that are no table stakes, the nearest to it first; then those that are;
 * `series`: by feature and day, from the period in which it was first seen.
 */
export interface MarketPenetration {
  market: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  period: string;
  n_vendors: number;
  n_unprofiled_vendors: number;
  n_features: number;
  status_counts: StatusCounts | null;
  quality: string;
  features: FeaturePenetration[];
  series: PenetrationPoint[];
  warnings: string[];
  reasons: Record<string, string>;
}

/**
 * How far every feature of a market has spread, and which are next to be table stakes; `result` has
 * the fields of the method.
 */
export interface MarketPenetrationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: MarketPenetration;
}

/** The vendor's live profiled products in one market. */
export interface MarketPresence {
  market: string;
  market_name: string;
  n_products: number;
  similarity_to_rivals: number | null;
}

/**
 * How fast features are copied in a market, and whether that gets faster; `result` has the fields
 * of the method.
 */
export interface MarketTimeToCopyAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: PooledTimeToCopy;
  trend: CopyTrend;
  medians: MarketMedians;
  classes?: CopyClasses;
}

/** A column: an alive feature; `penetration` is the share of vendors that have it. */
export interface MatrixFeature {
  feature: string;
  feature_name: string;
  penetration: number;
}

/** A row: a profiled product. */
export interface MatrixProduct {
  product: string;
  product_name: string;
  vendor: string;
  vendor_name: string;
  n_features: number;
}

/** The median with its limits, by one way of reading cells of which nobody knows. */
export interface MedianReading {
  median_days: number | null;
  ci_low: number | null;
  ci_high: number | null;
}

/** `into`: the id of the record that stays. */
export interface MergeBody {
  into: string;
  comment: string;
}

/** At which revision, in which language; merged ids that were asked for, with the survivors. */
export interface Meta {
  revision: number;
  lang: string;
  resolved?: Record<string, string>;
}

/** Which method, in which version, asked with which parameters. */
export interface Method {
  id: string;
  version: string;
  parameters: Record<string, unknown>;
  href: string;
}

/** What a version changed. */
export interface MethodChange {
  version: string;
  what: string;
}

/** All methods. */
export interface MethodList {
  object: "list";
  data: MethodShown[];
  page: PageShown | null;
}

/** A method, in the reader's language. */
export interface MethodShown {
  object: "method";
  id: string;
  href: string;
  version: string;
  lang: string;
  name: string;
  definition: string;
  formula: string;
  assumptions: string;
  limits: string;
  references: string[];
  changes: MethodChange[];
  used_by: string[];
}

/** The mix on a day on which something changed, or the last such day of a period. */
export interface MixPoint {
  date: string;
  n_vendors: number;
  n_products: number;
  n_business_models: number;
  score: number | null;
  hhi: number | null;
  effective_models_q1: number | null;
  effective_models_q2: number | null;
  models: ModelUse[];
}

/**
 * Audited products put back to their record before they were gone through: how many of their then
 * unknown cells were predicted present, how many were found present, how many are open.
 */
export interface ModelCheck {
  predicted: number;
  found: number;
  open: number;
  passed: boolean;
}

/** How many vendors use a model, and their share of all uses. */
export interface ModelUse {
  business_model: string;
  business_model_name: string;
  n_vendors: number;
  share: number;
}

/** A product earns by a business model from a day on. */
export interface Monetization {
  object: "monetization";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** How it earns. */
  business_model_id: string;
  /** Since when. */
  since: string | null;
  /** Day from which it no longer did. */
  until: string | null;
  price: MoneyShown | null;
  /** Prices by component: input, output, cache_read and others. */
  rates: RateShown[] | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A product earns by a business model from a day on. What is written of it. */
export interface MonetizationBody {
  /** The product. */
  product_id: string;
  /** How it earns. */
  business_model_id: string;
  /** Since when. */
  since?: string | null;
  /** Day from which it no longer did. */
  until?: string | null;
  price?: Money | null;
  /** Prices by component: input, output, cache_read and others. */
  rates?: Rate[] | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of monetizations. */
export interface MonetizationList {
  object: "list";
  data: Monetization[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A product earns by a business model from a day on. What is written of it. */
export interface MonetizationPatch {
  /** The product. */
  product_id?: string;
  /** How it earns. */
  business_model_id?: string;
  /** Since when. */
  since?: string | null;
  /** Day from which it no longer did. */
  until?: string | null;
  price?: Money | null;
  /** Prices by component: input, output, cache_read and others. */
  rates?: Rate[] | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** An amount of a currency per something. */
export interface Money {
  amount: string | number;
  currency: string;
  per?: string | null;
}

/** An amount of a currency per something; the amount is a decimal string. */
export interface MoneyShown {
  amount: string;
  currency: string;
  per: string | null;
}

/**
 * Two rivals that had a feature within `simultaneity_days`, the earlier first. `first_day` is the
 * day of the earlier, `certain` whether all days that their dates leave lie within
 * `simultaneity_days`.
 */
export interface NearPair {
  units: string[];
  unit_names: string[];
  days_apart: number;
  first_day: string;
  certain: boolean;
}

/** The same, and with which feature. */
export interface NearPairOfFeature {
  units: string[];
  unit_names: string[];
  days_apart: number;
  first_day: string;
  certain: boolean;
  feature: string;
  feature_name: string;
}

/** All pairs of vendors of a market, those of exact dates first, then the latest. */
export interface NearSimultaneous {
  market: string;
  on: string;
  as_of: string | null;
  unit: string;
  stage_min: string;
  simultaneity_days: number;
  dates: string;
  n_features: number;
  n_pairs: number;
  n_certain: number;
  pairs: NearPairOfFeature[];
  warnings: string[];
  reasons: Record<string, string>;
}

/** A rival product and its Jaccard similarity. */
export interface Neighbour {
  product: string;
  product_name: string;
  vendor: string;
  vendor_name: string;
  jaccard: number;
}

/**
 * What is wrong with a record. `field` and `proposed` say what would be right, as the record shows
 * it (null: it should be empty). Without `record_id` a record is missing, and `proposed` is what is
 * written of it. `contact` is never shown in public.
 */
export interface NewCorrection {
  collection: string;
  statement: string;
  record_id?: string | null;
  field?: string | null;
  proposed?: unknown;
  source_url?: string | null;
  contact?: string | null;
}

/**
 * What becomes of a correction. One that is accepted is applied now, or names the revision that
 * holds it already.
 */
export interface NewDecision {
  decision: "accepted" | "duplicate" | "rejected";
  reason: string;
  apply?: boolean;
  revision?: number | null;
}

/** A key to be made; without `expires_days` it lives until it is retired. */
export interface NewKey {
  name: string;
  scopes: ("admin" | "curate" | "read" | "write")[];
  expires_days?: number | null;
}

/** A name for the newest revision. */
export interface NewRelease {
  name: string;
  comment: string;
}

/**
 * What was looked for in a product on a day (left out: today), by feature id. What is `present` and
 * not on record yet becomes an adoption of the `stage`, proven by that day; what is `absent` is
 * kept as the survey. `sources` takes addresses, `source_ids` ids.
 */
export interface NewSurvey {
  product_id: string;
  present?: string[];
  absent?: string[];
  date?: string | null;
  stage?: "ga" | "preview";
  sources?: string[] | null;
  source_ids?: string[] | null;
  status?: "unsourced" | null;
  note?: string | null;
}

/** What a subscription is made of. */
export interface NewWebhook {
  url: string;
  types: string[];
  filter?: Filter;
  metric?: Watch | null;
}

/**
 * Something to know about the answer; `href` is the page that explains the code, and `did_you_mean`
 * what would be right, where that is known.
 */
export interface Notice {
  code: string;
  detail: string;
  href: string;
  did_you_mean?: string[];
}

/** Nobody has found out; it has none; nobody outside may know; the question does not arise. */
export type NullReason = Open<"none" | "not_applicable" | "not_public" | "unknown">;

/** Why fields are null. */
export type NullReasons = Record<string, NullReason>;

/** A reseller offers somebody else's product. */
export interface Offering {
  object: "offering";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** Who offers it. */
  reseller: string;
  /** The reseller's name. */
  reseller_name: string | null;
  /** The reseller's own id of it. */
  model: string;
  /** Since when. */
  date: string | null;
  /** Prices by component: input, output, cache_read and others. */
  rates: RateShown[] | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A reseller offers somebody else's product. What is written of it. */
export interface OfferingBody {
  /** The product. */
  product_id: string;
  /** Who offers it. */
  reseller: string;
  /** The reseller's name. */
  reseller_name?: string | null;
  /** The reseller's own id of it. */
  model: string;
  /** Since when. */
  date?: string | null;
  /** Prices by component: input, output, cache_read and others. */
  rates?: Rate[] | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of offerings. */
export interface OfferingList {
  object: "list";
  data: Offering[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A reseller offers somebody else's product. What is written of it. */
export interface OfferingPatch {
  /** The product. */
  product_id?: string;
  /** Who offers it. */
  reseller?: string;
  /** The reseller's name. */
  reseller_name?: string | null;
  /** The reseller's own id of it. */
  model?: string;
  /** Since when. */
  date?: string | null;
  /** Prices by component: input, output, cache_read and others. */
  rates?: Rate[] | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Where the list goes on; `next_cursor` null is the one end signal. */
export interface PageShown {
  limit: number;
  next_cursor: string | null;
  next: string | null;
}

/** Symmetric but for the lead fields; a positive `median_lead_days` means A was ahead. */
export interface PairSimilarity {
  market: string;
  market_name: string;
  product_a: string;
  product_a_name: string;
  product_b: string;
  product_b_name: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  jaccard: number | null;
  sorensen: number | null;
  overlap: number | null;
  turnover: number | null;
  nestedness: number | null;
  shared: string[] | null;
  shared_names: string[] | null;
  only_a: string[] | null;
  only_a_names: string[] | null;
  only_b: string[] | null;
  only_b_names: string[] | null;
  expected_jaccard: number | null;
  overlap_p_value: number | null;
  a_led: number | null;
  b_led: number | null;
  tied: number | null;
  median_lead_days: number | null;
  n_features: number;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** One operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  op: "replace";
  path: string;
  value: unknown;
}

/** market: every rival vendor is a peer; nearest: the five likest rival products are. */
export interface PeerRule {
  rule: Open<"market" | "nearest">;
  count: number;
}

/** A rival without a copy; `confirmed`: a survey says that it lacks the feature. */
export interface Pending {
  unit: string;
  unit_name: string;
  confirmed: boolean;
}

/**
 * A feature at the end of a period: the share of profiled vendors that have it, and between which
 * shares that lies, whatever nobody knows.
 */
export interface PenetrationPoint {
  feature: string;
  feature_name: string;
  date: string;
  penetration: number;
  penetration_lowest: number;
  penetration_highest: number;
  n_vendors_with: number;
  n_vendors: number;
}

/**
 * One day; constant until the next. Nulls as in 4.1: fewer than two profiled vendors; the limits as
 * in 4.5, and in large markets.
 */
export interface Point {
  date: string;
  score: number | null;
  score_ci_low: number | null;
  score_ci_high: number | null;
  n_vendors: number;
  n_products: number;
  n_features: number;
  pooled_jaccard: number | null;
}

/** One quota: `limit` in `window_seconds`; `remaining` now, all in `reset_seconds`. */
export interface PolicyShown {
  policy: string;
  limit: number;
  window_seconds: number;
  remaining: number;
  reset_seconds: number;
}

/** Section 13, field by field. */
export interface PooledTimeToCopy {
  market: string | null;
  markets?: string[];
  market_names?: string[];
  on: string;
  as_of: string | null;
  unit: string;
  stage_min: string;
  simultaneity_days: number;
  n_features: number;
  n_features_before_coverage: number;
  n_rows: number;
  n_copies: number;
  rival_days: number;
  typical_feature_median_days: number | null;
  typical_ci_low: number | null;
  typical_ci_high: number | null;
  typical_share_copied: Record<string, number | null>;
  frailty_shape: number | null;
  max_observed_age_days: number | null;
  crude_copies_per_rival_year: number | null;
  pooled_km_median_days: number | null;
  first_copy_median_days: number | null;
  first_copy_ci_low: number | null;
  first_copy_ci_high: number | null;
  uncopied_feature_share: number | null;
  recorded_before_first_copy_share: number | null;
  hazard_bands: Band[];
  features: FeatureSpeed[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** A unit that is known to have had the feature by a day only, and may have had it since. */
export interface PossiblyEarlier {
  unit: string;
  unit_name: string;
  since: string;
}

/** `over`: the facts that lose; left out, all other disputed ones of the subject. */
export interface PreferBody {
  over?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** An RFC 9457 problem document; `code` is stable, texts are not. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: Code;
  request_id: string;
  errors: Fault[];
  "violated-policies"?: string[];
  replaced_by?: string | null;
}

/** What a vendor sells in one or more markets. */
export interface Product {
  object: "product";
  id: string;
  href: string;
  /** Who sells it. */
  vendor_id: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** The markets it competes in. */
  market_ids: string[];
  /** First day on which customers could use it. */
  launched: string | null;
  /** Day from which it was gone. */
  discontinued: string | null;
  /** On the day asked (`on`); of no day: whether a discontinuation is recorded. */
  status: Open<"active" | "discontinued" | "not_launched"> | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** By metric, and every figure as an entry, by metric and period. */
export interface ProductAudience {
  product: string;
  on: string;
  as_of: string | null;
  n_figures: number;
  n_metrics: number;
  n_contradicted: number;
  n_disputed: number;
  n_undated: number;
  first_date: string | null;
  last_date: string | null;
  series: UsageSeries[];
  entries: UsageFigure[];
  warnings: string[];
  reasons: Record<string, string>;
}

/** How many use a product, how long and how often; `result` has the fields of the method. */
export interface ProductAudienceAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: ProductAudience;
}

/** What a vendor sells in one or more markets. What is written of it. */
export interface ProductBody {
  /** Who sells it. */
  vendor_id: string;
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The markets it competes in. */
  market_ids: string[];
  /** First day on which customers could use it. */
  launched?: string | null;
  /** Day from which it was gone. */
  discontinued?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Of one product. */
export interface ProductCadence {
  on: string;
  as_of: string | null;
  n_products: number;
  n_versions: number;
  n_releases: number;
  n_gaps: number;
  n_undated: number;
  n_imprecise: number;
  first_release: string | null;
  last_release: string | null;
  days_since_last: number | null;
  years_followed: number;
  releases_per_year: number | null;
  median_gap_days: number | null;
  median_gap_ci_low: number | null;
  median_gap_ci_high: number | null;
  gap_p25_days: number | null;
  gap_p75_days: number | null;
  median_gap_date_low: number | null;
  median_gap_date_high: number | null;
  kendall_tau: number | null;
  p_value_permutation: number | null;
  direction: string | null;
  years: YearOfReleases[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
  product: string;
}

/** How often a product comes out anew; `result` has the fields of the method. */
export interface ProductCadenceAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: ProductCadence;
}

/** Score minus the score without this product (vendor under unit=vendor). */
export interface ProductContribution {
  product: string;
  product_name: string;
  contribution: number | null;
}

/** Of one product: its cells by state; `is_audited`: somebody went through it. */
export interface ProductCoverage {
  product_id: string;
  product_name: string;
  known_share: number;
  n_present: number;
  n_absent: number;
  n_unknown: number;
  is_audited: boolean;
  last_surveyed: string | null;
}

/** What rivals have and a product lacks, and since when; `result` has the fields of the method. */
export interface ProductGapsAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: GapAnalysis;
}

/** Likeness to the products of other vendors in one market. */
export interface ProductHomogenization {
  market: string;
  product: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  similarity_to_rivals: number | null;
  distinctiveness: number | null;
  total_similarity: number | null;
  nearest: Neighbour[] | null;
  unique_features: string[] | null;
  unique_feature_names: string[] | null;
  missing_table_stakes: string[] | null;
  missing_table_stake_names: string[] | null;
  table_stakes_coverage: number | null;
  mean_ubiquity: number | null;
  contribution: number | null;
  fluidity: number | null;
  n_features: number | null;
  n_vendors: number;
  n_products: number;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** How interchangeable a product is in a market; `result` has the fields of the method. */
export interface ProductHomogenizationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: ProductHomogenization;
}

/** A page of products. */
export interface ProductList {
  object: "list";
  data: Product[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** What a vendor sells in one or more markets. What is written of it. */
export interface ProductPatch {
  /** Who sells it. */
  vendor_id?: string;
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** The markets it competes in. */
  market_ids?: string[];
  /** First day on which customers could use it. */
  launched?: string | null;
  /** Day from which it was gone. */
  discontinued?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A price by component. */
export interface Rate {
  component: string;
  amount: string | number;
  currency: string;
  per: string;
}

/** A price by component; the amount is a decimal string. */
export interface RateShown {
  component: string;
  amount: string;
  currency: string;
  per: string;
}

/** The database answers too. */
export interface Ready {
  status: "ready";
  revision: number;
  checks: Checks;
}

/**
 * What a revision did to the record; `diff` is against the version before, `into` names the record
 * that it was merged into.
 */
export interface RecordVersion {
  revision: number;
  recorded_at: string;
  operation: Open<"created" | "merged" | "retired" | "updated">;
  actor: string | null;
  comment: string | null;
  diff: PatchOperation[];
  source_ids: string[];
  record: Record<string, unknown> | null;
  into?: string;
}

/** A list that answers a question about facts: who has a feature, who earns by a model. */
export interface Related {
  title: string;
  href: string;
}

/** Releases, the newest first. */
export interface ReleaseList {
  object: "list";
  data: ReleaseShown[];
  page: PageShown | null;
}

/** A frozen edition. `as_of` with its name reads it at every address. */
export interface ReleaseShown {
  object: "release";
  name: string;
  href: string;
  revision: number;
  released_at: string;
  comment: string;
  actor: string;
  files: FileShown[];
  citation: Record<string, string>;
  bibtex: string;
}

/** One line of the list. match: it is the first candidate; ambiguous: somebody must look. */
export interface Resolution {
  object: "resolution";
  name: string;
  verdict: Open<"ambiguous" | "match" | "none">;
  candidates: CandidateShown[];
}

/** One resolution for each item, in the order asked. */
export interface ResolutionList {
  object: "list";
  data: Resolution[];
  meta: ResolveMeta;
}

/** A name; address (its vendor's homepage), type and country narrow it down. */
export interface ResolveItem {
  name: string;
  url?: string | null;
  type?: "business_model" | "feature" | "group" | "market" | "product" | "source" | "vendor" | null;
  country?: string | null;
}

/** At which revision, in which language, and how many of each verdict. */
export interface ResolveMeta {
  revision: number;
  as_of: string | null;
  lang: string;
  counts: Record<string, number>;
}

/** The list. */
export interface ResolveRequest {
  items: ResolveItem[];
}

/** What was retired; `reason` is the comment of the write. */
export interface Retired {
  object: "retired";
  kind: string;
  id: string;
  revision: number;
  reason: string;
  replaced_by: string | null;
}

/** Records that it had made, and those that it had changed or retired. */
export interface RevertCounts {
  retired: number;
  restored: number;
}

/** Revisions, the newest first. */
export interface RevisionList {
  object: "list";
  data: RevisionShown[];
  page: PageShown | null;
  meta: Record<string, number>;
}

/** At which revision, in which language. */
export interface RevisionMeta {
  revision: number;
  lang: string;
}

/** What taking a revision back did, or would do: how many records it retired, and restored. */
export interface RevisionReverted {
  object: "revision_revert";
  reverted: number;
  dry_run: boolean;
  counts: RevertCounts;
  revision: number | null;
  would_be_revision: number | null;
}

/** One write: when, by whom, why, and what it touched. `as_of` reads the base as it then was. */
export interface RevisionShown {
  object: "revision";
  id: number;
  href: string;
  recorded_at: string;
  actor: string | null;
  comment: string | null;
  touched: TouchedShown[];
  as_of: string;
  links: Record<string, string>;
}

/**
 * One rival; all days are counted from the origin. `confirmed`, of a pending one: it is known to
 * lack the feature on the day.
 */
export interface Rival {
  unit: string;
  unit_name: string;
  status: string;
  entry_days: number;
  copy_days: number | null;
  copy_days_low: number | null;
  copy_days_high: number | null;
  exit_days: number | null;
  earlier_stage_days: number | null;
  confirmed?: boolean;
}

/** One pending rival. */
export interface RivalForecast {
  vendor: string;
  vendor_name: string;
  age_days: number;
  horizons: Record<string, Chance>;
}

/**
 * What became of one row; a failed one has `errors` instead of kind and id; their pointers point
 * into the record of the import format.
 */
export interface RowTold {
  line: number;
  outcome: Open<"created" | "failed" | "unchanged" | "updated">;
  kind?: string;
  id?: string;
  errors?: Fault[];
}

/**
 * How many of the cells that were unknown when the sample was drawn are present. `n_unknown` of
 * them there were, `n_drawn` were drawn, `n_settled` of these are known by now; `present_share` is
 * of the settled, with its 95 % interval by Wilson.
 */
export interface SampleEstimate {
  n_unknown: number;
  n_drawn: number;
  n_settled: number;
  n_present: number;
  present_share: number | null;
  ci_low: number | null;
  ci_high: number | null;
  quality: Open<"fair" | "good" | "insufficient" | "thin">;
  reasons: Record<string, string>;
}

/** All collections. A question goes at most `hops_max` records far. */
export interface Schema {
  object: "schema";
  hops_max: number;
  collections: CollectionShown[];
}

/** The score against `from_date`; within + entry + exit = change. */
export interface ScoreChange {
  from_date: string;
  from_score: number | null;
  change: number | null;
  within: number | null;
  entry: number | null;
  exit: number | null;
}

/** The score if every cell of which nobody knows were absent. */
export interface ScoreReadings {
  unknown_absent: number | null;
}

/** At which revision, in which language. */
export interface SearchMeta {
  revision: number;
  as_of: string | null;
  on: string | null;
  lang: string;
}

/** What runs here. */
export interface ServiceVersion {
  name: string;
  version: string;
  api_version: string;
  revision: number;
  python: string;
  postgres: string;
}

/** Why the fact is no longer disputed. */
export interface SettleBody {
  /** Why; kept with the revision. */
  comment?: string;
}

/** Share of the rivals that copied within h days if none left, with its limits. */
export interface ShareCopied {
  value: number | null;
  ci_low: number | null;
  ci_high: number | null;
}

/** The markets by layer, within one by score, the most alike first, those without one last. */
export interface SideBySideAnswer {
  object: string;
  on: string;
  as_of: string | null;
  finding: string;
  n_markets: number;
  n_scored: number;
  subjects: ComparedSubject[];
  markets: MarketLikeness[];
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
}

/** A neighbour; `only_this` has the asked product alone, `only_that` the neighbour alone. */
export interface SimilarProduct {
  product: string;
  product_name: string;
  vendor: string;
  vendor_name: string;
  is_sibling: boolean;
  jaccard: number;
  sorensen: number;
  overlap_p_value: number;
  shared: string[];
  shared_names: string[];
  only_this: string[];
  only_thi_names: string[];
  only_that: string[];
  only_that_names: string[];
}

/** Neighbours by Jaccard similarity, descending, then id; siblings are of the same vendor. */
export interface SimilarProducts {
  market: string;
  product: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  neighbours: SimilarProduct[];
  n_products: number;
  n_features: number;
  warnings: string[];
  reasons: Record<string, string>;
}

/** The products most like a product; `result` has the fields of the method. */
export interface SimilarProductsAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: SimilarProducts;
}

/** A page or document that facts stand on. */
export interface Source {
  object: "source";
  id: string;
  href: string;
  /** Where it is, or a URN. */
  url: string;
  /** Its title. */
  title: string | null;
  /** Who published it. */
  publisher: string | null;
  /** When it was published. */
  published: string | null;
  /** An archived copy. */
  archive_url: string | null;
  /** When somebody last saw that it says what it is cited for. */
  last_checked: string | null;
  /** A remark in our own words. */
  note: string | null;
  null_reasons: NullReasons;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A page or document that facts stand on. What is written of it. */
export interface SourceBody {
  /** Where it is, or a URN. */
  url: string;
  /** Its title. */
  title?: string | null;
  /** Who published it. */
  publisher?: string | null;
  /** When it was published. */
  published?: string | null;
  /** An archived copy. */
  archive_url?: string | null;
  /** When somebody last saw that it says what it is cited for. */
  last_checked?: string | null;
  /** A remark in our own words. */
  note?: string | null;
  null_reasons?: NullReasons | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of sources. */
export interface SourceList {
  object: "list";
  data: Source[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A page or document that facts stand on. What is written of it. */
export interface SourcePatch {
  /** Where it is, or a URN. */
  url?: string;
  /** Its title. */
  title?: string | null;
  /** Who published it. */
  publisher?: string | null;
  /** When it was published. */
  published?: string | null;
  /** An archived copy. */
  archive_url?: string | null;
  /** When somebody last saw that it says what it is cited for. */
  last_checked?: string | null;
  /** A remark in our own words. */
  note?: string | null;
  null_reasons?: NullReasons | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** Days, as an interval where dates are partial; `max` null where the start is open. */
export interface Span {
  min: number;
  max: number | null;
}

/** Items of a market by status, extinct ones included. */
export interface StatusCounts {
  table_stakes: number;
  contested: number;
  differentiator: number;
  extinct: number;
}

/**
 * One day on which somebody copied; of many draws, one on which the mean curve falls to or below a
 * further hundredth, without counts.
 */
export interface Step {
  days: number;
  at_risk?: number;
  copied?: number;
  survival: number;
  ci_low: number | null;
  ci_high: number | null;
}

/** The record that the analysis is about. */
export interface Subject {
  object: string;
  id: string;
  name: string;
  href: string;
}

/** A record that may be meant; `hint` tells it from others of the same name. */
export interface Suggestion {
  object: "suggestion";
  type: Open<"business_model" | "feature" | "group" | "market" | "product" | "source" | "vendor">;
  id: string;
  name: string;
  hint: string;
  matched_on: string;
  href: string;
}

/** Records that may be meant, the likeliest first. */
export interface SuggestionList {
  object: "list";
  data: Suggestion[];
  meta: SearchMeta;
}

/**
 * On that day somebody went through what the product publicly offers: of the named features, those
 * without an adoption by then were absent.
 */
export interface Survey {
  object: "survey";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** The market whose features were looked for. */
  market_id: string;
  /** The features looked for; null: all. */
  feature_ids: string[] | null;
  /** The day of the look. */
  date: string;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/**
 * On that day somebody went through what the product publicly offers: of the named features, those
 * without an adoption by then were absent. What is written of it.
 */
export interface SurveyBody {
  /** The product. */
  product_id: string;
  /** The market whose features were looked for. */
  market_id: string;
  /** The features looked for; null: all. */
  feature_ids?: string[] | null;
  /** The day of the look. */
  date: string;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of surveys. */
export interface SurveyList {
  object: "list";
  data: Survey[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** What the base holds now by the survey; `id` and `href` are those of its record. */
export interface SurveyMade {
  object: "survey_made";
  id: string;
  href: string;
  market_id: string;
  product_id: string;
  date: string;
  present: FoundFeature[];
  absent: string[];
}

/**
 * On that day somebody went through what the product publicly offers: of the named features, those
 * without an adoption by then were absent. What is written of it.
 */
export interface SurveyPatch {
  /** The product. */
  product_id?: string;
  /** The market whose features were looked for. */
  market_id?: string;
  /** The features looked for; null: all. */
  feature_ids?: string[] | null;
  /** The day of the look. */
  date?: string;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** All dated facts in date order. */
export interface TimelineEvent {
  object: "event";
  id: string;
  href: string;
  /** The kind of record. */
  kind: Open<"adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version">;
  /** The record behind it. */
  record_id: string;
  /** Kind and date field. */
  event: Open<"adoption.date" | "adoption.until" | "investment.date" | "monetization.since" |
      "monetization.until" | "offering.date" | "product.discontinued" | "product.launched" |
      "survey.date" | "usage.period" | "vendor.founded" | "version.date">;
  /** When. */
  date: string;
  /** The product it is about. */
  product_id: string | null;
  /** The vendor it is about. */
  vendor_id: string | null;
  /** The feature it is about. */
  feature_id: string | null;
  /** The markets it is about: its own, else its product's. */
  market_ids: string[] | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: Record<string, NullReason>;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A page of timeline. */
export interface TimelineEventList {
  object: "list";
  data: TimelineEvent[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** How many records meet the filter; `gte` beyond 10,000. */
export interface Total {
  value: number;
  relation: Open<"eq" | "estimate" | "gte">;
}

/** How many records of a collection it created, updated and retired; `href` shows which. */
export interface TouchedShown {
  collection: string;
  created_count: number;
  updated_count: number;
  retired_count: number;
  href: string;
}

/** How many hits are of this sort. */
export interface TypeBucket {
  key: string;
  label: string;
  count: number;
}

/** Hits by sort, the most frequent first. */
export interface TypeFacet {
  buckets: TypeBucket[];
  total_buckets: number;
}

/** A feature that no other vendor of the market has. */
export interface Unique {
  feature: string;
  feature_name: string;
  since: string;
}

/**
 * By how much the bounds of the score draw together when the cell is settled: in the mean, if it
 * proves present, and if absent; null where it is settled already or there is no score.
 */
export interface UnknownCell {
  product_id: string;
  product_name: string;
  feature_id: string;
  feature_name: string;
  state: Open<"absent" | "present" | "unknown">;
  narrowing: number | null;
  narrowing_if_present: number | null;
  narrowing_if_absent: number | null;
}

/** Unknown cells, those first whose settling brings most; a sample in the order of drawing. */
export interface UnknownCells {
  object: "list";
  market_id: string;
  market_name: string;
  on: string;
  n_products: number;
  n_features: number;
  n_unknown: number;
  known_share: number | null;
  score_lowest: number | null;
  score_highest: number | null;
  reasons: Record<string, string>;
  method: Method;
  sample: CellSample | null;
  data: UnknownCell[];
  page: PageShown | null;
  meta: RevisionMeta;
}

/** What the draws of unknown cells rest on; recall is Beta(recall_a, recall_b). */
export interface UnknownModel {
  n_audited: number;
  n_known_absent: number;
  n_history: number;
  recall_a: number;
  recall_b: number;
  check: ModelCheck | null;
}

/** How much a product was used in a period. */
export interface Usage {
  object: "usage";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** The measure. */
  metric: string;
  /** How much. */
  value: number;
  /** What the metric counts. */
  unit: Open<"days" | "downloads" | "messages" | "minutes" | "people" | "percent" | "sessions" |
      "visits"> | null;
  /** The period it speaks of. */
  period: string | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** How much a product was used in a period. What is written of it. */
export interface UsageBody {
  /** The product. */
  product_id: string;
  /** The measure. */
  metric: string;
  /** How much. */
  value: number;
  /** The period it speaks of. */
  period?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/**
 * A figure as published; `is_contradicted`: another of its metric and period says otherwise, and
 * nobody has decided.
 */
export interface UsageFigure {
  metric: string;
  measured_in?: string;
  period: string;
  value: number;
  is_contradicted: boolean;
  record_id: string;
}

/** A page of usage. */
export interface UsageList {
  object: "list";
  data: Usage[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** How much a product was used in a period. What is written of it. */
export interface UsagePatch {
  /** The product. */
  product_id?: string;
  /** The measure. */
  metric?: string;
  /** How much. */
  value?: number;
  /** The period it speaks of. */
  period?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/**
 * The figures of one metric: its first and last period and how many times as much that is; null
 * where figures of that period contradict each other.
 */
export interface UsageSeries {
  metric: string;
  measured_in?: string;
  n_figures: number;
  n_contradicted: number;
  first_period: string;
  first_value: number | null;
  last_period: string;
  last_value: number | null;
  growth: number | null;
}

/** A company that sells AI products. */
export interface Vendor {
  object: "vendor";
  id: string;
  href: string;
  name: string;
  name_lang: string | null;
  names: Record<string, string>;
  /** Other names it goes by. */
  aliases: string[];
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids: Record<string, string[]>;
  /** Seat, ISO 3166-1 alpha-2. */
  country: string | null;
  /** What sort of company. */
  type: Open<"big_tech" | "device_maker" | "lab" | "startup"> | null;
  /** When it was founded. */
  founded: string | null;
  /** Its own site. */
  homepage: string | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A company that sells AI products. What is written of it. */
export interface VendorBody {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** Seat, ISO 3166-1 alpha-2. */
  country?: string | null;
  /** What sort of company. */
  type?: "big_tech" | "startup" | "device_maker" | "lab" | null;
  /** When it was founded. */
  founded?: string | null;
  /** Its own site. */
  homepage?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A vendor's products in the market. */
export interface VendorCadence {
  vendor: string;
  vendor_name: string;
  n_products: number;
  n_versions: number;
  n_releases: number;
  releases_per_year: number | null;
  median_gap_days: number | null;
}

/** By line, and every figure as an entry, by line and date. */
export interface VendorCapital {
  vendor: string;
  on: string;
  as_of: string | null;
  n_figures: number;
  n_lines: number;
  n_contradicted: number;
  n_disputed: number;
  n_undated: number;
  first_date: string | null;
  last_date: string | null;
  lines: CapitalLine[];
  entries: CapitalFigure[];
  warnings: string[];
  reasons: Record<string, string>;
}

/**
 * What money and machines went, or are to go, into a vendor; `result` has the fields of the method.
 */
export interface VendorCapitalAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: VendorCapital;
}

/** The vendor's row of the league, and its place in it. */
export interface VendorCopying {
  market: string;
  vendor: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  rank: number | null;
  n_vendors: number;
  n_features: number;
  n_contested_features: number;
  row: LeagueRow | null;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/**
 * How alike a vendor's own products are, and how like its rivals'; `result` has the fields of the
 * method.
 */
export interface VendorHomogenizationAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: VendorPortfolio;
}

/** All vendors by innovator share, then follower speed. */
export interface VendorLeague {
  market: string | null;
  on: string;
  as_of: string | null;
  stage_min: string;
  simultaneity_days: number;
  n_features: number;
  n_contested_features: number;
  innovator_hhi: number | null;
  vendors: LeagueRow[];
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** A page of vendors. */
export interface VendorList {
  object: "list";
  data: Vendor[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A company that sells AI products. What is written of it. */
export interface VendorPatch {
  /** Names by language (en, zh, ...). */
  names?: Record<string, string> | null;
  /** Other names it goes by. */
  aliases?: string[] | null;
  /** Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: Record<string, string | string[]> | null;
  /** Seat, ISO 3166-1 alpha-2. */
  country?: string | null;
  /** What sort of company. */
  type?: "big_tech" | "startup" | "device_maker" | "lab" | null;
  /** When it was founded. */
  founded?: string | null;
  /** Its own site. */
  homepage?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Short for names.en. */
  name?: string | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A census of the vendor's live profiled products in all markets. */
export interface VendorPortfolio {
  vendor: string;
  on: string;
  as_of: string | null;
  stage_min: string;
  internal_similarity: number | null;
  effective_products: number | null;
  similarity_to_rivals: number | null;
  markets: MarketPresence[];
  market_hhi: number | null;
  n_products: number;
  n_features: number;
  quality: string;
  warnings: string[];
  reasons: Record<string, string>;
}

/** How often a vendor is first, and how fast it follows; `result` has the fields of the method. */
export interface VendorTimeToCopyAnswer {
  object: string;
  subject: Subject;
  market_id: string | null;
  market_name: string | null;
  feature_id: string | null;
  feature_name: string | null;
  product_id: string | null;
  product_name: string | null;
  on: string;
  as_of: string | null;
  finding: string;
  reasons: Record<string, string>;
  coverage: Coverage;
  explain: Explanation | null;
  method: Method;
  links: Record<string, string>;
  warnings: Notice[];
  meta: Meta;
  result: VendorCopying;
}

/** A version of a product came out. */
export interface Version {
  object: "version";
  id: string;
  href: string;
  /** The product. */
  product_id: string;
  /** As its vendor calls it. */
  name: string;
  /** First day on which customers could use it. */
  date: string | null;
  /** What the record stands on. */
  source_ids: string[];
  /** A remark in our own words. */
  note: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence: Open<"sourced" | "unsourced" | "unstated">;
  /** How sure a curator is of it; no figure weighs it. */
  confidence: Open<"high" | "low" | "medium"> | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute: Open<"other" | "preferred"> | null;
  null_reasons: NullReasons;
  field_sources: FieldSources;
  revision: number;
  recorded_at: string;
  updated_at: string;
}

/** A version of a product came out. What is written of it. */
export interface VersionBody {
  /** The product. */
  product_id: string;
  /** As its vendor calls it. */
  name: string;
  /** First day on which customers could use it. */
  date?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A page of versions. */
export interface VersionList {
  object: "list";
  data: Version[];
  page: PageShown;
  total: Total | null;
  facets: Record<string, FacetShown>;
  meta: ListMeta;
}

/** A version of a product came out. What is written of it. */
export interface VersionPatch {
  /** The product. */
  product_id?: string;
  /** As its vendor calls it. */
  name?: string;
  /** First day on which customers could use it. */
  date?: string | null;
  /** What the record stands on. */
  source_ids?: string[] | null;
  /** A remark in our own words. */
  note?: string | null;
  /**
   * Whether it has a source: sourced, unsourced (believed true, none found), or unstated (an entity
   * with neither).
   */
  evidence?: "sourced" | "unsourced" | "unstated" | null;
  /** How sure a curator is of it; no figure weighs it. */
  confidence?: "high" | "medium" | "low" | null;
  /** Of facts that contradict each other: preferred (used), other (kept, in no figure). */
  dispute?: "preferred" | "other" | null;
  null_reasons?: NullReasons | null;
  field_sources?: FieldSources | null;
  /** Addresses of sources; those not known yet are added. */
  sources?: string[] | null;
  /** unsourced: believed true, no source found. */
  status?: "unsourced" | null;
  /** Why; kept with the revision. */
  comment?: string;
}

/** A figure of an analysis, and by how much it must move to be told. */
export interface Watch {
  metric: string;
  field: string;
  threshold: number;
}

/** Webhooks, the oldest first. */
export interface WebhookList {
  object: "list";
  data: WebhookShown[];
  page: PageShown | null;
}

/** A merge patch (RFC 7396) of a subscription; arrays replace whole. */
export interface WebhookPatch {
  url?: string;
  types?: string[];
  filter?: Filter;
  metric?: Watch | null;
  status?: "active" | "paused";
}

/** A subscription; `next_cursor` is the place in `/v1/changes` to which it has followed. */
export interface WebhookShown {
  object: "webhook";
  id: string;
  href: string;
  owner_id: string | null;
  url: string;
  types: string[];
  filter: Filter;
  metric: Watch | null;
  status: Open<"active" | "off" | "paused">;
  status_reason: string | null;
  failure_count: number;
  next_cursor: string;
  created_at: string;
  updated_at: string;
}

/**
 * With the secret that signs its messages; it is shown this once; null where the request was sent
 * again.
 */
export interface WebhookWithSecret {
  object: "webhook";
  id: string;
  href: string;
  owner_id: string | null;
  url: string;
  types: string[];
  filter: Filter;
  metric: Watch | null;
  status: Open<"active" | "off" | "paused">;
  status_reason: string | null;
  failure_count: number;
  next_cursor: string;
  created_at: string;
  updated_at: string;
  secret: string | null;
  old_secret_until: string | null;
}

/** What came out in a calendar year; gaps count in the year in which they end. */
export interface YearOfReleases {
  year: number;
  n_versions: number;
  n_releases: number;
  n_gaps: number;
  median_gap_days: number | null;
}
