"""`parity import --bundled`: the base brought up to the edition that ships with this version."""

import click
import msgspec

from service.commands.base import connected, database_url, run, settings
from service.commands.serve import BUNDLED
from service.usecases.imports.bundled import release_edition
from service.usecases.imports.upgrade import Conflict, Upgrade, upgrade

WHY = {
    "changed": "changed here and by the edition",
    "retired": "retired here, changed by the edition",
    "left_out": "no more in the edition, changed or pointed at here",
    "faulty": "the edition's record cannot stand here",
}


def upgrade_bundled(*, dry_run: bool, overwrite: bool, as_json: bool) -> None:
    """Take over what the edition changed; what was changed here stays and is listed."""

    async def work() -> int:
        with database_url(settings(), makes=True) as url:
            async with connected(url, makes=True) as database:
                report = await upgrade(database, BUNDLED, dry_run=dry_run, overwrite=overwrite)
                _print(report, as_json=as_json)
                if report.revision is not None:
                    release = await release_edition(database, BUNDLED, is_upgraded=True)
                    if release is not None and not as_json:
                        click.echo(f"Revision {release.revision} is release {release.name}.")
        return 0

    run(work())


def _print(report: Upgrade, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
        return
    for conflict in report.conflicts:
        click.echo(f"kept: {_line(conflict)}", err=True)
    outcome = "no change, no revision" if report.revision is None else f"revision {report.revision}"
    click.echo(
        f"Edition {report.edition}: {report.created} created, {report.updated} updated,"
        f" {report.unchanged} unchanged, {report.retired} retired,"
        f" {len(report.conflicts)} kept as they are here;"
        f" {'dry run, nothing stored' if report.dry_run else outcome}"
    )


def _line(conflict: Conflict) -> str:
    fields = f" ({', '.join(conflict.fields)})" if conflict.fields else ""
    return f"{conflict.kind} {conflict.id}: {WHY[conflict.why]}{fields}"
