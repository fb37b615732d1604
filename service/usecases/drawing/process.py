"""A process that draws one picture after the other: `python -m service.usecases.drawing.process`.

It reads messages and answers with messages, each with its length before it; what is written when
its input is closed, or the worker is gone, is nothing any more.
"""

import os
import re
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import format_exc
from typing import BinaryIO

import msgspec

from service.formats.pictures.measuring import written
from service.formats.pictures.picture import Drawing
from service.formats.pictures.theme import PLAIN

HEAD = struct.Struct("!?Q")  # whether it was done, and the length of what follows
FONTS = Path(__file__).parents[2] / "fonts"
_decoder = msgspec.msgpack.Decoder(Drawing)
_NICE = 10  # who answers requests goes before
# Texts without a character that a font of twenty kilobytes lacks: painted a quarter faster in it.
_PLAIN = re.compile(rf'<text ((?:[^>"]|"[^"]*")*)>((?:[ -;=-~{PLAIN}]|</?tspan[^>]*>)*)</text>')
_IN_PLAIN = r'<text \1 style="font-family:Parity Sans SC Plain">\2</text>'
_NOWHERE: list[str] = []  # from where a specification may fetch anything


def framed(body: bytes, *, is_done: bool = True) -> bytes:
    """A message."""
    return HEAD.pack(is_done, len(body)) + body


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Until the source is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker says when it is over
    os.nice(_NICE)
    draw = painter()
    while head := source.read(HEAD.size):
        body = source.read(HEAD.unpack(head)[1])
        try:
            answer = framed(draw(_decoder.decode(body)))
        except Exception:  # noqa: BLE001, told to whoever asked
            answer = framed(format_exc().encode(), is_done=False)
        sink.write(answer)
        sink.flush()


def painter() -> Callable[[Drawing], bytes]:
    """What draws; the library takes a second to come up."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))

    def drawn(drawing: Drawing) -> bytes:
        chart = vl_convert.vegalite_to_svg(drawing.spec.decode(), allowed_base_urls=_NOWHERE)
        shown = written(chart).replace("<svg ", '<svg overflow="visible" ', 1)
        svg = drawing.before + shown + drawing.after
        if drawing.scale is None:
            return svg.encode()
        plain = _PLAIN.sub(_IN_PLAIN, svg)
        return bytes(vl_convert.svg_to_png(plain, scale=float(drawing.scale)))

    return drawn


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
