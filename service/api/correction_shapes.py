"""Corrections as the API shows them."""

from typing import Any, Literal

import msgspec
from msgspec import Struct

from service.api.schemas import PageShown
from service.formats.json_records import instant_text
from service.model.corrections import Correction, Verdict


class DecisionShown(Struct, kw_only=True):
    """What became of it; `revision` is the one that holds what was accepted."""

    decision: Verdict
    reason: str
    decided_at: str
    decided_by: str
    revision: int | None


class CorrectionShown(Struct, kw_only=True):
    """What somebody says is wrong with a record, and what came of it.

    `has_proposed` tells a proposal to empty the field from none. `contact` is null for everyone
    but curators.
    """

    object: Literal["correction"] = "correction"
    id: str
    href: str
    status: Literal["open", "accepted", "rejected", "duplicate"]
    collection: str
    record_id: str
    field: str | None
    has_proposed: bool
    proposed: Any
    statement: str
    source_url: str | None
    contact: str | None
    received_at: str
    decision: DecisionShown | None
    links: dict[str, str]


class CorrectionList(Struct, kw_only=True):
    """Corrections, the newest first."""

    object: Literal["list"] = "list"
    data: list[CorrectionShown]
    page: PageShown


def shown(correction: Correction, *, to_curator: bool) -> CorrectionShown:
    """The correction with its trace; the contact only for curators."""
    proposed = correction.proposed
    return CorrectionShown(
        id=correction.id,
        href=f"/v1/corrections/{correction.id}",
        status=correction.status,  # type: ignore[arg-type]
        collection=correction.collection,
        record_id=correction.record_id,
        field=correction.field,
        has_proposed=proposed is not None,
        proposed=None if proposed is None else msgspec.json.decode(proposed),
        statement=correction.statement,
        source_url=correction.source_url,
        contact=correction.contact if to_curator else None,
        received_at=instant_text(correction.received_at),
        decision=_decision(correction),
        links=_links(correction),
    )


def _decision(correction: Correction) -> DecisionShown | None:
    if correction.decided_at is None:
        return None
    return DecisionShown(
        decision=correction.status,  # type: ignore[arg-type]
        reason=correction.reason or "",
        decided_at=instant_text(correction.decided_at),
        decided_by=correction.decided_by or "",
        revision=correction.revision,
    )


def _links(correction: Correction) -> dict[str, str]:
    record = f"/v1/{correction.collection}/{correction.record_id}"
    links = {"record": record, "history": f"{record}/history"}
    if correction.revision is not None:
        links["revision"] = f"/v1/revisions/{correction.revision}"
    return links
