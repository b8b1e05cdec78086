"""What a user would pick instead, each as its own documentation would have it, on the same work.

Each folder here is an application of its own, with a web process and a worker, written against
that peer alone; what they share is the table of `schema.sql`. They run on engines that somebody
else started and empties afterwards.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bench.peers.catalogue import HERE, PEERS
from bench.peers.environment import absent, make
from bench.peers.judging import user_lines
from bench.peers.measuring import measure
from bench.work import Outcome, Work


def names() -> tuple[str, ...]:
    """Every peer there is, whether it can run here or not."""
    return tuple(PEERS)


def available(name: str) -> str:
    """Why a peer cannot run on this machine; empty when it can."""
    return absent(PEERS[name])


async def run(name: str, work: Work, folder: Path, *, environments: Path | None = None) -> Outcome:
    """Let a peer do its work, in its own processes, all of which are ended afterwards.

    Args:
        name: one of `names`.
        work: what is to be done; its engines run, are empty and are not emptied here.
        folder: for logs and the peer's own data; exists and is thrown away by the caller.
        environments: where the packages of peers are kept from run to run; the user's cache by
            default.

    Raises:
        RuntimeError: it could not be installed or did not come up, or refused a webhook; the end
            of its log is told.
    """
    peer = PEERS[name]
    home = await make(name, peer, environments or cache())
    with_sql = work.with_sql or peer.always_sql
    app = HERE / name / (peer.app_sql if with_sql else peer.app)
    if peer.node:  # Node finds packages beside the file that wants them
        shutil.copy(app, home.folder)
    return await measure(peer, home, work, folder, user_lines=user_lines(app))


def cache() -> Path:
    """Where environments are kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hudhud-bench"
