"""Where Valkey is: the address that a URL names."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from hudhud.errors import BadInputError

PORT = 6379
_TLS = ("rediss", "valkeys")
_TCP = ("redis", "valkey", *_TLS)


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


def read(url: str) -> Address:
    """Read `redis://`, `rediss://`, `valkey://`, `valkeys://` or `unix://`.

    Args:
        url: `valkey://user:password@host:port/database`, or
            `unix://user:password@/path/to/socket?db=database`.

    Raises:
        BadInputError: it is none of these; the URL itself is not repeated, it may hold a password.
    """
    try:
        parts = urlsplit(url)
        user = unquote(parts.username or "") or "default"
        password = unquote(parts.password or "")
        if parts.scheme == "unix" and parts.path:
            database = int(parse_qs(parts.query).get("db", ["0"])[0])
            path = unquote(parts.path)
            return Address(path=path, user=user, password=password, database=database)
        if parts.scheme in _TCP:
            return Address(
                host=parts.hostname or "127.0.0.1",
                port=parts.port or PORT,
                tls=parts.scheme in _TLS,
                user=user,
                password=password,
                database=int(parts.path.strip("/") or 0),
            )
    except ValueError:
        raise BadInputError("The address of Valkey has a wrong port or database.") from None
    raise BadInputError("The address of Valkey must begin with valkey://, redis:// or unix:///.")
