"""Files that stand outside the package in the repository, and inside it where it is installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """The file or folder of that name; `setup.py` lists what an installed package brings along."""
    packed = _PACKAGE / name
    return packed if packed.exists() else _PACKAGE.parent / name


def licence() -> str:
    """The licence of the data."""
    return resource("LICENSE-DATA").read_text(encoding="utf-8")
