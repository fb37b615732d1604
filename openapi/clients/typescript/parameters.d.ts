// Made by `parity clients` from the OpenAPI document; not to be edited.

export type OneOrMore<T> = T | readonly T[];

/** Beside the filters that are named, every operator of every field in /v1/schema. */
export interface Where {
  /** As they stand in an address: `{ "launched__lt": "2024", "vendor.country__not": "CN" }`. */
  where?: Record<string, OneOrMore<string | number> | boolean>;
}

export interface AgeBandsDays {
  /** Limits in days of the ages within which the rate is constant; empty: none. */
  age_bands_days?: OneOrMore<number>;
}

export interface Aliases {
  /** Any of these values. Other names it goes by. */
  aliases?: OneOrMore<string>;
}

export interface AmountGte {
  /** At least, or from the first day of the period. How much. */
  amount__gte?: string;
}

export interface AmountGteOfPrice {
  /** At least, or from the first day of the period. The headline price. */
  "price.amount__gte"?: string;
}

export interface AmountLte {
  /** At most, or to the last day of the period. How much. */
  amount__lte?: string;
}

export interface AmountLteOfPrice {
  /** At most, or to the last day of the period. The headline price. */
  "price.amount__lte"?: string;
}

export interface ArchiveUrl {
  /** Any of these values. An archived copy. */
  archive_url?: OneOrMore<string>;
}

export interface AsOf {
  /**
   * What the base said then: `rev:N`, a release, a day (its end, UTC) or an instant with a zone.
   */
  as_of?: string;
}

export interface BandPriorCopies {
  /** How many copies the prior of each age band weighs. */
  band_prior_copies?: number;
}

export interface BusinessModelId {
  /** Any of these values. How it earns. */
  business_model_id?: OneOrMore<string>;
}

export interface Category {
  /** Any of these values. The family it belongs to. */
  category?: OneOrMore<string>;
}

export interface ChangeWindowDays {
  /** The change is over so many days. */
  change_window_days?: number;
}

export interface Comment {
  /** Why; kept with the revision. Also a field of the body. */
  comment?: string;
}

export interface Confidence {
  /** Any of these values. How sure a curator is of it; no figure weighs it. */
  confidence?: OneOrMore<"high" | "medium" | "low">;
}

export interface ConfidenceOfGetMarketCadence {
  /** Level of the intervals. */
  confidence?: number;
}

export interface Count {
  /** exact (to 10,000, then gte), estimate (the planner's) or none. */
  count?: "estimate" | "exact" | "none";
}

export interface Country {
  /** Any of these values. Seat, ISO 3166-1 alpha-2. */
  country?: OneOrMore<string>;
}

export interface CountryOfVendor {
  /** Any of these values. Seat, ISO 3166-1 alpha-2. */
  "vendor.country"?: OneOrMore<string>;
}

export interface Currency {
  /** Any of these values. ISO 4217. */
  currency?: OneOrMore<string>;
}

export interface CurrencyOfPrice {
  /** Any of these values. The headline price. */
  "price.currency"?: OneOrMore<string>;
}

export interface Cursor {
  /** `page.next_cursor` of the page before. */
  cursor?: string;
}

export interface DateDraws {
  /** Draws of the imprecise dates. */
  date_draws?: number;
}

export interface DateGte {
  /** At least, or from the first day of the period. First day on which customers could use it. */
  date__gte?: string;
}

export interface DateGteOfListAdoptions {
  /** At least, or from the first day of the period. Since when. */
  date__gte?: string;
}

export interface DateGteOfListInvestments {
  /** At least, or from the first day of the period. When. */
  date__gte?: string;
}

export interface DateGteOfListSurveys {
  /** At least, or from the first day of the period. The day of the look. */
  date__gte?: string;
}

export interface DateLte {
  /** At most, or to the last day of the period. First day on which customers could use it. */
  date__lte?: string;
}

export interface DateLteOfListAdoptions {
  /** At most, or to the last day of the period. Since when. */
  date__lte?: string;
}

export interface DateLteOfListInvestments {
  /** At most, or to the last day of the period. When. */
  date__lte?: string;
}

export interface DateLteOfListSurveys {
  /** At most, or to the last day of the period. The day of the look. */
  date__lte?: string;
}

export interface DateMatch {
  /** certain: the whole interval of a partial date qualifies; possible: some day of it does. */
  date_match?: "certain" | "possible";
}

export interface Dates {
  /**
   * Copies of which only the day is known by which they were there: spread over the days that are
   * left (spread), or on that day (bound).
   */
  dates?: "bound" | "spread";
}

export interface Definition {
  /** Any of these values. What it is, in one sentence, in English. */
  definition?: OneOrMore<string>;
}

export interface Definitions {
  /** Any of these values. The same in other languages (zh, ...). */
  definitions?: OneOrMore<string>;
}

export interface DifferentiatorMax {
  /** Up to this share of vendors a feature is a differentiator. */
  differentiator_max?: number;
}

export interface DiscontinuedGte {
  /** At least, or from the first day of the period. Day from which it was gone. */
  discontinued__gte?: string;
}

export interface DiscontinuedLte {
  /** At most, or to the last day of the period. Day from which it was gone. */
  discontinued__lte?: string;
}

export interface Dispute {
  /**
   * Any of these values. Of facts that contradict each other: preferred (used), other (kept, in no
   * figure).
   */
  dispute?: OneOrMore<"preferred" | "other">;
}

export interface DryRun {
  /** true: the same checks and the same answer, and nothing is stored. */
  dry_run?: boolean;
}

