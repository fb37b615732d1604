"""A place in the feed of changes, and what stands there."""

import re
from datetime import datetime
from typing import NamedTuple

from service.model.releases import MOMENT
from service.query.fields import Collection
from service.query.registry import BY_KIND

VERBS = ("created", "updated", "retired", "merged")
_SEQ = re.compile(r"(?:seq:)?(\d{1,18})\.([a-z_]{1,40})\.([a-z0-9_-]{1,80})\Z", re.ASCII)
_REVISION = re.compile(r"rev:(\d{1,18})\Z", re.ASCII)
# What names a place, as documents tell it: a moment, or a change.
PLACE_FORM = r"^(" + MOMENT + r"|(seq:)?[0-9]{1,18}\.[a-z_]{1,40}\.[a-z0-9_-]{1,80})$"
# Greater than every kind: the place behind the last change of a revision.
END = "~"


class Place(NamedTuple):
    """Where a change stands in the total order of all changes: revision, kind, id.

    A record changes at most once in a revision, so a place names one change, for ever.
    """

    revision: int
    kind: str
    id: str

    @property
    def seq(self) -> str:
        """`1842.product.kimi`."""
        return f"{self.revision}.{self.kind}.{self.id}"

    @property
    def cursor(self) -> str:
        """What `since` takes to go on behind this place."""
        return f"rev:{self.revision}" if self.kind == END else f"seq:{self.seq}"


def behind(revision: int) -> Place:
    """The place behind all changes of a revision."""
    return Place(revision, END, "")


def parse(text: str) -> Place | None:
    """The place that `rev:N`, `seq:…` or a bare seq names; None if it is none."""
    if whole := _REVISION.match(text):
        return behind(int(whole[1]))
    one = _SEQ.match(text)
    if one is None or one[2] not in BY_KIND:
        return None
    return Place(int(one[1]), one[2], one[3])


class Change(NamedTuple):
    """One record that one revision created, updated, retired or merged into another.

    `references` are the ids of the records that it points to, by field.
    """

    place: Place
    verb: str
    recorded_at: datetime
    references: dict[str, str]
    into: str | None = None

    @property
    def type(self) -> str:
        return f"{self.place.kind}.{self.verb}"


def reference_names(collection: Collection) -> list[str]:
    """The fields that hold exactly one id of another record."""
    return [field.name for field in collection.references if not field.type.is_list]
