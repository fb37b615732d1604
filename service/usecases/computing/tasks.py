"""What a worker and the processes that compute for it tell each other."""

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.usecases.computing.panel_cache import PanelCache, PanelKey

HEAD = struct.Struct("!Q")
NUMBER = struct.Struct("!q")


@dataclass(frozen=True)
class Task:
    """`work` on panels (None: on nothing in its place), with facts that were lacking. The process
    ends itself after `seconds`, should nobody end it before."""

    work: Callable[..., Any]
    panels: tuple[PanelKey | None, ...]
    arguments: tuple[Any, ...]
    seconds: float
    facts: dict[int, Facts] = field(default_factory=dict)


@dataclass(frozen=True)
class Lacks:
    """Facts that must be sent."""

    facts: list[int]


@dataclass(frozen=True)
class Done:
    """What came out, and the processor's seconds that it took."""

    value: Any
    seconds: float


@dataclass(frozen=True)
class Failed:
    """What was raised, as it is logged; empty: it took more memory than there is for one task."""

    trace: str


def frame(message: object) -> bytes:
    """A message with its length before it."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(body)) + body


def arranged(panel_cache: PanelCache, task: Task) -> list[Panel | None]:
    """The panels of a task in its order."""
    keys = [key for key in task.panels if key is not None]
    made = iter(panel_cache.panels(keys, task.facts))
    return [None if key is None else next(made) for key in task.panels]
