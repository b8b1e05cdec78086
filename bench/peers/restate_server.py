"""The Restate server: an engine of its own, out of its npm package, with its own log on disk."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.peers.environment import Home
from bench.peers.part import Part, listening, stopped
from bench.processes import free_port

READY_S_MAX = 60.0
REGISTER_S_MAX = 10.0


@dataclass(frozen=True, slots=True)
class RestateServer:
    """A running server: where it takes calls, where it is told of workers, where answers go."""

    part: Part
    ingress_port: int
    admin_port: int
    worker_port: int
    outbox: Path

    @property
    def environ(self) -> dict[str, str]:
        """What the applications have to know."""
        return {
            "INGRESS_URL": f"http://127.0.0.1:{self.ingress_port}",
            "WORKER_PORT": str(self.worker_port),
            "OUTBOX_FILE": str(self.outbox),
        }

    async def register(self) -> None:
        """Tell it where the worker listens; telling it again changes nothing."""
        body = {"uri": f"http://127.0.0.1:{self.worker_port}", "force": True}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.admin_port}/deployments",
            data=msgspec.json.encode(body),
            headers={"content-type": "application/json"},
        )
        opened = await asyncio.to_thread(
            urllib.request.urlopen,
            request,
            timeout=REGISTER_S_MAX,
        )
        opened.close()


@asynccontextmanager
async def restate_server(
    home: Home, folder: Path, environ: Mapping[str, str]
) -> AsyncIterator[RestateServer]:
    """A server with its data in a folder, ready to take calls.

    Raises:
        RuntimeError: it did not come up.
    """
    ingress, admin, node, worker = (free_port() for _ in range(4))
    part = Part(
        [
            home.program("restate-server"),
            "--base-dir",
            str(folder / "restate"),
            "--node-name",
            "n1",
        ],
        folder=folder,
        environ={
            **environ,
            "RESTATE_LISTEN_MODE": "tcp",
            "RESTATE_INGRESS__BIND_ADDRESS": f"127.0.0.1:{ingress}",
            "RESTATE_ADMIN__BIND_ADDRESS": f"127.0.0.1:{admin}",
            "RESTATE_BIND_ADDRESS": f"127.0.0.1:{node}",
            "RESTATE_ADVERTISED_ADDRESS": f"http://127.0.0.1:{node}",
            "RESTATE_LOG_FILTER": "error",
            "RESTATE_DISABLE_TELEMETRY": "true",
            "DO_NOT_TRACK": "1",
        },
        log=folder / "restate-server.log",
    )
    async with stopped(part):
        for port in (ingress, admin):
            await listening(port, part, within_s=READY_S_MAX)
        yield RestateServer(part, ingress, admin, worker, folder / "restate-outbox")
