"""`parity webhooks`: subscriptions made, tried, watched and ended through the API."""

from typing import Any

import click

from service.commands.client import Call, printing, server_of, with_server
from service.commands.failures import Mendable

HOOKS = "/v1/webhooks"


@click.group("webhooks")
def webhooks_() -> None:
    """Webhooks: who is told of what."""


@webhooks_.command("list")
@with_server
def list_(url: str, key: str, is_printing: bool) -> None:
    """All of them, the oldest first."""
    for hook in _asked(url, key, Call("GET", HOOKS), is_printing=is_printing).get("data", []):
        click.echo(_line(hook))


@webhooks_.command()
@click.argument("target")
@click.option("--types", required=True, help="Such as adoption.created,adoption.updated.")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help="Only such records.")
@with_server
def add(
    target: str, types: str, where: tuple[str, ...], url: str, key: str, is_printing: bool
) -> None:
    """Tell TARGET (https) of changes; the secret is the last line."""
    body = {"url": target, "types": types.split(","), "filter": {"where": _where(where)}}
    made = _asked(url, key, Call("POST", HOOKS, body), is_printing=is_printing)
    if made:
        click.echo(f"{_line(made)}\nThe secret, shown this once:\n{made['secret']}")


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def test(webhook_id: str, url: str, key: str, is_printing: bool) -> None:
    """Send a message now and tell what came of it."""
    call = Call("POST", f"{HOOKS}/{webhook_id}/test")
    shown = _asked(url, key, call, is_printing=is_printing)
    if shown:
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def deliveries(webhook_id: str, url: str, key: str, is_printing: bool) -> None:
    """What was sent, the newest first."""
    call = Call("GET", f"{HOOKS}/{webhook_id}/deliveries")
    for shown in _asked(url, key, call, is_printing=is_printing).get("data", []):
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@click.argument("delivery_id")
@with_server
def redeliver(webhook_id: str, delivery_id: str, url: str, key: str, is_printing: bool) -> None:
    """Send one delivery again."""
    call = Call("POST", f"{HOOKS}/{webhook_id}/deliveries/{delivery_id}/redeliver")
    shown = _asked(url, key, call, is_printing=is_printing)
    if shown:
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def remove(webhook_id: str, url: str, key: str, is_printing: bool) -> None:
    """End a subscription, with its deliveries."""
    _asked(url, key, Call("DELETE", f"{HOOKS}/{webhook_id}"), is_printing=is_printing)


def _asked(url: str, key: str, call: Call, *, is_printing: bool) -> dict[str, Any]:
    """The answer; empty when the request was printed or has none."""
    server = server_of(url, key, is_printing=is_printing)
    with printing(server):
        answer = server.send(call)
        shown: dict[str, Any] = answer.json() if answer.content else {}
        return shown
    return {}


def _where(words: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not value:
            raise Mendable(f"--where {word!r}: write field=value.")
        found.setdefault(name, []).append(value)
    return found


def _line(hook: dict[str, Any]) -> str:
    return f"{hook['id']}  {hook['status']}  {','.join(hook['types'])}  {hook['url']}"


def _delivery(shown: dict[str, Any]) -> str:
    came = shown["last_error"] or f"HTTP {shown['last_status']}"
    return f"{shown['id']}  {shown['status']}  {shown['type']}  {came}"
