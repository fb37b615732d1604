"""Names beside ids: `feature` stays the id, `feature_name` is what the reader calls it."""

import asyncio
import types
from collections.abc import Mapping
from functools import cache, reduce
from operator import or_
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, UNSET, Struct, UnsetType
from msgspec.structs import FieldInfo

from service.query.registry import BY_KIND
from service.query.types.words import Names
from service.store.catalogue import records
from service.store.database import Snapshot
from service.texts.messages import section
from service.usecases.analyses.declaration import StandsOn

NAMED = ("vendor", "product", "feature", "market", "business_model")
CATEGORY = "category"  # of features: a word, which has no record
UNIT = "unit"  # of the kind that the answer's `unit` says
# Whose ids stand in fields of these names.
ONE = {
    **dict.fromkeys(("vendor", "leader", "follower"), "vendor"),
    **dict.fromkeys(("product", "product_a", "product_b"), "product"),
    "feature": "feature",
    "market": "market",
    "business_model": "business_model",
    "category": CATEGORY,
    "unit": UNIT,
}
MANY = {
    **dict.fromkeys(
        (
            "features",
            "unique_features",
            "uncopied_features",
            "missing_table_stakes",
            "shared",
            "only_this",
            "only_that",
            "only_a",
            "only_b",
        ),
        "feature",
    ),
    "markets": "market",
    "first_movers": UNIT,
    "units": UNIT,
}
NamesByKind = Mapping[str, Mapping[str, str]]


async def all_names(snapshot: Snapshot, lang: str) -> dict[str, dict[str, str]]:
    """The names of all records that an answer may speak of, by kind and id, and the words for the
    categories of features."""
    found: dict[str, dict[str, str]] = {}
    for kind in NAMED:
        rows = await records.names(snapshot, BY_KIND[kind])
        found[kind] = {row["id"]: _shown(row, lang) for row in rows}
    return found | {CATEGORY: section("labels", lang)}


class KeptNames:
    """The names as of the newest revision, by language, brought up to date by what was written."""

    def __init__(self) -> None:
        self._newest: dict[str, tuple[int, NamesByKind]] = {}
        self._lock = asyncio.Lock()

    async def get(self, snapshot: Snapshot, lang: str) -> NamesByKind:
        """As of the snapshot's revision."""
        snapshot.note(*(BY_KIND[kind].table for kind in NAMED))
        async with self._lock:
            revision, names = self._newest.get(lang, (0, {}))
            if revision == snapshot.revision:
                return names
            await snapshot.open()
            if not snapshot.is_current or revision > snapshot.revision:
                return await all_names(snapshot, lang)
            if revision:
                names = await _updated(snapshot, names, revision, lang)
            else:
                names = await all_names(snapshot, lang)
            self._newest[lang] = snapshot.revision, names
            return names


async def _updated(snapshot: Snapshot, names: NamesByKind, revision: int, lang: str) -> NamesByKind:
    collections = [BY_KIND[kind] for kind in NAMED]
    now = dict(names)
    for kind, written in (await records.names_since(snapshot, collections, revision)).items():
        kept = {one: name for one, name in names[kind].items() if one not in written}
        stand = [{"id": one, "names": text} for one, text in written.items() if text is not None]
        now[kind] = kept | {row["id"]: _shown(row, lang) for row in stand}
    return now


def _shown(row: records.Record, lang: str) -> str:
    return str(Names().shown("names", row, lang)["name"])


def named_type(hint: Any, *, is_top: bool = False) -> Any:
    """The type with a field for the name after each field of an id, through lists and structs.

    The ids at the top of a result are those of the frame, which names them.
    """
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _named_struct(hint, is_top)
    inner = get_args(hint)
    changed = tuple(named_type(one) for one in inner)
    if changed == inner:
        return hint
    origin: Any = get_origin(hint)
    return reduce(or_, changed) if origin in (Union, types.UnionType) else origin[changed]


