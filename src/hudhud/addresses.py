"""Which addresses may be asked when somebody else named them: none of our own house (SSRF, S8).

The check stands at the socket, on the very address that it is about to connect to: a name that
resolves anew between check and use, or an address spelt in a strange way, changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pages read what is public, and need no HTTP client for it
    import aiohttp

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Passage:
    """One request's leave: whether it may reach private addresses, and what it was refused."""

    def __init__(self, *, private: bool) -> None:
        """`private`: the host was named by the installation or the inbox itself."""
        self.private = private
        self.refused = ""


# None lets nothing through.
PASSAGE: ContextVar[Passage | None] = ContextVar("passage", default=None)


def is_public(address: str) -> bool:
    """Whether an address is anybody's on the internet; what wraps an IPv4 one is unwrapped."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def guarded_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """Make the socket for an address that the passage of this request allows."""
    address = str(info[4][0])
    passage = PASSAGE.get()
    if passage is None or not (passage.private or is_public(address)):
        if passage is not None:
            passage.refused = address
        raise PermissionError(f"{address} is not public")
    made = socket.socket(info[0], info[1], info[2])
    made.setblocking(False)
    return made
