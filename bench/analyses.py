"""Analyses that nobody has asked yet, beside what they are to cost."""

from itertools import count

from bench.bases import Postgres
from bench.load import Subject, get, interleaved
from bench.report import Aim, Section
from bench.servers import parity

MARKET = "/v1/markets/chat-assistants"
# Another confidence: another answer from what is kept of the facts. Another day: all is new.
QUESTIONS = {
    "homogenization of a market": (f"{MARKET}/homogenization?confidence={{:.5f}}", 20),
    "homogenization, of another day": (f"{MARKET}/homogenization?on={{}}", 20),
    "time-to-copy of a feature": (
        "/v1/features/long-context/time-to-copy?market=chat-assistants&confidence={:.5f}",
        20,
    ),
    "time-to-copy of a market": (f"{MARKET}/time-to-copy?confidence={{:.5f}}", 20),
    "time-to-copy, of another day": (f"{MARKET}/time-to-copy?on={{}}", 20),
    "two products compared": ("/v1/compare?products=kimi,chatgpt&on={}", 1),
    "forecast": ("/v1/features/memory/forecast?market=chat-assistants&confidence={:.5f}", 20),
}
SECONDS, ROUNDS = 0.8, 3
_DAYS = 3 * 336  # then the same ones again, with another parameter


def table(pg: Postgres) -> Section:
    url = pg.at(pg.bundled())
    section = Section(
        "analyses",
        "Analyses, cold",
        "Bundled data, one worker, one connection, another confidence or another day each time; "
        "what no confidence decides is kept. CPU is of the server and of PostgreSQL, per request; "
        f"medians of {ROUNDS} rounds. The aim is a limit of CPU.",
        ("analysis", "ms", "CPU ms", "of the limit", "aim", "failed"),
    )
    with parity(url, pg.folder) as server:
        for name, (target, most) in QUESTIONS.items():
            requests = (get(target.format(_value(target, n))) for n in count())
            subject = Subject(server, (server.pid, pg.pid), requests)
            found = interleaved([subject], 1, SECONDS, ROUNDS)[server.name]
            spent, aim = found.cpu_us / 1000, Aim("<=", most)
            section.rows.append(
                (
                    name,
                    f"{found.wait_ms:.1f}",
                    f"{spent:.1f}",
                    f"{spent / most:.2f}",
                    f"ms {aim.told(spent)}",
                    found.told_failed(),
                )
            )
    return section


def _value(target: str, n: int) -> object:
    if "confidence" in target:
        return 0.8 + (n % 19_000) / 1e5
    day = f"{2025 - n // 336 % 3}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
    return f"{day}&survey_valid_days={365 + n // _DAYS}"
