"""`POST /v1/resolve`: a partner's own list of names against ours. A read; nothing is stored."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from litestar import Response
from msgspec import Meta, Struct

from service.api.http import bodies
from service.api.http.bodies import Body
from service.api.http.languages import language
from service.api.http.negotiation import negotiated
from service.api.http.parameters import AsOf, Language, parameters_of
from service.api.http.representations import BY_SUFFIX
from service.api.http.state import AnyRequest
from service.formats.json_records import encode
from service.model.errors import Code, Fault, pointer_to
from service.search.phrases import TooManyWords, typed
from service.search.resolution import EXAMPLE, Wanted
from service.store.database import Database
from service.texts.sentences import sentence_of
from service.usecases import search
from service.usecases.search import RecordType, Resolution

ITEMS_MAX = 500
NAME_CHARACTERS = 200
Items = Meta(min_length=1, max_length=ITEMS_MAX)


class ResolveItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name; address (its vendor's homepage), type and country narrow it down."""

    name: Annotated[str, Meta(min_length=1, max_length=NAME_CHARACTERS, examples=[EXAMPLE])]
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


class ResolveParameters(Language, frozen=True, kw_only=True):
    """What a resolution takes beside its body."""

    as_of: AsOf = None


async def resolve_names(request: AnyRequest) -> Response[ResolutionList]:
    """Match a list of names.

    Up to 500 names, or addresses, or ids such as `wikidata:Q95`, each with the records it may mean
    and a verdict.

    match: exactly one record is called so, by a name, an alias or its id, without regard to case,
    spacing, script variant or a legal form at the end (`Inc.`, or a Chinese one); of several,
    exactly one whose homepage is the url's host. ambiguous: there are candidates and somebody
    should look (several of the name, pinyin, a typing error, only a part of the name, another
    country). none: there is nothing like it.
    """
    parameters = parameters_of(request, ResolveParameters)
    as_of, lang = parameters.as_of, language(request, parameters.lang).lang
    negotiated(request.scope, request.headers.get("accept", ""), (BY_SUFFIX["json"],))
    raw = await bodies.content(request, (bodies.JSON,), None)
    wanted = _wanted(bodies.parsed(raw, ResolveRequest))
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


def _wanted(body: Body) -> list[Wanted]:
    """Raises ServiceError with every fault of the body."""
    found = bodies.shaped(body, ResolveRequest, lambda _: _long_names(body.values.get("items")))
    return [Wanted(item.name, item.url, item.type, item.country) for item in found.items]


def _long_names(items: Any) -> Iterator[Fault]:
    """The names of too many words, whatever else is wrong with the items."""
    for place, item in enumerate(items if isinstance(items, list) else ()):
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str) or len(name) > NAME_CHARACTERS:
            continue
        try:
            typed(name)
        except TooManyWords as error:
            pointer = pointer_to("items", place, "name")
            yield Fault(Code.VALIDATION_FAILED, sentence_of(error), pointer=pointer)
