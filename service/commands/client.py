"""Requests to a running Parity: sent with a key, or printed as the curl command they would be."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click
import httpx
import msgspec

from service.commands.failures import Mendable

SECONDS = 30.0
BEARER = "Bearer $PARITY_KEY"  # for the shell to fill in
AUTHORIZATION = f"authorization: {BEARER}"
NO_KEY = (
    "Not sent: no key. `parity keys create NAME --scopes write,curate` makes one; put it into"
    " PARITY_KEY."
)
HERE = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Call:
    """One request; a dictionary of headers beside what every request carries."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Server:
    """Where to send, with which key; without a key nothing is sent but printed, which fails
    unless it was asked for.
    """

    url: str
    key: str
    is_asked_to_print: bool

    @property
    def is_printing(self) -> bool:
        return self.is_asked_to_print or not self.key

    def send(self, call: Call) -> httpx.Response:
        """The answer. Raises ClickException with the problem document's faults."""
        if self.is_printing:
            raise Printed(self.curl(call))
        headers = {**call.headers, "authorization": f"Bearer {self.key}"}
        with _told(self.url), httpx.Client(base_url=self.url, timeout=SECONDS) as client:
            answer = client.request(call.method, call.path, json=call.body, headers=headers)
        if answer.is_error:
            raise click.ClickException(_problem(answer))
        return answer

    def etag(self, path: str) -> str:
        """The validator of a record as it stands; when printing, the word for any."""
        return "*" if self.is_printing else self.send(Call("GET", path)).headers["etag"]

    def curl(self, call: Call) -> str:
        """The request as a command for a shell."""
        words = ["curl", "-X", call.method, f"{self.url}{call.path}"]
        headers = {**call.headers, "authorization": BEARER}
        if call.body is not None:
            headers.setdefault("content-type", "application/json")
        quoted = [shlex.quote(word) for word in words]
        quoted += [f"-H {shlex.quote(f'{n}: {v}')}" for n, v in headers.items()]
        if call.body is not None:
            quoted.append(f"-d {shlex.quote(msgspec.json.encode(call.body).decode())}")
        return " ".join(quoted).replace(f"'{AUTHORIZATION}'", f'"{AUTHORIZATION}"')


class Printed(Exception):
    """The command that was printed instead of being sent."""


def with_server(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say where to send; the command gets a `server`."""

    @wraps(command)
    def called(*words: Any, url: str, key: str, is_printing: bool, **given: Any) -> Any:
        return command(*words, server=Server(url.rstrip("/"), key, is_printing), **given)

    for option in (
        click.option(
            "--url",
            envvar="PARITY_URL",
            default=HERE,
            show_default=True,
            help="Where Parity runs (PARITY_URL).",
        ),
        click.option(
            "--key",
            envvar="PARITY_KEY",
            default="",
            help="The secret of a key (PARITY_KEY); without it nothing is sent.",
        ),
        click.option(
            "--print", "is_printing", is_flag=True, help="Print the request, send nothing."
        ),
    ):
        called = option(called)
    return called


@contextmanager
def printing(server: Server) -> Iterator[None]:
    """Around the requests of a command: what is not sent is shown, with the way to send it."""
    try:
        yield
    except Printed as printed:
        click.echo(str(printed))
        if not server.is_asked_to_print:
            raise Mendable(NO_KEY) from None


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise Mendable(f"{url} does not answer: {error}") from None


def _problem(answer: httpx.Response) -> str:
    """A problem document in lines: what, where, and what would be right."""
    try:
        problem: dict[str, Any] = answer.json()
    except ValueError:
        return f"HTTP {answer.status_code}: {answer.text[:200]}"
    lines = [f"{problem.get('detail')} ({problem.get('code')}, HTTP {answer.status_code})"]
    for error in problem.get("errors", []):
        where = error.get("pointer") or error.get("parameter") or ""
        near = " or ".join(error.get("did_you_mean", []))
        hint = f" Did you mean {near}?" if near and "Did you mean" not in error["detail"] else ""
        lines.append(f"  {where}: {error['detail']}{hint}".rstrip())
    return "\n".join(lines)