export interface Evidence {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  evidence?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface EvidenceOfBusinessModel {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  "business_model.evidence"?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface EvidenceOfFeature {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  "feature.evidence"?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface EvidenceOfGetMarketCadence {
  /** sourced: facts with a source; any: unsourced ones too. */
  evidence?: "any" | "sourced";
}

export interface EvidenceOfMarket {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  "market.evidence"?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface EvidenceOfProduct {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  "product.evidence"?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface EvidenceOfVendor {
  /**
   * Any of these values. Whether it has a source: sourced, unsourced (believed true, none found),
   * or unstated (an entity with neither).
   */
  "vendor.evidence"?: OneOrMore<"sourced" | "unsourced" | "unstated">;
}

export interface Excel {
  /** CSV for Excel: a byte order mark, CRLF and guarded formulas. */
  excel?: boolean;
}

export interface Explain {
  /** true: also the ids of the facts that the answer stands on. */
  explain?: boolean;
}

export interface ExternalIds {
  /** Any of these values. Ids that others give to it, by scheme (wikidata, lei, ...). */
  external_ids?: OneOrMore<string>;
}

export interface Facets {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "vendor_ids" | "source_ids" | "evidence" | "revision">;
}

export interface FacetsOfListAdoptions {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "feature_id" | "stage" | "source_ids" | "evidence" |
      "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "feature.id" | "feature.category" | "feature.market_ids" |
      "feature.source_ids" | "feature.evidence" | "feature.revision">;
}

export interface FacetsOfListFeatures {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "category" | "market_ids" | "source_ids" | "evidence" | "revision">;
}

export interface FacetsOfListInvestments {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "vendor_id" | "type" | "currency" | "unit" | "status" | "source_ids" |
      "evidence" | "confidence" | "dispute" | "revision" | "vendor.id" | "vendor.country" |
      "vendor.type" | "vendor.source_ids" | "vendor.evidence" | "vendor.revision">;
}

export interface FacetsOfListMonetizations {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "business_model_id" | "price.currency" | "price.per" |
      "source_ids" | "evidence" | "confidence" | "dispute" | "revision" | "product.id" |
      "product.vendor_id" | "product.market_ids" | "product.status" | "product.source_ids" |
      "product.evidence" | "product.revision" | "business_model.id" | "business_model.source_ids" |
      "business_model.evidence" | "business_model.revision">;
}

export interface FacetsOfListOfferings {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "reseller" | "source_ids" | "evidence" | "confidence" |
      "revision" | "product.id" | "product.vendor_id" | "product.market_ids" | "product.status" |
      "product.source_ids" | "product.evidence" | "product.revision">;
}

export interface FacetsOfListProducts {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "vendor_id" | "market_ids" | "status" | "source_ids" | "evidence" |
      "revision" | "vendor.id" | "vendor.country" | "vendor.type" | "vendor.source_ids" |
      "vendor.evidence" | "vendor.revision">;
}

export interface FacetsOfListSurveys {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "market_id" | "feature_ids" | "source_ids" | "evidence" |
      "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "market.id" | "market.layer" | "market.source_ids" | "market.evidence" |
      "market.revision">;
}

export interface FacetsOfListUsage {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "metric" | "unit" | "source_ids" | "evidence" |
      "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision">;
}

export interface FacetsOfListVersions {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "product_id" | "name" | "source_ids" | "evidence" | "confidence" |
      "dispute" | "revision" | "product.id" | "product.vendor_id" | "product.market_ids" |
      "product.status" | "product.source_ids" | "product.evidence" | "product.revision">;
}

export interface FeatureId {
  /** Any of these values. The feature. */
  feature_id?: OneOrMore<string>;
}

export interface FeatureIdOfListFactsOfSource {
  /** Any of these values. The feature it is about. */
  feature_id?: OneOrMore<string>;
}

export interface FeatureIds {
  /** Any of these values. The features looked for; null: all. */
  feature_ids?: OneOrMore<string>;
}

export interface Fields {
  /**
   * Only these fields beside object and id, with dots into what is included. The answer has no
   * others, also where its schema requires them.
   */
  fields?: OneOrMore<string>;
}

export interface Fill {
  /** zero: also the empty periods of the one date key. */
  fill?: "none" | "zero";
}

export interface Filter {
  /**
   * AIP-160: `vendor.country = "CN" AND (launched >= "2024" OR NOT status = "active")`; `:` is
   * "has". AND-ed with the flat filters: every field of /v1/schema, bare or with one of its
   * operators as a suffix (`__not __gt __gte __lt __lte __isnull __all __prefix __contains`); dots
   * lead to linked records, two far at most: `product.vendor.country`, `adoptions.feature_id`.
   */
  filter?: string;
}

export interface FilterOfGetMarketCadence {
  /** Which products count: an AIP-160 expression over products. */
  filter?: string;
}

export interface FilterOfListChanges {
  /**
   * Only changes of records that met it before the change or meet it after; an AIP-160 expression
   * over the fields of the kinds.
   */
  filter?: string;
}

export interface FoundedGte {
  /** At least, or from the first day of the period. When it was founded. */
  founded__gte?: string;
}

export interface FoundedLte {
  /** At most, or to the last day of the period. When it was founded. */
  founded__lte?: string;
}

export interface From {
  /** First day of the series. */
  from?: string;
}

export interface Having {
  /** Only groups whose metric compares so: count>=2. */
  having?: OneOrMore<string>;
}

export interface Homepage {
  /** Any of these values. Its own site. */
  homepage?: OneOrMore<string>;
}

export interface HorizonsDays {
  /** Ages in days at which shares copied are told. */
  horizons_days?: OneOrMore<number>;
}

export interface Id {
  /** Any of these values. The id. */
  id?: OneOrMore<string>;
}

export interface IdOfListChanges {
  /** Only changes of these records. */
  id?: OneOrMore<string>;
}

export interface Include {
  /** Records to bring along, two far at most: date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListAdoptions {
  /** Records to bring along, two far at most: product, feature, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListBusinessModels {
  /** Records to bring along, two far at most: sources, monetizations, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListFeatures {
  /** Records to bring along, two far at most: markets, sources, adoptions, surveys, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListGroups {
  /** Records to bring along, two far at most: vendors, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListInvestments {
  /** Records to bring along, two far at most: vendor, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListMarkets {
  /** Records to bring along, two far at most: sources, products, features, surveys, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListMonetizations {
  /** Records to bring along, two far at most: product, business_model, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListProducts {
  /**
   * Records to bring along, two far at most: vendor, markets, sources, versions, adoptions,
   * surveys, monetizations, usage, offerings, date_bounds.
   */
  include?: OneOrMore<string>;
}

export interface IncludeOfListQualityIssues {
  /** Records to bring along, two far at most: product, vendor, feature, markets, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListSurveys {
  /** Records to bring along, two far at most: product, market, features, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface IncludeOfListVendors {
  /**
   * Records to bring along, two far at most: sources, groups, products, investments, date_bounds.
   */
  include?: OneOrMore<string>;
}

export interface IncludeOfListVersions {
  /** Records to bring along, two far at most: product, sources, date_bounds. */
  include?: OneOrMore<string>;
}

export interface Kind {
  /** Any of these values. The kind of record. */
  kind?: OneOrMore<"adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version">;
}

export interface Kinds {
  /** Only changes of these kinds of records. */
  kinds?: OneOrMore<"adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version">;
}

export interface Lang {
  /** Language of names and texts; wins over Accept-Language. */
  lang?: "en" | "zh";
}

export interface LastCheckedGte {
  /**
   * At least, or from the first day of the period. When somebody last saw that it says what it is
   * cited for.
   */
  last_checked__gte?: string;
}

export interface LastCheckedLte {
  /**
   * At most, or to the last day of the period. When somebody last saw that it says what it is cited
   * for.
   */
  last_checked__lte?: string;
}

export interface LaunchedGte {
  /** At least, or from the first day of the period. First day on which customers could use it. */
  launched__gte?: string;
}

export interface LaunchedLte {
  /** At most, or to the last day of the period. First day on which customers could use it. */
  launched__lte?: string;
}

export interface Layer {
  /** Any of these values. Where in the stack it lies. */
  layer?: OneOrMore<"application" | "device" | "model">;
}

export interface LayerOfMarket {
  /** Any of these values. Where in the stack it lies. */
  "market.layer"?: OneOrMore<"application" | "device" | "model">;
}

export interface Limit {
  /** Records a page. */
  limit?: number;
}

export interface Market {
  /** The market. */
  market: string;
}

export interface MarketId {
  /** Any of these values. The market whose features were looked for. */
  market_id?: OneOrMore<string>;
}

export interface MarketIds {
  /** Any of these values. The markets it competes in. */
  market_ids?: OneOrMore<string>;
}

export interface MarketIdsOfListFactsOfSource {
  /** Any of these values. The markets it is about: its own, else its product's. */
  market_ids?: OneOrMore<string>;
}

export interface MarketIdsOfListFeatures {
  /** Any of these values. The markets in which it counts; null: all. */
  market_ids?: OneOrMore<string>;
}

export interface MarketOfGetProductGaps {
  /** The market; a product that is in one only needs none. */
  market?: string;
}

export interface Metric {
  /** Any of these values. The measure. */
  metric?: OneOrMore<string>;
}

export interface MinJointFeatures {
  /** unknown=exclude: pairs with fewer features known for both are left out. */
  min_joint_features?: number;
}

export interface Model {
  /** Any of these values. The reseller's own id of it. */
  model?: OneOrMore<string>;
}

export interface Name {
  /** Any of these values. Names by language (en, zh, ...). */
  name?: OneOrMore<string>;
}

export interface NameOfListVersions {
  /** Any of these values. As its vendor calls it. */
  name?: OneOrMore<string>;
}

export interface On {
  /** The world's day: facts in force on it. A month or year means its last day. */
  on?: string;
}

export interface OnOfGetMarketCadence {
  /** The world's day: facts in force on it. A month or year means its last day. Default: today. */
  on?: string;
}

export interface PerOfPrice {
  /** Any of these values. The headline price. */
  "price.per"?: OneOrMore<string>;
}

export interface PeriodGte {
  /** At least, or from the first day of the period. The period it speaks of. */
  period__gte?: string;
}

export interface PeriodLte {
  /** At most, or to the last day of the period. The period it speaks of. */
  period__lte?: string;
}

export interface Permutations {
  /** Shuffles of the gaps, for the p-value of their trend. */
  permutations?: number;
}

export interface ProductId {
  /** Any of these values. The product. */
  product_id?: OneOrMore<string>;
}

export interface ProductIdOfListFactsOfSource {
  /** Any of these values. The product it is about. */
  product_id?: OneOrMore<string>;
}

export interface PublishedGte {
  /** At least, or from the first day of the period. When it was published. */
  published__gte?: string;
}

export interface PublishedLte {
  /** At most, or to the last day of the period. When it was published. */
  published__lte?: string;
}

export interface Publisher {
  /** Any of these values. Who published it. */
  publisher?: OneOrMore<string>;
}

export interface Q {
  /** Only records that these words find, as /v1/search does; in the list's order. */
  q?: string;
}

export interface QOfSearchRecords {
  /** Words in Chinese (either script variant), pinyin, pinyin initials, or any other language. */
  q: string;
}

export interface QuantityGte {
  /** At least, or from the first day of the period. How many things were bought. */
  quantity__gte?: string;
}

export interface QuantityLte {
  /** At most, or to the last day of the period. How many things were bought. */
  quantity__lte?: string;
}

export interface RecordIdOfListFactsOfSource {
  /** Any of these values. The record behind it. */
  record_id?: OneOrMore<string>;
}

export interface ReplacedBy {
  /** The record that stands in its place. */
  replaced_by?: string;
}

export interface Reseller {
  /** Any of these values. Who offers it. */
  reseller?: OneOrMore<string>;
}

export interface ResellerName {
  /** Any of these values. The reseller's name. */
  reseller_name?: OneOrMore<string>;
}

export interface Restore {
  /** true: bring back a record that was retired under this id. */
  restore?: boolean;
}

export interface Sample {
  /** So many records drawn at random, decided by seed. */
  sample?: number;
}

export interface Seed {
  /** Of the sample; 0 without it. */
  seed?: number;
}

export interface SeedOfGetMarketCadence {
  /** Decides everything that is drawn. */
  seed?: number;
}

export interface SimultaneityDays {
  /** Launches within so many days of the first count as first too. */
  simultaneity_days?: number;
}

export interface Since {
  /**
   * What came after: `rev:N`, `seq:…`, a day (its end, UTC) or an instant with a zone. Without it
   * from the beginning; the stream begins now.
   */
  since?: string;
}

export interface SinceGte {
  /** At least, or from the first day of the period. Since when. */
  since__gte?: string;
}

export interface SinceLte {
  /** At most, or to the last day of the period. Since when. */
  since__lte?: string;
}

export interface Sort {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "name" | "-name" | "evidence" | "-evidence" | "revision" |
      "-revision" | "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" | string>;
}

export interface SortOfAggregateSources {
  /** Keys and metrics, `-` for descending. */
  sort?: OneOrMore<string>;
}

export interface SortOfListAdoptions {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "feature_id" | "-feature_id" |
      "stage" | "-stage" | "date" | "-date" | "until" | "-until" | "evidence" | "-evidence" |
      "confidence" | "-confidence" | "dispute" | "-dispute" | "revision" | "-revision" |
      "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" | string>;
}

export interface SortOfListFeatures {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "name" | "-name" | "category" | "-category" | "evidence" |
      "-evidence" | "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" |
      "-updated_at" | string>;
}

export interface SortOfListInvestments {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "vendor_id" | "-vendor_id" | "type" | "-type" | "amount" |
      "-amount" | "currency" | "-currency" | "quantity" | "-quantity" | "unit" | "-unit" | "date" |
      "-date" | "status" | "-status" | "evidence" | "-evidence" | "confidence" | "-confidence" |
      "dispute" | "-dispute" | "revision" | "-revision" | "recorded_at" | "-recorded_at" |
      "updated_at" | "-updated_at" | string>;
}

export interface SortOfListMonetizations {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "business_model_id" |
      "-business_model_id" | "since" | "-since" | "until" | "-until" | "evidence" | "-evidence" |
      "confidence" | "-confidence" | "dispute" | "-dispute" | "revision" | "-revision" |
      "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" | string>;
}

export interface SortOfListOfferings {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "reseller" | "-reseller" | "date" |
      "-date" | "evidence" | "-evidence" | "confidence" | "-confidence" | "revision" | "-revision" |
      "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" | string>;
}

export interface SortOfListProducts {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "vendor_id" | "-vendor_id" | "name" | "-name" | "launched" |
      "-launched" | "discontinued" | "-discontinued" | "status" | "-status" | "evidence" |
      "-evidence" | "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" |
      "-updated_at" | string>;
}

export interface SortOfListSurveys {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "market_id" | "-market_id" | "date"
      | "-date" | "evidence" | "-evidence" | "confidence" | "-confidence" | "dispute" | "-dispute" |
      "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" |
      string>;
}

export interface SortOfListUsage {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "metric" | "-metric" | "value" |
      "-value" | "unit" | "-unit" | "period" | "-period" | "evidence" | "-evidence" | "confidence" |
      "-confidence" | "dispute" | "-dispute" | "revision" | "-revision" | "recorded_at" |
      "-recorded_at" | "updated_at" | "-updated_at" | string>;
}

export interface SortOfListVersions {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "product_id" | "-product_id" | "name" | "-name" | "date" | "-date"
      | "evidence" | "-evidence" | "confidence" | "-confidence" | "dispute" | "-dispute" |
      "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" |
      string>;
}

export interface SourceIds {
  /** Any of these values. What the record stands on. */
  source_ids?: OneOrMore<string>;
}

export interface Stage {
  /** Any of these values. announced, preview (limited), or ga (generally available). */
  stage?: OneOrMore<"announced" | "preview" | "ga">;
}

export interface StageMin {
  /** The least stage that counts as having a feature. */
  stage_min?: "ga" | "preview";
}

export interface StageOfGetMarketCadence {
  /** Short for stage_min. */
  stage?: "ga" | "preview";
}

export interface Status {
  /**
   * Any of these values. On the day asked (`on`); of no day: whether a discontinuation is recorded.
   */
  status?: OneOrMore<"active" | "discontinued" | "not_launched">;
}

export interface StatusOfListInvestments {
  /** Any of these values. planned, reported by others, or actual. */
  status?: OneOrMore<"planned" | "reported" | "actual">;
}

export interface StatusOfProduct {
  /**
   * Any of these values. On the day asked (`on`); of no day: whether a discontinuation is recorded.
   */
  "product.status"?: OneOrMore<"active" | "discontinued" | "not_launched">;
}

export interface SurveyValidDays {
  /** For so many days a survey speaks for what it did not find. */
  survey_valid_days?: number;
}

export interface Table {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "warnings";
}

export interface TableStakesMin {
  /** From this share of vendors on a feature is table stakes. */
  table_stakes_min?: number;
}

export interface Theme {
  /** Pictures: on white or on black. */
  theme?: "dark" | "light";
}

export interface Title {
  /** Any of these values. Its title. */
  title?: OneOrMore<string>;
}

export interface To {
  /** Last day of the series. */
  to?: string;
}

export interface TrackedSinceGte {
  /**
   * At least, or from the first day of the period. Since when new features of this market are
   * recorded.
   */
  tracked_since__gte?: string;
}

export interface TrackedSinceLte {
  /**
   * At most, or to the last day of the period. Since when new features of this market are recorded.
   */
  tracked_since__lte?: string;
}

export interface Type {
  /** Any of these values. What sort of company. */
  type?: OneOrMore<"big_tech" | "startup" | "device_maker" | "lab">;
}

export interface TypeOfListInvestments {
  /** Any of these values. funding_round, capex, compute_purchase, ... */
  type?: OneOrMore<string>;
}

export interface TypeOfSearchRecords {
  /** Any of these sorts of record. */
  type?: OneOrMore<"business_model" | "feature" | "group" | "market" | "product" | "source" |
      "vendor">;
}

export interface TypeOfVendor {
  /** Any of these values. What sort of company. */
  "vendor.type"?: OneOrMore<"big_tech" | "startup" | "device_maker" | "lab">;
}

export interface Unit {
  /** Any of these values. What things. */
  unit?: OneOrMore<string>;
}

export interface UnitOfGetFeatureHomogenization {
  /** What is compared: products, or vendors as wholes. */
  unit?: "product" | "vendor";
}

export interface UnitOfListUsage {
  /** Any of these values. What the metric counts. */
  unit?: OneOrMore<"people" | "downloads" | "visits" | "messages" | "sessions" | "minutes" | "days"
      | "percent">;
}

export interface Unknown {
  /** Cells that nobody looked at: read as absent, or left out (exclude). */
  unknown?: "absent" | "exclude";
}

export interface UnknownOfGetFeatureTimeToCopy {
  /**
   * Cells that nobody looked at: drawn from what audits found (model), read as absent, or left out
   * (exclude).
   */
  unknown?: "absent" | "exclude" | "model";
}

export interface UntilGte {
  /** At least, or from the first day of the period. Day from which the product no longer had it. */
  until__gte?: string;
}

export interface UntilGteOfListMonetizations {
  /** At least, or from the first day of the period. Day from which it no longer did. */
  until__gte?: string;
}

export interface UntilLte {
  /** At most, or to the last day of the period. Day from which the product no longer had it. */
  until__lte?: string;
}

export interface UntilLteOfListMonetizations {
  /** At most, or to the last day of the period. Day from which it no longer did. */
  until__lte?: string;
}

export interface Url {
  /** Any of these values. Where it is, or a URN. */
  url?: OneOrMore<string>;
}

export interface ValueGte {
  /** At least, or from the first day of the period. How much. */
  value__gte?: string;
}

export interface ValueLte {
  /** At most, or to the last day of the period. How much. */
  value__lte?: string;
}

export interface VendorId {
  /** Any of these values. Who sells it. */
  vendor_id?: OneOrMore<string>;
}

export interface VendorIdOfListFactsOfSource {
  /** Any of these values. The vendor it is about. */
  vendor_id?: OneOrMore<string>;
}

export interface VendorIdOfListInvestments {
  /** Any of these values. Whose. */
  vendor_id?: OneOrMore<string>;
}

export interface VendorIds {
  /** Any of these values. The vendors in it. */
  vendor_ids?: OneOrMore<string>;
}

export interface Width {
  /** Pictures: how many pixels wide. */
  width?: number;
}

/** What `aggregate_adoptions` takes. */
export interface AggregateAdoptionsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, FeatureId, Stage, DateGteOfListAdoptions,
    DateLteOfListAdoptions, UntilGte, UntilLte, SourceIds, Evidence, Confidence, Dispute,
    StatusOfProduct, EvidenceOfProduct, EvidenceOfFeature, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "feature_id" | "stage" | "date" | "until" | "source_ids"
      | "evidence" | "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.launched" | "product.discontinued" | "product.status" |
      "product.source_ids" | "product.evidence" | "product.revision" | "feature.id" |
      "feature.category" | "feature.market_ids" | "feature.source_ids" | "feature.evidence" |
      "feature.revision" | "year(date)" | "quarter(date)" | "month(date)" | "year(until)" |
      "quarter(until)" | "month(until)" | "year(product.launched)" | "quarter(product.launched)" |
      "month(product.launched)" | "year(product.discontinued)" | "quarter(product.discontinued)" |
      "month(product.discontinued)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(date)" | "max(date)" | "min(until)" | "max(until)" |
      "min(product.launched)" | "max(product.launched)" | "min(product.discontinued)" |
      "max(product.discontinued)" | "count_distinct(id)" | "count_distinct(product_id)" |
      "count_distinct(feature_id)" | "count_distinct(stage)" | "count_distinct(date)" |
      "count_distinct(until)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(dispute)" | "count_distinct(revision)" |
      "count_distinct(product.id)" | "count_distinct(product.vendor_id)" |
      "count_distinct(product.market_ids)" | "count_distinct(product.launched)" |
      "count_distinct(product.discontinued)" | "count_distinct(product.status)" |
      "count_distinct(product.source_ids)" | "count_distinct(product.evidence)" |
      "count_distinct(product.revision)" | "count_distinct(feature.id)" |
      "count_distinct(feature.category)" | "count_distinct(feature.market_ids)" |
      "count_distinct(feature.source_ids)" | "count_distinct(feature.evidence)" |
      "count_distinct(feature.revision)">;
}

/** What `aggregate_business_models` takes. */
export interface AggregateBusinessModelsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having,
    Fill, SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Definition,
    Definitions, SourceIds, Evidence, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "source_ids" | "evidence" | "revision">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "count_distinct(id)" | "count_distinct(source_ids)" |
      "count_distinct(evidence)" | "count_distinct(revision)">;
}

/** What `aggregate_features` takes. */
export interface AggregateFeaturesQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Category,
    MarketIdsOfListFeatures, Definition, Definitions, SourceIds, Evidence, LayerOfMarket,
    EvidenceOfMarket, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "category" | "market_ids" | "source_ids" | "evidence" | "revision">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "count_distinct(id)" | "count_distinct(category)" |
      "count_distinct(market_ids)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(revision)">;
}

/** What `aggregate_groups` takes. */
export interface AggregateGroupsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, VendorIds, SourceIds,
    Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "vendor_ids" | "source_ids" | "evidence" | "revision">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "count_distinct(id)" | "count_distinct(vendor_ids)" |
      "count_distinct(source_ids)" | "count_distinct(evidence)" | "count_distinct(revision)">;
}

/** What `aggregate_investments` takes. */
export interface AggregateInvestmentsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having,
    Fill, SortOfAggregateSources, DateMatch, Id, VendorIdOfListInvestments, TypeOfListInvestments,
    AmountGte, AmountLte, Currency, QuantityGte, QuantityLte, Unit, DateGteOfListInvestments,
    DateLteOfListInvestments, StatusOfListInvestments, SourceIds, Evidence, Confidence, Dispute,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "vendor_id" | "type" | "amount" | "currency" | "quantity" | "unit" |
      "date" | "status" | "source_ids" | "evidence" | "confidence" | "dispute" | "revision" |
      "vendor.id" | "vendor.country" | "vendor.type" | "vendor.founded" | "vendor.source_ids" |
      "vendor.evidence" | "vendor.revision" | "year(date)" | "quarter(date)" | "month(date)" |
      "year(vendor.founded)" | "quarter(vendor.founded)" | "month(vendor.founded)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "sum(amount)" | "avg(amount)" | "min(amount)" |
      "max(amount)" | "median(amount)" | "p10(amount)" | "p90(amount)" | "sum(quantity)" |
      "avg(quantity)" | "min(quantity)" | "max(quantity)" | "median(quantity)" | "p10(quantity)" |
      "p90(quantity)" | "min(date)" | "max(date)" | "min(vendor.founded)" | "max(vendor.founded)" |
      "count_distinct(id)" | "count_distinct(vendor_id)" | "count_distinct(type)" |
      "count_distinct(amount)" | "count_distinct(currency)" | "count_distinct(quantity)" |
      "count_distinct(unit)" | "count_distinct(date)" | "count_distinct(status)" |
      "count_distinct(source_ids)" | "count_distinct(evidence)" | "count_distinct(confidence)" |
      "count_distinct(dispute)" | "count_distinct(revision)" | "count_distinct(vendor.id)" |
      "count_distinct(vendor.country)" | "count_distinct(vendor.type)" |
      "count_distinct(vendor.founded)" | "count_distinct(vendor.source_ids)" |
      "count_distinct(vendor.evidence)" | "count_distinct(vendor.revision)">;
}

