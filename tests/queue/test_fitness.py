"""A Valkey that is unfit is named, and never ends in silent loss."""

from __future__ import annotations

import asyncio
import re
from importlib.resources import files
from pathlib import Path

import pytest
from queue_until import until

from hudhud.errors import QueueUnavailableError
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue.client import Valkey, connect
from hudhud.queue.fitness import RIGHTS, Flaw, flaws, judge, judge_refusal
from hudhud.queue.schedule import Schedule
from hudhud.queue.shards import SHARDS

ROOT = Path(__file__).parents[2]
FIT = {
    "redis_version": "7.2.4",
    "valkey_version": "9.1.2",
    "role": "master",
    "loading": "0",
    "used_memory": "1000000",
    "maxmemory": "268435456",
    "maxmemory_policy": "noeviction",
    "cluster_enabled": "0",
}


def names(found: list[Flaw]) -> list[str]:
    return [flaw.name for flaw in found]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, []),
        ({"valkey_version": "7.2.0"}, []),
        ({"valkey_version": "7.1.9"}, ["too_old"]),
        ({"valkey_version": "", "redis_version": "6.2.0"}, []),
        ({"valkey_version": "", "redis_version": "6.0.16"}, ["too_old"]),
        ({"valkey_version": "", "redis_version": "5.0.14"}, ["too_old"]),
        ({"valkey_version": "", "redis_version": "10.0.0"}, []),
        ({"role": "slave"}, ["replica"]),
        ({"loading": "1"}, ["loading"]),
        ({"maxmemory_policy": "allkeys-lru"}, ["evicting"]),
        ({"maxmemory_policy": "volatile-ttl"}, ["evicting"]),
        ({"maxmemory_policy": "allkeys-lru", "maxmemory": "0"}, []),
        ({"used_memory": "268435456"}, ["full"]),
        ({"used_memory": "268435456", "maxmemory": "0"}, []),
        ({"cluster_enabled": "1"}, ["cluster"]),
        ({"role": "slave", "maxmemory_policy": "allkeys-lru"}, ["replica", "evicting"]),
    ],
)
def test_each_flaw_is_named_by_what_the_server_says(said: dict[str, str], named: list[str]):
    assert names(judge(FIT | said, clustered=False)) == named


def test_a_cluster_wants_a_server_of_a_cluster():
    assert names(judge(FIT | {"cluster_enabled": "1"}, clustered=True)) == []
    assert names(judge(FIT, clustered=True)) == ["no_cluster"]


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        ("WRONGPASS invalid username-password pair or user is disabled.", "password"),
        ("NOAUTH HELLO must be called with the client already authenticated", "password"),
        ("READONLY You can't write against a read only replica.", "replica"),
        ("LOADING Redis is loading the dataset in memory", "loading"),
        ("CLUSTERDOWN Hash slot not served", "cluster_down"),
        ("no server holds slot 841", "cluster_down"),
        ("MOVED 841 127.0.0.1:7001", "cluster"),
        ("OOM command not allowed when used memory > 'maxmemory'.", "full"),
        ("ERR Error running script: @user_script: -OOM command not allowed", "full"),
        ("ERR unknown command `HELLO`, with args beginning with: `3`,", "too_old"),
        ("MISCONF Valkey is configured to save RDB snapshots", "disk"),
        ("NOPERM this user has no permissions to run the 'eval' command", "forbidden"),
        ("ERR This instance has cluster support disabled", "no_cluster"),
        ("[Errno 111] Connect call failed ('127.0.0.1', 6379)", "away"),
    ],
)
def test_each_refusal_of_a_distrusted_one_is_named(refusal: str, name: str):
    assert judge_refusal(refusal).name == name


async def test_the_packaged_valkey_is_fit(client: Valkey):
    assert await flaws(client) == []


async def test_a_wrong_password_is_named(own_engine: ValkeyEngine, own_client: Valkey):
    await own_client.send("CONFIG", "SET", "requirepass", "right")
    refused = await connect(own_engine.url.replace("unix://", "unix://:wrong@"))
    assert names(await flaws(refused)) == ["password"]
    await refused.close()


async def test_a_full_one_takes_nothing_and_is_named(own_client: Valkey):
    schedule = Schedule(own_client, "reply")
    await own_client.send("CONFIG", "SET", "maxmemory", 1)
    with pytest.raises(QueueUnavailableError):
        await schedule.hint([(1, 1, 0)])
    await until(lambda: not schedule.healthy)  # so work goes straight from PostgreSQL
    assert names(await flaws(own_client)) == ["full"]


