"""Files of a survey: a feature and its state on each line, as CSV or NDJSON."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from service.model.errors import did_you_mean
from service.model.suggestions import nearest
from service.texts.sentences import Sentence, sentence

STATES = ("present", "absent")
FEATURE_NAMES = ("feature", "feature_id")


class LookedFor(NamedTuple):
    """Feature ids in the order of the file."""

    present: list[str]
    absent: list[str]


def looked_for(lines: Iterable[bytes]) -> LookedFor:
    """What a file with `feature` (or `feature_id`) and `state` (present, absent) says.

    Raises ValueError with a Sentence that names the first line that is wrong.
    """
    found = LookedFor([], [])
    for number, record in _records(lines):
        feature = next((record[name] for name in FEATURE_NAMES if record.get(name)), None)
        state = record.get("state")
        if not isinstance(feature, str) or not isinstance(state, str):
            raise ValueError(sentence("survey_files.line", line=number))
        word = state.strip().lower()
        if word not in STATES:
            raise ValueError(_no_state(number, word))
        getattr(found, word).append(feature.strip())
    return found


def _records(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records with the lines on which they stand."""
    numbered = ((n, _text(n, line)) for n, line in enumerate(lines, 1))
    filled = ((n, line) for n, line in numbered if line.strip())
    first = next(filled, None)
    if first is None:
        return
    if first[1].lstrip().startswith("{"):
        for number, line in chain([first], filled):
            yield number, _object(number, line)
        return
    header = [cell.strip().lower() for cell in _cells(first[1])]
    if "state" not in header or not set(FEATURE_NAMES) & set(header):
        raise ValueError(sentence("survey_files.header"))
    for number, line in filled:
        yield number, dict(zip(header, _cells(line), strict=False))


def _text(number: int, line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise ValueError(sentence("survey_files.line", line=number)) from None


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise ValueError(sentence("survey_files.line", line=number)) from None


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _no_state(number: int, word: str) -> Sentence:
    hint = did_you_mean(nearest(word, STATES))
    return sentence("survey_files.state", line=number, state=word[:40], hint=hint)
