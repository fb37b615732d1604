"""A survey of a product as a person makes it: features looked for, found or not found."""

import datetime
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta, Struct

from service.model.external_ids import SLUG, SOURCE_NAME

FEATURES_MAX = 500
Slug = Annotated[
    str,
    Meta(min_length=1, max_length=64, extra_json_schema={"pattern": f"^{SLUG}$"}),
]
FeatureIds = Annotated[list[Slug], Meta(max_length=FEATURES_MAX)]


# Read by the rules of a record's fields; told here as those are.
_NULL, _TEXT = {"type": "null"}, {"type": "string", "minLength": 1, "maxLength": 4000}
_LIST = {"type": "array", "items": {"type": "string", "maxLength": 2000, "pattern": SOURCE_NAME}}
Told = Annotated[Any, Meta(extra_json_schema={"anyOf": [_TEXT, _NULL]})]
Listed = Annotated[Any, Meta(extra_json_schema={"anyOf": [_LIST, _NULL]})]
Unsourced = Annotated[Any, Meta(extra_json_schema={"anyOf": [{"enum": ["unsourced"]}, _NULL]})]


class NewSurvey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was looked for in a product on a day (left out: today), by feature id.

    What is `present` and not on record yet becomes an adoption of the `stage`, proven by that day;
    what is `absent` is kept as the survey. `sources` takes addresses, `source_ids` ids.
    """

    product_id: Slug
    present: FeatureIds = []
    absent: FeatureIds = []
    date: datetime.date | None = None
    stage: Literal["preview", "ga"] = "ga"
    sources: Listed = None
    source_ids: Listed = None
    status: Unsourced = None
    note: Told = None


class OnRecord(NamedTuple):
    """What the base says already of a feature of the product; days are null where open."""

    id: str
    feature_id: str
    date: str | None
    date_min: datetime.date | None
    date_max: datetime.date | None
    until: str | None
    until_min: datetime.date | None
    until_max: datetime.date | None

    def has_ended(self, day: datetime.date) -> bool:
        """For certain."""
        return self.until_max is not None and self.until_max <= day

    def may_hold(self, day: datetime.date) -> bool:
        """Perhaps the product has the feature on the day."""
        has_begun = self.date is not None and (self.date_min is None or self.date_min <= day)
        return has_begun and not self.has_ended(day)

    def holds(self, day: datetime.date) -> bool:
        """For certain it has."""
        has_begun = self.date_max is not None and self.date_max <= day
        is_open = self.until is None or (self.until_min is not None and self.until_min > day)
        return has_begun and is_open
