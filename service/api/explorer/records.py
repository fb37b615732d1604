"""The pages of records: markets, products, features, vendors, groups, ways to earn, sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from msgspec import Meta

from service.api.explorer.answers import Ask
from service.api.explorer.facts import ROWS, facts
from service.api.explorer.pages import Asks, Page, PageParameters
from service.api.explorer.views import View
from service.api.http.paging import CURSOR, LIMIT
from service.query.fields import Collection
from service.query.registry import (
    BUSINESS_MODELS,
    FEATURES,
    GROUPS,
    MARKETS,
    PRODUCTS,
    SOURCE,
    VENDORS,
)

Bodies = Mapping[str, Any]
NAMED = {"fields": "id,name", LIMIT: ROWS}
LATEST = 10  # versions
LIKE = {"include": "sources"}


class Listed(PageParameters, frozen=True, kw_only=True):
    """What a list of records takes."""

    after: Annotated[str | None, Meta(description="Where the page before ended.")] = None


class InMarket(PageParameters, frozen=True, kw_only=True):
    """What the page of a record that is in several markets takes."""

    market: Annotated[
        str | None, Meta(description="In which market; without it the first of its own.")
    ] = None


def _path(view: View, collection: Collection) -> str:
    return f"/{collection.name}/{view.id}"


def _chosen(view: View, own: Iterable[str]) -> str | None:
    """The market asked for, or the first."""
    chosen: str | None = view.parameters.market
    return chosen or next(iter(own), None)


def _market(view: View) -> Asks:
    return {"record": Ask(_path(view, MARKETS), LIKE)}


def _of_market(view: View, _: Bodies) -> Asks:
    path = _path(view, MARKETS)
    return {
        "homogenization": Ask(f"{path}/homogenization", {"interval": "quarter"}),
        "penetration": Ask(f"{path}/penetration"),
        "time_to_copy": Ask(f"{path}/time-to-copy"),
        "matrix": Ask(f"{path}/matrix"),
        "league": Ask(f"{path}/league"),
        "copy_graph": Ask(f"{path}/copy-graph"),
        "near_simultaneous": Ask(f"{path}/near-simultaneous"),
        "monetization": Ask(f"{path}/monetization"),
        "cadence": Ask(f"{path}/cadence"),
        "versions": _latest("product.market_ids", view),
    }


def _latest(path: str, view: View) -> Ask:
    """The latest versions of the products of a record; its picture is of all of them."""
    chosen: dict[str, Any] = {path: view.id, "sort": "-date", LIMIT: LATEST}
    return facts("versions", **chosen)


def _product(view: View) -> Asks:
    return {"record": Ask(_path(view, PRODUCTS), {"include": "vendor,markets,sources"})}


def _of_product(view: View, found: Bodies) -> Asks:
    path = _path(view, PRODUCTS)
    about = {name: facts(name, path) for name in ("adoptions", "versions", "monetizations")}
    about |= {name: facts(name, path) for name in ("usage", "surveys")}
    market = _chosen(view, found["record"]["market_ids"])
    asked = {"market": market}
    measured = {
        "homogenization": Ask(f"{path}/homogenization", asked),
        "gaps": Ask(f"{path}/gaps", asked),
        "similar": Ask(f"{path}/similar", asked),
    }
    beside = {"cadence": Ask(f"{path}/cadence"), "audience": Ask(f"{path}/audience")}
    return {**(measured if market else {}), **beside, **about}


def _feature(view: View) -> Asks:
    path = _path(view, FEATURES)
    adoptions = facts("adoptions", path, sort="date")
    named = f"{adoptions.query['fields']},product.market_ids"
    return {
        "record": Ask(path, {"include": "markets,sources"}),
        "adoptions": Ask(adoptions.path, {**adoptions.query, "fields": named}),
    }


def _of_feature(view: View, found: Bodies) -> Asks:
    path = _path(view, FEATURES)
    rows = found["adoptions"]["data"]
    counted = Counter(market for row in rows for market in row["product"]["market_ids"])
    scope = found["record"]["market_ids"]
    among = [market for market, _ in counted.most_common() if scope is None or market in scope]
    asked = {"market": _chosen(view, among or scope or ())}
    markets = {"markets": Ask("/markets", {**NAMED, "id": ",".join(among)})} if among else {}
    if asked["market"] is None:
        return markets
    return {
        "time_to_copy": Ask(f"{path}/time-to-copy", asked),
        "homogenization": Ask(f"{path}/homogenization", asked),
        "forecast": Ask(f"{path}/forecast", asked),
        **markets,
    }


def _vendor(view: View) -> Asks:
    path = _path(view, VENDORS)
    return {
        "record": Ask(path, {"include": "groups,sources"}),
        "products": Ask(
            f"{path}/products", {LIMIT: ROWS, "include": "markets", "sort": "launched"}
        ),
    }


def _of_vendor(view: View, found: Bodies) -> Asks:
    path = _path(view, VENDORS)
    rows = found["products"]["data"]
    counted = Counter(market for row in rows for market in row["market_ids"])
    market = _chosen(view, [name for name, _ in counted.most_common()])
    copying = {"time_to_copy": Ask(f"{path}/time-to-copy", {"market": market})} if market else {}
    return {
        "homogenization": Ask(f"{path}/homogenization"),
        **copying,
        "capital": Ask(f"{path}/capital"),
        "investments": facts("investments", path),
        "versions": _latest("product.vendor_id", view),
    }


def _group(view: View) -> Asks:
    return {"record": Ask(_path(view, GROUPS), {"include": "vendors,sources"})}


def _of_group(_: View, found: Bodies) -> Asks:
    ids = ",".join(found["record"]["vendor_ids"])
    listed = {LIMIT: ROWS, "include": "vendor", "sort": "vendor_id,launched"}
    together = {"compare": Ask("/compare", {"vendors": ids})} if "," in ids else {}
    return {**together, "products": Ask("/products", {"vendor_id": ids, **listed})}


def _business_model(view: View) -> Asks:
    return {"record": Ask(_path(view, BUSINESS_MODELS), LIKE)}


def _of_business_model(view: View, _: Bodies) -> Asks:
    return {"monetizations": facts("monetizations", _path(view, BUSINESS_MODELS))}


def _source(view: View) -> Asks:
    return {"record": Ask(_path(view, SOURCE))}


def _of_source(view: View, _: Bodies) -> Asks:
    shown = "id,href,kind,record_id,product.name,vendor.name,feature.name"
    return {"facts": Ask(f"{_path(view, SOURCE)}/facts", {"fields": shown, LIMIT: ROWS})}


def _every(collection: Collection) -> Page:
    """All records of a kind by their names."""

    def first(view: View) -> Asks:
        named = {"fields": "id,name", "sort": "name", LIMIT: ROWS, CURSOR: view.parameters.after}
        return {"records": Ask(f"/{collection.name}", named)}

    return Page(
        id=f"show_{collection.plural.replace(' ', '_')}",
        path=f"/{collection.name}",
        summary=f"All {collection.plural}, for readers",
        template="records.html",
        first=first,
        parameters=Listed,
    )


def _page(collection: Collection, first: Any, then: Any, parameters: Any = PageParameters) -> Page:
    """Of a kind of record, at the address that its name gives."""
    return Page(
        id=f"show_{collection.kind}",
        path=f"/{collection.name}/{{record_id:str}}",
        summary=f"One {collection.singular}, for readers",
        template=f"{collection.kind}.html",
        first=first,
        then=then,
        parameters=parameters,
    )


RECORDS = [
    *map(_every, (MARKETS, PRODUCTS, FEATURES, VENDORS, GROUPS, BUSINESS_MODELS)),
    _page(MARKETS, _market, _of_market),
    _page(PRODUCTS, _product, _of_product, InMarket),
    _page(FEATURES, _feature, _of_feature, InMarket),
    _page(VENDORS, _vendor, _of_vendor, InMarket),
    _page(GROUPS, _group, _of_group),
    _page(BUSINESS_MODELS, _business_model, _of_business_model),
    _page(SOURCE, _source, _of_source),
]
