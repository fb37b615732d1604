"""Runs the worked cases: paths with dots, subsets of objects, whole lists, tolerances (20)."""

import json
import math
from pathlib import Path
from typing import Any

from service.usecases.analyses.compute import compute

CASES = Path(__file__).parent / "cases"
_DEFAULT = {"abs": 1e-9}
_LOOSER = {
    "copy_trend": {"abs": 1e-6},
    "pooled_time_to_copy": {"rel": 1e-4, "abs": 1e-6},
    "copy_forecast": {"rel": 1e-4, "abs": 1e-6},
    "forecast_backtest": {"rel": 1e-4, "abs": 1e-6},
}


def calls(*metrics: str) -> list[tuple[str, int]]:
    """(case id, index of the call) of all cases, of these metrics or of any."""
    return [
        (path.stem, index)
        for path in sorted(CASES.glob("*.json"))
        for index, call in enumerate(json.loads(path.read_bytes())["calls"])
        if not metrics or call["metric"] in metrics
    ]


def differences(case_id: str, index: int) -> list[str]:
    """Where the answer to one call is not what the case expects; empty if all is well."""
    case = json.loads((CASES / f"{case_id}.json").read_bytes())
    call = case["calls"][index]
    answers = compute(json.dumps({**case, "calls": [call]}).encode())
    tolerance = call.get("tolerance", {})
    default = tolerance.get("default", _LOOSER.get(call["metric"], _DEFAULT))
    found: list[str] = []
    for path, expected in call["expect"].items():
        try:
            value = at(answers[0], path)
        except LookupError as error:
            found.append(f"{path}: not there ({error})")
            continue
        found += unlike(value, expected, tolerance.get(path, default), path)
    return found


def at(value: Any, path: str) -> Any:
    """Follow a path of keys, list positions and `key=value`; a key may hold dots itself."""
    if not path:
        return value
    if isinstance(value, dict):
        words = path.split(".")
        for size in range(len(words), 0, -1):
            key = ".".join(words[:size])
            if key in value:
                return at(value[key], ".".join(words[size:]))
        raise LookupError(path)
    step, _, rest = path.partition(".")
    if isinstance(value, list) and "=" in step:
        key, _, wanted = step.partition("=")
        rows = [row for row in value if str(row.get(key)) == wanted]
        if not rows:
            raise LookupError(path)
        return at(rows[0], rest)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return at(value[int(step)], rest)
    raise LookupError(path)


def unlike(value: Any, expected: Any, tolerance: dict[str, float], path: str) -> list[str]:
    """The differences below one path: objects as subsets, lists exactly, numbers loosely."""
    if isinstance(expected, dict) and isinstance(value, dict):
        return [
            line
            for key, part in expected.items()
            for line in (
                unlike(value[key], part, tolerance, f"{path}.{key}")
                if key in value
                else [f"{path}.{key}: not there"]
            )
        ]
    if isinstance(expected, list) and isinstance(value, list):
        if len(value) != len(expected):
            return [f"{path}: {len(value)} elements, not {len(expected)}"]
        pairs = enumerate(zip(value, expected, strict=True))
        return [d for i, (v, e) in pairs for d in unlike(v, e, tolerance, f"{path}.{i}")]
    if _is_number(value) and _is_number(expected):
        same = math.isclose(
            value, expected, rel_tol=tolerance.get("rel", 0), abs_tol=tolerance.get("abs", 0)
        )
    else:
        same = type(value) is type(expected) and value == expected
    return [] if same else [f"{path}: {value!r}, not {expected!r}"]


def flaws(value: Any, reasons: dict[str, str] | None = None, path: str = "") -> list[str]:
    """NaN or infinity anywhere, and null fields without a reason (lists of rows aside)."""
    if isinstance(value, float) and not math.isfinite(value):
        return [f"{path}: {value}"]
    if isinstance(value, list):
        return [d for i, v in enumerate(value) for d in flaws(v, None, f"{path}.{i}")]
    if isinstance(value, dict):
        if "reasons" in value:  # a frame of its own: its paths start anew
            reasons, path = value["reasons"], ""
        below = f"{path}." if path else ""
        return [d for k, v in value.items() for d in flaws(v, reasons, f"{below}{k}")]
    if (
        value is None
        and reasons is not None
        and path not in reasons
        and path not in ("as_of", "market")
    ):
        return [f"{path}: null without a reason"]
    return []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
