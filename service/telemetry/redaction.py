"""What no log may hold is taken out of its lines, wherever it came from."""

import re

HIDDEN = "***"
_SECRETS = re.compile(
    r"(?P<key>\bparity_[0-9a-z]{6})[0-9a-z]{20}_[0-9a-z_]+"  # of a key its first characters stay
    r"|(?P<hook>\bwhsec_)[A-Za-z0-9+/=_-]+"
    r"|(?P<scheme>\b(?:Bearer|Basic|Digest)\s+)[A-Za-z0-9+/=._~:-]+"
    r"|(?P<user>://[^\s/:@\"']*:)[^\s@\"']+(?=@)"
    r"|(?P<name>\b(?:authorization|password|passwd|secret|token|sslpassword)[\"']?\s*[=:]\s*"
    r"(?:b?\\?[\"'])?)(?!Bearer|Basic|Digest|\*\*\*)[^\s\"'\\,;)}&]+",
    re.IGNORECASE,
)

# One of which stands in every secret's neighbourhood: most lines have none.
_MARKS = (
    "parity_",
    "whsec_",
    "bearer",
    "basic",
    "digest",
    "://",
    "authorization",
    "passw",
    "secret",
    "token",
)


def redacted(text: str) -> str:
    """Without keys, webhooks' secrets, Authorization headers and passwords in addresses."""
    small = text.lower()
    return _SECRETS.sub(_hidden, text) if any(mark in small for mark in _MARKS) else text


def _hidden(found: re.Match[str]) -> str:
    return f"{found[found.lastgroup or 0]}{HIDDEN}"
