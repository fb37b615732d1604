"""The command line."""

import click

from service.commands import curate
from service.commands.compute import compute_
from service.commands.export import export_
from service.commands.failures import Commands
from service.commands.import_ import import_
from service.commands.keys import keys_
from service.commands.openapi import methods, openapi
from service.commands.schema import migrate_, schema
from service.commands.serve import serve
from service.commands.webhooks import webhooks_


@click.group(cls=Commands)
@click.version_option(package_name="parity")
def main() -> None:
    """Parity: the AI market knowledge base with an API."""


for command in (
    serve,
    migrate_,
    import_,
    export_,
    compute_,
    curate.add,
    curate.edit,
    curate.retire,
    curate.merge,
    curate.survey,
    keys_,
    webhooks_,
    openapi,
    methods,
    schema,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
