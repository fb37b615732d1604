"""A curator's day from the command line, against the running service."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from service.__main__ import main
from service.store.database import Database
from tests.make import new_key
from tests.servers import serving

Parity = Callable[..., Coroutine[Any, Any, Result]]
WHY = ("--comment", "seen at the fair")


async def _invoke(*words: str, **environment: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, list(words), env=environment)


@pytest.fixture
async def address(own_bundled: Database, tmp_path: Path) -> AsyncIterator[str]:
    async with serving(own_bundled, tmp_path, PARITY_WEBHOOK_ALLOW_PRIVATE="true") as server:
        yield server.address


@pytest.fixture
async def parity(own_bundled: Database, address: str) -> Parity:
    _, secret = await new_key(own_bundled, "curate")

    async def run(*words: str) -> Result:
        return await _invoke(*words, PARITY_URL=address, PARITY_KEY=secret)

    return run


async def test_a_curator_s_day(parity: Parity, address: str) -> None:
    made = await parity("add", "vendor", "acme", "name=Acme", "names.zh=极致", "country=FR", *WHY)
    assert (made.exit_code, made.output.splitlines()[0]) == (0, "vendor acme, revision 3")
    again = await parity("add", "vendor", "acme", "name=Acme", *WHY)
    assert (again.exit_code, "exists already" in again.output) == (1, True)
    dry = await parity("edit", "vendor", "acme", "aliases=A,Acme SA", "country=", "--dry-run", *WHY)
    assert dry.output.startswith("dry run, nothing stored: vendor acme")
    edited = await parity("edit", "vendor", "acme", "aliases=A,Acme SA", "country=", *WHY)
    shown = json.loads(edited.output.partition("\n")[2])
    assert (shown["aliases"], shown["country"], shown["revision"]) == (["A", "Acme SA"], None, 4)
    gone = await parity("retire", "vendor", "acme", "--replaced-by", "moonshot-ai", *WHY)
    assert gone.exit_code == 0, gone.output
    async with httpx.AsyncClient(base_url=address) as client:
        assert (await client.get("/v1/vendors/acme")).status_code == 410


async def test_a_fact_is_added_in_words_of_either_format(parity: Parity) -> None:
    words = ("product=kimi", "feature_id=memory", "stage=ga", "date=2026-10")
    made = await parity("add", "adoption", *words, "--source", "https://example.org/a", *WHY)
    assert made.exit_code == 0, made.output
    assert json.loads(made.output.partition("\n")[2])["evidence"] == "sourced"
    wrong = await parity("add", "adoption", "product=kimmi", *words[1:], "status=unsourced", *WHY)
    assert '/product_id: No product "kimmi". Did you mean kimi or' in wrong.output


async def test_something_is_said_of_one_field(parity: Parity) -> None:
    pages = "field_sources.launched=https://example.org/a,https://example.org/b"
    edited = await parity("edit", "product", "kimi", pages, "null_reasons.discontinued=none", *WHY)
    assert edited.exit_code == 0, edited.output
    shown = json.loads(edited.output.partition("\n")[2])
    assert len(shown["field_sources"]["launched"]) == 2
    assert shown["null_reasons"]["discontinued"] == "none"
    back = await parity("edit", "product", "kimi", "field_sources.launched=", *WHY)
    assert json.loads(back.output.partition("\n")[2])["field_sources"] == {}
    wrong = await parity("edit", "product", "kimi", "field_sources.lunched=urn:a", *WHY)
    assert wrong.exit_code != 0
    assert "/field_sources/lunched" in wrong.output
    assert "Did you mean launched" in wrong.output


async def test_a_product_is_surveyed(parity: Parity, tmp_path: Path) -> None:
    made = await parity(
        "add",
        "product",
        "acme-chat",
        "name=Acme",
        "vendor=moonshot-ai",
        "markets=chat-assistants",
        *WHY,
    )
    assert made.exit_code == 0, made.output
    where = ("survey", "acme-chat", "chat-assistants", "--source", "https://example.org/help", *WHY)
    looked = tmp_path / "looked.csv"
    looked.write_text("feature,state\ncanvas,absent\n\nvoice-mode, Present\n")
    words = ("--present", "memory", "--absent", "group-chat", "--file", str(looked))
    dry = await parity(*where, *words, "--dry-run")
    assert dry.output.startswith("dry run, nothing stored: survey srv_"), dry.output
    done = await parity(*where, *words, "--date", "2026-11-20")
    first, _, shown = done.output.partition("\n")
    assert ": 2 present (2 new), 2 absent, revision 4" in first, done.output
    assert json.loads(shown)["absent"] == ["canvas", "group-chat"]
    wrong = await parity(*where, "--absent", "memory,memori")
    assert wrong.exit_code == 1
    assert "/absent/0:" in wrong.output
    assert "/absent/1: No feature" in wrong.output
    assert "Did you mean memory" in wrong.output


async def test_webhooks_from_the_command_line(parity: Parity) -> None:
    made = await parity("webhooks", "add", "http://127.0.0.1:9/hook",
                        "--types", "adoption.created", "--where", "feature_id=memory")  # fmt: skip
    assert made.output.splitlines()[-1].startswith("whsec_"), made.output
    hook = made.output.split()[0]
    assert hook in (await parity("webhooks", "list")).output
    assert (await parity("webhooks", "deliveries", hook)).output == ""
    assert (await parity("webhooks", "remove", hook)).exit_code == 0
    assert hook not in (await parity("webhooks", "list")).output


async def test_without_a_key_the_request_is_printed() -> None:
    words = ("add", "adoption", "product=kimi", "feature=memory", "stage=ga", *WHY)
    printed = await _invoke(*words, PARITY_KEY="")
    assert printed.exit_code == 2
    assert printed.output.startswith("curl -X POST http://127.0.0.1:8000/v1/adoptions -H")
    assert '"product_id":"kimi"' in printed.output
    assert '"authorization: Bearer $PARITY_KEY"' in printed.output
    assert "secret" not in (await _invoke(*words, "--print", PARITY_KEY="secret")).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "adoptoin", "a=b"), "Did you mean adoption?"),
        (("add", "adoption", "produkt=kimi"), "Did you mean product?"),
        (("add", "adoption", "kimi"), "the base names facts itself"),
        (("add", "vendor", "name=Acme"), "needs its id first"),
        (("add", "monetization", "price=20 USD"), "write JSON"),
        (("edit", "vendor", "acme", "name"), "write name=value"),
        (("survey", "kimi", "chat-assistants", "--file", "nowhere.csv"), "No such file"),
    ],
)
async def test_a_mistyped_command_says_what_would_be_right(
    words: tuple[str, ...], told: str
) -> None:
    answer = await _invoke(*words, *WHY)
    assert (answer.exit_code, told in answer.output) == (2, True), answer.output


async def test_a_server_that_is_not_there_is_told_in_one_sentence() -> None:
    answer = await _invoke("webhooks", "list", "--url", "http://127.0.0.1:9", "--key", "k")
    assert (answer.exit_code, answer.output.count("\n")) == (2, 1)
    assert "does not answer" in answer.output
