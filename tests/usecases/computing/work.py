"""What the processes of the tests are given to do. A pipe tells that it is done, and ends with the
process that holds it open."""

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np

from service.maths.panel.panel import Panel
from service.usecases.analyses import measured


def products(panel: Panel, more: int = 0) -> int:
    return len(panel.product_ids) + more


def number() -> int:
    return os.getpid()


def waits(pipe: Path, *_: Any) -> None:
    """Until it is killed: says its number, and holds the pipe open."""
    with pipe.open("w") as out:
        print(os.getpid(), file=out, flush=True)
        while True:
            signal.pause()


def waits_for(pipe: Path, go: Path) -> str:
    """Until there is something to read."""
    with pipe.open("w") as out:
        print(os.getpid(), file=out, flush=True)
    return go.read_text()


def dies_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fails() -> None:
    raise ArithmeticError("no such number")


def fills(n_bytes: int) -> int:
    return int(np.ones(n_bytes, np.uint8)[-1])


def answers_a_lambda() -> object:
    return lambda: None


def measured_later(panel: Panel, *asked: Any) -> measured.Measured:
    """As it is, once there is something to read in the pipe that the environment names."""
    folder = Path(os.environ["PARITY_TEST_PIPES"])
    waits_for(folder / "pipe", folder / "go")
    return measured.measured(panel, *asked)


def measured_never(*_: Any) -> None:
    waits(Path(os.environ["PARITY_TEST_PIPES"]) / "pipe")
