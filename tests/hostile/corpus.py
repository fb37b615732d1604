"""Hostile requests by the number of their row: what is sent, and the code of the answer."""

import json
from typing import Any, NamedTuple
from urllib.parse import quote

JSON, NDJSON = "application/json", "application/x-ndjson"
FORM = "multipart/form-data"
PART = b'--x\r\nContent-Disposition: form-data; name="f"; filename="%b"\r\n\r\na\r\n--x--\r\n'


class Sent(NamedTuple):
    code: str
    method: str
    path: str
    content: bytes = b""
    media_type: str = JSON


def read(path: str, code: str) -> Sent:
    return Sent(code, "GET", path)


def asked(code: str, **query: str) -> Sent:
    return read("/v1/products?" + "&".join(f"{n}={quote(v)}" for n, v in query.items()), code)


def posted(path: str, code: str, content: bytes, media_type: str = JSON) -> Sent:
    return Sent(code, "POST", path, content, media_type)


def put(code: str, **body: Any) -> Sent:
    content = json.dumps({"name": "A", "comment": "w", **body}).encode()
    return Sent(code, "PUT", "/v1/vendors/new", content)


def form(content: bytes, media_type: str = f"{FORM}; boundary=x") -> Sent:
    return posted("/v1/imports?comment=w", "unsupported_media_type", content, media_type)


WRONG, TYPE = "validation_failed", "unsupported_media_type"
TARGET = "webhook_target_refused"
ROWS = {
    "A13 msgpack, deep": posted("/v1/resolve", TYPE, b"\x91" * 100_000, "application/msgpack"),
    "A13 msgpack, long": posted("/v1/resolve", TYPE, b"\xdd" + b"\xff" * 4, "application/msgpack"),
    "A53 no boundary": form(PART % b"a.csv", FORM),
    "A53 truncated": form(b"--x\r\nContent-Dis"),
    "A53 a long preamble": form(b"x" * 1_000_000),
    "A54 an unknown charset": form(PART % b"a", f"{FORM}; boundary=x; charset=bogus"),
    "A54 bytes that are no text": form(b"--x\r\n\r\n\xff\xfe\r\n--x--"),
    "A55 2,000 parts": form((PART % b"a") * 2000),
    "A56 a header that never ends": form(b"--x\r\nContent-Disposition: " + b"a;" * 50_000),
    "A57 a path as name": form(PART % b"../../etc/passwd"),
    "A57 NUL in a name": form(PART % b"a\0.csv"),
    "A58 JSON that says it is a workbook": posted(
        "/v1/imports?comment=w",
        TYPE,
        b"PK\x03\x04" * 100,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "A58 10,000 columns": posted(
        "/v1/imports?comment=w&kind=vendor",
        "import_row_failed",
        b",".join(b"c%d" % n for n in range(10_000)) + b"\n",
        "text/csv",
    ),
    "A58 another charset": posted(
        "/v1/imports?comment=w", TYPE, b"{}", f"{NDJSON}; charset=ebcdic"
    ),
    "A66 SQL as sort": asked("unknown_field", sort="name; drop table vendor--"),
    "A66 SQL as field": asked("unknown_field", fields="id) from vendor--"),
    "A66 SQL as group": read("/v1/aggregate/products?group_by=1);select--", "unknown_field"),
    "A66 SQL as parameter": read("/v1/products?id%27)%20or%201=1", "unknown_parameter"),
    "A66 SQL as collection": read("/v1/groups/bat%27--", "not_found"),
    "A66 SQL as revision": asked("invalid_value", as_of="rev:1;select 1"),
    "A67 a search of nothing": read("/v1/search?q=", "empty_value"),
    "A69 a question of 7 KB": read("/v1/search?q=" + "a%20" * 1900, "invalid_value"),
    "A70 60 KB in a name": put(WRONG, name="x" * 60_000),
    "A70 60 KB in a list": put(WRONG, aliases=["x" * 60_000]),
    "A71 an override in a name": put(WRONG, name="a\u202eb"),
    "A71 an isolate in an alias": put(WRONG, aliases=["a\u2067b"]),
    "A72 10 KB of accents": put(WRONG, name="e" + "\u0301" * 5000),
    "A86 loopback": posted(
        "/v1/webhooks", TARGET, b'{"url":"https://127.0.0.1/","types":["vendor.created"]}'
    ),
    "A87 loopback as a number": posted(
        "/v1/webhooks", TARGET, b'{"url":"https://2130706433/","types":["vendor.created"]}'
    ),
    "A88 metadata": posted(
        "/v1/webhooks", TARGET, b'{"url":"https://169.254.169.254/","types":["vendor.created"]}'
    ),
    "A89 mapped metadata": posted(
        "/v1/webhooks",
        TARGET,
        b'{"url":"https://[::ffff:169.254.169.254]/","types":["vendor.created"]}',
    ),
    "A89 metadata by NAT64": posted(
        "/v1/webhooks",
        TARGET,
        b'{"url":"https://[64:ff9b::a9fe:a9fe]/","types":["vendor.created"]}',
    ),
    "A92 userinfo": posted(
        "/v1/webhooks", TARGET, b'{"url":"https://a@example.org/","types":["vendor.created"]}'
    ),
    "A92 a door of another service": posted(
        "/v1/webhooks", TARGET, b'{"url":"https://example.org:22/","types":["vendor.created"]}'
    ),
    "A101 an owner": put(WRONG, owner="me"),
    "A106 a path within the pages": read("/docs/..%5c..%5cetc", "not_found"),
}

LINES = {
    "A14 id twice": b'{"kind":"vendor","id":"a1","name":"A","id":"a2"}',
    "A14 id twice, the same": b'{"id":"a1","id":"a1","kind":"vendor","name":"A"}',
    "A14 id twice, one escaped": b'{"kind":"vendor","id":"a1","name":"A","\\u0069d":"a3"}',
    "A14 kind twice": b'{"kind":"vendor","kind":"market","id":"a1","name":"A"}',
    "A14 a language twice": b'{"kind":"vendor","id":"a1","names":{"en":"A","en":"B"}}',
    "A14 id twice, as the API names it": b'{"object":"vendor","id":"a1","name":"A","id":"a2"}',
    "A02 NUL in a line": b'{"kind":"vendor","id":"a1","name":"a\\u0000b"}',
    "A08 no UTF-8 in a line": b'{"kind":"vendor","id":"a1","name":"\xff"}',
    "A11 a deep line": b'{"kind":"vendor","id":"a1","name":' + b"[" * 5000,
    "A59 one fact twice, differently": b'{"kind":"vendor","id":"a1","name":"A"}\n'
    b'{"kind":"vendor","id":"a1","name":"B"}',
    "A61 an id of 60 KB": b'{"kind":"vendor","id":"' + b"a" * 60_000 + b'","name":"A"}',
}
