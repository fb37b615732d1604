"""What a dated event says in one line."""

from decimal import Decimal
from typing import Any

from service.texts.labels import label
from service.texts.messages import message
from service.texts.values import number

Shown = dict[str, Any]
REFERENCES = ("product", "feature", "vendor", "business_model")


def title(event: Shown, record: Shown, names: dict[str, str], lang: str) -> str:
    """`record` is the one behind the event, `names` what the records are called, by their ids."""
    known: dict[str, object] = {}
    for kind in REFERENCES:
        found = record["id"] if record["object"] == kind else record.get(f"{kind}_id")
        known[kind] = names.get(found or "", found)
    for name in ("stage", "type", "metric"):
        known[name] = label(record.get(name), lang).replace("_", " ")
    known["value"] = number(record.get("value") or 0, lang)
    known["reseller"] = record.get("reseller_name") or record.get("reseller")
    amount = record.get("amount")
    known["amount"] = (
        f"{number(Decimal(amount), lang)} {record['currency']}"
        if amount
        else label("undisclosed", lang)
    )
    return message(f"events.{event['event']}", lang, **known)
