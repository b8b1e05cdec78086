"""Deeds of a person: take over, answer, hand back, decide what only a person can decide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from hudhud import registry
from hudhud.core.templates import fitted
from hudhud.core.window import window_of
from hudhud.errors import BadInputError, NotFoundError, WindowClosedError
from hudhud.events import emit
from hudhud.model import Content, Template
from hudhud.store import handoff as store
from hudhud.store.desks import hand_overs
from hudhud.store.pool import Connection, Database

TEXT_CHARS_MAX = 20_000


class Hints(Protocol):
    """Tells the workers that something is due; losing a hint costs a sweep, never a message."""

    def reply(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """A batch is due in so many milliseconds."""

    def send(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """Something is to be sent."""

    def changed(self, merchant_id: int, conversation_id: int) -> None:
        """Live pages may want to look again."""


async def take_over(
    database: Database, hints: Hints, merchant_id: int, conversation_id: int, operator_id: int
) -> int:
    """Give the conversation to an operator; the assistant is silent until it is handed back (S7).

    Returns: how many messages of the assistant may still be on their way.

    Raises:
        NotFoundError: this merchant has no such conversation.
    """
    async with database.deed(merchant_id) as connection:
        conversation_id = (await _locked(connection, conversation_id))["id"]
        leaving = await store.to_person(connection, conversation_id, operator_id)
    emit("conversation.taken_over", conversation=conversation_id, operator=operator_id)
    hints.changed(merchant_id, conversation_id)
    return leaving


async def hand_back(
    database: Database, hints: Hints, merchant_id: int, conversation_id: int, operator_id: int
) -> None:
    """Give the conversation back; only what came after the last human reply waits (trap 19).

    Raises:
        NotFoundError: this merchant has no such conversation.
    """
    async with database.deed(merchant_id) as connection:
        conversation_id = (await _locked(connection, conversation_id))["id"]
        waits = await store.to_assistant(connection, conversation_id)
    emit("conversation.handed_back", conversation=conversation_id, operator=operator_id)
    if waits:
        hints.reply(merchant_id, conversation_id, 0)
    hints.changed(merchant_id, conversation_id)


async def done(
    database: Database, hints: Hints, merchant_id: int, conversation_id: int, operator_id: int
) -> None:
    """A person is done: what waits needs no more answer, and the assistant takes what comes next.

    Raises:
        NotFoundError: this merchant has no such conversation.
    """
    async with database.deed(merchant_id) as connection:
        row = await _locked(connection, conversation_id)
        if row["state"] == "human":
            await hand_overs.close_waiting(connection, row["id"], operator_id)
            await store.to_assistant(connection, row["id"])
    emit("conversation.closed", conversation=row["id"], operator=operator_id)
    hints.changed(merchant_id, row["id"])


async def hand_back_silent(database: Database, hints: Hints, *, limit: int) -> None:
    """Give back what persons have left alone for as long as their inboxes say (S7).

    Args:
        database: any pool as the runtime role.
        hints: where workers hear of what is due.
        limit: most conversations.
    """
    for found, waits in await hand_overs.hand_back_silent(database, limit=limit):
        emit("conversation.handed_back", conversation=found.conversation_id, operator=None)
        if waits:
            hints.reply(found.merchant_id, found.conversation_id, 0)
        hints.changed(found.merchant_id, found.conversation_id)


async def reply(
    database: Database,
    hints: Hints,
    merchant_id: int,
    conversation_id: int,
    operator_id: int,
    text: str,
    *,
    key: str,
    content: Content | None = None,
    reply_to: int | None = None,
) -> None:
    """Answer as a person; who answers holds the conversation from then on.

    Args:
        database: the pool.
        hints: where workers hear of it.
        merchant_id: whose conversation.
        conversation_id: which.
        operator_id: who answers.
        text: the words, at most TEXT_CHARS_MAX; with `content` they are not looked at.
        key: of this one click; a double click sends once.
        content: what is sent instead of words.
        reply_to: our id of the message that it quotes.

    Raises:
        NotFoundError: this merchant has no such conversation, or it no such message.
        BadInputError: nothing was written, or too much, or the channel does not take the content.
        WindowClosedError: the channel takes only a template now.
        TemplateUnfitError: this template may not be sent now, or its values do not fit.
    """
    words = words_of(text, TEXT_CHARS_MAX) if content is None else ""
    async with database.deed(merchant_id) as connection:
        await said(
            connection,
            conversation_id,
            operator_id,
            words,
            key=key,
            content=content,
            reply_to=reply_to,
        )
    hints.send(merchant_id, conversation_id, 0)
    hints.changed(merchant_id, conversation_id)


def words_of(text: str, chars_max: int) -> str:
    """What a person wrote, as it can be stored and sent.

    Raises:
        BadInputError: nothing was written, or too much.
    """
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not words or len(words) > chars_max:
        raise BadInputError(f"Write between 1 and {chars_max} characters.")
    return words


async def said(
    connection: Connection,
    conversation_id: int,
    operator_id: int,
    words: str,
    *,
    key: str,
    content: Content | None = None,
    reply_to: int | None = None,
) -> bool:
    """Say it as a person, inside a deed; who answers holds the conversation from then on.

    Returns: whether this key was new.

    Raises:
        NotFoundError: this merchant has no such conversation, or it no such message to quote.
        BadInputError: the channel does not take this content.
        WindowClosedError: the channel takes only a template now.
        TemplateUnfitError: this template may not be sent now, or its values do not fit.
    """
    row = await _locked(connection, conversation_id)
    conversation_id = row["id"]
    channel = registry.adapter("channels", await store.channel_of(connection, row["inbox_id"]))
    if isinstance(content, Template) and hasattr(channel, "form_of"):
        content = await fitted(connection, channel, row["inbox_id"], content)
    if content is not None:
        words = channel.checked(content)
    _refuse_closed(channel, row, content)
    quoted = None
    if reply_to is not None:
        quoted = await store.named_by_provider(connection, conversation_id, reply_to)
        if quoted is None:
            raise NotFoundError("The message that it quotes.")
    if row["state"] != "human" or row["operator_id"] != operator_id:
        await store.to_person(connection, conversation_id, operator_id)
    return await store.say(
        connection, row, operator_id, words, key=key, content=content, reply_to=quoted
    )


def _refuse_closed(channel: Any, row: Any, content: Content | None) -> None:
    if isinstance(content, Template):
        return
    window = window_of(
        channel,
        last_in_at=row["last_in_at"],
        free_entry_at=row["free_entry_at"],
        now=datetime.now(UTC),
    )
    if not window.takes(by_person=True):
        raise WindowClosedError


async def settle_unknown(
    database: Database,
    hints: Hints,
    merchant_id: int,
    outbox_id: int,
    operator_id: int,
    verdict: Literal["sent", "again", "discard"],
) -> None:
    """Decide on a send that may or may not have left; only a person may send it again (law 5).

    Raises:
        NotFoundError: it was settled meanwhile, or never existed here.
    """
    async with database.deed(merchant_id) as connection:
        conversation_id = await store.conversation_of(connection, outbox_id)
        await _locked(connection, conversation_id)
        settled = await store.settle_send(connection, outbox_id, verdict, datetime.now(UTC))
        if settled is None:
            raise NotFoundError("It was settled meanwhile.")
    emit("send.settled", outbox=outbox_id, operator=operator_id, verdict=verdict)
    hints.send(merchant_id, settled, 0)
    hints.changed(merchant_id, settled)


async def settle_set_aside(
    database: Database, merchant_id: int, journal_id: int, operator_id: int
) -> None:
    """Record that a person has read a webhook that could not be understood.

    Raises:
        NotFoundError: it was settled meanwhile, or never existed here.
    """
    async with database.deed(merchant_id) as connection:
        if not await store.settle_set_aside(connection, merchant_id, journal_id, operator_id):
            raise NotFoundError("It was settled meanwhile.")
    emit("webhook.read_by_person", journal=journal_id, operator=operator_id)


async def _locked(connection: Connection, conversation_id: int | None) -> Any:
    row = await store.lock(connection, conversation_id) if conversation_id else None
    if row is None:
        raise NotFoundError("No such conversation.")
    return row
