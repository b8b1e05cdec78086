"""Request bodies, read up to a limit and decoded to what is expected."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.requests import Request

from hudhud.errors import BadInputError

ADMIN_BODY_BYTES_MAX = 4 * 1024 * 1024
Wanted = TypeVar("Wanted")


async def read_body(request: Request, bytes_max: int) -> bytes:
    """Read the raw body.

    Raises:
        BadInputError: it is larger than `bytes_max`.
    """
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > bytes_max:
            raise BadInputError(f"The body is larger than {bytes_max} bytes.")
    return bytes(raw)


async def decoded(request: Request, wanted: type[Wanted]) -> Wanted:
    """Read a JSON body of a known shape; an empty body is an empty object.

    Raises:
        BadInputError: not JSON, or not of that shape; the sentence says where.
    """
    raw = await read_body(request, ADMIN_BODY_BYTES_MAX) or b"{}"
    try:
        return msgspec.json.decode(raw, type=wanted)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInputError(str(error)) from None
