"""What was published of a vendor's capital and of a product's use, through time (metrics.md,
14b)."""

from collections.abc import Sequence
from typing import Any

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import products
from service.maths.recorded.audience import ProductAudience, UsageSeries, product_audience
from service.maths.recorded.capital import CapitalLine, VendorCapital, vendor_capital
from service.query.registry import PRODUCTS, VENDORS
from service.texts.labels import label
from service.texts.messages import counted, message, speaker
from service.texts.values import amount, edtf_text
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told

_MOST_LINES, _MOST_METRICS = 6, 4
_TYPES = ("funding_round", "capex", "compute_purchase")
_STATUSES = ("actual", "reported", "planned")
_COUNTS = ("result.n_figures", "result.n_contradicted", "result.n_disputed", "result.n_undated")


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What published figures may be asked: what any analysis may."""

    survey_valid_days: p.SurveyValidDays = 365


def _capital(told: Told) -> str:
    lines = sorted(told.result.lines, key=_place)
    return _said(told, "capital", lines, [_line(one, told) for one in lines[:_MOST_LINES]])


def _place(line: CapitalLine) -> tuple[int, str, int]:
    """Rounds before spending before machines, what happened before what is planned."""
    type_ = _TYPES.index(line.type) if line.type in _TYPES else len(_TYPES)
    return type_, line.type, _STATUSES.index(line.status)


def _line(line: CapitalLine, told: Told) -> str:
    say, lang = speaker("findings.capital", told.lang), told.lang
    first, last = (edtf_text(day, lang) for day in (line.first_date, line.last_date))
    about = {"what": label(line.type, lang), "status": label(line.status, lang)}
    n = line.n_figures - line.n_without_figure
    if line.total_amount is not None and n > 1:
        money = _money(line.total_amount, line, told)
        return say("sum", **about, amount=money, n=n, first=first, last=last)
    is_open = "contradicting_figures" in (_why(line, told, "last_amount"), _why(line, told))
    if is_open:
        return say("contradicted", **about, date=last)
    shown = _amount(line, told)
    if not shown:
        return say("not_public", **about, date=last)
    if line.n_figures > 1:
        return say("latest", **about, amount=shown, date=last, n=line.n_figures)
    return say("one", **about, amount=shown, date=last)


def _why(line: CapitalLine, told: Told, figure: str = "last_quantity") -> str | None:
    reasons: dict[str, str] = told.result.reasons
    return reasons.get(f"lines.{line.line}.{figure}")


def _amount(line: CapitalLine, told: Told) -> str:
    """Machines, money, or machines for so much money."""
    machines = money = ""
    if line.last_quantity is not None:
        n = amount(line.last_quantity, told.lang)
        machines = message("findings.capital.machines", told.lang, n=n, unit=line.measured_in)
    if line.last_amount is not None:
        money = _money(line.last_amount, line, told)
    if machines and money:
        return message("findings.capital.both", told.lang, machines=machines, money=money)
    return machines or money


def _money(value: float, line: CapitalLine, told: Told) -> str:
    currency = label(line.currency or None, told.lang)
    return message(
        "findings.capital.money", told.lang, n=amount(value, told.lang), currency=currency
    )


def _audience(told: Told) -> str:
    series = sorted(told.result.series, key=lambda one: (-one.n_figures, one.metric))
    return _said(told, "audience", series, [_metric(one, told) for one in series[:_MOST_METRICS]])


def _metric(series: UsageSeries, told: Told) -> str:
    say, lang = speaker("findings.audience", told.lang), told.lang
    first, last = (edtf_text(day, lang) for day in (series.first_period, series.last_period))
    about = {"metric": label(series.metric, lang), "last_period": last}
    if series.last_value is None:
        return say("contradicted", **about)
    about["last"] = amount(series.last_value, lang)
    if series.first_value is None or series.first_period == series.last_period:
        return say("once", **about)
    return say("grew", **about, first=amount(series.first_value, lang), first_period=first)


def _said(told: Told, section: str, every: Sequence[Any], shown: list[str]) -> str:
    """The sentence with its lines, and what they leave out."""
    say, result, lang = speaker(f"findings.{section}", told.lang), told.result, told.lang
    about = {"day": told.day, "whose": message("findings.published.whose", lang, name=told.subject)}
    notes = _left_out(told)
    if not every:
        return say("none", **about) + notes
    figures = _figures(result.n_figures, told)
    lines = message("lists.semicolon", lang).join(shown)
    if len(every) > len(shown):
        lines += say("further", n=len(every) - len(shown))
    return say("said", **about, figures=figures, lines=lines) + notes


def _left_out(told: Told) -> str:
    """What is in the table and not in the sentence, and what is in neither."""
    say, result, notes = speaker("findings.published", told.lang), told.result, ""
    if result.n_contradicted:
        notes += say("contradicted", figures=_figures(result.n_contradicted, told))
    if result.n_disputed:
        notes += say("disputed", figures=_figures(result.n_disputed, told))
    return notes


def _figures(n: int, told: Told) -> str:
    return counted("findings.counts.figures", n, told.lang)


VENDOR_CAPITAL = Metric(vendor_capital, "capital", Parameters, stands_on="investments")
PRODUCT_AUDIENCE = Metric(product_audience, "audience", Parameters, stands_on="usage")
DECLARATIONS = (
    analysis(
        operation="get_vendor_capital",
        collection=VENDORS,
        suffix="capital",
        summary="What money and machines went, or are to go, into a vendor",
        doc="Figures as published, by type, status, currency and unit; only rounds of one status "
        "and currency are summed. Those that lost a dispute are counted.",
        method="capital",
        parameters=Parameters,
        metrics=(VENDOR_CAPITAL,),
        compute=vendor_capital,
        result=VendorCapital,
        finding=_capital,
        says_coverage=True,
        shown=Presentation("entries", _COUNTS, products.capital),
    ),
    analysis(
        operation="get_product_audience",
        collection=PRODUCTS,
        suffix="audience",
        summary="How many use a product, how long and how often",
        doc="Figures as published, a series per metric in its unit. Those that lost a dispute are "
        "counted.",
        method="audience",
        parameters=Parameters,
        metrics=(PRODUCT_AUDIENCE,),
        compute=product_audience,
        result=ProductAudience,
        finding=_audience,
        says_coverage=True,
        shown=Presentation("entries", _COUNTS, products.audience),
    ),
)
