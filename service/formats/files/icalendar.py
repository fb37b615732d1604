"""A feed as a calendar (RFC 5545): an all-day event for each date.

A date known to the day is that day. A coarser one spans its whole interval and says so; one without
a start stands on its last day. All are transparent: nobody is busy because a product was launched.
"""

from datetime import UTC, date, datetime, timedelta

from service.formats.files.feed_entries import Entry, Feed
from service.model.dates import PartialDate
from service.texts.messages import message

MEDIA_TYPE = "text/calendar"
LINE_OCTETS = 75


def calendar(feed: Feed) -> bytes:
    """The whole object, lines folded and ended with CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parity//Timeline//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(feed.title)}",
        *(line for entry in feed.entries for line in _event(entry, feed)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(entry: Entry, feed: Feed) -> list[str]:
    first, behind = days(entry.date)
    stamp = _instant(entry.updated_at)
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.id)}@{feed.host}",
        f"DTSTAMP:{stamp}",
        f"CREATED:{_instant(entry.recorded_at)}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{entry.revision}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{behind:%Y%m%d}",
        f"SUMMARY;LANGUAGE={feed.lang}:{escaped(_summary(entry, feed.lang))}",
        f"DESCRIPTION;LANGUAGE={feed.lang}:{escaped(entry.text)}",
        f"URL:{entry.url}",
        f"CATEGORIES:{escaped(entry.event)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def days(known: PartialDate) -> tuple[date, date]:
    """The first day, and the day behind the last."""
    return known.lo or known.hi, known.hi + timedelta(days=1)


def _summary(entry: Entry, lang: str) -> str:
    known = entry.date
    if known.lo == known.hi:
        return entry.title
    if known.lo is None:
        return message("feeds.by", lang, title=entry.title)
    return message("feeds.spanning", lang, title=entry.title, date=known.text)


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A TEXT value (3.3.11); control characters have no place in it."""
    shown = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    shown = shown.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(c for c in shown if c == "\t" or (c >= " " and c != "\x7f"))


def folded(line: str) -> bytes:
    """At most 75 octets a line, no character cut in two (3.1)."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
