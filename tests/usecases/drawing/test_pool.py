"""Processes that draw: bounded, replaced when they are lost, ended when they take too long."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from service import limits
from service.formats.pictures.picture import Drawing
from service.model.errors import Code, ServiceError
from service.usecases.drawing.pool import DrawingPool

POINT = b'{"mark":"point","data":{"values":[{"a":1}]}}'
BEFORE, AFTER = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">', "</svg>"


def drawing(spec: bytes = POINT, scale: int | None = None) -> Drawing:
    return Drawing(spec=spec, before=BEFORE, after=AFTER, scale=scale)


@pytest.fixture
async def drawing_pool() -> AsyncIterator[DrawingPool]:
    made = DrawingPool(0)
    yield made
    await made.close()


async def test_svg_and_png_come_from_one_process(drawing_pool: DrawingPool) -> None:
    svg = await drawing_pool.draw(drawing())
    assert (svg.startswith(BEFORE.encode()), svg.endswith(AFTER.encode())) == (True, True)
    for scale in (1, 2):
        png = await drawing_pool.draw(drawing(scale=scale))
        width = int.from_bytes(png[16:20], "big")
        assert (png[:8], width) == (b"\x89PNG\r\n\x1a\n", 60 * scale)
    assert len(drawing_pool._idle) == 1


async def test_nothing_is_fetched_from_anywhere(drawing_pool: DrawingPool) -> None:
    outside = b'{"mark":"point","data":{"url":"http://127.0.0.1:9/a.json"}}'
    with pytest.raises(RuntimeError, match="not allowed"):
        await drawing_pool.draw(drawing(outside))
    assert await drawing_pool.draw(drawing()), "what cannot be drawn ends nothing"


async def test_a_lost_process_is_replaced(drawing_pool: DrawingPool) -> None:
    await drawing_pool.draw(drawing())
    os.kill(drawing_pool._idle[0].pid, signal.SIGKILL)
    assert await drawing_pool.draw(drawing())


async def test_what_takes_too_long_is_refused_and_ended(
    drawing_pool: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drawing_pool.draw(drawing())
    (process,) = drawing_pool._idle
    monkeypatch.setattr(limits, "DRAWING_SECONDS", 0.0)
    with pytest.raises(ServiceError) as raised:
        await drawing_pool.draw(drawing())
    assert (raised.value.code, process.returncode) == (Code.TOO_COSTLY, -signal.SIGKILL)


async def test_a_full_queue_is_busy(
    drawing_pool: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DRAWINGS_QUEUED", 1)
    answers = await asyncio.gather(
        *(drawing_pool.draw(drawing()) for _ in range(3)), return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, ServiceError)]
    assert [one.code for one in refused] == [Code.BUSY]
    assert await drawing_pool.draw(drawing())


async def test_who_leaves_takes_the_process_along(drawing_pool: DrawingPool) -> None:
    await drawing_pool.draw(drawing())
    (process,) = drawing_pool._idle
    waiting = asyncio.ensure_future(drawing_pool.draw(drawing()))
    await asyncio.sleep(0)  # it has taken the process
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (drawing_pool._idle, await process.wait()) == ([], -signal.SIGKILL)
