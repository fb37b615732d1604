"""Processes that draw: bounded, replaced when they are lost, ended when they take too long."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from service import limits
from service.formats.pictures.picture import Drawing
from service.model.errors import Code, ServiceError
from service.usecases.drawing.easels import Easels

POINT = b'{"mark":"point","data":{"values":[{"a":1}]}}'
BEFORE, AFTER = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">', "</svg>"


def drawing(spec: bytes = POINT, scale: int | None = None) -> Drawing:
    return Drawing(spec=spec, before=BEFORE, after=AFTER, scale=scale)


@pytest.fixture
async def easels() -> AsyncIterator[Easels]:
    made = Easels(0)
    yield made
    await made.close()


async def test_svg_and_png_come_from_one_process(easels: Easels) -> None:
    svg = await easels.draw(drawing())
    assert (svg.startswith(BEFORE.encode()), svg.endswith(AFTER.encode())) == (True, True)
    for scale in (1, 2):
        png = await easels.draw(drawing(scale=scale))
        width = int.from_bytes(png[16:20], "big")
        assert (png[:8], width) == (b"\x89PNG\r\n\x1a\n", 60 * scale)
    assert len(easels._idle) == 1


async def test_nothing_is_fetched_from_anywhere(easels: Easels) -> None:
    outside = b'{"mark":"point","data":{"url":"http://127.0.0.1:9/a.json"}}'
    with pytest.raises(RuntimeError, match="not allowed"):
        await easels.draw(drawing(outside))
    assert await easels.draw(drawing()), "what cannot be drawn ends nothing"


async def test_a_lost_process_is_replaced(easels: Easels) -> None:
    await easels.draw(drawing())
    os.kill(easels._idle[0].pid, signal.SIGKILL)
    assert await easels.draw(drawing())


async def test_what_takes_too_long_is_refused_and_ended(
    easels: Easels, monkeypatch: pytest.MonkeyPatch
) -> None:
    await easels.draw(drawing())
    (process,) = easels._idle
    monkeypatch.setattr(limits, "DRAWING_SECONDS", 0.0)
    with pytest.raises(ServiceError) as raised:
        await easels.draw(drawing())
    assert (raised.value.code, process.returncode) == (Code.TOO_COSTLY, -signal.SIGKILL)


async def test_a_full_queue_is_busy(easels: Easels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DRAWINGS_QUEUED", 1)
    answers = await asyncio.gather(
        *(easels.draw(drawing()) for _ in range(3)), return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, ServiceError)]
    assert [one.code for one in refused] == [Code.BUSY]
    assert await easels.draw(drawing())


async def test_who_leaves_takes_the_process_along(easels: Easels) -> None:
    await easels.draw(drawing())
    (process,) = easels._idle
    waiting = asyncio.ensure_future(easels.draw(drawing()))
    await asyncio.sleep(0)  # it has taken the process
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (easels._idle, await process.wait()) == ([], -signal.SIGKILL)
