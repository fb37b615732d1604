"""How a process stands, as it is looked at once a second."""

from collections.abc import Mapping, Sequence

from msgspec import Struct


class LaneLoad(Struct, frozen=True):
    """Of `places` how many are worked on, how many wait, and how many were refused so far."""

    places: int
    working: int
    waiting: int
    refused: int


class ReplicaLoad(Struct, frozen=True):
    """Whether it is read, and for how many seconds it has lacked what the worker knows of."""

    is_read: bool
    lag: float


class Sample(Struct, frozen=True):
    """Connections, analyses and pictures by state, the newest revision known (-1: none), whether
    PostgreSQL tells of commits, attempts of deliveries so far by what came of them, lanes by name,
    and replicas in their order."""

    connections: Mapping[str, int]
    analyses: Mapping[str, int]
    pictures: Mapping[str, int]
    revision: int
    is_listening: bool
    deliveries: Mapping[str, int]
    lanes: Mapping[str, LaneLoad] = {}
    replicas: Sequence[ReplicaLoad] = ()
