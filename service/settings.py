"""What the environment decides, read once."""

import os
from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """`database_url` empty: a PostgreSQL of our own under `data_dir`."""

    database_url: str
    data_dir: Path
    host: str
    port: int
    workers: int
    public_url: str
    pool_size: int
    jobs: bool
    webhook_allow_private: bool

    @classmethod
    def from_environment(cls) -> "Settings":
        """Raises ValueError that names the variable."""
        return cls(
            database_url=os.environ.get("PARITY_DATABASE_URL", ""),
            data_dir=Path(os.environ.get("PARITY_DATA_DIR", ".parity")).absolute(),
            host=os.environ.get("HOST", "127.0.0.1"),
            port=_integer("PORT", 8000, 1, 65535),
            workers=_integer("PARITY_WORKERS", 2, 1, 64),
            public_url=os.environ.get("PARITY_PUBLIC_URL", "https://parity.example").rstrip("/"),
            pool_size=_integer("PARITY_POOL_SIZE", 8, 1, 100),
            jobs=_switch("PARITY_JOBS", default=True),
            webhook_allow_private=_switch("PARITY_WEBHOOK_ALLOW_PRIVATE", default=False),
        )


def _switch(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "")
    if text not in ("", "true", "false"):
        raise ValueError(f"{name}={text!r}: true or false.")
    return text == "true" if text else default


def _integer(name: str, default: int, low: int, high: int) -> int:
    text = os.environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{name}={text!r}: a whole number from {low} to {high}.")
    return int(text)
