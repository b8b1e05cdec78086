"""What the composer sends: words, or a file with words; both end at the same deeds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from hudhud.core import handoff
from hudhud.core.media.replying import Upload, reply_with_file
from hudhud.web import sessions
from hudhud.web.console.conversations import number
from hudhud.web.console.page import FORM_BYTES_MAX, context_of

READ_BYTES = 256 * 1024
FIELDS_MAX = 20


@dataclass(frozen=True, slots=True)
class Composed:
    """One reply as it was written: `quote` is our id of the message that it answers."""

    text: str
    key: str
    quote: int | None
    upload: Upload | None


@asynccontextmanager
async def composed(request: Request) -> AsyncIterator[Composed]:
    """Read the form; a file lies in a temporary place while the block lasts.

    Raises:
        HTTPException: 403 when another site sent it, 413 when it is too large.
    """
    settings = context_of(request).settings
    if not sessions.from_our_page(request, settings):
        raise HTTPException(403)
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > settings.media_bytes_max + FORM_BYTES_MAX:
        raise HTTPException(413)
    async with request.form(max_files=1, max_fields=FIELDS_MAX) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        file = form.get("file")
        # Browsers send line ends as CR LF; customers read LF.
        yield Composed(
            text=fields.get("text", "").replace("\r\n", "\n").replace("\0", ""),
            key=fields.get("key", ""),
            quote=number(fields.get("quote", "")),
            upload=_upload(file) if isinstance(file, UploadFile) and file.filename else None,
        )


async def say(request: Request, conversation_id: int, reply: Composed) -> None:
    """Do what was written.

    Raises:
        NotFoundError, BadInputError, WindowClosedError, StoreUnavailableError: as of a reply.
        MediaRefusedError, StorageUnavailableError: as of a file.
    """
    context, operator = context_of(request), request.state.operator
    if reply.upload is None:
        await handoff.reply(
            context.database,
            context.hints,
            operator.merchant_id,
            conversation_id,
            operator.id,
            reply.text,
            key=reply.key,
            reply_to=reply.quote,
        )
        return
    await reply_with_file(
        context.database,
        context.hints,
        context.storage,
        operator.merchant_id,
        conversation_id,
        operator.id,
        reply.upload,
        reply.text.strip(),
        key=reply.key,
        reply_to=reply.quote,
    )


def _upload(file: UploadFile) -> Upload:
    mime = (file.content_type or "").partition(";")[0].strip().lower()
    return Upload(file.filename or "", mime, _chunks(file))


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(READ_BYTES):
        yield chunk
