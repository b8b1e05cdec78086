"""An operator answers with a file: it is looked at and kept, then said like words (S7, S8)."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import AsyncIterator
from functools import partial
from types import ModuleType
from typing import NamedTuple

from hudhud import registry
from hudhud.core.handoff import Hints, said
from hudhud.core.media.choosing import SentKind, bytes_max, chosen, named
from hudhud.core.media.keeping import kept
from hudhud.core.media.kinds import agreed
from hudhud.core.media.storage import Storage
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    MediaRefusedError,
    NotFoundError,
    StorageUnavailableError,
    WindowClosedError,
)
from hudhud.model import Files, Media
from hudhud.store import handoff as store
from hudhud.store import media
from hudhud.store.media import Stored
from hudhud.store.pool import Database

_CAPTIONED = frozenset({"image", "video", "document"})


class Upload(NamedTuple):
    """A file as a browser gives it: what it calls it, what it takes it for, its bytes."""

    file_name: str
    mime: str
    chunks: AsyncIterator[bytes]


class _SaidBeforeError(Exception):
    """The same click came twice; everything of the second is taken back."""


async def reply_with_file(
    database: Database,
    hints: Hints,
    storage: Storage,
    merchant_id: int,
    conversation_id: int,
    operator_id: int,
    upload: Upload,
    words: str,
    *,
    key: str,
    reply_to: int | None = None,
) -> None:
    """Answer with a file as a person; words go under it, or after it where a channel wants that.

    Args:
        database: the pool.
        hints: where workers hear of it.
        storage: where files lie.
        merchant_id: whose conversation.
        conversation_id: which.
        operator_id: who answers.
        upload: the file.
        words: what is said with it; may be empty.
        key: of this one click; a double click sends once.
        reply_to: our id of the message that it quotes.

    Raises:
        NotFoundError: this merchant has no such conversation, or it no such message.
        MediaRefusedError: the channel takes no such file, or none that large.
        StorageUnavailableError: it cannot be kept now.
        BadInputError, WindowClosedError: as of a reply in words.
    """
    channel = await _channel_of(database, merchant_id, conversation_id)
    public_id = uuid.uuid4()
    kind, stored = await _kept(storage, public_id, upload, channel.FILES)
    file_name, under = named(upload.file_name, stored.mime), _under(channel, kind, words)
    try:
        async with database.deed(merchant_id) as connection:
            media_id = await media.keep(
                connection,
                public_id,
                stored,
                merchant_id=merchant_id,
                conversation_id=conversation_id,
                kind=kind,
                file_name=file_name,
            )
            content = Media(type=kind, media_id=media_id, caption=under, file_name=file_name)
            say = partial(said, connection, conversation_id, operator_id)
            _refuse_repeated(await say("", key=key, content=content, reply_to=reply_to))
            if words and not under:
                await say(words, key=f"{key}.words")
    except _SaidBeforeError:
        await _forgotten(storage, stored)
    except (NotFoundError, BadInputError, WindowClosedError):
        # Of anything else nobody knows whether it was committed, and the file must be there then.
        await _forgotten(storage, stored)
        raise
    hints.send(merchant_id, conversation_id, 0)
    hints.changed(merchant_id, conversation_id)


async def _channel_of(database: Database, merchant_id: int, conversation_id: int) -> ModuleType:
    async with database.reading(merchant_id) as connection:
        channel = await store.channel_of_conversation(connection, conversation_id)
    if channel is None:
        raise NotFoundError("No such conversation.")
    return registry.adapter("channels", channel)


async def _kept(
    storage: Storage, public_id: uuid.UUID, upload: Upload, files: Files
) -> tuple[SentKind, Stored]:
    written = await storage.scratch.write(public_id, 0, upload.chunks, bytes_max=bytes_max(files))
    try:
        if not written.size_bytes:
            raise MediaRefusedError("It is empty.")
        mime = agreed("document", upload.mime, written.head)
        kind = chosen(files, mime, written.size_bytes)
        return kind, await kept(storage, public_id, written, kind=kind, mime=mime)
    finally:
        storage.scratch.forget(written.path)


def _under(channel: ModuleType, kind: SentKind, words: str) -> str:
    """The words as a caption, where the channel shows one and they fit; else empty."""
    if kind not in _CAPTIONED:
        return ""
    try:
        channel.checked(Media(type=kind, media_id=1, caption=words))
    except BadInputError:
        return ""
    return words


def _refuse_repeated(fresh: bool) -> None:  # noqa: FBT001 - its one question
    if not fresh:
        raise _SaidBeforeError


async def _forgotten(storage: Storage, stored: Stored) -> None:
    with contextlib.suppress(StorageUnavailableError, BreakerOpenError):
        for key in filter(None, (stored.key, stored.thumbnail_key)):
            await storage.drop(key)
