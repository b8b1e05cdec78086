"""A batch waits for the words of its voice notes, for a while; then a person hears them (S8)."""

from __future__ import annotations

import asyncio
import time

import msgspec

from hudhud.settings import Settings
from hudhud.store import media
from hudhud.store.conversations import Claim
from hudhud.store.pool import Database

LOOK_S = 0.25
# What a channel calls a message that may be a voice note; nothing is asked for the others.
KIND = "audio"


async def listened(database: Database, settings: Settings, claim: Claim) -> Claim | None:
    """The batch with the words of its voice notes in their place; None: a person has to hear them.

    Waiting holds the lease and a slot, nothing else: whoever dies meanwhile is followed by another.
    What is a sound and no voice note is the responder's business.

    Args:
        database: the worker's pool.
        settings: where voice notes are heard, and how long a batch waits for it.
        claim: the claimed batch.

    Raises:
        StoreUnavailableError: PostgreSQL stays away.
    """
    ids = [said.id for said in claim.messages if said.kind == KIND and not said.text]
    ends = time.monotonic() + settings.hearing_wait_s
    while ids:
        async with database.reading(claim.claimed.merchant_id) as connection:
            rows = await media.voices(connection, ids)
        words = {row["message_id"]: row["transcript"] for row in rows if row["hearing"] == "heard"}
        if len(words) == len({row["message_id"] for row in rows}):
            return _with(claim, words)
        coming = all(_coming(row["state"], row["hearing"]) for row in rows)
        if not settings.hearing_url or not coming or time.monotonic() >= ends:
            return None
        await asyncio.sleep(LOOK_S)
    return claim


def _coming(state: str, hearing: str | None) -> bool:
    """Whether the words are there or on their way; pure."""
    return state in ("queued", "fetching") or hearing in ("queued", "hearing", "heard")


def _with(claim: Claim, words: dict[int, str]) -> Claim:
    return msgspec.structs.replace(
        claim,
        messages=tuple(
            msgspec.structs.replace(said, text=words.get(said.id, said.text))
            for said in claim.messages
        ),
    )
