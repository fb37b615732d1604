"""What a dated event says in one line, in English and Chinese."""

from decimal import Decimal
from typing import Any

from service.texts.labels import label

Shown = dict[str, Any]
TITLES = {
    "vendor.founded": ("{vendor} is founded", "{vendor}成立"),
    "product.launched": ("{product} is launched", "{product}上线"),
    "product.discontinued": ("{product} is discontinued", "{product}停止服务"),
    "adoption.date": ("{product} has {feature} ({stage})", "{product}具备“{feature}”（{stage}）"),
    "adoption.until": ("{product} no longer has {feature}", "{product}不再具备“{feature}”"),
    "survey.date": ("{product} was looked through for features", "调查了{product}的功能"),
    "monetization.since": (
        "{product} earns by {business_model}", "{product}采用“{business_model}”",
    ),
    "monetization.until": (
        "{product} no longer earns by {business_model}", "{product}不再采用“{business_model}”",
    ),
    "investment.date": ("{vendor}: {type}, {amount}", "{vendor}：{type}，{amount}"),
    "usage.period": ("{product}: {metric} {value}", "{product}：{metric} {value}"),
    "offering.date": ("{reseller} offers {product}", "{reseller}提供{product}"),
}  # fmt: skip
OTHER = ("{event}: {record_id}", "{event}：{record_id}")
UNDISCLOSED = ("amount not public", "金额未公开")
REFERENCES = ("product", "feature", "vendor", "business_model")


def title(event: Shown, record: Shown, names: dict[str, str], lang: str) -> str:
    """`record` is the one behind the event, `names` what the records are called, by their ids."""
    place = 1 if lang == "zh" else 0
    known: dict[str, object] = {"event": event["event"], "record_id": event["record_id"]}
    for kind in REFERENCES:
        found = record["id"] if record["object"] == kind else record.get(f"{kind}_id")
        known[kind] = names.get(found or "", found)
    for name in ("stage", "type", "metric"):
        known[name] = label(record.get(name), lang).replace("_", " ")
    known["value"] = f"{record.get('value') or 0:,}"
    known["reseller"] = record.get("reseller_name") or record.get("reseller")
    amount = record.get("amount")
    known["amount"] = f"{Decimal(amount):,} {record['currency']}" if amount else UNDISCLOSED[place]
    return TITLES.get(event["event"], OTHER)[place].format_map(known)
