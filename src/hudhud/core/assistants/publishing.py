"""A draft begins to answer, or an older version answers again."""

from __future__ import annotations

import msgspec

from hudhud.core.assistants.asked import fingerprint
from hudhud.core.assistants.drafting import held
from hudhud.errors import BadInputError, NotFoundError, RegressedError
from hudhud.events import emit
from hudhud.model import Assistant
from hudhud.store import assistants
from hudhud.store.assistants import rehearsals, versions
from hudhud.store.pool import Connection, Database

REASON_CHARS_MAX = 500


async def publish(
    database: Database, merchant_id: int, assistant_id: int, *, by: str, forced: str = ""
) -> int:
    """Let the draft answer from now on, and return its number.

    Where the assistant has scripts, exactly these contents must have been rehearsed, and nothing
    may have become worse; `forced` is the reason for publishing all the same, and is kept.

    Raises:
        NotFoundError: no such assistant, or it has no draft.
        RegressedError: it was not rehearsed so, or something became worse.
    """
    async with database.deed(merchant_id) as connection:
        now = await held(connection, assistant_id)
        draft = await versions.numbered(connection, now, None)
        if draft is None:
            raise NotFoundError(f"{now.name} has no draft.")
        why = await _in_its_way(connection, now, draft.assistant)
        reason = forced.strip()[:REASON_CHARS_MAX]
        if why and not reason:
            raise RegressedError(why)
        number = await versions.number_draft(connection, assistant_id)
        answering = msgspec.structs.replace(draft.assistant, version=number)
        await assistants.replace(connection, answering)
        kept = reason if why else None
        await versions.note_published(connection, assistant_id, number, by=by, forced=kept)
    emit("assistant.published", assistant=assistant_id, number=number, forced=bool(why), by=by)
    return number


async def publish_again(
    database: Database, merchant_id: int, assistant_id: int, number: int, *, by: str
) -> None:
    """Let an older version answer again; the draft stays a draft.

    Raises:
        NotFoundError: no such assistant, or it has no such version.
        BadInputError: it answers already.
    """
    async with database.deed(merchant_id) as connection:
        now = await held(connection, assistant_id)
        wanted = await versions.numbered(connection, now, number)
        if wanted is None:
            raise NotFoundError(f"{now.name} has no version {number}.")
        if now.version == number:
            raise BadInputError(f"Version {number} answers already.")
        await assistants.replace(connection, wanted.assistant)
        await versions.note_published(connection, assistant_id, number, by=by, forced=None)
    emit("assistant.published", assistant=assistant_id, number=number, forced=False, by=by)


async def _in_its_way(connection: Connection, now: Assistant, draft: Assistant) -> str:
    """Why it should not be published yet; empty when nothing is in its way."""
    if not await rehearsals.scripts(connection, now.id):
        return ""
    print_of = fingerprint(draft)
    last = await rehearsals.newest(connection, now.id, fingerprint=print_of)
    if last is None or last.done_at is None:
        return f"This draft of {now.name} was not rehearsed yet."
    if last.stopped:
        return f"The rehearsal of this draft of {now.name} was stopped: today's spend is reached."
    if last.regressed:
        return f"{last.regressed} expectations hold now, and not with this draft of {now.name}."
    return ""
