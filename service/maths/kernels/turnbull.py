"""Turnbull's NPMLE for interval-censored, left-truncated integer times."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Floats, Ints

FOREVER = 2**40  # the right end of an interval without one
_ROUNDS, _SETTLED, _NIL = 500, 1e-9, 1e-9


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
    for _ in range(_ROUNDS):
        new = _self_consistent(mass, inside, seen)
        moved = float(np.abs(new - mass).max(initial=0.0))
        mass = new
        if moved < _SETTLED:
            break
    mass = _polished(mass, inside, seen)
    kept = mass > _NIL
    return Masses(left[kept], right[kept], mass[kept] / mass[kept].sum())


def _support(low: Ints, high: Ints, truncation: Ints) -> tuple[Ints, Ints]:
    """Innermost intervals: a left end followed by a right end with no other end between.

    A subject's truncation time is a right end too (Frydman 1994).
    """
    lefts = np.unique(low)
    rights = np.unique(np.concatenate([high, truncation]))
    nearest = rights[np.searchsorted(rights, lefts)]
    following = np.append(lefts[1:], FOREVER + 1)
    innermost = nearest < following
    return lefts[innermost], nearest[innermost]


def _self_consistent(mass: Floats, inside: Bools, seen: Bools) -> Floats:
    """One EM step; unseen subjects of the same kind are added to each seen one."""
    own = inside * mass
    own /= own.sum(axis=1, keepdims=True)
    ghosts = ~seen * mass / (seen * mass).sum(axis=1, keepdims=True)
    expected: Floats = (own + ghosts).sum(axis=0)
    return np.asarray(expected / expected.sum(), np.float64)


def _log_likelihood(mass: Floats, inside: Bools, seen: Bools) -> float:
    own, all_seen = inside @ mass, seen @ mass
    if (own <= 0).any() or (all_seen <= 0).any():
        return -np.inf
    return float(np.log(own).sum() - np.log(all_seen).sum())


def _gradient(mass: Floats, inside: Bools, seen: Bools) -> Floats:
    slope: Floats = inside.T @ (1 / (inside @ mass)) - seen.T @ (1 / (seen @ mass))
    return slope


def _polished(mass: Floats, inside: Bools, seen: Bools) -> Floats:
    """Kuhn-Tucker: gradient 0 where there is mass, at most 0 elsewhere (Gentleman & Geyer 1994)."""
    for _ in range(100):
        slope = _gradient(mass, inside, seen)
        active = (mass > _NIL) | (slope > 1e-9)
        if np.abs(slope[active] * np.maximum(mass[active], _NIL)).max(initial=0.0) < 1e-12:
            break
        step = np.zeros(len(mass))
        step[active] = _newton(mass, inside, seen, active)
        new = _improved(mass, step, inside, seen)
        if new is None:
            break
        mass = new
    return mass


def _newton(mass: Floats, inside: Bools, seen: Bools, active: Bools) -> Floats:
    """The Newton step on the active masses that keeps their sum."""
    own = inside[:, active] / (inside @ mass)[:, None]
    all_seen = seen[:, active] / (seen @ mass)[:, None]
    curvature = all_seen.T @ all_seen - own.T @ own
    n = int(active.sum())
    system = np.zeros((n + 1, n + 1))
    system[:n, :n], system[:n, n], system[n, :n] = curvature, 1.0, 1.0
    wanted = np.append(-_gradient(mass, inside, seen)[active], 0.0)
    solved: Floats = np.linalg.lstsq(system, wanted, rcond=1e-12)[0][:n]
    return solved


def _improved(mass: Floats, step: Floats, inside: Bools, seen: Bools) -> Floats | None:
    """The longest halved step that raises the likelihood, negative masses cut to 0."""
    before = _log_likelihood(mass, inside, seen)
    for halving in range(30):
        new = np.maximum(mass + step * 0.5**halving, 0.0)
        total = new.sum()
        if total > 0 and _log_likelihood(new / total, inside, seen) > before:
            return np.asarray(new / total, np.float64)
    return None
