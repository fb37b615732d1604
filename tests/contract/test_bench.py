"""The benches measure what they say: the base that they make, the answers that they count, the
sections that they write."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread

import pytest

from bench.chaos.writes import writes
from bench.load import drive, get
from bench.plans import facts
from bench.processes import cpu_seconds, tree
from bench.report import Aim, Section, write
from bench.world import THIRTY, adoptions, lines, records, typed, world
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key

SMALL = 2_000


@pytest.mark.parametrize("n", [1_000, SMALL, 12_345])
def test_a_made_up_base_has_as_many_adoptions_as_asked_and_none_twice(n: int) -> None:
    made = world(n)
    assert made.adoptions == n
    assert len(set(zip(made.product.tolist(), made.feature.tolist(), strict=True))) == n


def test_a_seed_makes_the_same_base_again_and_another_seed_another() -> None:
    once, again, other = (list(records(world(SMALL, seed))) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_the_market_of_thirty_has_the_same_facts_in_a_base_of_any_size() -> None:
    def known(n: int) -> list[tuple[int, int, int]]:
        made = world(n)
        cells = zip(made.product.tolist(), made.feature.tolist(), made.day.tolist(), strict=True)
        return [cell for cell in cells if cell[0] < THIRTY]

    assert known(SMALL) == known(20_000)
    markets = [r["markets"] for r in records(world(SMALL)) if r["kind"] == "product"]
    assert markets.count(["thirty"]) == THIRTY


def test_no_two_questions_of_a_search_are_alike() -> None:
    found = typed(world(SMALL))
    assert len(set(found)) == len(found) > 500


async def test_what_the_benches_make_can_be_loaded_however_few_it_is(database: Database) -> None:
    made = world(SMALL)
    for made_up in (lines(records(made)), facts(made)):
        report = await load(database, made_up, comment="bench")
        assert (report.faults, report.created == report.rows) == ([], True)
    assert sum(1 for _ in adoptions(made)) == SMALL


@contextmanager
def answering(answer: Callable[[int], bytes]) -> Iterator[int]:
    """A server of one connection at a time; `answer` is given the number of the request."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        Thread(target=_answer, args=(listening, answer), daemon=True).start()
        yield listening.getsockname()[1]


def _answer(listening: socket.socket, answer: Callable[[int], bytes]) -> None:
    n = 0
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            while connection.recv(65_536):
                connection.sendall(said := answer(n))
                n += 1
                if b"close" in said:
                    break


@pytest.mark.parametrize(
    "ok",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    ],
)
def test_every_answer_is_counted_by_its_status(ok: bytes) -> None:
    busy = b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"
    unmodified = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with answering(lambda n: (ok, busy, unmodified)[n % 3]) as port:
        load = drive(port, iter([get("/")] * 9), 1, 5.0)
    assert load.statuses == Counter({200: 3, 503: 3, 304: 3})
    assert (load.n, load.size) == (9, 3 * len(ok + busy + unmodified))


def test_an_answer_that_breaks_off_is_a_failure() -> None:
    broken = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 9\r\n\r\nhi"
    with answering(lambda _: broken) as port:
        load = drive(port, iter([get("/")] * 3), 1, 5.0)
    assert load.statuses == Counter({0: 3})


def test_the_load_ends_with_its_time() -> None:
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    with answering(lambda _: ok) as port:
        load = drive(port, repeat(get("/")), 1, 0.2)
    assert 0.2 <= load.seconds < 2


def test_what_has_ended_inside_a_sample_is_counted() -> None:
    """PostgreSQL ends a process with its session."""
    busy = "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"
    command = ["bash", "-c", f'bash -c "{busy.replace("$", chr(92) + "$")}"; echo done; read']
    with Popen(command, stdin=PIPE, stdout=PIPE) as shell:
        assert shell.stdout is not None
        assert shell.stdout.readline() == b"done\n"
        assert tree(shell.pid) == [shell.pid]
        assert cpu_seconds([shell.pid]) >= 0.05
        shell.communicate(b"\n")


def test_a_section_takes_the_place_of_its_own_name_alone(tmp_path: Path) -> None:
    document = tmp_path / "speed.md"
    document.write_text("# Speed\n")
    for name, cell in (("a", 1), ("b", 2), ("a", 3)):
        write(Section(name, name.upper(), "", ("n",), [(cell,)]), document)
    told = document.read_text()
    assert [told.count(f"| {n} |") for n in (1, 2, 3)] == [0, 1, 1]
    assert told.index("## A") < told.index("## B")


def test_an_aim_says_whether_it_is_met() -> None:
    assert Aim(">=", 4).told(4.0) == "≥ 4: met"
    assert Aim("<=", 1.5).told(1.51) == "≤ 1.5: **missed**"


async def test_every_write_of_the_crashes_is_taken_by_a_service_that_stands(
    own_bundled: Database,
) -> None:
    _, secret = await new_key(own_bundled, "admin")
    async with served(own_bundled) as client:
        client.headers.update(bearer(secret))
        for write in islice(writes("w", lines=3), 11):
            headers = {"content-type": write.media_type, "if-match": "*"}
            given = headers if write.merged else {"content-type": write.media_type}
            answer = await client.request(
                write.method, write.target, content=write.body, headers=given
            )
            assert answer.is_success, (write, answer.text)
        moved = (await client.get("/v1/products/w-4-p")).json()
    assert moved["vendor_id"] == "w-4"
