"""The compose file: what an operator sets reaches the service, and nothing is open by default."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from service.commands.serve import KILL_SECONDS
from service.settings import Settings
from service.store.database import Database
from tests.servers import serving

# What is the container's own: where it listens and keeps its data.
OWN = {
    "PARITY_DATABASE_URL",
    "PARITY_DATA_DIR",
    "HOST",
    "PORT",
    "PARITY_URL",
    "PARITY_KEY",
    "PARITY_TEST_DATABASE_URL",
}
# What workers are told by `parity serve`, never by an operator.
TOLD = {"PARITY_SHARED_FILE"}


@pytest.fixture
def services(repository: Path) -> dict[str, Any]:
    text = (repository / "docker-compose.yml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)["services"]
    return read


def documented(repository: Path) -> set[str]:
    text = (repository / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"`((?:PARITY_[A-Z_]+)|HOST|PORT)`", text))


def test_every_setting_is_documented(repository: Path) -> None:
    read = (repository / "service" / "settings.py").read_text(encoding="utf-8")
    names = {name for name in re.findall(r'"(PARITY_[A-Z_]+)"', read) if "QUOTA" not in name}
    assert names - TOLD <= documented(repository)


def test_every_setting_reaches_the_service(
    repository: Path, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = services["service"]["environment"]
    assert documented(repository) - OWN <= passed.keys()
    for name in passed.keys() - OWN:
        assert re.fullmatch(rf"\$\{{{name}:-\w*\}}", passed[name])


def test_what_is_not_set_is_as_without_a_container(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Settings.from_environment()
    for name in services["service"]["environment"].keys() - OWN - {"PARITY_LOG"}:
        monkeypatch.setenv(name, "")
    assert Settings.from_environment() == before


def test_ports_are_this_machines_and_what_ends_is_started_again(services: dict[str, Any]) -> None:
    assert services["service"]["ports"] == ["${PARITY_PUBLISH:-127.0.0.1}:${PORT:-8000}:8000"]
    assert not any("ports" in one for name, one in services.items() if name != "service")
    assert {one["restart"] for one in services.values()} == {"unless-stopped"}
    assert all("healthcheck" in one for one in services.values())
    assert int(services["service"]["stop_grace_period"].removesuffix("s")) > KILL_SECONDS


def test_the_image_holds_what_an_installed_service_needs(repository: Path) -> None:
    (brought,) = re.findall(
        r"BROUGHT = \((.*?)\)", (repository / "setup.py").read_text(), re.DOTALL
    )
    copied = re.findall(
        r"^COPY (?!--from)(.*) \S+$", (repository / "Dockerfile").read_text(), re.MULTILINE
    )
    held = [Path(name) for line in copied for name in line.split()]
    lacking = [
        name
        for name in re.findall(r'"(.+?)"', brought)
        if not any(Path(name).is_relative_to(one) for one in held)
    ]
    assert lacking == []


# As `read_only: true` with a tmpfs on /tmp: the rest of the root file system takes no writes. The
# repository is where it was, under /tmp as well.
CONTAINER = """
held="$1" && shift && mount --bind "$held" /mnt && mount -t tmpfs tmpfs /tmp &&
mkdir -p "$held" && mount --bind /mnt "$held" && mount -o remount,bind,ro "$held" &&
mount -o remount,bind,ro / && cd / || exit 1
exec env -i PORT="$PORT" "$@"
"""


def container(repository: Path, environment: dict[str, str]) -> list[str]:
    given = [f"{name}={value}" for name, value in environment.items()]
    return ["unshare", "--mount", "sh", "-c", CONTAINER, "sh", str(repository), *given]


def can_mount(repository: Path) -> bool:
    touched = [*container(repository, {}), "touch", "/nothing"]
    try:
        ran = subprocess.run(touched, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return b"Read-only" in ran.stderr


@pytest.mark.chaos
async def test_the_service_starts_with_what_the_file_gives_it_on_a_file_system_to_read(
    repository: Path, services: dict[str, Any], own_bundled: Database, tmp_path: Path
) -> None:
    if not can_mount(repository):
        pytest.skip("no mounts of one's own may be made here")
    (line,) = re.findall(r"^ENV (.*)$", dockerfile(repository), re.MULTILINE)
    given = {
        "HOST": dict(re.findall(r"(\w+)=(\S+)", line))["HOST"],
        **{name: unset(value) for name, value in services["service"]["environment"].items()},
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "PARITY_DATABASE_URL": own_bundled.url,
    }
    async with serving(own_bundled, tmp_path, container(repository, given)) as running:
        (probe,) = re.findall(r"localhost:\d+(/[\w/]+)", str(services["service"]["healthcheck"]))
        async with httpx.AsyncClient(base_url=running.address, timeout=60) as client:
            assert (await client.get(probe)).status_code == 200
            for path in ("products?limit=1", "markets/chat-assistants/homogenization.png"):
                assert (await client.get(f"/v1/{path}")).status_code == 200
    assert b"Read-only" not in running.output.result()


def unset(value: str) -> str:
    """What compose makes of a value where the operator has set nothing."""
    return re.sub(r"\$\{\w+:-(\w*)\}", r"\1", value)


def dockerfile(repository: Path) -> str:
    return (repository / "Dockerfile").read_text(encoding="utf-8")
