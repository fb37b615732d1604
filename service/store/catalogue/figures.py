"""Published figures of products and vendors as the maths is fed with them."""

from typing import Any

from service import limits
from service.maths.panel.facts import InvestmentFact, UsageFact
from service.query.usage_metrics import UNITS
from service.store.catalogue.facts import ordinals
from service.store.curation.disputes import SET_ASIDE
from service.store.database import Snapshot


async def load_usage(snapshot: Snapshot, *, unsourced: bool) -> list[UsageFact]:
    """Those that lost a dispute among them; unsourced ones only if asked for."""
    rows = await _rows(snapshot, "usage", "product_id, metric, value", "period", unsourced)
    return [
        UsageFact(
            product=row["product_id"],
            metric=row["metric"],
            unit=UNITS.get(row["metric"]),
            value=float(row["value"]),
            **_shared(row, "period"),
        )
        for row in rows
    ]


async def load_investments(snapshot: Snapshot, *, unsourced: bool) -> list[InvestmentFact]:
    """Those that lost a dispute among them; unsourced ones only if asked for."""
    named = "vendor_id, type, status, amount, currency, quantity, unit"
    rows = await _rows(snapshot, "investment", named, "date", unsourced)
    return [
        InvestmentFact(
            vendor=row["vendor_id"],
            type=row["type"],
            status=row["status"],
            amount=None if row["amount"] is None else float(row["amount"]),
            currency=row["currency"],
            quantity=None if row["quantity"] is None else float(row["quantity"]),
            unit=row["unit"],
            **_shared(row, "date"),
        )
        for row in rows
    ]


async def _rows(
    snapshot: Snapshot, table: str, columns: str, date: str, unsourced: bool
) -> list[Any]:
    statement = (
        f"SELECT id, {columns}, {ordinals(date)}, evidence = 'sourced' AS sourced,"
        f" coalesce({SET_ASIDE}, false) AS set_aside FROM {snapshot.relation(table)}"
        " WHERE $1 OR evidence <> 'unsourced' ORDER BY id"
    )
    return list(await snapshot.connection.fetch(statement, unsourced, timeout=limits.PANEL_SECONDS))


def _shared(row: Any, date: str) -> dict[str, Any]:
    return {
        "date": row[date] or "",
        "lo": row[f"{date}_lo"],
        "hi": row[f"{date}_hi"],
        "is_sourced": row["sourced"],
        "is_set_aside": row["set_aside"],
        "id": row["id"],
    }
