"""The names of a record's members: the import format's keys, the API's, and what answers add."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from unicodedata import normalize

import msgspec
from msgspec import Raw

from service.formats.json_members import exactly
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.fields import BOOKKEEPING, Collection
from service.query.registry import BY_KIND
from service.query.relations import embeddings
from service.query.rows import Wording
from service.query.types import Names
from service.texts.sentences import sentence

KIND, OBJECT = "kind", "object"


class Translated(NamedTuple):
    """A record under the import format's keys; apart from it what answers add, by name.

    `wording` says under which names the record has, or should have, its fields.
    """

    members: dict[str, Raw]
    added: dict[str, Any]
    wording: Wording
    faults: list[Fault]


@cache
def accepted(collection: Collection) -> Mapping[str, str]:
    """By every name that a field may have in a record, its key in the import format."""
    keys = {"id": "id"}
    for field in collection.stored:
        keys |= {field.import_key: field.import_key, field.name: field.import_key}
    if collection.of_type(Names):
        keys["name"] = "name"
    return keys


@cache
def added(collection: Collection) -> frozenset[str]:
    """The names of what answers say besides: a record may repeat it."""
    names = {OBJECT, "href", *(field.name for field in BOOKKEEPING)}
    for field in collection.fields:
        names |= {field.name} if field.derived else field.type.added(field.name).keys()
    return frozenset(names | embeddings(collection).keys())


def kind_of(given: Mapping[str, Raw]) -> Any:
    """What the record says that it is. Raises msgspec.DecodeError."""
    return msgspec.json.decode(given.get(KIND, given.get(OBJECT, b"null")))


def translated(collection: Collection, given: Mapping[str, Raw]) -> Translated:
    """A record in any wording; two names of one field may stand in it if they say the same."""
    keys, members, used = accepted(collection), dict[str, Raw](), dict[str, str]()
    extra, faults = dict[str, Raw](), list[Fault]()
    for name, value in given.items():
        key = keys.get(name)
        if name == KIND:
            continue
        if _is_added(collection, name, value):
            extra[name] = value
        elif key is None:
            faults.append(_unknown(collection, name))
        elif key not in members:
            members[key], used[key] = value, name
        elif not _agree(members[key], value):
            faults += _differing(used[key], name)
    told = msgspec.json.decode(msgspec.json.encode(extra))
    faults += _in_one_language(members, told)
    wording = _wording(collection.kind, frozenset(used.values()), OBJECT in given)
    return Translated(members, told, wording, faults)


def is_name(word: str) -> bool:
    """Whether a record of some kind may have a member of this name."""
    return any(word in accepted(c) or word in added(c) for c in BY_KIND.values())


def _is_added(collection: Collection, name: str, value: Raw) -> bool:
    """Where a name has two meanings the value decides: a record that was brought along is an
    object, a derived word is one of its list or null."""
    if name not in added(collection):
        return False
    if name not in accepted(collection):
        return True
    if name in embeddings(collection):
        return bytes(value).startswith(b"{")
    derived = collection.field(name)
    return derived is not None and msgspec.json.decode(value) in (None, *derived.values)


@lru_cache(maxsize=4096)
def _wording(kind: str, used: frozenset[str], has_object: bool) -> Wording:
    """What is missing would have the name of the API where the others have theirs."""
    collection = BY_KIND[kind]
    keys = {field.import_key for field in collection.stored}
    is_api = has_object or bool(used - keys - {"id", "name"})
    names = {}
    for field in collection.stored:
        mentioned = {field.import_key, field.name} & used
        name = mentioned.pop() if len(mentioned) == 1 else field.name if is_api else None
        if name not in (None, field.import_key):
            names[field.import_key] = name
    return MappingProxyType(names)


def _unknown(collection: Collection, name: str) -> Fault:
    keys = accepted(collection)
    near = nearest(name[:80], [KIND, *keys])
    detail = sentence("values.unknown_member", name=name[:80])
    return Fault(Code.UNKNOWN_FIELD, detail, pointer=pointer_to(name), did_you_mean=tuple(near))


def _agree(one: Raw, other: Raw) -> bool:
    values = [exactly(value) for value in (one, other)]
    if all(isinstance(value, list) for value in values):
        values = [sorted(map(msgspec.json.encode, value)) for value in values]
    return bool(values[0] == values[1])


def _differing(*names: str) -> Iterator[Fault]:
    one, other = names
    detail = sentence("said.twice", one=one, other=other)
    return (Fault(Code.INVALID_VALUE, detail, pointer=pointer_to(name)) for name in names)


def _in_one_language(members: dict[str, Raw], told: Mapping[str, Any]) -> list[Fault]:
    """What answers call `name` is the name in the language `name_lang`, or the id: it goes to
    its place in `names`."""
    if "name_lang" not in told or "name" not in members:
        return []
    language = told["name_lang"]
    name, record_id, names = (
        msgspec.json.decode(value)
        for value in (members["name"], members.get("id", b"null"), members.get("names", b"{}"))
    )
    names = {} if names is None else names
    if not isinstance(name, str) or not isinstance(names, dict):
        return []
    if language is None and name == record_id:
        del members["name"]
    if not isinstance(language, str):
        return []
    del members["name"]
    known = names.setdefault(language, name)
    members["names"] = Raw(msgspec.json.encode(names))
    if isinstance(known, str) and normalize("NFC", known) != normalize("NFC", name):
        detail = sentence("said.twice", one="name", other=f"names.{language}")
        places = (pointer_to("name"), pointer_to("names", language))
        return [Fault(Code.INVALID_VALUE, detail, pointer=place) for place in places]
    return []
