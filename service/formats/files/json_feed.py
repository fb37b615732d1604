"""A feed as JSON Feed 1.1."""

from typing import Any

from service.formats.files.feed_entries import Entry, Feed
from service.formats.json_records import encode, instant_text

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The whole document."""
    return encode(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": feed.url,
            "language": feed.lang,
            "authors": [{"name": "Parity"}],
            "items": [_item(entry, feed.host) for entry in feed.entries],
        }
    )


def _item(entry: Entry, host: str) -> dict[str, Any]:
    return {
        "id": f"tag:{host},2026:timeline/{entry.id}",
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": instant_text(entry.recorded_at),
        "date_modified": instant_text(entry.updated_at),
        "tags": [entry.event],
        "_parity": {"date": entry.date.text, "event": entry.event, "revision": entry.revision},
    }
