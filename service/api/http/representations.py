"""The forms of an answer: JSON, and what its `links` name besides."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from litestar import Request

from service.api.catalogue.file_parameters import EXCEL, is_excel
from service.api.http.parameters import Parameter, Query
from service.formats.analyses.pages import page
from service.formats.analyses.tables import csv, table, table_names
from service.formats.files.record_files import CSV, JSON_TYPE, MARKDOWN, Form
from service.formats.json_records import encode
from service.usecases.analyses.declarations import DECLARATIONS

Asked = Request[Any, Any, Any]
FORMS = (CSV, MARKDOWN)
SHOWN = {declaration.operation: declaration.shown for declaration in DECLARATIONS}


class Face(NamedTuple):
    """A form of an answer: its media type, how it is written, what it is called when saved.

    `{revision}` in the name is filled in.
    """

    media_type: str
    write: Callable[[Any], bytes]
    file_name: str = ""

    def headers(self, revision: int) -> dict[str, str]:
        if not self.file_name:
            return {}
        name = self.file_name.format(revision=revision)
        return {"content-disposition": f'attachment; filename="{name}"'}


JSON_FACE = Face(JSON_TYPE, encode)


def face_parameters(form: Form, operation: str, shape: type) -> list[Parameter]:
    """What this form of an answer takes besides what the answer takes."""
    if form != CSV:
        return []
    names, default = table_names(shape), SHOWN[operation].table
    return [
        Parameter(name="table", doc="Which rows; figures: every scalar by its dotted path.",
                  schema={"type": "string", "enum": names, "default": default}),
        EXCEL,
    ]  # fmt: skip


def face(form: Form, request: Asked, query: Query, operation: str, shape: type, lang: str) -> Face:
    """The form with its own parameters; faults are noted in `query`."""
    if form == CSV:
        return _csv_face(query, operation, shape)
    return _page_face(request, query, operation, lang)


def _csv_face(query: Query, operation: str, shape: type) -> Face:
    wanted = query.choice("table", table_names(shape), SHOWN[operation].table)
    for_excel = is_excel(query)
    name = operation.removeprefix("get_").replace("_", "-")
    return Face(
        CSV.media_type,
        lambda found: csv(table(found, wanted), is_excel=for_excel),
        f"parity-{name}-{wanted.replace('.', '-').replace('_', '-')}-r{{revision}}.csv",
    )


def _page_face(request: Asked, query: Query, operation: str, lang: str) -> Face:
    public_url = request.app.state.settings.public_url
    path = request.url.path.removesuffix(f".{MARKDOWN.suffix}")

    def write(found: Any) -> bytes:
        revision = msgspec.to_builtins(found.meta)["revision"]
        pins = [("on", found.on.isoformat()), ("as_of", f"rev:{revision}"), ("lang", lang)]
        given = _given(query, "on", "as_of", "lang")
        url = f"{public_url}{path}?{urlencode([*given, *pins])}"
        return page(found, SHOWN[operation], lang, url)

    return Face(MARKDOWN.media_type, write)


def with_links(found: Any) -> Any:
    """The answer, its `links` naming the other forms of the question that `self` asks."""
    path, _, query = found.links["self"].partition("?")
    named = {form.suffix: f"{path}.{form.suffix}?{query}" for form in FORMS}
    return msgspec.structs.replace(found, links={**found.links, **named})


def _given(query: Query, *left_out: str) -> list[tuple[str, str]]:
    return sorted((k, v) for k, vs in query.given.items() for v in vs if k not in left_out)
