"""The command line."""

import click

from service.commands.failures import Commands

PLACES = {
    "add": "curate:add",
    "backup": "upkeep.backups:backup",
    "clients": "clients:clients",
    "compute": "compute:compute_",
    "doctor": "upkeep.doctor:doctor_",
    "edit": "curate:edit",
    "export": "export:export_",
    "import": "import_:import_",
    "keys": "keys:keys_",
    "mcp": "mcp:mcp_",
    "merge": "curate:merge",
    "gallery": "gallery:gallery",
    "methods": "openapi:methods",
    "migrate": "schema:migrate_",
    "openapi": "openapi:openapi",
    "restore": "upkeep.backups:restore",
    "retire": "curate:retire",
    "schema": "schema:schema",
    "secrets": "upkeep.secrets:secrets_",
    "serve": "serve:serve",
    "survey": "curate:survey",
    "webhooks": "webhooks:webhooks_",
}


@click.group(cls=Commands, places=PLACES)
@click.version_option(package_name="parity")
def main() -> None:
    """Parity: the AI market knowledge base with an API."""


if __name__ == "__main__":
    main()
