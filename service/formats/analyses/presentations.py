"""How an analysis is shown as a table and as a page: which rows, which figures, which words."""

from typing import NamedTuple

from service.formats.pictures.picture import Painter

FIGURES = "figures"
LIKENESS = (
    "result.score",
    "result.score_ci_low",
    "result.score_ci_high",
    "result.expected_by_chance",
    "result.chance_adjusted_score",
)
SIZES = ("result.n_vendors", "result.n_products", "result.n_features")


class Presentation(NamedTuple):
    """`table`: the rows of the .csv unless another is asked for, `figures` for all scalars.

    `headline`: dotted paths into the answer, the figures of the .md. `picture` draws it.
    """

    table: str
    headline: tuple[str, ...]
    picture: Painter
