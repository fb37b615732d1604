"""`parity compute`: metrics of a file of records, with no database at all."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from service.commands.failures import Mendable
from service.usecases.analyses.compute import InvalidCase, compute


@click.command("compute")
@click.argument("file")
def compute_(file: str) -> None:
    """Answer the calls of FILE ("-" for standard input) as a JSON list."""
    if file != "-" and not Path(file).is_file():
        raise Mendable(f"No file {file}.")
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        results = compute(data, today=datetime.now(UTC).date())
    except InvalidCase as error:
        raise Mendable(str(error)) from None
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
