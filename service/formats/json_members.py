"""JSON objects to Structs, every fault at its place: no fault hides another."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, UnsetType, structs

from service.formats.validation import pattern_of, wrong_value
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.types.codes import MEANT
from service.query.types.decimals import number_meant, written
from service.texts.sentences import sentence

_items = msgspec.json.Decoder(list[Raw])
_members = msgspec.json.Decoder(dict[str, Raw])
# JSON to values; a number of more digits than a binary one has is a Decimal.
exactly = msgspec.json.Decoder(float_hook=written).decode
LISTS = (list, tuple)


def members_of(data: bytes | Raw) -> dict[str, Raw]:
    """The members of an object, each still JSON; of equal names the last.

    Raises msgspec.ValidationError where it is none, msgspec.DecodeError, UnicodeDecodeError and
    RecursionError where it is no JSON.
    """
    return _members.decode(data)


def decode_members(
    shape: type[Struct], members: Mapping[str, Raw], *at: str | int
) -> tuple[dict[str, Any], list[Fault]]:
    """The members that are as the Struct has them, by its field names, and every fault of the rest.

    `at` is the place of the object itself.
    """
    fields = {field.encode_name: field for field in structs.fields(shape)}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    if shape.__struct_config__.forbid_unknown_fields:
        tag = shape.__struct_config__.tag_field
        known = [*fields, *([tag] if tag else [])]
        faults += [_unknown(name, known, *at) for name in members if name not in known]
    decoders = _decoders(shape)
    for name, field in fields.items():
        if name in members:
            try:
                values[field.name] = decoders[name].decode(members[name])
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                faults += _faults_of(field.type, members[name], *at, name)
        elif field.required:
            detail = sentence("values.missing", name=name)
            faults.append(Fault(Code.VALIDATION_FAILED, detail, pointer=pointer_to(*at, name)))
    return values, faults


@cache
def _decoders(shape: type[Struct]) -> dict[str, msgspec.json.Decoder[Any]]:
    """By the name of each member."""
    return {
        field.encode_name: msgspec.json.Decoder(field.type, float_hook=written)
        for field in structs.fields(shape)
    }


def _unknown(name: str, known: Sequence[str], *at: str | int) -> Fault:
    """With the nearest right name; where nothing is near, with all that there are."""
    near, pointer = tuple(nearest(name[:80], known)), pointer_to(*at, name)
    if near:
        detail = sentence("values.unknown_member", name=name[:80])
        return Fault(Code.UNKNOWN_FIELD, detail, pointer=pointer, did_you_mean=near)
    told = sentence("members.unknown", name=name[:80], known=tuple(known))
    return Fault(Code.UNKNOWN_FIELD, told, pointer=pointer, allowed=tuple(known))


def no_object(shape: type[Struct], *at: str | int) -> Fault:
    """Where an object of the shape should stand, with what it has."""
    fields = structs.fields(shape)
    needed = tuple(f'"{field.encode_name}"' for field in fields if field.required)
    more = tuple(f'"{field.encode_name}"' for field in fields if not field.required)
    form = "both" if needed and more else "needed" if needed else "more"
    told = sentence(f"members.no_object.{form}", needed=needed, more=more)
    return Fault(Code.VALIDATION_FAILED, told, pointer=pointer_to(*at))


def _faults_of(annotation: Any, data: Raw, *at: str | int) -> list[Fault]:
    """What is wrong with a value; what is inside of it has places of its own."""
    try:
        msgspec.json.decode(data, type=annotation)
    except msgspec.ValidationError as error:
        inner = list(_inner(annotation, data, *at))
        return inner or [_hinted(_shaped_fault(annotation, error, *at), error, _text(data))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [Fault(Code.INVALID_JSON, sentence("json.none"), pointer=pointer_to(*at))]
    return []


def _inner(annotation: Any, data: Raw, *at: str | int) -> Iterator[Fault]:
    first = bytes(data).lstrip()[:1]
    for option, limits in _options(annotation):
        kind, inside = get_origin(option) or option, get_args(option)
        if first == b"{" and _is_struct(kind):
            yield from decode_members(kind, members_of(data), *at)[1]
        elif first == b"{" and kind is dict:
            yield from _size_fault(dict[str, Raw], limits, data, *at)
            for name, value in members_of(data).items():
                yield from _key_fault(inside[0], name, *at)
                yield from _faults_of(inside[1], value, *at, name)
        elif first == b"[" and kind in LISTS:
            yield from _size_fault(list[Raw], limits, data, *at)
            for place, item in enumerate(_items.decode(data)):
                yield from _faults_of(inside[0], item, *at, place)


def _options(annotation: Any, *limits: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types that an annotation allows, each with what limits it."""
    kind, inside = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        yield from _options(inside[0], *limits, *inside[1:])
    elif kind in (Union, UnionType):
        for option in inside:
            yield from _options(option)
    elif annotation not in (type(None), UnsetType):
        yield annotation, limits


