"""Several servers in one URL: the one that writes is found, however the others are away."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlunsplit

import asyncpg

from hudhud.readers import split_url
from hudhud.store.server.away import AWAY

# A machine that lost its power answers nothing at all, and must not use up the whole time.
HOST_TIMEOUT_S = 2.0


class Hosts:
    """The servers that a URL names, the one that wrote last first."""

    def __init__(self, url: str) -> None:
        """Take a URL; nothing is asked yet."""
        self._urls = split(url)

    async def connect(self, *_url: str, **options: Any) -> Any:
        """Connect to the first server that takes writes; what asyncpg's pool calls.

        Args:
            options: of `asyncpg.connect`; `timeout` is for one server, HOST_TIMEOUT_S when there
                are several.

        Raises:
            Exception: what the last of them said; one of AWAY when they are all away.
        """
        if len(self._urls) > 1:
            options["timeout"] = HOST_TIMEOUT_S
        urls = self._urls
        for place, url in enumerate(urls, 1):
            # A user who names other attributes knows why.
            if "target_session_attrs=" not in url:
                options["target_session_attrs"] = "read-write"
            try:
                connection = await asyncpg.connect(url, **options)
            except AWAY:
                if place == len(urls):
                    raise
                continue
            self._urls = (url, *(other for other in urls if other != url))
            return connection
        raise AssertionError  # a URL names at least one


def split(url: str) -> tuple[str, ...]:
    """One URL for each server of a URL that names several, in its order.

    Both of libpq's ways are known: `//h1:1,h2:2/db`, and `///db?host=h1,h2&port=1,2`, which is
    the one for Unix sockets; one port is good for all.
    """
    parts = split_url(url)
    login, at, hosts = parts.netloc.rpartition("@")
    if hosts:
        return tuple(
            urlunsplit(parts._replace(netloc=f"{login}{at}{host}")) for host in hosts.split(",")
        )
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    named = query.get("host", "").split(",")
    ports = query.get("port", "").split(",")
    if len(named) < 2:  # noqa: PLR2004 - there is nothing to split
        return (url,)
    if len(ports) == 1:
        ports *= len(named)
    return tuple(
        f"{parts.scheme}://{parts.netloc}{parts.path}?"
        + urlencode({**query, "host": host, "port": port})
        for host, port in zip(named, ports, strict=True)
    )
