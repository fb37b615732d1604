"""How a command fails: what its user can mend in one line, with exit code 2."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from service.model.errors import Code, ServiceError


class Mendable(click.ClickException):
    """Something that the caller can put right; told in one line."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class Commands(click.Group):
    """The commands, each imported when it is called; their failures are told and not traced.

    `places`: by name the module of `service.commands` and what it is called there.
    """

    def __init__(self, *given: Any, places: Mapping[str, str], **more: Any) -> None:
        super().__init__(*given, **more)
        self._places = places

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(self._places)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._places:
            return None
        module, name = self._places[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"service.commands.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        with told():
            return super().invoke(ctx)


@contextmanager
def told() -> Iterator[None]:
    """Inside, what the service and the system refuse becomes a sentence; output is written out."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except ServiceError as error:
        if error.code is Code.INTERNAL_ERROR:
            raise click.ClickException(_sentence(error)) from error
        raise Mendable(_sentence(error)) from None
    except OSError as error:
        _let_go_of_output()
        if error.errno == errno.EPIPE:  # the reader has seen enough
            raise
        raise Mendable(_reason(error)) from None


def _sentence(error: ServiceError) -> str:
    cause = error.__cause__
    if error.code is Code.DATABASE_UNAVAILABLE and cause is not None:
        return f"The database cannot be reached: {_reason(cause)} ({error.code})"
    return f"{error.detail} ({error.code})"


def _reason(error: BaseException) -> str:
    """What the system says, and of which file."""
    if not isinstance(error, OSError) or error.strerror is None:
        return f"{error}."
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror}."


def _let_go_of_output() -> None:
    """What could not be written is not tried again at the end of the process."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
