"""Problems as readers see them: the document in words, with the ways on."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

import msgspec

from service.api.explorer.rendering import POLICY, html
from service.api.explorer.views import View
from service.api.http.languages import spoken_of


def problem_page(scope: Any, document: bytes, *, public_url: str) -> tuple[bytes, dict[str, str]]:
    """The page of a problem document, and its headers."""
    headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    view = View(
        path=scope["path"],
        ids={},
        given=dict(parse_qsl(query, encoding="utf-8", errors="replace")),
        parameters=None,
        lang=spoken_of(scope, headers.get(b"accept-language", "")).lang,
        day=datetime.now(UTC).date(),
        revision=0,
        public_url=public_url,
    )
    problem = msgspec.json.decode(document)
    made = html("problem.html", view, {}, problem=problem, near=_near(view, problem))
    kept = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
    return made, kept


def _near(view: View, problem: dict[str, Any]) -> dict[str, str]:
    """The pages of the records that may have been meant."""
    parts = view.path.split("/")
    ids = [one for fault in problem["errors"] for one in fault.get("did_you_mean", ())]
    is_record = problem["status"] == 404 and len(parts) == 3
    return {one: view.link(f"/{parts[1]}/{quote(one)}") for one in ids} if is_record else {}
