"""`POST /v1/resolve`: a partner's own list of names against ours. A read; nothing is stored."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, post
from msgspec import Meta, Struct

from service.api.http.bodies import converted, json_body, unprocessable
from service.api.http.conditional import accepts_json
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, Query
from service.formats.json_records import encode
from service.model.errors import Code, Fault, ServiceError
from service.search.phrases import TooManyWords, typed
from service.search.resolution import EXAMPLE, Wanted
from service.store.database import Database
from service.usecases import search
from service.usecases.search import RecordType, Resolution

ITEMS_MAX = 500
Items = Meta(min_length=1, max_length=ITEMS_MAX)


class ResolveItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name; address (its vendor's homepage), type and country narrow it down."""

    name: Annotated[str, Meta(min_length=1, max_length=200, examples=[EXAMPLE])]
    url: Annotated[str, Meta(max_length=2000)] | None = None
    type: RecordType | None = None
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["CN"])] | None = None


class ResolveRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list."""

    items: Annotated[list[ResolveItem], Items]


class ResolveMeta(Struct):
    """At which revision, in which language, and how many of each verdict."""

    revision: int
    as_of: str | None
    lang: str
    counts: dict[Literal["match", "ambiguous", "none"], int]


class ResolutionList(Struct):
    """One resolution for each item, in the order asked."""

    object: Literal["list"]
    data: list[Resolution]
    meta: ResolveMeta


class _Envelope(Struct, forbid_unknown_fields=True):
    items: Annotated[list[Any], Items]


@post("/v1/resolve", operation_id="resolve_names", summary="Match a list of names",
      status_code=200, tags=["Search"],
      opt={"parameters": [LANG, AS_OF], "body": ResolveRequest, "scope": "read"})  # fmt: skip
async def resolve_names(request: Request[Any, Any, Any]) -> Response[ResolutionList]:
    """Up to 500 names, each with the records it may mean and a verdict.

    match: exactly one record is called so, by a name, an alias or its id, without regard to case,
    spacing, script variant or a legal form at the end (`Inc.`, or a Chinese one); of several,
    exactly one whose homepage is the url's host. ambiguous: there are candidates and somebody
    should look (several of the name, pinyin, a typing error, only a part of the name, another
    country). none: there is nothing like it.
    """
    query = Query(request)
    lang, as_of = query.lang() or language(request)[0], query.one("as_of")
    query.finish([LANG.name, AS_OF.name])
    if not accepts_json(request.headers.get("accept", "")):
        raise ServiceError(Code.NOT_ACCEPTABLE, "This address answers application/json.")
    wanted = _wanted(await json_body(request))
    database: Database = request.app.state.database
    async with database.read(as_of) as snapshot:
        index = await request.app.state.indexes.get(snapshot)
    found = await search.resolutions(index, wanted, lang)
    verdicts = [resolution.verdict for resolution in found]
    counts = {verdict: verdicts.count(verdict) for verdict in ("match", "ambiguous", "none")}
    meta = ResolveMeta(snapshot.revision, as_of, lang, counts)  # type: ignore[arg-type]
    headers = {
        "cache-control": "no-store",
        "dataset-revision": str(snapshot.revision),
        "content-language": lang,
    }
    body: Any = encode(ResolutionList("list", found, meta))
    return Response(body, headers=headers, media_type="application/json")


def _wanted(raw: Any) -> list[Wanted]:
    """Raises ServiceError with every fault of the body."""
    faults: list[Fault] = []
    envelope = converted(raw, _Envelope, "", faults)
    items = envelope.items if envelope else []
    wanted = [_item(item, f"/items/{n}", faults) for n, item in enumerate(items)]
    if faults:
        raise unprocessable(faults)
    return [one for one in wanted if one]


def _item(raw: Any, pointer: str, faults: list[Fault]) -> Wanted | None:
    item = converted(raw, ResolveItem, pointer, faults)
    if item is None:
        return None
    try:
        typed(item.name)
    except TooManyWords as error:
        faults.append(Fault(Code.VALIDATION_FAILED, str(error), pointer=f"{pointer}/name"))
    return Wanted(item.name, item.url, item.type, item.country)


HANDLERS = [resolve_names]
