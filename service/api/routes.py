"""The table of contents: every address that the service answers."""

from service.api import (
    analyses,
    collections,
    docs,
    health,
    index,
    methods,
    problems,
    resolve,
    search,
)

ROUTES = [
    index.get_index,
    *collections.HANDLERS,
    *analyses.HANDLERS,
    *methods.HANDLERS,
    *search.HANDLERS,
    *resolve.HANDLERS,
    health.live,
    health.ready,
    health.get_version,
    docs.openapi_json,
    docs.docs_page,
    docs.docs_asset,
    problems.problem_page,
]
