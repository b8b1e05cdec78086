from __future__ import annotations

from collections import Counter

import pytest

from hudhud.errors import BadInputError
from hudhud.queue.address import Address, ClusterAddress, SentinelAddress, read
from hudhud.queue.shards import (
    SHARDS,
    TAGS,
    keys_of,
    shard,
    shards_of,
    spread_key,
    tag_of,
)
from hudhud.queue.slots import SLOTS, read_map, slot


def test_a_slot_is_what_every_cluster_computes():
    # As `CLUSTER KEYSLOT` answers for 123456789, foo and bar.
    assert [slot(tag) for tag in ("123456789", "foo", "bar")] == [12739, 12182, 5061]


@pytest.mark.parametrize("servers", range(2, 9))
def test_the_shards_are_spread_over_any_number_of_servers(servers: int):
    held = Counter(slot(tag) * servers // SLOTS for tag in TAGS for _ in shards_of(tag))
    assert len(held) == servers
    assert max(held.values()) <= -(-len(TAGS) // servers) * SHARDS // len(TAGS)


def test_every_shard_belongs_to_one_tag_and_all_its_keys_carry_it():
    assert sorted(number for tag in TAGS for number in shards_of(tag)) == list(range(SHARDS))
    for tag in TAGS:
        for number in shards_of(tag):
            for kind in ("reply", "send"):
                assert [tag_of(key) for key in keys_of(kind, [number])] == [tag, tag]


def test_keys_of_a_shard_differ():
    keys = {key for kind in ("reply", "send") for n in range(SHARDS) for key in keys_of(kind, [n])}
    assert len(keys) == 2 * (SHARDS + len(TAGS))


def test_merchants_do_not_own_shards():
    assert {shard(n) for n in range(1000)} == set(range(SHARDS))


def test_what_is_no_shards_has_a_tag_too():
    assert tag_of(spread_key("breakers")) in TAGS
    assert spread_key("breakers") == spread_key("breakers")
    assert tag_of("hudhud:live:1") == ""


def test_a_map_of_slots_is_read_with_the_login_of_who_was_asked():
    asked = Address(host="one", port=1, tls=True, user="me", password="secret")
    answer = [
        [0, 99, [b"10.0.0.1", 7001, b"id", []], [b"10.0.0.2", 7002, b"id", []]],
        [100, 199, [None, 7003, b"id", [b"hostname", b"x"]]],
        [200, 299, [b"", 7004, b"id"]],
    ]
    login = {"tls": True, "user": "me", "password": "secret"}
    assert read_map(answer, asked) == [
        (
            range(100),
            (
                Address(host="10.0.0.1", port=7001, **login),
                Address(host="10.0.0.2", port=7002, **login),
            ),
        ),
        (range(100, 200), (Address(host="one", port=7003, **login),)),
        (range(200, 300), (Address(host="one", port=7004, **login),)),
    ]


def test_the_address_of_a_cluster_is_read():
    assert read("valkeys+cluster://me:p%40ss@one:7000,two,[::1]:7002") == ClusterAddress(
        tuple(
            Address(host=host, port=port, tls=True, user="me", password="p@ss")
            for host, port in (("one", 7000), ("two", 6379), ("::1", 7002))
        )
    )


def test_the_address_of_sentinels_is_read():
    url = "redis+sentinel://:secret@one,two:5000/birds/3?sentinel_password=other"
    assert read(url) == SentinelAddress(
        (
            Address(host="one", port=26379, password="other"),
            Address(host="two", port=5000, password="other"),
        ),
        "birds",
        Address(password="secret", database=3),
    )


@pytest.mark.parametrize(
    "url",
    [
        "valkey+cluster://one/1",
        "valkey+cluster://one:port",
        "valkey+sentinel://one,two",
        "valkey+sentinel://one/birds/x",
        "valkey+swarm://one",
        "unix+cluster:///run/socket",
    ],
)
def test_a_wrong_address_of_several_is_refused(url: str):
    with pytest.raises(BadInputError):
        read(url)
