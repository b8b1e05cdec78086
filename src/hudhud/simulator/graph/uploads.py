"""Files that the product gives to WhatsApp, to be sent by the id that they get here.

Source: Meta's media reference; PLATFORM_FACTS part 6.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hudhud.simulator.files import File, file_of
from hudhud.simulator.graph.answers import refusal_of
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.state import UPLOADS_MAX, World

MIB = 1024 * 1024
BYTES_MAX = {"image": 5 * MIB, "audio": 16 * MIB, "video": 16 * MIB}
DOCUMENT_BYTES_MAX = 100 * MIB


async def take_upload(request: Request, world: World) -> Response:
    """Keep a file of the product's, and name it."""
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp":
            return _wrong("messaging_product", "must be whatsapp")
        if not isinstance(file, UploadFile):
            return _wrong("file", "is required")
        mime = file.content_type or ""
        if form.get("type") != mime:
            return _wrong("type", "must be the type of the file")
        data = await file.read(DOCUMENT_BYTES_MAX + 1)
    if len(data) > BYTES_MAX.get(mime.partition("/")[0], DOCUMENT_BYTES_MAX):
        return refusal_of(Refusal(code=131053, details="The file is too large for its type."))
    # Apart from the ids of customers' files, which are made of what they are.
    media_id = f"78{secrets.randbelow(10**16):016d}"
    world.uploads[media_id] = File(mime, data)
    while len(world.uploads) > UPLOADS_MAX:
        world.uploads.popitem(last=False)
    return JSONResponse({"id": media_id})


def found(world: World, media_id: str) -> File | None:
    """A file by its id, whoever sent it; None when there is none."""
    return file_of(media_id) or world.uploads.get(media_id)


def _wrong(name: str, why: str) -> Response:
    return refusal_of(Refusal(code=100, details=f"Param {name} {why}."))
