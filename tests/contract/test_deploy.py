"""The files of deploy/ say what the service and its image are."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parents[2]
KUBERNETES = ROOT / "deploy" / "kubernetes"
KINDS = {"Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy", "Job", "Secret"}


def objects() -> list[dict[str, Any]]:
    files = sorted(KUBERNETES.glob("*.yaml"))
    return [one for path in files for one in yaml.safe_load_all(path.read_text())]


def pods() -> list[dict[str, Any]]:
    return [one["spec"]["template"] for one in objects() if "template" in one.get("spec", {})]


def the(kind: str) -> dict[str, Any]:
    (one,) = (one for one in objects() if one["kind"] == kind)
    return one


def settings() -> set[str]:
    return set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "docs/settings.md").read_text()))


def test_the_compose_file_of_one_host_follows_the_specification() -> None:
    files = [ROOT / "docker-compose.yml", ROOT / "deploy/compose/one-host.yml"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


def test_what_the_overlay_adds_to_is_there() -> None:
    base = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    over = yaml.safe_load((ROOT / "deploy/compose/one-host.yml").read_text())["services"]
    assert {name for name, service in over.items() if "image" not in service} <= set(base)
    assert all(service["restart"] == "unless-stopped" for service in over.values())


@pytest.mark.parametrize(
    "path", sorted((ROOT / "deploy/compose").glob("*.sh")), ids=lambda p: p.name
)
def test_scripts_are_scripts(path: Path) -> None:
    assert os.access(path, os.X_OK)
    subprocess.run(["sh", "-n", str(path)], check=True)


def test_every_kind_is_there() -> None:
    assert {one["kind"] for one in objects()} >= KINDS


@pytest.mark.parametrize("version", ["1.31", "1.37"])
@pytest.mark.parametrize("one", objects(), ids=lambda one: str(one["kind"]))
def test_it_follows_the_schemas_of_kubernetes(one: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(one, version, strict=True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one["spec"].update(replica=2),
        lambda one: one["spec"].update(replicas="two"),
        lambda one: one["spec"].pop("selector"),
    ],
    ids=["misspelt", "no-number", "missing"],
)
def test_what_kubernetes_does_not_know_is_found(spoil: Callable[[Any], object]) -> None:
    one = deepcopy(the("Deployment"))
    spoil(one)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(one, "1.37", strict=True)


def test_what_selects_pods_finds_the_ones_of_the_deployment() -> None:
    labels = the("Deployment")["spec"]["template"]["metadata"]["labels"].items()
    selectors = (
        the("Deployment")["spec"]["selector"]["matchLabels"],
        the("Service")["spec"]["selector"],
        the("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        the("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
    )
    assert all(selector.items() <= labels for selector in selectors)


def test_a_pod_may_go_only_while_another_is_there() -> None:
    least: int = the("PodDisruptionBudget")["spec"]["minAvailable"]
    assert 0 < least < the("Deployment")["spec"]["replicas"]


@pytest.mark.parametrize("pod", pods(), ids=["migrate", "service"])
def test_a_container_may_do_and_use_only_so_much(pod: dict[str, Any]) -> None:
    (container,) = pod["spec"]["containers"]
    user = re.search(r"--uid (\d+)", (ROOT / "Dockerfile").read_text())
    assert user is not None
    assert pod["spec"]["securityContext"]["runAsUser"] == int(user[1])
    assert pod["spec"]["securityContext"]["runAsNonRoot"]
    assert not pod["spec"]["automountServiceAccountToken"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert not container["securityContext"]["allowPrivilegeEscalation"]
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"]["cpu"]


def test_images_are_of_this_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    images = {container["image"] for pod in pods() for container in pod["spec"]["containers"]}
    assert images == {f"parity:{version[1]}"}


def test_only_settings_that_there_are_are_given() -> None:
    containers = [container for pod in pods() for container in pod["spec"]["containers"]]
    given = {one["name"] for container in containers for one in container.get("env", [])}
    assert given | set(the("Secret")["stringData"]) <= settings()
    over = yaml.safe_load((ROOT / "deploy/compose/one-host.yml").read_text())["services"]
    assert set(over["service"]["environment"]) <= settings()


def test_what_is_referred_to_is_there() -> None:
    secret = the("Secret")["metadata"]["name"]
    for pod in pods():
        (container,) = pod["spec"]["containers"]
        assert [one["secretRef"]["name"] for one in container["envFrom"]] == [secret]
        mounted = {one["name"] for one in container["volumeMounts"]}
        assert mounted == {one["name"] for one in pod["spec"]["volumes"]}
    scaled = the("HorizontalPodAutoscaler")["spec"]
    assert scaled["scaleTargetRef"]["name"] == the("Deployment")["metadata"]["name"]
    least, n = scaled["minReplicas"], the("Deployment")["spec"]["replicas"]
    assert least == n < scaled["maxReplicas"]


def test_the_port_that_is_served_is_the_one_that_may_be_asked() -> None:
    (service,) = the("Deployment")["spec"]["template"]["spec"]["containers"]
    (port,) = service["ports"]
    assert [one["targetPort"] for one in the("Service")["spec"]["ports"]] == [port["name"]]
    (ingress,) = the("NetworkPolicy")["spec"]["ingress"]
    assert [one["port"] for one in ingress["ports"]] == [port["containerPort"]]


def test_a_proxy_asks_the_port_of_the_image_and_says_the_address_that_it_has() -> None:
    over = yaml.safe_load((ROOT / "deploy/compose/one-host.yml").read_text())["services"]
    (port,) = re.findall(r"^EXPOSE (\d+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert over["proxy"]["command"][-1] == f"service:{port}"
    public = over["service"]["environment"]["PARITY_PUBLIC_URL"]
    assert public == "${PARITY_HOST:+https://}${PARITY_HOST:-http://localhost}"
    assert over["proxy"]["command"][3] == "${PARITY_HOST:-http://localhost}"


def test_the_example_of_the_secret_has_none() -> None:
    assert set(the("Secret")["stringData"].values()) == {""}
    text = "".join(path.read_text() for path in KUBERNETES.glob("*"))
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text)


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
async def test_probes_ask_what_is_answered(client: httpx.AsyncClient, probe: str) -> None:
    (service,) = the("Deployment")["spec"]["template"]["spec"]["containers"]
    ports = {port["name"]: port["containerPort"] for port in service["ports"]}
    asked = service[probe]["httpGet"]
    assert f"EXPOSE {ports[asked['port']]}" in (ROOT / "Dockerfile").read_text()
    assert (await client.get(asked["path"])).status_code == 200


def test_there_is_time_for_a_graceful_end() -> None:
    from service.commands.serve import KILL_SECONDS

    spec = the("Deployment")["spec"]["template"]["spec"]
    before = int(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert spec["terminationGracePeriodSeconds"] > before + KILL_SECONDS


def test_migrations_run_once_and_are_tried_again() -> None:
    job = the("Job")["spec"]
    (container,) = job["template"]["spec"]["containers"]
    assert container["command"] == ["parity", "migrate"]
    assert job["backoffLimit"] > 0
    assert job["template"]["spec"]["restartPolicy"] == "Never"
