"""A feed as Atom (RFC 4287)."""

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from service.formats.files.feed_entries import RIGHTS, Entry, Feed, plain
from service.formats.json_records import instant_text

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """The whole document."""
    register_namespace("", NAMESPACE)
    root = Element(_name("feed"), {_LANG: feed.lang})
    _text(root, "id", f"tag:{feed.host},2026:{feed.url.partition('/v1/')[2]}")
    _text(root, "title", feed.title)
    _text(root, "updated", instant_text(feed.updated_at))
    _text(root, "rights", RIGHTS)
    _text(SubElement(root, _name("author")), "name", "Parity")
    _link(root, "self", feed.url, MEDIA_TYPE)
    _link(root, "alternate", feed.home, "application/json")
    for entry in feed.entries:
        _add(root, entry, feed.host)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(root: Element, entry: Entry, host: str) -> None:
    made = SubElement(root, _name("entry"))
    _text(made, "id", f"tag:{host},2026:timeline/{entry.id}")
    _text(made, "title", entry.title)
    _text(made, "published", instant_text(entry.recorded_at))
    _text(made, "updated", instant_text(entry.updated_at))
    _link(made, "alternate", entry.url, "application/json")
    SubElement(made, _name("category"), {"term": entry.event})
    _text(made, "summary", entry.text)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, _name(tag)).text = plain(text)


def _link(parent: Element, relation: str, url: str, media_type: str) -> None:
    SubElement(parent, _name("link"), {"rel": relation, "href": url, "type": media_type})
