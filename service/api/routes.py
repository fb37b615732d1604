"""Every address that the service answers, a row each.

A row names the path, the handler (whose name is the operation id), the tag, and what is not the
default: the scope that is needed, what it costs, what its answer is kept for.
"""

from typing import Any

from litestar.handlers import HTTPRouteHandler

from service import limits
from service.api import (
    embedding,
    imports,
    keys,
    releases,
    resolve,
    search,
    service_info,
    webhooks,
)
from service.api.analyses import endpoints, methods, unknown
from service.api.catalogue import coverage, editing, exports, groups, lists, schema
from service.api.changes import diffs, feed, history, revisions, timeline
from service.api.curation import corrections, disputes, merges, surveys
from service.api.documentation import descriptions, pages, problems, reference
from service.api.explorer import assets
from service.api.explorer.overviews import FRONT, OVERVIEWS
from service.api.explorer.pages import page_operation
from service.api.explorer.records import RECORDS
from service.api.http.access import ANY_KEY
from service.api.http.endpoint import route
from service.api.http.operation import Operation, read
from service.api.http.versions import DESCRIPTIONS
from service.api.http.writes import TAKEN, Write, WriteParameters, write, write_route
from service.api.mcp.mount import mcp
from service.model.corrections import NewCorrection, NewDecision
from service.model.methods import METHODS
from service.model.surveys import NewSurvey
from service.model.webhooks import NewWebhook, WebhookPatch
from service.search.ranking import VERSION

OPEN: dict[str, Any] = {"scope": "open", "validator": "none", "fresh": "no-store"}
BESIDE: dict[str, Any] = {"validator": "none"}
CORRECTED: dict[str, Any] = {
    "validator": "body",
    "fresh": "public, no-cache",
    "private_to": "curate",
}
RANKED: dict[str, Any] = {"pinning": "never", "version": str(VERSION), "is_lazy": True}
ONCE: dict[str, Any] = {"takes": ("Idempotency-Key",)}
METHOD_VERSIONS = ",".join(f"{name}@{method.version}" for name, method in METHODS.items())
KEY, WEBHOOK = "/v1/keys/{key_id:str}", "/v1/webhooks/{webhook_id:str}"
DELIVERY, IMPORT = f"{WEBHOOK}/deliveries/{{delivery_id:str}}", "/v1/imports/{import_id:str}"
RELEASE, CORRECTION = "/v1/releases/{name:str}", "/v1/corrections/{correction_id:str}"
NEW_KEY: dict[str, Any] = {"scope": "admin", "body": keys.NewKey, "status": 201, **ONCE}

READS: list[Operation[Any]] = [
    read(
        "/",
        service_info.get_entrance,
        "Service",
        links=DESCRIPTIONS,
        page=page_operation(FRONT),
        **OPEN,
    ),
    read(
        "/v1",
        service_info.get_index,
        "Service",
        also={"index": exports.describe_index},
        links=DESCRIPTIONS,
        validator="body",
    ),
    read("/v1/schema", schema.get_schema, "Service"),
    read("/v1/coverage", coverage.get_coverage, "Service", pinning="as_of_and_on"),
    *lists.OPERATIONS,
    *groups.OPERATIONS,
    *timeline.OPERATIONS,
    *endpoints.OPERATIONS,
    unknown.UNKNOWN,
    read("/v1/methods", methods.list_methods, "Methods", version=METHOD_VERSIONS),
    read("/v1/methods/{method_id:str}", methods.get_method, "Methods", version=METHOD_VERSIONS),
    read("/v1/search", search.search_records, "Search", **RANKED),
    read(
        "/v1/suggest",
        search.suggest_records,
        "Search",
        **RANKED,
        parameters=search.LimitedSuggestParameters,
    ),
    *history.OPERATIONS,
    read("/v1/diff", diffs.get_diff, "History"),
    read("/v1/revisions", revisions.list_revisions, "History"),
    read(
        "/v1/revisions/{number:str}",
        revisions.get_revision,
        "History",
        pinning="always",
        locate=revisions.numbered_revision,
    ),
    feed.CHANGES,
    feed.STREAM,
    *exports.OPERATIONS,
    read("/v1/releases", releases.list_releases, "Releases", validator="body"),
    read(
        RELEASE,
        releases.get_release,
        "Releases",
        pinning="always",
        locate=releases.revision_of_release,
    ),
    read(
        f"{RELEASE}/citation",
        releases.get_release_citation,
        "Releases",
        "citation",
        pinning="always",
        locate=releases.revision_of_release,
    ),
    read(
        f"{RELEASE}/{{collection:str}}",
        releases.get_release_file,
        "Releases",
        "file",
        pinning="always",
        locate=releases.revision_of_release,
    ),
    read("/v1/corrections", corrections.list_corrections, "Curation", **CORRECTED),
    read(CORRECTION, corrections.get_correction, "Curation", **CORRECTED),
    read("/v1/imports", imports.list_imports, "Imports", scope="write", **BESIDE),
    read(IMPORT, imports.get_import, "Imports", scope="write", **BESIDE),
    read(f"{IMPORT}/rows", imports.list_import_rows, "Imports", scope="write", **BESIDE),
    read("/v1/webhooks", webhooks.list_webhooks, "Webhooks", scope="write", **BESIDE),
    read(WEBHOOK, webhooks.get_webhook, "Webhooks", scope="write", **BESIDE),
    read(
        f"{WEBHOOK}/deliveries",
        webhooks.list_webhook_deliveries,
        "Webhooks",
        scope="write",
        **BESIDE,
    ),
    read(DELIVERY, webhooks.get_webhook_delivery, "Webhooks", scope="write", **BESIDE),
    read("/v1/limits", keys.get_limits, "Keys", cost=0, **BESIDE),
    read("/v1/keys", keys.list_keys, "Keys", scope="admin", **BESIDE),
    read(KEY, keys.get_key, "Keys", scope=ANY_KEY, guard=keys.own_or_admin, **BESIDE),
    read("/health/live", service_info.get_live, "Service", **OPEN),
    read("/health/ready", service_info.get_ready, "Service", **OPEN),
    read("/version", service_info.get_service_version, "Service", **OPEN),
]

