"""How the vendors of a market earn, through time."""

from datetime import date
from typing import Any

from service.formats.pictures import charts
from service.formats.pictures.likeness import apart
from service.formats.pictures.picture import Canvas, Picture
from service.maths.homogenization.business_models import BusinessModelHomogenization
from service.texts.messages import counted, message, speaker
from service.texts.values import percent

HEIGHT, _NAMED = 320, 5


def monetization_mix(answer: Any, canvas: Canvas) -> Picture:
    """The share of vendors that use each way to earn; the commonest are named."""
    say, lang = speaker("pictures.monetization", canvas.lang), canvas.lang
    result: BusinessModelHomogenization = answer.result
    points = [point for point in result.series or () if point.n_vendors]
    market = answer.subject.name
    if result.hhi is None or not points:
        why = message(f"reasons.{answer.reasons.get('hhi', 'no_profiled_products')}", lang)
        title, subtitle = say("none", market=market), say("subtitle.none")
        return charts.empty(title, subtitle, answer.finding, why, canvas, HEIGHT // 2)
    models: list[Any] = sorted(result.models, key=lambda one: (-one.n_vendors, one.business_model))
    first = models[0]
    vendors = counted("findings.counts.vendors", result.n_vendors, lang)
    unknown = result.n_unprofiled_products
    return Picture(
        title=say(
            "title",
            market=market,
            model=first.business_model_name,
            n=first.n_vendors,
            vendors=vendors,
        ),
        subtitle=say("subtitle.said", unknown=unknown, products=result.n_eligible_products),
        alternative=answer.finding,
        spec={"layer": _layers(points, models, result.n_vendors, answer.on, canvas)},
        height=HEIGHT,
    )


def _layers(
    points: list[Any], models: list[Any], vendors: int, on: date, canvas: Canvas
) -> list[dict[str, Any]]:
    colours = charts.palette(canvas)
    hues = (colours.blue, colours.orange, colours.green, colours.purple, colours.ink)
    named = {one.business_model: hue for one, hue in zip(models, hues[:_NAMED], strict=False)}
    first = date.fromisoformat(points[0].date)
    x, y = charts.time("date", first, on, canvas), charts.share("share")
    values = [
        {
            "date": point.date,
            "model": model.business_model,
            "share": model.n_vendors / point.n_vendors,
            "colour": named.get(model.business_model, colours.hatch),
        }
        for point in points
        for model in point.models
    ]
    last = [
        {
            "date": on.isoformat(),
            "model": model.business_model,
            "share": model.n_vendors / vendors,
            "colour": named.get(model.business_model, colours.hatch),
            "text": _label(model, vendors, canvas),
        }
        for model in models
    ]
    detail = {"field": "model", "type": "nominal"}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    order = {"x": x, "y": y, "detail": detail, "color": colour}
    others = [one for one in [*values, *last] if one["model"] not in named]
    told = [one for one in [*values, *last] if one["model"] in named]
    text = {"x": x, "y": y, "color": colour, "text": {"field": "text"}}
    words = apart([dict(one) for one in last if one["model"] in named], "share")
    return [
        charts.layer("line", others, order, strokeWidth=1.25),
        charts.layer("line", told, order),
        charts.layer("text", words, text, align="left", dx=8, fontWeight="bold"),
    ]


def _label(model: Any, vendors: int, canvas: Canvas) -> str:
    share = percent(model.n_vendors / vendors, canvas.lang)
    name = charts.shortened_name(model.business_model_name, canvas)
    return message("pictures.rivals.one", canvas.lang, name=name, told=share)
