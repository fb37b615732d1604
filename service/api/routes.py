"""The table of contents: every address that the service answers."""

from service.api import analyses, collections, docs, health, index, keys, methods, problems

ROUTES = [
    index.get_index,
    *collections.HANDLERS,
    *analyses.HANDLERS,
    *methods.HANDLERS,
    *keys.HANDLERS,
    health.live,
    health.ready,
    health.get_version,
    docs.openapi_json,
    docs.docs_page,
    docs.docs_asset,
    problems.problem_page,
]
