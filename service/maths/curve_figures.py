"""The fields of time-to-copy that follow from the curve (metrics.md, 10.4 to 10.6)."""

from service.maths.copy_curves import RMST, CopyCurve, ShareCopied, no_shares

Reasons = dict[str, str]
Fields = dict[str, object]
_MEDIAN = ("median_time_to_copy_days", "ci_low", "ci_high")


def curve_figures(curve: CopyCurve, horizons: tuple[int, ...], tau: int) -> tuple[Fields, Reasons]:
    """The fields and their reasons; all null where two rivals were never at risk at once."""
    if curve.missing is not None:
        return _no_curve(curve.missing, horizons)
    found = curve.median
    fields: Fields = dict(zip(_MEDIAN, (found.days, found.low, found.high), strict=True))
    reasons: Reasons = {name: "not_reached" for name in _MEDIAN if fields[name] is None}
    fields |= {
        "n_copies_before_conditioning": curve.n_before,
        "conditional_from_days": curve.start,
        "follow_up_days": curve.follow_up_days,
        "median_lower_bound_days": None if found.days is not None else curve.follow_up_days,
        "curve_exhausted_at_days": curve.curve.exhausted_at,
        "curve": curve.steps(),
    }
    if found.days is not None:
        reasons["median_lower_bound_days"] = "median_reached"
    if curve.curve.exhausted_at is None:
        reasons["curve_exhausted_at_days"] = "not_exhausted"
    for part in (_shares(curve, horizons), curve.restricted_mean(tau)):
        fields, reasons = fields | part[0], reasons | part[1]
    return fields, reasons


def _shares(curve: CopyCurve, horizons: tuple[int, ...]) -> tuple[Fields, Reasons]:
    shares: dict[str, ShareCopied] = {}
    copied: dict[str, float | None] = {}
    left: dict[str, float | None] = {}
    reasons: Reasons = {}
    for day in horizons:
        shares[str(day)], more = curve.share(day)
        reasons |= more
        copied[str(day)], left[str(day)] = (
            (None, None) if curve.is_beyond(day) else curve.incidence.at(day)
        )
        if curve.is_beyond(day):
            reasons |= {
                f"{name}.{day}": "follow_up_short"
                for name in ("share_copied_with_exits", "share_exited")
            }
    return {
        "share_copied": shares, "share_copied_with_exits": copied, "share_exited": left,
    }, reasons  # fmt: skip


def _no_curve(code: str, horizons: tuple[int, ...]) -> tuple[Fields, Reasons]:
    shares, reasons = no_shares(horizons, code)
    empty = {str(h): None for h in horizons}
    nulls = (
        *_MEDIAN, *RMST, "n_copies_before_conditioning", "conditional_from_days",
        "follow_up_days", "median_lower_bound_days", "curve_exhausted_at_days",
    )  # fmt: skip
    for part in ("share_copied_with_exits", "share_exited"):
        reasons |= {f"{part}.{h}": code for h in horizons}
    fields: Fields = {
        "share_copied": shares, "share_copied_with_exits": empty, "share_exited": empty,
        "curve": [], **dict.fromkeys(nulls),
    }  # fmt: skip
    return fields, reasons | dict.fromkeys(nulls, code)
