"""One file: found through its channel, streamed, checked, stored; and what a failure means."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
from yarl import URL

from hudhud.channels.contract import Located
from hudhud.core.adapters import Spoken, spoken
from hudhud.core.app import App
from hudhud.core.media.disk import Written
from hudhud.core.media.download import downloading
from hudhud.core.media.keeping import kept
from hudhud.core.media.kinds import BYTES_MAX, agreed
from hudhud.core.media.storage import Storage
from hudhud.core.outside.services import inbox_service
from hudhud.core.retry import Again, Dead, decide
from hudhud.errors import (
    BreakerOpenError,
    MediaRefusedError,
    MediaUnavailableError,
    SendUnknownError,
    StorageUnavailableError,
)
from hudhud.model import Attachment
from hudhud.store.media import Fetching, Stored

STORAGE_PAUSE_S = 30.0
BREAKER_PAUSE_S = 5.0


async def fetch(
    app: App,
    storage: Storage,
    http: aiohttp.ClientSession,
    downloads: aiohttp.ClientSession,
    row: Fetching,
) -> Stored:
    """Fetch one file and store it whole.

    Args:
        app: the open parts.
        storage: where files lie.
        http: the session that asks providers.
        downloads: a `download_session`.
        row: as it was claimed.

    Raises:
        MediaRefusedError: it is not taken, and will not be.
        MediaUnavailableError, StorageUnavailableError, BreakerOpenError: not now.
        SendNotMadeError, SendRejectedError: what the channel's `locate` says.
    """
    inbox = await app.inboxes.by_id(row.merchant_id, row.inbox_id)
    if inbox is None:
        raise MediaRefusedError("The inbox is disabled.")
    speaks = spoken(inbox)
    located = await _locate(app, http, speaks, row)
    most = min(BYTES_MAX[row.kind], app.settings.media_bytes_max)
    if located.bytes is not None and located.bytes > most:
        raise MediaRefusedError(f"It is larger than {most} bytes.")
    async with _opened(app, downloads, located, speaks, row) as chunks:
        written = await storage.scratch.write(row.public_id, row.attempts, chunks, bytes_max=most)
    try:
        _compared(row, located, written)
        mime = agreed(row.kind, row.mime or located.mime, written.head)
        return await kept(storage, row.public_id, written, kind=row.kind, mime=mime)
    finally:
        storage.scratch.forget(written.path)


async def _locate(app: App, http: aiohttp.ClientSession, speaks: Spoken, row: Fetching) -> Located:
    about = Attachment(
        kind=row.kind,
        source=row.source,
        mime=row.mime,
        sha256=row.sha256,
        file_name=row.file_name,
        voice=row.voice,
    )
    limit_s = app.settings.send_timeout_s
    try:
        async with app.breakers.calling(inbox_service(row.inbox_id), deadline_s=limit_s):
            found: Located = await speaks.channel.locate(
                http, speaks.options, about, timeout_s=limit_s
            )
    except SendUnknownError as error:
        # Nothing was sent by asking: here it is no more than "not now".
        raise MediaUnavailableError(error.detail) from error
    return found


@asynccontextmanager
async def _opened(
    app: App,
    downloads: aiohttp.ClientSession,
    located: Located,
    speaks: Spoken,
    row: Fetching,
) -> AsyncIterator[AsyncIterator[bytes]]:
    if located.data is not None:
        yield _one(located.data)
        return
    if located.kept:
        yield app.storage.read(located.kept, 0, BYTES_MAX[row.kind] + 1)
        return
    # The inbox may point into a private network itself: the simulator, a gateway of our own.
    own = getattr(speaks.options, "api_url", "")
    trusted = frozenset({str(URL(own).origin())} if own else ())
    limit_s = app.settings.media_timeout_s
    async with (
        app.breakers.calling(f"media/{row.inbox_id}", deadline_s=limit_s),
        downloading(
            downloads, located.url, located.headers, trusted=trusted, timeout_s=limit_s
        ) as chunks,
    ):
        yield chunks


async def _one(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _compared(row: Fetching, located: Located, written: Written) -> None:
    told = (row.sha256 or located.sha256).strip()
    if told and not same_digest(told, written.sha256):
        # A download that was cut looks like this as well: worth another attempt.
        raise MediaUnavailableError("Its digest is not the one that the provider told.")
    if located.bytes is not None and located.bytes != written.size_bytes:
        raise MediaUnavailableError("It is not as long as the provider told.")
    if not written.size_bytes:
        raise MediaUnavailableError("It is empty.")


def same_digest(told: str, found: str) -> bool:
    """Whether two SHA-256 are one; providers write them in hexadecimal or in base64."""
    return told.lower() == found or told == b64encode(bytes.fromhex(found)).decode()


def following(row: Fetching, error: Exception, now: datetime, *, attempts_max: int) -> Again | Dead:
    """Decide what follows from a failure; pure. A full disk or an open breaker is no attempt.

    Args:
        row: as it was claimed.
        error: what went wrong.
        now: the moment of it.
        attempts_max: most attempts that count (Q6).
    """
    if isinstance(error, StorageUnavailableError):
        return Again(at=now + timedelta(seconds=STORAGE_PAUSE_S), counted=False)
    if isinstance(error, BreakerOpenError):
        wait_s = max(error.retry_after_s or 0.0, BREAKER_PAUSE_S)
        return Again(at=now + timedelta(seconds=wait_s), counted=False)
    return decide(
        error,
        row.attempts - row.spared,
        now,
        attempts_max=attempts_max,
        spared=row.spared,
    )
