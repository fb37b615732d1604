"""Requests made from the OpenAPI document, and what is not as it says.

python -m bench.conformance [ARGUMENT ...]; serves the bundled data on a database and a port of its
own and lets schemathesis ask all operations: their examples, every bound of every parameter, random
requests, and chains along the links. Arguments are those of `schemathesis run`, such as
`--phases=examples` or `--include-path=/v1/products`. What is excused stands with its reason in
explained.py; how often is told at the end. Exit code 1: something is not as documented.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clients.serving import serving

DOCUMENT = Path("openapi/openapi.json")
SETTINGS = Path(__file__).with_name("schemathesis.toml")


def main() -> int:
    with serving() as served:
        return ask(served.url, served.key, sys.argv[1:]).returncode


def ask(
    url: str, key: str, arguments: Sequence[str], *, is_shown: bool = True
) -> subprocess.CompletedProcess[str]:
    """Requests to the service at the address. In a folder of its own: what schemathesis keeps
    from run to run would make two of them differ.
    """
    command = [
        sys.executable,
        *("-m", "schemathesis.cli", f"--config-file={SETTINGS}", "run"),
        *(str(DOCUMENT.resolve()), f"--url={url}", f"--header=Authorization: Bearer {key}"),
        *arguments,
    ]
    path = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
    own = "key_" + key.split("_")[1]
    environment = {**os.environ, "PYTHONPATH": path, "CONFORMANCE_KEY": own}
    with TemporaryDirectory() as folder:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            check=False,
            text=True,
            capture_output=not is_shown,
        )


if __name__ == "__main__":
    sys.exit(main())
