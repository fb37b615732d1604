"""The process that starts those which compute: it has all the maths in memory, and a new one is a
fork of it, there at once. `python -m service.usecases.computing.fork_server DESCRIPTOR BYTES`.

It is told over a socket: a descriptor of another socket starts a process that answers there; a
number ends the process of that number. When the socket closes, all of them end, and it too.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import sys
from time import process_time
from traceback import format_exc

from service.usecases.analyses import comparison, measured, side_by_side, unknown
from service.usecases.computing.panel_cache import PanelCache
from service.usecases.computing.tasks import (
    HEAD,
    NUMBER,
    Done,
    Failed,
    Lacks,
    Task,
    arranged,
    frame,
)

WORK = (
    comparison,
    measured,
    side_by_side,
    unknown,
)  # what is computed stands there, and is in memory before

_NICE = 19  # who answers requests goes before


def answered(panel_cache: PanelCache, task: Task) -> Lacks | Done | Failed:
    """Computes, if all facts are there."""
    lacking = panel_cache.lacks([key for key in task.panels if key is not None])
    if lacking and not task.facts.keys() >= set(lacking):
        return Lacks(lacking)
    began = process_time()
    try:
        value = task.work(*arranged(panel_cache, task), *task.arguments)
    except MemoryError:
        return Failed("")
    except Exception:  # noqa: BLE001, told to whoever asked
        return Failed(format_exc())
    return Done(value, process_time() - began)


def told(reply: Lacks | Done | Failed) -> bytes:
    """The reply as a message; that it cannot be told is one too."""
    try:
        return frame(reply)
    except Exception:  # noqa: BLE001, told to whoever asked
        return frame(Failed(format_exc()))


def compute(line: socket.socket, most: int, task_bytes: int) -> None:
    """Answers one task after the other until the line is closed."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    ceiling = used + most + task_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))
    panel_cache, stream = PanelCache(most), line.makefile("rb")
    line.sendall(frame(os.getpid()))
    while head := stream.read(HEAD.size):
        task = pickle.loads(stream.read(HEAD.unpack(head)[0]))  # noqa: S301, from our own worker
        signal.setitimer(signal.ITIMER_REAL, task.seconds)
        reply = told(answered(panel_cache, task))
        signal.setitimer(signal.ITIMER_REAL, 0)
        line.sendall(reply)


def end(child: int) -> None:
    """Kills and reaps it; until then its number belongs to nobody else."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def fork_and_end(control: socket.socket, most: int, task_bytes: int) -> None:
    """Starts and ends processes until nobody is there to tell it."""
    children = set[int]()
    while True:
        message, descriptors, *_ = socket.recv_fds(control, NUMBER.size, 1)
        if not message:
            break
        if not descriptors:
            child = NUMBER.unpack(message)[0]
            if child in children:
                children.remove(child)
                end(child)
            continue
        child = os.fork()
        if child == 0:
            control.close()
            with socket.socket(fileno=descriptors[0]) as line:
                compute(line, most, task_bytes)
            os._exit(0)
        children.add(child)
        os.close(descriptors[0])
    for child in children:
        end(child)


def main() -> None:
    """Until the worker is gone."""
    for ignored in (signal.SIGINT, signal.SIGTERM):  # the worker says when it is over
        signal.signal(ignored, signal.SIG_IGN)
    descriptor, most, task_bytes = (int(word) for word in sys.argv[1:4])
    os.nice(_NICE)
    gc.freeze()
    fork_and_end(socket.socket(fileno=descriptor), most, task_bytes)


if __name__ == "__main__":
    main()
