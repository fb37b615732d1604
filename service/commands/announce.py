"""Says when the service answers; a process of its own, started beside the server.

A thread will not do: the server forks its workers, and a worker forked while another thread of its
parent holds one of OpenSSL's locks waits for that lock for ever at its first hash.
"""

import subprocess
import sys
import time
import urllib.error
import urllib.request

TRY = (
    "/docs",
    "/v1/features/long-context/time-to-copy?market=chat-assistants",
    "/v1/markets/chat-assistants/homogenization",
)
ATTEMPTS = 300


def start(port: int) -> None:
    """Announce the service of this machine's port once it answers; gives up after half a minute."""
    subprocess.Popen([sys.executable, "-m", __name__, str(port)])  # noqa: S603  our own module


def announce(port: int) -> None:
    base = f"http://localhost:{port}"
    for _ in range(ATTEMPTS):
        if _answers(f"{base}/health/ready"):
            print("Ready. Try:\n" + "\n".join(f"  {base}{path}" for path in TRY), flush=True)
            return
        time.sleep(0.1)
    print(f"The service does not answer at {base} yet.", file=sys.stderr, flush=True)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310  of this machine
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


if __name__ == "__main__":
    announce(int(sys.argv[1]))
