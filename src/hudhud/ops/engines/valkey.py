"""Starts Valkey on a Unix socket. It keeps nothing: PostgreSQL is the truth (law 1)."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote

from hudhud.ops.engines.binaries import valkey_server
from hudhud.ops.engines.process import Engine, Launch
from hudhud.ops.folders import own, prepare, socket_folder

MEMORY_MAX = "256mb"
ASK_TIMEOUT_S = 1.0


class ValkeyEngine(Engine):
    """The packaged Valkey, running; `url` is what the client takes."""

    def __init__(self, launch: Launch, socket_path: Path) -> None:
        """Start it; its folder is 0700, so the socket needs no password."""
        self.url = f"unix://{quote(str(socket_path))}"
        super().__init__(launch)


def start_valkey(
    data_dir: Path, *, settings: Mapping[str, str] | None = None, program: Path | None = None
) -> ValkeyEngine:
    """Start the packaged Valkey of a data directory.

    Nothing is saved to disk: an empty Valkey after a crash is what the sweep is made for, and a
    stale one would only hint at work that is done.

    Args:
        data_dir: HUDHUD_DATA_DIR; made when it is not there.
        settings: settings of Valkey beside ours, as for a server of a cluster.
        program: another `valkey-server` or `redis-server` than the packaged one.

    Raises:
        EngineError: it cannot run there, or another process runs it.
    """
    data_dir = Path(os.path.realpath(data_dir))
    account = prepare(data_dir)
    folder = own(data_dir / "valkey", account)
    socket_path = socket_folder(data_dir, account) / "valkey.sock"
    ours = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "no",
        "maxmemory": MEMORY_MAX,
        # Nothing may be dropped silently: a refused write makes Valkey distrusted, and the work
        # goes on straight from PostgreSQL.
        "maxmemory-policy": "noeviction",
    }
    server = program or valkey_server(data_dir, account)
    argv = [str(server)]
    for name, value in (ours | dict(settings or {})).items():
        argv += [f"--{name}", value]
    launch = Launch(
        name="Valkey",
        program=server.name,
        argv=tuple(argv),
        folder=folder,
        log=data_dir / "logs" / "valkey.log",
        account=account,
        stop_signal=signal.SIGTERM,
        answers=partial(_answers, socket_path),
    )
    return ValkeyEngine(launch, socket_path)


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as asked:
            asked.settimeout(ASK_TIMEOUT_S)
            asked.connect(str(path))
            asked.sendall(b"PING\r\n")
            return asked.recv(16).startswith(b"+PONG")
    except OSError:
        return False
