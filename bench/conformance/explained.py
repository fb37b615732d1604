"""What schemathesis cannot know: how requests are completed, and which findings are excused.

Each excuse says for which finding it is and why; how often each was needed is printed at the end.
Whatever no row here excuses fails the run.
"""

import atexit
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import schemathesis
from schemathesis.core.failures import Failure

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
    ("invalid_value", "as_of|from|to|since|until|drawn_at", "no pattern says what a month has"),
    ("invalid_value", "filter", "what stands in a filter is of its fields' types"),
    ("empty_value", "kind", "of which one kind the columns of a CSV file are the file says"),
    ("invalid_value", "products|vendors", "two or more, of products or of vendors"),
    ("invalid_value", "/(.*/)?(currency|country)", "which codes there are others decide"),
    ("unknown_value", "(.*[./])?(currency|country)", "the same"),
    ("invalid_value", "/evidence", "it follows from status and sources, where they are given"),
    ("unknown_value", "/collection", "the names of collections are those of /v1/schema"),
    ("validation_failed", "/proposed/.*", "what a proposed record needs its collection says"),
    ("validation_failed", "/apply|/revision", "what is accepted is applied, or names its revision"),
    ("validation_failed", "/present", "of present and absent one at least"),
    ("invalid_value", "/product_id", "which products are in the market only the base knows"),
    ("invalid_value", "/date", "what is on record of the product by then only the base knows"),
    ("validation_failed", "/record_id", "of a record, or proposing one"),
    ("validation_failed", "/metric", "told of together with metric.changed"),
    ("unknown_value", "/types/.*|/metric/.*", "events and figures are those of /v1"),
    ("[a-z_]+", "/filter/.*", "kinds and fields are those of /v1/schema"),
    ("invalid_value", "/null_reasons/.*", "which fields may be null /v1/schema says"),
    ("[a-z_]+", "/field_sources/.*", "which fields there are, and that sources carry them"),
    ("[a-z_]+", "/external_ids/.*", "each scheme has a form of its own"),
    ("[a-z_]+", "/(names|definitions)/.*", "which languages there are others decide"),
    (
        "invalid_value",
        "/(.*/)?(amount|quantity|value)",
        "at most thirty digits, zeros behind the point too",
    ),
    ("validation_failed", "/metric/.*", "figures are those of /v1"),
]

# And of what is said at any place: code, how the sentence begins, reason.
SENTENCES = [
    ("invalid_value", "If-Match and If-None-Match", "two headers that exclude each other"),
    ("invalid_value", "Holds a control or invisible", "what nobody can read is a table of Unicode"),
    ("invalid_value", "Printable, at most", "the same"),
    ("[a-z_]+", "Blank", "and so are spaces"),
]


class Excuse(NamedTuple):
    """Of a finding, by its class: why it is excused, if it is."""

    finding: str
    reasons: Callable[[Any, Any, Any], list[str]]


def _faults(response: Any) -> list[dict[str, Any]]:
    """What the problem document tells."""
    try:
        told = json.loads(response.content)
    except ValueError:
        return [{}]
    faults: list[dict[str, Any]] = told.get("errors") or [told]
    return faults


def _meant(fault: dict[str, Any]) -> str:
    """Why no schema could have told it, else nothing."""
    code, detail = fault.get("code", ""), fault.get("detail", "")
    place = fault.get("parameter", fault.get("pointer", ""))
    if code in SEMANTIC:
        return f"{code}: {SEMANTIC[code]}"
    by_place = (
        r for c, p, r in PLACES if re.fullmatch(c, code) and re.fullmatch(p, place, re.DOTALL)
    )
    by_words = (r for c, s, r in SENTENCES if re.fullmatch(c, code) and detail.startswith(s))
    reason = next(by_place, "") or next(by_words, "")
    return f"{code} at {place or 'the request'}: {reason}" if reason else ""


def _refused_for_its_meaning(failure: Any, case: Any, response: Any) -> list[str]:
    """Every fault is one that no schema could have told."""
    reasons = [_meant(fault) for fault in _faults(response)]
    return reasons if all(reasons) else []


