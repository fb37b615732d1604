"""The arguments of a call: ids for the path, all else for the query string, as it was sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from service.api.http.languages import supported
from service.api.http.paging import LIMIT
from service.api.mcp.asking import record_path
from service.model.errors import Code, Fault, ServiceError, refused
from service.model.suggestions import nearest
from service.query.registry import BY_NAME
from service.texts.sentences import Sentence, either, sentence

ROWS_DEFAULT, ROWS_MAX = 10, 25


class Arguments:
    """What a tool was called with; faults of the parameters are the API's to tell."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        """Raises ServiceError for what cannot stand in a query string."""
        faults = [_shapeless(name) for name, value in given.items() if not _is_flat(value)]
        if faults:
            raise refused(faults)
        texts = {_clean(name): _text(value) for name, value in given.items() if value is not None}
        self._texts = texts

    @property
    def lang(self) -> str | None:
        """The language asked for, where it is one of the service's."""
        return supported(self._texts.get("lang", ""))

    def take(self, name: str) -> str | None:
        """An argument that goes into the path, and so not into the query."""
        return self._texts.pop(name, None)

    def require(self, name: str, example: str) -> None:
        """Raises ServiceError `invalid_value` where a parameter is missing."""
        if not self.has(name):
            self.needed(name, example)

    def has(self, name: str) -> bool:
        return name in self._texts

    def record(self, collection: str, name: str, example: str) -> str:
        """The path of the record that an argument names.

        Raises ServiceError `invalid_value` where it is missing, `not_found`.
        """
        return record_path(collection, self.needed(name, example))

    def needed(self, name: str, example: str) -> str:
        """Raises ServiceError `invalid_value` where it is missing or empty."""
        given = self.take(name)
        if not given:
            shown = sentence("parameters.example", name=name, value=example)
            detail = sentence("parameters.required", name=name, example=shown)
            raise refused([Fault(Code.INVALID_VALUE, detail, parameter=name)])
        return given

    def collection(self) -> str:
        """Raises ServiceError `unknown_value` with the nearest right one."""
        given = self.needed("collection", "products")
        if given not in BY_NAME:
            near = tuple(nearest(given, BY_NAME))
            detail = sentence("parameters.no_value", given=given[:60], name="collection")
            fault = Fault(
                Code.UNKNOWN_VALUE,
                detail,
                parameter="collection",
                allowed=tuple(BY_NAME),
                did_you_mean=near,
            )
            raise refused([fault])
        return given

    def pairs(self, **defaults: str) -> list[tuple[str, str]]:
        """The query string: what was given and not taken, and what goes without saying."""
        return list({**defaults, **self._texts}.items())

    def rows(self) -> int:
        """How many rows are wanted. Raises ServiceError `invalid_value`."""
        given = self._texts.get(LIMIT, str(ROWS_DEFAULT))
        if given.isascii() and given.isdigit() and 1 <= int(given[:4]) <= ROWS_MAX:
            self._texts.pop(LIMIT, None)
            return int(given)
        span = sentence("parameters.between", low="1", high=str(ROWS_MAX))
        detail = sentence("numbers.whole_number", given=given[:40], span=span)
        raise refused([Fault(Code.INVALID_VALUE, detail, parameter=LIMIT)])


def one_of(arguments: Arguments, names: Iterable[str]) -> str | None:
    """Which of the arguments is given, None for none. Raises ServiceError for several."""
    given = [name for name in names if arguments.has(name)]
    if len(given) > 1:
        raise refused([_exclusive(given[0], other) for other in given[1:]])
    return given[0] if given else None


def lacking(names: Iterable[str]) -> ServiceError:
    """Where one of several arguments is needed."""
    several = tuple(names)
    detail = sentence("mcp.one_of", names=either(several))
    return refused([Fault(Code.INVALID_VALUE, detail, parameter=several[0])])


def _exclusive(name: str, other: str) -> Fault:
    detail = sentence("parameters.exclusive", name=name, other=other)
    return Fault(Code.INCOMPATIBLE_PARAMETERS, detail, parameter=name)


def _shapeless(name: str) -> Fault:
    detail: Sentence = sentence("mcp.shape", name=_clean(name)[:80])
    return Fault(Code.INVALID_VALUE, detail, parameter=_clean(name)[:80])


def _is_flat(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(item is None or isinstance(item, str | int | float) for item in items)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_text(item) for item in value if item is not None)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _clean(str(value))


def _clean(text: str) -> str:
    """Without halves of characters, which no address can hold."""
    return text.encode("utf-8", "replace").decode()
