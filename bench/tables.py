"""Our work beside the obvious use of a known library."""

import resource
import time
from collections.abc import Callable
from typing import NamedTuple

from rich.progress import Progress


class Peer(NamedTuple):
    """`work` does the obvious thing, or a part of it, and returns what share of it was done.

    `before` is not timed: imports, and the first run of what is slower then.
    """

    what: str
    work: Callable[[], float]
    before: Callable[[], object] = bool


class Comparison(NamedTuple):
    """One figure: how we make it, and how one would without us."""

    what: str
    ours: Callable[[], object]
    peers: list[Peer]


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def whole(peer: Peer) -> tuple[float, str]:
    """Seconds for all of a peer's work, and how much of it really ran."""
    peer.before()
    began = time.perf_counter()
    share = peer.work()
    spent = (time.perf_counter() - began) / share
    return spent, "" if share == 1 else f", extrapolated from {share:.3%}"


def compare(comparisons: list[Comparison]) -> tuple[list[tuple[object, ...]], float]:
    """The rows of a table, and our peak memory in MiB: ours all run before the first peer."""
    with Progress(transient=True) as progress:
        steps = progress.add_task("ours", total=sum(1 + len(c.peers) for c in comparisons))
        spent = []
        for comparison in comparisons:
            spent.append(seconds(comparison.ours))
            progress.advance(steps)
        peak, rows = peak_mib(), list[tuple[object, ...]]()
        for comparison, own in zip(comparisons, spent, strict=True):
            for peer in comparison.peers:
                progress.update(steps, description=peer.what)
                other, note = whole(peer)
                ratio = f"{other / own:,.0f}" if own else "-"
                rows.append(
                    (comparison.what, f"{own:,.3g} s", f"{peer.what}: {other:,.3g} s{note}", ratio)
                )
                progress.advance(steps)
    return rows, peak


def peak_mib() -> float:
    """The largest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
