"""A file of Markdown as HTML: headings with anchors, links that lead to pages, code with colours.

Raw HTML is shown as text: whatever stands in a file, a page holds no markup but what is made here.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.api.documentation.code_colours import coloured
from service.api.documentation.library import by_source

_HEADING = re.compile(r"h([1-6])\Z")
_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_NO_LETTER = re.compile(r"[^\w\- ]")
_DRAWN = re.compile(r"/v1/[^?]+\.svg\?")
_PHONE, _DARK = "(max-width: 40rem)", "(prefers-color-scheme: dark)"
_FORMS = (
    (f"{_DARK} and {_PHONE}", "&theme=dark&width=400"),
    (_PHONE, "&width=400"),
    (_DARK, "&theme=dark"),
)
_REQUEST = re.compile(r"(GET )(/\S+)")


class Heading(NamedTuple):
    """One place of a page."""

    level: int
    anchor: str
    title: str


class Rendered(NamedTuple):
    """A page's title and the rest of it as HTML; `headings` are those of the second level."""

    title: str
    html: str
    headings: list[Heading]


def rendered(source: str, text: str) -> Rendered:
    """The Markdown of the file at that path of the repository."""
    tokens = parser().parse(text)
    headings = list(_anchored(tokens))
    _head(tokens)
    for token in tokens:
        _lead(source, token)
    title = ""
    if headings and headings[0].level == 1:
        title, tokens = headings[0].title, tokens[3:]
    html = parser().renderer.render(tokens, parser().options, {})
    return Rendered(title, html, [one for one in headings if one.level == 2])


def anchors(text: str) -> set[str]:
    """Every place of a page that a link may lead to."""
    return {heading.anchor for heading in _anchored(parser().parse(text))}


def links(text: str) -> Iterator[str]:
    """Every link of a page, as its file has it."""
    for token in parser().parse(text):
        for inner in token.children or ():
            address = inner.attrGet("href") or inner.attrGet("src")
            if inner.type in ("link_open", "image") and address:
                yield str(address)


def resolved(source: str, link: str) -> str:
    """Where a link of that file leads on this service: a page for a file of Markdown."""
    path, hash_, anchor = link.partition("#")
    if not path or "://" in path or path.startswith(("/", "mailto:")):
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    page = by_source().get(target)
    return (page.address if page else f"/{target}") + hash_ + anchor


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, and no raw HTML."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("fence", _fence)
    made.add_render_rule("code_block", _fence)
    made.add_render_rule("text", _words)
    made.add_render_rule("image", _image)
    made.add_render_rule("table_open", lambda *_: '<div class="wide" tabindex="0"><table>\n')
    made.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return made


def _anchored(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Every heading, which gets an anchor as GitHub makes it."""
    seen: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            children = inline.children or []
            title = "".join(t.content for t in children if t.type in ("text", "code_inline"))
            slug = _NO_LETTER.sub("", title.lower()).replace(" ", "-")
            times = seen[slug] = seen.get(slug, -1) + 1
            anchor = f"{slug}-{times}" if times else slug
            opening.attrSet("id", anchor)
            yield Heading(int(opening.tag[1]), anchor, title)


def _head(tokens: Sequence[Token]) -> None:
    """An empty cell heads nothing: it is no header of its column."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and not inline.content:
            opening.tag = closing.tag = "td"


def _lead(source: str, token: Token) -> None:
    for inner in token.children or ():
        for name in ("href", "src"):
            if address := inner.attrGet(name):
                inner.attrSet(name, resolved(source, str(address)))


def _words(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """Text, its Chinese marked as such for those who have it read to them."""
    return _CHINESE.sub(
        lambda found: f'<span lang="zh">{found[0]}</span>', escape(tokens[place].content)
    )


def _image(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """A picture of an answer also for phones and for dark pages; others as they are."""
    token = tokens[place]
    source, told = str(token.attrGet("src")), escape(token.content)
    image = f'<img src="{escape(source)}" alt="{told}" loading="lazy">'
    if not _DRAWN.match(source):
        return image
    wide = "".join(
        f'<source media="{media}" srcset="{escape(source + more)}">' for media, more in _FORMS
    )
    return f"<picture>{wide}{image}</picture>"


def _fence(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    token = tokens[place]
    language = token.info.strip().partition(" ")[0]
    body = _REQUEST.fullmatch(first := token.content.partition("\n")[0])
    shown = coloured(token.content, language)
    if body:
        link = f'GET <a href="{escape(body[2])}">{escape(body[2])}</a>'
        shown = link + coloured(token.content.removeprefix(first), "answer")
    return f'<pre tabindex="0"><code>{shown}</code></pre>\n'
