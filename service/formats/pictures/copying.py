"""How long a feature stays its maker's own."""

from collections.abc import Sequence
from typing import Any

from service.formats.pictures import charts
from service.formats.pictures.picture import Canvas, Picture
from service.maths.copying.curve import Step
from service.maths.copying.feature import FeatureTimeToCopy, Rival
from service.texts.messages import counted, message, speaker
from service.texts.values import date_text, days, percent

HEIGHT = 320


def survival(answer: Any, canvas: Canvas) -> Picture:
    """The share of rivals without the feature by the days since its launch: steps, band, censoring
    marks, median."""
    result: FeatureTimeToCopy = answer.result
    say = speaker("pictures.survival", canvas.lang)
    if result.origin_date is None or not result.curve:
        title, why = say("none", feature=answer.subject.name), _why(answer, canvas.lang)
        return charts.empty(title, say("subtitle.none"), answer.finding, why, canvas, HEIGHT // 2)
    day = date_text(result.origin_date, canvas.lang)
    return Picture(
        title=_title(answer, canvas.lang),
        subtitle=say("subtitle.said", day=day),
        alternative=f"{answer.finding} {_course(result, canvas.lang)}",
        spec={"layer": _layers(result, canvas)},
        height=HEIGHT,
    )


def _why(answer: Any, lang: str) -> str:
    for name in ("origin_date", "median_time_to_copy_days"):
        if name in answer.reasons:
            return message(f"reasons.{answer.reasons[name]}", lang)
    return message("findings.not_known", lang)


def _title(answer: Any, lang: str) -> str:
    say, result = speaker("pictures.survival.title", lang), answer.result
    feature = answer.subject.name
    median = result.median_time_to_copy_days
    if median is None:
        copied = result.n_copied + result.n_born_with
        rivals = counted("findings.counts.rivals", result.n_rivals, lang)
        return say("not_reached", feature=feature, copied=copied, rivals=rivals)
    after = days(median, lang)
    if result.ci_low is None:
        return say("reached", feature=feature, after=after)
    if result.ci_high is None:
        return say("open", feature=feature, after=after, low=result.ci_low)
    return say("interval", feature=feature, after=after, low=result.ci_low, high=result.ci_high)


def _course(result: FeatureTimeToCopy, lang: str) -> str:
    last = result.curve[-1]
    left = percent(last.survival, lang)
    return message("pictures.survival.course", lang, left=left, days=days(last.days, lang))


def _layers(result: FeatureTimeToCopy, canvas: Canvas) -> list[dict[str, Any]]:
    colours = charts.palette(canvas)
    last = max(result.follow_up_days or 0, result.curve[-1].days)
    title = message("pictures.survival.axis", canvas.lang)
    ticks = 4 if canvas.is_narrow else 8
    x = {
        "field": "days",
        "type": "quantitative",
        "scale": {"domain": [0, last], "nice": False},
        "axis": {"title": title, "tickCount": ticks, "format": ",d"},
    }
    steps = _steps(result.curve, last)
    band = {"x": x, "y": charts.share("low"), "y2": {"field": "high"}}
    return [
        charts.layer("area", steps, band, interpolate="step-after", color=colours.pale),
        *_median(result, x, canvas),
        charts.layer("line", steps, {"x": x, "y": charts.share("share")}, interpolate="step-after"),
        *_marks(result, x, steps, canvas),
    ]


def _steps(curve: Sequence[Step], last: int) -> list[dict[str, Any]]:
    steps = [{"days": 0, "share": 1.0, "low": 1.0, "high": 1.0}]
    steps += [
        {"days": step.days, "share": step.survival, "low": step.ci_low, "high": step.ci_high}
        for step in charts.thinned(curve)
    ]
    return [*steps, steps[-1] | {"days": last}]


def _median(result: FeatureTimeToCopy, x: dict[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    """Lines from the half to the curve and down, with its days."""
    median, colours = result.median_time_to_copy_days, charts.palette(canvas)
    if median is None:
        return []
    y = charts.share("share")
    across = [{"days": 0, "to": median, "share": 0.5}]
    down = [{"days": median, "share": 0.5, "bottom": 0}]
    style = {"color": colours.orange, "strokeDash": [4, 3], "size": 1.5}
    text = message("pictures.survival.half", canvas.lang, days=days(median, canvas.lang))
    label = [{"days": median, "share": 0.5, "text": text}]
    return [
        charts.layer("rule", across, {"x": x, "x2": {"field": "to"}, "y": y}, **style),
        charts.layer("rule", down, {"x": x, "y": y, "y2": {"field": "bottom"}}, **style),
        charts.words(
            label, x, y, align="left", dx=8, dy=-10, color=colours.orange, fontWeight="bold"
        ),
    ]


def _marks(
    result: FeatureTimeToCopy, x: dict[str, Any], steps: list[dict[str, Any]], canvas: Canvas
) -> list[dict[str, Any]]:
    """On the curve a stroke where rivals are seen no further; along the bottom a mark for each copy
    that is known, as long as its date is unsure."""
    colours, y = charts.palette(canvas), charts.share("share")
    ends = [
        {"days": day, "share": _at(steps, day)}
        for day in _ends(result.rivals, result.follow_up_days or 0)
    ]
    copies = [
        {"days": rival.copy_days_low, "to": rival.copy_days_high, "share": 0.02}
        for rival in result.rivals
        if rival.copy_days_low is not None
    ]
    pending = counted("pictures.survival.pending", result.n_pending or 0, canvas.lang)
    label = [steps[-1] | {"text": pending}] if result.n_pending else []
    strokes = {"shape": "stroke", "angle": 90, "strokeWidth": 1.5, "filled": False, "size": 90}
    exact = [copy for copy in copies if copy["days"] == copy["to"]]
    unsure = [copy for copy in copies if copy["days"] != copy["to"]]
    return [
        charts.layer("point", ends, {"x": x, "y": y}, color=colours.blue, **strokes),
        charts.layer(
            "rule",
            unsure,
            {"x": x, "x2": {"field": "to"}, "y": y},
            color=colours.green,
            size=4,
            opacity=0.5,
        ),
        charts.layer("point", exact, {"x": x, "y": y}, color=colours.green, size=45),
        charts.words(label, x, y, align="right", dy=16, color=colours.ink),
    ]


def _ends(rivals: Sequence[Rival], last: int) -> list[int]:
    """Until when such as do not have the feature are seen, in days since the launch."""
    ends = {rival.exit_days for rival in rivals if rival.status == "exited"}
    if any(rival.status == "pending" for rival in rivals):
        ends.add(last)
    return sorted(day for day in ends if day is not None)


def _at(steps: Sequence[dict[str, Any]], day: int) -> float:
    """The share by then."""
    return float(next(step["share"] for step in reversed(steps) if step["days"] <= day))
