"""Whoever asks in Chinese is told in Chinese what is wrong, down to the words within a sentence."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.jobs import work_off
from tests.answers import bearer
from tests.clients import PAGE, WHY, Editor, Importer, served
from tests.make import new_key

HAN = re.compile(r"[\u4e00-\u9fff]")
# What was sent, addresses, names of parameters and members, commands: the same in every language.
WRITTEN = re.compile(
    r"\u201c[^\u201d]*\u201d|\"[^\"]*\"|[\w./-]*[=_./:-][\w./=()-]*|\bPOST\b|\bPUT\b|\bPATCH\b"
)
SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
ZH = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}


def assert_chinese(answer: httpx.Response) -> None:
    """No English sentence; the language is named."""
    problem: dict[str, Any] = answer.json()
    assert answer.status_code >= 400, answer.text
    assert answer.headers["content-language"] == "zh"
    for text in [problem["title"], problem["detail"], *(e["detail"] for e in problem["errors"])]:
        assert HAN.search(text), text
        assert not SENTENCE.search(WRITTEN.sub("", text)), text


READS = [
    "/v1/nothing",
    "/v1/products/kimmi",
    "/v1/products?nope=1",
    "/v1/products?limt=1",
    "/v1/products?limit=0",
    "/v1/products?limit=x",
    "/v1/products?limit=1&limit=2",
    "/v1/products?limit=",
    "/v1/products?sort=nonsense",
    "/v1/products?fields=nonsense",
    "/v1/products?include=nonsense",
    "/v1/products?include=vendor.products.vendor.products",
    "/v1/products?facets=nonsense",
    "/v1/products?vendor_id=nobody",
    "/v1/products?launched__gte=2024-13",
    "/v1/products?launched__gte=soon",
    "/v1/products?launched__near=2024",
    "/v1/products?launched__isnull=perhaps",
    "/v1/products?vendor.country=china",
    "/v1/products?status=",
    "/v1/products?status=sold",
    "/v1/products?cursor=abc",
    "/v1/products?cursor=abc&sample=3",
    "/v1/products?seed=3",
    "/v1/products?as_of=rev:99999999",
    "/v1/products?as_of=1999.01",
    "/v1/products?as_of=yesterday",
    "/v1/products?on=2999-01-01",
    "/v1/products?on=[..2024]",
    "/v1/products?q=%20",
    "/v1/products?filter=",
    "/v1/products?filter=status",
    "/v1/products?filter=status%20%3D",
    "/v1/products?filter=(status%20%3D%20active",
    "/v1/products?filter=status%20%3D%20active)",
    "/v1/products?filter=%22",
    "/v1/products?filter=nonsense%20%3D%201",
    "/v1/products?filter=status%20%3C%20active",
    "/v1/products?filter=status%20%3D%20*",
    "/v1/products.ics?limit=3",
    "/v1/products.csv?include=vendor",
    "/v1/products.csv?fields=vendor.nonsense",
    "/v1/products.xml",
    "/v1/aggregate/adoptions?group_by=nonsense",
    "/v1/aggregate/adoptions?group_by=feature_id&metrics=sum(nonsense)",
    "/v1/aggregate/adoptions?group_by=feature_id&having=count",
    "/v1/aggregate/adoptions?group_by=feature_id&fill=zero",
    "/v1/changes?since=rev:99999999",
    "/v1/changes?cursor=1&since=2",
    "/v1/changes?filter=nonsense%3D1",
    "/v1/changes/stream?kinds=nobody",
    "/v1/revisions/99999999",
    "/v1/releases/1999.01",
    "/v1/exports/nothing",
    "/v1/methods/nothing",
    "/v1/compare?products=kimi",
    "/v1/compare?products=kimi,nobody",
    "/v1/compare",
    "/v1/products/kimi/similar?market=nowhere",
    "/v1/markets/chat-assistants/homogenization?stage=ga&stage_min=ga",
    "/v1/search",
    "/v1/search?q=" + "%20".join(map(str, range(90))),
    "/v1/diff?collection=products&from=rev:3&to=rev:1",
    "/v1/imports/imp_nothing",
    "/v1/webhooks",
    "/problems/nothing",
    "/v1//products",
    "/v1/products/%ff",
    "/v1/products?limit=%00",
    "/v1/products?limit=%ff",
    "/" + "a" * 9000,
]


@pytest.mark.parametrize("path", READS, ids=lambda path: path[:60])
async def test_a_read_is_refused_in_chinese(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=ZH)
    assert_chinese(answer)
    assert "Accept-Language" in answer.headers["vary"]


async def test_lang_wins_over_the_header(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products/kimmi?lang=zh", headers={"accept-language": "en"})
    assert_chinese(answer)
    assert "Accept-Language" not in answer.headers.get("vary", "")
    english = await client.get("/v1/products/kimmi?lang=en", headers=ZH)
    assert english.json()["detail"].startswith('There is no product "kimmi".')


WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/v1/products", {}),
    ("DELETE", "/v1/methods", {}),
    ("PUT", "/v1/vendors/acme", {"name": 5, "nope": 1}),
    ("PUT", "/v1/vendors/acme", {"name": "\x07", "country": "china", "homepage": "x", **WHY}),
    ("PUT", "/v1/vendors/acme", {"name": "a" * 300, "aliases": "x", "names": {"e n": "x"}, **WHY}),
    ("PUT", "/v1/vendors/acme", [1]),
    ("PUT", "/v1/products/kimi", {"name": "Kimi", **WHY}),
    ("PUT", "/v1/products/acme", {"name": "A", "vendor_id": "nope", "launched": "x", **WHY}),
    ("PATCH", "/v1/products/kimi", {"name": "Kimi", **WHY}),
    ("DELETE", "/v1/vendors/moonshot", None),
    ("POST", "/v1/adoptions", {"product_id": "kimi", "source_ids": [5, "src_x"], **WHY}),
    ("POST", "/v1/adoptions", {"sources": [PAGE, "x"], "source_ids": "x"}),
    ("POST", "/v1/products/kimi/merge", {"into": "kimmi", "x": 1}),
    ("POST", "/v1/products/kimi/merge", {"into": "kimi", **WHY}),
    ("POST", "/v1/corrections", {"collection": "things", "record_id": "x", "statement": 5}),
    (
        "POST",
        "/v1/corrections",
        {
            "collection": "products",
            "record_id": "nope",
            "field": "x",
            "statement": "\x07",
            "proposed": 1,
        },
    ),
    ("POST", "/v1/corrections/cor_x/decision", {"decision": "accepted", "reason": "x", "x": 1}),
    ("POST", "/v1/webhooks", {"url": "http://example.org", "types": ["vendor.creatd"]}),
    ("POST", "/v1/webhooks", {"url": "https://localhost/x", "types": []}),
    ("POST", "/v1/webhooks", {"url": "https://a.example/", "types": ["metric.changed"]}),
    ("POST", "/v1/resolve", {"names": ["x"]}),
    ("POST", "/v1/resolve", {"items": [{"name": " ".join(map(str, range(60)))}]}),
    ("POST", "/v1/keys", {"name": 5, "scopes": ["x"]}),
    ("POST", "/v1/releases", {"name": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
async def test_a_write_is_refused_in_chinese(
    editor: Editor, method: str, path: str, body: Any
) -> None:
    assert_chinese(await editor.send(method, path, body, **ZH))


@pytest.mark.parametrize(
    "headers",
    [
        {"if-match": "*", "if-none-match": "*"},
        {"if-none-match": '"x"'},
        {"if-match": '"x"'},
        {"idempotency-key": ""},
        {"content-type": "text/plain"},
        {"content-encoding": "br"},
        {"authorization": "Basic x"},
        {"authorization": "Bearer parity_x"},
    ],
    ids=lambda headers: str(headers),
)
async def test_a_header_is_refused_in_chinese(editor: Editor, headers: dict[str, str]) -> None:
    body = {"name": "Kimi", **WHY}
    assert_chinese(await editor.send("PATCH", "/v1/products/kimi", body, **ZH, **headers))


@pytest.fixture
async def importer(own_bundled: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        yield Importer(client, own_bundled, bearer(secret))


LINES = [
    b'{"kind":"vendor"}',
    b'{"kind":"vendor","id":"Acme SA","name":"\\u0007","type":"giant","x":1}',
    b'{"kind":"nothing"}',
    b"{}",
    b'{"a":1,}',
    b"\xff",
    b"[[[",
    b'{"kind":"product","id":"p","name":"P","vendor":"nobody","launched":"2024-13"}',
    b'{"kind":"adoption","product":"kimi","feature":"memory","stage":"ga"}',
    b'{"kind":"vendor","id":"a","name":"A"}\n{"kind":"vendor","id":"a","name":"B"}',
    b'{"kind":"vendor","id":"a","name":"A","name":"B"}',
]


@pytest.mark.parametrize("body", LINES)
async def test_a_line_is_refused_in_chinese(importer: Importer, body: bytes) -> None:
    assert_chinese(await importer.post(body, **ZH))


@pytest.mark.parametrize(
    "body", [b"", b"id,nope\na,b\n", b"id,name\na\n", b'id,name\n"a"b,c\n', b"id,id\na,b\n"]
)
async def test_a_table_is_refused_in_chinese(importer: Importer, body: bytes) -> None:
    headers = {"content-type": "text/csv", **ZH}
    assert_chinese(await importer.post(body, "&kind=vendor", **headers))


async def test_the_rows_of_an_import_are_told_in_the_language_of_who_reads_them(
    importer: Importer,
) -> None:
    wrong = b'{"kind":"vendor","id":"Acme SA","name":"Acme"}'
    answer = await importer.post(wrong, "&on_error=skip", **ZH)
    (row,) = answer.json()["rows"]
    assert HAN.search(row["errors"][0]["detail"])
    path = f"{answer.headers['location']}/rows"
    for lang, begin in (("zh", "\u5e94\u4e3a"), ("en", "Expected lower-case letters")):
        headers = {**importer.headers, "accept-language": lang}
        told = await importer.client.get(path, headers=headers)
        assert told.headers["content-language"] == lang
        assert "Accept-Language" in told.headers["vary"]
        named = await importer.get(f"{path}?lang={lang}")
        assert (named.json(), "Accept-Language" in named.headers["vary"]) == (told.json(), False)
        assert told.json()["data"][0]["errors"][0]["detail"].startswith(begin)


async def test_why_an_import_failed_is_told_in_the_language_of_who_reads_it(
    importer: Importer,
) -> None:
    wrong = b'{"kind":"vendor","id":"Acme SA","name":"Acme"}'
    answer = await importer.post(wrong, prefer="respond-async")
    path = answer.headers["location"]
    assert await work_off(importer.database)
    english = (await importer.get(path)).json()["error"]["detail"]
    assert english == "1 row of 1 failed; nothing was stored."
    chinese = (await importer.get(f"{path}?lang=zh")).json()["error"]["detail"]
    assert HAN.search(chinese)
    assert not SENTENCE.search(chinese)
