"""Text in its kinds: ids, words, closed lists, codes, addresses, and names in several languages."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from service.model.suggestions import nearest
from service.query.operators import OF_CLOSED_LISTS, OF_NAMES, Operator
from service.query.types import codes, shapes
from service.query.types.base import Bind, FieldType, UnknownValue, Wrong
from service.query.types.cells import (
    PAIRS,
    Cell,
    Column,
    Nested,
    Shown,
    inner,
    kept,
    paired,
    pairs_of,
    plain,
)
from service.query.types.characters import HIDDEN, clean
from service.texts.sentences import sentence

NAME_LANGUAGES = ("en", "zh")
OTHER_NAMES = "names.other"  # the column of all further languages


class Text(FieldType):
    """Free text."""

    name = "text"
    is_open_text = True
    is_sortable = False
    is_groupable = False
    keeps_plain = True
    shape = shapes.Text

    def stored(self, value: Any) -> list[Any]:
        return [clean(value)]


class Url(Text):
    """An address or a URN."""

    name = "url"
    shape = shapes.Url

    def stored(self, value: Any) -> list[Any]:
        return [clean(value, HIDDEN)]


class Word(FieldType):
    """A lower-case term of an open list."""

    name = "word"
    is_open_text = True
    is_term = True
    keeps_plain = True
    shape = shapes.Word

    def stored(self, value: Any) -> list[Any]:
        return [clean(value)]


class Label(Word):
    """What people call a thing: a short text as it is written."""

    name = "label"
    is_term = False
    shape = shapes.Name

    def stored(self, value: Any) -> list[Any]:
        return [clean(value, HIDDEN)]


class Slug(Word):
    """A curated id."""

    name = "slug"
    is_open_text = False
    shape = shapes.Slug


class Enum(Word):
    """A term of a closed list."""

    name = "enum"
    is_closed = True
    is_open_text = False
    operators = OF_CLOSED_LISTS

    def __init__(self, *values: str) -> None:
        self.values = values
        shape: Any = Annotated[str, Meta(pattern=shapes.one_of(values))]
        self.shape = shape
        shown: Any = Literal[values]
        self.shown_shape = shown

    def check(self, value: str, name: str) -> None:
        if value not in self.values:
            near = tuple(nearest(value, list(self.values)))
            detail = sentence("fields.no_value", given=value[:60], name=name)
            raise UnknownValue(detail, self.values, near)


class _ByLanguage(FieldType):
    """One text a language: {language: text}."""

    sql = "jsonb"
    is_open_text = True
    operators = OF_NAMES
    has_several = True
    is_groupable = False
    may_be_null = False

    def is_known(self, name: str) -> str:
        return f"t.{name} <> '{{}}'::jsonb"

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        """Null where a hop leads to no record."""
        matches = Word().condition("name.value", operator, values, bind)
        has_match = f"EXISTS (SELECT 1 FROM jsonb_each_text({column}) name WHERE {matches})"
        return f"CASE WHEN {column} IS NOT NULL THEN {has_match} END"

    def each(self, column: str) -> tuple[str, str]:
        return "one.value", f", jsonb_each_text({column}) AS one"


class Translations(_ByLanguage):
    """A text in other languages than English, whose text is a field of its own."""

    name = "translations"
    is_sortable = False
    shape = dict[shapes.Language, shapes.Text]
    shown_shape = dict[str, str]

    def absent(self) -> Any:
        return "{}"

    def stored(self, value: Any) -> list[Any]:
        wrong = next(self.faults(value), None)
        if wrong is not None:
            raise wrong[1]
        return [_sorted.encode({lang: clean(text) for lang, text in value.items()}).decode()]

    def faults(self, value: Any) -> Iterator[tuple[str, ValueError]]:
        for language, text in value.items():
            try:
                codes.check_language(language)
                clean(text)
                if language == "en":
                    raise ValueError(sentence("fields.english"))
            except ValueError as error:
                yield f"/{language}", error

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        return {key: msgspec.json.decode(row[name]) or None}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        return {name: msgspec.json.decode(row[name] or b"{}")}

    def table_columns(self, name: str) -> list[Column]:
        return [Column(name, partial(_paired, name), nested=kept(name, PAIRS))]

    def of_cell(self, cell: str) -> Any:
        return pairs_of(cell)


def _paired(name: str, record: Shown) -> str | None:
    return paired(record[name])


class Names(_ByLanguage):
    """One name a language: `name` is the reader's, `names` are all, {language: name}."""

    name = "names"
    shape = dict[shapes.Language, shapes.Name]
    shown_parts: ClassVar[dict[str, Any]] = {
        "name": str,
        "name_lang": str | None,
        "names": dict[str, str],
    }

    def order(self, column: str, lang: str, row: str = "t") -> list[tuple[str, str]]:
        own = f"{column}->>'{lang}', " if lang != "en" else ""
        return [(f"coalesce({own}{column}->>'en', {row}.id)", "text")]

    def paths(self, name: str) -> dict[str, str]:
        return {"name": ""}

    def members(self, key: str, *, is_required: bool) -> list[tuple[Any, ...]]:
        return [("name", shapes.Name | None, None), (key, self.shape | None, None)]

    def read(self, record: Any, key: str, wrong: Wrong) -> list[Any]:
        """`name` is short for `names.en`."""
        names: dict[str, str] = {}
        given = [("/name", "en", record.name)] if record.name else []
        given += [
            (f"/{key}/{lang}", lang, name) for lang, name in (getattr(record, key) or {}).items()
        ]
        for pointer, language, name in given:
            try:
                codes.check_language(language)
                cleaned = clean(name, HIDDEN)
            except ValueError as error:
                wrong(pointer, error)
                continue
            if names.setdefault(language, cleaned) != cleaned:
                differing = ValueError(sentence("said.twice", one="name", other=f"{key}.en"))
                wrong("/name", differing)
                wrong(pointer, differing)
        return [_sorted.encode(names).decode()]

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        names = msgspec.json.decode(row[name])
        english = names.pop("en", None)
        return {"name": english, key: names or None}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        names: dict[str, str] = msgspec.json.decode(row[name])
        used = next((tag for tag in (lang, "en", *sorted(names)) if tag in names), None)
        return {"name": names[used] if used else row["id"], "name_lang": used, "names": names}

    def table_columns(self, name: str) -> list[Column]:
        own = [Column(part, partial(plain, part)) for part in ("name", "name_lang")]
        others = Column(OTHER_NAMES, _other_names_cell, nested=Nested(PAIRS, _other_names))
        return [*own, *map(name_column, NAME_LANGUAGES), others]

    def cells(self, name: str) -> dict[str, Cell]:
        return {"name": Cell(("name",), str), OTHER_NAMES: Cell((name,), pairs_of)}

    def added(self, name: str, stored: Any = None) -> dict[str, Any]:
        return {"name_lang": None}

    def follows(self, name: str, stored: Any) -> dict[str, Any]:
        return {}


_sorted = msgspec.json.Encoder(order="sorted")


def _other_names(record: Shown) -> dict[str, str]:
    names = record["names"].items()
    return {lang: name for lang, name in names if lang not in NAME_LANGUAGES}


def _other_names_cell(record: Shown) -> str | None:
    return paired(_other_names(record))


def name_column(lang: str) -> Column:
    """The names in one language."""
    return Column(f"names.{lang}", partial(inner, "names", lang))