/** What `aggregate_markets` takes. */
export interface AggregateMarketsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Layer, Definition,
    Definitions, TrackedSinceGte, TrackedSinceLte, SourceIds, Evidence, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "layer" | "tracked_since" | "source_ids" | "evidence" | "revision" |
      "year(tracked_since)" | "quarter(tracked_since)" | "month(tracked_since)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(tracked_since)" | "max(tracked_since)" |
      "count_distinct(id)" | "count_distinct(layer)" | "count_distinct(tracked_since)" |
      "count_distinct(source_ids)" | "count_distinct(evidence)" | "count_distinct(revision)">;
}

/** What `aggregate_monetizations` takes. */
export interface AggregateMonetizationsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having,
    Fill, SortOfAggregateSources, DateMatch, Id, ProductId, BusinessModelId, SinceGte, SinceLte,
    UntilGteOfListMonetizations, UntilLteOfListMonetizations, AmountGteOfPrice, AmountLteOfPrice,
    CurrencyOfPrice, PerOfPrice, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, EvidenceOfBusinessModel, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "business_model_id" | "since" | "until" | "price.amount"
      | "price.currency" | "price.per" | "source_ids" | "evidence" | "confidence" | "dispute" |
      "revision" | "product.id" | "product.vendor_id" | "product.market_ids" | "product.launched" |
      "product.discontinued" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "business_model.id" | "business_model.source_ids" |
      "business_model.evidence" | "business_model.revision" | "year(since)" | "quarter(since)" |
      "month(since)" | "year(until)" | "quarter(until)" | "month(until)" | "year(product.launched)"
      | "quarter(product.launched)" | "month(product.launched)" | "year(product.discontinued)" |
      "quarter(product.discontinued)" | "month(product.discontinued)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "sum(price.amount)" | "avg(price.amount)" |
      "min(price.amount)" | "max(price.amount)" | "median(price.amount)" | "p10(price.amount)" |
      "p90(price.amount)" | "min(since)" | "max(since)" | "min(until)" | "max(until)" |
      "min(product.launched)" | "max(product.launched)" | "min(product.discontinued)" |
      "max(product.discontinued)" | "count_distinct(id)" | "count_distinct(product_id)" |
      "count_distinct(business_model_id)" | "count_distinct(since)" | "count_distinct(until)" |
      "count_distinct(price.amount)" | "count_distinct(price.currency)" |
      "count_distinct(price.per)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(dispute)" | "count_distinct(revision)" |
      "count_distinct(product.id)" | "count_distinct(product.vendor_id)" |
      "count_distinct(product.market_ids)" | "count_distinct(product.launched)" |
      "count_distinct(product.discontinued)" | "count_distinct(product.status)" |
      "count_distinct(product.source_ids)" | "count_distinct(product.evidence)" |
      "count_distinct(product.revision)" | "count_distinct(business_model.id)" |
      "count_distinct(business_model.source_ids)" | "count_distinct(business_model.evidence)" |
      "count_distinct(business_model.revision)">;
}

