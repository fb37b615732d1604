"""`parity add`, `edit`, `retire`, `merge` and `survey`: records edited through the API."""

from typing import Any, BinaryIO
from urllib.parse import quote, urlencode

import click
import msgspec

from service.commands.client import Call, Server, printing, with_server
from service.commands.failures import Mendable
from service.formats.import_format.assignments import body_of
from service.formats.survey_files import LookedFor, looked_for
from service.formats.text_files import Unreadable, opened
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_KIND, BY_NAME

COMMENT = click.option("--comment", required=True, help="Why; kept with the revision.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
SOURCE = click.option("--source", "sources", multiple=True, help="An address it stands on.")


@click.command("add")
@click.argument("kind")
@click.argument("words", nargs=-1, metavar="[ID] NAME=VALUE...")
@SOURCE
@COMMENT
@DRY_RUN
@with_server
def add(
    kind: str,
    words: tuple[str, ...],
    sources: tuple[str, ...],
    comment: str,
    dry_run: bool,
    server: Server,
) -> None:
    """Record something new.

    parity add vendor acme name=Acme country=FR --comment "seen at the fair"

    parity add adoption product=kimi feature=memory stage=ga date=2026-10 --source https://…
    """
    collection = _collection(kind)
    record_id, given = _split(collection, words)
    body = {**_body(collection, given, sources), "comment": comment}
    asked = _query(dry_run=dry_run)
    if record_id is None:
        call = Call("POST", f"/v1/{collection.name}{asked}", body)
    else:
        headers = {"if-none-match": "*"}
        call = Call("PUT", f"{_path(collection, record_id)}{asked}", body, headers)
    _tell(server, call)


@click.command("edit")
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("words", nargs=-1, required=True, metavar="NAME=VALUE...")
@SOURCE
@COMMENT
@DRY_RUN
@with_server
def edit(
    kind: str,
    record_id: str,
    words: tuple[str, ...],
    sources: tuple[str, ...],
    comment: str,
    dry_run: bool,
    server: Server,
) -> None:
    """Change fields of a record as it stands now; an empty value empties."""
    collection = _collection(kind)
    body = {**_body(collection, words, sources), "comment": comment}
    path = _path(collection, record_id)
    headers = {"if-match": server.etag(path), "content-type": "application/merge-patch+json"}
    _tell(server, Call("PATCH", f"{path}{_query(dry_run=dry_run)}", body, headers))


@click.command("retire")
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.option("--replaced-by", help="The record that stands in its place.")
@COMMENT
@DRY_RUN
@with_server
def retire(
    kind: str,
    record_id: str,
    replaced_by: str | None,
    comment: str,
    dry_run: bool,
    server: Server,
) -> None:
    """Take a record out of the present; its history stays."""
    path = _path(_collection(kind), record_id)
    asked = _query(dry_run=dry_run, comment=comment, replaced_by=replaced_by)
    _tell(server, Call("DELETE", f"{path}{asked}", None, {"if-match": server.etag(path)}))


@click.command("merge")
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.option("--into", required=True, help="The record that stays.")
@COMMENT
@DRY_RUN
@with_server
def merge(
    kind: str,
    record_id: str,
    into: str,
    comment: str,
    dry_run: bool,
    server: Server,
) -> None:
    """Make a duplicate one with another record; its id leads there for ever."""
    path = f"{_path(_collection(kind), record_id)}/merge{_query(dry_run=dry_run)}"
    body = {"into": into, "comment": comment}
    _tell(server, Call("POST", path, body))


@click.command("survey")
@click.argument("product")
@click.argument("market")
@click.option("--present", default="", help="Features that were found, parted by commas.")
@click.option("--absent", default="", help="Features that were looked for and not found.")
@click.option("--file", "file", type=click.File("rb"), help="CSV or NDJSON with feature and state.")
@click.option("--date", "day", help="The day of the look (YYYY-MM-DD); left out: today.")
@click.option("--stage", type=click.Choice(["preview", "ga"]), help="Of what was found: ga.")
@SOURCE
@COMMENT
@DRY_RUN
@with_server
def survey(
    product: str, market: str, comment: str, dry_run: bool, server: Server, **asked: Any
) -> None:
    """Go through PRODUCT for features of MARKET: what was found and what was not.

    parity survey kimi chat-assistants --present memory --absent canvas,group-chat --source https://…
    """
    body = {**_looked(asked), "product_id": product, "comment": comment}
    path = f"/v1/markets/{quote(market, safe='')}/surveys{_query(dry_run=dry_run)}"
    _tell(server, Call("POST", path, body))


def _looked(asked: dict[str, Any]) -> dict[str, Any]:
    """The features of the options and of the file, and what was said of them."""
    present, absent = (
        [word.strip() for word in asked[side].split(",") if word.strip()]
        for side in ("present", "absent")
    )
    if asked["file"] is not None:
        found = _read(asked["file"])
        present, absent = [*present, *found.present], [*absent, *found.absent]
    told = {"date": asked["day"], "stage": asked["stage"], "sources": list(asked["sources"])}
    return {"present": present, "absent": absent, **{k: v for k, v in told.items() if v}}


def _read(file: BinaryIO) -> LookedFor:
    try:
        return looked_for(opened(file))
    except (ValueError, Unreadable) as error:
        raise Mendable(f"{getattr(file, 'name', 'file')}: {error}") from None


def _tell(server: Server, call: Call) -> None:
    with printing(server):
        answer = server.send(call)
        shown = answer.json() if answer.content else {}
        click.echo(_sentence(answer.headers, shown))
        click.echo(msgspec.json.format(answer.content, indent=2).decode())


def _sentence(headers: Any, shown: dict[str, Any]) -> str:
    """What became of it, in one line."""
    record = f"{shown.get('object', 'record')} {shown.get('id', '')}".strip()
    if "present" in shown:
        new = sum(one["outcome"] == "created" for one in shown["present"])
        record = f"survey {shown['id']}: {len(shown['present'])} present ({new} new), "
        record += f"{len(shown['absent'])} absent"
    if headers.get("dry-run"):
        return f"dry run, nothing stored: {record}"
    return f"{record}, revision {headers['dataset-revision']}"


def _collection(word: str) -> Collection:
    found = BY_KIND.get(word.replace("-", "_")) or BY_NAME.get(word.replace("_", "-"))
    if found is not None:
        return found
    near = nearest(word, BY_KIND)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(BY_KIND)}."
    raise Mendable(f"No kind {word!r}. {hint}")


def _split(collection: Collection, words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The curated id that an entity needs first, and the rest."""
    has_id = bool(words) and "=" not in words[0]
    if collection.is_entity and not has_id:
        raise Mendable(
            f"A {collection.kind} needs its id first: parity add {collection.kind} some-id name=…"
        )
    if has_id and not collection.is_entity:
        raise Mendable(f"{words[0]!r}: the base names facts itself; write name=value.")
    return (words[0], words[1:]) if has_id else (None, words)


def _body(
    collection: Collection, words: tuple[str, ...], sources: tuple[str, ...]
) -> dict[str, Any]:
    try:
        body = body_of(collection, list(words))
    except ValueError as error:
        raise Mendable(str(error)) from None
    return {**body, "sources": list(sources)} if sources else body


def _path(collection: Collection, record_id: str) -> str:
    return f"/v1/{collection.name}/{quote(record_id, safe='')}"


def _query(*, dry_run: bool, **more: str | None) -> str:
    given = {**({"dry_run": "true"} if dry_run else {}), **{k: v for k, v in more.items() if v}}
    return f"?{urlencode(given)}" if given else ""
