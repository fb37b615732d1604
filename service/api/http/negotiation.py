"""Which of the media types that an address offers a client wants (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

_NONE = -1.0


def preferred(header: str, offered: Sequence[str]) -> str | None:
    """The offered type of the highest quality, the first of equals; None: none is acceptable.

    The most specific range that covers a type decides its quality; no header accepts everything.
    """
    if not header.strip():
        return offered[0]
    ranges = [_range(part) for part in header[:2000].split(",")]
    ranked = [(_quality(kind, ranges), -place, kind) for place, kind in enumerate(offered)]
    quality, _, kind = max(ranked)
    return kind if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _number(value.strip())
    return kind, quality


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    group = f"{kind.partition('/')[0]}/*"
    for wanted in (kind, group, "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return _NONE
