"""Imputation draws of imprecise dates: hashed, so that a draw depends on nothing but its key."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import numpy as np

from service.maths.arrays import Floats, Ints


@lru_cache(maxsize=16)
def _places(seed: int, n_draws: int) -> tuple[bytes, ...]:
    return tuple(f"{seed}:{m}:".encode() for m in range(n_draws))


@lru_cache(maxsize=50_000)
def uniforms(key: str, seed: int, n_draws: int) -> Floats:
    """u of draws 0..n_draws-1: the first 52 bits of SHA-256("{seed}:{m}:{key}") / 2^52."""
    said = key.encode()
    digests = b"".join([sha256(place + said).digest()[:8] for place in _places(seed, n_draws)])
    drawn = (np.frombuffer(digests, ">u8") >> np.uint64(12)) / 2.0**52
    drawn.flags.writeable = False  # shared by all callers
    return drawn


def days_drawn(keys: Sequence[str], lo: Ints, hi: Ints, seed: int, n_draws: int) -> Ints:
    """One row of day ordinals per closed interval: lo + floor(u * (hi - lo + 1)).

    `keys` is read only where lo < hi; exact dates are repeated.
    """
    days = np.repeat(lo[:, None], n_draws, axis=1)
    for row in np.flatnonzero(lo < hi).tolist():
        u = uniforms(keys[row], seed, n_draws)
        days[row] += np.floor(u * float(hi[row] - lo[row] + 1)).astype(np.int64)
    return days