def _size_fault(shape: Any, limits: tuple[Any, ...], data: Raw, *at: str | int) -> Iterator[Fault]:
    """Whether there are too few or too many, whatever they are."""
    if limits:
        try:
            msgspec.json.decode(data, type=Annotated[(shape, *limits)])
        except msgspec.ValidationError as error:
            yield _fault(error, *at)


def _key_fault(shape: Any, name: str, *at: str | int) -> Iterator[Fault]:
    try:
        msgspec.convert(name, shape)
    except msgspec.ValidationError as error:
        yield _hinted(_fault(error, *at, name), error, name)


def _text(data: Raw) -> str:
    """The text that the JSON is, or nothing."""
    return str(msgspec.json.decode(data)) if bytes(data).lstrip().startswith(b'"') else ""


def _hinted(fault: Fault, error: msgspec.ValidationError, value: str) -> Fault:
    """With what a text means that is no code, or no number as JSON has it."""
    pattern = pattern_of(error)
    meant = number_meant if pattern is None else MEANT.get(pattern)
    near = meant(value[:80]) if meant else ()
    return structs.replace(fault, did_you_mean=near) if near else fault


def _shaped_fault(annotation: Any, error: msgspec.ValidationError, *at: str | int) -> Fault:
    """Where nothing but an object may stand, with what it has."""
    options = [kind for kind, _ in _options(annotation)]
    is_object = len(options) == 1 and _is_struct(options[0])
    return no_object(options[0], *at) if is_object else _fault(error, *at)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _fault(error: msgspec.ValidationError, *at: str | int) -> Fault:
    return Fault(Code.VALIDATION_FAILED, wrong_value(error), pointer=pointer_to(*at))


def repeated_names(text: str) -> list[Fault]:
    """Where an object of well-formed JSON has two members of one name: readers disagree on which
    holds, so none does. Raises RecursionError.
    """
    try:
        _strict.decode(text)
    except _Repeated:
        return list(_repeats(_lenient.decode(text)))
    return []


def may_repeat(text: str) -> bool:
    """Whether well-formed JSON may have a name twice: not where all its texts differ."""
    if "\\" in text:
        return True
    texts = text.split('"')[1::2]
    return len(set(texts)) < len(texts)


class _Repeated(Exception):
    """An object has two members of one name."""


class _Repeating(dict[str, Any]):
    names: list[str]


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        raise _Repeated


def _noting(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = _Repeating(pairs)
    names = [name for name, _ in pairs]
    made.names = sorted({name for name in made if names.count(name) > 1})
    return made


# A number is a word here: one of 5,000 digits is nobody's business before its type is asked for.
_strict = json.JSONDecoder(object_pairs_hook=_once, parse_int=str, parse_float=str)
_lenient = json.JSONDecoder(object_pairs_hook=_noting, parse_int=str, parse_float=str)


def _repeats(value: Any, *at: str | int) -> Iterator[Fault]:
    if isinstance(value, _Repeating):
        for name in value.names:
            detail = sentence("json.twice", name=name[:60])
            yield Fault(Code.INVALID_JSON, detail, pointer=pointer_to(*at, name))
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _repeats(inner, *at, name)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _repeats(inner, *at, place)