/** What `aggregate_offerings` takes. */
export interface AggregateOfferingsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, Reseller, ResellerName, Model,
    DateGteOfListAdoptions, DateLteOfListAdoptions, SourceIds, Evidence, Confidence,
    StatusOfProduct, EvidenceOfProduct, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "reseller" | "date" | "source_ids" | "evidence" |
      "confidence" | "revision" | "product.id" | "product.vendor_id" | "product.market_ids" |
      "product.launched" | "product.discontinued" | "product.status" | "product.source_ids" |
      "product.evidence" | "product.revision" | "year(date)" | "quarter(date)" | "month(date)" |
      "year(product.launched)" | "quarter(product.launched)" | "month(product.launched)" |
      "year(product.discontinued)" | "quarter(product.discontinued)" |
      "month(product.discontinued)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(date)" | "max(date)" | "min(product.launched)" |
      "max(product.launched)" | "min(product.discontinued)" | "max(product.discontinued)" |
      "count_distinct(id)" | "count_distinct(product_id)" | "count_distinct(reseller)" |
      "count_distinct(date)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(revision)" | "count_distinct(product.id)" |
      "count_distinct(product.vendor_id)" | "count_distinct(product.market_ids)" |
      "count_distinct(product.launched)" | "count_distinct(product.discontinued)" |
      "count_distinct(product.status)" | "count_distinct(product.source_ids)" |
      "count_distinct(product.evidence)" | "count_distinct(product.revision)">;
}

