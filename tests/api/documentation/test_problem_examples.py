"""The example on the page of a code is what the service answers to its request."""

from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from service.api.documentation.problem_examples import answer, examples
from service.model.errors import Code
from service.model.notices import WarningCode
from service.texts.messages import LANGUAGES
from tests.clients import Editor

PUBLIC = "https://parity.example"
# What one request cannot bring about: a state of the base, of a key, of another request, of the
# machine. Each may be taken off the list, none may be put on it.
NOT_BY_ONE_REQUEST = {
    "gone",
    "moved",
    "cursor_mismatch",
    "unknown_metric",
    "invalid_record",
    "unauthenticated",
    "forbidden",
    "quota_exceeded",
    "key_not_active",
    "uri_too_long",
    "invalid_framing",
    "incomplete_body",
    "request_timeout",
    "too_many_bodies",
    "range_not_satisfiable",
    "invalid_host",
    "payload_too_large",
    "webhook_not_active",
    "idempotency_key_reused",
    "idempotency_in_progress",
    "precondition_failed",
    "external_id_taken",
    "missing_parameter",
    "conflict_natural_key",
    "release_exists",
    "too_many_affected",
    "too_many_rows",
    "already_disputed",
    "not_disputed",
    "already_decided",
    "revert_conflict",
    "already_reverted",
    "nothing_to_revert",
    "too_costly",
    "locked",
    "busy",
    "database_timeout",
    "database_unavailable",
    "database_read_only",
    "database_full",
    "database_damaged",
    "outcome_unknown",
    "internal_error",
}
ASKED = sorted({*Code} - NOT_BY_ONE_REQUEST)
# Warnings that the bundled data gives no cause for.
NOT_BY_THE_BUNDLED_DATA = {
    "contradictory_dates",
    "after_discontinuation",
    "retired_reference",
    "rules_unfinished",
    "list_goes_on",
}
WARNED = sorted({*WarningCode} - NOT_BY_THE_BUNDLED_DATA)


async def test_every_code_has_an_example_in_every_language() -> None:
    assert examples().keys() == {*Code, *WarningCode}
    for code in (*Code, *WarningCode):
        for lang in LANGUAGES:
            assert answer(code, lang, PUBLIC)


async def asked(editor: Editor, code: str, lang: str) -> Any:
    example = examples()[code]
    method, _, path = example.request.partition(" ")
    sent = {**({"content-type": "application/json"} if example.body else {}), **example.headers}
    own = {"accept-language": lang} | sent
    if method != "GET":
        own = editor.headers | own
    target = urlsplit(path)
    assert target.netloc == ""
    response = await editor.client.request(method, path, headers=own, content=example.body)
    return response.json()


@pytest.mark.parametrize("code", ASKED)
async def test_an_error_is_answered_as_shown(editor: Editor, code: str) -> None:
    for lang in LANGUAGES:
        found = await asked(editor, code, lang)
        shown = answer(Code(code), lang, PUBLIC)
        for own in ("instance", "request_id"):
            del found[own], shown[own]
        found.pop("rows", None)
        assert found == shown


@pytest.mark.parametrize("code", WARNED)
async def test_a_warning_is_given_as_shown(editor: Editor, code: str) -> None:
    found = await asked(editor, code, "en")
    shown = answer(WarningCode(code), "en", PUBLIC)
    place = "warnings" if "warnings" in shown else "meta"
    warnings = found[place] if place == "warnings" else found["meta"]["warnings"]
    (warning,) = shown[place] if place == "warnings" else shown["meta"]["warnings"]
    assert warning in warnings


def test_an_example_is_made_of_what_the_service_has_words_for() -> None:
    for code, example in examples().items():
        is_warning = code in {*WarningCode}
        assert bool(example.detail) != is_warning
        assert msgspec.structs.astuple(example)
