"""Where pictures are drawn: a few processes, each started when it is needed and kept."""

import asyncio
import sys
from asyncio import timeout
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

import msgspec

from service import limits
from service.formats.pictures.picture import Drawing
from service.model.errors import Code, ServiceError
from service.store.database import Snapshot
from service.telemetry.children import relayed
from service.texts.sentences import sentence
from service.usecases.drawing.process import HEAD, framed

_PROCESS = "service.usecases.drawing.process"
_FIRST = Drawing(spec=b'{"mark":"point","data":{"values":[{}]}}', before="", after="", scale=None)


class Lost(Exception):
    """The process is gone in the middle of a picture."""


class DrawingPool:
    """So many processes at most; who comes when all of them are at work waits in their order."""

    def __init__(self, most: int) -> None:
        """None: one, but only when somebody asks for a picture."""
        self._most, self._is_warm = max(1, most), most > 0
        self._turn = asyncio.Semaphore(self._most)
        self._idle: list[Process] = []
        self._relaying = set[asyncio.Task[None]]()
        self._asked = 0

    @property
    def load(self) -> dict[str, int]:
        """How many are running, and how many queued."""
        running = min(self._asked, self._most)
        return {"running": running, "queued": self._asked - running}

    async def warm(self) -> None:
        """What takes a second the first time is done before anybody asks."""
        if self._is_warm:
            await self.draw(_FIRST)

    async def shown(self, answer: bytes | Drawing, last_of: Snapshot | None) -> bytes:
        """The answer as it is sent: what is drawn as its picture, with nothing more to be read of
        the snapshot, whose connection others may have meanwhile."""
        if isinstance(answer, bytes):
            return answer
        if last_of is not None:
            await last_of.end()
        return await self.draw(answer)

    async def draw(self, drawing: Drawing) -> bytes:
        """The SVG or PNG. Raises ServiceError `busy` where too many wait, `too_costly` for what
        takes too long."""
        if self._asked >= limits.DRAWINGS_QUEUED + self._most:
            detail = sentence("pictures.queue", n=self._asked)
            raise ServiceError(Code.BUSY, detail, retry_after=1)
        self._asked += 1
        try:
            async with self._turn:
                return await self._drawn(msgspec.msgpack.encode(drawing))
        finally:
            self._asked -= 1

    async def _drawn(self, message: bytes) -> bytes:
        try:
            return await self._with_a_process(message)
        except Lost:  # not by what it was asked, as a rule: once more, by another
            pass
        try:
            return await self._with_a_process(message)
        except Lost:
            raise ServiceError(Code.BUSY, sentence("pictures.lost")) from None

    async def _with_a_process(self, message: bytes) -> bytes:
        process = self._idle.pop() if self._idle else await self._started()
        try:
            async with timeout(limits.DRAWING_SECONDS):
                is_done, answer = await _told(process, message)
        except TimeoutError:
            await _end(process)
            detail = sentence("pictures.seconds", n=round(limits.DRAWING_SECONDS))
            raise ServiceError(Code.TOO_COSTLY, detail) from None
        except BaseException:  # nobody waits for it any more, or it is gone
            await _end(process)
            raise
        self._idle.append(process)
        if not is_done:
            raise RuntimeError(answer.decode())
        return answer

    async def _started(self) -> Process:
        words = (sys.executable, "-m", _PROCESS)
        process = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        assert process.stderr is not None, "it has pipes"
        relaying = asyncio.create_task(relayed(process.stderr, "drawing"))
        self._relaying.add(relaying)
        relaying.add_done_callback(self._relaying.discard)
        return process

    async def close(self) -> None:
        """Ends every process that draws nothing; the others end with their input."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*map(_end, idle))
        if self._relaying:
            await asyncio.wait(self._relaying, timeout=limits.STATEMENT_SECONDS)


async def _told(process: Process, message: bytes) -> tuple[bool, bytes]:
    assert process.stdin is not None, "it has pipes"
    assert process.stdout is not None, "it has pipes"
    try:
        process.stdin.write(framed(message))
        await process.stdin.drain()
        is_done, length = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
        return is_done, await process.stdout.readexactly(length)
    except (EOFError, ConnectionError) as error:
        raise Lost from error


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):  # it is gone already
        process.kill()
    await process.wait()