/** What `aggregate_products` takes. */
export interface AggregateProductsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, VendorId, Name, Aliases, ExternalIds, MarketIds,
    LaunchedGte, LaunchedLte, DiscontinuedGte, DiscontinuedLte, Status, SourceIds, Evidence,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, LayerOfMarket, EvidenceOfMarket, Filter, Excel
    {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "vendor_id" | "market_ids" | "launched" | "discontinued" | "status" |
      "source_ids" | "evidence" | "revision" | "vendor.id" | "vendor.country" | "vendor.type" |
      "vendor.founded" | "vendor.source_ids" | "vendor.evidence" | "vendor.revision" |
      "year(launched)" | "quarter(launched)" | "month(launched)" | "year(discontinued)" |
      "quarter(discontinued)" | "month(discontinued)" | "year(vendor.founded)" |
      "quarter(vendor.founded)" | "month(vendor.founded)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(launched)" | "max(launched)" | "min(discontinued)" |
      "max(discontinued)" | "min(vendor.founded)" | "max(vendor.founded)" | "count_distinct(id)" |
      "count_distinct(vendor_id)" | "count_distinct(market_ids)" | "count_distinct(launched)" |
      "count_distinct(discontinued)" | "count_distinct(status)" | "count_distinct(source_ids)" |
      "count_distinct(evidence)" | "count_distinct(revision)" | "count_distinct(vendor.id)" |
      "count_distinct(vendor.country)" | "count_distinct(vendor.type)" |
      "count_distinct(vendor.founded)" | "count_distinct(vendor.source_ids)" |
      "count_distinct(vendor.evidence)" | "count_distinct(vendor.revision)">;
}

/** What `aggregate_sources` takes. */
export interface AggregateSourcesQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Url, Title, Publisher, PublishedGte, PublishedLte,
    ArchiveUrl, LastCheckedGte, LastCheckedLte, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "published" | "last_checked" | "revision" | "year(published)" |
      "quarter(published)" | "month(published)" | "year(last_checked)" | "quarter(last_checked)" |
      "month(last_checked)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(published)" | "max(published)" | "min(last_checked)"
      | "max(last_checked)" | "count_distinct(id)" | "count_distinct(published)" |
      "count_distinct(last_checked)" | "count_distinct(revision)">;
}

/** What `aggregate_surveys` takes. */
export interface AggregateSurveysQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, MarketId, FeatureIds, DateGteOfListSurveys,
    DateLteOfListSurveys, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, LayerOfMarket, EvidenceOfMarket, EvidenceOfFeature, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "market_id" | "feature_ids" | "date" | "source_ids" |
      "evidence" | "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.launched" | "product.discontinued" | "product.status" |
      "product.source_ids" | "product.evidence" | "product.revision" | "market.id" | "market.layer"
      | "market.tracked_since" | "market.source_ids" | "market.evidence" | "market.revision" |
      "year(date)" | "quarter(date)" | "month(date)" | "year(product.launched)" |
      "quarter(product.launched)" | "month(product.launched)" | "year(product.discontinued)" |
      "quarter(product.discontinued)" | "month(product.discontinued)" | "year(market.tracked_since)"
      | "quarter(market.tracked_since)" | "month(market.tracked_since)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(date)" | "max(date)" | "min(product.launched)" |
      "max(product.launched)" | "min(product.discontinued)" | "max(product.discontinued)" |
      "min(market.tracked_since)" | "max(market.tracked_since)" | "count_distinct(id)" |
      "count_distinct(product_id)" | "count_distinct(market_id)" | "count_distinct(feature_ids)" |
      "count_distinct(date)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(dispute)" | "count_distinct(revision)" |
      "count_distinct(product.id)" | "count_distinct(product.vendor_id)" |
      "count_distinct(product.market_ids)" | "count_distinct(product.launched)" |
      "count_distinct(product.discontinued)" | "count_distinct(product.status)" |
      "count_distinct(product.source_ids)" | "count_distinct(product.evidence)" |
      "count_distinct(product.revision)" | "count_distinct(market.id)" |
      "count_distinct(market.layer)" | "count_distinct(market.tracked_since)" |
      "count_distinct(market.source_ids)" | "count_distinct(market.evidence)" |
      "count_distinct(market.revision)">;
}

/** What `aggregate_usage` takes. */
export interface AggregateUsageQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, Metric, ValueGte, ValueLte, UnitOfListUsage,
    PeriodGte, PeriodLte, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "metric" | "value" | "unit" | "period" | "source_ids" |
      "evidence" | "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.launched" | "product.discontinued" | "product.status" |
      "product.source_ids" | "product.evidence" | "product.revision" | "year(period)" |
      "quarter(period)" | "month(period)" | "year(product.launched)" | "quarter(product.launched)" |
      "month(product.launched)" | "year(product.discontinued)" | "quarter(product.discontinued)" |
      "month(product.discontinued)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "sum(value)" | "avg(value)" | "min(value)" | "max(value)"
      | "median(value)" | "p10(value)" | "p90(value)" | "min(period)" | "max(period)" |
      "min(product.launched)" | "max(product.launched)" | "min(product.discontinued)" |
      "max(product.discontinued)" | "count_distinct(id)" | "count_distinct(product_id)" |
      "count_distinct(metric)" | "count_distinct(value)" | "count_distinct(unit)" |
      "count_distinct(period)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(dispute)" | "count_distinct(revision)" |
      "count_distinct(product.id)" | "count_distinct(product.vendor_id)" |
      "count_distinct(product.market_ids)" | "count_distinct(product.launched)" |
      "count_distinct(product.discontinued)" | "count_distinct(product.status)" |
      "count_distinct(product.source_ids)" | "count_distinct(product.evidence)" |
      "count_distinct(product.revision)">;
}

/** What `aggregate_vendors` takes. */
export interface AggregateVendorsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Q, Id, Name, Aliases, ExternalIds, Country, Type, FoundedGte,
    FoundedLte, Homepage, SourceIds, Evidence, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "country" | "type" | "founded" | "source_ids" | "evidence" | "revision"
      | "year(founded)" | "quarter(founded)" | "month(founded)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(founded)" | "max(founded)" | "count_distinct(id)" |
      "count_distinct(country)" | "count_distinct(type)" | "count_distinct(founded)" |
      "count_distinct(source_ids)" | "count_distinct(evidence)" | "count_distinct(revision)">;
}

/** What `aggregate_versions` takes. */
export interface AggregateVersionsQuery extends Where, Lang, On, AsOf, Limit, Cursor, Having, Fill,
    SortOfAggregateSources, DateMatch, Id, ProductId, NameOfListVersions, DateGte, DateLte,
    SourceIds, Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, Filter, Excel {
  /** One to three keys; dates by year(), quarter(), month(). */
  group_by: OneOrMore<"id" | "product_id" | "name" | "date" | "source_ids" | "evidence" |
      "confidence" | "dispute" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.launched" | "product.discontinued" | "product.status" |
      "product.source_ids" | "product.evidence" | "product.revision" | "year(date)" |
      "quarter(date)" | "month(date)" | "year(product.launched)" | "quarter(product.launched)" |
      "month(product.launched)" | "year(product.discontinued)" | "quarter(product.discontinued)" |
      "month(product.discontinued)">;
  /** What is computed of each group, of numbers in one unit; count without it. */
  metrics?: OneOrMore<"count" | "share" | "min(date)" | "max(date)" | "min(product.launched)" |
      "max(product.launched)" | "min(product.discontinued)" | "max(product.discontinued)" |
      "count_distinct(id)" | "count_distinct(product_id)" | "count_distinct(name)" |
      "count_distinct(date)" | "count_distinct(source_ids)" | "count_distinct(evidence)" |
      "count_distinct(confidence)" | "count_distinct(dispute)" | "count_distinct(revision)" |
      "count_distinct(product.id)" | "count_distinct(product.vendor_id)" |
      "count_distinct(product.market_ids)" | "count_distinct(product.launched)" |
      "count_distinct(product.discontinued)" | "count_distinct(product.status)" |
      "count_distinct(product.source_ids)" | "count_distinct(product.evidence)" |
      "count_distinct(product.revision)">;
}

/** What `compare` takes. */
export interface CompareQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Unknown, SurveyValidDays, MinJointFeatures, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** Two to ten product ids. */
  products?: OneOrMore<string>;
  /** Two to ten vendor ids, instead of products. */
  vendors?: OneOrMore<string>;
  /** differences: only rows that differ. */
  only?: "all" | "differences";
  /** Only products of this market; each pair of them measured in it. */
  market?: string;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "pairs" | "rows" | "subjects" | "warnings";
}

/** What `decide_correction` takes. */
export interface CreateCorrectionQuery extends DryRun {}

