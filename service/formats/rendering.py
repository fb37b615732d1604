"""What an encoder may need beside the answer."""

from datetime import date, datetime
from typing import Any, NamedTuple

from service.formats.pictures.picture import Painter


class Rendering(NamedTuple):
    """`options` are the format's parameters, `fields` the paths asked for, in their order; `url` is
    the public address of this very answer for ever, in its JSON form. `name` is what it is called
    as a file; `revision` and `instant` say of which base it is, `on` of which
    day. `picture` draws the answer, where it is drawn.
    """

    operation: str
    options: Any
    lang: str
    url: str
    name: str
    revision: int
    instant: datetime
    on: date | None
    fields: tuple[str, ...] = ()
    picture: Painter | None = None

    @property
    def base(self) -> str:
        """Where public addresses begin."""
        return self.url.partition("/v1")[0]

    def form(self, suffix: str, **more: str) -> str:
        """The address of another form of the answer."""
        path, _, query = self.url.partition("?")
        added = "".join(f"&{name}={value}" for name, value in more.items())
        return f"{suffixed(path, suffix)}?{query}{added}"


def suffixed(path: str, suffix: str) -> str:
    """The address in the format of a suffix."""
    return path + (suffix if suffix.startswith("@") else f".{suffix}")
