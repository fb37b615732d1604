"""Codes of lists that others keep."""

from typing import Any, ClassVar

from service.query.types import codes, shapes
from service.query.types.base import UnknownValue
from service.query.types.words import Word
from service.texts.sentences import sentence


class _Code(Word):
    """A code of a list that others keep."""

    is_closed = True
    is_open_text = False
    keeps_plain = False
    listed: ClassVar[frozenset[str]]
    standard: ClassVar[str]

    def check(self, value: str, name: str) -> None:
        if value not in self.listed:
            detail = sentence("values.no_code", value=value[:60], name=name, standard=self.standard)
            raise UnknownValue(detail, near=self.meant(value))

    def stored(self, value: Any) -> list[Any]:
        self.check(value, self.name)
        return [value]

    @staticmethod
    def meant(value: str) -> tuple[str, ...]:
        raise NotImplementedError


class Country(_Code):
    """ISO 3166-1 alpha-2."""

    name = "country"
    shape = shapes.Country
    listed = codes.COUNTRIES
    standard = "ISO 3166-1"
    meant = staticmethod(codes.country_meant)


class Currency(_Code):
    """ISO 4217."""

    name = "currency"
    shape = shapes.Currency
    listed = codes.CURRENCIES
    standard = "ISO 4217"
    meant = staticmethod(codes.currency_meant)
