"""Values kept within a number of bytes."""

import numpy as np

from service.bounded import Bounded
from service.maths.panel.kept import weight


def test_the_least_recently_used_is_let_go() -> None:
    kept = Bounded[str](100)
    for key in "abc":
        kept.put(key, key.upper(), 30)
    assert kept.get("a") == "A"
    kept.put("d", "D", 40)
    assert ([key for key in "abcd" if key in kept], kept.used) == (["a", "c", "d"], 100)


def test_a_value_is_replaced_and_dropped() -> None:
    kept = Bounded[str](100)
    kept.put("a", "A", 60)
    kept.put("a", "B", 70)
    assert (kept.get("a"), kept.used) == ("B", 70)
    kept.drop("a")
    kept.drop("a")
    assert (kept.get("a"), kept.used) == (None, 0)


def test_what_alone_is_too_large_is_not_kept() -> None:
    kept = Bounded[str](100)
    kept.put("a", "A", 101)
    assert (kept.get("a"), kept.used) == (None, 0)


def test_what_is_too_large_drives_nothing_out() -> None:
    kept = Bounded[str](100)
    kept.put("a", "A", 60)
    kept.put("b", "B", 101)
    assert (kept.get("a"), kept.used) == ("A", 60)


def test_what_was_used_is_kept_once_more() -> None:
    """Whoever is never asked for again goes at the second time that room is needed."""
    kept = Bounded[int](3)
    for key in range(3):
        kept.put(key, key, 1)
        kept.get(key)
    kept.put(3, 3, 1)
    assert [key for key in range(4) if key in kept] == [1, 2, 3]
    kept.get(1)
    kept.put(4, 4, 1)
    assert [key for key in range(5) if key in kept] == [1, 3, 4]


class Drawn:
    def __init__(self) -> None:
        self.draws = [np.zeros((3, 100)), {"x": np.zeros(50, np.bool_)}]


def test_columns_are_counted_wherever_they_stand() -> None:
    assert 2450 < weight((Drawn(), "abc")) < 3000
