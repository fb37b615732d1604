"""What msgspec finds wrong with a value, as sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from service.model.errors import Code, Fault
from service.query.types.characters import CONTROL, clean
from service.query.types.shapes import form_of
from service.texts.sentences import Sentence, Value, either, sentence, sentence_of, word

_PLACE = re.compile(r" - at `(?:key in )?\$.*`\Z", re.DOTALL)
_TYPE = r"Expected `(?P<wanted>[^`]*)`"
# The forms of its messages, each with the text that says the same.
_FORMS = (
    (r"Object missing required field `(?P<name>.*)`", "missing"),
    (r"Object contains unknown field `(?P<name>.*)`", "unknown_member"),
    (_TYPE + r", got `(?P<given>[^`]*)`", "type"),
    (_TYPE + r" of length (?P<bound>[^,]*)(?:, got .*)?", "length"),
    (_TYPE + r" (?P<bound>[<>]=? .*)", "bound"),
    (_TYPE, "expected"),
    (r"Invalid (?:enum )?value (?P<given>.*)", "unknown"),
    (r"(?:Integer value|Number) out of range", "out_of_range"),
    (r"Invalid RFC3339 encoded .*", "instant"),
    (r"Invalid decimal string", "decimal"),
)
_PATTERN = re.compile(r"Expected `str` matching regex ['\"](.*)['\"]", re.DOTALL)
_MALFORMED = re.compile(r"JSON is malformed: (?P<why>.*) \(byte (?P<byte>\d+)\)")


def wrong_value(error: msgspec.ValidationError) -> Sentence:
    """What is wrong with a value, without its place."""
    if (pattern := pattern_of(error)) is not None:
        # msgspec shows the pattern as a Python literal.
        return form_of(pattern.encode().decode("unicode_escape"))
    text = _PLACE.sub("", str(error))
    for form, key in _FORMS:
        if found := re.fullmatch(form, text, re.DOTALL):
            parts = found.groupdict().items()
            return sentence(f"values.{key}", **{name: _said(name, part) for name, part in parts})
    return sentence("values.wrong")


def text_faults(
    given: Mapping[str, Any], names: Iterable[str], forbidden: re.Pattern[str] = CONTROL
) -> Iterator[Fault]:
    """Those of the members of these names that hold what nobody can read; `forbidden` as `clean`
    takes it."""
    for name in names:
        try:
            clean(given.get(name) or "-", forbidden)
        except ValueError as error:
            yield Fault(Code.INVALID_VALUE, sentence_of(error), pointer=f"/{name}")


def pattern_of(error: msgspec.ValidationError) -> str | None:
    """The pattern that a text does not match, as the error spells it."""
    matched = _PATTERN.fullmatch(_PLACE.sub("", str(error)))
    return matched[1] if matched else None


def malformed(error: Exception) -> Sentence:
    """Why bytes are no JSON."""
    if isinstance(error, RecursionError):
        return sentence("json.deep")
    if found := _MALFORMED.fullmatch(str(error)):
        return sentence("json.malformed", why=word(found["why"], "malformed"), byte=found["byte"])
    if isinstance(error, UnicodeDecodeError):
        return sentence("json.not_unicode")
    return sentence("json.truncated")


def _said(name: str, part: Any) -> Value:
    if name in ("wanted", "given") and "'" not in part:
        return either([word(one, "types") for one in part.split(" | ")])
    return str(part)[:80]
