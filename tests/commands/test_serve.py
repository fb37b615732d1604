"""`parity serve` up to the point at which the server takes over."""

import os
import subprocess
import sys

from service.store.database import Database

PROBE = """
import importlib
import threading

serving = importlib.import_module("service.commands.serve")

class Server:
    def __init__(self, *_, **__): pass
    def serve(self): print("threads:", [thread.name for thread in threading.enumerate()])

serving.Granian = Server
serving.announce.start = lambda port: None
serving.serve.callback()
"""


def test_no_thread_runs_where_workers_are_forked(bundled: Database) -> None:
    """A fork beside a thread that holds a lock of OpenSSL leaves the worker waiting for ever."""
    environment = {**os.environ, "PARITY_DATABASE_URL": bundled._url}
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "threads: ['MainThread']"
