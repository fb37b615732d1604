"""The operations of the API.

Made by `parity clients` from the OpenAPI document; not to be edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parity_client._calls import AsyncCalls, Calls, Operation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Literal, Unpack

    from parity_client._calls import Event
    from parity_client._parameters import (
    AggregateAdoptionsQuery,
    AggregateBusinessModelsQuery,
    AggregateFeaturesQuery,
    AggregateGroupsQuery,
    AggregateInvestmentsQuery,
    AggregateMarketsQuery,
    AggregateMonetizationsQuery,
    AggregateOfferingsQuery,
    AggregateProductsQuery,
    AggregateSourcesQuery,
    AggregateSurveysQuery,
    AggregateUsageQuery,
    AggregateVendorsQuery,
    AggregateVersionsQuery,
    CompareQuery,
    CreateCorrectionQuery,
    CreateImportQuery,
    CreateKeyQuery,
    CreateUsageQuery,
    GetAdoptionQuery,
    GetBusinessModelQuery,
    GetCoverageQuery,
    GetDatasetQuery,
    GetDiffQuery,
    GetFeatureForecastQuery,
    GetFeatureHomogenizationQuery,
    GetFeatureQuery,
    GetFeatureTimeToCopyQuery,
    GetGroupQuery,
    GetIndexQuery,
    GetInvestmentQuery,
    GetKeyQuery,
    GetMarketCadenceQuery,
    GetMarketCopyGraphQuery,
    GetMarketHomogenizationQuery,
    GetMarketLeagueQuery,
    GetMarketMatrixQuery,
    GetMarketMonetizationQuery,
    GetMarketNearSimultaneousQuery,
    GetMarketPenetrationQuery,
    GetMarketQuery,
    GetMarketTimeToCopyQuery,
    GetMonetizationQuery,
    GetProductAudienceQuery,
    GetProductCadenceQuery,
    GetProductGapsQuery,
    GetProductHomogenizationQuery,
    GetProductQuery,
    GetSimilarProductsQuery,
    GetSourceQuery,
    GetSurveyQuery,
    GetUsageQuery,
    GetVendorCapitalQuery,
    GetVendorHomogenizationQuery,
    GetVendorQuery,
    GetVendorTimeToCopyQuery,
    ListAdoptionsQuery,
    ListBusinessModelsQuery,
    ListChangesQuery,
    ListCorrectionsQuery,
    ListExportsQuery,
    ListFactsOfSourceQuery,
    ListFeaturesQuery,
    ListGroupsQuery,
    ListHomogenizationQuery,
    ListImportRowsQuery,
    ListImportsQuery,
    ListInvestmentsQuery,
    ListKeysQuery,
    ListMarketsQuery,
    ListMonetizationsQuery,
    ListOfferingsQuery,
    ListProductsQuery,
    ListQualityIssuesQuery,
    ListRevisionsQuery,
    ListSourcesQuery,
    ListSurveysQuery,
    ListTimelineQuery,
    ListUnknownCellsQuery,
    ListUsageQuery,
    ListVendorsQuery,
    ListVersionsQuery,
    MergeGroupQuery,
    PutGroupQuery,
    ResolveNamesQuery,
    RetireGroupQuery,
    RotateKeyQuery,
    SearchRecordsQuery,
    StreamChangesQuery,
    SuggestRecordsQuery,
    )
    from parity_client.models import (
    Adoption,
    AdoptionBody,
    AdoptionList,
    AdoptionPatch,
    Aggregate,
    BusinessModel,
    BusinessModelBody,
    BusinessModelList,
    BusinessModelPatch,
    ChangeList,
    ComparisonAnswer,
    CorrectionList,
    CorrectionShown,
    CoverageAnswer,
    DeliveryList,
    DeliveryShown,
    Difference,
    DisputeBody,
    Entrance,
    ExportList,
    ExportShown,
    FactList,
    Feature,
    FeatureBody,
    FeatureForecastAnswer,
    FeatureHomogenizationAnswer,
    FeatureList,
    FeaturePatch,
    FeatureTimeToCopyAnswer,
    Group,
    GroupBody,
    GroupList,
    GroupPatch,
    HistoryPage,
    HitList,
    ImportList,
    ImportReport,
    ImportReverted,
    ImportRowList,
    ImportShown,
    Index,
    Investment,
    InvestmentBody,
    InvestmentList,
    InvestmentPatch,
    IssueList,
    KeyList,
    KeyShown,
    KeyWithSecret,
    LimitsShown,
    Live,
    Market,
    MarketBody,
    MarketCadenceAnswer,
    MarketCopyGraphAnswer,
    MarketHomogenizationAnswer,
    MarketLeagueAnswer,
    MarketList,
    MarketMatrixAnswer,
    MarketMonetizationAnswer,
    MarketNearSimultaneousAnswer,
    MarketPatch,
    MarketPenetrationAnswer,
    MarketTimeToCopyAnswer,
    MergeBody,
    MethodList,
    MethodShown,
    Monetization,
    MonetizationBody,
    MonetizationList,
    MonetizationPatch,
    NewCorrection,
    NewDecision,
    NewKey,
    NewRelease,
    NewSurvey,
    NewWebhook,
    Offering,
    OfferingBody,
    OfferingList,
    OfferingPatch,
    PreferBody,
    Product,
    ProductAudienceAnswer,
    ProductBody,
    ProductCadenceAnswer,
    ProductGapsAnswer,
    ProductHomogenizationAnswer,
    ProductList,
    ProductPatch,
    Ready,
    ReleaseList,
    ReleaseShown,
    ResolutionList,
    ResolveRequest,
    Retired,
    RevisionList,
    RevisionReverted,
    RevisionShown,
    Schema,
    ServiceVersion,
    SettleBody,
    SideBySideAnswer,
    SimilarProductsAnswer,
    Source,
    SourceBody,
    SourceList,
    SourcePatch,
    SuggestionList,
    Survey,
    SurveyBody,
    SurveyList,
    SurveyMade,
    SurveyPatch,
    TimelineEventList,
    UnknownCells,
    Usage,
    UsageBody,
    UsageList,
    UsagePatch,
    Vendor,
    VendorBody,
    VendorCapitalAnswer,
    VendorHomogenizationAnswer,
    VendorList,
    VendorPatch,
    VendorTimeToCopyAnswer,
    Version,
    VersionBody,
    VersionList,
    VersionPatch,
    WebhookList,
    WebhookPatch,
    WebhookShown,
    WebhookWithSecret,
    )

API_VERSION = "1.0.0"

OPERATIONS = {
    "get_entrance": Operation("GET", "/", table="text/csv"),
    "get_live": Operation("GET", "/health/live", table="text/csv"),
    "get_ready": Operation("GET", "/health/ready", table="text/csv"),
    "get_index": Operation("GET", "/v1", table="text/csv"),
    "list_adoptions": Operation("GET", "/v1/adoptions", is_page=True, table="application/zip"),
    "create_adoption": Operation("POST", "/v1/adoptions", content="application/json",
        is_write=True),
    "get_adoption": Operation("GET", "/v1/adoptions/{record_id}", table="application/zip"),
    "change_adoption": Operation("PATCH", "/v1/adoptions/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_adoption": Operation("DELETE", "/v1/adoptions/{record_id}", is_write=True),
    "dispute_adoption": Operation("POST", "/v1/adoptions/{record_id}/dispute",
        content="application/json", is_write=True),
    "get_adoption_history": Operation("GET", "/v1/adoptions/{record_id}/history", is_page=True,
        table="text/csv"),
    "prefer_adoption": Operation("POST", "/v1/adoptions/{record_id}/prefer",
        content="application/json", is_write=True),
    "settle_adoption": Operation("POST", "/v1/adoptions/{record_id}/settle",
        content="application/json", is_write=True),
    "aggregate_adoptions": Operation("GET", "/v1/aggregate/adoptions", is_page=True,
        table="application/zip"),
    "aggregate_business_models": Operation("GET", "/v1/aggregate/business-models", is_page=True,
        table="application/zip"),
    "aggregate_features": Operation("GET", "/v1/aggregate/features", is_page=True,
        table="application/zip"),
    "aggregate_groups": Operation("GET", "/v1/aggregate/groups", is_page=True,
        table="application/zip"),
    "aggregate_investments": Operation("GET", "/v1/aggregate/investments", is_page=True,
        table="application/zip"),
    "aggregate_markets": Operation("GET", "/v1/aggregate/markets", is_page=True,
        table="application/zip"),
    "aggregate_monetizations": Operation("GET", "/v1/aggregate/monetizations", is_page=True,
        table="application/zip"),
    "aggregate_offerings": Operation("GET", "/v1/aggregate/offerings", is_page=True,
        table="application/zip"),
    "aggregate_products": Operation("GET", "/v1/aggregate/products", is_page=True,
        table="application/zip"),
    "aggregate_sources": Operation("GET", "/v1/aggregate/sources", is_page=True,
        table="application/zip"),
    "aggregate_surveys": Operation("GET", "/v1/aggregate/surveys", is_page=True,
        table="application/zip"),
    "aggregate_usage": Operation("GET", "/v1/aggregate/usage", is_page=True,
        table="application/zip"),
    "aggregate_vendors": Operation("GET", "/v1/aggregate/vendors", is_page=True,
        table="application/zip"),
    "aggregate_versions": Operation("GET", "/v1/aggregate/versions", is_page=True,
        table="application/zip"),
    "list_business_models": Operation("GET", "/v1/business-models", is_page=True,
        table="application/zip"),
    "get_business_model": Operation("GET", "/v1/business-models/{record_id}",
        table="application/zip"),
    "put_business_model": Operation("PUT", "/v1/business-models/{record_id}",
        content="application/json", is_write=True),
    "change_business_model": Operation("PATCH", "/v1/business-models/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_business_model": Operation("DELETE", "/v1/business-models/{record_id}", is_write=True),
    "get_business_model_history": Operation("GET", "/v1/business-models/{record_id}/history",
        is_page=True, table="text/csv"),
    "merge_business_model": Operation("POST", "/v1/business-models/{record_id}/merge",
        content="application/json", is_write=True),
    "list_monetizations_of_business_model": Operation("GET",
        "/v1/business-models/{record_id}/monetizations", is_page=True, table="application/zip"),
    "list_changes": Operation("GET", "/v1/changes", is_page=True),
    "stream_changes": Operation("GET", "/v1/changes/stream", accept="text/event-stream"),
    "compare": Operation("GET", "/v1/compare", table="application/zip"),
    "list_corrections": Operation("GET", "/v1/corrections", is_page=True, table="text/csv"),
    "create_correction": Operation("POST", "/v1/corrections", content="application/json",
        is_write=True),
    "get_correction": Operation("GET", "/v1/corrections/{correction_id}", table="text/csv"),
    "decide_correction": Operation("POST", "/v1/corrections/{correction_id}/decision",
        content="application/json", is_write=True),
    "get_coverage": Operation("GET", "/v1/coverage", table="text/csv"),
    "get_diff": Operation("GET", "/v1/diff", table="text/csv"),
    "list_exports": Operation("GET", "/v1/exports", is_page=True, table="text/csv"),
    "get_dataset": Operation("GET", "/v1/exports/dataset", table="application/zip"),
    "export_collection": Operation("GET", "/v1/exports/{collection}", accept="application/gzip"),
    "list_features": Operation("GET", "/v1/features", is_page=True, table="application/zip"),
    "get_feature": Operation("GET", "/v1/features/{record_id}", table="application/zip"),
    "put_feature": Operation("PUT", "/v1/features/{record_id}", content="application/json",
        is_write=True),
    "change_feature": Operation("PATCH", "/v1/features/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_feature": Operation("DELETE", "/v1/features/{record_id}", is_write=True),
    "list_adoptions_of_feature": Operation("GET", "/v1/features/{record_id}/adoptions",
        is_page=True, table="application/zip"),
    "get_feature_forecast": Operation("GET", "/v1/features/{record_id}/forecast",
        table="application/zip"),
    "get_feature_history": Operation("GET", "/v1/features/{record_id}/history", is_page=True,
        table="text/csv"),
    "get_feature_homogenization": Operation("GET", "/v1/features/{record_id}/homogenization",
        table="application/zip"),
    "merge_feature": Operation("POST", "/v1/features/{record_id}/merge", content="application/json",
        is_write=True),
    "list_surveys_of_feature": Operation("GET", "/v1/features/{record_id}/surveys", is_page=True,
        table="application/zip"),
    "get_feature_time_to_copy": Operation("GET", "/v1/features/{record_id}/time-to-copy",
        table="application/zip"),
    "list_groups": Operation("GET", "/v1/groups", is_page=True, table="application/zip"),
    "get_group": Operation("GET", "/v1/groups/{record_id}", table="application/zip"),
    "put_group": Operation("PUT", "/v1/groups/{record_id}", content="application/json",
        is_write=True),
    "change_group": Operation("PATCH", "/v1/groups/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_group": Operation("DELETE", "/v1/groups/{record_id}", is_write=True),
    "get_group_history": Operation("GET", "/v1/groups/{record_id}/history", is_page=True,
        table="text/csv"),
    "merge_group": Operation("POST", "/v1/groups/{record_id}/merge", content="application/json",
        is_write=True),
    "list_homogenization": Operation("GET", "/v1/homogenization", table="application/zip"),
    "list_imports": Operation("GET", "/v1/imports", is_page=True, table="text/csv"),
    "create_import": Operation("POST", "/v1/imports", content="application/x-ndjson",
        is_write=True),
    "get_import": Operation("GET", "/v1/imports/{import_id}", table="text/csv"),
    "revert_import": Operation("POST", "/v1/imports/{import_id}/revert", is_write=True),
    "list_import_rows": Operation("GET", "/v1/imports/{import_id}/rows", is_page=True,
        table="text/csv"),
    "list_investments": Operation("GET", "/v1/investments", is_page=True, table="application/zip"),
    "create_investment": Operation("POST", "/v1/investments", content="application/json",
        is_write=True),
    "get_investment": Operation("GET", "/v1/investments/{record_id}", table="application/zip"),
    "change_investment": Operation("PATCH", "/v1/investments/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_investment": Operation("DELETE", "/v1/investments/{record_id}", is_write=True),
    "dispute_investment": Operation("POST", "/v1/investments/{record_id}/dispute",
        content="application/json", is_write=True),
    "get_investment_history": Operation("GET", "/v1/investments/{record_id}/history", is_page=True,
        table="text/csv"),
    "prefer_investment": Operation("POST", "/v1/investments/{record_id}/prefer",
        content="application/json", is_write=True),
    "settle_investment": Operation("POST", "/v1/investments/{record_id}/settle",
        content="application/json", is_write=True),
    "list_keys": Operation("GET", "/v1/keys", is_page=True, table="text/csv"),
    "create_key": Operation("POST", "/v1/keys", content="application/json", is_write=True),
    "get_key": Operation("GET", "/v1/keys/{key_id}", table="text/csv"),
    "retire_key": Operation("DELETE", "/v1/keys/{key_id}"),
    "rotate_key": Operation("POST", "/v1/keys/{key_id}/rotate", is_write=True),
    "get_limits": Operation("GET", "/v1/limits", table="text/csv"),
    "list_markets": Operation("GET", "/v1/markets", is_page=True, table="application/zip"),
    "get_market": Operation("GET", "/v1/markets/{record_id}", table="application/zip"),
    "put_market": Operation("PUT", "/v1/markets/{record_id}", content="application/json",
        is_write=True),
    "change_market": Operation("PATCH", "/v1/markets/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_market": Operation("DELETE", "/v1/markets/{record_id}", is_write=True),
    "get_market_cadence": Operation("GET", "/v1/markets/{record_id}/cadence",
        table="application/zip"),
    "get_market_copy_graph": Operation("GET", "/v1/markets/{record_id}/copy-graph",
        table="application/zip"),
    "list_features_of_market": Operation("GET", "/v1/markets/{record_id}/features", is_page=True,
        table="application/zip"),
    "get_market_history": Operation("GET", "/v1/markets/{record_id}/history", is_page=True,
        table="text/csv"),
    "get_market_homogenization": Operation("GET", "/v1/markets/{record_id}/homogenization",
        table="application/zip"),
    "get_market_league": Operation("GET", "/v1/markets/{record_id}/league",
        table="application/zip"),
    "get_market_matrix": Operation("GET", "/v1/markets/{record_id}/matrix",
        table="application/zip"),
    "merge_market": Operation("POST", "/v1/markets/{record_id}/merge", content="application/json",
        is_write=True),
    "get_market_monetization": Operation("GET", "/v1/markets/{record_id}/monetization",
        table="application/zip"),
    "get_market_near_simultaneous": Operation("GET", "/v1/markets/{record_id}/near-simultaneous",
        table="application/zip"),
    "get_market_penetration": Operation("GET", "/v1/markets/{record_id}/penetration",
        table="application/zip"),
    "list_products_of_market": Operation("GET", "/v1/markets/{record_id}/products", is_page=True,
        table="application/zip"),
    "list_surveys_of_market": Operation("GET", "/v1/markets/{record_id}/surveys", is_page=True,
        table="application/zip"),
    "survey_product": Operation("POST", "/v1/markets/{record_id}/surveys",
        content="application/json", is_write=True),
    "get_market_time_to_copy": Operation("GET", "/v1/markets/{record_id}/time-to-copy",
        table="application/zip"),
    "list_unknown_cells": Operation("GET", "/v1/markets/{record_id}/unknown", is_page=True,
        table="text/csv"),
    "list_methods": Operation("GET", "/v1/methods", is_page=True, table="text/csv"),
    "get_method": Operation("GET", "/v1/methods/{method_id}", table="text/csv"),
    "list_monetizations": Operation("GET", "/v1/monetizations", is_page=True,
        table="application/zip"),
    "create_monetization": Operation("POST", "/v1/monetizations", content="application/json",
        is_write=True),
    "get_monetization": Operation("GET", "/v1/monetizations/{record_id}", table="application/zip"),
    "change_monetization": Operation("PATCH", "/v1/monetizations/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_monetization": Operation("DELETE", "/v1/monetizations/{record_id}", is_write=True),
    "dispute_monetization": Operation("POST", "/v1/monetizations/{record_id}/dispute",
        content="application/json", is_write=True),
    "get_monetization_history": Operation("GET", "/v1/monetizations/{record_id}/history",
        is_page=True, table="text/csv"),
    "prefer_monetization": Operation("POST", "/v1/monetizations/{record_id}/prefer",
        content="application/json", is_write=True),
    "settle_monetization": Operation("POST", "/v1/monetizations/{record_id}/settle",
        content="application/json", is_write=True),
    "list_offerings": Operation("GET", "/v1/offerings", is_page=True, table="application/zip"),
    "create_offering": Operation("POST", "/v1/offerings", content="application/json",
        is_write=True),
    "get_offering": Operation("GET", "/v1/offerings/{record_id}", table="application/zip"),
    "change_offering": Operation("PATCH", "/v1/offerings/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_offering": Operation("DELETE", "/v1/offerings/{record_id}", is_write=True),
    "get_offering_history": Operation("GET", "/v1/offerings/{record_id}/history", is_page=True,
        table="text/csv"),
    "list_products": Operation("GET", "/v1/products", is_page=True, table="application/zip"),
    "get_product": Operation("GET", "/v1/products/{record_id}", table="application/zip"),
    "put_product": Operation("PUT", "/v1/products/{record_id}", content="application/json",
        is_write=True),
    "change_product": Operation("PATCH", "/v1/products/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_product": Operation("DELETE", "/v1/products/{record_id}", is_write=True),
    "list_adoptions_of_product": Operation("GET", "/v1/products/{record_id}/adoptions",
        is_page=True, table="application/zip"),
    "get_product_audience": Operation("GET", "/v1/products/{record_id}/audience",
        table="application/zip"),
    "get_product_cadence": Operation("GET", "/v1/products/{record_id}/cadence",
        table="application/zip"),
    "get_product_gaps": Operation("GET", "/v1/products/{record_id}/gaps", table="application/zip"),
    "get_product_history": Operation("GET", "/v1/products/{record_id}/history", is_page=True,
        table="text/csv"),
    "get_product_homogenization": Operation("GET", "/v1/products/{record_id}/homogenization",
        table="application/zip"),
    "merge_product": Operation("POST", "/v1/products/{record_id}/merge", content="application/json",
        is_write=True),
    "list_monetizations_of_product": Operation("GET", "/v1/products/{record_id}/monetizations",
        is_page=True, table="application/zip"),
    "list_offerings_of_product": Operation("GET", "/v1/products/{record_id}/offerings",
        is_page=True, table="application/zip"),
    "get_similar_products": Operation("GET", "/v1/products/{record_id}/similar",
        table="application/zip"),
    "list_surveys_of_product": Operation("GET", "/v1/products/{record_id}/surveys", is_page=True,
        table="application/zip"),
    "list_usage_of_product": Operation("GET", "/v1/products/{record_id}/usage", is_page=True,
        table="application/zip"),
    "list_versions_of_product": Operation("GET", "/v1/products/{record_id}/versions", is_page=True,
        table="application/zip"),
    "list_quality_issues": Operation("GET", "/v1/quality/issues", is_page=True,
        table="application/zip"),
    "list_releases": Operation("GET", "/v1/releases", is_page=True, table="text/csv"),
    "create_release": Operation("POST", "/v1/releases", content="application/json", is_write=True),
    "get_release": Operation("GET", "/v1/releases/{name}", table="text/csv"),
    "get_release_citation": Operation("GET", "/v1/releases/{name}/citation",
        accept="application/x-bibtex"),
    "get_release_file": Operation("GET", "/v1/releases/{name}/{collection}", accept="text/csv"),
    "resolve_names": Operation("POST", "/v1/resolve", content="application/json"),
    "list_revisions": Operation("GET", "/v1/revisions", is_page=True, table="text/csv"),
    "get_revision": Operation("GET", "/v1/revisions/{number}", table="text/csv"),
    "revert_revision": Operation("POST", "/v1/revisions/{number}/revert", is_write=True),
    "get_schema": Operation("GET", "/v1/schema", table="text/csv"),
    "search_records": Operation("GET", "/v1/search", is_page=True, table="text/csv"),
    "list_sources": Operation("GET", "/v1/sources", is_page=True, table="application/zip"),
    "create_source": Operation("POST", "/v1/sources", content="application/json", is_write=True),
    "get_source": Operation("GET", "/v1/sources/{record_id}", table="application/zip"),
    "change_source": Operation("PATCH", "/v1/sources/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_source": Operation("DELETE", "/v1/sources/{record_id}", is_write=True),
    "list_facts_of_source": Operation("GET", "/v1/sources/{record_id}/facts", is_page=True,
        table="application/zip"),
    "get_source_history": Operation("GET", "/v1/sources/{record_id}/history", is_page=True,
        table="text/csv"),
    "suggest_records": Operation("GET", "/v1/suggest", table="text/csv"),
    "list_surveys": Operation("GET", "/v1/surveys", is_page=True, table="application/zip"),
    "create_survey": Operation("POST", "/v1/surveys", content="application/json", is_write=True),
    "get_survey": Operation("GET", "/v1/surveys/{record_id}", table="application/zip"),
    "change_survey": Operation("PATCH", "/v1/surveys/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_survey": Operation("DELETE", "/v1/surveys/{record_id}", is_write=True),
    "dispute_survey": Operation("POST", "/v1/surveys/{record_id}/dispute",
        content="application/json", is_write=True),
    "get_survey_history": Operation("GET", "/v1/surveys/{record_id}/history", is_page=True,
        table="text/csv"),
    "prefer_survey": Operation("POST", "/v1/surveys/{record_id}/prefer", content="application/json",
        is_write=True),
    "settle_survey": Operation("POST", "/v1/surveys/{record_id}/settle", content="application/json",
        is_write=True),
    "list_timeline": Operation("GET", "/v1/timeline", is_page=True, table="application/zip"),
    "list_usage": Operation("GET", "/v1/usage", is_page=True, table="application/zip"),
    "create_usage": Operation("POST", "/v1/usage", content="application/json", is_write=True),
    "get_usage": Operation("GET", "/v1/usage/{record_id}", table="application/zip"),
    "change_usage": Operation("PATCH", "/v1/usage/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_usage": Operation("DELETE", "/v1/usage/{record_id}", is_write=True),
    "dispute_usage": Operation("POST", "/v1/usage/{record_id}/dispute", content="application/json",
        is_write=True),
    "get_usage_history": Operation("GET", "/v1/usage/{record_id}/history", is_page=True,
        table="text/csv"),
    "prefer_usage": Operation("POST", "/v1/usage/{record_id}/prefer", content="application/json",
        is_write=True),
    "settle_usage": Operation("POST", "/v1/usage/{record_id}/settle", content="application/json",
        is_write=True),
    "list_vendors": Operation("GET", "/v1/vendors", is_page=True, table="application/zip"),
    "get_vendor": Operation("GET", "/v1/vendors/{record_id}", table="application/zip"),
    "put_vendor": Operation("PUT", "/v1/vendors/{record_id}", content="application/json",
        is_write=True),
    "change_vendor": Operation("PATCH", "/v1/vendors/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_vendor": Operation("DELETE", "/v1/vendors/{record_id}", is_write=True),
    "get_vendor_capital": Operation("GET", "/v1/vendors/{record_id}/capital",
        table="application/zip"),
    "list_groups_of_vendor": Operation("GET", "/v1/vendors/{record_id}/groups", is_page=True,
        table="application/zip"),
    "get_vendor_history": Operation("GET", "/v1/vendors/{record_id}/history", is_page=True,
        table="text/csv"),
    "get_vendor_homogenization": Operation("GET", "/v1/vendors/{record_id}/homogenization",
        table="application/zip"),
    "list_investments_of_vendor": Operation("GET", "/v1/vendors/{record_id}/investments",
        is_page=True, table="application/zip"),
    "merge_vendor": Operation("POST", "/v1/vendors/{record_id}/merge", content="application/json",
        is_write=True),
    "list_products_of_vendor": Operation("GET", "/v1/vendors/{record_id}/products", is_page=True,
        table="application/zip"),
    "get_vendor_time_to_copy": Operation("GET", "/v1/vendors/{record_id}/time-to-copy",
        table="application/zip"),
    "list_versions": Operation("GET", "/v1/versions", is_page=True, table="application/zip"),
    "create_version": Operation("POST", "/v1/versions", content="application/json", is_write=True),
    "get_version": Operation("GET", "/v1/versions/{record_id}", table="application/zip"),
    "change_version": Operation("PATCH", "/v1/versions/{record_id}",
        content="application/merge-patch+json", is_write=True),
    "retire_version": Operation("DELETE", "/v1/versions/{record_id}", is_write=True),
    "dispute_version": Operation("POST", "/v1/versions/{record_id}/dispute",
        content="application/json", is_write=True),
    "get_version_history": Operation("GET", "/v1/versions/{record_id}/history", is_page=True,
        table="text/csv"),
    "prefer_version": Operation("POST", "/v1/versions/{record_id}/prefer",
        content="application/json", is_write=True),
    "settle_version": Operation("POST", "/v1/versions/{record_id}/settle",
        content="application/json", is_write=True),
    "list_webhooks": Operation("GET", "/v1/webhooks", is_page=True, table="text/csv"),
    "create_webhook": Operation("POST", "/v1/webhooks", content="application/json", is_write=True),
    "get_webhook": Operation("GET", "/v1/webhooks/{webhook_id}", table="text/csv"),
    "change_webhook": Operation("PATCH", "/v1/webhooks/{webhook_id}",
        content="application/merge-patch+json"),
    "delete_webhook": Operation("DELETE", "/v1/webhooks/{webhook_id}"),
    "list_webhook_deliveries": Operation("GET", "/v1/webhooks/{webhook_id}/deliveries",
        is_page=True, table="text/csv"),
    "get_webhook_delivery": Operation("GET", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
        table="text/csv"),
    "redeliver_webhook_delivery": Operation("POST",
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"),
    "rotate_webhook_secret": Operation("POST", "/v1/webhooks/{webhook_id}/rotate-secret",
        is_write=True),
    "test_webhook": Operation("POST", "/v1/webhooks/{webhook_id}/test"),
    "get_service_version": Operation("GET", "/version", table="text/csv"),
}
QUERY = {
    "product_status": "product.status",
    "product_evidence": "product.evidence",
    "feature_evidence": "feature.evidence",
    "market_layer": "market.layer",
    "market_evidence": "market.evidence",
    "vendor_country": "vendor.country",
    "vendor_type": "vendor.type",
    "vendor_evidence": "vendor.evidence",
    "price_amount__gte": "price.amount__gte",
    "price_amount__lte": "price.amount__lte",
    "price_currency": "price.currency",
    "price_per": "price.per",
    "business_model_evidence": "business_model.evidence",
    "from_": "from",
}
HEADERS = {
    "idempotency_key": "Idempotency-Key",
    "prefer": "Prefer",
    "if_match": "If-Match",
    "if_none_match": "If-None-Match",
}

class Operations(Calls):
    """Every operation, by its name; each waits for the answer."""

    def get_entrance(self, **query: Unpack[GetKeyQuery]) -> Entrance:
        """Where to go from here. The index of the API, its descriptions, its codes. By name: excel.
        """
        return self._call("get_entrance", query)

    def get_live(self, **query: Unpack[GetKeyQuery]) -> Live:
        """Is the process alive. Touches nothing. By name: excel."""
        return self._call("get_live", query)

    def get_ready(self, **query: Unpack[GetKeyQuery]) -> Ready:
        """Can it answer. 503 while the database cannot be reached; one that takes no writes, or
        cannot read some page, answers all the same, and `checks` says so. By name: excel.
        """
        return self._call("get_ready", query)

    def get_index(self, **query: Unpack[GetIndexQuery]) -> Index:
        """What there is. Collections, analyses, every address with what may be done there, the
        newest revision. By name: lang, excel.
        """
        return self._call("get_index", query)

    def list_adoptions(self, **query: Unpack[ListAdoptionsQuery]) -> AdoptionList:
        """List adoptions. A product has a feature from a day on. By name: lang, on, as_of, limit,
        cursor, date_match, count, sample, seed, sort, facets, fields, include, id, product_id,
        feature_id, stage, date__gte, date__lte, until__gte, until__lte, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, feature_evidence, filter, excel,
        theme, width.
        """
        return self._call("list_adoptions", query)

    def create_adoption(self, body: AdoptionBody, /, **query: Unpack[CreateUsageQuery]) -> Adoption:
        """Record one adoption. A fact whose natural key (product_id, feature_id, stage, date)
        exists already is refused with 409. Needs a key with the scope write. By name: dry_run,
        comment, idempotency_key, prefer.
        """
        return self._call("create_adoption", query, body=body)

    def get_adoption(self, record_id: str, /, **query: Unpack[GetAdoptionQuery]) -> Adoption:
        """One adoption. A product has a feature from a day on. By name: lang, on, as_of, fields,
        include, excel.
        """
        return self._call("get_adoption", query, record_id)

    def change_adoption(
        self, record_id: str, body: AdoptionPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Change one adoption. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_adoption", query, record_id, body=body)

    def retire_adoption(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one adoption. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_adoption", query, record_id)

    def dispute_adoption(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_adoption", query, record_id, body=body)

    def get_adoption_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one adoption. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_adoption_history", query, record_id)

    def prefer_adoption(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_adoption", query, record_id, body=body)

    def settle_adoption(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_adoption", query, record_id, body=body)

    def aggregate_adoptions(self, **query: Unpack[AggregateAdoptionsQuery]) -> Aggregate:
        """Group adoptions. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        feature_id, stage, date__gte, date__lte, until__gte, until__lte, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, feature_evidence, filter, excel.
        """
        return self._call("aggregate_adoptions", query)

    def aggregate_business_models(self, **query: Unpack[AggregateBusinessModelsQuery]) -> Aggregate:
        """Group business models. Counts and sums by up to three keys, over any filter. By name:
        lang, on, as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id,
        name, aliases, external_ids, definition, definitions, source_ids, evidence, filter, excel.
        """
        return self._call("aggregate_business_models", query)

    def aggregate_features(self, **query: Unpack[AggregateFeaturesQuery]) -> Aggregate:
        """Group features. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, name,
        aliases, external_ids, category, market_ids, definition, definitions, source_ids, evidence,
        market_layer, market_evidence, filter, excel.
        """
        return self._call("aggregate_features", query)

    def aggregate_groups(self, **query: Unpack[AggregateGroupsQuery]) -> Aggregate:
        """Group groups. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, name,
        aliases, external_ids, vendor_ids, source_ids, evidence, vendor_country, vendor_type,
        vendor_evidence, filter, excel.
        """
        return self._call("aggregate_groups", query)

    def aggregate_investments(self, **query: Unpack[AggregateInvestmentsQuery]) -> Aggregate:
        """Group investments. Counts and sums by up to three keys, over any filter. By name: lang,
        on, as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, vendor_id,
        type, amount__gte, amount__lte, currency, quantity__gte, quantity__lte, unit, date__gte,
        date__lte, status, source_ids, evidence, confidence, dispute, vendor_country, vendor_type,
        vendor_evidence, filter, excel.
        """
        return self._call("aggregate_investments", query)

    def aggregate_markets(self, **query: Unpack[AggregateMarketsQuery]) -> Aggregate:
        """Group markets. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, name,
        aliases, external_ids, layer, definition, definitions, tracked_since__gte,
        tracked_since__lte, source_ids, evidence, filter, excel.
        """
        return self._call("aggregate_markets", query)

    def aggregate_monetizations(self, **query: Unpack[AggregateMonetizationsQuery]) -> Aggregate:
        """Group monetizations. Counts and sums by up to three keys, over any filter. By name: lang,
        on, as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        business_model_id, since__gte, since__lte, until__gte, until__lte, price_amount__gte,
        price_amount__lte, price_currency, price_per, source_ids, evidence, confidence, dispute,
        product_status, product_evidence, business_model_evidence, filter, excel.
        """
        return self._call("aggregate_monetizations", query)

    def aggregate_offerings(self, **query: Unpack[AggregateOfferingsQuery]) -> Aggregate:
        """Group offerings. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        reseller, reseller_name, model, date__gte, date__lte, source_ids, evidence, confidence,
        product_status, product_evidence, filter, excel.
        """
        return self._call("aggregate_offerings", query)

    def aggregate_products(self, **query: Unpack[AggregateProductsQuery]) -> Aggregate:
        """Group products. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, vendor_id,
        name, aliases, external_ids, market_ids, launched__gte, launched__lte, discontinued__gte,
        discontinued__lte, status, source_ids, evidence, vendor_country, vendor_type,
        vendor_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("aggregate_products", query)

    def aggregate_sources(self, **query: Unpack[AggregateSourcesQuery]) -> Aggregate:
        """Group sources. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, url, title,
        publisher, published__gte, published__lte, archive_url, last_checked__gte,
        last_checked__lte, filter, excel.
        """
        return self._call("aggregate_sources", query)

    def aggregate_surveys(self, **query: Unpack[AggregateSurveysQuery]) -> Aggregate:
        """Group surveys. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        market_id, feature_ids, date__gte, date__lte, source_ids, evidence, confidence, dispute,
        product_status, product_evidence, market_layer, market_evidence, feature_evidence, filter,
        excel.
        """
        return self._call("aggregate_surveys", query)

    def aggregate_usage(self, **query: Unpack[AggregateUsageQuery]) -> Aggregate:
        """Group usage. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        metric, value__gte, value__lte, unit, period__gte, period__lte, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, filter, excel.
        """
        return self._call("aggregate_usage", query)

    def aggregate_vendors(self, **query: Unpack[AggregateVendorsQuery]) -> Aggregate:
        """Group vendors. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, q, id, name,
        aliases, external_ids, country, type, founded__gte, founded__lte, homepage, source_ids,
        evidence, filter, excel.
        """
        return self._call("aggregate_vendors", query)

    def aggregate_versions(self, **query: Unpack[AggregateVersionsQuery]) -> Aggregate:
        """Group versions. Counts and sums by up to three keys, over any filter. By name: lang, on,
        as_of, limit, cursor, having, fill, sort, date_match, group_by, metrics, id, product_id,
        name, date__gte, date__lte, source_ids, evidence, confidence, dispute, product_status,
        product_evidence, filter, excel.
        """
        return self._call("aggregate_versions", query)

    def list_business_models(self, **query: Unpack[ListBusinessModelsQuery]) -> BusinessModelList:
        """List business models. A way to earn. By name: lang, on, as_of, limit, cursor, date_match,
        count, sample, seed, sort, facets, q, fields, include, id, name, aliases, external_ids,
        definition, definitions, source_ids, evidence, filter, excel.
        """
        return self._call("list_business_models", query)

    def get_business_model(
        self, record_id: str, /, **query: Unpack[GetBusinessModelQuery]
    ) -> BusinessModel:
        """One business model. A way to earn. By name: lang, on, as_of, fields, include, excel."""
        return self._call("get_business_model", query, record_id)

    def put_business_model(
        self, record_id: str, body: BusinessModelBody, /, **query: Unpack[PutGroupQuery]
    ) -> BusinessModel:
        """Make or replace one business model. If-None-Match: * only makes; replacing needs
        If-Match. Members left out are emptied. 201 when it was made. Needs a key with the scope
        write. By name: dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_business_model", query, record_id, body=body)

    def change_business_model(
        self, record_id: str, body: BusinessModelPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> BusinessModel:
        """Change one business model. A merge patch (RFC 7396): null empties, arrays are replaced
        whole. Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_business_model", query, record_id, body=body)

    def retire_business_model(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one business model. Out of the present, never out of history; the id answers 410
        from then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_business_model", query, record_id)

    def get_business_model_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one business model. Its versions with actor, comment, sources and what
        changed (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_business_model_history", query, record_id)

    def merge_business_model(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> BusinessModel:
        """Merge one business model into another. What pointed at it points at the survivor, its
        names are aliases there, and its id leads there for ever (308). The answer is the survivor.
        Needs a key with the scope curate. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("merge_business_model", query, record_id, body=body)

    def list_monetizations_of_business_model(
        self, record_id: str, /, **query: Unpack[ListMonetizationsQuery]
    ) -> MonetizationList:
        """List monetizations of one business model. Short for /v1/monetizations?business_model_id=…
        By name: lang, on, as_of, limit, cursor, date_match, count, sample, seed, sort, facets,
        fields, include, id, product_id, business_model_id, since__gte, since__lte, until__gte,
        until__lte, price_amount__gte, price_amount__lte, price_currency, price_per, source_ids,
        evidence, confidence, dispute, product_status, product_evidence, business_model_evidence,
        filter, excel.
        """
        return self._call("list_monetizations_of_business_model", query, record_id)

    def list_changes(self, **query: Unpack[ListChangesQuery]) -> ChangeList:
        """What changed, in order. Every creation, update, retirement and merge since a place, in an
        order that never changes. With `wait` the answer comes with the next change, or empty when
        the time is up. As NDJSON up to 100,000 changes; the last line is where to go on, and
        without it the file is cut off. By name: since, kinds, id, filter, wait, limit, cursor.
        """
        return self._call("list_changes", query)

    def stream_changes(self, **query: Unpack[StreamChangesQuery]) -> Iterator[Event]:
        """What changes, as it happens. Server-sent events; a client that comes back with
        Last-Event-ID misses and repeats nothing. A comment every fifteen seconds keeps the line
        open; after ten minutes the client is to come back. By name: since, kinds, id, filter.
        """
        return self._events("stream_changes", query)

    def compare(self, **query: Unpack[CompareQuery]) -> ComparisonAnswer:
        """Products or vendors side by side. Attributes, features with stages, dates as stored and
        lags behind the first of the compared, business models with prices; each with its sources.
        By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, products, vendors,
        only, market, unknown, survey_valid_days, min_joint_features, vendor_id, vendor_country,
        vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("compare", query)

    def list_corrections(self, **query: Unpack[ListCorrectionsQuery]) -> CorrectionList:
        """List corrections. What was reported and what came of it, the newest first. By name:
        limit, cursor, status, collection, record_id, excel.
        """
        return self._call("list_corrections", query)

    def create_correction(
        self, body: NewCorrection, /, **query: Unpack[CreateCorrectionQuery]
    ) -> CorrectionShown:
        """Say what is wrong. Everyone who may read may report; it costs 5. Nothing changes until
        somebody decides. By name: dry_run, idempotency_key, prefer.
        """
        return self._call("create_correction", query, body=body)

    def get_correction(
        self, correction_id: str, /, **query: Unpack[GetKeyQuery]
    ) -> CorrectionShown:
        """One correction. When it was received, what was decided and why, and which revision it led
        to. By name: excel.
        """
        return self._call("get_correction", query, correction_id)

    def decide_correction(
        self, correction_id: str, body: NewDecision, /, **query: Unpack[CreateCorrectionQuery]
    ) -> CorrectionShown:
        """Decide a correction. Once and for good; with `apply` the proposed value is written in the
        same revision. Needs a key with the scope curate. By name: dry_run, idempotency_key, prefer.
        """
        return self._call("decide_correction", query, correction_id, body=body)

    def get_coverage(self, **query: Unpack[GetCoverageQuery]) -> CoverageAnswer:
        """How much is known. By collection and field: known, sourced, exact to the day; by market:
        cells. Of one market (`market`): its cells by product and by feature. By name: lang, on,
        as_of, market, excel.
        """
        return self._call("get_coverage", query)

    def get_diff(self, **query: Unpack[GetDiffQuery]) -> Difference:
        """What changed between two revisions. Of one collection: added, removed and changed
        records, by id. By name: lang, limit, cursor, collection, from_, to, filter, excel.
        """
        return self._call("get_diff", query)

    def list_exports(self, **query: Unpack[ListExportsQuery]) -> ExportList:
        """What can be had whole. The data set as one archive, and each collection, with the forms
        of each. By name: lang, limit, cursor, as_of, excel.
        """
        return self._call("list_exports", query)

    def get_dataset(self, **query: Unpack[GetDatasetQuery]) -> ExportShown:
        """The whole data set. `.zip` has it all in one file: tables, the import format, schemas,
        licence and descriptions; `.croissant.json`, `.datapackage.json` and `.jsonld` (DCAT) are
        these descriptions. By name: lang, as_of, excel.
        """
        return self._call("get_dataset", query)

    def export_collection(
        self, collection: str, /, *, accept: Literal["application/gzip",
        "application/vnd.apache.parquet"] = "application/gzip", **query: Unpack[ResolveNamesQuery]
    ) -> bytes:
        """A whole collection, compressed. Every record at one revision, by id, without bound:
        `.csv.gz`, `.ndjson.gz` or `.parquet`. By name: lang, as_of.
        """
        return self._call("export_collection", query, collection, accept=accept)

    def list_features(self, **query: Unpack[ListFeaturesQuery]) -> FeatureList:
        """List features. Something a product can do. By name: lang, on, as_of, limit, cursor,
        date_match, count, sample, seed, sort, facets, q, fields, include, id, name, aliases,
        external_ids, category, market_ids, definition, definitions, source_ids, evidence,
        market_layer, market_evidence, filter, excel.
        """
        return self._call("list_features", query)

    def get_feature(self, record_id: str, /, **query: Unpack[GetFeatureQuery]) -> Feature:
        """One feature. Something a product can do. By name: lang, on, as_of, fields, include,
        excel.
        """
        return self._call("get_feature", query, record_id)

    def put_feature(
        self, record_id: str, body: FeatureBody, /, **query: Unpack[PutGroupQuery]
    ) -> Feature:
        """Make or replace one feature. If-None-Match: * only makes; replacing needs If-Match.
        Members left out are emptied. 201 when it was made. Needs a key with the scope write. By
        name: dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_feature", query, record_id, body=body)

    def change_feature(
        self, record_id: str, body: FeaturePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Feature:
        """Change one feature. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_feature", query, record_id, body=body)

    def retire_feature(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one feature. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_feature", query, record_id)

    def list_adoptions_of_feature(
        self, record_id: str, /, **query: Unpack[ListAdoptionsQuery]
    ) -> AdoptionList:
        """List adoptions of one feature. Short for /v1/adoptions?feature_id=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, feature_id, stage, date__gte, date__lte, until__gte, until__lte, source_ids,
        evidence, confidence, dispute, product_status, product_evidence, feature_evidence, filter,
        excel, theme, width.
        """
        return self._call("list_adoptions_of_feature", query, record_id)

    def get_feature_forecast(
        self, record_id: str, /, **query: Unpack[GetFeatureForecastQuery]
    ) -> FeatureForecastAnswer:
        """Which rivals will have copied a feature within a year, and how sure that is. For each
        pending rival the chance of a copy if it stays, with limits; the backtest beside it says how
        far to trust it. Chances of uncalibrated horizons are null. By name: on, as_of, lang,
        evidence, stage_min, stage, explain, filter, market, simultaneity_days, dates, confidence,
        forecast_horizons_days, backtest_step_days, backtest_cutoffs, age_bands_days,
        band_prior_copies, unknown, survey_valid_days, vendor_id, vendor_country, vendor_type,
        vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_feature_forecast", query, record_id)

    def get_feature_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one feature. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_feature_history", query, record_id)

    def get_feature_homogenization(
        self, record_id: str, /, **query: Unpack[GetFeatureHomogenizationQuery]
    ) -> FeatureHomogenizationAnswer:
        """How standard a feature is in a market. How many rivals have it, its class
        (differentiator, contested, table stakes, extinct), and what it adds to the market's
        likeness. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, market,
        unit, table_stakes_min, differentiator_max, unknown, survey_valid_days, vendor_id,
        vendor_country, vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_feature_homogenization", query, record_id)

    def merge_feature(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Feature:
        """Merge one feature into another. What pointed at it points at the survivor, its names are
        aliases there, and its id leads there for ever (308). The answer is the survivor. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer, if_match.
        """
        return self._call("merge_feature", query, record_id, body=body)

    def list_surveys_of_feature(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one feature. Short for /v1/surveys?feature_ids=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, market_id, feature_ids, date__gte, date__lte, source_ids, evidence, confidence,
        dispute, product_status, product_evidence, market_layer, market_evidence, feature_evidence,
        filter, excel.
        """
        return self._call("list_surveys_of_feature", query, record_id)

    def get_feature_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetFeatureTimeToCopyQuery]
    ) -> FeatureTimeToCopyAnswer:
        """How long until rivals copied a feature. How many days after the first launch had half of
        the rivals that were in a position to copy the feature done so? First movers, lags,
        exclusivity, share copied, curve, pending rivals. Without a market all markets are treated
        as one. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, market, unit,
        simultaneity_days, confidence, horizons_days, rmst_tau_days, date_draws, seed, dates,
        unknown, survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence, excel,
        table, theme, width.
        """
        return self._call("get_feature_time_to_copy", query, record_id)

    def list_groups(self, **query: Unpack[ListGroupsQuery]) -> GroupList:
        """List groups. Vendors that people speak of as one, such as the six little tigers. By name:
        lang, on, as_of, limit, cursor, date_match, count, sample, seed, sort, facets, q, fields,
        include, id, name, aliases, external_ids, vendor_ids, source_ids, evidence, vendor_country,
        vendor_type, vendor_evidence, filter, excel.
        """
        return self._call("list_groups", query)

    def get_group(self, record_id: str, /, **query: Unpack[GetGroupQuery]) -> Group:
        """One group. Vendors that people speak of as one, such as the six little tigers. By name:
        lang, on, as_of, fields, include, excel.
        """
        return self._call("get_group", query, record_id)

    def put_group(
        self, record_id: str, body: GroupBody, /, **query: Unpack[PutGroupQuery]
    ) -> Group:
        """Make or replace one group. If-None-Match: * only makes; replacing needs If-Match. Members
        left out are emptied. 201 when it was made. Needs a key with the scope write. By name:
        dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_group", query, record_id, body=body)

    def change_group(
        self, record_id: str, body: GroupPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Group:
        """Change one group. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_group", query, record_id, body=body)

    def retire_group(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one group. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_group", query, record_id)

    def get_group_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one group. Its versions with actor, comment, sources and what changed (RFC
        6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_group_history", query, record_id)

    def merge_group(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Group:
        """Merge one group into another. What pointed at it points at the survivor, its names are
        aliases there, and its id leads there for ever (308). The answer is the survivor. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer, if_match.
        """
        return self._call("merge_group", query, record_id, body=body)

    def list_homogenization(self, **query: Unpack[ListHomogenizationQuery]) -> SideBySideAnswer:
        """How alike the products of every market are, side by side. The score of each market with
        its bounds, its change, how much is known and the finding; by layer, the most alike first,
        those without a score last. By name: on, as_of, lang, evidence, stage_min, stage, explain,
        filter, unit, confidence, date_draws, seed, change_window_days, unknown, survey_valid_days,
        min_joint_features, id, name, aliases, external_ids, layer, definition, definitions,
        tracked_since__gte, tracked_since__lte, source_ids, excel, table, theme, width.
        """
        return self._call("list_homogenization", query)

    def list_imports(self, **query: Unpack[ListImportsQuery]) -> ImportList:
        """List imports. The newest first. Needs a key with the scope write. By name: lang, limit,
        cursor, excel.
        """
        return self._call("list_imports", query)

    def create_import(
        self, body: bytes | str, /, *, content_type: Literal["application/x-ndjson", "text/csv",
        "application/json", "application/vnd.apache.parquet"] = "application/x-ndjson",
        **query: Unpack[CreateImportQuery]
    ) -> ImportReport:
        """Import a file. NDJSON of the import format, CSV or Parquet of one kind, or JSON as lists
        and records answer; one revision or nothing. Over a million bytes, or with Prefer:
        respond-async, it is a job: 202, and its Location tells how it goes. Needs a key with the
        scope write. By name: dry_run, comment, mode, on_error, kind, limit, idempotency_key,
        prefer.
        """
        return self._call("create_import", query, body=body, content=content_type)

    def get_import(self, import_id: str, /, **query: Unpack[GetIndexQuery]) -> ImportShown:
        """One import. What it did, or how far it is; who asked for it and why. Needs a key with the
        scope write. By name: lang, excel.
        """
        return self._call("get_import", query, import_id)

    def revert_import(self, import_id: str, /, **query: Unpack[CreateUsageQuery]) -> ImportReverted:
        """Take an import back. The inverse as a new revision: what it made is retired, what it
        changed is as before. Refused where later revisions changed or use those records. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer.
        """
        return self._call("revert_import", query, import_id)

    def list_import_rows(
        self, import_id: str, /, **query: Unpack[ListImportRowsQuery]
    ) -> ImportRowList:
        """What became of each row. By line; kept for ninety days. Needs a key with the scope write.
        By name: lang, limit, cursor, outcome, excel.
        """
        return self._call("list_import_rows", query, import_id)

    def list_investments(self, **query: Unpack[ListInvestmentsQuery]) -> InvestmentList:
        """List investments. Money that went, or is to go, into a vendor or its machines. By name:
        lang, on, as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields,
        include, id, vendor_id, type, amount__gte, amount__lte, currency, quantity__gte,
        quantity__lte, unit, date__gte, date__lte, status, source_ids, evidence, confidence,
        dispute, vendor_country, vendor_type, vendor_evidence, filter, excel.
        """
        return self._call("list_investments", query)

    def create_investment(
        self, body: InvestmentBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Investment:
        """Record one investment. A fact whose natural key (vendor_id, type, date, amount, currency,
        quantity, unit) exists already is refused with 409. Needs a key with the scope write. By
        name: dry_run, comment, idempotency_key, prefer.
        """
        return self._call("create_investment", query, body=body)

    def get_investment(self, record_id: str, /, **query: Unpack[GetInvestmentQuery]) -> Investment:
        """One investment. Money that went, or is to go, into a vendor or its machines. By name:
        lang, on, as_of, fields, include, excel.
        """
        return self._call("get_investment", query, record_id)

    def change_investment(
        self, record_id: str, body: InvestmentPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Change one investment. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_investment", query, record_id, body=body)

    def retire_investment(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one investment. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_investment", query, record_id)

    def dispute_investment(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_investment", query, record_id, body=body)

    def get_investment_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one investment. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_investment_history", query, record_id)

    def prefer_investment(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_investment", query, record_id, body=body)

    def settle_investment(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_investment", query, record_id, body=body)

    def list_keys(self, **query: Unpack[ListKeysQuery]) -> KeyList:
        """List keys. All of them, retired ones too, the oldest first. Needs a key with the scope
        admin. By name: limit, cursor, excel.
        """
        return self._call("list_keys", query)

    def create_key(self, body: NewKey, /, **query: Unpack[CreateKeyQuery]) -> KeyWithSecret:
        """Make a key. The secret is in this answer and nowhere else. Needs a key with the scope
        admin. By name: idempotency_key.
        """
        return self._call("create_key", query, body=body)

    def get_key(self, key_id: str, /, **query: Unpack[GetKeyQuery]) -> KeyShown:
        """One key. For an admin, and for the key itself. By name: excel."""
        return self._call("get_key", query, key_id)

    def retire_key(self, key_id: str, /) -> KeyShown:
        """Retire a key. Dead from the next request on; the row stays, so that old revisions can be
        traced. Needs a key with the scope admin.
        """
        return self._call("retire_key", {}, key_id)

    def rotate_key(self, key_id: str, /, **query: Unpack[RotateKeyQuery]) -> KeyWithSecret:
        """A new secret for a key. For an admin, and for the key itself. The secret of before stays
        good for `overlap_hours`, one from before that dies at once. By name: overlap_hours,
        idempotency_key.
        """
        return self._call("rotate_key", query, key_id)

    def get_limits(self, **query: Unpack[GetKeyQuery]) -> LimitsShown:
        """What is left. The caller's quotas. Costs nothing. By name: excel."""
        return self._call("get_limits", query)

    def list_markets(self, **query: Unpack[ListMarketsQuery]) -> MarketList:
        """List markets. A segment in which products compete. By name: lang, on, as_of, limit,
        cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id, name,
        aliases, external_ids, layer, definition, definitions, tracked_since__gte,
        tracked_since__lte, source_ids, evidence, filter, excel.
        """
        return self._call("list_markets", query)

    def get_market(self, record_id: str, /, **query: Unpack[GetMarketQuery]) -> Market:
        """One market. A segment in which products compete. By name: lang, on, as_of, fields,
        include, excel.
        """
        return self._call("get_market", query, record_id)

    def put_market(
        self, record_id: str, body: MarketBody, /, **query: Unpack[PutGroupQuery]
    ) -> Market:
        """Make or replace one market. If-None-Match: * only makes; replacing needs If-Match.
        Members left out are emptied. 201 when it was made. Needs a key with the scope write. By
        name: dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_market", query, record_id, body=body)

    def change_market(
        self, record_id: str, body: MarketPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Market:
        """Change one market. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_market", query, record_id, body=body)

    def retire_market(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one market. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_market", query, record_id)

    def get_market_cadence(
        self, record_id: str, /, **query: Unpack[GetMarketCadenceQuery]
    ) -> MarketCadenceAnswer:
        """How often the products of a market come out anew. Days from one version to the next,
        versions a year, by calendar year and vendor, and whether the gaps get shorter. By name: on,
        as_of, lang, evidence, stage_min, stage, explain, filter, confidence, date_draws,
        permutations, seed, survey_valid_days, vendor_id, vendor_country, vendor_type,
        vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_cadence", query, record_id)

    def get_market_copy_graph(
        self, record_id: str, /, **query: Unpack[GetMarketCopyGraphQuery]
    ) -> MarketCopyGraphAnswer:
        """Who copies whom in a market. An edge from each first mover of a feature to each rival
        that has it later. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter,
        simultaneity_days, dates, min_count, max_lag_days, survey_valid_days, vendor_id,
        vendor_country, vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_copy_graph", query, record_id)

    def list_features_of_market(
        self, record_id: str, /, **query: Unpack[ListFeaturesQuery]
    ) -> FeatureList:
        """List features of one market. Short for /v1/features?market_ids=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id,
        name, aliases, external_ids, category, market_ids, definition, definitions, source_ids,
        evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_features_of_market", query, record_id)

    def get_market_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one market. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_market_history", query, record_id)

    def get_market_homogenization(
        self, record_id: str, /, **query: Unpack[GetMarketHomogenizationQuery]
    ) -> MarketHomogenizationAnswer:
        """How alike the products of a market are. Pick two rival vendors at random and one product
        of each: what share of the features that either product has do both have? With interval,
        counts, coverage and its series. By name: on, as_of, lang, evidence, stage_min, stage,
        explain, filter, unit, include_structure, confidence, date_draws, seed, change_window_days,
        table_stakes_min, differentiator_max, null_draws, unknown, survey_valid_days,
        min_joint_features, interval, from_, to, vendor_id, vendor_country, vendor_type,
        vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_homogenization", query, record_id)

    def get_market_league(
        self, record_id: str, /, **query: Unpack[GetMarketLeagueQuery]
    ) -> MarketLeagueAnswer:
        """Who leads and who follows in a market. First credits, innovator share, and each vendor's
        speed as a follower for the same features at the same ages. By name: on, as_of, lang,
        evidence, stage_min, stage, explain, filter, simultaneity_days, dates, confidence, unknown,
        survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence, excel, table,
        theme, width.
        """
        return self._call("get_market_league", query, record_id)

    def get_market_matrix(
        self, record_id: str, /, **query: Unpack[GetMarketMatrixQuery]
    ) -> MarketMatrixAnswer:
        """Products against features. Dense, with legend: present, absent or unknown, and the stage,
        date or lag. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, cell,
        survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence, excel, table,
        theme, width.
        """
        return self._call("get_market_matrix", query, record_id)

    def merge_market(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Market:
        """Merge one market into another. What pointed at it points at the survivor, its names are
        aliases there, and its id leads there for ever (308). The answer is the survivor. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer, if_match.
        """
        return self._call("merge_market", query, record_id, body=body)

    def get_market_monetization(
        self, record_id: str, /, **query: Unpack[GetMarketMonetizationQuery]
    ) -> MarketMonetizationAnswer:
        """Whether rivals of a market charge the same way. Likeness of the vendors' business models,
        their mix and its concentration, on the day and through time. By name: on, as_of, lang,
        evidence, stage_min, stage, explain, filter, unit, confidence, table_stakes_min,
        differentiator_max, survey_valid_days, interval, from_, to, vendor_id, vendor_country,
        vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_monetization", query, record_id)

    def get_market_near_simultaneous(
        self, record_id: str, /, **query: Unpack[GetMarketNearSimultaneousQuery]
    ) -> MarketNearSimultaneousAnswer:
        """Who brought a feature to a market within days of whom. Pairs of rivals that had a feature
        within `simultaneity_days` of each other, though they were not both the first; `certain`
        where their dates leave no doubt. By name: on, as_of, lang, evidence, stage_min, stage,
        explain, filter, simultaneity_days, dates, survey_valid_days, vendor_id, vendor_country,
        vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_near_simultaneous", query, record_id)

    def get_market_penetration(
        self, record_id: str, /, **query: Unpack[GetMarketPenetrationQuery]
    ) -> MarketPenetrationAnswer:
        """How far every feature of a market has spread, and which are next to be table stakes. Of
        each feature the share of vendors that have it, with bounds for what is not known, its
        class, how many vendors it lacks to be table stakes, and how it came there. By name: on,
        as_of, lang, evidence, stage_min, stage, explain, filter, table_stakes_min,
        differentiator_max, change_window_days, survey_valid_days, period, from_, to, vendor_id,
        vendor_country, vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_market_penetration", query, record_id)

    def list_products_of_market(
        self, record_id: str, /, **query: Unpack[ListProductsQuery]
    ) -> ProductList:
        """List products of one market. Short for /v1/products?market_ids=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id,
        vendor_id, name, aliases, external_ids, market_ids, launched__gte, launched__lte,
        discontinued__gte, discontinued__lte, status, source_ids, evidence, vendor_country,
        vendor_type, vendor_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_products_of_market", query, record_id)

    def list_surveys_of_market(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one market. Short for /v1/surveys?market_id=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, market_id, feature_ids, date__gte, date__lte, source_ids, evidence, confidence,
        dispute, product_status, product_evidence, market_layer, market_evidence, feature_evidence,
        filter, excel.
        """
        return self._call("list_surveys_of_market", query, record_id)

    def survey_product(
        self, record_id: str, body: NewSurvey, /, **query: Unpack[CreateUsageQuery]
    ) -> SurveyMade:
        """Survey a product for features of the market. One revision: the survey with the absent
        features, and an adoption of each present feature that is not on record, proven by that day.
        What contradicts the record is refused and told. Needs a key with the scope write. By name:
        dry_run, comment, idempotency_key, prefer.
        """
        return self._call("survey_product", query, record_id, body=body)

    def get_market_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetMarketTimeToCopyQuery]
    ) -> MarketTimeToCopyAnswer:
        """How fast features are copied in a market, and whether that gets faster. Partial pooling
        over features: the typical median, a row per feature, hazard by age; beside it the trend
        over feature cohorts. `markets` are further ones pooled with this. By name: on, as_of, lang,
        evidence, stage_min, stage, explain, filter, markets, simultaneity_days, dates, confidence,
        horizons_days, age_bands_days, band_prior_copies, permutations, seed, unknown,
        survey_valid_days, by, vendor_id, vendor_country, vendor_type, vendor_evidence, excel,
        table, theme, width.
        """
        return self._call("get_market_time_to_copy", query, record_id)

    def list_unknown_cells(
        self, record_id: str, /, **query: Unpack[ListUnknownCellsQuery]
    ) -> UnknownCells:
        """Cells of a market of which nobody knows. By how much settling each draws the bounds of
        the score together. With `sample` that many at random; asked again later, an estimate of the
        share present from those settled since. By name: lang, on, as_of, limit, cursor, evidence,
        stage_min, survey_valid_days, sample, seed, drawn_at, drawn_on, excel.
        """
        return self._call("list_unknown_cells", query, record_id)

    def list_methods(self, **query: Unpack[ListImportsQuery]) -> MethodList:
        """How the figures are made. Every method with its definition, formula, assumptions, limits
        and references. By name: lang, limit, cursor, excel.
        """
        return self._call("list_methods", query)

    def get_method(self, method_id: str, /, **query: Unpack[GetIndexQuery]) -> MethodShown:
        """One method. Definition, formula, assumptions, limits, references, version and what
        changed. By name: lang, excel.
        """
        return self._call("get_method", query, method_id)

    def list_monetizations(self, **query: Unpack[ListMonetizationsQuery]) -> MonetizationList:
        """List monetizations. A product earns by a business model from a day on. By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, business_model_id, since__gte, since__lte, until__gte, until__lte,
        price_amount__gte, price_amount__lte, price_currency, price_per, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, business_model_evidence, filter,
        excel.
        """
        return self._call("list_monetizations", query)

    def create_monetization(
        self, body: MonetizationBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Monetization:
        """Record one monetization. A fact whose natural key (product_id, business_model_id, since)
        exists already is refused with 409. Needs a key with the scope write. By name: dry_run,
        comment, idempotency_key, prefer.
        """
        return self._call("create_monetization", query, body=body)

    def get_monetization(
        self, record_id: str, /, **query: Unpack[GetMonetizationQuery]
    ) -> Monetization:
        """One monetization. A product earns by a business model from a day on. By name: lang, on,
        as_of, fields, include, excel.
        """
        return self._call("get_monetization", query, record_id)

    def change_monetization(
        self, record_id: str, body: MonetizationPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Change one monetization. A merge patch (RFC 7396): null empties, arrays are replaced
        whole. Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_monetization", query, record_id, body=body)

    def retire_monetization(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one monetization. Out of the present, never out of history; the id answers 410
        from then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_monetization", query, record_id)

    def dispute_monetization(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_monetization", query, record_id, body=body)

    def get_monetization_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one monetization. Its versions with actor, comment, sources and what
        changed (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_monetization_history", query, record_id)

    def prefer_monetization(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_monetization", query, record_id, body=body)

    def settle_monetization(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_monetization", query, record_id, body=body)

    def list_offerings(self, **query: Unpack[ListOfferingsQuery]) -> OfferingList:
        """List offerings. A reseller offers somebody else's product. By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, reseller, reseller_name, model, date__gte, date__lte, source_ids, evidence,
        confidence, product_status, product_evidence, filter, excel.
        """
        return self._call("list_offerings", query)

    def create_offering(self, body: OfferingBody, /, **query: Unpack[CreateUsageQuery]) -> Offering:
        """Record one offering. A fact whose natural key (product_id, reseller, model) exists
        already is refused with 409. Needs a key with the scope write. By name: dry_run, comment,
        idempotency_key, prefer.
        """
        return self._call("create_offering", query, body=body)

    def get_offering(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Offering:
        """One offering. A reseller offers somebody else's product. By name: lang, on, as_of,
        fields, include, excel.
        """
        return self._call("get_offering", query, record_id)

    def change_offering(
        self, record_id: str, body: OfferingPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Offering:
        """Change one offering. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_offering", query, record_id, body=body)

    def retire_offering(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one offering. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_offering", query, record_id)

    def get_offering_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one offering. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_offering_history", query, record_id)

    def list_products(self, **query: Unpack[ListProductsQuery]) -> ProductList:
        """List products. What a vendor sells in one or more markets. By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id,
        vendor_id, name, aliases, external_ids, market_ids, launched__gte, launched__lte,
        discontinued__gte, discontinued__lte, status, source_ids, evidence, vendor_country,
        vendor_type, vendor_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_products", query)

    def get_product(self, record_id: str, /, **query: Unpack[GetProductQuery]) -> Product:
        """One product. What a vendor sells in one or more markets. By name: lang, on, as_of,
        fields, include, excel.
        """
        return self._call("get_product", query, record_id)

    def put_product(
        self, record_id: str, body: ProductBody, /, **query: Unpack[PutGroupQuery]
    ) -> Product:
        """Make or replace one product. If-None-Match: * only makes; replacing needs If-Match.
        Members left out are emptied. 201 when it was made. Needs a key with the scope write. By
        name: dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_product", query, record_id, body=body)

    def change_product(
        self, record_id: str, body: ProductPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Product:
        """Change one product. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_product", query, record_id, body=body)

    def retire_product(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one product. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_product", query, record_id)

    def list_adoptions_of_product(
        self, record_id: str, /, **query: Unpack[ListAdoptionsQuery]
    ) -> AdoptionList:
        """List adoptions of one product. Short for /v1/adoptions?product_id=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, feature_id, stage, date__gte, date__lte, until__gte, until__lte, source_ids,
        evidence, confidence, dispute, product_status, product_evidence, feature_evidence, filter,
        excel, theme, width.
        """
        return self._call("list_adoptions_of_product", query, record_id)

    def get_product_audience(
        self, record_id: str, /, **query: Unpack[GetProductAudienceQuery]
    ) -> ProductAudienceAnswer:
        """How many use a product, how long and how often. Figures as published, a series per metric
        in its unit. Those that lost a dispute are counted. By name: on, as_of, lang, evidence,
        stage_min, stage, explain, filter, survey_valid_days, vendor_id, vendor_country,
        vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_product_audience", query, record_id)

    def get_product_cadence(
        self, record_id: str, /, **query: Unpack[GetProductCadenceQuery]
    ) -> ProductCadenceAnswer:
        """How often a product comes out anew. Days from one version to the next, versions a year,
        by calendar year, and whether the gaps get shorter. By name: on, as_of, lang, evidence,
        stage_min, stage, explain, filter, confidence, date_draws, permutations, seed,
        survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence, excel, table,
        theme, width.
        """
        return self._call("get_product_cadence", query, record_id)

    def get_product_gaps(
        self, record_id: str, /, **query: Unpack[GetProductGapsQuery]
    ) -> ProductGapsAnswer:
        """What rivals have and a product lacks, and since when. Features that at least
        `min_peer_share` of the peers have and this product is not known to have; and what only it
        has. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, market, peers,
        min_peer_share, survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence,
        excel, table, theme, width.
        """
        return self._call("get_product_gaps", query, record_id)

    def get_product_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one product. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_product_history", query, record_id)

    def get_product_homogenization(
        self, record_id: str, /, **query: Unpack[GetProductHomogenizationQuery]
    ) -> ProductHomogenizationAnswer:
        """How interchangeable a product is in a market. Its mean likeness to its rivals' products,
        the nearest of them, what only it has, and which table stakes it lacks. By name: on, as_of,
        lang, evidence, stage_min, stage, explain, filter, market, change_window_days,
        table_stakes_min, differentiator_max, unknown, survey_valid_days, min_joint_features,
        vendor_id, vendor_country, vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_product_homogenization", query, record_id)

    def merge_product(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Product:
        """Merge one product into another. What pointed at it points at the survivor, its names are
        aliases there, and its id leads there for ever (308). The answer is the survivor. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer, if_match.
        """
        return self._call("merge_product", query, record_id, body=body)

    def list_monetizations_of_product(
        self, record_id: str, /, **query: Unpack[ListMonetizationsQuery]
    ) -> MonetizationList:
        """List monetizations of one product. Short for /v1/monetizations?product_id=… By name:
        lang, on, as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields,
        include, id, product_id, business_model_id, since__gte, since__lte, until__gte, until__lte,
        price_amount__gte, price_amount__lte, price_currency, price_per, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, business_model_evidence, filter,
        excel.
        """
        return self._call("list_monetizations_of_product", query, record_id)

    def list_offerings_of_product(
        self, record_id: str, /, **query: Unpack[ListOfferingsQuery]
    ) -> OfferingList:
        """List offerings of one product. Short for /v1/offerings?product_id=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, reseller, reseller_name, model, date__gte, date__lte, source_ids, evidence,
        confidence, product_status, product_evidence, filter, excel.
        """
        return self._call("list_offerings_of_product", query, record_id)

    def get_similar_products(
        self, record_id: str, /, **query: Unpack[GetSimilarProductsQuery]
    ) -> SimilarProductsAnswer:
        """The products most like a product. Neighbours by Jaccard similarity, with what is shared
        and what differs. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter,
        market, limit, survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence,
        excel, table, theme, width.
        """
        return self._call("get_similar_products", query, record_id)

    def list_surveys_of_product(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one product. Short for /v1/surveys?product_id=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, market_id, feature_ids, date__gte, date__lte, source_ids, evidence, confidence,
        dispute, product_status, product_evidence, market_layer, market_evidence, feature_evidence,
        filter, excel.
        """
        return self._call("list_surveys_of_product", query, record_id)

    def list_usage_of_product(
        self, record_id: str, /, **query: Unpack[ListUsageQuery]
    ) -> UsageList:
        """List usage of one product. Short for /v1/usage?product_id=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, metric, value__gte, value__lte, unit, period__gte, period__lte, source_ids,
        evidence, confidence, dispute, product_status, product_evidence, filter, excel.
        """
        return self._call("list_usage_of_product", query, record_id)

    def list_versions_of_product(
        self, record_id: str, /, **query: Unpack[ListVersionsQuery]
    ) -> VersionList:
        """List versions of one product. Short for /v1/versions?product_id=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, name, date__gte, date__lte, source_ids, evidence, confidence, dispute,
        product_status, product_evidence, filter, excel, theme, width.
        """
        return self._call("list_versions_of_product", query, record_id)

    def list_quality_issues(self, **query: Unpack[ListQualityIssuesQuery]) -> IssueList:
        """List quality issues. Rules that records break: what a curator should look at. By name:
        lang, on, as_of, limit, cursor, date_match, count, sample, seed, sort, facets, stale_days,
        fields, include, id, kind, record_id, rule, product_id, vendor_id, feature_id, market_ids,
        product_status, product_evidence, vendor_country, vendor_type, vendor_evidence,
        feature_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_quality_issues", query)

    def list_releases(self, **query: Unpack[ListKeysQuery]) -> ReleaseList:
        """List releases. Frozen editions, the newest first, with their files. By name: limit,
        cursor, excel.
        """
        return self._call("list_releases", query)

    def create_release(self, body: NewRelease, /, **query: Unpack[CreateKeyQuery]) -> ReleaseShown:
        """Freeze the newest revision. Takes no revision of its own. A name is given once and for
        ever. Needs a key with the scope curate. By name: idempotency_key.
        """
        return self._call("create_release", query, body=body)

    def get_release(self, name: str, /, **query: Unpack[GetKeyQuery]) -> ReleaseShown:
        """One release. Its revision, files with hashes and counts, and how to cite it. By name:
        excel.
        """
        return self._call("get_release", query, name)

    def get_release_citation(self, name: str, /) -> str:
        """A release for BibTeX. The entry alone."""
        return self._call("get_release_citation", {}, name)

    def get_release_file(
        self, name: str, collection: str, /, *, accept: Literal["text/csv",
        "application/x-ndjson"] = "text/csv", **query: Unpack[GetKeyQuery]
    ) -> str:
        """A file of a release. `products.csv`, `products.ndjson`: the very bytes whose SHA-256 the
        release states. By name: excel.
        """
        return self._call("get_release_file", query, name, collection, accept=accept)

    def resolve_names(
        self, body: ResolveRequest, /, **query: Unpack[ResolveNamesQuery]
    ) -> ResolutionList:
        """Match a list of names. Up to 500 names, or addresses, or ids such as `wikidata:Q95`, each
        with the records it may mean and a verdict. match: exactly one record is called so, by a
        name, an alias or its id, without regard to case, spacing, script variant or a legal form at
        the end (`Inc.`, or a Chinese one); of several, exactly one whose homepage is the url's
        host. ambiguous: there are candidates and somebody should look (several of the name, pinyin,
        a typing error, only a part of the name, another country). none: there is nothing like it.
        By name: lang, as_of.
        """
        return self._call("resolve_names", query, body=body)

    def list_revisions(self, **query: Unpack[ListRevisionsQuery]) -> RevisionList:
        """Who changed what, and why. Every write that the base has taken, the newest first. By
        name: limit, cursor, actor, since, until, excel.
        """
        return self._call("list_revisions", query)

    def get_revision(self, number: str, /, **query: Unpack[GetKeyQuery]) -> RevisionShown:
        """One revision. What a write did. It never changes, so the answer may be kept for ever. By
        name: excel.
        """
        return self._call("get_revision", query, number)

    def revert_revision(
        self, number: str, /, **query: Unpack[CreateUsageQuery]
    ) -> RevisionReverted:
        """Take a revision back. The inverse as a new revision: what it retired or merged stands
        again, all else is as before. Refused where later revisions changed or use those records.
        Needs a key with the scope curate. By name: dry_run, comment, idempotency_key, prefer.
        """
        return self._call("revert_revision", query, number)

    def get_schema(self, **query: Unpack[GetIndexQuery]) -> Schema:
        """Collections, fields, types and operators. Made from the registry that compiles the
        queries. By name: lang, excel.
        """
        return self._call("get_schema", query)

    def search_records(self, **query: Unpack[SearchRecordsQuery]) -> HitList:
        """Search all records by what they are called, and features by what they are for. Names in
        all languages, aliases, ids and definitions; titles and publishers of sources. Chinese of
        one character or more, in simplified or traditional script, in pinyin or by initials; one
        typing error in Latin words of five letters or more. Hits by exact name come first, then
        prefix, whole word, inside, pinyin, initials, typing error, definition. All words must
        match; records that some of the words name exactly follow, and for a word that no hit
        accounts for the records that match it. Where names do not account for every word, records
        that are meant come as well (`matched_on: meaning`), and those whose note has the words.
        `related`: the lists of products that the best hits are about. By name: lang, on, as_of,
        limit, cursor, q, type, facets, excel.
        """
        return self._call("search_records", query)

    def list_sources(self, **query: Unpack[ListSourcesQuery]) -> SourceList:
        """List sources. A page or document that facts stand on. By name: lang, on, as_of, limit,
        cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id, url, title,
        publisher, published__gte, published__lte, archive_url, last_checked__gte,
        last_checked__lte, filter, excel.
        """
        return self._call("list_sources", query)

    def create_source(self, body: SourceBody, /, **query: Unpack[CreateUsageQuery]) -> Source:
        """Record one source. A fact whose natural key (url) exists already is refused with 409.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer.
        """
        return self._call("create_source", query, body=body)

    def get_source(self, record_id: str, /, **query: Unpack[GetSourceQuery]) -> Source:
        """One source. A page or document that facts stand on. By name: lang, on, as_of, fields,
        include, excel.
        """
        return self._call("get_source", query, record_id)

    def change_source(
        self, record_id: str, body: SourcePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Source:
        """Change one source. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_source", query, record_id, body=body)

    def retire_source(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one source. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_source", query, record_id)

    def list_facts_of_source(
        self, record_id: str, /, **query: Unpack[ListFactsOfSourceQuery]
    ) -> FactList:
        """List facts of one source. Short for /v1/facts?source_ids=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id, kind,
        record_id, source_ids, product_id, vendor_id, feature_id, market_ids, evidence,
        product_status, product_evidence, vendor_country, vendor_type, vendor_evidence,
        feature_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_facts_of_source", query, record_id)

    def get_source_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one source. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_source_history", query, record_id)

    def suggest_records(self, **query: Unpack[SuggestRecordsQuery]) -> SuggestionList:
        """Suggest records as one types. As search, but only where a name, a word of it, its pinyin
        or its initials begin with what is typed; inner matches and typing errors only when there is
        nothing else. By name: lang, q, type, as_of, limit, excel.
        """
        return self._call("suggest_records", query)

    def list_surveys(self, **query: Unpack[ListSurveysQuery]) -> SurveyList:
        """List surveys. On that day somebody went through what the product publicly offers: of the
        named features, those without an adoption by then were absent. By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        product_id, market_id, feature_ids, date__gte, date__lte, source_ids, evidence, confidence,
        dispute, product_status, product_evidence, market_layer, market_evidence, feature_evidence,
        filter, excel.
        """
        return self._call("list_surveys", query)

    def create_survey(self, body: SurveyBody, /, **query: Unpack[CreateUsageQuery]) -> Survey:
        """Record one survey. A fact whose natural key (product_id, market_id, date) exists already
        is refused with 409. Needs a key with the scope write. By name: dry_run, comment,
        idempotency_key, prefer.
        """
        return self._call("create_survey", query, body=body)

    def get_survey(self, record_id: str, /, **query: Unpack[GetSurveyQuery]) -> Survey:
        """One survey. On that day somebody went through what the product publicly offers: of the
        named features, those without an adoption by then were absent. By name: lang, on, as_of,
        fields, include, excel.
        """
        return self._call("get_survey", query, record_id)

    def change_survey(
        self, record_id: str, body: SurveyPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Change one survey. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_survey", query, record_id, body=body)

    def retire_survey(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one survey. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_survey", query, record_id)

    def dispute_survey(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_survey", query, record_id, body=body)

    def get_survey_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one survey. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_survey_history", query, record_id)

    def prefer_survey(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_survey", query, record_id, body=body)

    def settle_survey(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_survey", query, record_id, body=body)

    def list_timeline(self, **query: Unpack[ListTimelineQuery]) -> TimelineEventList:
        """List timeline. All dated facts in date order. By name: lang, on, as_of, limit, cursor,
        date_match, count, sample, seed, sort, facets, rivals_of, fields, include, id, kind,
        record_id, event, date__gte, date__lte, product_id, vendor_id, feature_id, market_ids,
        evidence, product_status, product_evidence, vendor_country, vendor_type, vendor_evidence,
        feature_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_timeline", query)

    def list_usage(self, **query: Unpack[ListUsageQuery]) -> UsageList:
        """List usage. How much a product was used in a period. By name: lang, on, as_of, limit,
        cursor, date_match, count, sample, seed, sort, facets, fields, include, id, product_id,
        metric, value__gte, value__lte, unit, period__gte, period__lte, source_ids, evidence,
        confidence, dispute, product_status, product_evidence, filter, excel.
        """
        return self._call("list_usage", query)

    def create_usage(self, body: UsageBody, /, **query: Unpack[CreateUsageQuery]) -> Usage:
        """Record one usage. A fact whose natural key (product_id, metric, period, value) exists
        already is refused with 409. Needs a key with the scope write. By name: dry_run, comment,
        idempotency_key, prefer.
        """
        return self._call("create_usage", query, body=body)

    def get_usage(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Usage:
        """One usage. How much a product was used in a period. By name: lang, on, as_of, fields,
        include, excel.
        """
        return self._call("get_usage", query, record_id)

    def change_usage(
        self, record_id: str, body: UsagePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Change one usage. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_usage", query, record_id, body=body)

    def retire_usage(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one usage. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_usage", query, record_id)

    def dispute_usage(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_usage", query, record_id, body=body)

    def get_usage_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one usage. Its versions with actor, comment, sources and what changed (RFC
        6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_usage_history", query, record_id)

    def prefer_usage(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_usage", query, record_id, body=body)

    def settle_usage(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_usage", query, record_id, body=body)

    def list_vendors(self, **query: Unpack[ListVendorsQuery]) -> VendorList:
        """List vendors. A company that sells AI products. By name: lang, on, as_of, limit, cursor,
        date_match, count, sample, seed, sort, facets, q, fields, include, id, name, aliases,
        external_ids, country, type, founded__gte, founded__lte, homepage, source_ids, evidence,
        filter, excel.
        """
        return self._call("list_vendors", query)

    def get_vendor(self, record_id: str, /, **query: Unpack[GetVendorQuery]) -> Vendor:
        """One vendor. A company that sells AI products. By name: lang, on, as_of, fields, include,
        excel.
        """
        return self._call("get_vendor", query, record_id)

    def put_vendor(
        self, record_id: str, body: VendorBody, /, **query: Unpack[PutGroupQuery]
    ) -> Vendor:
        """Make or replace one vendor. If-None-Match: * only makes; replacing needs If-Match.
        Members left out are emptied. 201 when it was made. Needs a key with the scope write. By
        name: dry_run, comment, restore, idempotency_key, prefer, if_match, if_none_match.
        """
        return self._call("put_vendor", query, record_id, body=body)

    def change_vendor(
        self, record_id: str, body: VendorPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Vendor:
        """Change one vendor. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_vendor", query, record_id, body=body)

    def retire_vendor(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one vendor. Out of the present, never out of history; the id answers 410 from then
        on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_vendor", query, record_id)

    def get_vendor_capital(
        self, record_id: str, /, **query: Unpack[GetVendorCapitalQuery]
    ) -> VendorCapitalAnswer:
        """What money and machines went, or are to go, into a vendor. Figures as published, by type,
        status, currency and unit; only rounds of one status and currency are summed. Those that
        lost a dispute are counted. By name: on, as_of, lang, evidence, stage_min, stage, explain,
        filter, survey_valid_days, vendor_id, vendor_country, vendor_type, vendor_evidence, excel,
        table, theme, width.
        """
        return self._call("get_vendor_capital", query, record_id)

    def list_groups_of_vendor(
        self, record_id: str, /, **query: Unpack[ListGroupsQuery]
    ) -> GroupList:
        """List groups of one vendor. Short for /v1/groups?vendor_ids=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id, name,
        aliases, external_ids, vendor_ids, source_ids, evidence, vendor_country, vendor_type,
        vendor_evidence, filter, excel.
        """
        return self._call("list_groups_of_vendor", query, record_id)

    def get_vendor_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one vendor. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_vendor_history", query, record_id)

    def get_vendor_homogenization(
        self, record_id: str, /, **query: Unpack[GetVendorHomogenizationQuery]
    ) -> VendorHomogenizationAnswer:
        """How alike a vendor's own products are, and how like its rivals'. Over its live products
        in all markets: likeness among themselves (cannibalizing), likeness to rivals market by
        market. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, unknown,
        survey_valid_days, min_joint_features, vendor_id, vendor_country, vendor_type,
        vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_vendor_homogenization", query, record_id)

    def list_investments_of_vendor(
        self, record_id: str, /, **query: Unpack[ListInvestmentsQuery]
    ) -> InvestmentList:
        """List investments of one vendor. Short for /v1/investments?vendor_id=… By name: lang, on,
        as_of, limit, cursor, date_match, count, sample, seed, sort, facets, fields, include, id,
        vendor_id, type, amount__gte, amount__lte, currency, quantity__gte, quantity__lte, unit,
        date__gte, date__lte, status, source_ids, evidence, confidence, dispute, vendor_country,
        vendor_type, vendor_evidence, filter, excel.
        """
        return self._call("list_investments_of_vendor", query, record_id)

    def merge_vendor(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Vendor:
        """Merge one vendor into another. What pointed at it points at the survivor, its names are
        aliases there, and its id leads there for ever (308). The answer is the survivor. Needs a
        key with the scope curate. By name: dry_run, comment, idempotency_key, prefer, if_match.
        """
        return self._call("merge_vendor", query, record_id, body=body)

    def list_products_of_vendor(
        self, record_id: str, /, **query: Unpack[ListProductsQuery]
    ) -> ProductList:
        """List products of one vendor. Short for /v1/products?vendor_id=… By name: lang, on, as_of,
        limit, cursor, date_match, count, sample, seed, sort, facets, q, fields, include, id,
        vendor_id, name, aliases, external_ids, market_ids, launched__gte, launched__lte,
        discontinued__gte, discontinued__lte, status, source_ids, evidence, vendor_country,
        vendor_type, vendor_evidence, market_layer, market_evidence, filter, excel.
        """
        return self._call("list_products_of_vendor", query, record_id)

    def get_vendor_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetVendorTimeToCopyQuery]
    ) -> VendorTimeToCopyAnswer:
        """How often a vendor is first, and how fast it follows. The vendor's row of its market's
        league. By name: on, as_of, lang, evidence, stage_min, stage, explain, filter, market,
        simultaneity_days, dates, confidence, unknown, survey_valid_days, vendor_id, vendor_country,
        vendor_type, vendor_evidence, excel, table, theme, width.
        """
        return self._call("get_vendor_time_to_copy", query, record_id)

    def list_versions(self, **query: Unpack[ListVersionsQuery]) -> VersionList:
        """List versions. A version of a product came out. By name: lang, on, as_of, limit, cursor,
        date_match, count, sample, seed, sort, facets, fields, include, id, product_id, name,
        date__gte, date__lte, source_ids, evidence, confidence, dispute, product_status,
        product_evidence, filter, excel, theme, width.
        """
        return self._call("list_versions", query)

    def create_version(self, body: VersionBody, /, **query: Unpack[CreateUsageQuery]) -> Version:
        """Record one version. A fact whose natural key (product_id, name, date) exists already is
        refused with 409. Needs a key with the scope write. By name: dry_run, comment,
        idempotency_key, prefer.
        """
        return self._call("create_version", query, body=body)

    def get_version(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Version:
        """One version. A version of a product came out. By name: lang, on, as_of, fields, include,
        excel.
        """
        return self._call("get_version", query, record_id)

    def change_version(
        self, record_id: str, body: VersionPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Change one version. A merge patch (RFC 7396): null empties, arrays are replaced whole.
        Needs a key with the scope write. By name: dry_run, comment, idempotency_key, prefer,
        if_match.
        """
        return self._call("change_version", query, record_id, body=body)

    def retire_version(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one version. Out of the present, never out of history; the id answers 410 from
        then on. Needs a key with the scope curate. By name: dry_run, comment, replaced_by,
        idempotency_key, prefer, if_match.
        """
        return self._call("retire_version", query, record_id)

    def dispute_version(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Say that two sources contradict each other. This fact becomes `other`, the one that it
        contradicts `preferred`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("dispute_version", query, record_id, body=body)

    def get_version_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one version. Its versions with actor, comment, sources and what changed
        (RFC 6902). By name: lang, limit, cursor, excel.
        """
        return self._call("get_version_history", query, record_id)

    def prefer_version(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Say which contradicting fact is used. This fact becomes `preferred`, the others of its
        subject `other`. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("prefer_version", query, record_id, body=body)

    def settle_version(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """End a dispute. This fact is undisputed; the others stay as they are until they are
        settled or retired. Needs a key with the scope curate. By name: dry_run, comment,
        idempotency_key, prefer, if_match.
        """
        return self._call("settle_version", query, record_id, body=body)

    def list_webhooks(self, **query: Unpack[ListImportsQuery]) -> WebhookList:
        """List webhooks. The key's own, the oldest first; an admin sees all. Needs a key with the
        scope write. By name: lang, limit, cursor, excel.
        """
        return self._call("list_webhooks", query)

    def create_webhook(
        self, body: NewWebhook, /, **query: Unpack[CreateKeyQuery]
    ) -> WebhookWithSecret:
        """Add a webhook. It is told of what comes after the newest revision. The secret is shown
        this once. Needs a key with the scope write. By name: idempotency_key.
        """
        return self._call("create_webhook", query, body=body)

    def get_webhook(self, webhook_id: str, /, **query: Unpack[GetIndexQuery]) -> WebhookShown:
        """One webhook. Where it goes, what it wants, how it fares. Needs a key with the scope
        write. By name: lang, excel.
        """
        return self._call("get_webhook", query, webhook_id)

    def change_webhook(self, webhook_id: str, body: WebhookPatch, /) -> WebhookShown:
        """Change a webhook. A merge patch; `status` active goes on where a pause began, and after
        `off` from now. Needs a key with the scope write.
        """
        return self._call("change_webhook", {}, webhook_id, body=body)

    def delete_webhook(self, webhook_id: str, /) -> None:
        """Remove a webhook. Gone with its deliveries. Needs a key with the scope write."""
        self._call("delete_webhook", {}, webhook_id)

    def list_webhook_deliveries(
        self, webhook_id: str, /, **query: Unpack[ListKeysQuery]
    ) -> DeliveryList:
        """List deliveries. The newest first; kept for thirty days. Needs a key with the scope
        write. By name: limit, cursor, excel.
        """
        return self._call("list_webhook_deliveries", query, webhook_id)

    def get_webhook_delivery(
        self, webhook_id: str, delivery_id: str, /, **query: Unpack[GetKeyQuery]
    ) -> DeliveryShown:
        """One delivery. What was sent, how often, and what the receiver said last. Needs a key with
        the scope write. By name: excel.
        """
        return self._call("get_webhook_delivery", query, webhook_id, delivery_id)

    def redeliver_webhook_delivery(self, webhook_id: str, delivery_id: str, /) -> DeliveryShown:
        """Send it again. Due at once, under the same webhook-id, with all retries before it. Needs
        a key with the scope write.
        """
        return self._call("redeliver_webhook_delivery", {}, webhook_id, delivery_id)

    def rotate_webhook_secret(
        self, webhook_id: str, /, **query: Unpack[CreateKeyQuery]
    ) -> WebhookWithSecret:
        """A new secret for a webhook. For a day the old secret signs as well, so that receivers can
        change over. Needs a key with the scope write. By name: idempotency_key.
        """
        return self._call("rotate_webhook_secret", query, webhook_id)

    def test_webhook(self, webhook_id: str, /) -> DeliveryShown:
        """Try a webhook. Sends a message of type `webhook.test` now and tells what came of it.
        Needs a key with the scope write.
        """
        return self._call("test_webhook", {}, webhook_id)

    def get_service_version(self, **query: Unpack[GetKeyQuery]) -> ServiceVersion:
        """What runs here. Versions of the service, the contract, the data and what carries them. By
        name: excel.
        """
        return self._call("get_service_version", query)


class AsyncOperations(AsyncCalls):
    """Every operation, by its name, to be awaited."""

    async def get_entrance(self, **query: Unpack[GetKeyQuery]) -> Entrance:
        """Where to go from here."""
        return await self._call("get_entrance", query)

    async def get_live(self, **query: Unpack[GetKeyQuery]) -> Live:
        """Is the process alive."""
        return await self._call("get_live", query)

    async def get_ready(self, **query: Unpack[GetKeyQuery]) -> Ready:
        """Can it answer."""
        return await self._call("get_ready", query)

    async def get_index(self, **query: Unpack[GetIndexQuery]) -> Index:
        """What there is."""
        return await self._call("get_index", query)

    async def list_adoptions(self, **query: Unpack[ListAdoptionsQuery]) -> AdoptionList:
        """List adoptions."""
        return await self._call("list_adoptions", query)

    async def create_adoption(
        self, body: AdoptionBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Adoption:
        """Record one adoption."""
        return await self._call("create_adoption", query, body=body)

    async def get_adoption(self, record_id: str, /, **query: Unpack[GetAdoptionQuery]) -> Adoption:
        """One adoption."""
        return await self._call("get_adoption", query, record_id)

    async def change_adoption(
        self, record_id: str, body: AdoptionPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Change one adoption."""
        return await self._call("change_adoption", query, record_id, body=body)

    async def retire_adoption(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one adoption."""
        return await self._call("retire_adoption", query, record_id)

    async def dispute_adoption(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Say that two sources contradict each other."""
        return await self._call("dispute_adoption", query, record_id, body=body)

    async def get_adoption_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one adoption."""
        return await self._call("get_adoption_history", query, record_id)

    async def prefer_adoption(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """Say which contradicting fact is used."""
        return await self._call("prefer_adoption", query, record_id, body=body)

    async def settle_adoption(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Adoption:
        """End a dispute."""
        return await self._call("settle_adoption", query, record_id, body=body)

    async def aggregate_adoptions(self, **query: Unpack[AggregateAdoptionsQuery]) -> Aggregate:
        """Group adoptions."""
        return await self._call("aggregate_adoptions", query)

    async def aggregate_business_models(
        self, **query: Unpack[AggregateBusinessModelsQuery]
    ) -> Aggregate:
        """Group business models."""
        return await self._call("aggregate_business_models", query)

    async def aggregate_features(self, **query: Unpack[AggregateFeaturesQuery]) -> Aggregate:
        """Group features."""
        return await self._call("aggregate_features", query)

    async def aggregate_groups(self, **query: Unpack[AggregateGroupsQuery]) -> Aggregate:
        """Group groups."""
        return await self._call("aggregate_groups", query)

    async def aggregate_investments(self, **query: Unpack[AggregateInvestmentsQuery]) -> Aggregate:
        """Group investments."""
        return await self._call("aggregate_investments", query)

    async def aggregate_markets(self, **query: Unpack[AggregateMarketsQuery]) -> Aggregate:
        """Group markets."""
        return await self._call("aggregate_markets", query)

    async def aggregate_monetizations(
        self, **query: Unpack[AggregateMonetizationsQuery]
    ) -> Aggregate:
        """Group monetizations."""
        return await self._call("aggregate_monetizations", query)

    async def aggregate_offerings(self, **query: Unpack[AggregateOfferingsQuery]) -> Aggregate:
        """Group offerings."""
        return await self._call("aggregate_offerings", query)

    async def aggregate_products(self, **query: Unpack[AggregateProductsQuery]) -> Aggregate:
        """Group products."""
        return await self._call("aggregate_products", query)

    async def aggregate_sources(self, **query: Unpack[AggregateSourcesQuery]) -> Aggregate:
        """Group sources."""
        return await self._call("aggregate_sources", query)

    async def aggregate_surveys(self, **query: Unpack[AggregateSurveysQuery]) -> Aggregate:
        """Group surveys."""
        return await self._call("aggregate_surveys", query)

    async def aggregate_usage(self, **query: Unpack[AggregateUsageQuery]) -> Aggregate:
        """Group usage."""
        return await self._call("aggregate_usage", query)

    async def aggregate_vendors(self, **query: Unpack[AggregateVendorsQuery]) -> Aggregate:
        """Group vendors."""
        return await self._call("aggregate_vendors", query)

    async def aggregate_versions(self, **query: Unpack[AggregateVersionsQuery]) -> Aggregate:
        """Group versions."""
        return await self._call("aggregate_versions", query)

    async def list_business_models(
        self, **query: Unpack[ListBusinessModelsQuery]
    ) -> BusinessModelList:
        """List business models."""
        return await self._call("list_business_models", query)

    async def get_business_model(
        self, record_id: str, /, **query: Unpack[GetBusinessModelQuery]
    ) -> BusinessModel:
        """One business model."""
        return await self._call("get_business_model", query, record_id)

    async def put_business_model(
        self, record_id: str, body: BusinessModelBody, /, **query: Unpack[PutGroupQuery]
    ) -> BusinessModel:
        """Make or replace one business model."""
        return await self._call("put_business_model", query, record_id, body=body)

    async def change_business_model(
        self, record_id: str, body: BusinessModelPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> BusinessModel:
        """Change one business model."""
        return await self._call("change_business_model", query, record_id, body=body)

    async def retire_business_model(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one business model."""
        return await self._call("retire_business_model", query, record_id)

    async def get_business_model_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one business model."""
        return await self._call("get_business_model_history", query, record_id)

    async def merge_business_model(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> BusinessModel:
        """Merge one business model into another."""
        return await self._call("merge_business_model", query, record_id, body=body)

    async def list_monetizations_of_business_model(
        self, record_id: str, /, **query: Unpack[ListMonetizationsQuery]
    ) -> MonetizationList:
        """List monetizations of one business model."""
        return await self._call("list_monetizations_of_business_model", query, record_id)

    async def list_changes(self, **query: Unpack[ListChangesQuery]) -> ChangeList:
        """What changed, in order."""
        return await self._call("list_changes", query)

    def stream_changes(self, **query: Unpack[StreamChangesQuery]) -> AsyncIterator[Event]:
        """What changes, as it happens. Server-sent events; a client that comes back with
        Last-Event-ID misses and repeats nothing. A comment every fifteen seconds keeps the line
        open; after ten minutes the client is to come back. By name: since, kinds, id, filter.
        """
        return self._events("stream_changes", query)

    async def compare(self, **query: Unpack[CompareQuery]) -> ComparisonAnswer:
        """Products or vendors side by side."""
        return await self._call("compare", query)

    async def list_corrections(self, **query: Unpack[ListCorrectionsQuery]) -> CorrectionList:
        """List corrections."""
        return await self._call("list_corrections", query)

    async def create_correction(
        self, body: NewCorrection, /, **query: Unpack[CreateCorrectionQuery]
    ) -> CorrectionShown:
        """Say what is wrong."""
        return await self._call("create_correction", query, body=body)

    async def get_correction(
        self, correction_id: str, /, **query: Unpack[GetKeyQuery]
    ) -> CorrectionShown:
        """One correction."""
        return await self._call("get_correction", query, correction_id)

    async def decide_correction(
        self, correction_id: str, body: NewDecision, /, **query: Unpack[CreateCorrectionQuery]
    ) -> CorrectionShown:
        """Decide a correction."""
        return await self._call("decide_correction", query, correction_id, body=body)

    async def get_coverage(self, **query: Unpack[GetCoverageQuery]) -> CoverageAnswer:
        """How much is known."""
        return await self._call("get_coverage", query)

    async def get_diff(self, **query: Unpack[GetDiffQuery]) -> Difference:
        """What changed between two revisions."""
        return await self._call("get_diff", query)

    async def list_exports(self, **query: Unpack[ListExportsQuery]) -> ExportList:
        """What can be had whole."""
        return await self._call("list_exports", query)

    async def get_dataset(self, **query: Unpack[GetDatasetQuery]) -> ExportShown:
        """The whole data set."""
        return await self._call("get_dataset", query)

    async def export_collection(
        self, collection: str, /, *, accept: Literal["application/gzip",
        "application/vnd.apache.parquet"] = "application/gzip", **query: Unpack[ResolveNamesQuery]
    ) -> bytes:
        """A whole collection, compressed."""
        return await self._call("export_collection", query, collection, accept=accept)

    async def list_features(self, **query: Unpack[ListFeaturesQuery]) -> FeatureList:
        """List features."""
        return await self._call("list_features", query)

    async def get_feature(self, record_id: str, /, **query: Unpack[GetFeatureQuery]) -> Feature:
        """One feature."""
        return await self._call("get_feature", query, record_id)

    async def put_feature(
        self, record_id: str, body: FeatureBody, /, **query: Unpack[PutGroupQuery]
    ) -> Feature:
        """Make or replace one feature."""
        return await self._call("put_feature", query, record_id, body=body)

    async def change_feature(
        self, record_id: str, body: FeaturePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Feature:
        """Change one feature."""
        return await self._call("change_feature", query, record_id, body=body)

    async def retire_feature(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one feature."""
        return await self._call("retire_feature", query, record_id)

    async def list_adoptions_of_feature(
        self, record_id: str, /, **query: Unpack[ListAdoptionsQuery]
    ) -> AdoptionList:
        """List adoptions of one feature."""
        return await self._call("list_adoptions_of_feature", query, record_id)

    async def get_feature_forecast(
        self, record_id: str, /, **query: Unpack[GetFeatureForecastQuery]
    ) -> FeatureForecastAnswer:
        """Which rivals will have copied a feature within a year, and how sure that is."""
        return await self._call("get_feature_forecast", query, record_id)

    async def get_feature_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one feature."""
        return await self._call("get_feature_history", query, record_id)

    async def get_feature_homogenization(
        self, record_id: str, /, **query: Unpack[GetFeatureHomogenizationQuery]
    ) -> FeatureHomogenizationAnswer:
        """How standard a feature is in a market."""
        return await self._call("get_feature_homogenization", query, record_id)

    async def merge_feature(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Feature:
        """Merge one feature into another."""
        return await self._call("merge_feature", query, record_id, body=body)

    async def list_surveys_of_feature(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one feature."""
        return await self._call("list_surveys_of_feature", query, record_id)

    async def get_feature_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetFeatureTimeToCopyQuery]
    ) -> FeatureTimeToCopyAnswer:
        """How long until rivals copied a feature."""
        return await self._call("get_feature_time_to_copy", query, record_id)

    async def list_groups(self, **query: Unpack[ListGroupsQuery]) -> GroupList:
        """List groups."""
        return await self._call("list_groups", query)

    async def get_group(self, record_id: str, /, **query: Unpack[GetGroupQuery]) -> Group:
        """One group."""
        return await self._call("get_group", query, record_id)

    async def put_group(
        self, record_id: str, body: GroupBody, /, **query: Unpack[PutGroupQuery]
    ) -> Group:
        """Make or replace one group."""
        return await self._call("put_group", query, record_id, body=body)

    async def change_group(
        self, record_id: str, body: GroupPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Group:
        """Change one group."""
        return await self._call("change_group", query, record_id, body=body)

    async def retire_group(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one group."""
        return await self._call("retire_group", query, record_id)

    async def get_group_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one group."""
        return await self._call("get_group_history", query, record_id)

    async def merge_group(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Group:
        """Merge one group into another."""
        return await self._call("merge_group", query, record_id, body=body)

    async def list_homogenization(
        self, **query: Unpack[ListHomogenizationQuery]
    ) -> SideBySideAnswer:
        """How alike the products of every market are, side by side."""
        return await self._call("list_homogenization", query)

    async def list_imports(self, **query: Unpack[ListImportsQuery]) -> ImportList:
        """List imports."""
        return await self._call("list_imports", query)

    async def create_import(
        self, body: bytes | str, /, *, content_type: Literal["application/x-ndjson", "text/csv",
        "application/json", "application/vnd.apache.parquet"] = "application/x-ndjson",
        **query: Unpack[CreateImportQuery]
    ) -> ImportReport:
        """Import a file."""
        return await self._call("create_import", query, body=body, content=content_type)

    async def get_import(self, import_id: str, /, **query: Unpack[GetIndexQuery]) -> ImportShown:
        """One import."""
        return await self._call("get_import", query, import_id)

    async def revert_import(
        self, import_id: str, /, **query: Unpack[CreateUsageQuery]
    ) -> ImportReverted:
        """Take an import back."""
        return await self._call("revert_import", query, import_id)

    async def list_import_rows(
        self, import_id: str, /, **query: Unpack[ListImportRowsQuery]
    ) -> ImportRowList:
        """What became of each row."""
        return await self._call("list_import_rows", query, import_id)

    async def list_investments(self, **query: Unpack[ListInvestmentsQuery]) -> InvestmentList:
        """List investments."""
        return await self._call("list_investments", query)

    async def create_investment(
        self, body: InvestmentBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Investment:
        """Record one investment."""
        return await self._call("create_investment", query, body=body)

    async def get_investment(
        self, record_id: str, /, **query: Unpack[GetInvestmentQuery]
    ) -> Investment:
        """One investment."""
        return await self._call("get_investment", query, record_id)

    async def change_investment(
        self, record_id: str, body: InvestmentPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Change one investment."""
        return await self._call("change_investment", query, record_id, body=body)

    async def retire_investment(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one investment."""
        return await self._call("retire_investment", query, record_id)

    async def dispute_investment(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Say that two sources contradict each other."""
        return await self._call("dispute_investment", query, record_id, body=body)

    async def get_investment_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one investment."""
        return await self._call("get_investment_history", query, record_id)

    async def prefer_investment(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """Say which contradicting fact is used."""
        return await self._call("prefer_investment", query, record_id, body=body)

    async def settle_investment(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Investment:
        """End a dispute."""
        return await self._call("settle_investment", query, record_id, body=body)

    async def list_keys(self, **query: Unpack[ListKeysQuery]) -> KeyList:
        """List keys."""
        return await self._call("list_keys", query)

    async def create_key(self, body: NewKey, /, **query: Unpack[CreateKeyQuery]) -> KeyWithSecret:
        """Make a key."""
        return await self._call("create_key", query, body=body)

    async def get_key(self, key_id: str, /, **query: Unpack[GetKeyQuery]) -> KeyShown:
        """One key."""
        return await self._call("get_key", query, key_id)

    async def retire_key(self, key_id: str, /) -> KeyShown:
        """Retire a key."""
        return await self._call("retire_key", {}, key_id)

    async def rotate_key(self, key_id: str, /, **query: Unpack[RotateKeyQuery]) -> KeyWithSecret:
        """A new secret for a key."""
        return await self._call("rotate_key", query, key_id)

    async def get_limits(self, **query: Unpack[GetKeyQuery]) -> LimitsShown:
        """What is left."""
        return await self._call("get_limits", query)

    async def list_markets(self, **query: Unpack[ListMarketsQuery]) -> MarketList:
        """List markets."""
        return await self._call("list_markets", query)

    async def get_market(self, record_id: str, /, **query: Unpack[GetMarketQuery]) -> Market:
        """One market."""
        return await self._call("get_market", query, record_id)

    async def put_market(
        self, record_id: str, body: MarketBody, /, **query: Unpack[PutGroupQuery]
    ) -> Market:
        """Make or replace one market."""
        return await self._call("put_market", query, record_id, body=body)

    async def change_market(
        self, record_id: str, body: MarketPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Market:
        """Change one market."""
        return await self._call("change_market", query, record_id, body=body)

    async def retire_market(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one market."""
        return await self._call("retire_market", query, record_id)

    async def get_market_cadence(
        self, record_id: str, /, **query: Unpack[GetMarketCadenceQuery]
    ) -> MarketCadenceAnswer:
        """How often the products of a market come out anew."""
        return await self._call("get_market_cadence", query, record_id)

    async def get_market_copy_graph(
        self, record_id: str, /, **query: Unpack[GetMarketCopyGraphQuery]
    ) -> MarketCopyGraphAnswer:
        """Who copies whom in a market."""
        return await self._call("get_market_copy_graph", query, record_id)

    async def list_features_of_market(
        self, record_id: str, /, **query: Unpack[ListFeaturesQuery]
    ) -> FeatureList:
        """List features of one market."""
        return await self._call("list_features_of_market", query, record_id)

    async def get_market_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one market."""
        return await self._call("get_market_history", query, record_id)

    async def get_market_homogenization(
        self, record_id: str, /, **query: Unpack[GetMarketHomogenizationQuery]
    ) -> MarketHomogenizationAnswer:
        """How alike the products of a market are."""
        return await self._call("get_market_homogenization", query, record_id)

    async def get_market_league(
        self, record_id: str, /, **query: Unpack[GetMarketLeagueQuery]
    ) -> MarketLeagueAnswer:
        """Who leads and who follows in a market."""
        return await self._call("get_market_league", query, record_id)

    async def get_market_matrix(
        self, record_id: str, /, **query: Unpack[GetMarketMatrixQuery]
    ) -> MarketMatrixAnswer:
        """Products against features."""
        return await self._call("get_market_matrix", query, record_id)

    async def merge_market(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Market:
        """Merge one market into another."""
        return await self._call("merge_market", query, record_id, body=body)

    async def get_market_monetization(
        self, record_id: str, /, **query: Unpack[GetMarketMonetizationQuery]
    ) -> MarketMonetizationAnswer:
        """Whether rivals of a market charge the same way."""
        return await self._call("get_market_monetization", query, record_id)

    async def get_market_near_simultaneous(
        self, record_id: str, /, **query: Unpack[GetMarketNearSimultaneousQuery]
    ) -> MarketNearSimultaneousAnswer:
        """Who brought a feature to a market within days of whom."""
        return await self._call("get_market_near_simultaneous", query, record_id)

    async def get_market_penetration(
        self, record_id: str, /, **query: Unpack[GetMarketPenetrationQuery]
    ) -> MarketPenetrationAnswer:
        """How far every feature of a market has spread, and which are next to be table stakes."""
        return await self._call("get_market_penetration", query, record_id)

    async def list_products_of_market(
        self, record_id: str, /, **query: Unpack[ListProductsQuery]
    ) -> ProductList:
        """List products of one market."""
        return await self._call("list_products_of_market", query, record_id)

    async def list_surveys_of_market(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one market."""
        return await self._call("list_surveys_of_market", query, record_id)

    async def survey_product(
        self, record_id: str, body: NewSurvey, /, **query: Unpack[CreateUsageQuery]
    ) -> SurveyMade:
        """Survey a product for features of the market."""
        return await self._call("survey_product", query, record_id, body=body)

    async def get_market_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetMarketTimeToCopyQuery]
    ) -> MarketTimeToCopyAnswer:
        """How fast features are copied in a market, and whether that gets faster."""
        return await self._call("get_market_time_to_copy", query, record_id)

    async def list_unknown_cells(
        self, record_id: str, /, **query: Unpack[ListUnknownCellsQuery]
    ) -> UnknownCells:
        """Cells of a market of which nobody knows."""
        return await self._call("list_unknown_cells", query, record_id)

    async def list_methods(self, **query: Unpack[ListImportsQuery]) -> MethodList:
        """How the figures are made."""
        return await self._call("list_methods", query)

    async def get_method(self, method_id: str, /, **query: Unpack[GetIndexQuery]) -> MethodShown:
        """One method."""
        return await self._call("get_method", query, method_id)

    async def list_monetizations(self, **query: Unpack[ListMonetizationsQuery]) -> MonetizationList:
        """List monetizations."""
        return await self._call("list_monetizations", query)

    async def create_monetization(
        self, body: MonetizationBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Monetization:
        """Record one monetization."""
        return await self._call("create_monetization", query, body=body)

    async def get_monetization(
        self, record_id: str, /, **query: Unpack[GetMonetizationQuery]
    ) -> Monetization:
        """One monetization."""
        return await self._call("get_monetization", query, record_id)

    async def change_monetization(
        self, record_id: str, body: MonetizationPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Change one monetization."""
        return await self._call("change_monetization", query, record_id, body=body)

    async def retire_monetization(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one monetization."""
        return await self._call("retire_monetization", query, record_id)

    async def dispute_monetization(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Say that two sources contradict each other."""
        return await self._call("dispute_monetization", query, record_id, body=body)

    async def get_monetization_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one monetization."""
        return await self._call("get_monetization_history", query, record_id)

    async def prefer_monetization(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """Say which contradicting fact is used."""
        return await self._call("prefer_monetization", query, record_id, body=body)

    async def settle_monetization(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Monetization:
        """End a dispute."""
        return await self._call("settle_monetization", query, record_id, body=body)

    async def list_offerings(self, **query: Unpack[ListOfferingsQuery]) -> OfferingList:
        """List offerings."""
        return await self._call("list_offerings", query)

    async def create_offering(
        self, body: OfferingBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Offering:
        """Record one offering."""
        return await self._call("create_offering", query, body=body)

    async def get_offering(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Offering:
        """One offering."""
        return await self._call("get_offering", query, record_id)

    async def change_offering(
        self, record_id: str, body: OfferingPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Offering:
        """Change one offering."""
        return await self._call("change_offering", query, record_id, body=body)

    async def retire_offering(
        self, record_id: str, /, **query: Unpack[RetireGroupQuery]
    ) -> Retired:
        """Retire one offering."""
        return await self._call("retire_offering", query, record_id)

    async def get_offering_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one offering."""
        return await self._call("get_offering_history", query, record_id)

    async def list_products(self, **query: Unpack[ListProductsQuery]) -> ProductList:
        """List products."""
        return await self._call("list_products", query)

    async def get_product(self, record_id: str, /, **query: Unpack[GetProductQuery]) -> Product:
        """One product."""
        return await self._call("get_product", query, record_id)

    async def put_product(
        self, record_id: str, body: ProductBody, /, **query: Unpack[PutGroupQuery]
    ) -> Product:
        """Make or replace one product."""
        return await self._call("put_product", query, record_id, body=body)

    async def change_product(
        self, record_id: str, body: ProductPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Product:
        """Change one product."""
        return await self._call("change_product", query, record_id, body=body)

    async def retire_product(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one product."""
        return await self._call("retire_product", query, record_id)

    async def list_adoptions_of_product(
        self, record_id: str, /, **query: Unpack[ListAdoptionsQuery]
    ) -> AdoptionList:
        """List adoptions of one product."""
        return await self._call("list_adoptions_of_product", query, record_id)

    async def get_product_audience(
        self, record_id: str, /, **query: Unpack[GetProductAudienceQuery]
    ) -> ProductAudienceAnswer:
        """How many use a product, how long and how often."""
        return await self._call("get_product_audience", query, record_id)

    async def get_product_cadence(
        self, record_id: str, /, **query: Unpack[GetProductCadenceQuery]
    ) -> ProductCadenceAnswer:
        """How often a product comes out anew."""
        return await self._call("get_product_cadence", query, record_id)

    async def get_product_gaps(
        self, record_id: str, /, **query: Unpack[GetProductGapsQuery]
    ) -> ProductGapsAnswer:
        """What rivals have and a product lacks, and since when."""
        return await self._call("get_product_gaps", query, record_id)

    async def get_product_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one product."""
        return await self._call("get_product_history", query, record_id)

    async def get_product_homogenization(
        self, record_id: str, /, **query: Unpack[GetProductHomogenizationQuery]
    ) -> ProductHomogenizationAnswer:
        """How interchangeable a product is in a market."""
        return await self._call("get_product_homogenization", query, record_id)

    async def merge_product(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Product:
        """Merge one product into another."""
        return await self._call("merge_product", query, record_id, body=body)

    async def list_monetizations_of_product(
        self, record_id: str, /, **query: Unpack[ListMonetizationsQuery]
    ) -> MonetizationList:
        """List monetizations of one product."""
        return await self._call("list_monetizations_of_product", query, record_id)

    async def list_offerings_of_product(
        self, record_id: str, /, **query: Unpack[ListOfferingsQuery]
    ) -> OfferingList:
        """List offerings of one product."""
        return await self._call("list_offerings_of_product", query, record_id)

    async def get_similar_products(
        self, record_id: str, /, **query: Unpack[GetSimilarProductsQuery]
    ) -> SimilarProductsAnswer:
        """The products most like a product."""
        return await self._call("get_similar_products", query, record_id)

    async def list_surveys_of_product(
        self, record_id: str, /, **query: Unpack[ListSurveysQuery]
    ) -> SurveyList:
        """List surveys of one product."""
        return await self._call("list_surveys_of_product", query, record_id)

    async def list_usage_of_product(
        self, record_id: str, /, **query: Unpack[ListUsageQuery]
    ) -> UsageList:
        """List usage of one product."""
        return await self._call("list_usage_of_product", query, record_id)

    async def list_versions_of_product(
        self, record_id: str, /, **query: Unpack[ListVersionsQuery]
    ) -> VersionList:
        """List versions of one product."""
        return await self._call("list_versions_of_product", query, record_id)

    async def list_quality_issues(self, **query: Unpack[ListQualityIssuesQuery]) -> IssueList:
        """List quality issues."""
        return await self._call("list_quality_issues", query)

    async def list_releases(self, **query: Unpack[ListKeysQuery]) -> ReleaseList:
        """List releases."""
        return await self._call("list_releases", query)

    async def create_release(
        self, body: NewRelease, /, **query: Unpack[CreateKeyQuery]
    ) -> ReleaseShown:
        """Freeze the newest revision."""
        return await self._call("create_release", query, body=body)

    async def get_release(self, name: str, /, **query: Unpack[GetKeyQuery]) -> ReleaseShown:
        """One release."""
        return await self._call("get_release", query, name)

    async def get_release_citation(self, name: str, /) -> str:
        """A release for BibTeX."""
        return await self._call("get_release_citation", {}, name)

    async def get_release_file(
        self, name: str, collection: str, /, *, accept: Literal["text/csv",
        "application/x-ndjson"] = "text/csv", **query: Unpack[GetKeyQuery]
    ) -> str:
        """A file of a release."""
        return await self._call("get_release_file", query, name, collection, accept=accept)

    async def resolve_names(
        self, body: ResolveRequest, /, **query: Unpack[ResolveNamesQuery]
    ) -> ResolutionList:
        """Match a list of names."""
        return await self._call("resolve_names", query, body=body)

    async def list_revisions(self, **query: Unpack[ListRevisionsQuery]) -> RevisionList:
        """Who changed what, and why."""
        return await self._call("list_revisions", query)

    async def get_revision(self, number: str, /, **query: Unpack[GetKeyQuery]) -> RevisionShown:
        """One revision."""
        return await self._call("get_revision", query, number)

    async def revert_revision(
        self, number: str, /, **query: Unpack[CreateUsageQuery]
    ) -> RevisionReverted:
        """Take a revision back."""
        return await self._call("revert_revision", query, number)

    async def get_schema(self, **query: Unpack[GetIndexQuery]) -> Schema:
        """Collections, fields, types and operators."""
        return await self._call("get_schema", query)

    async def search_records(self, **query: Unpack[SearchRecordsQuery]) -> HitList:
        """Search all records by what they are called, and features by what they are for."""
        return await self._call("search_records", query)

    async def list_sources(self, **query: Unpack[ListSourcesQuery]) -> SourceList:
        """List sources."""
        return await self._call("list_sources", query)

    async def create_source(self, body: SourceBody, /, **query: Unpack[CreateUsageQuery]) -> Source:
        """Record one source."""
        return await self._call("create_source", query, body=body)

    async def get_source(self, record_id: str, /, **query: Unpack[GetSourceQuery]) -> Source:
        """One source."""
        return await self._call("get_source", query, record_id)

    async def change_source(
        self, record_id: str, body: SourcePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Source:
        """Change one source."""
        return await self._call("change_source", query, record_id, body=body)

    async def retire_source(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one source."""
        return await self._call("retire_source", query, record_id)

    async def list_facts_of_source(
        self, record_id: str, /, **query: Unpack[ListFactsOfSourceQuery]
    ) -> FactList:
        """List facts of one source."""
        return await self._call("list_facts_of_source", query, record_id)

    async def get_source_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one source."""
        return await self._call("get_source_history", query, record_id)

    async def suggest_records(self, **query: Unpack[SuggestRecordsQuery]) -> SuggestionList:
        """Suggest records as one types."""
        return await self._call("suggest_records", query)

    async def list_surveys(self, **query: Unpack[ListSurveysQuery]) -> SurveyList:
        """List surveys."""
        return await self._call("list_surveys", query)

    async def create_survey(self, body: SurveyBody, /, **query: Unpack[CreateUsageQuery]) -> Survey:
        """Record one survey."""
        return await self._call("create_survey", query, body=body)

    async def get_survey(self, record_id: str, /, **query: Unpack[GetSurveyQuery]) -> Survey:
        """One survey."""
        return await self._call("get_survey", query, record_id)

    async def change_survey(
        self, record_id: str, body: SurveyPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Change one survey."""
        return await self._call("change_survey", query, record_id, body=body)

    async def retire_survey(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one survey."""
        return await self._call("retire_survey", query, record_id)

    async def dispute_survey(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Say that two sources contradict each other."""
        return await self._call("dispute_survey", query, record_id, body=body)

    async def get_survey_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one survey."""
        return await self._call("get_survey_history", query, record_id)

    async def prefer_survey(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """Say which contradicting fact is used."""
        return await self._call("prefer_survey", query, record_id, body=body)

    async def settle_survey(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Survey:
        """End a dispute."""
        return await self._call("settle_survey", query, record_id, body=body)

    async def list_timeline(self, **query: Unpack[ListTimelineQuery]) -> TimelineEventList:
        """List timeline."""
        return await self._call("list_timeline", query)

    async def list_usage(self, **query: Unpack[ListUsageQuery]) -> UsageList:
        """List usage."""
        return await self._call("list_usage", query)

    async def create_usage(self, body: UsageBody, /, **query: Unpack[CreateUsageQuery]) -> Usage:
        """Record one usage."""
        return await self._call("create_usage", query, body=body)

    async def get_usage(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Usage:
        """One usage."""
        return await self._call("get_usage", query, record_id)

    async def change_usage(
        self, record_id: str, body: UsagePatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Change one usage."""
        return await self._call("change_usage", query, record_id, body=body)

    async def retire_usage(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one usage."""
        return await self._call("retire_usage", query, record_id)

    async def dispute_usage(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Say that two sources contradict each other."""
        return await self._call("dispute_usage", query, record_id, body=body)

    async def get_usage_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one usage."""
        return await self._call("get_usage_history", query, record_id)

    async def prefer_usage(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """Say which contradicting fact is used."""
        return await self._call("prefer_usage", query, record_id, body=body)

    async def settle_usage(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Usage:
        """End a dispute."""
        return await self._call("settle_usage", query, record_id, body=body)

    async def list_vendors(self, **query: Unpack[ListVendorsQuery]) -> VendorList:
        """List vendors."""
        return await self._call("list_vendors", query)

    async def get_vendor(self, record_id: str, /, **query: Unpack[GetVendorQuery]) -> Vendor:
        """One vendor."""
        return await self._call("get_vendor", query, record_id)

    async def put_vendor(
        self, record_id: str, body: VendorBody, /, **query: Unpack[PutGroupQuery]
    ) -> Vendor:
        """Make or replace one vendor."""
        return await self._call("put_vendor", query, record_id, body=body)

    async def change_vendor(
        self, record_id: str, body: VendorPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Vendor:
        """Change one vendor."""
        return await self._call("change_vendor", query, record_id, body=body)

    async def retire_vendor(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one vendor."""
        return await self._call("retire_vendor", query, record_id)

    async def get_vendor_capital(
        self, record_id: str, /, **query: Unpack[GetVendorCapitalQuery]
    ) -> VendorCapitalAnswer:
        """What money and machines went, or are to go, into a vendor."""
        return await self._call("get_vendor_capital", query, record_id)

    async def list_groups_of_vendor(
        self, record_id: str, /, **query: Unpack[ListGroupsQuery]
    ) -> GroupList:
        """List groups of one vendor."""
        return await self._call("list_groups_of_vendor", query, record_id)

    async def get_vendor_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one vendor."""
        return await self._call("get_vendor_history", query, record_id)

    async def get_vendor_homogenization(
        self, record_id: str, /, **query: Unpack[GetVendorHomogenizationQuery]
    ) -> VendorHomogenizationAnswer:
        """How alike a vendor's own products are, and how like its rivals'."""
        return await self._call("get_vendor_homogenization", query, record_id)

    async def list_investments_of_vendor(
        self, record_id: str, /, **query: Unpack[ListInvestmentsQuery]
    ) -> InvestmentList:
        """List investments of one vendor."""
        return await self._call("list_investments_of_vendor", query, record_id)

    async def merge_vendor(
        self, record_id: str, body: MergeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Vendor:
        """Merge one vendor into another."""
        return await self._call("merge_vendor", query, record_id, body=body)

    async def list_products_of_vendor(
        self, record_id: str, /, **query: Unpack[ListProductsQuery]
    ) -> ProductList:
        """List products of one vendor."""
        return await self._call("list_products_of_vendor", query, record_id)

    async def get_vendor_time_to_copy(
        self, record_id: str, /, **query: Unpack[GetVendorTimeToCopyQuery]
    ) -> VendorTimeToCopyAnswer:
        """How often a vendor is first, and how fast it follows."""
        return await self._call("get_vendor_time_to_copy", query, record_id)

    async def list_versions(self, **query: Unpack[ListVersionsQuery]) -> VersionList:
        """List versions."""
        return await self._call("list_versions", query)

    async def create_version(
        self, body: VersionBody, /, **query: Unpack[CreateUsageQuery]
    ) -> Version:
        """Record one version."""
        return await self._call("create_version", query, body=body)

    async def get_version(self, record_id: str, /, **query: Unpack[GetUsageQuery]) -> Version:
        """One version."""
        return await self._call("get_version", query, record_id)

    async def change_version(
        self, record_id: str, body: VersionPatch, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Change one version."""
        return await self._call("change_version", query, record_id, body=body)

    async def retire_version(self, record_id: str, /, **query: Unpack[RetireGroupQuery]) -> Retired:
        """Retire one version."""
        return await self._call("retire_version", query, record_id)

    async def dispute_version(
        self, record_id: str, body: DisputeBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Say that two sources contradict each other."""
        return await self._call("dispute_version", query, record_id, body=body)

    async def get_version_history(
        self, record_id: str, /, **query: Unpack[ListImportsQuery]
    ) -> HistoryPage:
        """The history of one version."""
        return await self._call("get_version_history", query, record_id)

    async def prefer_version(
        self, record_id: str, body: PreferBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """Say which contradicting fact is used."""
        return await self._call("prefer_version", query, record_id, body=body)

    async def settle_version(
        self, record_id: str, body: SettleBody, /, **query: Unpack[MergeGroupQuery]
    ) -> Version:
        """End a dispute."""
        return await self._call("settle_version", query, record_id, body=body)

    async def list_webhooks(self, **query: Unpack[ListImportsQuery]) -> WebhookList:
        """List webhooks."""
        return await self._call("list_webhooks", query)

    async def create_webhook(
        self, body: NewWebhook, /, **query: Unpack[CreateKeyQuery]
    ) -> WebhookWithSecret:
        """Add a webhook."""
        return await self._call("create_webhook", query, body=body)

    async def get_webhook(self, webhook_id: str, /, **query: Unpack[GetIndexQuery]) -> WebhookShown:
        """One webhook."""
        return await self._call("get_webhook", query, webhook_id)

    async def change_webhook(self, webhook_id: str, body: WebhookPatch, /) -> WebhookShown:
        """Change a webhook."""
        return await self._call("change_webhook", {}, webhook_id, body=body)

    async def delete_webhook(self, webhook_id: str, /) -> None:
        """Remove a webhook."""
        await self._call("delete_webhook", {}, webhook_id)

    async def list_webhook_deliveries(
        self, webhook_id: str, /, **query: Unpack[ListKeysQuery]
    ) -> DeliveryList:
        """List deliveries."""
        return await self._call("list_webhook_deliveries", query, webhook_id)

    async def get_webhook_delivery(
        self, webhook_id: str, delivery_id: str, /, **query: Unpack[GetKeyQuery]
    ) -> DeliveryShown:
        """One delivery."""
        return await self._call("get_webhook_delivery", query, webhook_id, delivery_id)

    async def redeliver_webhook_delivery(
        self, webhook_id: str, delivery_id: str, /
    ) -> DeliveryShown:
        """Send it again."""
        return await self._call("redeliver_webhook_delivery", {}, webhook_id, delivery_id)

    async def rotate_webhook_secret(
        self, webhook_id: str, /, **query: Unpack[CreateKeyQuery]
    ) -> WebhookWithSecret:
        """A new secret for a webhook."""
        return await self._call("rotate_webhook_secret", query, webhook_id)

    async def test_webhook(self, webhook_id: str, /) -> DeliveryShown:
        """Try a webhook."""
        return await self._call("test_webhook", {}, webhook_id)

    async def get_service_version(self, **query: Unpack[GetKeyQuery]) -> ServiceVersion:
        """What runs here."""
        return await self._call("get_service_version", query)
