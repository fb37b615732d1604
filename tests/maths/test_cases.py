"""The worked cases of every metric."""

import json

import pytest

from service.usecases.analyses.compute import compute
from tests.cases_runner import CASES, calls, differences, flaws


@pytest.mark.parametrize(("case_id", "index"), calls())
def test_the_answer_is_the_expected_one(case_id: str, index: int) -> None:
    assert differences(case_id, index) == []


@pytest.mark.parametrize(("case_id", "index"), calls())
def test_every_null_has_a_reason_and_nothing_is_infinite(case_id: str, index: int) -> None:
    case = json.loads((CASES / f"{case_id}.json").read_bytes())
    answer = compute(json.dumps({**case, "calls": [case["calls"][index]]}).encode())[0]
    assert flaws(answer) == []
