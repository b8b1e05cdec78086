"""Where Valkey is: one server, a cluster, or a primary that sentinels watch, as a URL names it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from hudhud.errors import BadInputError
from hudhud.readers import split_url

PORT = 6379
SENTINEL_PORT = 26379
_TLS = ("rediss", "valkeys")
_TCP = ("redis", "valkey", *_TLS)
_KINDS = ("", "cluster", "sentinel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One Valkey server: a Unix socket when `path` is set, else `host` and `port`."""

    path: str = ""
    host: str = "127.0.0.1"
    port: int = PORT
    tls: bool = False
    user: str = "default"
    password: str = field(default="", repr=False)
    database: int = 0


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Some servers of a cluster; each of them knows the others."""

    seeds: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SentinelAddress:
    """The sentinels that know who is primary of `name`; of `primary` only the login is known."""

    sentinels: tuple[Address, ...]
    name: str
    primary: Address


def read(url: str) -> Address | ClusterAddress | SentinelAddress:
    """Read where Valkey is.

    Args:
        url: `valkey://user:password@host:port/database`, or `redis://`; `valkeys://` and
            `rediss://` with TLS; `unix://user:password@/path/to/socket?db=database`;
            `valkey+cluster://user:password@host:port,host:port`;
            `valkey+sentinel://user:password@host:port,host:port/name/database`, with
            `?sentinel_password=` where the sentinels ask for one.

    Raises:
        BadInputError: it is none of these; the URL itself is not repeated, it may hold a password.
    """
    try:
        parts = split_url(url)
        scheme, _, kind = parts.scheme.partition("+")
        if parts.scheme == "unix" and parts.path:
            database = int(parse_qs(parts.query).get("db", ["0"])[0])
            path = unquote(parts.path)
            return replace(_login(parts), path=path, database=database)
        if scheme in _TCP and kind in _KINDS:
            login = replace(_login(parts), tls=scheme in _TLS)
            if kind == "cluster":
                return _cluster(parts, login)
            if kind == "sentinel":
                return _sentinel(parts, login)
            (at,) = _hosts(parts, login, PORT)
            return replace(at, database=int(parts.path.strip("/") or 0))
    except ValueError:
        raise BadInputError("The address of Valkey has a wrong port or database.") from None
    raise BadInputError("The address of Valkey must begin with valkey://, redis:// or unix:///.")


def _cluster(parts: SplitResult, login: Address) -> ClusterAddress:
    if parts.path.strip("/") not in ("", "0"):
        raise BadInputError("A cluster of Valkey has no other database than 0.")
    return ClusterAddress(_hosts(parts, login, PORT))


def _sentinel(parts: SplitResult, login: Address) -> SentinelAddress:
    name, _, database = parts.path.strip("/").partition("/")
    if not name:
        raise BadInputError("The address of the sentinels lacks the name of their primary.")
    password = parse_qs(parts.query).get("sentinel_password", [""])[0]
    sentinels = _hosts(parts, Address(tls=login.tls, password=password), SENTINEL_PORT)
    return SentinelAddress(sentinels, unquote(name), replace(login, database=int(database or 0)))


def _login(parts: SplitResult) -> Address:
    name, _, password = parts.netloc.rpartition("@")[0].partition(":")
    return Address(user=unquote(name) or "default", password=unquote(password))


def _hosts(parts: SplitResult, login: Address, port: int) -> tuple[Address, ...]:
    asked = [urlsplit("//" + host) for host in parts.netloc.rpartition("@")[2].split(",")]
    return tuple(
        replace(login, host=host.hostname or "127.0.0.1", port=host.port or port) for host in asked
    )
