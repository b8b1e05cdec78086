"""Valkey servers for tests: one, a cluster of six, a primary with its replica and three sentinels.

HUDHUD_TEST_REDIS names another `redis-server` or `valkey-server` than the packaged one; everything
that starts through this file then runs on it.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from free_ports import free_port
from hudhud.errors import QueueUnavailableError
from hudhud.ops.engines import Engine, ValkeyEngine, start_valkey
from hudhud.ops.engines.binaries import valkey_server
from hudhud.ops.engines.process import Launch
from hudhud.ops.folders import own, prepare
from hudhud.queue.address import Address
from hudhud.queue.dial import ask
from hudhud.queue.shards import TAGS
from hudhud.queue.slots import SLOTS, read_map, slot

# Taken out of the environment: Hudhud's own settings refuse variables that they do not know.
PROGRAM = os.environ.pop("HUDHUD_TEST_REDIS", "")
PRIMARIES = 3
NODE_TIMEOUT_MS = 2000
DOWN_AFTER_MS = 1000
NAME = "birds"
QUICK = {
    "bind": "127.0.0.1",
    "repl-diskless-sync-delay": "0",
    "cluster-enabled": "yes",
    "cluster-node-timeout": str(NODE_TIMEOUT_MS),
    "cluster-replica-validity-factor": "0",
}


def start(folder: Path, **settings: str) -> ValkeyEngine:
    """One server in a folder; `_` in a setting's name stands for `-`."""
    named = {name.replace("_", "-"): value for name, value in settings.items()}
    return start_valkey(folder, settings=named, program=Path(PROGRAM) if PROGRAM else None)


@dataclass(frozen=True)
class Node:
    """One server with a port."""

    engine: ValkeyEngine
    port: int

    @property
    def at(self) -> Address:
        return Address(port=self.port)

    async def asked(self, *words: str | int) -> Any:
        return await ask(self.at, *words)

    async def surely(self, *words: str | int) -> Any:
        """The same, again until it is answered; for what may be said twice.

        A server writes what it knows of its cluster to the disk before it answers, and a disk on
        which all tests write takes longer than the product waits for a server.
        """
        answers: list[Any] = []

        async def answered() -> bool:
            with suppress(QueueUnavailableError):
                answers.append(await self.asked(*words))
            return bool(answers)

        await until(answered, f"{words[:2]} is answered")
        return answers[0]

    async def says(self, section: str, *lines: str) -> bool:
        """Whether INFO (or `CLUSTER INFO`) holds all of these lines; False when it is away."""
        words = ("CLUSTER", "INFO") if section == "cluster" else ("INFO", section)
        try:
            said = (await self.asked(*words)).decode().splitlines()
        except QueueUnavailableError:
            return False
        return set(lines) <= set(said)


@dataclass(frozen=True)
class Cluster:
    """Three primaries with one replica each."""

    nodes: list[Node]

    @property
    def url(self) -> str:
        return "valkey+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    async def owner(self, tag: str = TAGS[0]) -> Node:
        """The primary of a tag's slot, as a living node sees it."""
        alive = next(node for node in self.nodes if node.engine.alive)
        for slots, (primary, *_) in read_map(await alive.asked("CLUSTER", "SLOTS"), alive.at):
            if slot(tag) in slots:
                return next(node for node in self.nodes if node.port == primary.port)
        raise AssertionError(f"nobody has the slot of {tag}")

    async def primaries(self) -> list[Node]:
        return [node for node in self.nodes if await node.says("replication", "role:master")]

    async def mend(self) -> None:
        """Start what is dead; wait until all slots are served, and replicas have their copies.

        And until each server names all of them.
        """
        for node in self.nodes:
            if not node.engine.alive:
                await asyncio.to_thread(node.engine.restart)
        await until(self._whole, "the cluster is whole")

    async def _whole(self) -> bool:
        for node in self.nodes:
            if not await node.says("cluster", "cluster_state:ok", "cluster_slots_ok:16384"):
                return False
            primary = await node.says("replication", "role:master", "connected_slaves:1")
            if not primary and not await node.says("replication", "master_link_status:up"):
                return False
            # Who was thought to have failed is named to nobody, for a while after it is back.
            told = read_map(await node.asked("CLUSTER", "SLOTS"), node.at)
            if {one.port for _, servers in told for one in servers} != {n.port for n in self.nodes}:
                return False
        return True

    async def move(self, tag: str, to: Node, *, meanwhile: Callable[[], Awaitable[None]]) -> None:
        """Move a tag's slot with all its keys to another primary, as resharding tools do."""
        number, source = slot(tag), await self.owner(tag)
        theirs, ours = await to.surely("CLUSTER", "MYID"), await source.surely("CLUSTER", "MYID")
        await to.surely("CLUSTER", "SETSLOT", number, "IMPORTING", ours.decode())
        await source.surely("CLUSTER", "SETSLOT", number, "MIGRATING", theirs.decode())
        await meanwhile()
        while keys := await source.surely("CLUSTER", "GETKEYSINSLOT", number, 100):
            words = ["MIGRATE", "127.0.0.1", to.port, "", 0, 1000, "KEYS"]
            await source.surely(*words, *(key.decode() for key in keys))
        for node in (to, source, *await self.primaries()):
            await node.surely("CLUSTER", "SETSLOT", number, "NODE", theirs.decode())


