"""Processes that compute beside the one that answers requests: a long analysis takes no time from
its event loop, and is ended when nobody waits for it or it takes too long."""

import asyncio
import os
import pickle
import socket
import subprocess
import sys
from asyncio import StreamReader, StreamWriter, timeout
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from service import limits
from service.maths.panel.facts import Facts
from service.model.errors import Code, ServiceError
from service.telemetry.children import relayed_from
from service.texts.sentences import sentence
from service.usecases.computing.tasks import (
    HEAD,
    NUMBER,
    Done,
    Failed,
    Lacks,
    Task,
    frame,
)

_GRACE_SECONDS = 5.0  # after which a process ends itself
_RETRY_SECONDS_MAX = 60
_FORK_SERVER = "service.usecases.computing.fork_server"


class Lost(Exception):
    """The process is gone in the middle of a task."""


class Taken(Exception):
    """Other work has all processes."""


@dataclass(frozen=True)
class Process:
    """One that computes, and the line to it."""

    number: int
    reader: StreamReader
    writer: StreamWriter

    async def ask(self, task: Task, facts: Mapping[int, Facts]) -> Done | Failed:
        """Sends the facts that it lacks. Raises Lost."""
        try:
            reply = await self._told(task)
            if isinstance(reply, Lacks):
                some = {number: facts[number] for number in reply.facts}
                reply = await self._told(replace(task, facts=some))
        except (EOFError, ConnectionError) as error:
            raise Lost from error
        assert isinstance(reply, Done | Failed), "what it lacked it has"
        return reply

    async def _told(self, task: Task) -> object:
        self.writer.write(await asyncio.to_thread(frame, task))
        await self.writer.drain()
        return await received(self.reader)


async def received(reader: StreamReader) -> object:
    """The next message. Raises EOFError where none comes."""
    (length,) = HEAD.unpack(await reader.readexactly(HEAD.size))
    body = await reader.readexactly(length)
    return pickle.loads(body)  # noqa: S301, from a process of our own


class Pool:
    """So many processes, started when they are first needed. Each task has `seconds`; the others
    wait for their turn in their order, unless too much is expected to be before them."""

    def __init__(self, processes: int, seconds: float, most: int) -> None:
        self._size, self._seconds, self._most = processes, seconds, most
        self._turn = asyncio.Semaphore(processes)
        self._idle: list[Process] = []
        self._expected: dict[object, float] = {}
        self._fork_server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._relaying: asyncio.Task[None] | None = None

    @property
    def load(self) -> dict[str, int]:
        """How many are running, and how many queued."""
        running = min(len(self._expected), self._size)
        return {"running": running, "queued": len(self._expected) - running}

    async def run(
        self,
        task: Task,
        facts: Mapping[int, Facts],
        expected: float,
        patience: float | None = None,
    ) -> Done:
        """What the task comes to; of `facts` what its process lacks is sent to it. `expected`
        seconds decide whether the queue is too long. It waits for its turn for `patience` seconds.

        Raises Taken where there is an end to patience, ServiceError `busy`, `too_costly`, or what
        the work raises.
        """
        if patience is None:
            self._admit()
        ticket = object()
        self._expected[ticket] = min(expected, self._seconds)
        try:
            await self._turn_within(patience)
            try:
                return await self._with_a_process(task, facts)
            finally:
                self._turn.release()
        finally:
            del self._expected[ticket]

    async def _turn_within(self, patience: float | None) -> None:
        try:
            async with timeout(patience):
                await self._turn.acquire()
        except TimeoutError:
            raise Taken from None

    def _admit(self) -> None:
        ahead = sum(self._expected.values()) / self._size
        is_full = len(self._expected) >= limits.ANALYSES_QUEUED + self._size
        if is_full or (len(self._expected) > self._size and ahead > limits.ANALYSES_QUEUED_SECONDS):
            seconds = max(1, min(ceil(ahead), _RETRY_SECONDS_MAX))
            detail = sentence("analyses.queue", n=len(self._expected))
            raise ServiceError(Code.BUSY, detail, retry_after=seconds)

    async def _with_a_process(self, task: Task, facts: Mapping[int, Facts]) -> Done:
        try:
            return await self._asked(task, facts)
        except Lost:  # not by what it was asked, as a rule: once more, on another
            pass
        try:
            return await self._asked(task, facts)
        except Lost:
            raise ServiceError(Code.BUSY, sentence("analyses.lost")) from None

    async def _asked(self, task: Task, facts: Mapping[int, Facts]) -> Done:
        process = self._idle.pop() if self._idle else await self._started()
        timed = replace(task, seconds=self._seconds + _GRACE_SECONDS)
        try:
            async with timeout(self._seconds):
                reply = await process.ask(timed, facts)
        except TimeoutError:
            self._end(process)
            raise too_costly("seconds", self._seconds) from None
        except BaseException:  # nobody waits for it any more, or it is gone
            self._end(process)
            raise
        self._idle.append(process)
        if isinstance(reply, Done):
            return reply
        if reply.trace:
            raise RuntimeError(reply.trace)
        raise too_costly("memory", limits.ANALYSIS_BYTES / 1_000_000)

    def _end(self, process: Process) -> None:
        process.writer.transport.abort()
        assert self._control is not None, "a process was started"
        try:
            self._control.send(NUMBER.pack(process.number))
        except OSError:  # with the fork server all its processes end
            self._stop()

    async def _started(self) -> Process:
        control = self._control
        if control is None or self._fork_server is None or self._fork_server.poll() is not None:
            control = self._start()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(control, [b"+"], [theirs.fileno()])
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        try:
            number = await received(reader)
        except (EOFError, ConnectionError) as error:
            raise Lost from error
        except BaseException:  # it ends with its line
            writer.transport.abort()
            raise
        assert isinstance(number, int), "it says its number first"
        return Process(number, reader, writer)

    def _start(self) -> socket.socket:
        self._stop()
        ours, theirs = socket.socketpair()
        words = (str(theirs.fileno()), str(self._most), str(limits.ANALYSIS_BYTES))
        said, says = os.pipe()
        with theirs, os.fdopen(says, "wb", buffering=0) as own:
            self._fork_server = subprocess.Popen(  # noqa: S603, ourselves
                [sys.executable, "-m", _FORK_SERVER, *words],
                pass_fds=[theirs.fileno()],
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stderr=own,
            )
        self._relaying = asyncio.create_task(relayed_from(said, "computing"))
        self._control = ours
        return ours

    def _stop(self) -> None:
        for process in self._idle:
            process.writer.transport.abort()
        self._idle.clear()
        if self._control is not None:
            self._control.close()
            self._control = None

    async def close(self) -> None:
        """Ends every process."""
        self._stop()
        if self._fork_server is not None:
            await asyncio.to_thread(self._fork_server.wait, limits.STATEMENT_SECONDS)
        if self._relaying is not None:
            await asyncio.wait((self._relaying,), timeout=limits.STATEMENT_SECONDS)


def too_costly(what: str, number: float) -> ServiceError:
    """A question that takes more time or memory than one may."""
    return ServiceError(Code.TOO_COSTLY, sentence(f"analyses.{what}", n=round(number)))
