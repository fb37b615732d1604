"""A query is a Struct: it parses the query string, and it is what the OpenAPI document shows.

The Struct of an operation is read once, at import. A field's type decides how its text is read:
whole numbers, numbers and booleans within the bounds of their `Meta`, closed lists (`Literal`),
`tuple` for lists in both spellings, text. What needs more brings a reader of its own:
`Annotated[date | None, Meta(extra={"reader": read_day})]`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import NODEFAULT, Meta, Struct

from service.api.http.query_string import QueryString
from service.api.http.readers import Reader, reader_of, shown_schema, unwrapped
from service.api.http.state import AnyRequest
from service.api.http.versions import Deprecation
from service.cached import cached_property
from service.model.errors import Code
from service.model.releases import REVISION_FORM
from service.query.fields import Collection
from service.query.filters.documented import documented_filters
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.filters.parameters import filter_named, filter_names, filter_of
from service.query.filters.slots import has_place
from service.texts.messages import LANGUAGES
from service.texts.sentences import Value, sentence

P = TypeVar("P", bound=Struct)
Checks: TypeAlias = Callable[[Any, QueryString], None]


Lang = Annotated[
    Literal[LANGUAGES] | None,  # type: ignore[valid-type]
    Meta(
        description="Language of names and texts; wins over Accept-Language.",
        examples=["zh"],
    ),
]
On = Annotated[
    date | None,
    Meta(
        description="The world's day: facts in force on it. A month or year means its last day.",
        examples=["2026-11-01"],
    ),
]
AsOf = Annotated[
    str | None,
    Meta(
        description="What the base said then: `rev:N`, a release, a day (its end, UTC) or an"
        " instant with a zone.",
        examples=["rev:1"],
        extra_json_schema={"pattern": REVISION_FORM},
    ),
]


class Language(Struct, frozen=True, kw_only=True):
    """What every answer with words in it takes."""

    lang: Lang = None


class Moment(Language, frozen=True, kw_only=True):
    """What every answer about the base takes: both clocks, and the language."""

    on: On = None
    as_of: AsOf = None


class Nothing(Struct, frozen=True, kw_only=True):
    """An operation that takes no parameters."""


@dataclass(frozen=True)
class Parameter:
    """One query parameter: how it is read, and how it is shown.

    Where `is_filled`, /docs fills the example in: nothing is answered without the parameter, or
    without one of several.
    """

    name: str
    field: str
    read: Reader
    is_required: bool
    default: Any
    schema: dict[str, Any]
    description: str
    example: Any
    is_filled: bool
    deprecated: Deprecation | None = None

    def described(self) -> dict[str, Any]:
        """As the OpenAPI document shows it."""
        shown: dict[str, Any] = {"name": self.name, "in": "query"}
        if self.is_required:
            shown["required"] = True
        shown |= {"description": self.description, "schema": self.schema}
        if self.deprecated is not None:
            told = f"{self.description} {self.deprecated.sentence}".strip()
            shown |= {"description": told, "deprecated": True}
        if self.schema.get("type") == "array":
            shown |= {"style": "form", "explode": False}
        if self.example is not None and self.is_filled:
            shown["example"] = self.example
        elif self.example is not None:
            shown["schema"] = {**self.schema, "examples": [self.example]}
        return shown


class Parameters(Generic[P]):
    """The query of one operation: a Struct, and the filter of a collection where it takes one.

    `check` notes what several parameters say together, by default a method of the Struct; it is
    called when all of them are read, those at fault with their defaults.
    """

    def __init__(
        self,
        shape: type[P],
        collection: Collection | None = None,
        filters: Iterable[str] = (),
        check: Checks | None = None,
    ) -> None:
        """`filters` are those of the collection's flat filters that are taken; none: all."""
        self._check: Checks | None = check or getattr(shape, "check", None)
        self.shape = shape
        self.collection = collection
        self.members = _members(shape)
        self._only = frozenset(filters)

    @cached_property
    def filters(self) -> frozenset[str]:
        """The names of the flat filters."""
        if self.collection is None:
            return frozenset()
        return self._only or frozenset(filter_names(self.collection))

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that is taken."""
        filter_ = ("filter",) if self.collection is not None else ()
        return frozenset((*(member.name for member in self.members), *self.filters, *filter_))

    def takes_text(self, name: str) -> bool:
        """Whether it is a flat filter by one text, whatever that is."""
        if self.collection is None or name in self._own_names:
            return False
        known = filter_named(self.collection, name)
        is_taken = not self._only or name in self._only
        return known is not None and is_taken and has_place(*known)

    def read(self, query: QueryString) -> tuple[P, Expression]:
        """The parameters and the filter; faults are noted in `query`, which the caller refuses."""
        values = {
            member.field: member.default if value is None else value
            for member in self.members
            if member.is_required or member.name in query.given
            for value in [_value(query, member)]
        }
        asked = self.shape(**values)
        expression = query.filter = self._filter(query)
        if self._check is not None:
            self._check(asked, query)
        return asked, expression

    def _filter(self, query: QueryString) -> Expression:
        if self.collection is None or query.given.keys() <= self._own_names:
            return EVERYTHING
        given = {
            name: values
            for name, values in query.given.items()
            if name not in self._own_names and (not self._only or name in (*self._only, "filter"))
        }
        expression, faults = filter_of(self.collection, given)
        query.faults += faults
        query.take(name for name in given if filter_named(self.collection, name))
        return expression

    @cached_property
    def _deprecations(self) -> dict[str, Deprecation]:
        return {member.name: member.deprecated for member in self.members if member.deprecated}

    def deprecated(self, request: AnyRequest) -> list[Deprecation]:
        """Of the parameters that were given, those that are to go away."""
        if not self._deprecations:
            return []
        given = QueryString(request.scope["query_string"]).given
        return [told for name, told in self._deprecations.items() if name in given]

    @cached_property
    def _own_names(self) -> frozenset[str]:
        return frozenset(member.name for member in self.members) - {"filter"}

    def described(self) -> list[dict[str, Any]]:
        """What the OpenAPI document shows: everything but the rarer filters."""
        shown = [member.described() for member in self.members]
        if self.collection is not None:
            names = {member.name for member in self.members}
            filters = documented_filters(self.collection, self._only)
            shown += [described for described in filters if described["name"] not in names]
        return shown


def _value(query: QueryString, member: Parameter) -> Any:
    if member.name not in query.given:
        if member.is_required:
            detail = sentence("parameters.required", name=member.name, example=_hint(member))
            query.note(Code.INVALID_VALUE, member.name, detail)
        return None
    return member.read(query, member.name)


def _hint(member: Parameter) -> Value:
    example = member.example
    if example is None:
        return ""
    text = ",".join(example) if isinstance(example, list) else example
    return sentence("parameters.example", name=member.name, value=text)


def _members(shape: type[Struct]) -> tuple[Parameter, ...]:
    (_, components) = msgspec.json.schema_components([shape])
    properties: Mapping[str, dict[str, Any]] = components[shape.__name__].get("properties", {})
    hints = msgspec.inspect.type_info(shape)
    assert isinstance(hints, msgspec.inspect.StructType), "parameters are a Struct"
    types = msgspec.structs.fields(shape)
    return tuple(_member(field, properties[field.encode_name]) for field in types)


def _member(field: msgspec.structs.FieldInfo, schema: dict[str, Any]) -> Parameter:
    kind, meta = unwrapped(field.type)
    extra = meta.extra or {} if meta else {}
    shown = shown_schema(schema, may_be_empty=extra.get("may_be_empty", False))
    default = None if field.default is NODEFAULT else field.default
    if field.default_factory is not NODEFAULT:
        default = field.default_factory()
    return Parameter(
        name=field.encode_name,
        field=field.name,
        read=reader_of(field.encode_name, kind, meta),
        is_required=field.required,
        default=default,
        schema=shown,
        description=shown.pop("description", ""),
        example=_example(shown),
        is_filled=field.required or extra.get("is_filled", False),
        deprecated=extra.get("deprecated"),
    )


def _example(schema: dict[str, Any]) -> Any:
    examples = schema.pop("examples", None)
    return examples[0] if examples else None


@cache
def _parameters(shape: type[Struct]) -> "Parameters[Any]":
    return Parameters(shape)


def parameters_of(request: AnyRequest, shape: type[P], check: Checks | None = None) -> P:
    """The query of a request, for what is no read of the pipeline.

    `check` notes what the query and the rest of the request say together.

    Raises ServiceError with every fault of the query string.
    """
    query, parameters = QueryString(request.scope["query_string"]), _parameters(shape)
    asked, _ = parameters.read(query)
    if check is not None:
        check(asked, query)
    query.refuse_unknown(parameters.names)
    query.refuse()
    found: P = asked
    return found


def told(handler: Callable[..., Any]) -> tuple[str, str]:
    """Summary and description of an operation: the first line of its docstring, and the rest."""
    summary, _, description = (handler.__doc__ or "").partition("\n")
    return summary.strip().rstrip("."), " ".join(description.split())