async def test_one_that_throws_keys_away_is_named_and_serves_on(own_client: Valkey):
    await own_client.send("CONFIG", "SET", "maxmemory-policy", "allkeys-random")
    assert names(await flaws(own_client)) == ["evicting"]
    assert own_client.healthy


async def test_a_primary_that_becomes_a_replica_is_distrusted_at_once(own_client: Valkey):
    schedule = Schedule(own_client, "reply")
    await own_client.send("REPLICAOF", "127.0.0.1", 1)
    with pytest.raises(QueueUnavailableError):
        await schedule.hint([(1, 1, 0)])
    assert not schedule.healthy
    await until(lambda: "READONLY" in own_client.parts[0].refusal)
    assert names(await flaws(own_client)) == ["replica"]


async def test_a_primary_that_becomes_a_replica_is_noticed_without_any_call(own_client: Valkey):
    await own_client.send("REPLICAOF", "127.0.0.1", 1)
    await until(lambda: not own_client.healthy, 1.5)


def test_the_rights_stand_in_the_documents():
    assert f">password {RIGHTS}\n" in (ROOT / "docs/engines.md").read_text(encoding="utf-8")


async def user(engine: ValkeyEngine, owner: Valkey, rights: str) -> Valkey:
    await owner.send("ACL", "SETUSER", "hudhud", "reset", "on", ">secret", *rights.split())
    return await connect(engine.url.replace("unix://", "unix://hudhud:secret@"))


async def test_a_user_with_the_rights_that_we_name_can_do_everything(
    own_engine: ValkeyEngine, own_client: Valkey
):
    valkey = await user(own_engine, own_client, RIGHTS)
    assert await flaws(valkey) == []
    schedule = Schedule(valkey, "reply")
    await schedule.hint([(1, n, 0) for n in range(SHARDS)])
    taken = []
    while len(taken) < SHARDS:
        taken += await schedule.take(SHARDS, wait_s=1)
    taking = asyncio.create_task(schedule.take(1, wait_s=5))
    await until(lambda: schedule._taker._wakes._pops[0]._going is not None)
    await schedule.hint([(1, 7, 0)])
    assert await taking == [(1, 7)]
    await schedule.close()
    await valkey.close()


@pytest.mark.parametrize("command", ["bzmpop", "publish", "zrem", "eval", "zadd", "zrange"])
async def test_a_user_that_lacks_a_command_is_named(
    command: str, own_engine: ValkeyEngine, own_client: Valkey
):
    valkey = await user(own_engine, own_client, f"{RIGHTS} -{command}")
    assert set(names(await flaws(valkey))) == {"forbidden"}
    await valkey.close()


async def test_a_user_that_may_not_write_hints_is_distrusted(
    own_engine: ValkeyEngine, own_client: Valkey
):
    valkey = await user(own_engine, own_client, f"{RIGHTS} -zadd")
    assert not valkey.healthy  # or every hint would be lost while nobody asks PostgreSQL
    await valkey.close()


async def test_a_user_that_may_not_publish_still_hints(
    own_engine: ValkeyEngine, own_client: Valkey
):
    valkey = await user(own_engine, own_client, f"{RIGHTS} -publish")
    with pytest.raises(QueueUnavailableError, match="NOPERM"):
        await valkey.send("PUBLISH", "hudhud:live:1", "{}")
    assert valkey.healthy
    await valkey.close()


async def test_a_user_that_may_not_block_does_not_spin(
    own_engine: ValkeyEngine, own_client: Valkey
):
    valkey = await user(own_engine, own_client, f"{RIGHTS} -bzmpop")
    schedule = Schedule(valkey, "reply")
    asked = 0
    send = valkey.parts[0].send

    def counted(*words, **rest):
        nonlocal asked
        asked += 1
        return send(*words, **rest)

    valkey.parts[0].send = counted
    assert await schedule.take(1, wait_s=1.5) == []
    assert asked < 10 * SHARDS
    await schedule.close()
    await valkey.close()


def test_the_probe_does_everything_that_scripts_do():
    scripts = {
        path.name: set(re.findall(r"redis\.call\('(\w+)'", path.read_text()))
        for path in (files("hudhud.queue") / "scripts").iterdir()
    }
    probed = scripts.pop("probe.lua")
    assert set().union(*scripts.values()) <= probed
