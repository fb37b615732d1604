"""Whom a product, a vendor and a feature are alike to, and how far a feature has spread."""

from typing import Any

from service.formats.pictures import charts, ranking
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.ranking import Row
from service.texts.messages import counted, message, speaker
from service.texts.values import percent


def product_likeness(answer: Any, canvas: Canvas) -> Picture:
    """The nearest rivals of a product, and how like all of them it is on average."""
    say, result, lang = speaker("pictures.rivals", canvas.lang), answer.result, canvas.lang
    product, market = answer.subject.name, answer.market_name or ""
    if result.similarity_to_rivals is None:
        why = message(f"reasons.{answer.reasons['similarity_to_rivals']}", lang)
        title = say("none", name=product)
        return charts.empty(
            title, say("subtitle.nearest", market=market), answer.finding, why, canvas
        )
    rows = [
        Row(
            id=near.product,
            name=near.product_name,
            value=near.jaccard,
            told=percent(near.jaccard, lang),
        )
        for near in result.nearest
    ]
    mean = percent(result.similarity_to_rivals, lang)
    told = say("mean", n=result.n_products - 1)
    rows.append(Row(id="", name=told, value=result.similarity_to_rivals, told=mean, is_marked=True))
    return Picture(
        title=say("product", product=product, share=mean, nearest=rows[0].name, near=rows[0].told),
        subtitle=say("subtitle.nearest", market=market),
        alternative=f"{answer.finding} {ranking.listed(rows, lang)}",
        spec={"layer": ranking.bars(rows, ranking.SHARES, canvas)},
        height=ranking.height(rows),
    )


def portfolio_likeness(answer: Any, canvas: Canvas) -> Picture:
    """How like its rivals a vendor's products are in each market."""
    say, result, lang = speaker("pictures.rivals", canvas.lang), answer.result, canvas.lang
    if not result.markets:
        why = message("reasons.not_live", lang)
        title = say("none", name=answer.subject.name)
        return charts.empty(title, say("subtitle.markets"), answer.finding, why, canvas)
    rows = [
        Row(
            id=row.market,
            name=row.market_name,
            value=row.similarity_to_rivals,
            told=_share(row.similarity_to_rivals, lang),
        )
        for row in result.markets
    ]
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0)))
    products = counted("findings.counts.products", result.n_products, lang)
    return Picture(
        title=say(
            "portfolio",
            vendor=answer.subject.name,
            share=_share(result.similarity_to_rivals, lang),
            own=_share(result.internal_similarity, lang),
        ),
        subtitle=say("subtitle.portfolio", products=products),
        alternative=f"{answer.finding} {ranking.listed(rows, lang)}",
        spec={"layer": ranking.bars(rows, ranking.SHARES, canvas)},
        height=ranking.height(rows),
    )


def feature_spread(answer: Any, canvas: Canvas) -> Picture:
    """How many vendors have a feature, between the limits of its classes."""
    say, result, lang = speaker("pictures.rivals", canvas.lang), answer.result, canvas.lang
    if result.status is None or result.penetration is None:
        why = message(f"reasons.{answer.reasons.get('status', 'no_features')}", lang)
        title = say("none", name=answer.subject.name)
        market = answer.market_name or ""
        return charts.empty(
            title, say("subtitle.spread", market=market), answer.finding, why, canvas
        )
    low, high = result.penetration_low, result.penetration_high
    row = Row(
        id=result.feature,
        name=f"{answer.subject.name} {percent(result.penetration, lang)}",
        value=result.penetration,
        told="",
        low=low,
        high=high,
    )
    status = message(f"statuses.{result.status}", lang)
    given = {"n": result.n_vendors_with, "of": result.n_vendors, "status": status}
    vendors = counted("findings.counts.vendors", result.n_vendors, lang)
    title = say("spread", feature=answer.subject.name, **given | {"of": vendors})
    if low is not None and high is not None:
        title += say("possible", low=percent(low, lang), high=percent(high, lang))
    asked = answer.method.parameters
    limits = [float(asked["differentiator_max"]), float(asked["table_stakes_min"])]
    x = ranking.SHARES
    return Picture(
        title=title,
        subtitle=say("subtitle.spread", market=answer.market_name or ""),
        alternative=answer.finding,
        spec={"layer": [*ranking.bars([row], x, canvas), *_classes(limits, x, canvas)]},
        height=ranking.height([row]) + 44,
    )


def _classes(limits: list[float], x: dict[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    """Where a class ends, and its word between the ends."""
    colours, names = charts.palette(canvas), ("differentiator", "contested", "table_stakes")
    edges = [0.0, *limits, 1.0]
    words = [
        {
            "value": (edges[place] + edges[place + 1]) / 2,
            "text": message(f"statuses.{name}", canvas.lang),
        }
        for place, name in enumerate(names)
    ]
    rules = [{"value": limit} for limit in limits]
    below: dict[str, Any] = {"value": "height"}
    return [
        charts.layer("rule", rules, {"x": x}, color=colours.muted, strokeDash=[3, 3]),
        charts.words(words, x, below, dy=12, color=colours.muted, baseline="top"),
    ]


def _share(value: float | None, lang: str) -> str:
    return message("findings.not_known", lang) if value is None else percent(value, lang)
