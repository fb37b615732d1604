"""What changed between two shown records, as a JSON patch (RFC 6902)."""

from typing import Any

Shown = dict[str, Any]
BOOKKEEPING = ("revision", "updated_at", "recorded_at", "null_reasons", "name_lang")


def patch(old: Shown, new: Shown) -> list[Shown]:
    """Replacements of whole fields, in the record's order; bookkeeping is left out."""
    return [
        {"op": "replace", "path": f"/{_escaped(name)}", "value": value}
        for name, value in new.items()
        if name not in BOOKKEEPING and old.get(name) != value
    ]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
