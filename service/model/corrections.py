"""A correction: somebody says what is wrong, somebody decides, and the trace stays."""

from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import UNSET, Meta, Struct, UnsetType

from service.model.errors import Code, Fault
from service.texts.sentences import sentence

STATUSES = ("open", "accepted", "rejected", "duplicate")
PROPOSED_BYTES = 8000
Verdict = Literal["accepted", "rejected", "duplicate"]
Statement = Annotated[str, Meta(min_length=1, max_length=2000)]
Url = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s\x00-\x1f\x7f-\x9f]+$",
        max_length=2000,
        examples=["https://example.org/page"],
    ),
]


class NewCorrection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wrong with a record. `field` and `proposed` say what would be right, as the record
    shows it (null: it should be empty). Without `record_id` a record is missing, and `proposed` is
    what is written of it. `contact` is never shown in public.
    """

    collection: Annotated[str, Meta(max_length=80)]
    statement: Statement
    record_id: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    field: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    proposed: Any | UnsetType = UNSET
    source_url: Url | None = None
    contact: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class NewDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a correction. One that is accepted is applied now, or names the revision
    that holds it already.
    """

    decision: Verdict
    reason: Statement
    apply: bool = False
    revision: Annotated[int, Meta(ge=1, le=2**53 - 1)] | None = None


def mismatches(given: Mapping[str, Any], broken: Set[str]) -> Iterator[Fault]:
    """What does not go together in a decision; of `broken` members nothing is known."""
    if broken & {"decision", "apply", "revision"}:
        return
    is_applied, is_held = given.get("apply", False), given.get("revision") is not None
    if given.get("decision") == "accepted":
        if is_applied == is_held:
            detail = sentence("corrections.accepted")
            yield Fault(Code.VALIDATION_FAILED, detail, pointer="/apply")
    elif "decision" in given:
        for name, is_given in (("apply", is_applied), ("revision", is_held)):
            if is_given:
                detail = sentence("corrections.only_accepted", name=name)
                yield Fault(Code.VALIDATION_FAILED, detail, pointer=f"/{name}")


class Correction(NamedTuple):
    """A stored correction; `proposed` is JSON text, None when nothing is proposed. A record that is
    proposed has its `record_id` when it was accepted."""

    id: str
    collection: str
    record_id: str | None
    field: str | None
    proposed: str | None
    statement: str
    source_url: str | None
    contact: str | None
    received_at: datetime
    status: str
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    revision: int | None
