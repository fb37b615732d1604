// Made by `parity clients` from the OpenAPI document; not to be edited.

import type * as Model from "./models.js";
import type * as Takes from "./parameters.js";

/** `Given`: what is asked with; `Forms`: media types that the answer is had in besides JSON. */
export interface Operation<Given, Answer, Forms extends string = never> {
  given: Given;
  answer: Answer;
  forms: Forms;
}

/** Headers; an answer stands for its ETag. */
type Sent<Names extends string> = {
  [Name in Names]?: Name extends "If-Match" ? string | object : string;
};

export interface Paths {
  "/": {
    /** `get_entrance`: Where to go from here. The index of the API, its descriptions, its codes. */
    get: Operation<
      { query?: Takes.GetKeyQuery },
      Model.Entrance,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/health/live": {
    /** `get_live`: Is the process alive. Touches nothing. */
    get: Operation<
      { query?: Takes.GetKeyQuery },
      Model.Live,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/health/ready": {
    /**
     * `get_ready`: Can it answer. 503 while the database cannot be reached; one that takes no
     * writes, or cannot read some page, answers all the same, and `checks` says so.
     */
    get: Operation<
      { query?: Takes.GetKeyQuery },
      Model.Ready,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1": {
    /**
     * `get_index`: What there is. Collections, analyses, every address with what may be done there,
     * the newest revision.
     */
    get: Operation<
      { query?: Takes.GetIndexQuery },
      Model.Index,
      "text/csv" | "application/x-ndjson" | "application/ld+json"
    >;
  };
  "/v1/adoptions": {
    /** `list_adoptions`: List adoptions. A product has a feature from a day on. */
    get: Operation<
      { query?: Takes.ListAdoptionsQuery },
      Model.AdoptionList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "image/svg+xml" | "image/png" |
          "application/vnd.vegalite.v6+json" | "text/plain" | "text/html; profile=embed" |
          "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_adoption`: Record one adoption. A fact whose natural key (product_id, feature_id,
     * stage, date) exists already is refused with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.AdoptionBody;
      },
      Model.Adoption
    >;
  };
  "/v1/adoptions/{record_id}": {
    /** `get_adoption`: One adoption. A product has a feature from a day on. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetAdoptionQuery },
      Model.Adoption,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_adoption`: Change one adoption. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.AdoptionPatch;
      },
      Model.Adoption
    >;
    /**
     * `retire_adoption`: Retire one adoption. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/adoptions/{record_id}/dispute": {
    /**
     * `dispute_adoption`: Say that two sources contradict each other. This fact becomes `other`,
     * the one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Adoption
    >;
  };
  "/v1/adoptions/{record_id}/history": {
    /**
     * `get_adoption_history`: The history of one adoption. Its versions with actor, comment,
     * sources and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/adoptions/{record_id}/prefer": {
    /**
     * `prefer_adoption`: Say which contradicting fact is used. This fact becomes `preferred`, the
     * others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Adoption
    >;
  };
  "/v1/adoptions/{record_id}/settle": {
    /**
     * `settle_adoption`: End a dispute. This fact is undisputed; the others stay as they are until
     * they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Adoption
    >;
  };
  "/v1/aggregate/adoptions": {
    /**
     * `aggregate_adoptions`: Group adoptions. Counts and sums by up to three keys, over any filter.
     */
    get: Operation<
      { query: Takes.AggregateAdoptionsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/business-models": {
    /**
     * `aggregate_business_models`: Group business models. Counts and sums by up to three keys, over
     * any filter.
     */
    get: Operation<
      { query: Takes.AggregateBusinessModelsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/features": {
    /**
     * `aggregate_features`: Group features. Counts and sums by up to three keys, over any filter.
     */
    get: Operation<
      { query: Takes.AggregateFeaturesQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/groups": {
    /** `aggregate_groups`: Group groups. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateGroupsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/investments": {
    /**
     * `aggregate_investments`: Group investments. Counts and sums by up to three keys, over any
     * filter.
     */
    get: Operation<
      { query: Takes.AggregateInvestmentsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/markets": {
    /** `aggregate_markets`: Group markets. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateMarketsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/monetizations": {
    /**
     * `aggregate_monetizations`: Group monetizations. Counts and sums by up to three keys, over any
     * filter.
     */
    get: Operation<
      { query: Takes.AggregateMonetizationsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/offerings": {
    /**
     * `aggregate_offerings`: Group offerings. Counts and sums by up to three keys, over any filter.
     */
    get: Operation<
      { query: Takes.AggregateOfferingsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/products": {
    /**
     * `aggregate_products`: Group products. Counts and sums by up to three keys, over any filter.
     */
    get: Operation<
      { query: Takes.AggregateProductsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/sources": {
    /** `aggregate_sources`: Group sources. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateSourcesQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/surveys": {
    /** `aggregate_surveys`: Group surveys. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateSurveysQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/usage": {
    /** `aggregate_usage`: Group usage. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateUsageQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/vendors": {
    /** `aggregate_vendors`: Group vendors. Counts and sums by up to three keys, over any filter. */
    get: Operation<
      { query: Takes.AggregateVendorsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/aggregate/versions": {
    /**
     * `aggregate_versions`: Group versions. Counts and sums by up to three keys, over any filter.
     */
    get: Operation<
      { query: Takes.AggregateVersionsQuery },
      Model.Aggregate,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/business-models": {
    /** `list_business_models`: List business models. A way to earn. */
    get: Operation<
      { query?: Takes.ListBusinessModelsQuery },
      Model.BusinessModelList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/business-models/{record_id}": {
    /** `get_business_model`: One business model. A way to earn. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetBusinessModelQuery },
      Model.BusinessModel,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_business_model`: Make or replace one business model. If-None-Match: * only makes;
     * replacing needs If-Match. Members left out are emptied. 201 when it was made. Needs a key
     * with the scope write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.BusinessModelBody;
      },
      Model.BusinessModel
    >;
    /**
     * `change_business_model`: Change one business model. A merge patch (RFC 7396): null empties,
     * arrays are replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.BusinessModelPatch;
      },
      Model.BusinessModel
    >;
    /**
     * `retire_business_model`: Retire one business model. Out of the present, never out of history;
     * the id answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/business-models/{record_id}/history": {
    /**
     * `get_business_model_history`: The history of one business model. Its versions with actor,
     * comment, sources and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/business-models/{record_id}/merge": {
    /**
     * `merge_business_model`: Merge one business model into another. What pointed at it points at
     * the survivor, its names are aliases there, and its id leads there for ever (308). The answer
     * is the survivor. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.BusinessModel
    >;
  };
  "/v1/business-models/{record_id}/monetizations": {
    /**
     * `list_monetizations_of_business_model`: List monetizations of one business model. Short for
     * /v1/monetizations?business_model_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListMonetizationsQuery },
      Model.MonetizationList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/changes": {
    /**
     * `list_changes`: What changed, in order. Every creation, update, retirement and merge since a
     * place, in an order that never changes. With `wait` the answer comes with the next change, or
     * empty when the time is up. As NDJSON up to 100,000 changes; the last line is where to go on,
     * and without it the file is cut off.
     */
    get: Operation<
      { query?: Takes.ListChangesQuery },
      Model.ChangeList,
      "application/x-ndjson"
    >;
  };
  "/v1/changes/stream": {
    /**
     * `stream_changes`: What changes, as it happens. Server-sent events; a client that comes back
     * with Last-Event-ID misses and repeats nothing. A comment every fifteen seconds keeps the line
     * open; after ten minutes the client is to come back.
     */
    get: Operation<
      { query?: Takes.StreamChangesQuery; accept: "text/event-stream" },
      Response
    >;
  };
  "/v1/compare": {
    /**
     * `compare`: Products or vendors side by side. Attributes, features with stages, dates as
     * stored and lags behind the first of the compared, business models with prices; each with its
     * sources.
     */
    get: Operation<
      { query?: Takes.CompareQuery },
      Model.ComparisonAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/corrections": {
    /**
     * `list_corrections`: List corrections. What was reported and what came of it, the newest
     * first.
     */
    get: Operation<
      { query?: Takes.ListCorrectionsQuery },
      Model.CorrectionList,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `create_correction`: Say what is wrong. Everyone who may read may report; it costs 5. Nothing
     * changes until somebody decides.
     */
    post: Operation<
      {
        query?: Takes.CreateCorrectionQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.NewCorrection;
      },
      Model.CorrectionShown
    >;
  };
  "/v1/corrections/{correction_id}": {
    /**
     * `get_correction`: One correction. When it was received, what was decided and why, and which
     * revision it led to.
     */
    get: Operation<
      { path: { correction_id: string }; query?: Takes.GetKeyQuery },
      Model.CorrectionShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/corrections/{correction_id}/decision": {
    /**
     * `decide_correction`: Decide a correction. Once and for good; with `apply` the proposed value
     * is written in the same revision. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { correction_id: string };
        query?: Takes.CreateCorrectionQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.NewDecision;
      },
      Model.CorrectionShown
    >;
  };
  "/v1/coverage": {
    /**
     * `get_coverage`: How much is known. By collection and field: known, sourced, exact to the day;
     * by market: cells. Of one market (`market`): its cells by product and by feature.
     */
    get: Operation<
      { query?: Takes.GetCoverageQuery },
      Model.CoverageAnswer,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/diff": {
    /**
     * `get_diff`: What changed between two revisions. Of one collection: added, removed and changed
     * records, by id.
     */
    get: Operation<
      { query: Takes.GetDiffQuery },
      Model.Difference,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/exports": {
    /**
     * `list_exports`: What can be had whole. The data set as one archive, and each collection, with
     * the forms of each.
     */
    get: Operation<
      { query?: Takes.ListExportsQuery },
      Model.ExportList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/exports/dataset": {
    /**
     * `get_dataset`: The whole data set. `.zip` has it all in one file: tables, the import format,
     * schemas, licence and descriptions; `.croissant.json`, `.datapackage.json` and `.jsonld`
     * (DCAT) are these descriptions.
     */
    get: Operation<
      { query?: Takes.GetDatasetQuery },
      Model.ExportShown,
      "application/zip" | "application/ld+json;profile=\"http://mlcommons.org/croissant/1.0\"" |
          "application/vnd.datapackage+json" | "application/ld+json"
    >;
  };
  "/v1/exports/{collection}": {
    /**
     * `export_collection`: A whole collection, compressed. Every record at one revision, by id,
     * without bound: `.csv.gz`, `.ndjson.gz` or `.parquet`.
     */
    get: Operation<
      {
        path: { collection: string };
        query?: Takes.ResolveNamesQuery;
        accept: "application/gzip" | "application/vnd.apache.parquet";
      },
      Response
    >;
  };
  "/v1/features": {
    /** `list_features`: List features. Something a product can do. */
    get: Operation<
      { query?: Takes.ListFeaturesQuery },
      Model.FeatureList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/features/{record_id}": {
    /** `get_feature`: One feature. Something a product can do. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetFeatureQuery },
      Model.Feature,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_feature`: Make or replace one feature. If-None-Match: * only makes; replacing needs
     * If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
     * write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.FeatureBody;
      },
      Model.Feature
    >;
    /**
     * `change_feature`: Change one feature. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.FeaturePatch;
      },
      Model.Feature
    >;
    /**
     * `retire_feature`: Retire one feature. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/features/{record_id}/adoptions": {
    /**
     * `list_adoptions_of_feature`: List adoptions of one feature. Short for
     * /v1/adoptions?feature_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListAdoptionsQuery },
      Model.AdoptionList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "image/svg+xml" | "image/png" |
          "application/vnd.vegalite.v6+json" | "text/plain" | "text/html; profile=embed" |
          "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/features/{record_id}/forecast": {
    /**
     * `get_feature_forecast`: Which rivals will have copied a feature within a year, and how sure
     * that is. For each pending rival the chance of a copy if it stays, with limits; the backtest
     * beside it says how far to trust it. Chances of uncalibrated horizons are null.
     */
    get: Operation<
      { path: { record_id: string }; query: Takes.GetFeatureForecastQuery },
      Model.FeatureForecastAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/features/{record_id}/history": {
    /**
     * `get_feature_history`: The history of one feature. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/features/{record_id}/homogenization": {
    /**
     * `get_feature_homogenization`: How standard a feature is in a market. How many rivals have it,
     * its class (differentiator, contested, table stakes, extinct), and what it adds to the
     * market's likeness.
     */
    get: Operation<
      { path: { record_id: string }; query: Takes.GetFeatureHomogenizationQuery },
      Model.FeatureHomogenizationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/features/{record_id}/merge": {
    /**
     * `merge_feature`: Merge one feature into another. What pointed at it points at the survivor,
     * its names are aliases there, and its id leads there for ever (308). The answer is the
     * survivor. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.Feature
    >;
  };
  "/v1/features/{record_id}/surveys": {
    /**
     * `list_surveys_of_feature`: List surveys of one feature. Short for /v1/surveys?feature_ids=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListSurveysQuery },
      Model.SurveyList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/features/{record_id}/time-to-copy": {
    /**
     * `get_feature_time_to_copy`: How long until rivals copied a feature. How many days after the
     * first launch had half of the rivals that were in a position to copy the feature done so?
     * First movers, lags, exclusivity, share copied, curve, pending rivals. Without a market all
     * markets are treated as one.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetFeatureTimeToCopyQuery },
      Model.FeatureTimeToCopyAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/groups": {
    /**
     * `list_groups`: List groups. Vendors that people speak of as one, such as the six little
     * tigers.
     */
    get: Operation<
      { query?: Takes.ListGroupsQuery },
      Model.GroupList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/groups/{record_id}": {
    /**
     * `get_group`: One group. Vendors that people speak of as one, such as the six little tigers.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetGroupQuery },
      Model.Group,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_group`: Make or replace one group. If-None-Match: * only makes; replacing needs
     * If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
     * write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.GroupBody;
      },
      Model.Group
    >;
    /**
     * `change_group`: Change one group. A merge patch (RFC 7396): null empties, arrays are replaced
     * whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.GroupPatch;
      },
      Model.Group
    >;
    /**
     * `retire_group`: Retire one group. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/groups/{record_id}/history": {
    /**
     * `get_group_history`: The history of one group. Its versions with actor, comment, sources and
     * what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/groups/{record_id}/merge": {
    /**
     * `merge_group`: Merge one group into another. What pointed at it points at the survivor, its
     * names are aliases there, and its id leads there for ever (308). The answer is the survivor.
     * Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.Group
    >;
  };
  "/v1/homogenization": {
    /**
     * `list_homogenization`: How alike the products of every market are, side by side. The score of
     * each market with its bounds, its change, how much is known and the finding; by layer, the
     * most alike first, those without a score last.
     */
    get: Operation<
      { query?: Takes.ListHomogenizationQuery },
      Model.SideBySideAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/imports": {
    /** `list_imports`: List imports. The newest first. Needs a key with the scope write. */
    get: Operation<
      { query?: Takes.ListImportsQuery },
      Model.ImportList,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `create_import`: Import a file. NDJSON of the import format, CSV or Parquet of one kind, or
     * JSON as lists and records answer; one revision or nothing. Over a million bytes, or with
     * Prefer: respond-async, it is a job: 202, and its Location tells how it goes. Needs a key with
     * the scope write.
     */
    post: Operation<
      {
        query?: Takes.CreateImportQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: string | Blob | ArrayBuffer;
        type?: "application/x-ndjson" | "text/csv" | "application/json" | "application/vnd.apache.parquet";
      },
      Model.ImportReport
    >;
  };
  "/v1/imports/{import_id}": {
    /**
     * `get_import`: One import. What it did, or how far it is; who asked for it and why. Needs a
     * key with the scope write.
     */
    get: Operation<
      { path: { import_id: string }; query?: Takes.GetIndexQuery },
      Model.ImportShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/imports/{import_id}/revert": {
    /**
     * `revert_import`: Take an import back. The inverse as a new revision: what it made is retired,
     * what it changed is as before. Refused where later revisions changed or use those records.
     * Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { import_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
      },
      Model.ImportReverted
    >;
  };
  "/v1/imports/{import_id}/rows": {
    /**
     * `list_import_rows`: What became of each row. By line; kept for ninety days. Needs a key with
     * the scope write.
     */
    get: Operation<
      { path: { import_id: string }; query?: Takes.ListImportRowsQuery },
      Model.ImportRowList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/investments": {
    /**
     * `list_investments`: List investments. Money that went, or is to go, into a vendor or its
     * machines.
     */
    get: Operation<
      { query?: Takes.ListInvestmentsQuery },
      Model.InvestmentList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_investment`: Record one investment. A fact whose natural key (vendor_id, type, date,
     * amount, currency, quantity, unit) exists already is refused with 409. Needs a key with the
     * scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.InvestmentBody;
      },
      Model.Investment
    >;
  };
  "/v1/investments/{record_id}": {
    /**
     * `get_investment`: One investment. Money that went, or is to go, into a vendor or its
     * machines.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetInvestmentQuery },
      Model.Investment,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_investment`: Change one investment. A merge patch (RFC 7396): null empties, arrays
     * are replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.InvestmentPatch;
      },
      Model.Investment
    >;
    /**
     * `retire_investment`: Retire one investment. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/investments/{record_id}/dispute": {
    /**
     * `dispute_investment`: Say that two sources contradict each other. This fact becomes `other`,
     * the one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Investment
    >;
  };
  "/v1/investments/{record_id}/history": {
    /**
     * `get_investment_history`: The history of one investment. Its versions with actor, comment,
     * sources and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/investments/{record_id}/prefer": {
    /**
     * `prefer_investment`: Say which contradicting fact is used. This fact becomes `preferred`, the
     * others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Investment
    >;
  };
  "/v1/investments/{record_id}/settle": {
    /**
     * `settle_investment`: End a dispute. This fact is undisputed; the others stay as they are
     * until they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Investment
    >;
  };
  "/v1/keys": {
    /**
     * `list_keys`: List keys. All of them, retired ones too, the oldest first. Needs a key with the
     * scope admin.
     */
    get: Operation<
      { query?: Takes.ListKeysQuery },
      Model.KeyList,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `create_key`: Make a key. The secret is in this answer and nowhere else. Needs a key with the
     * scope admin.
     */
    post: Operation<
      { headers?: Sent<"Idempotency-Key">; body: Model.NewKey },
      Model.KeyWithSecret
    >;
  };
  "/v1/keys/{key_id}": {
    /** `get_key`: One key. For an admin, and for the key itself. */
    get: Operation<
      { path: { key_id: string }; query?: Takes.GetKeyQuery },
      Model.KeyShown,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `retire_key`: Retire a key. Dead from the next request on; the row stays, so that old
     * revisions can be traced. Needs a key with the scope admin.
     */
    delete: Operation<
      { path: { key_id: string } },
      Model.KeyShown
    >;
  };
  "/v1/keys/{key_id}/rotate": {
    /**
     * `rotate_key`: A new secret for a key. For an admin, and for the key itself. The secret of
     * before stays good for `overlap_hours`, one from before that dies at once.
     */
    post: Operation<
      { path: { key_id: string }; query?: Takes.RotateKeyQuery; headers?: Sent<"Idempotency-Key"> },
      Model.KeyWithSecret
    >;
  };
  "/v1/limits": {
    /** `get_limits`: What is left. The caller's quotas. Costs nothing. */
    get: Operation<
      { query?: Takes.GetKeyQuery },
      Model.LimitsShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/markets": {
    /** `list_markets`: List markets. A segment in which products compete. */
    get: Operation<
      { query?: Takes.ListMarketsQuery },
      Model.MarketList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}": {
    /** `get_market`: One market. A segment in which products compete. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketQuery },
      Model.Market,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_market`: Make or replace one market. If-None-Match: * only makes; replacing needs
     * If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
     * write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.MarketBody;
      },
      Model.Market
    >;
    /**
     * `change_market`: Change one market. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MarketPatch;
      },
      Model.Market
    >;
    /**
     * `retire_market`: Retire one market. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/markets/{record_id}/cadence": {
    /**
     * `get_market_cadence`: How often the products of a market come out anew. Days from one version
     * to the next, versions a year, by calendar year and vendor, and whether the gaps get shorter.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketCadenceQuery },
      Model.MarketCadenceAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/copy-graph": {
    /**
     * `get_market_copy_graph`: Who copies whom in a market. An edge from each first mover of a
     * feature to each rival that has it later.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketCopyGraphQuery },
      Model.MarketCopyGraphAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/features": {
    /**
     * `list_features_of_market`: List features of one market. Short for /v1/features?market_ids=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListFeaturesQuery },
      Model.FeatureList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/history": {
    /**
     * `get_market_history`: The history of one market. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/markets/{record_id}/homogenization": {
    /**
     * `get_market_homogenization`: How alike the products of a market are. Pick two rival vendors
     * at random and one product of each: what share of the features that either product has do both
     * have? With interval, counts, coverage and its series.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketHomogenizationQuery },
      Model.MarketHomogenizationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/league": {
    /**
     * `get_market_league`: Who leads and who follows in a market. First credits, innovator share,
     * and each vendor's speed as a follower for the same features at the same ages.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketLeagueQuery },
      Model.MarketLeagueAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/matrix": {
    /**
     * `get_market_matrix`: Products against features. Dense, with legend: present, absent or
     * unknown, and the stage, date or lag.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketMatrixQuery },
      Model.MarketMatrixAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/merge": {
    /**
     * `merge_market`: Merge one market into another. What pointed at it points at the survivor, its
     * names are aliases there, and its id leads there for ever (308). The answer is the survivor.
     * Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.Market
    >;
  };
  "/v1/markets/{record_id}/monetization": {
    /**
     * `get_market_monetization`: Whether rivals of a market charge the same way. Likeness of the
     * vendors' business models, their mix and its concentration, on the day and through time.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketMonetizationQuery },
      Model.MarketMonetizationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/near-simultaneous": {
    /**
     * `get_market_near_simultaneous`: Who brought a feature to a market within days of whom. Pairs
     * of rivals that had a feature within `simultaneity_days` of each other, though they were not
     * both the first; `certain` where their dates leave no doubt.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketNearSimultaneousQuery },
      Model.MarketNearSimultaneousAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/penetration": {
    /**
     * `get_market_penetration`: How far every feature of a market has spread, and which are next to
     * be table stakes. Of each feature the share of vendors that have it, with bounds for what is
     * not known, its class, how many vendors it lacks to be table stakes, and how it came there.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketPenetrationQuery },
      Model.MarketPenetrationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/products": {
    /**
     * `list_products_of_market`: List products of one market. Short for /v1/products?market_ids=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListProductsQuery },
      Model.ProductList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/surveys": {
    /** `list_surveys_of_market`: List surveys of one market. Short for /v1/surveys?market_id=… */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListSurveysQuery },
      Model.SurveyList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `survey_product`: Survey a product for features of the market. One revision: the survey with
     * the absent features, and an adoption of each present feature that is not on record, proven by
     * that day. What contradicts the record is refused and told. Needs a key with the scope write.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.NewSurvey;
      },
      Model.SurveyMade
    >;
  };
  "/v1/markets/{record_id}/time-to-copy": {
    /**
     * `get_market_time_to_copy`: How fast features are copied in a market, and whether that gets
     * faster. Partial pooling over features: the typical median, a row per feature, hazard by age;
     * beside it the trend over feature cohorts. `markets` are further ones pooled with this.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMarketTimeToCopyQuery },
      Model.MarketTimeToCopyAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/markets/{record_id}/unknown": {
    /**
     * `list_unknown_cells`: Cells of a market of which nobody knows. By how much settling each
     * draws the bounds of the score together. With `sample` that many at random; asked again later,
     * an estimate of the share present from those settled since.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListUnknownCellsQuery },
      Model.UnknownCells,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/methods": {
    /**
     * `list_methods`: How the figures are made. Every method with its definition, formula,
     * assumptions, limits and references.
     */
    get: Operation<
      { query?: Takes.ListImportsQuery },
      Model.MethodList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/methods/{method_id}": {
    /**
     * `get_method`: One method. Definition, formula, assumptions, limits, references, version and
     * what changed.
     */
    get: Operation<
      { path: { method_id: string }; query?: Takes.GetIndexQuery },
      Model.MethodShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/monetizations": {
    /**
     * `list_monetizations`: List monetizations. A product earns by a business model from a day on.
     */
    get: Operation<
      { query?: Takes.ListMonetizationsQuery },
      Model.MonetizationList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_monetization`: Record one monetization. A fact whose natural key (product_id,
     * business_model_id, since) exists already is refused with 409. Needs a key with the scope
     * write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.MonetizationBody;
      },
      Model.Monetization
    >;
  };
  "/v1/monetizations/{record_id}": {
    /** `get_monetization`: One monetization. A product earns by a business model from a day on. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetMonetizationQuery },
      Model.Monetization,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_monetization`: Change one monetization. A merge patch (RFC 7396): null empties,
     * arrays are replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MonetizationPatch;
      },
      Model.Monetization
    >;
    /**
     * `retire_monetization`: Retire one monetization. Out of the present, never out of history; the
     * id answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/monetizations/{record_id}/dispute": {
    /**
     * `dispute_monetization`: Say that two sources contradict each other. This fact becomes
     * `other`, the one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Monetization
    >;
  };
  "/v1/monetizations/{record_id}/history": {
    /**
     * `get_monetization_history`: The history of one monetization. Its versions with actor,
     * comment, sources and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/monetizations/{record_id}/prefer": {
    /**
     * `prefer_monetization`: Say which contradicting fact is used. This fact becomes `preferred`,
     * the others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Monetization
    >;
  };
  "/v1/monetizations/{record_id}/settle": {
    /**
     * `settle_monetization`: End a dispute. This fact is undisputed; the others stay as they are
     * until they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Monetization
    >;
  };
  "/v1/offerings": {
    /** `list_offerings`: List offerings. A reseller offers somebody else's product. */
    get: Operation<
      { query?: Takes.ListOfferingsQuery },
      Model.OfferingList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_offering`: Record one offering. A fact whose natural key (product_id, reseller,
     * model) exists already is refused with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.OfferingBody;
      },
      Model.Offering
    >;
  };
  "/v1/offerings/{record_id}": {
    /** `get_offering`: One offering. A reseller offers somebody else's product. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetUsageQuery },
      Model.Offering,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_offering`: Change one offering. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.OfferingPatch;
      },
      Model.Offering
    >;
    /**
     * `retire_offering`: Retire one offering. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/offerings/{record_id}/history": {
    /**
     * `get_offering_history`: The history of one offering. Its versions with actor, comment,
     * sources and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/products": {
    /** `list_products`: List products. What a vendor sells in one or more markets. */
    get: Operation<
      { query?: Takes.ListProductsQuery },
      Model.ProductList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}": {
    /** `get_product`: One product. What a vendor sells in one or more markets. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetProductQuery },
      Model.Product,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_product`: Make or replace one product. If-None-Match: * only makes; replacing needs
     * If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
     * write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.ProductBody;
      },
      Model.Product
    >;
    /**
     * `change_product`: Change one product. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.ProductPatch;
      },
      Model.Product
    >;
    /**
     * `retire_product`: Retire one product. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/products/{record_id}/adoptions": {
    /**
     * `list_adoptions_of_product`: List adoptions of one product. Short for
     * /v1/adoptions?product_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListAdoptionsQuery },
      Model.AdoptionList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "image/svg+xml" | "image/png" |
          "application/vnd.vegalite.v6+json" | "text/plain" | "text/html; profile=embed" |
          "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/audience": {
    /**
     * `get_product_audience`: How many use a product, how long and how often. Figures as published,
     * a series per metric in its unit. Those that lost a dispute are counted.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetProductAudienceQuery },
      Model.ProductAudienceAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/cadence": {
    /**
     * `get_product_cadence`: How often a product comes out anew. Days from one version to the next,
     * versions a year, by calendar year, and whether the gaps get shorter.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetProductCadenceQuery },
      Model.ProductCadenceAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/gaps": {
    /**
     * `get_product_gaps`: What rivals have and a product lacks, and since when. Features that at
     * least `min_peer_share` of the peers have and this product is not known to have; and what only
     * it has.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetProductGapsQuery },
      Model.ProductGapsAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/history": {
    /**
     * `get_product_history`: The history of one product. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/products/{record_id}/homogenization": {
    /**
     * `get_product_homogenization`: How interchangeable a product is in a market. Its mean likeness
     * to its rivals' products, the nearest of them, what only it has, and which table stakes it
     * lacks.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetProductHomogenizationQuery },
      Model.ProductHomogenizationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/merge": {
    /**
     * `merge_product`: Merge one product into another. What pointed at it points at the survivor,
     * its names are aliases there, and its id leads there for ever (308). The answer is the
     * survivor. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.Product
    >;
  };
  "/v1/products/{record_id}/monetizations": {
    /**
     * `list_monetizations_of_product`: List monetizations of one product. Short for
     * /v1/monetizations?product_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListMonetizationsQuery },
      Model.MonetizationList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/offerings": {
    /**
     * `list_offerings_of_product`: List offerings of one product. Short for
     * /v1/offerings?product_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListOfferingsQuery },
      Model.OfferingList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/similar": {
    /**
     * `get_similar_products`: The products most like a product. Neighbours by Jaccard similarity,
     * with what is shared and what differs.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetSimilarProductsQuery },
      Model.SimilarProductsAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/surveys": {
    /**
     * `list_surveys_of_product`: List surveys of one product. Short for /v1/surveys?product_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListSurveysQuery },
      Model.SurveyList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/usage": {
    /** `list_usage_of_product`: List usage of one product. Short for /v1/usage?product_id=… */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListUsageQuery },
      Model.UsageList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/products/{record_id}/versions": {
    /**
     * `list_versions_of_product`: List versions of one product. Short for /v1/versions?product_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListVersionsQuery },
      Model.VersionList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "image/svg+xml" | "image/png" |
          "application/vnd.vegalite.v6+json" | "text/plain" | "text/html; profile=embed" |
          "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/quality/issues": {
    /**
     * `list_quality_issues`: List quality issues. Rules that records break: what a curator should
     * look at.
     */
    get: Operation<
      { query?: Takes.ListQualityIssuesQuery },
      Model.IssueList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/releases": {
    /** `list_releases`: List releases. Frozen editions, the newest first, with their files. */
    get: Operation<
      { query?: Takes.ListKeysQuery },
      Model.ReleaseList,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `create_release`: Freeze the newest revision. Takes no revision of its own. A name is given
     * once and for ever. Needs a key with the scope curate.
     */
    post: Operation<
      { headers?: Sent<"Idempotency-Key">; body: Model.NewRelease },
      Model.ReleaseShown
    >;
  };
  "/v1/releases/{name}": {
    /**
     * `get_release`: One release. Its revision, files with hashes and counts, and how to cite it.
     */
    get: Operation<
      { path: { name: string }; query?: Takes.GetKeyQuery },
      Model.ReleaseShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/releases/{name}/citation": {
    /** `get_release_citation`: A release for BibTeX. The entry alone. */
    get: Operation<
      { path: { name: string }; accept: "application/x-bibtex" },
      Response
    >;
  };
  "/v1/releases/{name}/{collection}": {
    /**
     * `get_release_file`: A file of a release. `products.csv`, `products.ndjson`: the very bytes
     * whose SHA-256 the release states.
     */
    get: Operation<
      {
        path: { name: string; collection: string };
        query?: Takes.GetKeyQuery;
        accept: "text/csv" | "application/x-ndjson";
      },
      Response
    >;
  };
  "/v1/resolve": {
    /**
     * `resolve_names`: Match a list of names. Up to 500 names, or addresses, or ids such as
     * `wikidata:Q95`, each with the records it may mean and a verdict. match: exactly one record is
     * called so, by a name, an alias or its id, without regard to case, spacing, script variant or
     * a legal form at the end (`Inc.`, or a Chinese one); of several, exactly one whose homepage is
     * the url's host. ambiguous: there are candidates and somebody should look (several of the
     * name, pinyin, a typing error, only a part of the name, another country). none: there is
     * nothing like it.
     */
    post: Operation<
      { query?: Takes.ResolveNamesQuery; body: Model.ResolveRequest },
      Model.ResolutionList
    >;
  };
  "/v1/revisions": {
    /**
     * `list_revisions`: Who changed what, and why. Every write that the base has taken, the newest
     * first.
     */
    get: Operation<
      { query?: Takes.ListRevisionsQuery },
      Model.RevisionList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/revisions/{number}": {
    /**
     * `get_revision`: One revision. What a write did. It never changes, so the answer may be kept
     * for ever.
     */
    get: Operation<
      { path: { number: string }; query?: Takes.GetKeyQuery },
      Model.RevisionShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/revisions/{number}/revert": {
    /**
     * `revert_revision`: Take a revision back. The inverse as a new revision: what it retired or
     * merged stands again, all else is as before. Refused where later revisions changed or use
     * those records. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { number: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
      },
      Model.RevisionReverted
    >;
  };
  "/v1/schema": {
    /**
     * `get_schema`: Collections, fields, types and operators. Made from the registry that compiles
     * the queries.
     */
    get: Operation<
      { query?: Takes.GetIndexQuery },
      Model.Schema,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/search": {
    /**
     * `search_records`: Search all records by what they are called, and features by what they are
     * for. Names in all languages, aliases, ids and definitions; titles and publishers of sources.
     * Chinese of one character or more, in simplified or traditional script, in pinyin or by
     * initials; one typing error in Latin words of five letters or more. Hits by exact name come
     * first, then prefix, whole word, inside, pinyin, initials, typing error, definition. All words
     * must match; records that some of the words name exactly follow, and for a word that no hit
     * accounts for the records that match it. Where names do not account for every word, records
     * that are meant come as well (`matched_on: meaning`), and those whose note has the words.
     * `related`: the lists of products that the best hits are about.
     */
    get: Operation<
      { query: Takes.SearchRecordsQuery },
      Model.HitList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/sources": {
    /** `list_sources`: List sources. A page or document that facts stand on. */
    get: Operation<
      { query?: Takes.ListSourcesQuery },
      Model.SourceList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_source`: Record one source. A fact whose natural key (url) exists already is refused
     * with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.SourceBody;
      },
      Model.Source
    >;
  };
  "/v1/sources/{record_id}": {
    /** `get_source`: One source. A page or document that facts stand on. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetSourceQuery },
      Model.Source,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_source`: Change one source. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SourcePatch;
      },
      Model.Source
    >;
    /**
     * `retire_source`: Retire one source. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/sources/{record_id}/facts": {
    /** `list_facts_of_source`: List facts of one source. Short for /v1/facts?source_ids=… */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListFactsOfSourceQuery },
      Model.FactList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/sources/{record_id}/history": {
    /**
     * `get_source_history`: The history of one source. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/suggest": {
    /**
     * `suggest_records`: Suggest records as one types. As search, but only where a name, a word of
     * it, its pinyin or its initials begin with what is typed; inner matches and typing errors only
     * when there is nothing else.
     */
    get: Operation<
      { query: Takes.SuggestRecordsQuery },
      Model.SuggestionList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/surveys": {
    /**
     * `list_surveys`: List surveys. On that day somebody went through what the product publicly
     * offers: of the named features, those without an adoption by then were absent.
     */
    get: Operation<
      { query?: Takes.ListSurveysQuery },
      Model.SurveyList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_survey`: Record one survey. A fact whose natural key (product_id, market_id, date)
     * exists already is refused with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.SurveyBody;
      },
      Model.Survey
    >;
  };
  "/v1/surveys/{record_id}": {
    /**
     * `get_survey`: One survey. On that day somebody went through what the product publicly offers:
     * of the named features, those without an adoption by then were absent.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetSurveyQuery },
      Model.Survey,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_survey`: Change one survey. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SurveyPatch;
      },
      Model.Survey
    >;
    /**
     * `retire_survey`: Retire one survey. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/surveys/{record_id}/dispute": {
    /**
     * `dispute_survey`: Say that two sources contradict each other. This fact becomes `other`, the
     * one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Survey
    >;
  };
  "/v1/surveys/{record_id}/history": {
    /**
     * `get_survey_history`: The history of one survey. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/surveys/{record_id}/prefer": {
    /**
     * `prefer_survey`: Say which contradicting fact is used. This fact becomes `preferred`, the
     * others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Survey
    >;
  };
  "/v1/surveys/{record_id}/settle": {
    /**
     * `settle_survey`: End a dispute. This fact is undisputed; the others stay as they are until
     * they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Survey
    >;
  };
  "/v1/timeline": {
    /** `list_timeline`: List timeline. All dated facts in date order. */
    get: Operation<
      { query?: Takes.ListTimelineQuery },
      Model.TimelineEventList,
      "text/csv" | "application/x-ndjson" | "application/atom+xml" | "application/feed+json" |
          "text/calendar" | "application/vnd.dataresource+json" | "application/zip" |
          "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/usage": {
    /** `list_usage`: List usage. How much a product was used in a period. */
    get: Operation<
      { query?: Takes.ListUsageQuery },
      Model.UsageList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_usage`: Record one usage. A fact whose natural key (product_id, metric, period,
     * value) exists already is refused with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.UsageBody;
      },
      Model.Usage
    >;
  };
  "/v1/usage/{record_id}": {
    /** `get_usage`: One usage. How much a product was used in a period. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetUsageQuery },
      Model.Usage,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_usage`: Change one usage. A merge patch (RFC 7396): null empties, arrays are replaced
     * whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.UsagePatch;
      },
      Model.Usage
    >;
    /**
     * `retire_usage`: Retire one usage. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/usage/{record_id}/dispute": {
    /**
     * `dispute_usage`: Say that two sources contradict each other. This fact becomes `other`, the
     * one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Usage
    >;
  };
  "/v1/usage/{record_id}/history": {
    /**
     * `get_usage_history`: The history of one usage. Its versions with actor, comment, sources and
     * what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/usage/{record_id}/prefer": {
    /**
     * `prefer_usage`: Say which contradicting fact is used. This fact becomes `preferred`, the
     * others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Usage
    >;
  };
  "/v1/usage/{record_id}/settle": {
    /**
     * `settle_usage`: End a dispute. This fact is undisputed; the others stay as they are until
     * they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Usage
    >;
  };
  "/v1/vendors": {
    /** `list_vendors`: List vendors. A company that sells AI products. */
    get: Operation<
      { query?: Takes.ListVendorsQuery },
      Model.VendorList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}": {
    /** `get_vendor`: One vendor. A company that sells AI products. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetVendorQuery },
      Model.Vendor,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `put_vendor`: Make or replace one vendor. If-None-Match: * only makes; replacing needs
     * If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
     * write.
     */
    put: Operation<
      {
        path: { record_id: string };
        query?: Takes.PutGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match" | "If-None-Match">;
        body: Model.VendorBody;
      },
      Model.Vendor
    >;
    /**
     * `change_vendor`: Change one vendor. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.VendorPatch;
      },
      Model.Vendor
    >;
    /**
     * `retire_vendor`: Retire one vendor. Out of the present, never out of history; the id answers
     * 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/vendors/{record_id}/capital": {
    /**
     * `get_vendor_capital`: What money and machines went, or are to go, into a vendor. Figures as
     * published, by type, status, currency and unit; only rounds of one status and currency are
     * summed. Those that lost a dispute are counted.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetVendorCapitalQuery },
      Model.VendorCapitalAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}/groups": {
    /** `list_groups_of_vendor`: List groups of one vendor. Short for /v1/groups?vendor_ids=… */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListGroupsQuery },
      Model.GroupList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}/history": {
    /**
     * `get_vendor_history`: The history of one vendor. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/vendors/{record_id}/homogenization": {
    /**
     * `get_vendor_homogenization`: How alike a vendor's own products are, and how like its rivals'.
     * Over its live products in all markets: likeness among themselves (cannibalizing), likeness to
     * rivals market by market.
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetVendorHomogenizationQuery },
      Model.VendorHomogenizationAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}/investments": {
    /**
     * `list_investments_of_vendor`: List investments of one vendor. Short for
     * /v1/investments?vendor_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListInvestmentsQuery },
      Model.InvestmentList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}/merge": {
    /**
     * `merge_vendor`: Merge one vendor into another. What pointed at it points at the survivor, its
     * names are aliases there, and its id leads there for ever (308). The answer is the survivor.
     * Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.MergeBody;
      },
      Model.Vendor
    >;
  };
  "/v1/vendors/{record_id}/products": {
    /**
     * `list_products_of_vendor`: List products of one vendor. Short for /v1/products?vendor_id=…
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListProductsQuery },
      Model.ProductList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/vendors/{record_id}/time-to-copy": {
    /**
     * `get_vendor_time_to_copy`: How often a vendor is first, and how fast it follows. The vendor's
     * row of its market's league.
     */
    get: Operation<
      { path: { record_id: string }; query: Takes.GetVendorTimeToCopyQuery },
      Model.VendorTimeToCopyAnswer,
      "text/csv" | "text/markdown" | "application/vnd.dataresource+json" | "application/zip" |
          "image/svg+xml" | "image/png" | "application/vnd.vegalite.v6+json" | "text/plain" |
          "text/html; profile=embed" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
  };
  "/v1/versions": {
    /** `list_versions`: List versions. A version of a product came out. */
    get: Operation<
      { query?: Takes.ListVersionsQuery },
      Model.VersionList,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "image/svg+xml" | "image/png" |
          "application/vnd.vegalite.v6+json" | "text/plain" | "text/html; profile=embed" |
          "application/vnd.apache.parquet" | "application/vnd.apache.arrow.stream"
    >;
    /**
     * `create_version`: Record one version. A fact whose natural key (product_id, name, date)
     * exists already is refused with 409. Needs a key with the scope write.
     */
    post: Operation<
      {
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer">;
        body: Model.VersionBody;
      },
      Model.Version
    >;
  };
  "/v1/versions/{record_id}": {
    /** `get_version`: One version. A version of a product came out. */
    get: Operation<
      { path: { record_id: string }; query?: Takes.GetUsageQuery },
      Model.Version,
      "text/csv" | "application/x-ndjson" | "application/vnd.dataresource+json" | "application/zip"
          | "application/ld+json" | "application/vnd.apache.parquet" |
          "application/vnd.apache.arrow.stream"
    >;
    /**
     * `change_version`: Change one version. A merge patch (RFC 7396): null empties, arrays are
     * replaced whole. Needs a key with the scope write.
     */
    patch: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.VersionPatch;
      },
      Model.Version
    >;
    /**
     * `retire_version`: Retire one version. Out of the present, never out of history; the id
     * answers 410 from then on. Needs a key with the scope curate.
     */
    delete: Operation<
      {
        path: { record_id: string };
        query?: Takes.RetireGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
      },
      Model.Retired
    >;
  };
  "/v1/versions/{record_id}/dispute": {
    /**
     * `dispute_version`: Say that two sources contradict each other. This fact becomes `other`, the
     * one that it contradicts `preferred`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.DisputeBody;
      },
      Model.Version
    >;
  };
  "/v1/versions/{record_id}/history": {
    /**
     * `get_version_history`: The history of one version. Its versions with actor, comment, sources
     * and what changed (RFC 6902).
     */
    get: Operation<
      { path: { record_id: string }; query?: Takes.ListImportsQuery },
      Model.HistoryPage,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/versions/{record_id}/prefer": {
    /**
     * `prefer_version`: Say which contradicting fact is used. This fact becomes `preferred`, the
     * others of its subject `other`. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.PreferBody;
      },
      Model.Version
    >;
  };
  "/v1/versions/{record_id}/settle": {
    /**
     * `settle_version`: End a dispute. This fact is undisputed; the others stay as they are until
     * they are settled or retired. Needs a key with the scope curate.
     */
    post: Operation<
      {
        path: { record_id: string };
        query?: Takes.MergeGroupQuery;
        headers?: Sent<"Idempotency-Key" | "Prefer" | "If-Match">;
        body: Model.SettleBody;
      },
      Model.Version
    >;
  };
  "/v1/webhooks": {
    /**
     * `list_webhooks`: List webhooks. The key's own, the oldest first; an admin sees all. Needs a
     * key with the scope write.
     */
    get: Operation<
      { query?: Takes.ListImportsQuery },
      Model.WebhookList,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `create_webhook`: Add a webhook. It is told of what comes after the newest revision. The
     * secret is shown this once. Needs a key with the scope write.
     */
    post: Operation<
      { headers?: Sent<"Idempotency-Key">; body: Model.NewWebhook },
      Model.WebhookWithSecret
    >;
  };
  "/v1/webhooks/{webhook_id}": {
    /**
     * `get_webhook`: One webhook. Where it goes, what it wants, how it fares. Needs a key with the
     * scope write.
     */
    get: Operation<
      { path: { webhook_id: string }; query?: Takes.GetIndexQuery },
      Model.WebhookShown,
      "text/csv" | "application/x-ndjson"
    >;
    /**
     * `change_webhook`: Change a webhook. A merge patch; `status` active goes on where a pause
     * began, and after `off` from now. Needs a key with the scope write.
     */
    patch: Operation<
      { path: { webhook_id: string }; body: Model.WebhookPatch },
      Model.WebhookShown
    >;
    /**
     * `delete_webhook`: Remove a webhook. Gone with its deliveries. Needs a key with the scope
     * write.
     */
    delete: Operation<
      { path: { webhook_id: string } },
      undefined
    >;
  };
  "/v1/webhooks/{webhook_id}/deliveries": {
    /**
     * `list_webhook_deliveries`: List deliveries. The newest first; kept for thirty days. Needs a
     * key with the scope write.
     */
    get: Operation<
      { path: { webhook_id: string }; query?: Takes.ListKeysQuery },
      Model.DeliveryList,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}": {
    /**
     * `get_webhook_delivery`: One delivery. What was sent, how often, and what the receiver said
     * last. Needs a key with the scope write.
     */
    get: Operation<
      { path: { webhook_id: string; delivery_id: string }; query?: Takes.GetKeyQuery },
      Model.DeliveryShown,
      "text/csv" | "application/x-ndjson"
    >;
  };
  "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver": {
    /**
     * `redeliver_webhook_delivery`: Send it again. Due at once, under the same webhook-id, with all
     * retries before it. Needs a key with the scope write.
     */
    post: Operation<
      { path: { webhook_id: string; delivery_id: string } },
      Model.DeliveryShown
    >;
  };
  "/v1/webhooks/{webhook_id}/rotate-secret": {
    /**
     * `rotate_webhook_secret`: A new secret for a webhook. For a day the old secret signs as well,
     * so that receivers can change over. Needs a key with the scope write.
     */
    post: Operation<
      { path: { webhook_id: string }; headers?: Sent<"Idempotency-Key"> },
      Model.WebhookWithSecret
    >;
  };
  "/v1/webhooks/{webhook_id}/test": {
    /**
     * `test_webhook`: Try a webhook. Sends a message of type `webhook.test` now and tells what came
     * of it. Needs a key with the scope write.
     */
    post: Operation<
      { path: { webhook_id: string } },
      Model.DeliveryShown
    >;
  };
  "/version": {
    /**
     * `get_service_version`: What runs here. Versions of the service, the contract, the data and
     * what carries them.
     */
    get: Operation<
      { query?: Takes.GetKeyQuery },
      Model.ServiceVersion,
      "text/csv" | "application/x-ndjson"
    >;
  };
}

export declare const version: "1.0.0";
