"""Figures or why there are none, and how they are split at the edge (metrics.md, 2.5 and 19)."""

from pathlib import Path

import msgspec

from service.maths.results import REASONS, Absent, absent, finish, ratio, split

MATHS = Path(__file__).parents[2] / "service" / "maths"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    vendor: str
    speed: float | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    score: float | None
    shares: dict[str, float | None]
    rows: list[Row]
    nearest: list[str]
    series: list[Row] | msgspec.UnsetType = msgspec.UNSET
    reasons: dict[str, str]


FIGURES = {
    "score": Absent("single_vendor"),
    "shares": {"30": 0.5, "90": Absent("follow_up_short")},
    "rows": [{"vendor": "b", "speed": 1.5}, {"vendor": "a", "speed": Absent("not_reached")}],
    "nearest": Absent("unprofiled", shown=[]),
}


def test_what_is_absent_is_null_and_has_its_reason_by_path() -> None:
    result = finish(Result, FIGURES | {"beside": 1})
    assert msgspec.to_builtins(result) == {
        "score": None,
        "shares": {"30": 0.5, "90": None},
        "rows": [{"vendor": "b", "speed": 1.5}, {"vendor": "a", "speed": None}],
        "nearest": [],
        "reasons": {
            "nearest": "unprofiled",
            "rows.a.speed": "not_reached",
            "score": "single_vendor",
            "shares.90": "follow_up_short",
        },
    }
    assert list(result.reasons) == sorted(result.reasons)


def test_an_object_that_is_absent_may_be_shown_with_its_own_nulls() -> None:
    share = Absent("no_rivals", shown=absent(("value", "ci_low"), "no_rivals"))
    values, reasons = split({"share": share})
    assert values == {"share": {"value": None, "ci_low": None}}
    assert reasons == dict.fromkeys(("share", "share.value", "share.ci_low"), "no_rivals")


def test_a_finished_part_keeps_its_own_reasons() -> None:
    part = finish(Result, FIGURES)
    values, reasons = split({"row": part})
    assert (values["row"], reasons) == (part, {})


def test_nothing_is_divided_by_zero() -> None:
    assert ratio(1, 4, "no_features") == 0.25
    assert ratio(0, 0, "no_features") == Absent("no_features")


def test_codes_stand_once_and_are_used() -> None:
    assert len(set(REASONS)) == len(REASONS)
    code = "".join(path.read_text() for path in MATHS.rglob("*.py") if path.name != "results.py")
    assert {reason for reason in REASONS if f'"{reason}"' not in code} == set()
