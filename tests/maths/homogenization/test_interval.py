"""The interval of the score and its range over date draws (metrics.md, 4.5 and 4.6)."""

import json
import math

import numpy as np
from scipy.stats import t

from service.maths.homogenization.interval import interval
from service.maths.results import Absent
from service.usecases.analyses.compute import compute
from tests.cases_runner import CASES


def test_the_smaller_of_vendors_and_features_sets_the_degrees_of_freedom() -> None:
    vendors, items = np.array([0.4, 0.5, 0.6, 0.5, 0.5]), [0.45, 0.5, 0.55]
    found = interval(0.5, vendors, list(items), 5, 0.95)
    errors = math.hypot(math.sqrt(4 / 5 * 0.02), math.sqrt(2 / 3 * 0.005))
    low = max(0.0, 0.5 - float(t.ppf(0.975, 2)) * errors)
    found_low = found["score_ci_low"]
    assert isinstance(found_low, float)
    assert math.isclose(found_low, low, abs_tol=1e-12)
    assert not any(isinstance(figure, Absent) for figure in found.values())


def test_an_undefined_rest_takes_the_interval_with_it() -> None:
    found = interval(0.5, np.array([0.4, 0.5, 0.6]), [0.5, None, 0.5], 3, 0.95)
    undefined = Absent("jackknife_undefined")
    assert (found["se_features"], found["score_ci_low"]) == (undefined, undefined)


def test_the_range_opens_on_the_first_possible_day_and_closes_on_the_last() -> None:
    case = json.loads((CASES / "h08.json").read_bytes())
    days = ("2024-11-30", "2024-12-01", "2024-12-30", "2024-12-31")
    case["calls"] = [
        {"metric": "market_homogenization", "params": {"market": "m", "on": day}} for day in days
    ]
    answers = compute(json.dumps(case).encode())
    assert [a["score_date_high"] - a["score_date_low"] for a in answers] == [0, 0.5, 0.5, 0]
