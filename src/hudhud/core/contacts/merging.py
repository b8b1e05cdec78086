"""Two contacts that are one: merged by the sweep, or because a person says so (S3)."""

from __future__ import annotations

import asyncio
from typing import Literal

from hudhud.core.dead_letters import Actor
from hudhud.core.handoff import Hints
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.store.contacts import merging as store
from hudhud.store.contacts.merging import Outcome, Wish
from hudhud.store.pool import Database, Deadlock, Refused

# A wish waits so long for an answer under way; then that is thrown away and made with all messages.
PATIENCE_S = 30.0
WISHES_MAX = 100
# A person looks at the page meanwhile; whatever is still under way then, the sweep waits for.
TRIES = 10
PAUSE_S = 0.1


async def merge_wished(database: Database, hints: Hints | None) -> int:
    """Merge whoever is to be merged and is at rest; each in a transaction of its own.

    Returns: how many contacts went.
    """
    merged = 0
    for wish in await store.wished(database, patience_s=PATIENCE_S, limit=WISHES_MAX):
        try:
            merged += await _merge(database, hints, wish) == "merged"
        except Refused as error:
            # One pair that PostgreSQL refuses stops none behind it (trap 8); a person looks at it.
            emit("contact.not_merged", "error", kept=wish.kept_id, sqlstate=error.sqlstate)
            async with database.deed(wish.merchant_id) as connection:
                await store.ask(connection, wish)
    return merged


async def merge(
    database: Database, hints: Hints | None, merchant_id: int, one: int, other: int, actor: Actor
) -> Literal["merged", "wished"]:
    """Make two contacts one because a person says so; the elder stays, with all of both.

    Args:
        database: the pool.
        hints: where workers and pages hear of it; without them the sweep finds what is due.
        merchant_id: whose contacts.
        one: the one contact.
        other: the other.
        actor: who says so.

    Returns: `merged`, or `wished`: something is being sent, the sweep does it right after.

    Raises:
        BadInputError: that is one contact.
        NotFoundError: this merchant has not both.
    """
    if one == other:
        raise BadInputError("These are the same contact already.")
    async with database.deed(merchant_id) as connection:
        wish = await store.wish(connection, one, other, actor.name)
    if wish is None:
        raise NotFoundError("Both contacts must be there.")
    for turn in range(TRIES):
        if turn:
            await asyncio.sleep(PAUSE_S)
        outcome = await _merge(database, hints, wish)
        if outcome != "busy":
            return "merged"  # `gone`: somebody merged them meanwhile
    return "wished"


async def keep_apart(
    database: Database, merchant_id: int, one: int, other: int, actor: Actor
) -> None:
    """Record that two contacts are two, so that nobody is asked again.

    Raises:
        NotFoundError: nobody asks that, or it was decided meanwhile.
    """
    async with database.deed(merchant_id) as connection:
        if not await store.refuse(connection, one, other, actor.name):
            raise NotFoundError("It was decided meanwhile.")
    emit("contact.kept_apart", contacts=[one, other], actor=actor.name)


async def _merge(database: Database, hints: Hints | None, wish: Wish) -> Outcome:
    try:
        async with database.deed(wish.merchant_id) as connection:
            outcome, conversations = await store.merge(connection, wish)
    except Deadlock:
        return "busy"
    if outcome != "busy":
        emit(
            "contact.merge_ended",
            outcome=outcome,
            kept=wish.kept_id,
            gone=wish.gone_id,
            merchant=wish.merchant_id,
        )
    for conversation_id in conversations:
        if hints is not None:
            # Whoever finds nothing due there puts it away; a wrong hint costs one look.
            hints.reply(wish.merchant_id, conversation_id, 0)
            hints.send(wish.merchant_id, conversation_id, 0)
            hints.changed(wish.merchant_id, conversation_id)
    return outcome
