"""Files: which ones a message carries, where Meta keeps them, how ours get there."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Literal, cast

import aiohttp

from hudhud.channels import storable
from hudhud.channels.contract import Located
from hudhud.channels.graph.calling import call
from hudhud.channels.loose import record, words
from hudhud.channels.whatsapp.options import Options
from hudhud.errors import SendRejectedError, SendUnknownError
from hudhud.model import Attachment, Files, Takes

FILE_NAME_CHARS_MAX = 240
_MIB = 1024 * 1024
# Source: PLATFORM_FACTS part 6; Meta's list of supported media types.
FILES = Files(
    by="upload",
    takes={
        "image": Takes(5 * _MIB, frozenset({"image/jpeg", "image/png"})),
        "audio": Takes(
            16 * _MIB,
            frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
        ),
        "video": Takes(16 * _MIB, frozenset({"video/mp4", "video/3gpp"})),
        "document": Takes(100 * _MIB),
    },
)
_SHA256_BYTES = 32
_MEDIA_ID = re.compile(r"[A-Za-z0-9._-]{1,256}")
_FILES = frozenset({"image", "audio", "video", "document", "sticker"})


def attachments(raw: dict[str, Any], kind: str) -> tuple[Attachment, ...]:
    """The file of a message of this kind, () when it carries none that could be fetched.

    Source: PLATFORM_FACTS part 2; the id lives 7 days from the webhook.
    """
    body = record(raw.get(kind)) if kind in _FILES else {}
    source = words(body.get("id"))
    if not _MEDIA_ID.fullmatch(source):
        return ()
    return (
        Attachment(
            kind=cast('Literal["image", "audio", "video", "document", "sticker"]', kind),
            source=source,
            mime=storable.text(words(body.get("mime_type")), storable.NAME_CHARS_MAX),
            sha256=_hex(words(body.get("sha256"))),
            file_name=storable.text(words(body.get("filename")), FILE_NAME_CHARS_MAX),
            voice=body.get("voice") is True,
        ),
    )


async def locate(
    http: aiohttp.ClientSession, options: Options, attachment: Attachment, *, timeout_s: float
) -> Located:
    """Ask where a file lies; the address holds for about 5 minutes and wants the token too.

    The id alone is asked: with `phone_number_id` Meta finds no file of a contact.

    Raises:
        SendNotMadeError, SendUnknownError: not now.
        SendRejectedError: there is no such file (any more).

    Source: PLATFORM_FACTS parts 2 and 7.
    """
    if not _MEDIA_ID.fullmatch(attachment.source):
        raise SendRejectedError("The file has no id that Meta could have given.", code="media_id")
    found = await call(http, options, "GET", attachment.source, timeout_s=timeout_s)
    url = words(found.get("url"))
    if not url.startswith(("https://", "http://")):
        raise SendUnknownError("Meta named no address of the file.")
    size = found.get("file_size")
    digits = words(size)
    return Located(
        url=url,
        headers={"Authorization": f"Bearer {options.token}"},
        mime=storable.text(words(found.get("mime_type")), storable.NAME_CHARS_MAX),
        sha256=_hex(words(found.get("sha256"))),
        bytes=int(digits) if digits.isascii() and digits.isdigit() else None,
    )


async def upload(
    http: aiohttp.ClientSession,
    options: Options,
    data: bytes,
    *,
    mime: str,
    file_name: str,
    timeout_s: float,
) -> str:
    """Give Meta a file, to be sent by its id (`Media.uploaded`) for 30 days.

    Raises:
        SendNotMadeError, SendUnknownError, SendRejectedError: as of a send; nobody sees an
            upload, so it may be repeated after any of them.
    """
    form = aiohttp.FormData()
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", mime)
    form.add_field("file", data, filename=file_name, content_type=mime)
    path = f"{options.phone_number_id}/media"
    answer = await call(http, options, "POST", path, form=form, timeout_s=timeout_s)
    media_id = words(answer.get("id"))
    if not _MEDIA_ID.fullmatch(media_id):
        raise SendUnknownError("Meta took the file without naming it.")
    return media_id


def _hex(digest: str) -> str:
    """A SHA-256 as hex digits: webhooks write it in Base64, the Graph API in hex."""
    if re.fullmatch("[0-9a-fA-F]{64}", digest):
        return digest.lower()
    try:
        read = base64.b64decode(digest, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return read.hex() if len(read) == _SHA256_BYTES else ""
