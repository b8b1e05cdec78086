"""Dead letters: read, mended, tried again, answered or closed by a person, one or many (Q6).

Every deed is one transaction for a group of letters, audited, and repeatable: what somebody
settled before is left as it is. One that fails again is the same letter with a longer history.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal

import msgspec

from hudhud.core.handoff import Hints, said, words_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.store.letters import reading, settling
from hudhud.store.letters.reading import Which
from hudhud.store.letters.settling import Settled
from hudhud.store.pool import Database

GROUP = 200  # letters of one transaction
CHOSEN_MAX = 1000
# What every channel takes in one message; a longer text would be refused again.
TEXT_CHARS_MAX = 4096

Verdict = Literal["retry", "discard"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who does it, as the audit names them: an operator, or somebody at the command line."""

    name: str
    operator_id: int | None = None

    @classmethod
    def operator(cls, operator_id: int) -> Actor:
        """An operator, at the console or with a token."""
        return cls(name=f"operator:{operator_id}", operator_id=operator_id)


async def read(database: Database, merchant_id: int, letter_id: int) -> dict[str, Any]:
    """One letter whole, with its `history` (`store.letters.reading`).

    Raises:
        NotFoundError: this merchant has no such letter.
    """
    async with database.reading(merchant_id) as connection:
        letter = await reading.one(connection, letter_id)
        if letter is None:
            raise NotFoundError(f"Dead letter {letter_id}.")
        history = await reading.history(connection, letter_id)
    return {**letter, "history": [dict(row) for row in history]}


async def settle(
    database: Database,
    hints: Hints | None,
    merchant_id: int,
    letter_ids: Sequence[int],
    verdict: Verdict,
    actor: Actor,
) -> list[Settled]:
    """Try these letters again, or close them.

    A retried batch returns to the assistant together with whatever is waiting in its conversation,
    unless a colleague holds that: then it waits for them. A retried send is queued again together
    with the parts that were cancelled behind it. A closed letter stays, and may still be retried.

    Args:
        database: the pool.
        hints: where workers hear of it; without them the sweep finds what is due.
        merchant_id: whose; letters of others do not exist here.
        letter_ids: which, at most CHOSEN_MAX.
        verdict: `retry` or `discard`.
        actor: who decides.

    Returns: those that this call settled; the others were settled before, or never existed.

    Raises:
        BadInputError: too many at once.
    """
    if len(letter_ids) > CHOSEN_MAX:
        raise BadInputError(f"At most {CHOSEN_MAX} letters at once.")
    done: list[Settled] = []
    chosen = sorted(set(letter_ids))
    for start in range(0, len(chosen), GROUP):
        done += await _settle(
            database, hints, merchant_id, chosen[start : start + GROUP], verdict, actor
        )
    return done


async def settle_matching(
    database: Database,
    hints: Hints | None,
    merchant_id: int,
    which: Which,
    verdict: Verdict,
    actor: Actor,
) -> AsyncIterator[list[Settled]]:
    """The same for every open letter that matches; each group is told as it is done.

    It goes up by id and stops at the newest letter that was there when it began: one that fails
    again at once, or a new one, is not tried for ever.
    """
    which = msgspec.structs.replace(which, state="open")
    async with database.reading(merchant_id) as connection:
        newest = await reading.newest(connection, merchant_id)
    after = 0
    while True:
        async with database.reading(merchant_id) as connection:
            found = await reading.ids(
                connection, merchant_id, which, after=after, up_to=newest, limit=GROUP
            )
        if not found:
            return
        after = found[-1]
        yield await _settle(database, hints, merchant_id, found, verdict, actor)


async def edit(
    database: Database, merchant_id: int, letter_id: int, text: str, actor: Actor
) -> bool:
    """Change the words of a reply that the provider refused, before it is tried again.

    Returns: whether anything changed; the same words twice change nothing.

    Raises:
        NotFoundError: no such letter, or it was settled meanwhile.
        BadInputError: nothing was written, or too much; or the letter is a batch, which has no
            words of ours.
    """
    words = words_of(text, TEXT_CHARS_MAX)
    async with database.deed(merchant_id) as connection:
        letter = _open(await settling.lock(connection, letter_id))
        if letter["kind"] != "send":
            raise BadInputError("These are the customer's words: answer them, or try again.")
        changed = await settling.edit(connection, letter, words, actor=actor.name)
    if changed:
        emit("dead_letter.edited", dead_letter=letter_id)
    return changed


async def answer(
    database: Database,
    hints: Hints,
    merchant_id: int,
    letter_id: int,
    operator_id: int,
    text: str,
    *,
    key: str,
) -> None:
    """Answer a letter as a person: the operator holds the conversation, the letter is closed.

    Args:
        database: the pool.
        hints: where workers hear of it.
        merchant_id: whose.
        letter_id: which.
        operator_id: who answers.
        text: the words.
        key: of this one click; a double click sends once.

    Raises:
        NotFoundError: no such letter, or it was settled meanwhile.
        BadInputError: nothing was written, or too much.
    """
    words = words_of(text, TEXT_CHARS_MAX)
    actor = Actor.operator(operator_id)
    async with database.deed(merchant_id) as connection:
        letter = _open(await settling.lock(connection, letter_id))
        await settling.answered(connection, letter, actor=actor.name)
        conversation_id = letter["conversation_id"]
        await said(connection, conversation_id, operator_id, words, key=key)
    emit("dead_letter.settled", dead_letter=letter_id, verdict="answered")
    hints.send(merchant_id, conversation_id, 0)
    hints.changed(merchant_id, conversation_id)


async def _settle(
    database: Database,
    hints: Hints | None,
    merchant_id: int,
    letter_ids: Sequence[int],
    verdict: Verdict,
    actor: Actor,
) -> list[Settled]:
    async with database.deed(merchant_id) as connection:
        if verdict == "retry":
            done = await settling.retry(
                connection, letter_ids, actor=actor.name, operator_id=actor.operator_id
            )
        else:
            done = await settling.discard(connection, letter_ids, actor=actor.name)
    for one in done:
        emit("dead_letter.settled", dead_letter=one.letter_id, verdict=one.settlement)
        if hints is not None:
            _tell(hints, merchant_id, one)
    return done


def _tell(hints: Hints, merchant_id: int, one: Settled) -> None:
    if one.settlement == "retry":
        hints.send(merchant_id, one.conversation_id, 0)
    if one.due:
        hints.reply(merchant_id, one.conversation_id, 0)
    hints.changed(merchant_id, one.conversation_id)


def _open(letter: Any) -> Any:
    if letter is None or letter["settled_at"] is not None:
        raise NotFoundError("It was settled meanwhile.")
    return letter
