"""In which format to answer: the address's suffix, else what Accept prefers (RFC 9110, 12.5.1);
and what a client prefers besides (RFC 7240).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from service.api.http.languages import weight
from service.api.http.representations import Format
from service.formats.rendering import suffixed
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

# Not the number in the name of a release, `2026.11`, nor the end of `domain:example.com`.
_SUFFIXED = re.compile(
    r"(?P<stem>/v1(?:/(?:.*/)?[^/:]+?)?)"
    r"(?:\.(?P<suffix>[a-z][a-z0-9-]*(?:\.(?:json|gz|txt))?)|(?P<dense>@2x\.png))\Z"
)
_NONE = -1.0


def without_suffix(path: str) -> tuple[str, str]:
    """An address of the API without its suffix, known or not, and that suffix or ""."""
    found = _SUFFIXED.match(path)
    return (found["stem"], found["suffix"] or found["dense"]) if found else (path, "")


def negotiated(scope: Any, accept: str, offered: Sequence[Format]) -> Format:
    """The format of an ASGI scope's `suffix`, or of its Accept.

    Raises ServiceError `not_acceptable`, which names the formats that there are.
    """
    suffix = scope.get("suffix", "")
    if suffix:
        chosen = next((format_ for format_ in offered if format_.suffix == suffix), None)
    else:
        wanted = preferred(accept, [format_.media_type for format_ in offered])
        chosen = next((format_ for format_ in offered if format_.media_type == wanted), None)
    if chosen is None:
        raise ServiceError(
            Code.NOT_ACCEPTABLE, sentence("addresses.offers", formats=_listed(offered))
        )
    return chosen


def _listed(offered: Sequence[Format]) -> tuple[str, ...]:
    return tuple(f"{suffixed('', format_.suffix)} ({format_.media_type})" for format_ in offered)


def preferred(header: str, offered: Sequence[str]) -> str | None:
    """The offered type of the highest quality, the first of equals; None: none is acceptable.

    The most specific range that covers a type decides its quality; no header accepts everything.
    """
    if not header.strip() or header == offered[0]:
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
            quality = weight(value.strip())
    return kind, quality


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    group = f"{kind.partition('/')[0]}/*"
    for wanted in (kind, group, "*/*"):
        named = [quality for name, quality in ranges if name == wanted]
        if named:
            return max(named)
    return _NONE


def preferences(headers: Iterable[str]) -> dict[str, str]:
    """The preferences of all Prefer headers by name, the first of equals (RFC 7240, 2)."""
    found: dict[str, str] = {}
    for part in _PREFERENCE.findall(",".join(headers)):
        name, _, value = part.partition(";")[0].partition("=")
        found.setdefault(name.strip().lower(), unquoted(value.strip()))
    return found


def unquoted(text: str) -> str:
    """What stands between the quotes around it; without both of them the text itself."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


# Between commas, but for those in quotes; a quote that nothing closes goes to the end.
_PREFERENCE = re.compile(r'(?:[^,"\\]|\\.?|"(?:[^"\\]|\\.?)*"?)+', re.DOTALL)
