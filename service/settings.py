"""What the environment decides, read once."""

import os
from base64 import urlsafe_b64decode
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from service.model.quotas import Quota

Network: TypeAlias = IPv4Network | IPv6Network
Consistency: TypeAlias = Literal["notified", "strict"]
LogForm: TypeAlias = Literal["text", "json"]
Word = TypeVar("Word", bound=str)
DATA_FOLDER = ".parity"
POSTGRES_SCHEMES = ("postgres", "postgresql")
VALKEY_SCHEMES = ("redis", "rediss", "valkey", "valkeys", "unix")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LOCAL_QUOTA = Quota(burst=10_000, hour=10_000_000)  # on one's own machine: counted, hardly met
ANONYMOUS_QUOTA = Quota(burst=20, hour=3600)
KEYED_QUOTA = Quota(burst=100, hour=36_000)
CONSISTENCIES: tuple[Consistency, ...] = ("notified", "strict")
LOG_FORMS: tuple[LogForm, ...] = ("text", "json")
POOLERS = ("none", "transaction")
SECRET_KEY_BYTES = 32


class Address(NamedTuple):
    host: str
    port: int


class Settings(Struct, frozen=True, kw_only=True):
    """`database_url` empty: a PostgreSQL of our own under `data_dir`. `direct_url` is the way past
    a pooler that stands there; empty: none does. `valkey_url` empty: none. `shared_file` is what
    the workers of one service share; empty: nothing. `metrics` None: nowhere; `traces` empty: there
    is no collector. The first of the `secret_keys` seals secrets, all of them open what is
    sealed."""

    database_url: str
    direct_url: str
    replica_urls: tuple[str, ...]
    valkey_url: str
    data_dir: Path
    host: str
    port: int
    workers: int
    stall_seconds: int
    public_url: str
    pool_size: int
    memory_mb: int
    analysis_processes: int
    analysis_seconds: int
    picture_processes: int
    jobs: bool
    webhook_allow_private: bool
    public_read: bool
    trusted_proxies: tuple[Network, ...]
    quota: Quota
    keyed_quota: Quota
    shared_file: str
    is_strict: bool
    log_form: LogForm
    logs_requests: bool
    metrics: Address | None
    traces: str
    secret_keys: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether the service is for this machine alone."""
        return self.host in LOOPBACK and not self.trusted_proxies

    @classmethod
    def from_environment(cls) -> "Settings":
        """Raises ValueError that names the variable."""
        host = os.environ.get("HOST", "127.0.0.1")
        proxies = _networks("PARITY_TRUSTED_PROXIES")
        is_local = host in LOOPBACK and not proxies
        log_form = _choice("PARITY_LOG", LOG_FORMS)
        return cls(
            database_url=_database("PARITY_DATABASE_URL"),
            direct_url=_direct(),
            replica_urls=_databases("PARITY_REPLICA_URLS"),
            valkey_url=_valkey("PARITY_VALKEY_URL"),
            data_dir=_data_dir("PARITY_DATA_DIR"),
            host=host,
            port=_integer("PORT", 8000, 1, 65535),
            workers=_integer("PARITY_WORKERS", 2, 1, 64),
            stall_seconds=_integer("PARITY_STALL_SECONDS", 30, 0, 3600),
            public_url=_public_url("PARITY_PUBLIC_URL"),
            pool_size=_integer("PARITY_POOL_SIZE", 8, 1, 100),
            memory_mb=_integer("PARITY_MEMORY_MB", 256, 32, 1_000_000),
            analysis_processes=_integer("PARITY_ANALYSIS_PROCESSES", 1, 0, 64),
            analysis_seconds=_integer("PARITY_ANALYSIS_SECONDS", 60, 1, 3600),
            picture_processes=_integer("PARITY_PICTURE_PROCESSES", 1, 0, 16),
            jobs=_switch("PARITY_JOBS", default=True),
            webhook_allow_private=_switch("PARITY_WEBHOOK_ALLOW_PRIVATE", default=False),
            public_read=_switch("PARITY_PUBLIC_READ", default=True),
            trusted_proxies=proxies,
            quota=_quota("PARITY_QUOTA", LOCAL_QUOTA if is_local else ANONYMOUS_QUOTA),
            keyed_quota=_quota("PARITY_QUOTA_KEYED", LOCAL_QUOTA if is_local else KEYED_QUOTA),
            shared_file=os.environ.get("PARITY_SHARED_FILE", ""),
            is_strict=_choice("PARITY_CONSISTENCY", CONSISTENCIES) == "strict",
            log_form=log_form,
            logs_requests=_switch("PARITY_LOG_REQUESTS", default=log_form == "json"),
            metrics=_address("PARITY_METRICS"),
            traces=_collector("PARITY_TRACES"),
            secret_keys=_secret_keys("PARITY_SECRET_KEYS"),
        )


def is_base(folder: Path) -> bool:
    """Whether an embedded database stands there, as far as the caller may see."""
    try:
        return (folder / "postgres" / "PG_VERSION").is_file()
    except OSError:
        return False


def _data_dir(name: str) -> Path:
    """The folder named, else the nearest base here or above, else where one would be made."""
    if given := os.environ.get(name, ""):
        return Path(given).absolute()
    here = Path.cwd() / DATA_FOLDER
    if is_base(here):
        return here
    above = (folder / DATA_FOLDER for folder in Path.cwd().parents)
    return next((folder for folder in above if is_base(folder) and _is_own(folder)), here)


def _is_own(folder: Path) -> bool:
    """Of a folder above, which anybody may have made: in /tmp, say."""
    return folder.stat().st_uid == os.geteuid()


def _database(name: str) -> str:
    return _postgres(name, os.environ.get(name, ""))


def _databases(name: str) -> tuple[str, ...]:
    """Several addresses with spaces between them."""
    return tuple(_postgres(name, url) for url in os.environ.get(name, "").split())


def _postgres(name: str, url: str) -> str:
    """The error does not repeat the address: it may hold a password."""
    try:
        hosts = urlsplit(url).netloc.rpartition("@")[2]
        each = [urlsplit(f"//{host}").port for host in hosts.split(",")]
        is_whole = urlsplit(url).scheme in POSTGRES_SCHEMES and 0 not in each
    except ValueError:
        is_whole = False
    if url and not is_whole:
        raise ValueError(f"{name}: an address such as postgresql://user@host:5432/parity.")
    return url


def _direct() -> str:
    """The address past a pooler, which must be said where there is one."""
    url = _database("PARITY_DIRECT_URL")
    if (_choice("PARITY_POOLER", POOLERS) == "transaction") != bool(url):
        raise ValueError("PARITY_POOLER=transaction and PARITY_DIRECT_URL are given together.")
    return url


def _valkey(name: str) -> str:
    """The error does not repeat the address: it may hold a password."""
    url = os.environ.get(name, "")
    try:
        scheme, is_whole = urlsplit(url).scheme, urlsplit(url).port != 0
    except ValueError:
        scheme, is_whole = "", False
    if url and (scheme not in VALKEY_SCHEMES or not is_whole):
        known = ", ".join(f"{scheme}://" for scheme in VALKEY_SCHEMES)
        raise ValueError(f"{name}: an address that begins with {known}.")
    return url


def _public_url(name: str) -> str:
    return (os.environ.get(name, "") or "https://parity.example").rstrip("/")


def _address(name: str) -> Address | None:
    """`host:port`, of IPv6 `[::1]:9464`."""
    if not (text := os.environ.get(name, "")):
        return None
    try:
        parts = urlsplit(f"//{text}")
        is_whole = bool(parts.hostname and parts.port) and parts.netloc == text
        is_whole = is_whole and parts.username is None
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError(f"{name}={text!r}: an address such as 127.0.0.1:9464.")
    return Address(str(parts.hostname), int(parts.port or 0))


def _collector(name: str) -> str:
    """The error does not repeat the address: it may hold a password."""
    url = os.environ.get(name, "")
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if url and not is_whole:
        raise ValueError(f"{name}: an address such as http://localhost:4318.")
    return url


def _secret_keys(name: str) -> tuple[str, ...]:
    """The error does not repeat what was given."""
    keys = tuple(key.strip() for key in os.environ.get(name, "").split(",") if key.strip())
    for key in keys:
        try:
            is_key = len(urlsafe_b64decode(key)) == SECRET_KEY_BYTES
        except ValueError:
            is_key = False
        if not is_key:
            raise ValueError(f"{name}: keys as `parity secrets key` makes them, commas between.")
    return keys


def _choice(name: str, words: tuple[Word, ...]) -> Word:
    """One of the words; the first is meant where nothing is said."""
    text = os.environ.get(name, "") or words[0]
    for word in words:
        if text == word:
            return word
    raise ValueError(f"{name}={text!r}: {' or '.join(words)}.")


def _switch(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "")
    if text not in ("", "true", "false"):
        raise ValueError(f"{name}={text!r}: true or false.")
    return text == "true" if text else default


def _quota(prefix: str, default: Quota) -> Quota:
    """0 is without bound."""
    return Quota(
        *(
            _integer(f"{prefix}_{policy.upper()}", bound, 0, 1_000_000_000)
            for policy, bound in default._asdict().items()
        )
    )


def _networks(name: str) -> tuple[Network, ...]:
    words = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError as error:
        raise ValueError(f"{name}: {error}.") from None


def _integer(name: str, default: int, low: int, high: int) -> int:
    text = os.environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{name}={text!r}: a whole number from {low} to {high}.")
    return int(text)
