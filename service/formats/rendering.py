"""What an encoder may need beside the answer."""

from datetime import date, datetime
from typing import Any, NamedTuple


class Rendering(NamedTuple):
    """`options` are the format's parameters, `fields` the paths asked for, in their order; `url` is
    the public address of this very answer for ever, in its JSON form. `name` is what it is called
    as a file; `revision` and `instant` say of which base it is, `on` of which day.
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

    @property
    def base(self) -> str:
        """Where public addresses begin."""
        return self.url.partition("/v1")[0]

    def form(self, suffix: str, **more: str) -> str:
        """The address of another form of the answer."""
        path, _, query = self.url.partition("?")
        added = "".join(f"&{name}={value}" for name, value in more.items())
        return f"{path}.{suffix}?{query}{added}"
