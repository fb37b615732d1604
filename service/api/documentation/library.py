"""The pages of the documentation: the Markdown files of the repository, each with its address.

A file is served as it is at its path in the repository (`/docs/asking.md`, `/README.md`), so that
its relative links hold there too, and as a page at `/docs/asking`. The same page in
another language is `docs/zh/asking.md`, at the same address.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from service.resources import resource
from service.texts.messages import FALLBACK, LANGUAGES

FOLDER = "docs"
CLIENTS = "openapi/clients/"
OF_CLIENTS = (f"{CLIENTS}python/README.md", f"{CLIENTS}typescript/README.md")
OF_REPOSITORY = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", *OF_CLIENTS)
LICENCES = ("LICENSE", "LICENSE-DATA")
INDEX = "README"
# Chapters of the index, in the order in which they are read. What no chapter names stands in the
# chapter of its folder, else in the last.
CHAPTERS = {
    "start": (
        "README.md",
        "docs/zh.md",
        "docs/answers.md",
        "docs/explorer.md",
        "docs/asking.md",
        "docs/api.md",
    ),
    "guides": ("docs/guides/",),
    "questions": ("docs/questions/", "docs/gallery.md"),
    "trusting": (
        "docs/methods/README.md",
        "docs/metrics.md",
        "docs/uncertainty.md",
        "docs/limits.md",
    ),
    "taking": (
        "docs/formats.md",
        "docs/pictures.md",
        "docs/embedding.md",
        "docs/tools.md",
        "docs/mcp.md",
        "docs/clients.md",
        CLIENTS,
        "docs/exports.md",
        "docs/releases.md",
        "docs/following.md",
        "docs/search.md",
    ),
    "writing": (
        "docs/keys.md",
        "docs/editing.md",
        "docs/imports.md",
        "docs/import-format.md",
        "docs/models-dev.md",
        "docs/surveys.md",
        "docs/merging.md",
        "docs/curation.md",
    ),
    "running": (
        "docs/command-line.md",
        "docs/settings.md",
        "docs/operations.md",
        "docs/backup.md",
        "SECURITY.md",
        "docs/bigger.md",
        "docs/speed.md",
        "docs/promises.md",
        "docs/chaos.md",
        "docs/faults.md",
    ),
    "building": ("docs/compatibility.md", "CHANGELOG.md", "CONTRIBUTING.md"),
}
LAST = "running"
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_SENTENCE = re.compile(r".+?(?:[.!?:](?=\s|$)|[\u3002\uff01\uff1f\uff1a])", re.DOTALL)
_MARKUP = re.compile(r"[`*]")
_NO_PROSE = ("#", "|", "```", ">")
SUMMARY_MOST = 220


class Page(NamedTuple):
    """One file: its path in the repository, its address as a page, and what it is about."""

    source: str
    address: str
    title: str
    summary: str
    lang: str

    @property
    def text(self) -> str:
        """Its Markdown."""
        return resource(self.source).read_text(encoding="utf-8")


@cache
def pages() -> dict[str, Page]:
    """All pages by their address, in English."""
    return {page.address: page for page in by_source().values() if page.lang == FALLBACK}


@cache
def by_source() -> dict[str, Page]:
    """All pages, in whichever language, by their path in the repository."""
    names = [f"{FOLDER}/{name}" for name in _names(resource(FOLDER))]
    return {source: _page(source) for source in (*names, *OF_REPOSITORY)}


def in_language(page: Page, lang: str) -> Page:
    """The same page in that language, where there is one."""
    return by_source().get(page.source.replace(FOLDER, f"{FOLDER}/{lang}", 1), page)


def in_all_languages(page: Page) -> list[Page]:
    """The page, and the same in each language that has it."""
    return list(dict.fromkeys((page, *(in_language(page, lang) for lang in LANGUAGES))))


@cache
def pictures() -> frozenset[str]:
    """The pictures that pages show, by their path in the repository."""
    found = resource(FOLDER).rglob("*.svg")
    return frozenset(f"{FOLDER}/{path.relative_to(resource(FOLDER)).as_posix()}" for path in found)


def chapters() -> dict[str, list[Page]]:
    """Every page but those of the methods, once, by chapter."""
    every = {page.source: page for page in pages().values()}
    left = {s: p for s, p in every.items() if not s.startswith(f"{FOLDER}/methods/")}
    left |= {f"{FOLDER}/methods/README.md": by_source()[f"{FOLDER}/methods/README.md"]}
    found: dict[str, list[Page]] = {}
    for chapter, places in CHAPTERS.items():
        for place in places:
            named = [s for s in left if s == place or (place[-1] == "/" and s.startswith(place))]
            found.setdefault(chapter, []).extend(left.pop(source) for source in sorted(named))
    found[LAST].extend(left.values())
    return {chapter: shown for chapter, shown in found.items() if shown}


def address_of(source: str) -> str:
    """`/docs/methods` of `docs/methods/README.md`, `/docs/changelog` of `CHANGELOG.md`."""
    stem = source.removesuffix(".md")
    if source in OF_CLIENTS:
        stem = f"{FOLDER}/clients/{source.split('/')[2]}"
    if not stem.startswith(f"{FOLDER}/"):
        return f"/{FOLDER}/{stem.lower()}"
    return f"/{stem.removesuffix(f'/{INDEX}')}"


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def _page(source: str) -> Page:
    text = resource(source).read_text(encoding="utf-8")
    title = _TITLE.search(text)
    body = text[title.end() :] if title else text
    lang = _language(source)
    address = address_of(source.replace(f"{FOLDER}/{lang}/", f"{FOLDER}/", 1))
    asked = "" if lang == FALLBACK else f"?lang={lang}"
    named = title[1] if title else source
    return Page(source, address + asked, named, _summary(body), lang)


def _language(source: str) -> str:
    folders = (lang for lang in LANGUAGES if source.startswith(f"{FOLDER}/{lang}/"))
    return next(folders, FALLBACK)


def _summary(body: str) -> str:
    """The first sentences of the first paragraph that has any, without markup."""
    for paragraph in body.split("\n\n"):
        if not paragraph.lstrip().startswith(_NO_PROSE):
            plain = _LINK.sub(r"\1", paragraph).strip().removeprefix("- ")
            sentences = _SENTENCE.findall(" ".join(_MARKUP.sub("", plain).split()))
            if sentences:
                return _first(sentences)
    return ""


def _first(sentences: list[str]) -> str:
    """As many as are short together, at least one."""
    shown = sentences[0]
    for sentence in sentences[1:]:
        if len(shown) + len(sentence) > SUMMARY_MOST or sentence.endswith(":"):
            break
        shown += sentence
    return shown.removesuffix(":")
