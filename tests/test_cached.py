"""Properties computed once per instance."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from service.cached import cached_property

SECONDS = 20.0  # until a test that waits for ever fails


class Sum:
    """Waits while it computes until as many compute as the barrier is for."""

    def __init__(self, barrier: Barrier) -> None:
        self.barrier, self.calls = barrier, 0

    @cached_property
    def value(self) -> int:
        """What is computed."""
        self.calls += 1
        self.barrier.wait(SECONDS)
        return self.calls


def test_two_instances_compute_at_once() -> None:
    sums = [Sum(barrier := Barrier(2)), Sum(barrier)]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda one: one.value, sums)) == [1, 1]


def test_an_instance_computes_once() -> None:
    one = Sum(Barrier(1))
    assert (one.value, one.value, one.calls) == (1, 1, 1)


def test_two_threads_of_one_instance_keep_the_same_value() -> None:
    one = Sum(Barrier(2))
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda _: one.value, range(2)))
    assert found == [one.value, one.value]


def test_the_class_shows_what_is_documented() -> None:
    assert Sum.value.__doc__ == "What is computed."
