"""What a reader must know of an answer: codes of warnings, each with its sentence and its page."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from service.texts.messages import message


class WarningCode(StrEnum):
    """Every warning. Words are never reused; a new one is a member here and its texts."""

    CONTRADICTORY_DATES = "contradictory_dates"
    BEFORE_LAUNCH = "before_launch"
    AFTER_DISCONTINUATION = "after_discontinuation"
    LAUNCH_FROM_EVIDENCE = "launch_from_evidence"
    LAUNCH_UNKNOWN = "launch_unknown"
    MOSTLY_UNKNOWN = "mostly_unknown"
    RECORDING_ARTEFACT_POSSIBLE = "recording_artefact_possible"
    RETIRED_REFERENCE = "retired_reference"
    WRITTEN_OTHERWISE = "written_otherwise"
    DATE_UNDECIDED = "date_undecided"
    NOT_IN_A_PERIOD = "not_in_a_period"
    IN_SEVERAL_GROUPS = "in_several_groups"
    RULES_UNFINISHED = "rules_unfinished"
    LIST_GOES_ON = "list_goes_on"


class Notice(Struct, frozen=True, omit_defaults=True):
    """Something to know about the answer; `href` is the page that explains the code, and
    `did_you_mean` what would be right, where that is known.
    """

    code: str
    detail: str
    href: str
    did_you_mean: tuple[str, ...] = ()


def notice(
    code: str,
    lang: str,
    form: str = "detail",
    did_you_mean: tuple[str, ...] = (),
    **values: object,
) -> Notice:
    """The warning in words, in one of its forms. ValueError for a word that is no code."""
    known = WarningCode(code)
    detail = message(f"warnings.{known}.{form}", lang, **values)
    return Notice(known.value, detail, f"/problems/{known}", did_you_mean)


class Warned(Struct, frozen=True):
    """A warning that is not told yet: its code, and what fills its text."""

    code: WarningCode
    values: dict[str, str]

    def told(self, lang: str) -> Notice:
        values: dict[str, Any] = {**self.values}
        return notice(self.code, lang, **values)


def unfinished(rules: Iterable[str], lang: str) -> Notice:
    """The rules took too long to look for."""
    return notice(WarningCode.RULES_UNFINISHED, lang, rules=", ".join(rules))


def undecided(counts: Mapping[str, int], lang: str, *, is_possible: bool) -> list[Notice]:
    """By date how many records its partial dates left undecided; nothing where there are none."""
    if not counts:
        return []
    told = ", ".join(f"{name}: {count}" for name, count in counts.items())
    form = "kept" if is_possible else "left_out"
    return [notice(WarningCode.DATE_UNDECIDED, lang, form, counts=told)]