def _lacks_what_was_left_out(failure: Any, case: Any, response: Any) -> list[str]:
    is_lacking = list(failure.schema_path)[-1:] == ["required"]
    is_partial = is_lacking and "fields" in (case.query or {})
    return ["`fields` leaves out what the schema requires"] if is_partial else []


def _is_of_events(failure: Any, case: Any, response: Any) -> list[str]:
    (kind, *_) = response.headers.get("content-type", [""])
    is_stream = kind.startswith("text/event-stream")
    return ["the schema is of the stream's text; 3.1 has none of its events"] if is_stream else []


def _was_a_trial(failure: Any, case: Any, response: Any) -> list[str]:
    is_dry = "dry_run=true" in str(response.request.url)
    return ["a dry run stores nothing"] if is_dry else []


EXCUSES = [
    Excuse("RejectedPositiveData", _refused_for_its_meaning),
    Excuse("JsonSchemaError", _lacks_what_was_left_out),
    Excuse("JsonSchemaError", _is_of_events),
    Excuse("EnsureResourceAvailability", _was_a_trial),
]
USED: Counter[str] = Counter()


@schemathesis.hook
def filter_failure(context: Any, failure: Failure, case: Any, response: Any) -> bool:
    """Whether the finding counts."""
    for excuse in EXCUSES:
        if type(failure).__name__ != excuse.finding:
            continue
        if reasons := excuse.reasons(failure, case, response):
            USED.update(reasons)
            return False
    return True


@atexit.register
def _tell() -> None:
    if USED:
        print("Excused (bench/conformance/explained.py):", file=sys.stderr)
    for reason, times in USED.most_common():
        print(f"  {times:6}  {reason}", file=sys.stderr)


# How a request that the document allows gets further than its first contradiction.

# Chance finds every id that is answered, and would retire it.
OWN_KEY = os.environ.get("CONFORMANCE_KEY", "")
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


# What a body says of members that it must then have, or of ids that every loading makes anew.
CONSEQUENT = ("source_ids", "field_sources", "null_reasons", "external_ids", "evidence", "status")
SOURCES = ["https://example.org/conformance"]


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Leave the key that asks alone, and complete what is to succeed."""
    method, meta = case.method.upper(), case.meta
    if OWN_KEY and case.path_parameters.get("key_id") == OWN_KEY and method != "GET":
        case.path_parameters = {"key_id": "key_" + "0" * 26}
    if meta is None or not meta.generation.mode.is_positive:
        return
    if method == "GET":
        case.query = _completed(dict(case.query or {}), case)
    elif isinstance(case.body, dict) and "{" not in case.path.removesuffix("/{record_id}"):
        case.body = _sourced(case.body, case.path)


def _completed(query: dict[str, Any], case: Any) -> dict[str, Any]:
    """Of known ids, without contradictions, of one format."""
    for name in (*UNKNOWABLE, *OF_OTHER_FORMATS):
        query.pop(name, None)
    for name in filter(OF_ONE_UNIT.fullmatch, list(query)):
        del query[name]
    for kept, dropped in EITHER:
        if kept in query:
            query.pop(dropped, None)
    if query.pop("excel", False) is True and "limit" not in query:
        query["excel"] = "true"
        case.headers["Accept"] = "text/csv"
    return _known(query)


def _sourced(body: dict[str, Any], path: str) -> dict[str, Any]:
    """A record of known ids with a source."""
    if path.rpartition("/")[0] not in ("/v1", "/v1/" + path.split("/")[2]) or "url" in body:
        return body
    if not body.keys() & {"sources", "comment", *KNOWN}:
        return body
    kept = {name: value for name, value in body.items() if name not in CONSEQUENT}
    if "/investments" in path and "status" in body:
        kept["status"] = body["status"]
    return _known(kept) | {"sources": SOURCES, "comment": "conformance"}


def _known(members: dict[str, Any]) -> dict[str, Any]:
    found = {name: KNOWN[name] for name in KNOWN.keys() & members.keys()}
    return members | {
        name: [id_] if isinstance(members[name], list) else id_ for name, id_ in found.items()
    }


@schemathesis.serializer("application/x-ndjson", "text/csv")
def lines(context: Any, value: Any) -> Any:
    """Files are sent as they are."""
    return value if isinstance(value, bytes) else str(value).encode()
