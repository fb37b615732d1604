"""Turnbull's NPMLE for interval-censored, left-truncated integer times."""

from dataclasses import dataclass

import numpy as np

from service.maths.facts import Ints
from service.maths.survival import Floats

FOREVER = 2**40  # the right end of an interval without one


@dataclass(frozen=True)
class Masses:
    """Probability masses on disjoint closed intervals; where in them the data cannot tell."""

    low: Ints
    high: Ints
    mass: Floats


def turnbull(low: Ints, high: Ints, truncation: Ints) -> Masses:
    """The NPMLE of T given T in [low, high] and observed only because T > truncation.

    Support after Turnbull 1976 with Frydman's 1994 correction; self-consistency (EM), then
    Newton steps on the support that is left until the Kuhn-Tucker conditions hold.
    """
    left, right = _support(low, high, truncation)
    inside = (low[:, None] <= left) & (right <= high[:, None])
    seen = left > truncation[:, None]
    mass = np.full(len(left), 1 / max(len(left), 1))
    for _ in range(2_000):
        new = _self_consistent(mass, inside, seen)
        moved = float(np.abs(new - mass).max(initial=0.0))
        mass = new
        if moved < 1e-9:
            break
    mass = _polished(mass, inside, seen)
    kept = mass > 1e-9
    mass = mass[kept] / mass[kept].sum()
    return Masses(left[kept], right[kept], mass)


def _support(low: Ints, high: Ints, truncation: Ints) -> tuple[Ints, Ints]:
    """Innermost intervals: a left end followed by a right end with no other end between.

    A subject's truncation time is a right end too (Frydman 1994).
    """
    lefts = np.unique(low)
    rights = np.unique(np.concatenate([high, truncation]))
    nearest = rights[np.searchsorted(rights, lefts)]  # every left end has its own right end
    following = np.append(lefts[1:], FOREVER + 1)
    innermost = nearest < following
    return lefts[innermost], nearest[innermost]


def _self_consistent(
    mass: Floats, inside: "np.typing.NDArray[np.bool_]", seen: "np.typing.NDArray[np.bool_]"
) -> Floats:  # noqa: E501
    """One EM step; unseen subjects of the same kind are added to each seen one."""
    own = inside * mass
    own /= own.sum(axis=1, keepdims=True)
    ghosts = ~seen * mass / (seen * mass).sum(axis=1, keepdims=True)
    expected = (own + ghosts).sum(axis=0)
    return np.asarray(expected / expected.sum(), np.float64)
