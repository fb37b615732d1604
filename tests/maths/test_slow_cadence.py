"""Cadences against plain loops over the records, on random markets (metrics.md, 14a)."""

import json
import math
from datetime import date
from statistics import median
from typing import Any

import pytest

from service.usecases.analyses.compute import compute
from tests.slow import cadences

DAYS = ("2021-08-20", "2022-07-20", "2024-12-31")
CALLS = [(seed, day) for seed in range(12) for day in DAYS]
DRAWS = PERMUTATIONS = 40
near = pytest.approx


def _ask(seed: int, metric: str, day: str, **params: Any) -> Any:
    basic = {"on": day, "date_draws": DRAWS, "permutations": PERMUTATIONS}
    call = {"metric": metric, "params": basic | params}
    asked = {"records": cadences.with_versions(seed), "calls": [call]}
    return compute(json.dumps(asked).encode())[0]


@pytest.mark.parametrize(("seed", "day"), CALLS)
def test_a_market(seed: int, day: str) -> None:
    ours = _ask(seed, "market_cadence", day, market="m")
    products = cadences.members(seed, "m")
    _has_the_figures(ours, seed, products, date.fromisoformat(day).toordinal())
    _has_the_vendors(ours, seed, products, date.fromisoformat(day).toordinal())


@pytest.mark.parametrize(("seed", "day"), CALLS[::3])
def test_each_product(seed: int, day: str) -> None:
    for name, record in cadences.members(seed, "m").items():
        ours = _ask(seed, "product_cadence", day, product=name)
        _has_the_figures(ours, seed, {name: record}, date.fromisoformat(day).toordinal())


def _has_the_figures(ours: Any, seed: int, products: dict[str, Any], on: int) -> None:
    versions, undated = cadences.dated(seed, products, on)
    found = cadences.releases(versions)
    gaps = cadences.every(found)
    assert ours["n_undated"] == undated
    assert ours["n_versions"] == len(versions)
    assert ours["n_imprecise"] == sum(cadences.imprecise(text) for _, text in versions)
    assert ours["n_releases"] == sum(map(len, found.values()))
    assert ours["n_gaps"] == len(gaps)
    _has_the_median(ours, gaps)
    _has_the_draws(ours, versions, on)
    _has_the_rate(ours, found, seed, on)
    _has_the_order(ours, found)
    years = {
        row["year"]: (row["n_versions"], row["n_releases"], row["n_gaps"], row["median_gap_days"])
        for row in ours["years"]
    }
    assert years == cadences.by_year(versions, found)


def _has_the_median(ours: Any, gaps: list[int]) -> None:
    if not gaps:
        assert ours["median_gap_days"] is None
        assert ours["reasons"]["median_gap_days"] in ("too_few_versions", "no_versions")
        return
    assert ours["median_gap_days"] == median(gaps)
    assert ours["gap_p25_days"] == near(cadences.between_ranks(gaps, 0.25))
    assert ours["gap_p75_days"] == near(cadences.between_ranks(gaps, 0.75))
    shown = ours["median_gap_ci_low"], ours["median_gap_ci_high"]
    assert shown == cadences.limits(gaps, 0.95)


def _has_the_draws(ours: Any, versions: list[tuple[str, str]], on: int) -> None:
    shown = ours["median_gap_date_low"], ours["median_gap_date_high"]
    if ours["median_gap_days"] is None:
        assert shown == (None, None)
    elif any(cadences.imprecise(text) for _, text in versions):
        every = [ours["median_gap_days"], *cadences.draws_of_median(versions, on, DRAWS)]
        assert shown == (min(every), max(every))
    else:
        assert ours["reasons"]["median_gap_date_low"] == "all_dates_exact"


def _has_the_rate(ours: Any, found: cadences.Releases, seed: int, on: int) -> None:
    years = cadences.years_followed(found, seed, on)
    rate = len(cadences.every(found)) / years if years else None
    assert ours["releases_per_year"] == (near(rate) if rate is not None else None)
    if rate is None:
        why = "follow_up_short" if found else "no_versions"
        assert ours["reasons"]["releases_per_year"] == why
    else:
        assert ours["years_followed"] == near(years)


def _has_the_order(ours: Any, found: cadences.Releases) -> None:
    own = cadences.gaps(found)
    s, pairs, equal = cadences.order(own)
    if sum(len(gaps) for gaps in own.values() if len(gaps) > 1) < 5:
        assert ours["reasons"]["direction"] == "too_few_versions"
        return
    if pairs == equal:
        assert ours["reasons"]["direction"] == "no_variance"
        return
    tau, p = s / math.sqrt(pairs * (pairs - equal)), cadences.chance(own, PERMUTATIONS)
    assert ours["kendall_tau"] == near(tau)
    assert ours["p_value_permutation"] == near(p)
    clear = "faster" if tau < 0 else "slower"
    assert ours["direction"] == (clear if p < 0.05 else "no_clear_trend")


def _has_the_vendors(ours: Any, seed: int, products: dict[str, Any], on: int) -> None:
    rows = {}
    for vendor in {record["vendor"] for record in products.values()}:
        own = {name: r for name, r in products.items() if r["vendor"] == vendor}
        versions, _ = cadences.dated(seed, own, on)
        if found := cadences.releases(versions):
            gaps = cadences.every(found)
            rows[vendor] = (
                len(found),
                len(versions),
                sum(map(len, found.values())),
                median(gaps) if gaps else None,
                cadences.years_followed(found, seed, on),
            )
    assert [row["vendor"] for row in ours["vendors"]] == sorted(rows)
    for row in ours["vendors"]:
        *counts, years = rows[row["vendor"]]
        names = ("n_products", "n_versions", "n_releases", "median_gap_days")
        assert [row[name] for name in names] == counts
        gaps = row["n_releases"] - row["n_products"]
        assert row["releases_per_year"] == (near(gaps / years) if years else None)
