"""The pages across records: the front, comparisons, the timeline, search, methods, changes,
coverage, and the facts that a figure stands on.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from service.api.explorer.answers import Ask
from service.api.explorer.facts import ROWS, behind, facts
from service.api.explorer.pages import Asks, Page, PageParameters
from service.api.explorer.views import View
from service.api.http.paging import CURSOR, LIMIT
from service.api.http.query_string import QueryString
from service.usecases.analyses.declarations.comparison import LEAST

Bodies = Mapping[str, Any]
EVENTS, HITS, REVISIONS, SHOWN = 50, 20, 30, 100
NAMED = {"fields": "id,name", LIMIT: ROWS}
Words = tuple[str, ...]
After = Annotated[str | None, Meta(description="Where the page before ended.")]


class Compared(PageParameters, frozen=True, kw_only=True):
    """What a comparison takes."""

    products: Annotated[Words, Meta(description="Products side by side.")] = ()
    vendors: Annotated[Words, Meta(description="Or vendors.")] = ()
    market: Annotated[str | None, Meta(description="Only the features of this market.")] = None


class Dated(PageParameters, frozen=True, kw_only=True):
    """What the timeline takes."""

    market: Annotated[str | None, Meta(description="Only what happened in this market.")] = None
    event: Annotated[str | None, Meta(description="Only events of this kind.")] = None
    vendor: Annotated[str | None, Meta(description="Only what this vendor did.")] = None
    after: After = None


class Searched(PageParameters, frozen=True, kw_only=True):
    """What a search takes."""

    q: Annotated[str | None, Meta(description="Words, in whatever language.")] = None
    type: Annotated[str | None, Meta(description="Only this kind of record.")] = None
    after: After = None


class Changed(PageParameters, frozen=True, kw_only=True):
    """What the page of changes takes."""

    revision: Annotated[
        Annotated[int, Meta(ge=1, le=10**9)] | None, Meta(description="What this one changed.")
    ] = None
    after: After = None


class Covered(PageParameters, frozen=True, kw_only=True):
    """What the page of coverage takes."""

    market: Annotated[str | None, Meta(description="Cell by cell in this market.")] = None


class Explained(PageParameters, frozen=True, kw_only=True):
    """What the page of facts takes."""

    of: Annotated[str, Meta(description="The address of a figure, below /v1.")]
    start: Annotated[int, Meta(ge=0, le=10**6, description="How many come before.")] = 0


def _front(_: View) -> Asks:
    return {"overview": Ask("/homogenization")}


def _beside_front(view: View, _: Bodies) -> Asks:
    newest = {"sort": "-date", LIMIT: EVENTS, "date__lte": view.day, "event": "adoption.date"}
    return {"coverage": Ask("/coverage"), "events": _events(newest)}


def _events(query: Mapping[str, Any]) -> Ask:
    fields = (
        "id,kind,record_id,event,date,evidence,product_id,product.name,vendor.name,feature.name"
    )
    return Ask("/timeline", {"fields": fields, **query})


def _compare(view: View) -> Asks:
    asked: Compared = view.parameters
    if len(asked.products) + len(asked.vendors) < LEAST:
        return {"products": Ask("/products", NAMED)}
    named = {"products": ",".join(asked.products), "vendors": ",".join(asked.vendors)}
    return {"comparison": Ask("/compare", {**named, "market": asked.market})}


def _beside_compared(_: View, found: Bodies) -> Asks:
    listed = {"products": Ask("/products", NAMED), "vendors": Ask("/vendors", NAMED)}
    return {name: ask for name, ask in listed.items() if name not in found}


def _timeline(view: View) -> Asks:
    asked: Dated = view.parameters
    narrowed = {"market_ids": asked.market, "event": asked.event, "vendor_id": asked.vendor}
    return {"events": _events({"sort": "-date", LIMIT: EVENTS, CURSOR: asked.after, **narrowed})}


def _behind_events(_: View, found: Bodies) -> Asks:
    return {"markets": Ask("/markets", NAMED), **behind(found["events"]["data"])}


def _search(view: View) -> Asks:
    asked: Searched = view.parameters
    if not asked.q:
        return {"markets": Ask("/markets", NAMED)}
    words = {"q": asked.q, "type": asked.type, "facets": "type", LIMIT: HITS, CURSOR: asked.after}
    return {"found": Ask("/search", words)}


def _methods(_: View) -> Asks:
    return {"methods": Ask("/methods", {LIMIT: ROWS})}


def _method(view: View) -> Asks:
    return {"method": Ask(f"/methods/{view.ids['method_id']}")}


def _changes(view: View) -> Asks:
    asked: Changed = view.parameters
    if asked.revision is not None:
        return {"revision": Ask(f"/revisions/{asked.revision}")}
    return {"revisions": Ask("/revisions", {LIMIT: REVISIONS, CURSOR: asked.after})}


def _differences(_: View, found: Bodies) -> Asks:
    if "revision" not in found:
        return {"releases": Ask("/releases", {LIMIT: REVISIONS})}
    number, touched = found["revision"]["id"], found["revision"]["touched"]
    span = {"from": f"rev:{number - 1}", "to": f"rev:{number}", LIMIT: SHOWN}
    return {
        f"diff_{one['collection']}": Ask("/diff", {**span, "collection": one["collection"]})
        for one in touched
    }


def _coverage(view: View) -> Asks:
    return {"coverage": Ask("/coverage", {"market": view.parameters.market})}


def _beside_coverage(_: View, __: Bodies) -> Asks:
    return {"markets": Ask("/markets", NAMED)}


def _figure(view: View) -> Asks:
    asked: Explained = view.parameters
    path, _, query = asked.of.removeprefix("/v1").partition("?")
    given = {name: values[-1] for name, values in QueryString(query.encode()).given.items()}
    return {"figure": Ask(path, {**given, "explain": "true"})}


def _facts_behind(view: View, found: Bodies) -> Asks:
    told, start = found["figure"]["explain"], view.parameters.start
    ids = told["ids"][start : start + SHOWN]
    lost = told["disputed_ids"][:SHOWN]
    shown = {"facts": ids, "disputed": lost}
    return {
        name: facts(told["collection"], id=",".join(some)) for name, some in shown.items() if some
    }


FRONT = Page(
    id="show_front",
    path="/",
    summary="The market of markets, for readers",
    template="front.html",
    first=_front,
    then=_beside_front,
)


def _page(path: str, summary: str, first: Any, then: Any = None, **more: Any) -> Page:
    name = path.strip("/").partition("/")[0]
    given = {"id": f"show_{name}", "template": f"{name}.html", **more}
    if then is not None:
        given["then"] = then
    return Page(path=path, summary=summary, first=first, **given)


OVERVIEWS = [
    _page("/compare", "Side by side", _compare, _beside_compared, parameters=Compared),
    _page("/timeline", "What happened when", _timeline, _behind_events, parameters=Dated),
    _page("/search", "What is meant by some words", _search, parameters=Searched),
    _page("/methods", "How the figures are made", _methods),
    _page(
        "/methods/{method_id:str}",
        "How a figure is made",
        _method,
        id="show_method",
        template="method.html",
    ),
    _page(
        "/changes",
        "What was written into the base",
        _changes,
        _differences,
        parameters=Changed,
        validator="body",  # releases come between revisions
    ),
    _page("/coverage", "How much is known", _coverage, _beside_coverage, parameters=Covered),
    _page("/facts", "What a figure stands on", _figure, _facts_behind, parameters=Explained),
]
