"""`sbom.py LOCK SBOM`: fails unless the bill of materials is one of CycloneDX, of what is locked.

Names, versions and hashes are those of the lock, each once and nothing besides.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Part(NamedTuple):
    name: str
    version: str
    hashes: frozenset[str]


def main() -> int:
    """1 where it is not as the lock says."""
    lock, sbom = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    wrong = list(differences(lock, json.loads(sbom)))
    for line in wrong:
        print(line)
    print(f"{len(pinned(lock))} locked; not as locked: {len(wrong)}.")
    return int(bool(wrong))


def differences(lock: str, document: dict[str, Any]) -> list[str]:
    """What the document lacks of the lock, has besides or has twice."""
    if document.get("bomFormat") != "CycloneDX" or not document.get("specVersion"):
        return ["no CycloneDX document"]
    wanted, listed = pinned(lock), [part(one) for one in document.get("components", [])]
    given = set(listed)
    lacking = [f"lacks {one.name} {one.version} or its hashes" for one in wanted - given]
    besides = [f"has {one.name} {one.version}, not as locked" for one in given - wanted]
    twice = [f"has {one.name} twice" for one in given if listed.count(one) > 1]
    return sorted([*lacking, *besides, *twice])


def pinned(lock: str) -> set[Part]:
    return {
        Part(name, version, frozenset(HASH.findall(rest)))
        for name, version, rest in PINNED.findall(lock)
    }


def part(component: dict[str, Any]) -> Part:
    """A component; where its address as a package says something else, that is its version."""
    name, version = component.get("name", ""), component.get("version", "")
    purl = component.get("purl", "").partition("?")[0]
    hashes = {
        given["content"]
        for reference in component.get("externalReferences", [])
        for given in reference.get("hashes", [])
        if given["alg"] == "SHA-256"
    }
    is_one = purl == f"pkg:pypi/{name}@{version}"
    return Part(name, version if is_one else purl, frozenset(hashes))


if __name__ == "__main__":
    sys.exit(main())
