"""`parity doctor`: what is wrong with this installation, in sentences."""

import shutil
import sys
from pathlib import Path

import click
import msgspec

from service.commands.base import database_url, run, settings
from service.model.errors import ServiceError
from service.settings import Settings
from service.texts.messages import LANGUAGES
from service.texts.sentences import sentence
from service.usecases.doctor import Complaint, examined


@click.command("doctor")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the complaints as JSON.")
def doctor_(lang: str, *, as_json: bool) -> None:
    """Say what is wrong with this installation; nothing is changed.

    Ends with 1 where something is wrong, and with 0 where there is nothing but advice.
    """

    async def work() -> int:
        chosen = settings()
        try:
            with database_url(chosen) as url:
                found = await examined(url, chosen, _room(chosen))
        except ServiceError as error:  # an embedded PostgreSQL that does not start
            found = [Complaint("reachable", "wrong", error.detail)]
        _print(found, lang, as_json=as_json)
        return int(any(one.weight == "wrong" for one in found))

    run(work())


def _room(chosen: Settings) -> int:
    """Bytes that are free in the nearest folder there is."""
    folder = chosen.data_dir
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(Path(folder)).free


def _print(found: list[Complaint], lang: str, *, as_json: bool) -> None:
    if as_json:
        said = [
            {"check": one.check, "weight": one.weight, "detail": one.detail.said(lang)}
            for one in found
        ]
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(said)).decode() + "\n")
        return
    for one in found:
        weight = sentence(f"doctor.{one.weight}").said(lang)
        click.echo(f"{one.check} ({weight}): {one.detail.said(lang)}")
    if not found:
        click.echo(sentence("doctor.well").said(lang))
