"""Assignments such as `date=2026-10` on a command line, as the body of a write."""

from typing import Any

from service.formats.import_format.bodies import members
from service.model.suggestions import nearest
from service.query.fields import Collection, Field
from service.query.types import References

BY_LANGUAGE = ("names", "definitions")


def body_of(collection: Collection, words: list[str]) -> dict[str, Any]:
    """The body that `name=value` words describe.

    Names are those of the API or of the import format, `names.zh=…` one language's text,
    `field_sources.launched=…` what is said of one field. Lists take commas, money and rates JSON;
    an empty value is null. Raises ValueError that names the word and what would be right.
    """
    body: dict[str, Any] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise ValueError(f"{word!r}: write name=value.")
        head, _, part = name.partition(".")
        field = collection.field(head)
        if part and head in BY_LANGUAGE:
            body.setdefault(head, {})[part] = text or None
            continue
        if part and field is not None and field.type.is_about_fields:
            body.setdefault(head, {})[part] = _value(field, name, text, part)
            continue
        wire = _wire_name(collection, name)
        body[wire] = _value(collection.field(wire), wire, text)
    return body


def _wire_name(collection: Collection, name: str) -> str:
    known = members(collection)
    if name in known:
        return name
    by_key = {field.import_key: field.name for field in collection.stored}
    if name in by_key:
        return by_key[name]
    near = nearest(name, [*known, *by_key])
    hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(sorted(known))}."
    raise ValueError(f"{collection.name} have no {name!r}.{hint}")


def _value(field: Field | None, name: str, text: str, part: str = "") -> Any:
    if not text:
        return None
    if name == "sources":
        return References("sources").of_argument(name, text)
    return text if field is None else field.type.part(part).of_argument(name, text)
