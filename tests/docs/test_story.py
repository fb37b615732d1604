"""docs/guides/partner.md is run, block by block, against the running service."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.store.database import Database
from tests.servers import serving

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _environment(script: str, database: Database, address: str) -> dict[str, str]:
    """What the shell's exports leave behind."""
    parity = f'parity() {{ "{sys.executable}" -m service "$@"; }}\n'
    given = {**os.environ, "PARITY_DATABASE_URL": database.url, "PARITY_URL": address}
    ran = subprocess.run(
        ["sh", "-euc", f"{parity}{script}\nenv -0"], env=given, capture_output=True, check=True
    )
    return dict(line.split("=", 1) for line in ran.stdout.decode().split("\0") if "=" in line)


async def test_the_partner_s_story_happens_as_told(
    own_bundled: Database, tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = BLOCK.findall((repository / "docs/guides/partner.md").read_text("utf-8"))
    shell = "".join(text for kind, text in blocks if kind == "sh")
    story = [text for kind, text in blocks if kind == "python"]
    assert len(story) == 6
    async with serving(own_bundled, tmp_path, PARITY_WEBHOOK_ALLOW_PRIVATE="true") as server:
        environment = await asyncio.to_thread(_environment, shell, own_bundled, server.address)
        for name in ("PARITY_URL", "PARTNER", "EDITOR"):
            monkeypatch.setenv(name, environment[name])
        names: dict[str, object] = {}
        for number, text in enumerate(story, 1):
            code = compile(text, f"block {number}", "exec")
            await asyncio.to_thread(exec, code, names)
