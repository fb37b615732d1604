"""A query string as it was sent: names, values, and every fault that is found in them."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote_plus, unquote_to_bytes

from service.model.errors import Code, Fault, ServiceError, did_you_mean, refused
from service.model.suggestions import nearest
from service.query.cursors import Part, normalized
from service.query.filters.expressions import EVERYTHING, Expression
from service.texts.sentences import Sentence, sentence

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*\Z")  # RFC 3986, 2.3: unreserved
_PLAIN_BYTES = re.compile(rb"[A-Za-z0-9_.~,:-]*\Z")


class QueryString:
    """The parameters of one request. Readers note faults; `refuse` raises them all together.

    `filter` is what the filters among them ask, once they are read.
    """

    def __init__(self, raw: bytes, *, drops_empty: bool = False) -> None:
        """Raises ServiceError `invalid_value` for what is no UTF-8."""
        given = _parsed(raw)
        if drops_empty:
            given = {name: [*filter(None, values)] for name, values in given.items() if any(values)}
        self.given = given
        self.faults: list[Fault] = []
        self.filter: Expression = EVERYTHING
        self._taken: set[str] = set()

    def take(self, names: Iterable[str]) -> None:
        """Remember parameters that are read beyond those that are named beforehand."""
        self._taken.update(names)

    def one(self, name: str) -> str | None:
        """The value of a parameter that is given at most once; None without it, or if faulty."""
        values = self.given.get(name)
        if values is None:
            return None
        if len(values) > 1:
            detail = sentence("parameters.repeated", name=name, n=len(values))
            self.note(Code.INVALID_VALUE, name, detail)
            return None
        if not values[0]:
            self.note(Code.EMPTY_VALUE, name, sentence("parameters.empty", name=name))
            return None
        return values[0]

    def several(self, name: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """The values of a list in both spellings, repeated or with commas, in their order."""
        if may_be_empty and self.given.get(name) == [""]:
            return ()
        words = [word for text in self.given.get(name, ()) for word in text.split(",")]
        if "" in words:
            self.note(Code.EMPTY_VALUE, name, sentence("parameters.empty", name=name))
        return tuple(dict.fromkeys(word for word in words if word))

    def note(
        self,
        code: Code,
        name: str,
        detail: Sentence,
        allowed: Iterable[str] = (),
        did_you_mean: Iterable[str] = (),
    ) -> None:
        """Remember a fault of the parameter."""
        fault = Fault(
            code=code,
            parameter=name,
            detail=detail,
            allowed=tuple(allowed),
            did_you_mean=tuple(did_you_mean),
        )
        self.faults.append(fault)

    def check_known(self, name: str, word: str, words: Sequence[str]) -> None:
        """Note a fault if the word is none that the parameter takes."""
        if word not in words:
            detail = sentence("parameters.no_word", given=word[:60], name=name)
            self.note(Code.UNKNOWN_FIELD, name, detail, did_you_mean=nearest(word, words))

    def refuse_unknown(self, names: frozenset[str]) -> None:
        """Note every parameter that is none of `names`, with the nearest right one."""
        unknown = self.given.keys() - self._taken - names
        if not unknown:
            return
        known, noted = set(names), {fault.parameter for fault in self.faults}
        for name in self.given:
            if name in unknown and name[:80] not in noted:
                near = _nearest(name, known)
                detail = sentence("parameters.unknown", hint=did_you_mean(near[:1]))
                self.note(Code.UNKNOWN_PARAMETER, name[:80], detail, did_you_mean=near)

    def refuse(self) -> None:
        """Raises ServiceError with everything noted; unknown parameters stand first."""
        if self.faults:
            raise refused(
                sorted(self.faults, key=lambda f: (f.code != Code.UNKNOWN_PARAMETER, f.parameter))
            )

    def normalized(self, *left_out: str) -> list[Part]:
        """See `cursors.normalized`."""
        return normalized(self.given, *left_out)

    def pairs(self, *left_out: str) -> list[tuple[str, str]]:
        """Names and values as they were sent, in their order."""
        return [(k, v) for k, values in self.given.items() for v in values if k not in left_out]


def _nearest(name: str, names: set[str]) -> list[str]:
    """Those of the same operator first: for `launchd__gte` what else takes `__gte`."""
    suffix = name.partition("__")[2].lower()
    alike = {known for known in names if known.partition("__")[2] == suffix}
    return nearest(name, alike) or nearest(name, names)


def _parsed(raw: bytes) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for pair in raw.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            given.setdefault(_text(name), []).append(_text(value))
    return given


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """As a query string has them."""
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


def _quoted(text: str) -> str:
    return text if _PLAIN.match(text) else quote_plus(text)


def _text(raw: bytes) -> str:
    if _PLAIN_BYTES.match(raw):
        return raw.decode()
    try:
        text = unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError:
        raise ServiceError(Code.INVALID_VALUE, sentence("requests.query_not_unicode")) from None
    if "\x00" in text:
        raise ServiceError(Code.INVALID_VALUE, sentence("requests.query_nul"))
    return text
