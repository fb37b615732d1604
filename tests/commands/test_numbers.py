"""Numbers on a command line and in headers are written in digits."""

import click
import pytest

from service.api.http.languages import preferred, weight
from service.commands.base import Whole


@pytest.mark.parametrize("written", ["8_000", " 80", "80\n", "+80", "٣", "８０", "8e1", "80.0", ""])
def test_a_whole_number_on_a_command_line_is_digits(written: str) -> None:
    with pytest.raises(click.BadParameter):
        Whole(1, 65_535).convert(written, None, None)
    assert Whole(1, 65_535).convert("80", None, None) == 80


@pytest.mark.parametrize(
    ("written", "found"),
    [("0.5", 0.5), (".2", 0.2), ("1.", 1.0), ("7", 1.0), ("0_9", 0), ("nan", 0), ("1e0", 0)],
)
def test_a_weight_is_digits_and_a_point(written: str, found: float) -> None:
    assert weight(written) == found
    is_first = found > 0.1
    assert preferred(f"zh;q={written},en;q=0.1") == ("zh" if is_first else "en")
