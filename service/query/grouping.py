"""What records are grouped by, and what is computed of each group."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.paths import Path, paths
from service.query.types.decimals import PLAIN
from service.texts.sentences import sentence

_CALL = re.compile(r"([a-z0-9_]+)\(([a-z0-9_.]+)\)\Z")
PERIODS = {"year": "YYYY", "quarter": 'YYYY-"Q"Q', "month": "YYYY-MM"}
OF_RECORDS = ("count", "share")
# Below which part of the numbers the figure lies (Hyndman and Fan 1996, definition 7).
QUANTILES = {"median": Decimal("0.5"), "p10": Decimal("0.1"), "p90": Decimal("0.9")}
OF_NUMBERS = ("sum", "avg", "min", "max", *QUANTILES)
OF_DATES = ("min", "max")
DISTINCT = "count_distinct"
_MEETS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": ge,
    "<=": le,
    "!=": ne,
    ">": gt,
    "<": lt,
    "=": eq,
}
COMPARISONS = tuple(_MEETS)
HAVING_FORM = f"^[a-z0-9_.()]+(?:{'|'.join(COMPARISONS)}){PLAIN}$"


@dataclass(frozen=True)
class Key:
    """A group key: a path, or the period that a date certainly falls into."""

    name: str
    path: Path
    period: str = ""


@dataclass(frozen=True)
class Metric:
    """A figure of each group: a function of a path, or of the records: how many they are, and
    which share of all.
    """

    name: str
    function: str = "count"
    path: Path | None = None

    @property
    def is_date(self) -> bool:
        """The first or the last date of the group: as partial as the dates are."""
        of_date = self.path is not None and self.path.type.is_dated
        return of_date and self.function in OF_DATES


@dataclass(frozen=True)
class Having:
    """Which groups stay: those whose metric compares so."""

    metric: str
    sign: str
    value: Decimal

    def is_met(self, figure: int | float) -> bool:
        """As PostgreSQL compares: a fraction with the fraction next to the value."""
        value = float(self.value) if isinstance(figure, float) else self.value
        return _MEETS[self.sign](figure, value)


COUNT = Metric("count")


def is_groupable(path: Path) -> bool:
    return path.type.is_groupable and not path.is_many_hop


def key_of(collection: Collection, text: str, parameter: str = "group_by") -> Key | Fault:
    """`feature_id`, `vendor.country`, `year(date)`, `quarter(date)`, `month(date)`."""
    known = paths(collection)
    call = _CALL.match(text)
    if call is not None:
        path = known.get(call[2])
        if call[1] in PERIODS and path is not None and path.type.is_dated:
            return Key(text, path, call[1])
    elif text in known and is_groupable(known[text]):
        return Key(text, known[text])
    return _unknown(parameter, text, group_names(collection))


def group_names(collection: Collection) -> list[str]:
    """Everything that a collection can be grouped by."""
    groupable = [path for path in paths(collection).values() if is_groupable(path)]
    dates = [path.name for path in groupable if path.type.is_dated]
    return [p.name for p in groupable] + [f"{p}({d})" for d in dates for p in PERIODS]


def metric_of(collection: Collection, text: str) -> Metric | Fault:
    """`count`, `share`, `sum(value)`, `p90(amount)`, `min(launched)`, `count_distinct(date)`."""
    if text in OF_RECORDS:
        return Metric(text, text)
    call, known = _CALL.match(text), paths(collection)
    if call is not None and call[2] in known:
        path = known[call[2]]
        is_counting = call[1] == DISTINCT and is_groupable(path)
        is_dating = call[1] in OF_DATES and path.type.is_dated
        is_computing = call[1] in OF_NUMBERS and path.type.is_numeric
        if not path.is_many_hop and (is_counting or is_dating or is_computing):
            return Metric(text, call[1], path)
    return _unknown("metrics", text, metric_names(collection))


def metric_names(collection: Collection) -> list[str]:
    """Every metric that a collection can be asked for."""
    known = [path for path in paths(collection).values() if not path.is_many_hop]
    numbers = [p.name for p in known if p.type.is_numeric and p.field.name != "revision"]
    dates = [f"{f}({p.name})" for p in known if p.type.is_dated for f in OF_DATES]
    distinct = [f"{DISTINCT}({p.name})" for p in known if is_groupable(p)]
    computed = [f"{f}({n})" for n in numbers for f in OF_NUMBERS]
    return [*OF_RECORDS, *computed, *dates, *distinct]


def having_of(text: str, metrics: list[Metric]) -> Having | Fault:
    """`count>=2` over one of the metrics asked for that are numbers."""
    names = [metric.name for metric in metrics if not metric.is_date]
    for sign in COMPARISONS:
        name, is_sign, number = text.partition(sign)
        if is_sign and re.fullmatch(PLAIN, number):
            if name in names:
                return Having(name, sign, Decimal(number))
            return _unknown("having", name, names)
    detail = sentence("groups.having", given=text[:60])
    return Fault(Code.INVALID_VALUE, detail, parameter="having")


def _unknown(parameter: str, text: str, known: list[str]) -> Fault:
    detail = sentence("parameters.no_word", given=text[:60], name=parameter)
    return Fault(
        Code.UNKNOWN_FIELD, detail, parameter=parameter, did_you_mean=tuple(nearest(text, known))
    )
