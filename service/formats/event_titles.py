"""What a dated event says in one line."""

from decimal import Decimal
from typing import Any

from service.query.fields import Field
from service.query.registry import BY_KIND
from service.texts.labels import label
from service.texts.messages import message
from service.texts.values import number

Shown = dict[str, Any]


def title(event: Shown, record: Shown, names: dict[str, str], lang: str) -> str:
    """`record` is the one behind the event, `names` what those that it points to are called, by
    their ids. A text may name the record by its kind, and each of its fields: `{vendor}` and
    `{vendor_id}` are the name and the id."""
    values: dict[str, object] = {record["object"]: record.get("name") or record["id"]}
    for field in BY_KIND[record["object"]].fields:
        if field.to and not field.type.is_list:
            to = record[field.name]
            values[field.name.removesuffix("_id")] = names.get(to or "", to)
        values[field.name] = _text(field, record.get(field.name), lang)
    return message(f"events.{event['event']}", lang, **values | _combined(record, lang))


def _text(field: Field, value: Any, lang: str) -> object:
    if isinstance(value, str) and field.type.is_term:
        return label(value, lang).replace("_", " ")
    if field.type.is_numeric:
        return label(None, lang) if value is None else number(Decimal(str(value)), lang)
    return value


def _combined(record: Shown, lang: str) -> dict[str, object]:
    """What two fields say together: an amount with its currency, a reseller by name or id."""
    combined: dict[str, object] = {}
    if "reseller" in record:
        combined["reseller"] = record["reseller_name"] or record["reseller"]
    if "currency" in record:
        amount, quantity = record["amount"], record["quantity"]
        combined["amount"] = label("undisclosed", lang)
        if amount:
            combined["amount"] = f"{number(Decimal(amount), lang)} {record['currency']}"
        elif quantity is not None:
            things = f"{number(Decimal(str(quantity)), lang)} {record['unit'] or ''}"
            combined["amount"] = things.rstrip()
    return combined
