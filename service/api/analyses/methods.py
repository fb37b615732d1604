"""`/v1/methods`: how every figure is made."""

from typing import Literal

from msgspec import Struct

from service.api.http.operation import Reading
from service.api.http.paging import Listing, PagedLanguage, PageShown, cut
from service.api.http.parameters import Language
from service.model.errors import not_found
from service.model.methods import METHODS, text
from service.model.suggestions import nearest
from service.usecases.analyses.declarations import DECLARATIONS


class MethodChange(Struct):
    """What a version changed."""

    version: str
    what: str


class MethodShown(Struct):
    """A method, in the reader's language."""

    object: Literal["method"]
    id: str
    href: str
    version: str
    lang: str
    name: str
    definition: str
    formula: str
    assumptions: str
    limits: str
    references: list[str]
    changes: list[MethodChange]
    used_by: list[str]


class MethodList(Struct):
    """All methods."""

    object: Literal["list"]
    data: list[MethodShown]
    page: PageShown | None


async def list_methods(reading: Reading[PagedLanguage]) -> Listing[MethodList]:
    """How the figures are made.

    Every method with its definition, formula, assumptions, limits and references.
    """
    page, after = cut(reading.window, list(METHODS))
    shown = [_shown(method, reading.lang) for method in page]
    return Listing(MethodList("list", shown, None), after)


async def get_method(reading: Reading[Language], method_id: str) -> MethodShown:
    """One method.

    Definition, formula, assumptions, limits, references, version and what changed.
    """
    if method_id not in METHODS:
        raise not_found("method", method_id, nearest(method_id, METHODS))
    return _shown(method_id, reading.lang)


def _shown(method_id: str, lang: str) -> MethodShown:
    method, said = METHODS[method_id], text(method_id, lang)
    return MethodShown(
        object="method",
        id=method_id,
        href=f"/v1/methods/{method_id}",
        version=method.version,
        lang=lang,
        name=said.name,
        definition=said.definition,
        formula=method.formula,
        assumptions=said.assumptions,
        limits=said.limits,
        references=list(method.references),
        changes=[MethodChange(version, what) for version, what in said.changes.items()],
        used_by=_used_by(method_id),
    )


def _used_by(method_id: str) -> list[str]:
    """The paths whose answers hold figures of the method."""
    return [
        declaration.path.replace("record_id:str", "id")
        for declaration in DECLARATIONS
        if method_id in (declaration.method, *(metric.method for metric in declaration.metrics))
    ]