@dataclass(frozen=True)
class Watched:
    """A primary and a replica that three sentinels watch."""

    nodes: list[Node]
    sentinels: list[int]

    @property
    def url(self) -> str:
        sentinels = ",".join(f"127.0.0.1:{port}" for port in self.sentinels)
        return f"valkey+sentinel://{sentinels}/{NAME}"

    async def primary(self) -> Node:
        told = await ask(
            Address(port=self.sentinels[0]), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME
        )
        return next(node for node in self.nodes if node.port == int(told[1]))

    async def mend(self) -> None:
        """Start what is dead; wait until a primary and its replica agree."""
        for node in self.nodes:
            if not node.engine.alive:
                await asyncio.to_thread(node.engine.restart)
        await until(self._whole, "the replica has its copy")

    async def _whole(self) -> bool:
        primary = await self.primary()
        (other,) = (node for node in self.nodes if node is not primary)
        return await primary.says(
            "replication", "role:master", "connected_slaves:1"
        ) and await other.says("replication", "role:slave", "master_link_status:up")


async def until(true: Callable[[], Awaitable[Any]], what: str, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not await true():
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen within {seconds:.0f} s: {what}")
        await asyncio.sleep(0.02)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Six servers that know each other from the first moment: nobody has to introduce them."""
    with _folder() as folder, ExitStack() as stack:
        ports = [free_ports() for _ in range(2 * PRIMARIES)]
        nodes = []
        for number, (port, bus_port) in enumerate(ports):
            data_dir = folder / str(number)
            account = prepare(data_dir)
            place = own(data_dir / "valkey", account)
            _write(place / "nodes.conf", _nodes_conf(ports, number), account)
            at = {"port": str(port), "cluster-port": str(bus_port)}
            engine = start(data_dir, **QUICK, **at)
            stack.callback(engine.stop)
            nodes.append(Node(engine, port))
        whole = Cluster(nodes)
        run(whole.mend())
        yield whole


@contextmanager
def watched() -> Iterator[Watched]:
    """A primary, its replica and the sentinels, which know each other from the first moment."""
    with _folder() as folder, ExitStack() as stack:
        (first, second), ports, bus = free_ports(), free_ports(), free_ports()
        nodes = []
        for port in (first, second):
            settings = {"port": str(port), "bind": "127.0.0.1", "repl-diskless-sync-delay": "0"}
            if port == second:
                settings["replicaof"] = f"127.0.0.1 {first}"
            engine = start(folder / str(port), **settings)
            stack.callback(engine.stop)
            nodes.append(Node(engine, port))
        sentinels = [*ports, bus[0]]
        for port in sentinels:
            engine = _sentinel(folder / str(port), port, sentinels, first, second)
            stack.callback(engine.stop)
        whole = Watched(nodes, sentinels)
        run(whole.mend())
        yield whole


def run(deed: Awaitable[Any]) -> Any:
    async def done() -> Any:
        return await deed

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(done())


def _nodes_conf(ports: list[tuple[int, int]], myself: int) -> str:
    lines = []
    for number, (port, bus_port) in enumerate(ports):
        first = SLOTS * number // PRIMARIES
        last = SLOTS * (number + 1) // PRIMARIES - 1
        primary = number < PRIMARIES
        flags = "master" if primary else "slave"
        mine = "myself," if number == myself else ""
        of = "-" if primary else _id(number - PRIMARIES)
        epoch = number % PRIMARIES + 1
        slots = f" {first}-{last}" if primary else ""
        at = f"127.0.0.1:{port}@{bus_port}"
        lines.append(f"{_id(number)} {at} {mine}{flags} {of} 0 0 {epoch} connected{slots}")
    return "\n".join([*lines, f"vars currentEpoch {PRIMARIES} lastVoteEpoch 0", ""])


def _id(number: int) -> str:
    return hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest()


def _sentinel(
    data_dir: Path, port: int, sentinels: list[int], primary: int, replica: int
) -> Engine:
    account = prepare(data_dir)
    place = own(data_dir / "valkey", account)
    watch = f"sentinel monitor {NAME} 127.0.0.1 {primary} 2"
    lines = [f"port {port}", "bind 127.0.0.1", f"dir {place}", f"sentinel myid {_id(port)}", watch]
    lines += [f"sentinel down-after-milliseconds {NAME} {DOWN_AFTER_MS}"]
    lines += [f"sentinel failover-timeout {NAME} 4000"]
    lines += [f"sentinel known-replica {NAME} 127.0.0.1 {replica}"]
    others = [other for other in sentinels if other != port]
    lines += [f"sentinel known-sentinel {NAME} 127.0.0.1 {other} {_id(other)}" for other in others]
    _write(place / "sentinel.conf", "\n".join([*lines, ""]), account)
    program = Path(PROGRAM) if PROGRAM else valkey_server(data_dir, account)
    return Engine(
        Launch(
            name="Sentinel",
            program=program.name,
            argv=(str(program), str(place / "sentinel.conf"), "--sentinel"),
            folder=place,
            log=data_dir / "logs" / "sentinel.log",
            account=account,
            stop_signal=signal.SIGTERM,
            answers=partial(_listens, port),
        )
    )


def _write(path: Path, text: str, account: Any) -> None:
    path.write_text(text, encoding="ascii")
    if account is not None:
        os.chown(path, *account)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_ports() -> tuple[int, int]:
    return free_port(), free_port()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hudhud-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
