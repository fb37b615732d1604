"""What is read of a catalogue: its models, the records they make, and what was left out."""

from collections import Counter
from dataclasses import dataclass, field

from service.formats.models_dev.features import Model
from service.formats.models_dev.labs import Lab
from service.formats.models_dev.matching import Record


@dataclass(frozen=True)
class Problem:
    """A model that was left out, and why."""

    pointer: str
    detail: str


@dataclass(frozen=True)
class Listed:
    """A model of a lab: its own entry, and its cost where the lab lists one."""

    product: str
    lab: Lab
    model: Model
    cost: Model


@dataclass
class Catalogue:
    """Records of the import format, what they count, and what was left out; `at` is where in the
    file the providers stand.
    """

    at: tuple[str, ...] = ("providers",)
    records: list[Record] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
