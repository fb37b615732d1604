"""A request as a line for the shell."""

from collections.abc import Mapping
from shlex import quote

LONGEST = 90  # a line that is longer is broken before each header and the body
JSON_BODY = {"content-type": "application/json"}


def curl(
    address: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: str = ""
) -> str:
    """The command; what a header takes from the environment stays to be filled by the shell."""
    sent = {**(JSON_BODY if body else {}), **(headers or {})}
    parts = ["curl", *(["-X", method] if method != "GET" else []), quote(address)]
    n_sent = len(sent) + bool(body)
    parts += [f"-H {_quoted(f'{name}: {value}')}" for name, value in sent.items()]
    parts += [f"-d {quote(body)}"] if body else []
    line = " ".join(parts)
    if len(line) <= LONGEST or not n_sent:
        return line
    return " ".join(parts[:-n_sent]) + "".join(f" \\\n  {part}" for part in parts[-n_sent:])


def _quoted(text: str) -> str:
    return f'"{text}"' if "$" in text and '"' not in text else quote(text)
