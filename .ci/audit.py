"""`audit.py PIP-AUDIT LOCK...`: fails for known vulnerabilities, and for nothing else.

A machine that reaches no advisory service proves nothing; it is told what was not looked at.
"""

import json
import subprocess
import sys
from typing import Any

SECONDS = 60


def main() -> int:
    """1 where a locked requirement has a known vulnerability."""
    tool, *locks = sys.argv[1:]
    found = [one for lock in locks for one in audited(tool, lock)]
    unknown = sorted({one["name"] for one in found if "skip_reason" in one})
    vulnerable = {told(one, fault) for one in found for fault in one.get("vulns", ())}
    for line in sorted(vulnerable):
        print(line)
    if unknown:
        names = ", ".join(unknown)
        print(f"Not audited, as no advisory service told of them: {len(unknown)} ({names}).")
    known = {one["name"] for one in found} - set(unknown)
    print(f"Audited: {len(known)}; known vulnerabilities: {len(vulnerable)}.")
    return int(bool(vulnerable))


def audited(tool: str, lock: str) -> list[dict[str, Any]]:
    """The requirements of a lock file, with what is known of each; none where nobody answers."""
    words = [tool, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    try:
        ran = subprocess.run(  # noqa: S603, what make names
            [*words, "-r", lock], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        read: list[dict[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        print(f"{lock}: not audited, no advisory service answered within {SECONDS} seconds.")
    except ValueError:
        said = ran.stderr.strip().splitlines() or ["nothing was said"]
        print(f"{lock}: not audited: {said[-1][:300]}")
    else:
        return read
    return []


def told(requirement: dict[str, Any], fault: dict[str, Any]) -> str:
    fixed = ", ".join(fault["fix_versions"]) or "none"
    return f"{requirement['name']} {requirement['version']}: {fault['id']}, fixed in: {fixed}"


if __name__ == "__main__":
    sys.exit(main())