WRITES: list[Write] = [
    *editing.OPERATIONS,
    *disputes.OPERATIONS,
    *merges.OPERATIONS,
    write(
        "POST",
        "/v1/markets/{record_id:str}/surveys",
        surveys.survey_product,
        "Curation",
        WriteParameters,
        status=201,
        body=NewSurvey,
        takes=TAKEN,
    ),
    write(
        "POST",
        "/v1/resolve",
        resolve.resolve_names,
        "Search",
        resolve.ResolveParameters,
        scope="read",
        body=resolve.ResolveRequest,
    ),
    write(
        "POST",
        "/v1/imports",
        imports.create_import,
        "Imports",
        imports.ImportParameters,
        lines=imports.MEDIA_TYPES,
        takes=TAKEN,
        body_bytes=limits.IMPORT_BYTES,
    ),
    write(
        "POST",
        f"{IMPORT}/revert",
        imports.revert_import,
        "Imports",
        WriteParameters,
        scope="curate",
        takes=TAKEN,
    ),
    write(
        "POST",
        "/v1/revisions/{number:str}/revert",
        revisions.revert_revision,
        "History",
        WriteParameters,
        scope="curate",
        takes=TAKEN,
    ),
    write(
        "POST",
        "/v1/corrections",
        corrections.create_correction,
        "Curation",
        corrections.DryRunParameters,
        scope="read",
        cost=corrections.REPORT_COST,
        status=201,
        body=NewCorrection,
        takes=TAKEN,
    ),
    write(
        "POST",
        f"{CORRECTION}/decision",
        corrections.decide_correction,
        "Curation",
        corrections.DryRunParameters,
        scope="curate",
        body=NewDecision,
        takes=TAKEN,
    ),
    write(
        "POST",
        "/v1/releases",
        releases.create_release,
        "Releases",
        scope="curate",
        status=201,
        body=releases.NewRelease,
        **ONCE,
    ),
    write(
        "POST",
        "/v1/webhooks",
        webhooks.create_webhook,
        "Webhooks",
        status=201,
        body=NewWebhook,
        **ONCE,
    ),
    write(
        "PATCH",
        WEBHOOK,
        webhooks.change_webhook,
        "Webhooks",
        body=WebhookPatch,
        media_types=("application/merge-patch+json",),
    ),
    write("DELETE", WEBHOOK, webhooks.delete_webhook, "Webhooks", status=204),
    write("POST", f"{WEBHOOK}/test", webhooks.test_webhook, "Webhooks"),
    write("POST", f"{WEBHOOK}/rotate-secret", webhooks.rotate_webhook_secret, "Webhooks", **ONCE),
    write(
        "POST", f"{DELIVERY}/redeliver", webhooks.redeliver_webhook_delivery, "Webhooks", status=202
    ),
    write("POST", "/v1/keys", keys.create_key, "Keys", **NEW_KEY),
    write(
        "POST",
        f"{KEY}/rotate",
        keys.rotate_key,
        "Keys",
        keys.RotationParameters,
        scope=ANY_KEY,
        **ONCE,
    ),
    write("DELETE", KEY, keys.retire_key, "Keys", scope="admin"),
]

PAGES: list[HTTPRouteHandler] = [
    embedding.oembed,
    descriptions.openapi_json,
    descriptions.api_catalog,
    descriptions.llms_txt,
    descriptions.llms_full_txt,
    pages.docs_index,
    reference.reference_index,
    reference.reference_page,
    reference.try_operation,
    pages.docs_page,
    pages.repository_file,
    problems.problems_page,
    problems.problem_page,
    assets.asset,
    *(route(page_operation(page)) for page in (*RECORDS, *OVERVIEWS)),
]

ROUTES = [*map(route, READS), *map(write_route, WRITES), *PAGES]
MOUNTS = [mcp]
