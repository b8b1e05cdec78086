"""A file that a visitor gives: taken, looked at, and named by a token until its message comes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from starlette.responses import JSONResponse, Response

from hudhud.core.media import uploads
from hudhud.core.media.uploads import Upload
from hudhud.errors import MediaRefusedError
from hudhud.web.chat import signing
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.refusing import Refused

FILE_BYTES_MAX: Final = 25 * 1024 * 1024
NAME_CHARS_MAX: Final = 120
ACCEPT: Final = "image/*,audio/*,video/*,application/pdf,.doc,.docx,.xls,.xlsx"
SWEEP_S: Final = 3600.0
_USE = "file"
_swept_s = 0.0


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One upload, whose it is, and how it was called."""

    inbox_id: int
    visitor: str
    name: str
    upload: Upload


async def receive(asked: Asked) -> Response:
    """Take one file as the body of the request, and give the token that names it."""
    settings, request = asked.context.settings, asked.request
    most = min(FILE_BYTES_MAX, settings.media_bytes_max)
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise Refused(413, "too_large")
    await _sweep(asked)
    try:
        upload = await uploads.receive(
            asked.context.storage,
            _chunks(asked),
            request.headers.get("content-type", ""),
            bytes_max=most,
        )
    except MediaRefusedError:
        raise Refused(422, "not_taken") from None
    name = request.query_params.get("name", "")[-NAME_CHARS_MAX:]
    file = File(inbox_id=asked.inbox.id, visitor=asked.visitor.id, name=name, upload=upload)
    return JSONResponse({"file": signing.signed(settings.secret_key, file, use=_USE)})


def named(asked: Asked, token: str) -> dict[str, str]:
    """The file of a token, as the body of its message names it.

    Raises:
        Refused: this visitor was given no such token.
    """
    file = signing.read(asked.context.settings.secret_key, token, File, use=_USE)
    if file is None or (file.inbox_id, file.visitor) != (asked.inbox.id, asked.visitor.id):
        raise Refused(422, "misread")
    kept = file.upload
    return {
        "key": kept.key,
        "kind": kept.kind,
        "mime": kept.mime,
        "sha256": kept.sha256,
        "name": file.name,
    }


async def _chunks(asked: Asked) -> AsyncIterator[bytes]:
    async for chunk in asked.request.stream():
        if chunk:
            yield chunk


async def _sweep(asked: Asked) -> None:
    global _swept_s  # noqa: PLW0603 - one for the process, whose disk it is
    if time.monotonic() - _swept_s > SWEEP_S:
        _swept_s = time.monotonic()
        await asyncio.to_thread(uploads.sweep, asked.context.storage.scratch)
