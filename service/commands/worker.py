"""A worker process of `parity serve`, which does not outlive the process that started it."""

import gc
import multiprocessing
import os
import signal
import time
from threading import Thread

from service import app
from service.telemetry.requests import App

LOOK_SECONDS = 0.25
STOP_SECONDS = 2.0
GC_YOUNG = 20_000


def build() -> App:
    """The application, in a process that stops when its parent is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        Thread(target=_follow, args=(parent.pid,), name="follow", daemon=True).start()
    built = app.build()
    gc.freeze()
    gc.set_threshold(GC_YOUNG, 20, 20)  # young objects are looked at more seldom than every 700
    return built


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
