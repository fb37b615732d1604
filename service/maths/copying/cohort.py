"""All features of a market followed together: a row per feature, rival and presence (metrics.md,
11 to 14), and whether it is a fair choice (13.4)."""

from dataclasses import dataclass

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.copying.diffusion import Diffusion, diffusion, known_until, without_unknown
from service.maths.copying.risk_set import RiskSet, among
from service.maths.kernels.kaplan_meier import Rows
from service.maths.panel.panel import Panel
from service.maths.parameters import Race
from service.maths.results import Absent

_EPOCH = 719_163  # ordinal of 1970-01-01
_DAY = 86_400


@dataclass(frozen=True)
class FeatureCohort:
    """The diffusions of all features with an origin by `on`; columns run over the rows of all.

    `diffusions` are in feature id order, market by market, each among the units of the same place
    in `risk_sets`; `member` is the index into them, `unit` into the units of its own risk set.
    """

    risk_sets: list[RiskSet]
    diffusions: list[Diffusion]
    n_before_coverage: int

    @property
    def risk_set(self) -> RiskSet:
        """Of a cohort of one market."""
        return self.risk_sets[0]

    @cached_property
    def member(self) -> Ints:
        places = (np.full(len(d.rows), n) for n, d in enumerate(self.diffusions))
        return np.concatenate([_none(), *places])

    @cached_property
    def unit(self) -> Ints:
        return np.concatenate([_none(), *(d.row_unit for d in self.diffusions)])

    @cached_property
    def rows(self) -> Rows:
        entry, out = (
            np.concatenate([_none(), *(getattr(d.rows, name) for d in self.diffusions)])
            for name in ("entry", "exit")
        )
        event = np.concatenate([np.zeros(0, np.bool_), *(d.rows.event for d in self.diffusions)])
        return Rows(entry, out, event)

    @property
    def n_copies(self) -> int:
        return int(self.rows.event.sum())

    @property
    def rival_days(self) -> int:
        return int((self.rows.exit - self.rows.entry).sum())

    def feature_id(self, index: int) -> str:
        """The id of the feature of a diffusion; of several markets, `market/feature`."""
        risk_set = self.risk_sets[index]
        feature = risk_set.panel.feature_ids[self.diffusions[index].feature]
        several = any(other is not self.risk_sets[0] for other in self.risk_sets)
        return f"{risk_set.market}/{feature}" if several else feature

    def taken(self, mask: Bools) -> Rows:
        """Some of the rows."""
        return Rows(self.rows.entry[mask], self.rows.exit[mask], self.rows.event[mask])

    @cached_property
    def with_rows(self) -> list[int]:
        """Diffusions in which some rival was at risk, in feature id order."""
        return [n for n, d in enumerate(self.diffusions) if len(d.rows)]


def _none() -> Ints:
    return np.zeros(0, np.int64)


def cohort(
    panel: Panel,
    market: str | None,
    on: int,
    race: Race,
    *,
    covered: bool = False,
    known_for: int | None = None,
) -> FeatureCohort:
    """The diffusion of every feature among the vendors of a market on day `on` (an ordinal).

    `covered` leaves out features whose origin is older than the tracking of the market (they are
    counted), `known_for` the days on which it is not known whether a pending rival has the feature
    (surveys being valid for so many days).
    """
    risk_set = RiskSet(panel, market, on, race)
    each = [diffusion(risk_set, int(feature)) for feature in risk_set.features]
    since = risk_set.tracked_since
    kept = [d for d in each if not covered or since is None or d.origin >= since]
    if known_for is not None:
        kept = [without_unknown(d, known_until(risk_set, d.feature, known_for)) for d in kept]
    return FeatureCohort([risk_set] * max(len(kept), 1), kept, len(each) - len(kept))


def pooled_cohort(
    panel: Panel,
    market: str | None,
    markets: tuple[str, ...] | None,
    on: int,
    race: Race,
    known_for: int | None = None,
) -> FeatureCohort:
    """The covered features of one market, or of several, each with its own rivals."""
    places = tuple(sorted(set(markets))) if markets else (market,)
    key = "pooled_cohort", places, on, race, known_for
    return panel.latest(key, lambda: _pooled(panel, places, on, race, known_for))


def _pooled(
    panel: Panel, places: tuple[str | None, ...], on: int, race: Race, known_for: int | None
) -> FeatureCohort:
    each = [cohort(panel, one, on, race, covered=True, known_for=known_for) for one in places]
    if len(each) == 1:
        return each[0]
    risk_sets = [of for one in each for of in one.risk_sets[: len(one.diffusions)]]
    return FeatureCohort(
        risk_sets or each[0].risk_sets,
        [d for one in each for d in one.diffusions],
        sum(one.n_before_coverage for one in each),
    )


def uncopied_share(cohort: FeatureCohort) -> float | Absent:
    """Features with rivals that nobody has copied yet; near 0 in a young market means that
    uncopied features are not recorded and every speed is too fast."""
    contested = [d for d in cohort.diffusions if d.is_rival.any()]
    if not contested:
        return Absent("no_features")
    return sum(d.first_copy is None for d in contested) / len(contested)


def recorded_before_first_copy(cohort: FeatureCohort) -> float | Absent:
    """Of the copied features whose first movers' adoption has a recording instant, the share
    recorded not after the first copy."""
    in_time: list[bool] = []
    for risk_set, spread in zip(cohort.risk_sets, cohort.diffusions, strict=False):
        recorded = _earliest(risk_set, spread)
        if spread.first_copy is not None and recorded is not None:
            in_time.append(recorded <= spread.first_copy)
    return sum(in_time) / len(in_time) if in_time else Absent("no_recorded_dates")


def _earliest(risk_set: RiskSet, spread: Diffusion) -> int | None:
    """Ordinal of the day on which the first movers' adoption was first recorded."""
    spells, unit = risk_set.spells(spread.feature)
    rows: Ints = spells.row[among(unit, spread.first, len(risk_set))]
    seconds = risk_set.panel.facts.adoptions.recorded_at[rows]
    seconds = seconds[~np.isnan(seconds)]
    return int(seconds.min() // _DAY) + _EPOCH if len(seconds) else None