/** What `create_import` takes. */
export interface CreateImportQuery extends DryRun, Comment {
  /** create: a record that stands already is a fault. */
  mode?: "create" | "upsert";
  /** skip: load the good rows of a file with faults. */
  on_error?: "abort" | "skip";
  /** What the file holds: needed where its columns fit several. */
  kind?: "adoption" | "business_model" | "feature" | "group" | "investment" | "market" |
      "monetization" | "offering" | "product" | "source" | "survey" | "usage" | "vendor" |
      "version";
  /** Records at most. */
  limit?: number;
}

/** What `get_adoption` takes. */
export interface GetAdoptionQuery extends Lang, On, AsOf, Fields, IncludeOfListAdoptions, Excel {}

/** What `get_business_model` takes. */
export interface GetBusinessModelQuery extends Lang, On, AsOf, Fields, IncludeOfListBusinessModels,
    Excel {}

/** What `get_coverage` takes. */
export interface GetCoverageQuery extends Lang, On, AsOf, Excel {
  /** Only this market, by product and by feature. */
  market?: string;
}

/** What `get_dataset` takes. */
export interface GetDatasetQuery extends Lang, AsOf, Excel {}

/** What `get_diff` takes. */
export interface GetDiffQuery extends Where, Lang, Limit, Cursor, Excel {
  /** Which collection. */
  collection: "adoptions" | "business-models" | "features" | "groups" | "investments" | "markets" |
      "monetizations" | "offerings" | "products" | "sources" | "surveys" | "usage" | "vendors" |
      "versions";
  /** The earlier revision: rev:N, a release, a day or an instant. */
  from: string;
  /** The later one; left out: the newest. */
  to?: string;
  /** Only records that met it then or meet it now; AIP-160. */
  filter?: string;
}

/** What `get_feature_forecast` takes. */
export interface GetFeatureForecastQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Market, SimultaneityDays, Dates, ConfidenceOfGetMarketCadence,
    AgeBandsDays, BandPriorCopies, Unknown, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** How many days ahead chances are told. */
  forecast_horizons_days?: OneOrMore<number>;
  /** The backtest forecasts anew every so many days. */
  backtest_step_days?: number;
  /** How many days of the past the backtest forecasts from. */
  backtest_cutoffs?: number;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "forecasts" | "pending" | "warnings";
}

/** What `get_feature_homogenization` takes. */
export interface GetFeatureHomogenizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Market, UnitOfGetFeatureHomogenization, TableStakesMin,
    DifferentiatorMax, Unknown, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Table, Theme, Width {}

/** What `get_feature` takes. */
export interface GetFeatureQuery extends Lang, On, AsOf, Fields, IncludeOfListFeatures, Excel {}

/** What `get_feature_time_to_copy` takes. */
export interface GetFeatureTimeToCopyQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, ConfidenceOfGetMarketCadence, HorizonsDays,
    DateDraws, SeedOfGetMarketCadence, Dates, UnknownOfGetFeatureTimeToCopy, SurveyValidDays,
    VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** The market; without it all markets are treated as one. */
  market?: string;
  /** Who copies: vendors, or single products. */
  unit?: "product" | "vendor";
  /** The restricted mean time to copy is up to this age. */
  rmst_tau_days?: number;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "curve" | "figures" | "near_simultaneous" | "possible_earlier" | "rivals" | "warnings";
}

/** What `get_group` takes. */
export interface GetGroupQuery extends Lang, On, AsOf, Fields, IncludeOfListGroups, Excel {}

/** What `get_webhook` takes. */
export interface GetIndexQuery extends Lang, Excel {}

/** What `get_investment` takes. */
export interface GetInvestmentQuery extends Lang, On, AsOf, Fields, IncludeOfListInvestments, Excel
    {}

/** What `get_service_version` takes. */
export interface GetKeyQuery extends Excel {}

/** What `get_market_cadence` takes. */
export interface GetMarketCadenceQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, ConfidenceOfGetMarketCadence, DateDraws, Permutations,
    SeedOfGetMarketCadence, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "vendors" | "warnings" | "years";
}

/** What `get_market_copy_graph` takes. */
export interface GetMarketCopyGraphQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, Dates, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** Edges of at least so many features are listed. */
  min_count?: number;
  /** Copies that came later than this do not count. */
  max_lag_days?: number;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "edges" | "figures" | "nodes" | "warnings";
}

/** What `get_market_homogenization` takes. */
export interface GetMarketHomogenizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, UnitOfGetFeatureHomogenization, ConfidenceOfGetMarketCadence,
    DateDraws, SeedOfGetMarketCadence, ChangeWindowDays, TableStakesMin, DifferentiatorMax,
    UnknownOfGetFeatureTimeToCopy, SurveyValidDays, MinJointFeatures, From, To, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** Also against random matrices with the same sums. */
  include_structure?: boolean;
  /** include_structure: how many random matrices. */
  null_draws?: number;
  /** One point per event, or the last of each period. */
  interval?: "event" | "month" | "quarter" | "year";
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "feature_contributions" | "figures" | "product_contributions" | "series" | "warnings";
}

/** What `get_market_league` takes. */
export interface GetMarketLeagueQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, Dates, ConfidenceOfGetMarketCadence, Unknown,
    SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width
    {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "vendors" | "warnings";
}

/** What `get_market_matrix` takes. */
export interface GetMarketMatrixQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width {
  /** What the cells of what is present show. */
  cell?: "date" | "lag_days" | "stage";
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "cells" | "columns" | "figures" | "rows" | "warnings";
}

/** What `get_market_monetization` takes. */
export interface GetMarketMonetizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, UnitOfGetFeatureHomogenization, ConfidenceOfGetMarketCadence,
    TableStakesMin, DifferentiatorMax, SurveyValidDays, From, To, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** One point per event, or the last of each period. */
  interval?: "event" | "month" | "quarter" | "year";
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "feature_contributions" | "figures" | "models" | "product_contributions" | "series" |
      "warnings";
}

/** What `get_market_near_simultaneous` takes. */
export interface GetMarketNearSimultaneousQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, Dates, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "pairs" | "warnings";
}

/** What `get_market_penetration` takes. */
export interface GetMarketPenetrationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, TableStakesMin, DifferentiatorMax, ChangeWindowDays, SurveyValidDays,
    From, To, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** The series has the last day of each month, quarter or year. */
  period?: "month" | "quarter" | "year";
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "features" | "figures" | "series" | "warnings";
}

/** What `get_market` takes. */
export interface GetMarketQuery extends Lang, On, AsOf, Fields, IncludeOfListMarkets, Excel {}

/** What `get_market_time_to_copy` takes. */
export interface GetMarketTimeToCopyQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SimultaneityDays, Dates, ConfidenceOfGetMarketCadence, HorizonsDays,
    AgeBandsDays, BandPriorCopies, SeedOfGetMarketCadence, Unknown, SurveyValidDays, VendorId,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** Further markets pooled with this. */
  markets?: OneOrMore<string>;
  /** Of the feature cohorts, for the p-value of the trend. */
  permutations?: number;
  /** Also the features by their category, as `classes`. */
  by?: "feature.category";
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "classes.classes" | "features" | "figures" | "hazard_bands" | "medians.features" |
      "trend.cohorts" | "warnings";
}

/** What `get_monetization` takes. */
export interface GetMonetizationQuery extends Lang, On, AsOf, Fields, IncludeOfListMonetizations,
    Excel {}

/** What `get_product_audience` takes. */
export interface GetProductAudienceQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "entries" | "figures" | "series" | "warnings";
}

/** What `get_product_cadence` takes. */
export interface GetProductCadenceQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, ConfidenceOfGetMarketCadence, DateDraws, Permutations,
    SeedOfGetMarketCadence, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "warnings" | "years";
}

/** What `get_product_gaps` takes. */
export interface GetProductGapsQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, MarketOfGetProductGaps, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** market: every rival vendor; nearest: the five likest rival products. */
  peers?: "market" | "nearest";
  /** Features that at least this share of the peers have. */
  min_peer_share?: number;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "missing" | "unique" | "warnings";
}

/** What `get_product_homogenization` takes. */
export interface GetProductHomogenizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, MarketOfGetProductGaps, ChangeWindowDays, TableStakesMin,
    DifferentiatorMax, Unknown, SurveyValidDays, MinJointFeatures, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "nearest" | "warnings";
}

/** What `get_product` takes. */
export interface GetProductQuery extends Lang, On, AsOf, Fields, IncludeOfListProducts, Excel {}

/** What `get_similar_products` takes. */
export interface GetSimilarProductsQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, MarketOfGetProductGaps, SurveyValidDays, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** So many neighbours. */
  limit?: number;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "neighbours" | "warnings";
}

/** What `get_source` takes. */
export interface GetSourceQuery extends Lang, On, AsOf, Fields, Include, Excel {}

/** What `get_survey` takes. */
export interface GetSurveyQuery extends Lang, On, AsOf, Fields, IncludeOfListSurveys, Excel {}

/** What `get_version` takes. */
export interface GetUsageQuery extends Lang, On, AsOf, Fields, IncludeOfListVersions, Excel {}

