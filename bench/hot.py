"""What was just asked is asked again: the service beside an application that has the bytes."""

from itertools import repeat

from bench.bases import Postgres
from bench.load import Measured, Subject, get, interleaved
from bench.processes import Server
from bench.report import Aim, Section, versions
from bench.servers import answers, parity, static

TARGETS = {
    "a record": "/v1/products/kimi",
    "a list of 50": "/v1/products",
    "homogenization": "/v1/markets/chat-assistants/homogenization",
}
UNMODIFIED = "a record, 304"
SECONDS, ROUNDS = 0.5, 5
RATE, CPU = Aim(">=", 0.7), Aim(">=", 0.8)


def table(pg: Postgres) -> Section:
    url = pg.at(pg.bundled())
    with parity(url, pg.folder) as ours:
        path = answers(ours, [*TARGETS.values()], pg.folder)
        with static(path, TARGETS["a record"], pg.folder) as bytes_only:
            return _measured(ours, bytes_only, pg.pid)


def _measured(ours: Server, bytes_only: Server, postgres: int) -> Section:
    section = Section(
        "hot",
        "Hot: asked again",
        "Bundled data, one worker each, quotas counted. The peer is an ASGI application on the "
        f"same server ({versions('granian', 'uvloop')}) that sends the same headers and bytes out "
        f"of a dictionary. CPU is of the server and of PostgreSQL, per request. Medians of {ROUNDS}"
        " rounds in turns; ratios above 1 mean that Parity is better.",
        (
            "question",
            "connections",
            "Parity /s",
            "static /s",
            "ratio",
            "Parity CPU µs",
            "static CPU µs",
            "ratio",
            "aim",
            "failed",
        ),
    )
    shares = []
    for connections in (1, 32):
        for name, target in [*TARGETS.items(), (UNMODIFIED, TARGETS["a record"])]:
            found = _asked(ours, bytes_only, postgres, name, target, connections)
            own, peer = found[ours.name], found[bytes_only.name]
            section.add(*_row(name, connections, own, peer))
            shares.append(peer.own_us / peer.cpu_us)
    section.after = (
        "The load generator took at most "
        f"{max(shares):.2f} times the CPU of the static application, which is the cheapest."
    )
    return section


def _asked(
    ours: Server, bytes_only: Server, postgres: int, name: str, target: str, connections: int
) -> dict[str, Measured]:
    subjects = []
    for server, roots in ((ours, (ours.pid, postgres)), (bytes_only, (bytes_only.pid,))):
        if name == UNMODIFIED:
            request, status = get(target, If_None_Match=_tag(server, target)), 304
        else:
            request, status = get(target), 200
        subjects.append(Subject(server, roots, repeat(request), status))
    return interleaved(subjects, connections, SECONDS, ROUNDS)


def _tag(server: Server, target: str) -> str:
    return server.headers(target)["etag"]


def _row(name: str, connections: int, own: Measured, peer: Measured) -> tuple[object, ...]:
    rate, cpu = own.rate / peer.rate, peer.cpu_us / own.cpu_us
    aim = f"rate {RATE.told(rate)}" if connections == 1 else f"CPU {CPU.told(cpu)}"
    return (
        name,
        connections,
        f"{own.rate:,.0f}",
        f"{peer.rate:,.0f}",
        f"{rate:.2f}",
        f"{own.cpu_us:,.0f}",
        f"{peer.cpu_us:,.0f}",
        f"{cpu:.2f}",
        aim,
        own.told_failed(),
    )
