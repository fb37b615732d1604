"""Code with a few colours: comments, texts, names of members and numbers."""

import re
from html import escape

_TEXT = r'(?P<text>"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')'
_NUMBER = r"(?P<number>(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-]))"
_MEMBER = r'(?P<member>"(?:\\.|[^"\\\n])*"(?=\s*:))'
_COMMENT = r"(?P<comment>(?:(?<=\s)|^)\#[^\n]*)"
_LANGUAGES = {
    "json": re.compile(f"{_MEMBER}|{_TEXT}|{_NUMBER}"),
    "python": re.compile(f"{_COMMENT}|{_TEXT}|{_NUMBER}", re.MULTILINE),
    "sh": re.compile(f"{_COMMENT}|{_TEXT}", re.MULTILINE),
    "js": re.compile(rf"(?P<comment>//[^\n]*)|{_TEXT}|{_NUMBER}"),
    "answer": re.compile(r"^(?P<member>[^=\n]+?)(?= = )", re.MULTILINE),
}
_LANGUAGES |= {"ts": _LANGUAGES["js"], "typescript": _LANGUAGES["js"], "": _LANGUAGES["sh"]}


def coloured(code: str, language: str) -> str:
    """HTML; a language that is not known has no colours."""
    pattern = _LANGUAGES.get(language)
    if pattern is None:
        return escape(code)
    shown, end = "", 0
    for found in pattern.finditer(code):
        shown += escape(code[end : found.start()])
        shown += f'<span class="{found.lastgroup}">{escape(found[0])}</span>'
        end = found.end()
    return shown + escape(code[end:])
