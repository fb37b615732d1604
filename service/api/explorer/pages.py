"""What a page is: where it stands, which answers it needs, which template shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from service.api.directory import PAGES
from service.api.explorer.answers import Answer, Answers, Ask
from service.api.explorer.rendering import EDITION, POLICY, html
from service.api.explorer.views import View
from service.api.http.operation import Operation, Reading
from service.api.http.parameters import Moment, Parameters
from service.api.http.representations import Rendering
from service.api.presence import while_there

COST = 3
Asks: TypeAlias = Mapping[str, Ask]


class PageParameters(Moment, frozen=True, kw_only=True):
    """What every page takes."""

    theme: Annotated[
        Literal["light", "dark"] | None, Meta(description="Else what the reader's device prefers.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: without its `first` answers there is none; what it asks `then` may depend on them,
    and where one of these is refused, the page says why.

    The first of the `first` is the one that the page is a face of; `validator` is as of other
    operations.
    """

    id: str
    path: str
    summary: str
    template: str
    first: Callable[[View], Asks]
    then: Callable[[View, Mapping[str, Any]], Asks] = lambda _view, _found: {}
    parameters: type[Struct] = PageParameters
    validator: Literal["revision", "body"] = "revision"


@dataclass(frozen=True)
class Shown:
    """A page with its answers."""

    page: Page
    view: View
    answers: Mapping[str, Answer]

    @property
    def is_whole(self) -> bool:
        return all(answer.is_whole for answer in self.answers.values())

    @property
    def headers(self) -> dict[str, str]:
        main = next(iter(self.answers.values()), None)
        named = main.ask.address if main is not None else "/v1"
        return {
            "content-security-policy": POLICY,
            "referrer-policy": "strict-origin-when-cross-origin",
            "link": f'<{named}>; rel="alternate"; type="application/json"',
        }

    def html(self, _: Rendering) -> bytes:
        return html(self.page.template, self.view, self.answers)


def page_operation(page: Page) -> Operation[Any]:
    """The GET of a page."""

    async def show(reading: Reading[Any], **ids: str) -> Shown:
        view = View.of(reading, ids)
        answers = Answers(reading)
        await reading.snapshot.end()
        shown = while_there(reading.request, _asked(page, view, answers))
        return Shown(page, view, await shown)

    return Operation(
        id=page.id,
        path=page.path,
        tag=PAGES,
        gives={"page": show},
        parameters=Parameters(page.parameters),
        cost=COST,
        pinning="as_of_and_on",
        version=EDITION,
        summary=page.summary,
        suffixes=("html",),
        validator=page.validator,
        is_form=True,
    )


async def _asked(page: Page, view: View, answers: Answers) -> dict[str, Answer]:
    asks = page.first(view)
    found = {name: await answers.one(ask) for name, ask in asks.items()}
    bodies = {name: answer.body for name, answer in found.items()}
    return found | await answers.several(page.then(view, bodies))
