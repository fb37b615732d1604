"""Every page: its address and the answers that it shows."""

from collections.abc import Mapping
from typing import Any

from service.api.explorer.answers import Ask
from service.api.explorer.pages import Asks, Page, page_operation
from service.api.explorer.views import View
from service.api.http.paging import LIMIT


def _front(_: View) -> Asks:
    return {"overview": Ask("/homogenization")}


def _beside_front(_: View, __: Mapping[str, Any]) -> Asks:
    return {
        "markets": Ask("/markets", {LIMIT: 200}),
        "coverage": Ask("/coverage"),
    }


def _market(view: View) -> Asks:
    return {"record": Ask(f"/markets/{view.id}")}


def _of_market(view: View, _: Mapping[str, Any]) -> Asks:
    path = f"/markets/{view.id}"
    return {
        "homogenization": Ask(f"{path}/homogenization", {"interval": "quarter"}),
        "matrix": Ask(f"{path}/matrix"),
        "time_to_copy": Ask(f"{path}/time-to-copy"),
        "league": Ask(f"{path}/league"),
    }


FRONT = page_operation(
    Page(
        id="show_front",
        path="/",
        summary="The market of markets",
        template="front.html",
        first=_front,
        then=_beside_front,
    )
)
OPERATIONS = [
    page_operation(
        Page(
            id="show_market",
            path="/markets/{record_id:str}",
            summary="A market",
            template="market.html",
            first=_market,
            then=_of_market,
        )
    ),
]
