"""Ports that stay free until somebody listens there."""

from __future__ import annotations

import random
import socket

# Below those that any system gives to outgoing connections (Linux 32768, macOS 49152): one of the
# kernel's own choice may be such a connection's by the time that a process has started.
FIRST, LAST = 20_000, 32_000
_given: set[int] = set()
_chance = random.SystemRandom()  # each worker of pytest draws others


def free_port() -> int:
    """A port of the loopback address that nobody has, and that this process gave to nobody."""
    while True:
        port = _chance.randint(FIRST, LAST)
        if port in _given:
            continue
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
