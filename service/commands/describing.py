"""`parity openapi`: the API's description as a file."""

from pathlib import Path

import click

from service.app import description


@click.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False), default="openapi/openapi.json")
def openapi(output: str) -> None:
    """Write the OpenAPI document."""
    Path(output).write_bytes(description())