/** What `get_vendor_capital` takes. */
export interface GetVendorCapitalQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "entries" | "figures" | "lines" | "warnings";
}

/** What `get_vendor_homogenization` takes. */
export interface GetVendorHomogenizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Unknown, SurveyValidDays, MinJointFeatures, VendorId, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, Excel, Theme, Width {
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "markets" | "warnings";
}

/** What `get_vendor` takes. */
export interface GetVendorQuery extends Lang, On, AsOf, Fields, IncludeOfListVendors, Excel {}

/** What `get_vendor_time_to_copy` takes. */
export interface GetVendorTimeToCopyQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    FilterOfGetMarketCadence, Market, SimultaneityDays, Dates, ConfidenceOfGetMarketCadence,
    Unknown, SurveyValidDays, VendorId, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Excel,
    Table, Theme, Width {}

/** What `list_adoptions_of_product` takes. */
export interface ListAdoptionsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListAdoptions, FacetsOfListAdoptions, Fields, IncludeOfListAdoptions, Id,
    ProductId, FeatureId, Stage, DateGteOfListAdoptions, DateLteOfListAdoptions, UntilGte, UntilLte,
    SourceIds, Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, EvidenceOfFeature,
    Filter, Excel, Theme, Width {}

/** What `list_business_models` takes. */
export interface ListBusinessModelsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch,
    Count, Sample, Seed, Sort, Q, Fields, IncludeOfListBusinessModels, Id, Name, Aliases,
    ExternalIds, Definition, Definitions, SourceIds, Evidence, Filter, Excel {
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "source_ids" | "evidence" | "revision">;
}

/** What `list_changes` takes. */
export interface ListChangesQuery extends Where, Since, Kinds, IdOfListChanges, FilterOfListChanges,
    Cursor {
  /** Seconds to wait for the next change when there is none yet. */
  wait?: number;
  /** Records a page. */
  limit?: number;
}

/** What `list_corrections` takes. */
export interface ListCorrectionsQuery extends Limit, Cursor, Excel {
  /** Only these. */
  status?: "accepted" | "duplicate" | "open" | "rejected";
  /** About records of this collection. */
  collection?: "adoptions" | "business-models" | "features" | "groups" | "investments" | "markets" |
      "monetizations" | "offerings" | "products" | "sources" | "surveys" | "usage" | "vendors" |
      "versions";
  /** About this record. */
  record_id?: string;
}

/** What `list_exports` takes. */
export interface ListExportsQuery extends Lang, Limit, Cursor, AsOf, Excel {}

/** What `list_facts_of_source` takes. */
export interface ListFactsOfSourceQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch,
    Count, Sample, Seed, Fields, Id, Kind, RecordIdOfListFactsOfSource,
    ProductIdOfListFactsOfSource, VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource,
    MarketIdsOfListFactsOfSource, Evidence, StatusOfProduct, EvidenceOfProduct, CountryOfVendor,
    TypeOfVendor, EvidenceOfVendor, EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter,
    Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "kind" | "-kind" | "record_id" | "-record_id" | "product_id" |
      "-product_id" | "vendor_id" | "-vendor_id" | "feature_id" | "-feature_id" | "evidence" |
      "-evidence" | "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" |
      "-updated_at" | string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "kind" | "record_id" | "source_ids" | "product_id" | "vendor_id" |
      "feature_id" | "market_ids" | "evidence" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "vendor.id" | "vendor.country" | "vendor.type" | "vendor.source_ids" |
      "vendor.evidence" | "vendor.revision" | "feature.id" | "feature.category" |
      "feature.market_ids" | "feature.source_ids" | "feature.evidence" | "feature.revision">;
  /**
   * Records to bring along, two far at most: sources, product, vendor, feature, markets,
   * date_bounds.
   */
  include?: OneOrMore<string>;
  /** Any of these values. What it stands on. */
  source_ids?: OneOrMore<string>;
}

/** What `list_features_of_market` takes. */
export interface ListFeaturesQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListFeatures, FacetsOfListFeatures, Q, Fields, IncludeOfListFeatures, Id,
    Name, Aliases, ExternalIds, Category, MarketIdsOfListFeatures, Definition, Definitions,
    SourceIds, Evidence, LayerOfMarket, EvidenceOfMarket, Filter, Excel {}

/** What `list_groups_of_vendor` takes. */
export interface ListGroupsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, Sort, Facets, Q, Fields, IncludeOfListGroups, Id, Name, Aliases, ExternalIds,
    VendorIds, SourceIds, Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel {}

/** What `list_homogenization` takes. */
export interface ListHomogenizationQuery extends Where, OnOfGetMarketCadence, AsOf, Lang,
    EvidenceOfGetMarketCadence, StageMin, StageOfGetMarketCadence, Explain,
    UnitOfGetFeatureHomogenization, ConfidenceOfGetMarketCadence, DateDraws, SeedOfGetMarketCadence,
    ChangeWindowDays, UnknownOfGetFeatureTimeToCopy, SurveyValidDays, MinJointFeatures, Id, Name,
    Aliases, ExternalIds, Layer, Definition, Definitions, TrackedSinceGte, TrackedSinceLte,
    SourceIds, Excel, Theme, Width {
  /** Which markets are shown: an AIP-160 expression over markets. */
  filter?: string;
  /** CSV: which rows; figures: every scalar by its dotted path. */
  table?: "figures" | "markets" | "subjects" | "warnings";
}

/** What `list_import_rows` takes. */
export interface ListImportRowsQuery extends Lang, Limit, Cursor, Excel {
  /** Only rows of which this became. */
  outcome?: "created" | "failed" | "unchanged" | "updated";
}

/** What `list_webhooks` takes. */
export interface ListImportsQuery extends Lang, Limit, Cursor, Excel {}

/** What `list_investments_of_vendor` takes. */
export interface ListInvestmentsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch,
    Count, Sample, Seed, SortOfListInvestments, FacetsOfListInvestments, Fields,
    IncludeOfListInvestments, Id, VendorIdOfListInvestments, TypeOfListInvestments, AmountGte,
    AmountLte, Currency, QuantityGte, QuantityLte, Unit, DateGteOfListInvestments,
    DateLteOfListInvestments, StatusOfListInvestments, SourceIds, Evidence, Confidence, Dispute,
    CountryOfVendor, TypeOfVendor, EvidenceOfVendor, Filter, Excel {}

/** What `list_webhook_deliveries` takes. */
export interface ListKeysQuery extends Limit, Cursor, Excel {}

/** What `list_markets` takes. */
export interface ListMarketsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, Q, Fields, IncludeOfListMarkets, Id, Name, Aliases, ExternalIds, Layer,
    Definition, Definitions, TrackedSinceGte, TrackedSinceLte, SourceIds, Evidence, Filter, Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "name" | "-name" | "layer" | "-layer" | "tracked_since" |
      "-tracked_since" | "evidence" | "-evidence" | "revision" | "-revision" | "recorded_at" |
      "-recorded_at" | "updated_at" | "-updated_at" | string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "layer" | "source_ids" | "evidence" | "revision">;
}

/** What `list_monetizations_of_product` takes. */
export interface ListMonetizationsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch,
    Count, Sample, Seed, SortOfListMonetizations, FacetsOfListMonetizations, Fields,
    IncludeOfListMonetizations, Id, ProductId, BusinessModelId, SinceGte, SinceLte,
    UntilGteOfListMonetizations, UntilLteOfListMonetizations, AmountGteOfPrice, AmountLteOfPrice,
    CurrencyOfPrice, PerOfPrice, SourceIds, Evidence, Confidence, Dispute, StatusOfProduct,
    EvidenceOfProduct, EvidenceOfBusinessModel, Filter, Excel {}

/** What `list_offerings_of_product` takes. */
export interface ListOfferingsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListOfferings, FacetsOfListOfferings, Fields, IncludeOfListVersions, Id,
    ProductId, Reseller, ResellerName, Model, DateGteOfListAdoptions, DateLteOfListAdoptions,
    SourceIds, Evidence, Confidence, StatusOfProduct, EvidenceOfProduct, Filter, Excel {}

/** What `list_products_of_vendor` takes. */
export interface ListProductsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListProducts, FacetsOfListProducts, Q, Fields, IncludeOfListProducts, Id,
    VendorId, Name, Aliases, ExternalIds, MarketIds, LaunchedGte, LaunchedLte, DiscontinuedGte,
    DiscontinuedLte, Status, SourceIds, Evidence, CountryOfVendor, TypeOfVendor, EvidenceOfVendor,
    LayerOfMarket, EvidenceOfMarket, Filter, Excel {}

