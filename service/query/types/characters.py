"""Texts as they are stored: composed, trimmed, and of characters that people can read."""

import re
import unicodedata

from service.texts.sentences import sentence

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HIDDEN = re.compile(
    r"[\n\r\t\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
_WIDTHLESS = re.compile("[\xad\u200b\u2060\ufeff]")
_SPACES = re.compile("[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_END = re.compile("\r\n?")


def clean(value: str, forbidden: re.Pattern[str] = CONTROL) -> str:
    """The text as it is stored: composed (NFC), trimmed, lines ended by LF, without breaks and
    spaces of no width. `forbidden` HIDDEN: a text of one line, between whose words is one space.

    Raises ValueError for what nobody can read.
    """
    if is_plain(value):
        return value
    text = unicodedata.normalize("NFC", _WIDTHLESS.sub("", value)).strip()
    text = _SPACES.sub(" ", text) if forbidden is HIDDEN else _LINE_END.sub("\n", text)
    if not text:
        raise ValueError(sentence("values.blank"))
    if unreadable := CONTROL.search(text) or forbidden.search(text):
        raise ValueError(sentence("values.hidden", code=f"U+{ord(unreadable[0]):04X}"))
    return text


def is_plain(value: str) -> bool:
    """Whether the text is one word of ASCII, which is stored as it is."""
    return value.isascii() and value.isprintable() and " " not in value and value != ""


def is_clean(value: str, forbidden: re.Pattern[str] = CONTROL) -> bool:
    """Whether people can read the text."""
    try:
        clean(value, forbidden)
    except ValueError:
        return False
    return True
