"""`parity webhooks`: subscriptions made, tried, watched and ended through the API."""

from typing import Any

import click

from service.commands.client import Call, Server, printing, with_server
from service.commands.failures import Mendable

HOOKS = "/v1/webhooks"


@click.group("webhooks")
def webhooks_() -> None:
    """Webhooks: who is told of what."""


@webhooks_.command("list")
@with_server
def list_(server: Server) -> None:
    """All of them, the oldest first."""
    for hook in _asked(server, Call("GET", HOOKS)).get("data", []):
        click.echo(_line(hook))


@webhooks_.command()
@click.argument("target")
@click.option("--types", required=True, help="Such as adoption.created,adoption.updated.")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help="Only such records.")
@with_server
def add(target: str, types: str, where: tuple[str, ...], server: Server) -> None:
    """Tell TARGET (https) of changes; the secret is the last line."""
    body = {"url": target, "types": types.split(","), "filter": {"where": _where(where)}}
    made = _asked(server, Call("POST", HOOKS, body))
    if made:
        click.echo(f"{_line(made)}\nThe secret, shown this once:\n{made['secret']}")


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def test(webhook_id: str, server: Server) -> None:
    """Send a message now and tell what came of it."""
    call = Call("POST", f"{HOOKS}/{webhook_id}/test")
    shown = _asked(server, call)
    if shown:
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def deliveries(webhook_id: str, server: Server) -> None:
    """What was sent, the newest first."""
    call = Call("GET", f"{HOOKS}/{webhook_id}/deliveries")
    for shown in _asked(server, call).get("data", []):
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@click.argument("delivery_id")
@with_server
def redeliver(webhook_id: str, delivery_id: str, server: Server) -> None:
    """Send one delivery again."""
    call = Call("POST", f"{HOOKS}/{webhook_id}/deliveries/{delivery_id}/redeliver")
    shown = _asked(server, call)
    if shown:
        click.echo(_delivery(shown))


@webhooks_.command()
@click.argument("webhook_id")
@with_server
def remove(webhook_id: str, server: Server) -> None:
    """End a subscription, with its deliveries."""
    _asked(server, Call("DELETE", f"{HOOKS}/{webhook_id}"))


def _asked(server: Server, call: Call) -> dict[str, Any]:
    """The answer; empty when the request was printed or has none."""
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
