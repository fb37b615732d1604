"""What processes beside a worker say on standard error stands in its log, without secrets."""

import asyncio
import logging
import os
from collections.abc import Iterator

import pytest

from service.model.errors import ServiceError
from service.telemetry.children import LINE_BYTES, TOO_LONG, relayed_from
from service.telemetry.logs import Log
from service.usecases.computing import pool as computing
from service.usecases.computing.tasks import Task
from service.usecases.drawing import pool as drawing
from tests.telemetry.seen import Lines
from tests.usecases.computing import work

SECRET = "hunter2"  # noqa: S105
ADDRESS = f"postgresql://parity:{SECRET}@db:5432/parity"


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged, as a worker writes it."""
    written = Lines()
    handler = Log("json", written.write)
    logger = logging.getLogger("parity")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


class Harmful:
    """Whoever unpacks it fails, outside of what is told back."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, (f"raise RuntimeError('not reached: {ADDRESS}')",)


async def test_a_traceback_of_what_computes(
    lines: Lines, capfd: pytest.CaptureFixture[str]
) -> None:
    pool = computing.Pool(1, 60, 50_000_000)
    with pytest.raises(ServiceError):
        await pool.run(Task(work.number, (), (Harmful(),), 0.0), {}, 1.0)
    await pool.close()
    said = [one["message"] for one in lines.entries]
    assert "computing: Traceback (most recent call last):" in said
    assert "computing: RuntimeError: not reached: postgresql://parity:***@db:5432/parity" in said
    assert SECRET not in lines.text + capfd.readouterr().err


async def test_a_complaint_of_what_draws(
    lines: Lines, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_PROCESS", f"none password={SECRET}")
    pool = drawing.DrawingPool(0)
    with pytest.raises(ServiceError):
        await pool.draw(drawing._FIRST)
    await pool.close()
    said = [one["message"] for one in lines.entries]
    assert [text for text in said if "No module named" in text and "password=***" in text]
    assert SECRET not in lines.text + capfd.readouterr().err


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"", []),
        (b"one\ntwo without an end", ["one", "two without an end"]),
        (b"\xff\xfe\n", ["\ufffd\ufffd"]),
        (b"Authorization: Bearer abc.def\n", ["Authorization: Bearer ***"]),
        (
            b"x" * 3 * LINE_BYTES + b"secret\nafter\n",
            [TOO_LONG.decode(), "after"],
        ),
    ],
    ids=["nothing", "two", "no-text", "secret", "long"],
)
async def test_it_is_told_line_by_line(lines: Lines, written: bytes, expected: list[str]) -> None:
    said, says = os.pipe()
    relaying = asyncio.create_task(relayed_from(said, "child"))
    with os.fdopen(says, "wb", buffering=0) as pipe:
        await asyncio.to_thread(pipe.write, written)
    await relaying
    told = [one["message"].removeprefix("child: ") for one in lines.entries]
    assert told == expected
