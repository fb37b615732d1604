"""Parquet files that somebody sends: unfolded beside the worker, one at a time, within bounds.

What a footer says may be a lie, two kilobytes may unfold to gigabytes or upset the library that
reads them: so a process of its own does, with nothing of the worker's environment.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

import msgspec

from service import limits
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence
from service.usecases.imports.unfolding_process import Unfolded

_PROCESS = "service.usecases.imports.unfolding_process"
_decoder = msgspec.msgpack.Decoder(Unfolded)
# Its own allocators reserve memory ahead, and more than is bounded.
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "PYTHONUTF8": "1"}


class Unfolder:
    """One at a time; who comes meanwhile waits."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def unfolded(self, raw: bytes) -> Unfolded:
        """The file as lines of CSV.

        Raises ServiceError `payload_too_large` for what unfolds to more than IMPORT_BYTES,
        `import_row_failed` with what is wrong with the file.
        """
        async with self._turn:
            found = await _answer(raw)
        if found is None or found.is_large:
            detail = sentence("files.parquet_large", most=limits.IMPORT_BYTES)
            raise ServiceError(Code.PAYLOAD_TOO_LARGE, detail)
        if found.faults:
            raise ServiceError(Code.IMPORT_ROW_FAILED, sentence("files.unread"), found.faults)
        return found


async def _answer(raw: bytes) -> Unfolded | None:
    """What the process says; None: it was ended by what it read."""
    process = await _started()
    try:
        async with asyncio.timeout(limits.PARQUET_SECONDS):
            said, _ = await process.communicate(raw)
    except TimeoutError:
        return None
    finally:
        with suppress(ProcessLookupError):  # it is gone already
            process.kill()
        await process.wait()
    return _decoder.decode(said) if process.returncode == 0 else None


async def _started() -> Process:
    words = (sys.executable, "-m", _PROCESS)
    found = {name: os.environ[name] for name in ("PYTHONPATH", "PATH") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        *words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={**found, **_ENVIRONMENT}
    )
