"""How long work is expected to take, learned from how long it took."""

_FIRST = 200e-6  # seconds a row of what was never computed
_NEW = 0.3


class Costs:
    """Seconds of work by its name and the rows of facts that it is of."""

    def __init__(self) -> None:
        self._rates: dict[str, float] = {}

    def expected(self, name: str, rows: float) -> float:
        """Seconds."""
        return self._rates.get(name, _FIRST) * max(rows, 1.0)

    def took(self, name: str, rows: float, seconds: float) -> None:
        """Of later work of the name the latest times count most."""
        rate = seconds / max(rows, 1.0)
        self._rates[name] = rate + (1 - _NEW) * (self._rates.get(name, rate) - rate)
