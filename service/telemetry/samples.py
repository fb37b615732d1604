"""How a process stands, as it is looked at once a second."""

from collections.abc import Mapping

from msgspec import Struct


class Sample(Struct, frozen=True):
    """Connections, analyses and pictures by state, the newest revision known (-1: none), whether
    PostgreSQL tells of commits, and attempts of deliveries so far by what came of them."""

    connections: Mapping[str, int]
    analyses: Mapping[str, int]
    pictures: Mapping[str, int]
    revision: int
    is_listening: bool
    deliveries: Mapping[str, int]
