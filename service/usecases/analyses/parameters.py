"""What analyses may be asked: the parameters that several share, each with its words once."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from service import limits
from service.maths import parameters as asked
from service.maths.parameters import Count, Days, Evidence, Interval, Share, Stage
from service.model.releases import REVISION_FORM
from service.query.filters.parameters import filter_names
from service.query.registry import PRODUCTS
from service.texts.messages import LANGUAGES


class AnalysisParameters(Struct, frozen=True, kw_only=True):
    """What every analysis may be asked."""

    on: Annotated[
        date | None,
        Meta(
            description="The world's day: facts in force on it. A month or year means its last"
            " day. Default: today.",
            examples=["2026-11-01"],
        ),
    ] = None
    as_of: Annotated[
        str | None,
        Meta(
            description="What the base said then: `rev:N`, a release, a day (its end, UTC) or an"
            " instant with a zone.",
            examples=["rev:1"],
            extra_json_schema={"pattern": REVISION_FORM},
        ),
    ] = None
    lang: Annotated[
        Literal[LANGUAGES] | None,  # type: ignore[valid-type]
        Meta(
            description="Language of names and texts; wins over Accept-Language.", examples=["zh"]
        ),
    ] = None
    evidence: Annotated[
        Evidence, Meta(description="sourced: facts with a source; any: unsourced ones too.")
    ] = "sourced"
    stage_min: Annotated[
        Stage, Meta(description="The least stage that counts as having a feature.")
    ] = "preview"
    stage: Annotated[Stage | None, Meta(description="Short for stage_min.")] = None
    explain: Annotated[
        bool, Meta(description="true: also the ids of the facts that the answer stands on.")
    ] = False
    filter: Annotated[
        Annotated[str, Meta(max_length=limits.FILTER_CHARACTERS)] | None,
        Meta(
            description="Which products count: an AIP-160 expression over products.",
            examples=['vendor.country = "CN"'],
        ),
    ] = None


class InMarket(AnalysisParameters, frozen=True, kw_only=True):
    """Of what is measured in one market."""

    market: Annotated[str, Meta(description="The market.", examples=["chat-assistants"])]


class InAnyMarket(AnalysisParameters, frozen=True, kw_only=True):
    """Of what is measured in one market, or in all markets as one."""

    market: Annotated[
        str | None,
        Meta(
            description="The market; without it all markets are treated as one.",
            examples=["chat-assistants"],
        ),
    ] = None


class InOwnMarket(AnalysisParameters, frozen=True, kw_only=True):
    """Of what is measured in a market of its own."""

    market: Annotated[
        str | None,
        Meta(
            description="The market; a product that is in one only needs none.",
            examples=["chat-assistants"],
        ),
    ] = None


# The flat filters over products that analyses take.
FILTERS = [n for n in filter_names(PRODUCTS) if n.startswith(("vendor.", "vendor_id"))]
# What only decides which points of a series are shown.
SERIES = ("interval", "from", "to")

Unit = Annotated[asked.Unit, Meta(description="What is compared: products, or vendors as wholes.")]
CopyUnit = Annotated[asked.Unit, Meta(description="Who copies: vendors, or single products.")]
Unknown = Annotated[
    asked.Unknown,
    Meta(description="Cells that nobody looked at: read as absent, or left out (exclude)."),
]
UnknownOrModel = Annotated[
    asked.UnknownOrModel,
    Meta(
        description="Cells that nobody looked at: drawn from what audits found (model), read as"
        " absent, or left out (exclude)."
    ),
]
BoundDates = Annotated[
    asked.BoundDates,
    Meta(
        description="Copies of which only the day is known by which they were there: spread over"
        " the days that are left (spread), or on that day (bound)."
    ),
]
SurveyValidDays = Annotated[
    Days, Meta(description="For so many days a survey speaks for what it did not find.")
]
MinJointFeatures = Annotated[
    Count,
    Meta(description="unknown=exclude: pairs with fewer features known for both are left out."),
]
Confidence = Annotated[asked.Confidence, Meta(description="Level of the intervals.")]
TableStakesMin = Annotated[
    Share, Meta(description="From this share of vendors on a feature is table stakes.")
]
DifferentiatorMax = Annotated[
    Share, Meta(description="Up to this share of vendors a feature is a differentiator.")
]
DateDraws = Annotated[Count, Meta(description="Draws of the imprecise dates.")]
Seed = Annotated[int, Meta(description="Decides everything that is drawn.")]
ChangeWindowDays = Annotated[Days, Meta(description="The change is over so many days.")]
SimultaneityDays = Annotated[
    asked.SimultaneityDays,
    Meta(description="Launches within so many days of the first count as first too."),
]
HorizonsDays = Annotated[
    asked.Horizons, Meta(description="Ages in days at which shares copied are told.")
]
ForecastHorizonsDays = Annotated[
    asked.ForecastHorizons, Meta(description="How many days ahead chances are told.")
]
AgeBandsDays = Annotated[
    asked.AgeBands,
    Meta(
        description="Limits in days of the ages within which the rate is constant; empty: none.",
    ),
]
BandPriorCopies = Annotated[
    asked.PriorCopies, Meta(description="How many copies the prior of each age band weighs.")
]
GapPermutations = Annotated[
    Count, Meta(description="Shuffles of the gaps, for the p-value of their trend.")
]
From = Annotated[date | None, Meta(description="First day of the series.", examples=["2024-01-01"])]
To = Annotated[date | None, Meta(description="Last day of the series.", examples=["2026-06-30"])]
SeriesInterval = Annotated[
    Interval, Meta(description="One point per event, or the last of each period.")
]
