"""Ids that others give to what is recorded here: Wikidata, LEI, domains, packages."""

import re
from collections.abc import Callable
from typing import NamedTuple

from service.model.suggestions import nearest
from service.texts.sentences import sentence

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
# What a source is called by: its address, or its id.
SOURCE_NAME = r"^(?:(?:https?://|urn:)[^\s\x00-\x1f\x7f-\x9f]+|src_[0-9a-hjkmnp-tv-z]{26})$"

MAX_LENGTH = 200
_LEI_FORM = re.compile(r"[A-Z0-9]{18}[0-9]{2}\Z")


class UnknownScheme(ValueError):
    """No scheme has this name: `near` are those that may have been meant."""

    def __init__(self, name: str) -> None:
        super().__init__(sentence("external_ids.scheme", name=name[:40], known=", ".join(SCHEMES)))
        self.near = tuple(nearest(name[:40], SCHEMES))


class ExternalId(NamedTuple):
    """One id of the outside world; as text `wikidata:Q95`."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def _same(value: str) -> str:
    return value


def _bare(value: str) -> str:
    """The host of an address or a host, as DNS has it."""
    host = re.sub(r"\A[a-z][a-z0-9+.-]*://", "", value.strip().lower())
    host = re.split(r"[/?#:]", host, maxsplit=1)[0].removesuffix(".").removeprefix("www.")
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _package(value: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", value).lower()


class Scheme(NamedTuple):
    """How ids of a scheme are written: `pattern` of what is stored, an example, what makes one of
    what people write, and the addresses that the id stands behind."""

    pattern: str
    example: str
    normalized: Callable[[str], str] = _same
    pages: tuple[str, ...] = ()


SCHEMES: dict[str, Scheme] = {
    "wikidata": Scheme(
        r"Q[1-9][0-9]*",
        "Q95",
        str.upper,
        ("https://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/"),
    ),
    "crunchbase": Scheme(
        SLUG,
        "google",
        str.lower,
        ("https://www.crunchbase.com/organization/",),
    ),
    "lei": Scheme(_LEI_FORM.pattern.removesuffix(r"\Z"), "5493006MHB84DD0ZWV18", str.upper),
    "domain": Scheme(
        r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", "example.com", _bare
    ),
    "pypi": Scheme(SLUG, "torch", _package),
    "npm": Scheme(
        r"(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*",
        "@scope/name",
        str.lower,
    ),
    "github": Scheme(
        r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:/[a-z0-9._-]+)?",
        "pytorch/pytorch",
        str.lower,
        ("https://github.com/",),
    ),
    "huggingface": Scheme(
        r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?",
        "google/gemma-2b",
        _same,
        ("https://huggingface.co/",),
    ),
}


def external_id(scheme: str, text: str) -> ExternalId:
    """The id as it is stored, of what people write, an address of its page too.

    Raises UnknownScheme, and ValueError for what is no id of the scheme.
    """
    if scheme not in SCHEMES:
        raise UnknownScheme(scheme)
    known = SCHEMES[scheme]
    page = next((page for page in known.pages if text.startswith(page)), "")
    value = known.normalized(text.removeprefix(page).rstrip("/") if page else text)
    if len(value) > MAX_LENGTH or not re.fullmatch(known.pattern, value, re.ASCII):
        wrong = sentence("external_ids.form", text=text[:60], scheme=scheme, example=known.example)
        raise ValueError(wrong)
    if scheme == "lei" and not _is_checked(value):
        raise ValueError(sentence("external_ids.check_digits", text=text[:60]))
    return ExternalId(scheme, value)


def read(text: str) -> ExternalId | None:
    """The id that `wikidata:Q95` names; None for what names none. Raises as `external_id`."""
    scheme, colon, value = text.partition(":")
    return external_id(scheme, value) if colon and scheme in SCHEMES else None


def of_address(url: str) -> list[ExternalId]:
    """What an address stands for, the surest first: the id whose page it is, then its host's."""
    found: list[ExternalId] = []
    for scheme, known in SCHEMES.items():
        if scheme == "domain" or any(url.startswith(page) for page in known.pages):
            try:
                found.append(external_id(scheme, url))
            except ValueError:
                continue
    return sorted(found, key=lambda one: one.scheme == "domain")


def _is_checked(lei: str) -> bool:
    """ISO 17442: as a number with A = 10 to Z = 35, its remainder by 97 is 1."""
    return int("".join(str(int(char, 36)) for char in lei)) % 97 == 1
