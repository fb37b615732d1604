"""The table of contents: every address that the service answers."""

from service.api import (
    aggregates,
    analyses,
    collections,
    comparisons,
    coverage,
    docs,
    following,
    health,
    history,
    index,
    methods,
    problems,
    schema,
    webhooks,
)

ROUTES = [
    index.get_index,
    schema.get_schema,
    *collections.HANDLERS,
    *aggregates.HANDLERS,
    *analyses.HANDLERS,
    comparisons.get_comparison,
    *history.HANDLERS,
    coverage.get_coverage,
    *methods.HANDLERS,
    *following.HANDLERS,
    *webhooks.HANDLERS,
    health.live,
    health.ready,
    health.get_version,
    docs.openapi_json,
    docs.docs_page,
    docs.docs_asset,
    problems.problem_page,
]
