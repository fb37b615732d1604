"""An interval for a share of few cases."""

import math

from scipy.special import ndtri


def wilson(found: int, cases: int, confidence: float = 0.95) -> tuple[float, float]:
    """Limits of the share behind `found` of `cases` (at least one): E. B. Wilson, Probable
    inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22:209."""
    z = float(ndtri((1 + confidence) / 2))
    share, scale = found / cases, 1 + z * z / cases
    middle = share + z * z / (2 * cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    low, high = (middle - half) / scale, (middle + half) / scale
    return low if found else 0.0, high if found < cases else 1.0
