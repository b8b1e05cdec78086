"""Whether a Valkey is fit: what is wrong with one, and what to do, in a sentence each.

None of it can lose a message (law 1): a Valkey that is unfit is distrusted, or forgets hints that
the sweep finds again. It costs time, so `hudhud doctor` and every start say it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import msgspec

from hudhud.errors import QueueUnavailableError
from hudhud.queue.client import Valkey
from hudhud.queue.connection import Connection
from hudhud.queue.shards import tagged
from hudhud.queue.slots import NOBODY

REDIS_OLDEST: Final = (6, 2)
VALKEY_OLDEST: Final = (7, 2)
BLOCK_S: Final = 0.01
# What a user of its own needs, as `ACL SETUSER` takes it.
RIGHTS: Final = (
    "~hudhud:* &hudhud:* +@read +@write +@blocking +@pubsub +@scripting +@connection "
    "+time +info +cluster|slots"
)


class Flaw(msgspec.Struct, frozen=True):
    """One thing that is wrong: its stable name, and a sentence that says what to do."""

    name: str
    sentence: str


_EVICTING = Flaw(
    "evicting",
    "Valkey throws keys away when it is full, and answers late for it: "
    "set maxmemory-policy noeviction.",
)
_FULL = Flaw("full", "Valkey is full and takes no hints: raise maxmemory.")
_REPLICA = Flaw(
    "replica", "This Valkey is a read-only replica: name its primary, or its sentinels."
)
_LOADING = Flaw("loading", "Valkey is still reading its data; it is used when it is ready.")
_PASSWORD = Flaw("password", "Valkey refuses the user or the password of HUDHUD_QUEUE_URL.")
_OLD = Flaw("too_old", "This server is too old: Redis 6.2 or Valkey 7.2 is the oldest that works.")
_CLUSTER = Flaw(
    "cluster", "This server belongs to a cluster: begin HUDHUD_QUEUE_URL with valkey+cluster://."
)
_NO_CLUSTER = Flaw(
    "no_cluster", "This server belongs to no cluster: take +cluster out of HUDHUD_QUEUE_URL."
)
_CLUSTER_DOWN = Flaw("cluster_down", "The cluster lacks a server for some of its slots.")
_DISK = Flaw("disk", "Valkey cannot save to its disk and refuses writes: look at its log.")

# What the refusal of a distrusted one begins with, or holds.
_REFUSALS: Final = {
    "WRONGPASS": _PASSWORD,
    "NOAUTH": _PASSWORD,
    "READONLY": _REPLICA,
    "LOADING": _LOADING,
    "CLUSTERDOWN": _CLUSTER_DOWN,
    NOBODY: _CLUSTER_DOWN,
    "MISCONF": _DISK,
    "MOVED": _CLUSTER,
    "cluster support disabled": _NO_CLUSTER,
    "OOM": _FULL,
    "unknown command": _OLD,
    "syntax error": _OLD,
}
_FORBIDDEN: Final = ("NOPERM", "ACL failure", "can't run this command", "can't access at least one")


async def flaws(valkey: Valkey) -> list[Flaw]:
    """Everything that is wrong with all parts of a Valkey, each once; empty when it is fit."""
    found = await asyncio.gather(*(_of(part, len(valkey.parts) > 1) for part in valkey.parts))
    return list(dict.fromkeys(flaw for of_part in found for flaw in of_part))


def judge(info: Mapping[str, str], *, clustered: bool) -> list[Flaw]:
    """What is wrong with a server by what it says of itself.

    Args:
        info: the fields of INFO.
        clustered: whether the URL names a cluster.
    """
    valkey, redis = info.get("valkey_version"), info.get("redis_version", "0")
    oldest = VALKEY_OLDEST if valkey else REDIS_OLDEST
    used, most = int(info.get("used_memory", 0)), int(info.get("maxmemory", 0))
    in_cluster = info.get("cluster_enabled") == "1"
    wrong = {
        _OLD: _version(valkey or redis) < oldest,
        _REPLICA: info.get("role") == "slave",
        _LOADING: info.get("loading") == "1",
        _EVICTING: most > 0 and info.get("maxmemory_policy") != "noeviction",
        _FULL: 0 < most <= used,
        _CLUSTER: in_cluster and not clustered,
        _NO_CLUSTER: clustered and not in_cluster,
    }
    return [flaw for flaw, is_so in wrong.items() if is_so]


def judge_refusal(refusal: str) -> Flaw:
    """What is wrong with a server that is distrusted, by its last refusal."""
    for words, flaw in _REFUSALS.items():
        if words in refusal:
            return flaw
    if any(words in refusal for words in _FORBIDDEN):
        return _forbidden("what Hudhud's scripts do")
    return Flaw("away", f"Valkey does not answer ({refusal}); work goes straight from PostgreSQL.")


async def _of(part: Connection, clustered: bool) -> list[Flaw]:  # noqa: FBT001 - named by judge
    if not part.healthy:
        return [judge_refusal(part.refusal)]
    key = tagged(part.tag, "check")
    commands = {
        "INFO": part.send("INFO"),
        "ZREM": part.send("ZREM", key, "nothing"),
        "BZMPOP": part.send("BZMPOP", BLOCK_S, 1, key, "MIN"),
        "PUBLISH": part.send("PUBLISH", "hudhud:live:0", "{}"),
        "CLIENT UNBLOCK": part.send("CLIENT", "UNBLOCK", 0),
    }
    answers = await asyncio.gather(*commands.values(), return_exceptions=True)
    found = []
    for command, answer in zip(commands, answers, strict=True):
        if isinstance(answer, QueueUnavailableError):
            forbidden = answer.detail.startswith(_FORBIDDEN[0])
            found.append(_forbidden(command) if forbidden else judge_refusal(answer.detail))
        elif command == "INFO" and isinstance(answer, bytes):
            found += judge(_fields(answer), clustered=clustered)
    return found


def _forbidden(what: str) -> Flaw:
    return Flaw("forbidden", f"Valkey's user may not run {what}; grant it {RIGHTS}")


def _fields(info: bytes) -> dict[str, str]:
    lines = info.decode("utf-8", "replace").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdecimal())
