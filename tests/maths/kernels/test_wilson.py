"""Wilson's interval: a published figure, then laws."""

import pytest

from service.maths.kernels.wilson import wilson


def test_the_published_figure() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81/263, 15/148, 0/20, 1/29."""
    rounded = {
        k: tuple(round(limit, 4) for limit in wilson(*k))
        for k in ((81, 263), (15, 148), (0, 20), (1, 29))
    }
    assert rounded == {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }


@pytest.mark.parametrize("cases", [1, 2, 7, 40])
def test_it_holds_the_share_and_mirrors(cases: int) -> None:
    for found in range(cases + 1):
        low, high = wilson(found, cases)
        assert 0 <= low <= found / cases <= high <= 1
        mirrored = wilson(cases - found, cases)
        assert (1 - high, 1 - low) == pytest.approx(mirrored)
