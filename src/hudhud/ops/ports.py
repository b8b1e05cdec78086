"""Says that a port is taken before anything is started on it."""

from __future__ import annotations

import errno
import socket

import psutil

from hudhud.errors import PortTakenError, SettingsWrongError

UNKNOWN = "another program"


def check(host: str, port: int, variable: str = "HUDHUD_PORT") -> None:
    """Make sure that we can listen there.

    Args:
        host: address to listen on.
        port: port to listen on; 0 is any free one and always passes.
        variable: the variable by which the user gives another port.

    Raises:
        PortTakenError: somebody listens there; the detail says who, when the system tells.
        SettingsWrongError: the address is not ours, or the port needs more rights.
    """
    if port == 0:
        return
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            # A port that only waits for old connections to fade is free for us.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            tried.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(
                f"{host}:{port} is held by {_holder(port)}; to use another one, set "
                f"{variable}, for example {variable}={port + 1000 if port < 64000 else 39517}."  # noqa: PLR2004 - stays a port
            ) from None
        raise SettingsWrongError(
            (f"{variable}={port} on {host} cannot be listened on: {error.strerror}",)
        ) from None


def _holder(port: int) -> str:
    try:
        for found in psutil.net_connections(kind="tcp"):
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid:
                return f"{psutil.Process(found.pid).name()} (process {found.pid})"
    except psutil.Error:  # macOS tells only root
        return UNKNOWN
    return UNKNOWN
