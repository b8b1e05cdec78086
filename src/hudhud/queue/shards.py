"""The 64 shards: which one a conversation lives in, and the names of its keys.

A cluster serves a script, or a blocking pop, only when all its keys lie in one slot, and the slot
hangs on the part of a name in braces. All keys of one shard carry one such hash tag (trap 20), and
eight shards share a tag, so that eight blocking pops reach them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal
from zlib import crc32

# Fixed for good: another figure would look for the same conversation in another place.
SHARDS: Final = 64
# One in the middle of each eighth of a cluster's 16,384 slots: however two to eight servers part
# the slots among them, each has its share of the shards.
TAGS: Final = ("v5", "q8", "g7", "q9", "t9", "b7", "t8", "s5")

Kind = Literal["reply", "send"]


def shard(conversation_id: int) -> int:
    """The shard of a conversation; not of a merchant, or a hot one would own a shard (trap 20)."""
    return conversation_id % SHARDS


def shards_of(tag: str) -> range:
    """The shards whose keys carry this tag."""
    return range(TAGS.index(tag), SHARDS, len(TAGS))


def tag_of_shard(number: int) -> str:
    """The tag that the keys of a shard carry."""
    return TAGS[number % len(TAGS)]


@cache
def due_key(kind: Kind, number: int) -> str:
    """The sorted set of one shard: member `merchant:conversation`, score Valkey's time in ms."""
    return tagged(tag_of_shard(number), f"{kind}:{number}:due")


@cache
def woken_key(kind: Kind, tag: str) -> str:
    """The sorted set of wake tokens of all shards with this tag: the shard's number, and since."""
    return tagged(tag, f"{kind}:woken")


def keys_of(kind: Kind, numbers: Sequence[int]) -> tuple[str, ...]:
    """What the scripts work on: the tokens of a tag, then what is due in these shards of it."""
    dues = (due_key(kind, number) for number in numbers)
    return woken_key(kind, tag_of_shard(numbers[0])), *dues


def spread_key(name: str) -> str:
    """The key of anything that is no shard's: always the same tag for the same name."""
    return tagged(TAGS[crc32(name.encode()) % len(TAGS)], name)


def tagged(tag: str, name: str) -> str:
    """A key in the slot of a tag."""
    return f"hudhud:{{{tag}}}:{name}"


def tag_of(key: str) -> str:
    """The tag of a key; empty when it has none."""
    return key.partition("{")[2].partition("}")[0]


def member(merchant_id: int, conversation_id: int) -> str:
    """How an entry is written."""
    return f"{merchant_id}:{conversation_id}"


def read_member(text: bytes) -> tuple[int, int]:
    """Read an entry back into (merchant_id, conversation_id)."""
    merchant_id, _, conversation_id = text.partition(b":")
    return int(merchant_id), int(conversation_id)