/** What `list_quality_issues` takes. */
export interface ListQualityIssuesQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch,
    Count, Sample, Seed, Fields, IncludeOfListQualityIssues, Id, Kind, RecordIdOfListFactsOfSource,
    ProductIdOfListFactsOfSource, VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource,
    MarketIdsOfListFactsOfSource, StatusOfProduct, EvidenceOfProduct, CountryOfVendor, TypeOfVendor,
    EvidenceOfVendor, EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter, Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "kind" | "-kind" | "record_id" | "-record_id" | "rule" | "-rule" |
      "product_id" | "-product_id" | "vendor_id" | "-vendor_id" | "feature_id" | "-feature_id" |
      "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" |
      string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "kind" | "record_id" | "rule" | "product_id" | "vendor_id" |
      "feature_id" | "market_ids" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "vendor.id" | "vendor.country" | "vendor.type" | "vendor.source_ids" |
      "vendor.evidence" | "vendor.revision" | "feature.id" | "feature.category" |
      "feature.market_ids" | "feature.source_ids" | "feature.evidence" | "feature.revision">;
  /** source_unchecked: so many days before `on`, or today. */
  stale_days?: number;
  /**
   * Any of these values. unsourced: A record without a source. recorded_ahead: A date that lies
   * wholly after the day on which it was recorded. ga_before_preview: Generally available before
   * its preview began. before_launch: A product's fact that lies wholly before its launch.
   * after_discontinuation: A product's fact that begins after it was discontinued.
   * ends_before_start: An end that lies wholly before the start. overlapping_spells: Holds on a day
   * on which another fact of its subject holds too. contradicting_figures: Another fact gives
   * another figure for the same thing and time. before_founding: A product launched before its
   * vendor was founded. launch_unknown: A product without a launch date, nor a statement why it has
   * none. without_features: A product of which no feature is recorded. never_adopted: A feature
   * that no product is recorded to have. disputed_alone: Disputed, and no other fact of its subject
   * is. disputed_without_preferred: Disputed, and none of the facts is preferred. source_unchecked:
   * A source in use, last checked (or recorded) more than `stale_days` ago. without_chinese_name:
   * An entity without a Chinese name.
   */
  rule?: OneOrMore<"unsourced" | "recorded_ahead" | "ga_before_preview" | "before_launch" |
      "after_discontinuation" | "ends_before_start" | "overlapping_spells" | "contradicting_figures"
      | "before_founding" | "launch_unknown" | "without_features" | "never_adopted" |
      "disputed_alone" | "disputed_without_preferred" | "source_unchecked" |
      "without_chinese_name">;
}

/** What `list_revisions` takes. */
export interface ListRevisionsQuery extends Limit, Cursor, Excel {
  /** Who wrote: the whole name as shown, or the id of the key. */
  actor?: string;
  /** What came after: `rev:N`, a day (its end, UTC) or an instant with a zone. */
  since?: string;
  /** What came up to: `rev:N`, a day (its end, UTC) or an instant with a zone. */
  until?: string;
}

/** What `list_sources` takes. */
export interface ListSourcesQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, Q, Fields, Include, Id, Url, Title, Publisher, PublishedGte, PublishedLte,
    ArchiveUrl, LastCheckedGte, LastCheckedLte, Filter, Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "published" | "-published" | "last_checked" | "-last_checked" |
      "revision" | "-revision" | "recorded_at" | "-recorded_at" | "updated_at" | "-updated_at" |
      string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "revision">;
}

/** What `list_surveys` takes. */
export interface ListSurveysQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListSurveys, FacetsOfListSurveys, Fields, IncludeOfListSurveys, Id,
    ProductId, MarketId, FeatureIds, DateGteOfListSurveys, DateLteOfListSurveys, SourceIds,
    Evidence, Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, LayerOfMarket,
    EvidenceOfMarket, EvidenceOfFeature, Filter, Excel {}

/** What `list_timeline` takes. */
export interface ListTimelineQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, Fields, IncludeOfListQualityIssues, Id, Kind, RecordIdOfListFactsOfSource,
    DateGteOfListInvestments, DateLteOfListInvestments, ProductIdOfListFactsOfSource,
    VendorIdOfListFactsOfSource, FeatureIdOfListFactsOfSource, MarketIdsOfListFactsOfSource,
    Evidence, StatusOfProduct, EvidenceOfProduct, CountryOfVendor, TypeOfVendor, EvidenceOfVendor,
    EvidenceOfFeature, LayerOfMarket, EvidenceOfMarket, Filter, Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "kind" | "-kind" | "record_id" | "-record_id" | "event" | "-event"
      | "date" | "-date" | "product_id" | "-product_id" | "vendor_id" | "-vendor_id" | "feature_id"
      | "-feature_id" | "evidence" | "-evidence" | "revision" | "-revision" | "recorded_at" |
      "-recorded_at" | "updated_at" | "-updated_at" | string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "kind" | "record_id" | "event" | "product_id" | "vendor_id" |
      "feature_id" | "market_ids" | "evidence" | "revision" | "product.id" | "product.vendor_id" |
      "product.market_ids" | "product.status" | "product.source_ids" | "product.evidence" |
      "product.revision" | "vendor.id" | "vendor.country" | "vendor.type" | "vendor.source_ids" |
      "vendor.evidence" | "vendor.revision" | "feature.id" | "feature.category" |
      "feature.market_ids" | "feature.source_ids" | "feature.evidence" | "feature.revision">;
  /** Only of other vendors, in the markets where this one has products. */
  rivals_of?: string;
  /** Any of these values. Kind and date field. */
  event?: OneOrMore<"vendor.founded" | "product.launched" | "product.discontinued" | "version.date"
      | "adoption.date" | "adoption.until" | "survey.date" | "monetization.since" |
      "monetization.until" | "investment.date" | "usage.period" | "offering.date">;
}

/** What `list_unknown_cells` takes. */
export interface ListUnknownCellsQuery extends Lang, On, AsOf, Limit, Cursor, SurveyValidDays, Excel
    {
  /** any: unsourced facts too. */
  evidence?: "any" | "sourced";
  /** The least stage that counts. */
  stage_min?: "ga" | "preview";
  /** So many at random instead. */
  sample?: number;
  /** Decides which are drawn. */
  seed?: number;
  /** The revision at which the sample was drawn. */
  drawn_at?: string;
  /** The day whose unknown cells were drawn; else that of the revision. */
  drawn_on?: string;
}

/** What `list_usage` takes. */
export interface ListUsageQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListUsage, FacetsOfListUsage, Fields, IncludeOfListVersions, Id, ProductId,
    Metric, ValueGte, ValueLte, UnitOfListUsage, PeriodGte, PeriodLte, SourceIds, Evidence,
    Confidence, Dispute, StatusOfProduct, EvidenceOfProduct, Filter, Excel {}

/** What `list_vendors` takes. */
export interface ListVendorsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, Q, Fields, IncludeOfListVendors, Id, Name, Aliases, ExternalIds, Country, Type,
    FoundedGte, FoundedLte, Homepage, SourceIds, Evidence, Filter, Excel {
  /**
   * Sort fields, `-` for descending, also of a record that it points to: `vendor.name`; id is
   * appended.
   */
  sort?: OneOrMore<"id" | "-id" | "name" | "-name" | "country" | "-country" | "type" | "-type" |
      "founded" | "-founded" | "evidence" | "-evidence" | "revision" | "-revision" | "recorded_at" |
      "-recorded_at" | "updated_at" | "-updated_at" | string>;
  /** Counts by value of these paths, over the whole list. */
  facets?: OneOrMore<"id" | "country" | "type" | "source_ids" | "evidence" | "revision">;
}

/** What `list_versions` takes. */
export interface ListVersionsQuery extends Where, Lang, On, AsOf, Limit, Cursor, DateMatch, Count,
    Sample, Seed, SortOfListVersions, FacetsOfListVersions, Fields, IncludeOfListVersions, Id,
    ProductId, NameOfListVersions, DateGte, DateLte, SourceIds, Evidence, Confidence, Dispute,
    StatusOfProduct, EvidenceOfProduct, Filter, Excel, Theme, Width {}

/** What `settle_version` takes. */
export interface MergeGroupQuery extends DryRun, Comment {}

/** What `put_vendor` takes. */
export interface PutGroupQuery extends DryRun, Comment, Restore {}

/** What `resolve_names` takes. */
export interface ResolveNamesQuery extends Lang, AsOf {}

/** What `retire_version` takes. */
export interface RetireGroupQuery extends DryRun, Comment, ReplacedBy {}

/** What `rotate_key` takes. */
export interface RotateKeyQuery {
  /** For how long the secret of before stays good. */
  overlap_hours?: number;
}

/** What `search_records` takes. */
export interface SearchRecordsQuery extends Lang, On, AsOf, Limit, Cursor, QOfSearchRecords,
    TypeOfSearchRecords, Excel {
  /** type: also count the hits of each type. */
  facets?: OneOrMore<"type">;
}

/** What `stream_changes` takes. */
export interface StreamChangesQuery extends Where, Since, Kinds, IdOfListChanges,
    FilterOfListChanges {}

/** What `suggest_records` takes. */
export interface SuggestRecordsQuery extends Lang, QOfSearchRecords, TypeOfSearchRecords, AsOf,
    Excel {
  /** Records at most. */
  limit?: number;
}
