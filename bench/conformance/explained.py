"""What schemathesis cannot know: how requests are completed, and which findings are excused.

Each excuse says for which finding it is and why; how often each was needed is printed at the end.
Whatever no row here excuses fails the run.
"""

import atexit
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import schemathesis
from schemathesis.core.failures import Failure

REJECTED, SCHEMA = "RejectedPositiveData", "JsonSchemaError"
UNAVAILABLE = "EnsureResourceAvailability"

# Codes of refusals of what the document allows: no schema can say them. What a schema can say
# (invalid_value, validation_failed, unknown_value ...) is not here, but for single sentences.
SEMANTIC = {
    "unknown_reference": "whether there is a record of that id only the base knows",
    "unknown_field": "names with dots go where the registry goes, two records far",
    "unknown_operator": "the same of the operators in a filter",
    "unknown_metric": "the figures of a grouping are made of its fields",
    "invalid_filter": "a filter is a language, no regular one",
    "filter_too_complex": "and has at most so many comparisons",
    "invalid_date": "no pattern says how many days a month has, or that today is over",
    "incompatible_parameters": "OpenAPI has no words for parameters that exclude or need others",
    "mixed_units": "amounts are compared within one currency and status",
    "cursor_invalid": "cursors are signed",
    "cursor_mismatch": "and belong to their question",
    "revision_unknown": "which revisions and releases there are only the base knows",
    "too_many_rows": "how many rows a file would have only the base knows",
    "too_costly": "what an analysis would take is told once it is asked",
    "comment_required": "the comment stands in the body or in the query, in one of them",
    "source_required": "so do sources, or the word that there are none",
    "external_id_taken": "which ids others have only the base knows",
    "idempotency_key_reused": "a key is for one request; chance sends it with another",
    "webhook_target_refused": "webhooks go to public addresses, no loopback",
    "precondition_required": "If-Match is needed where there is something to replace",
    "precondition_failed": "the ETag is that of the record as it was read",
    "merge_into_itself": "no schema compares two members",
    "import_row_failed": "the rows of a file are read by its format",
    "invalid_csv": "a schema says nothing of the rows of a CSV file",
}

# The same of codes that are told of many things, at one place: code, parameter or pointer, reason.
PLACES = [
    (
        "invalid_value",
        "as_of|from|to|since|until|drawn_at",
        "which days a month has no pattern says",
    ),
    ("invalid_value", "filter", "what stands in a filter is of its fields' types"),
    ("invalid_value", "products|vendors", "two or more, of products or of vendors"),
    ("invalid_value", "/(.*/)?(currency|country)", "which codes there are others decide"),
    ("unknown_value", "(.*[./])?(currency|country)", "the same"),
    ("invalid_value", "/evidence", "it follows from status and sources, where they are given"),
    ("unknown_value", "/collection", "the names of collections are those of /v1/schema"),
    ("validation_failed", "/apply|/revision", "what is accepted is applied, or names its revision"),
    ("validation_failed", "/present", "of present and absent one at least"),
    ("unknown_value", "/types/.*|/filter/.*|/metric/.*", "events and figures are those of /v1"),
]


class Excuse(NamedTuple):
    """Of a finding, by its class: whether it is excused, and why."""

    finding: str
    applies: Callable[[Failure, Any, Any], bool]
    reason: str


def _problem(response: Any) -> dict[str, Any]:
    try:
        told = json.loads(response.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _is_semantic(fault: dict[str, Any]) -> bool:
    if fault.get("detail", "").startswith("If-Match and If-None-Match"):
        return True  # exclude each other
    code, place = fault.get("code", ""), fault.get("parameter", fault.get("pointer", ""))
    return code in SEMANTIC or any(
        code == one and re.fullmatch(where, place) for one, where, _ in PLACES
    )


def _refused_for_its_meaning(failure: Failure, case: Any, response: Any) -> bool:
    """Every fault is one that no schema could have told."""
    problem = _problem(response)
    faults = problem.get("errors") or [problem]
    return all(_is_semantic(fault) for fault in faults)


def _lacks_what_was_left_out(failure: Any, case: Any, response: Any) -> bool:
    is_lacking = list(failure.schema_path)[-1:] == ["required"]
    return is_lacking and "fields" in (case.query or {})


def _was_a_trial(failure: Failure, case: Any, response: Any) -> bool:
    return "dry_run=true" in str(response.request.url)


def _is_of_events(failure: Failure, case: Any, response: Any) -> bool:
    kinds = response.headers.get("content-type", [""])
    return str(kinds[0]).startswith("text/event-stream")


EXCUSES = [
    Excuse(REJECTED, _refused_for_its_meaning, "the meaning is wrong, not the form"),
    Excuse(SCHEMA, _lacks_what_was_left_out, "`fields` leaves out what the schema requires"),
    Excuse(SCHEMA, _is_of_events, "the schema is of the stream's text; 3.1 has none of its events"),
    Excuse(UNAVAILABLE, _was_a_trial, "a dry run stores nothing"),
]

USED: Counter[str] = Counter()


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Whether the finding counts."""
    for excuse in EXCUSES:
        if type(failure).__name__ == excuse.finding and excuse.applies(failure, case, response):
            codes = [fault["code"] for fault in _problem(response).get("errors", [])]
            USED.update(codes if excuse.finding == REJECTED else [excuse.reason])
            return False
    return True


@atexit.register
def _tell() -> None:
    if USED:
        print("Excused (why: bench/conformance/explained.py):", file=sys.stderr)
        for what, times in USED.most_common():
            print(f"  {times:6}  {what}  {SEMANTIC.get(what, '')}", file=sys.stderr)


# How a request that the document allows gets further than its first contradiction.

KNOWN = {
    "vendor_id": "moonshot-ai",
    "vendor_ids": "moonshot-ai",
    "product_id": "kimi",
    "market_id": "chat-assistants",
    "market_ids": "chat-assistants",
    "feature_id": "long-context",
    "feature_ids": "long-context",
    "business_model_id": "subscription",
    "record_id": "kimi",
    "market": "chat-assistants",
    "rivals_of": "openai",
}
# Of two that exclude each other the first stays; ids of what every loading makes anew are nobody's.
EITHER = [("stage_min", "stage"), ("products", "vendors"), ("since", "cursor")]
UNKNOWABLE = ("cursor", "source_ids", "id")
OF_ONE_UNIT = re.compile(r"(?:.*\.)?(?:amount|quantity|value)__[gl]te")
OF_OTHER_FORMATS = ("table", "theme", "width", "scale")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Complete a read that is to succeed: known ids, no contradictions, one format."""
    meta = case.meta
    if case.method.upper() != "GET" or meta is None or not meta.generation.mode.is_positive:
        return
    query = dict(case.query or {})
    for name in (*UNKNOWABLE, *OF_OTHER_FORMATS):
        query.pop(name, None)
    for name in filter(OF_ONE_UNIT.fullmatch, list(query)):
        del query[name]
    for kept, dropped in EITHER:
        if kept in query:
            query.pop(dropped, None)
    for name in KNOWN.keys() & query.keys():
        query[name] = [KNOWN[name]] if isinstance(query[name], list) else KNOWN[name]
    if query.pop("excel", False) is True and "limit" not in query:
        query["excel"] = "true"
        case.headers["Accept"] = "text/csv"
    case.query = query


@schemathesis.serializer("application/x-ndjson", "text/csv")
def lines(context: Any, value: Any) -> Any:
    """Files are sent as they are."""
    return value if isinstance(value, bytes) else str(value).encode()
