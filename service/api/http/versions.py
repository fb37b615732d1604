"""The version of the API's contract, and what of it is to go away.

That is said in the OpenAPI document and in the headers of every answer that used it. An operation
is declared so by its row (`deprecated=Deprecation(...)`), a parameter by its `Meta`:
`Annotated[str | None, Meta(extra={"deprecated": Deprecation(...)})]`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import TypeVar

from service.api.http.state import AnyAnswer

Told = TypeVar("Told", bound=AnyAnswer)
API_VERSION = "1.0.0"
DESCRIPTIONS = (
    '</openapi.json>; rel="service-desc"; type="application/json"',
    '</docs>; rel="service-doc"; type="text/html"',
)
DESCRIBED_BY = '</v1/schema>; rel="describedby"'
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
PROMISE = "/docs/compatibility"


@dataclass(frozen=True)
class Deprecation:
    """Since when it is, what to use `instead`, and from which day on it may be gone."""

    since: date
    instead: str
    sunset: date | None = None

    @property
    def sentence(self) -> str:
        """For people who read the description."""
        ends = f", may be gone from {self.sunset} on" if self.sunset else ""
        return f"Deprecated since {self.since}{ends}: use {self.instead}."


def with_deprecations(answer: Told, *used: Deprecation | None) -> Told:
    """The answer with Deprecation (RFC 9745) and Sunset (RFC 8594) of what the request used, the
    earliest of each, and their links beside those that it has.
    """
    told = [deprecation for deprecation in used if deprecation is not None]
    if not told:
        return answer
    links = [*filter(None, [answer.headers.get("link")]), _link("deprecation")]
    since = min(_start(deprecation.since) for deprecation in told)
    answer.headers["deprecation"] = f"@{int(since.timestamp())}"
    if sunsets := [_start(d.sunset) for d in told if d.sunset is not None]:
        answer.headers["sunset"] = format_datetime(min(sunsets), usegmt=True)
        links.append(_link("sunset"))
    answer.headers["link"] = ", ".join(links)
    return answer


def _link(relation: str) -> str:
    return f'<{PROMISE}>; rel="{relation}"; type="text/html"'


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
