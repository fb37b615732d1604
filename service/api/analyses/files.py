"""Analyses as `.csv` and `.md`: other forms of the same answer."""

from typing import Any

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.api.analyses import comparison, endpoints
from service.api.http.parameters import Query
from service.api.http.representations import FORMS, face, face_parameters
from service.formats.files.record_files import Form
from service.usecases.analyses.comparison import ComparisonAnswer
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.frame import ANSWER_TYPES

Asked = Request[Any, Any, Any]


def _handler(analysis: Analysis, form: Form) -> HTTPRouteHandler:
    operation, shape = analysis.operation, ANSWER_TYPES[analysis.operation]
    parameters = [*endpoints.parameters(analysis), *face_parameters(form, operation, shape)]

    async def respond_to(request: Asked, record_id: FromPath[str]) -> Any:
        query = Query(request)
        asked = endpoints.read(analysis, query, request)
        shown = face(form, request, query, operation, shape, asked.lang)
        compute = endpoints.computing(analysis, record_id, asked)
        query.finish(p.name for p in parameters)
        return await endpoints.answer(
            request, asked, query.normalized("on", "lang"), compute, shown
        )

    return get(
        f"{analysis.path}.{form.suffix}",
        operation_id=f"{operation}_as_{form.suffix}",
        summary=analysis.summary,
        description=analysis.doc,
        tags=["Analyses"],
        opt={"parameters": parameters, "answers": form.media_type, "is_validated": True},
    )(respond_to)


def _comparison(form: Form) -> HTTPRouteHandler:
    parameters = [*comparison.PARAMETERS, *face_parameters(form, "compare", ComparisonAnswer)]

    async def respond_to(request: Asked) -> Any:
        query = Query(request)
        asked = comparison.read(query, request)
        shown = face(form, request, query, "compare", ComparisonAnswer, asked.lang)
        query.finish(p.name for p in parameters)
        return await comparison.answer(request, query, asked, shown)

    return get(
        f"/v1/compare.{form.suffix}",
        operation_id=f"compare_as_{form.suffix}",
        summary="Products or vendors side by side",
        description="The same comparison in another form.",
        tags=["Analyses"],
        opt={"parameters": parameters, "answers": form.media_type, "is_validated": True},
    )(respond_to)


HANDLERS = [
    *(_handler(analysis, form) for analysis in ANALYSES for form in FORMS),
    *map(_comparison, FORMS),
]
