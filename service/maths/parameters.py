"""Parameters that several metrics share (metrics.md, 18), and what they may be."""

from typing import Annotated, Literal

from msgspec import Meta

Unknown = Literal["absent", "exclude"]
Days = Annotated[int, Meta(ge=1, le=36_500)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
SURVEY_VALID_DAYS = 365
MIN_JOINT_FEATURES = 3


def known_for(unknown: Unknown, survey_valid_days: int) -> int | None:
    """How long a survey speaks, where what is not known is left out; None: it reads as absent."""
    return survey_valid_days if unknown == "exclude" else None
