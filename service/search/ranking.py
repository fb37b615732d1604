"""How good a hit is: by the way it matched, then by how much of the text it covers."""

from functools import cache
from typing import Any, Literal, TypeAlias

Way: TypeAlias = Literal[
    "exact", "prefix", "word", "inside", "pinyin", "pinyin_initials", "typo", "definition", "note"
]
# Scores of each way lie above the first figure, up to the second: ways never overtake each other.
BANDS: dict[Way, tuple[float, float]] = {
    "exact": (0.95, 1.0),
    "prefix": (0.85, 0.95),
    "word": (0.75, 0.85),
    "inside": (0.60, 0.75),
    "pinyin": (0.45, 0.60),
    "pinyin_initials": (0.35, 0.45),
    "typo": (0.20, 0.35),
    "definition": (0.05, 0.20),
    "note": (0.0, 0.05),
}
WAYS = tuple(BANDS)
SURELY = BANDS["pinyin_initials"][0]  # from here on a name matches as it is written or spelled
OF_COVERAGE, OF_FIELD, OF_PLACE = 0.80, 0.15, 0.05
OTHER_FIELD = 0.4
# A question of several words: who is meant, from the least likely to the likeliest; the least for
# who is named in it; the share that is left of loose matches of its words.
MEANT, NAMED_LEAST, OF_LOOSE = (0.20, 0.45), 0.40, 0.2
VERSION = "ranking 2"  # changes with every change of the order


@cache
def field_weight(field: str) -> float:
    """Names before aliases and titles before ids before the rest."""
    name = field.partition(".")[0]
    return {"names": 1.0, "aliases": 0.8, "title": 0.8, "id": 0.6}.get(name, OTHER_FIELD)


def score(band: tuple[Any, Any], coverage: Any, weight: Any, leads: Any) -> Any:
    """In (0, 1], of one match or of arrays of them.

    `band` are the bounds of its way, `coverage` the share of the text that matched, `weight` the
    field's, `leads` whether the text begins with the match.
    """
    low, high = band
    return low + (high - low) * (OF_COVERAGE * coverage + OF_FIELD * weight + OF_PLACE * leads)
