"""What a file takes and what it refuses: all rows in one piece, so nothing of paging."""

from service.api.http.parameters import Parameter, Query
from service.formats.files.record_files import CSV, Form
from service.model.errors import Code

INCLUDE = "include"
PAGING = ("limit", "cursor", "count", "facets", "sample", "seed")
EXCEL = Parameter(
    name="excel", doc="true: for Excel, with a byte order mark, CRLF and guarded formulas.",
    schema={"type": "boolean", "default": False},
)  # fmt: skip


def of_file(parameters: list[Parameter], form: Form | None) -> list[Parameter]:
    """Those of a list's parameters that its file takes, and the file's own; None: the list."""
    left = [parameter for parameter in parameters if parameter.name not in _refused(form)]
    return [*left, EXCEL] if form == CSV else left


def refuse_paging(query: Query, form: Form | None) -> None:
    """Note what would cut a file or stand beside it."""
    for name in _refused(form):
        if form is not None and name in query.given:
            hint = " Name its fields: fields=id,vendor.name." if name == INCLUDE else ""
            detail = f"A .{form.suffix} file holds all rows and takes no {name}.{hint}"
            query.fault(Code.INCOMPATIBLE_PARAMETERS, name, detail)


def is_excel(query: Query) -> bool:
    return query.choice(EXCEL.name, ("true", "false"), "false") == "true"


def _refused(form: Form | None) -> tuple[str, ...]:
    if form is None:
        return ()
    return (*PAGING, INCLUDE) if form == CSV else PAGING
