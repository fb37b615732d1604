"""What changed between two shown records, as a JSON patch (RFC 6902)."""

from typing import Any

from service.query.fields import Collection, Field

Shown = dict[str, Any]
BOOKKEEPING = ("revision", "updated_at", "recorded_at", "name_lang")


def patch(collection: Collection, old: Shown, new: Shown) -> list[Shown]:
    """Replacements of whole fields, in the record's order; bookkeeping is left out, and reasons of
    nulls where no record states them."""
    return [
        {"op": "replace", "path": f"/{_escaped(name)}", "value": value}
        for name, value in new.items()
        if name not in BOOKKEEPING and not _is_same(collection.field(name), old.get(name), value)
    ]


def _is_same(field: Field | None, old: Any, new: Any) -> bool:
    return old == new or (field is not None and field.type.stated(old) == field.type.stated(new))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
