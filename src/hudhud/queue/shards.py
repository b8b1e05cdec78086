"""The 64 shards: which one a conversation lives in, and the names of its keys."""

from __future__ import annotations

from typing import Final, Literal

# Fixed for good: another figure would look for the same conversation in another place.
SHARDS: Final = 64

Kind = Literal["reply", "send"]


def shard(conversation_id: int) -> int:
    """The shard of a conversation; not of a merchant, or a hot one would own a shard (trap 20)."""
    return conversation_id % SHARDS


def due_key(kind: Kind, number: int) -> str:
    """The sorted set of one shard: member `merchant:conversation`, score Valkey's time in ms."""
    return f"hudhud:{{h{number}}}:{kind}:due"


def wake_key(kind: Kind, number: int) -> str:
    """The wake list of one shard. One hash tag for all its keys, so scripts run in a cluster."""
    return f"hudhud:{{h{number}}}:{kind}:wake"


def member(merchant_id: int, conversation_id: int) -> str:
    """How an entry is written."""
    return f"{merchant_id}:{conversation_id}"


def read_member(text: bytes) -> tuple[int, int]:
    """Read an entry back into (merchant_id, conversation_id)."""
    merchant_id, _, conversation_id = text.partition(b":")
    return int(merchant_id), int(conversation_id)
