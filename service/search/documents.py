"""What is searched: records as texts by field."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from service.query.fields import Collection
from service.query.registry import (
    BUSINESS_MODELS,
    BY_KIND,
    COLLECTIONS,
    FEATURES,
    MARKETS,
    PRODUCTS,
    SOURCE,
    VENDORS,
)
from service.query.types import Names

# What has names, and sources. Among equally good hits in this order.
_FIRST = (PRODUCTS, FEATURES, VENDORS, MARKETS, BUSINESS_MODELS)
_FURTHER = (c for c in COLLECTIONS if c.of_type(Names) and c not in _FIRST)
SEARCHED: tuple[Collection, ...] = (*_FIRST, *_FURTHER, SOURCE)
TYPES = tuple(collection.kind for collection in SEARCHED)
GROUPED = "groups"
# What is said of a record, not what it is called.
NOTE = "note"
TOLD = ("definition", "definitions", GROUPED, NOTE)
EXTERNAL = "external_ids"  # found as a whole only


class Field(NamedTuple):
    """One text of a record; several aliases are several texts."""

    name: str
    text: str

    @property
    def is_told(self) -> bool:
        return self.name.partition(".")[0] in TOLD


class Document(NamedTuple):
    """One record as search sees it.

    `hint` says of what it is by language: its vendor, its category. A product is certainly in force
    from `begun` to before `ended` (days as ordinals; 0 is unknown), each None where there is no
    such day. `country` and `home` (a host) are a vendor's, or those of a product's vendor.
    `external_ids` as `wikidata:Q95`. `about` is what else tells its subject, by no means a name:
    the category and the markets of a feature.
    """

    type: str
    id: str
    fields: tuple[Field, ...]
    names: Mapping[str, str]
    hint: Mapping[str, str]
    begun: int | None = None
    ended: int | None = None
    country: str | None = None
    home: str = ""
    external_ids: tuple[str, ...] = ()
    about: tuple[Field, ...] = ()

    @property
    def href(self) -> str:
        return f"/v1/{BY_KIND[self.type].name}/{self.id}"

    def name(self, lang: str) -> str:
        """In the language, else in English, else in any."""
        return in_language(self.names, lang) or self.id

    def is_in_force(self, day: int) -> bool:
        """Certainly so on the day; what is no product always is."""
        if self.begun is None:
            return True
        return 0 < self.begun <= day and (self.ended is None or day < self.ended)


def in_language(texts: Mapping[str, str], lang: str) -> str:
    return next((texts[tag] for tag in (lang, "en", *sorted(texts)) if tag in texts), "")


def host_of(url: str | None) -> str:
    """`https://www.example.com/x` and `example.com` are example.com; "" for no address."""
    if not url:
        return ""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
