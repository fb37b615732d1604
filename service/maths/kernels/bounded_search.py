"""The least value of several functions of one number, each between its bounds, searched in step."""

import math
from collections.abc import Callable, Generator, Sequence

import numpy as np

from service.maths.arrays import Floats, Ints

_CLOSE, _MOST = 1e-10, 500  # of x; steps
_GOLDEN, _SQRT_EPS = 0.5 * (3.0 - math.sqrt(5.0)), math.sqrt(2.2e-16)
Search = Generator[float, float, tuple[float, float]]


def least(
    values: Callable[[Ints, Floats], Floats], bounds: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """(x, f(x)) of each function. `values` gives, for places of functions and an x of each, what
    these come to: all that are still searched are asked at once."""
    searches = {n: _search(*one) for n, one in enumerate(bounds)}
    asked = {n: next(search) for n, search in searches.items()}
    found: dict[int, tuple[float, float]] = {}
    while asked:
        each = values(np.array(list(asked), np.int64), np.array(list(asked.values())))
        for n, value in zip(list(asked), each.tolist(), strict=True):
            try:
                asked[n] = searches[n].send(value)
            except StopIteration as ended:
                found[n] = ended.value
                del asked[n]
    return [found[n] for n in range(len(bounds))]


def _search(a: float, b: float) -> Search:
    """Brent's method (Brent 1973, chapter 5; Forsythe, Malcolm & Moler 1977, fmin), with the steps
    of scipy.optimize's bounded search: yields an x, is sent its value."""
    best = second = third = a + _GOLDEN * (b - a)
    of_best = of_second = of_third = yield best
    step = before = 0.0
    for _ in range(_MOST - 1):
        middle, close = 0.5 * (a + b), _SQRT_EPS * abs(best) + _CLOSE / 3.0
        if abs(best - middle) <= 2.0 * close - 0.5 * (b - a):
            break
        tried = None
        if abs(before) > close:
            r = (best - second) * (of_best - of_third)
            q = (best - third) * (of_best - of_second)
            p = (best - third) * q - (best - second) * r
            q = 2.0 * (q - r)
            p, q, last, before = -p if q > 0.0 else p, abs(q), before, step
            if abs(p) < abs(0.5 * q * last) and q * (a - best) < p < q * (b - best):
                tried = p / q
                x = best + tried
                if x - a < 2.0 * close or b - x < 2.0 * close:
                    tried = close if middle >= best else -close
        if tried is None:
            before = a - best if best >= middle else b - best
            tried = _GOLDEN * before
        step = tried
        x = best + max(abs(step), close) * (1 if step >= 0.0 else -1)  # -0.0 is no step back
        value = yield x
        if value <= of_best:
            a, b = (best, b) if x >= best else (a, best)
            third, of_third, second, of_second = second, of_second, best, of_best
            best, of_best = x, value
            continue
        a, b = (x, b) if x < best else (a, x)
        if value <= of_second or second == best:
            third, of_third, second, of_second = second, of_second, x, value
        elif value <= of_third or third in (best, second):
            third, of_third = x, value
    return best, of_best