@cache
def _named_struct(shape: type[Struct], is_top: bool) -> type[Struct]:
    fields: list[Any] = []
    for field in msgspec.structs.fields(shape):
        fields.append((field.name, named_type(field.type), _default(field)))
        if name := _name_of(field, is_top):
            fields.append((name, _name_type(field), _name_default(field)))
    if [f[1] for f in fields] == [f.type for f in msgspec.structs.fields(shape)]:
        return shape
    made = msgspec.defstruct(
        shape.__name__, fields, frozen=True, kw_only=True, module=shape.__module__
    )
    made.__doc__ = shape.__doc__
    return made


def _name_type(field: FieldInfo) -> Any:
    """A text or a list of texts, left out or null where the id is."""
    shown: Any = str if field.name in ONE else list[str]
    missing = [option for option in (None, UnsetType) if _may_be(field, option)]
    return reduce(or_, missing, shown)


def _name_default(field: FieldInfo) -> Any:
    return msgspec.field(default=UNSET) if _may_be(field, UnsetType) else msgspec.field()


def _may_be(field: FieldInfo, option: Any) -> bool:
    return (type(None) if option is None else option) in get_args(field.type)


def _default(field: FieldInfo) -> Any:
    if field.default is not NODEFAULT:
        return msgspec.field(default=field.default)
    if field.default_factory is not NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.field()


@cache
def _parts(shape: type[Struct], is_top: bool) -> list[tuple[str, str, bool]]:
    """The fields of a struct, with what that of the name is called, and whether ids stand in
    what the field holds."""
    return [
        (part.name, _name_of(part, is_top), named_type(part.type) != part.type)
        for part in msgspec.structs.fields(shape)
    ]


def _name_of(field: FieldInfo, is_top: bool) -> str:
    """What the field of the name is called; empty where the field holds no id."""
    is_text = str in (field.type, *get_args(field.type))
    if field.name in ONE and is_text and not is_top:
        return f"{field.name}_name"
    holds = {field.type, *get_args(field.type)}
    if field.name in MANY and list[str] in holds:
        return f"{field.name.removesuffix('s')}_names"
    return ""


class Naming:
    """Puts names into the results of one answer.

    `unit` is what its rows are of, if it says so: under unit=vendor what stands in the place of a
    product is a vendor. Where business models are compared they stand in the place of features.
    """

    def __init__(
        self, names: NamesByKind, unit: str | None = None, stands_on: StandsOn = "adoptions"
    ) -> None:
        self._names = names
        self._kinds = {UNIT: unit or "vendor"}
        if unit == "vendor":
            self._kinds["product"] = "vendor"
        if stands_on == "monetizations":
            self._kinds["feature"] = "business_model"

    def of(self, kind: str, record_id: str | None) -> str | None:
        """The name of a record; the id of one that has no name."""
        if record_id is None:
            return None
        return self._names[self._kinds.get(kind, kind)].get(record_id, record_id)

    def named(self, value: Any, *, is_top: bool = False) -> Any:
        """The value as its `named_type`."""
        if isinstance(value, list):
            return [self.named(one) for one in value]
        if isinstance(value, dict):
            return {key: self.named(one) for key, one in value.items()}
        if not isinstance(value, Struct):
            return value
        shape = _named_struct(type(value), is_top)
        return value if shape is type(value) else self._struct(value, shape, is_top)

    def _struct(self, value: Struct, shape: type[Struct], is_top: bool) -> Struct:
        given: dict[str, Any] = {}
        reasons = dict(getattr(value, "reasons", {}))
        for field, name, holds_ids in _parts(type(value), is_top):
            one = getattr(value, field)
            given[field] = self.named(one) if holds_ids else one
            if name:
                given[name] = self._beside(field, one)
                if field in reasons:
                    reasons[name] = reasons[field]
        return shape(**given | ({"reasons": dict(sorted(reasons.items()))} if reasons else {}))

    def _beside(self, field: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self.of(MANY[field], one) for one in value]
        return self.of(ONE[field], value) if field in ONE and isinstance(value, str) else value
