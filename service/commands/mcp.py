"""`parity mcp`: the tools for an assistant on this machine, over standard input and output."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click
import httpx
import msgspec

from service.api.http.gateway import Gateway
from service.api.mcp.asking import Answer, Asking, InProcess, Refused
from service.app import opened
from service.commands.base import NO_BASE, database_url, run, settings
from service.commands.client import HERE
from service.commands.failures import Mendable
from service.model.quotas import Quota
from service.settings import Settings, is_base
from service.store.database import Database
from service.store.schema import is_migrated, migrate
from service.store.secrets import Seal
from service.texts.messages import LANGUAGES, message

SECONDS = 90.0
UNBOUNDED = Quota(burst=0, hour=0)
SCOPE = {
    "headers": [(b"host", b"localhost")],
    "client": ("127.0.0.1", 0),
}


class Remote(Asking):
    """Asks a running service over HTTP."""

    def __init__(self, client: httpx.AsyncClient, base: str, lang: str) -> None:
        self._client = client
        self.base = base
        self.lang = lang

    async def sent(self, target: str) -> Answer:
        """Raises Refused where nobody answers."""
        headers = {"accept": "application/json", "accept-language": self.lang}
        try:
            answer = await self._client.get(self.base + target, headers=headers)
        except httpx.HTTPError:
            told = message("mcp.no_answer", self.lang, url=self.base)
            raise Refused({"detail": told}) from None
        return Answer(answer.status_code, answer.headers, answer.content)


@click.command("mcp")
@click.option("--url", envvar="PARITY_URL", help="Where Parity runs (PARITY_URL).")
@click.option("--key", envvar="PARITY_KEY", default="", help="The secret of a key (PARITY_KEY).")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
def mcp_(url: str | None, key: str, lang: str) -> None:
    """Serve the tools of the Model Context Protocol over stdio.

    Asks the service at --url; without one the base that is configured or found here; without a
    base the service of this machine.
    """
    chosen = settings()
    has_base = bool(chosen.database_url) or is_base(chosen.data_dir)
    if url is None and has_base:
        with database_url(chosen) as base:
            run(_local(msgspec.structs.replace(chosen, database_url=base), lang))
    run(_remote((url or HERE).rstrip("/"), key, lang))


async def _remote(url: str, key: str, lang: str) -> int:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(headers=headers, timeout=SECONDS) as client:
        return await _served(Remote(client, url, lang))


async def _local(chosen: Settings, lang: str) -> int:
    async with _application(chosen) as app:
        return await _served(InProcess(app, SCOPE, chosen.public_url, lang))


@asynccontextmanager
async def _application(chosen: Settings) -> AsyncIterator[Gateway]:
    """The service within this process, for its own user: without jobs, quotas and keys."""
    url = chosen.direct_url or chosen.database_url
    if not await is_migrated(url):
        raise Mendable(NO_BASE.format(place="in the database of PARITY_DATABASE_URL"))
    await migrate(url)
    own = msgspec.structs.replace(
        chosen,
        jobs=False,
        public_read=True,
        analysis_processes=0,
        quota=UNBOUNDED,
        keyed_quota=UNBOUNDED,
    )
    database = Database(url, pool_size=2, seal=Seal(own.secret_keys))
    async with opened(database, own) as gateway:
        yield gateway


async def _served(asking: Asking) -> int:
    """Until standard input ends."""
    from mcp.server.stdio import stdio_server

    from service.api.mcp.server import made

    server = made(lambda _: asking)
    async with stdio_server() as (received, sent):
        await server.run(received, sent, server.create_initialization_options())
    return 0
