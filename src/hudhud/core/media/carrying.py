"""A file that we keep, made ready to leave as its channel wants it (S2, S8).

It happens between the record of a send and the send itself, so it has a time of its own: whoever
takes longer gives the row back, and nothing has left.
"""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime
from typing import Any

import aiohttp
import msgspec

from hudhud.core.adapters import Spoken
from hudhud.core.app import App
from hudhud.core.media.links import links_of
from hudhud.core.outside.services import inbox_service
from hudhud.errors import NotFoundError, SendRejectedError, SendUnknownError
from hudhud.model import Content, Media, Outgoing, Template
from hudhud.store import media
from hudhud.store.outbox import Begun

# With the time of the send itself it ends before the sweep calls the send unknown.
CARRY_S = 10.0
# What is read into memory to be given away; larger files are fetched from us, where that may be.
GIVEN_BYTES_MAX = 16 * 1024 * 1024


def names_file(content: Content | None) -> bool:
    """Whether a file that we keep is to leave with this content."""
    named = _of(content)
    return named is not None and named.media_id is not None


async def carried(
    app: App,
    http: aiohttp.ClientSession,
    speaks: Spoken,
    row: Begun,
    outgoing: Outgoing,
    now: datetime,
) -> Outgoing:
    """Name the file of a send as the provider can find it: uploaded, by a link, or as data.

    Args:
        app: the open parts.
        http: the session that sends.
        speaks: the channel and the inbox's options.
        row: what is being sent.
        outgoing: with a content that names a file that we keep.
        now: the moment.

    Raises:
        SendRejectedError: the file is not there, or the provider did not take it.
        SendNotMadeError, BreakerOpenError: the provider cannot be reached.
        StorageUnavailableError, StoreUnavailableError: we cannot read it now.
    """
    named = _of(outgoing.content)
    if named is None or named.media_id is None:
        return outgoing
    async with app.database.reading(row.merchant_id) as connection:
        file = await media.one(connection, named.media_id)
    if file is None or file["state"] != "stored":
        raise SendRejectedError("The file is not kept (any more).", code="file_gone")
    try:
        async with asyncio.timeout(CARRY_S):
            ready = await _ready(app, http, speaks, row, named, file, now)
    except TimeoutError as error:
        why = f"The file could not be given within {CARRY_S:.0f} s."
        raise SendRejectedError(why, code="file_slow", retry=True) from error
    return msgspec.structs.replace(outgoing, content=_with(outgoing.content, ready))


async def _ready(
    app: App,
    http: aiohttp.ClientSession,
    speaks: Spoken,
    row: Begun,
    named: Media,
    file: Any,
    now: datetime,
) -> Media:
    how, public = speaks.channel.FILES.by, app.settings.public_url
    ready = msgspec.structs.replace(
        named, media_id=None, file_name=named.file_name or file["file_name"]
    )
    if how == "link" or (file["bytes"] > GIVEN_BYTES_MAX and public):
        link = links_of(app.settings).outside(row.merchant_id, file["public_id"], now)
        return msgspec.structs.replace(ready, link=link)
    data = await _read(app, file)
    if how == "data":
        return msgspec.structs.replace(ready, link=base64.b64encode(data).decode())
    async with app.breakers.calling(inbox_service(row.inbox_id), deadline_s=CARRY_S):
        try:
            uploaded = await speaks.channel.upload(
                http,
                speaks.options,
                data,
                mime=file["mime"],
                file_name=ready.file_name or file["public_id"].hex,
                timeout_s=CARRY_S,
            )
        except SendUnknownError as error:
            # Nobody sees an upload: it may be made once more.
            raise SendRejectedError(
                error.detail, code="upload", retry=True, service="down"
            ) from error
    return msgspec.structs.replace(ready, uploaded=uploaded)


async def _read(app: App, file: Any) -> bytes:
    try:
        chunks = app.storage.read(file["stored_key"], 0, file["bytes"])
        return b"".join([chunk async for chunk in chunks])
    except NotFoundError as error:
        raise SendRejectedError("The file is not in the storage.", code="file_gone") from error


def _of(content: Content | None) -> Media | None:
    if isinstance(content, Template):
        return content.header_media
    return content if isinstance(content, Media) else None


def _with(content: Content | None, ready: Media) -> Content:
    if isinstance(content, Template):
        return msgspec.structs.replace(content, header_media=ready)
    return ready
