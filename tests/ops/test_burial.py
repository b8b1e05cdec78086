"""A supervisor frees what its dead child held; nobody waits for the end of the lease."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from hudhud.ops.burial import free_leases
from hudhud.ops.child import HOLDER, holder_name
from hudhud.store.pool import Database
from shop import Shop, open_shop

# A worker that claims what is due and hangs; its second start finds nothing due and waits.
CHILD = """
import asyncio, os, signal, sys
from hudhud.ops.child import end_with_parent, holder_name
from hudhud.store import conversations
from hudhud.store.pool import Database
async def claim():
    database = await Database.open(sys.argv[1], size=1)
    claims = await conversations.claim_due(database, holder=holder_name(), lease_s=60, limit=9)
    print("claimed", len(claims), os.getpid(), flush=True)
    await asyncio.sleep(600)
end_with_parent()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
asyncio.run(claim())
"""
SUPERVISOR = """
import sys
from functools import partial
from hudhud.ops.burial import free_leases
from hudhud.ops.supervisor import Child, Supervisor
url, script = sys.argv[1:]
child = Child(name="worker", argv=(sys.executable, "-c", script, url),
              after_death=partial(free_leases, url, within_s=60))
sys.exit(Supervisor([child]).run())
"""
SECONDS_MAX = 20.0


@pytest.fixture
def supervised(database_url: Any) -> Iterator[Any]:
    processes: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 - the script above
            [sys.executable, "-c", SUPERVISOR, database_url.app_url, CHILD],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        ended(process)


def ended(process: subprocess.Popen[str]) -> int:
    """Ask the supervisor to stop, and wait for its exit code."""
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    return process.returncode


def claimed(process: subprocess.Popen[str]) -> tuple[int, int]:
    """How many the child claimed, and its pid."""
    for line in process.stdout:
        words = line.split()
        if words and words[0] == "claimed":
            return int(words[1]), int(words[2])
    raise AssertionError("the supervisor ended")


async def shop_with(database: Database, contacts: int) -> Shop:
    shop = await open_shop(database, window_ms=0)
    await shop.receive(*(shop.message(who=f"c{n}") for n in range(contacts)))
    return shop


async def test_the_leases_of_a_killed_child_are_free_at_once(
    database_url: Any, supervised: Any
) -> None:
    database = await Database.open(database_url.app_url, size=2)
    try:
        shop = await shop_with(database, 3)
        process = supervised()
        count, pid = await asyncio.to_thread(claimed, process)
        assert count == 3
        os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + SECONDS_MAX
        free = "select count(*) from conversation where lease_until is null and due_at <= now()"
        while await shop.one(free) < 3:
            assert time.monotonic() < until, "the leases are still held"
            await asyncio.sleep(0.02)
        assert await shop.one("select min(crashes) from conversation") == 1
        # The next start has another name, whatever its pid is, and goes on at once.
        assert (await asyncio.to_thread(claimed, process))[0] == 3
        assert await shop.one("select min(fence) from conversation") == 2
    finally:
        await database.close()


async def test_the_leases_of_a_child_that_did_not_drain_are_free_when_its_supervisor_ends(
    database_url: Any, supervised: Any
) -> None:
    database = await Database.open(database_url.app_url, size=2)
    try:
        shop = await shop_with(database, 2)
        process = supervised()
        assert (await asyncio.to_thread(claimed, process))[0] == 2
        assert await asyncio.to_thread(ended, process) == 1
        assert await shop.one("select count(*) from conversation where holder is not null") == 0
    finally:
        await database.close()


def test_a_database_that_stays_away_keeps_no_supervisor() -> None:
    started = time.monotonic()
    free_leases("postgresql://nobody@127.0.0.1:1/none", "dead", within_s=0.2)
    assert time.monotonic() - started < SECONDS_MAX


def test_each_start_has_a_name_of_its_own_or_the_one_it_was_given() -> None:
    assert holder_name({}) != holder_name({})
    assert holder_name({HOLDER: "host:worker:1"}) == "host:worker:1"
