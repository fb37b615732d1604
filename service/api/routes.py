"""The table of contents: every address that the service answers."""

from service.api import docs, imports, keys, releases, resolve, search, service_info, webhooks
from service.api import service_info as index
from service.api.analyses import comparison, endpoints, files, methods
from service.api.catalogue import (
    collections,
    coverage,
    editing,
    exports,
    group_files,
    groups,
    schema,
)
from service.api.changes import diffs, feed, history, revisions, timeline
from service.api.curation import corrections, disputes, merges
from service.api.http import problems

ROUTES = [
    index.get_index,
    schema.get_schema,
    *collections.HANDLERS,
    *editing.HANDLERS,
    *disputes.HANDLERS,
    *corrections.HANDLERS,
    *merges.HANDLERS,
    *groups.HANDLERS,
    *group_files.HANDLERS,
    *exports.HANDLERS,
    *timeline.HANDLERS,
    *releases.HANDLERS,
    *endpoints.HANDLERS,
    comparison.get_comparison,
    *files.HANDLERS,
    *history.HANDLERS,
    diffs.get_diff,
    *revisions.HANDLERS,
    coverage.get_coverage,
    *methods.HANDLERS,
    *feed.HANDLERS,
    *webhooks.HANDLERS,
    *imports.HANDLERS,
    *keys.HANDLERS,
    *search.HANDLERS,
    *resolve.HANDLERS,
    service_info.live,
    service_info.ready,
    service_info.get_version,
    docs.openapi_json,
    docs.docs_page,
    docs.docs_asset,
    problems.problem_page,
]
