"""Reads a request's raw body up to a limit, without ever holding more than that."""

from __future__ import annotations

from starlette.types import Receive, Scope


async def read_body(scope: Scope, receive: Receive, bytes_max: int) -> bytes | None:
    """Read the raw bytes of a request.

    Args:
        scope: of the request; an announced length over the limit is refused unread.
        receive: of the request.
        bytes_max: largest body.

    Returns: the body, or None when it is larger than `bytes_max`.

    Raises:
        ConnectionError: the client went away before its body was whole.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value) > bytes_max):
            return None
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError("the client went away")
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > bytes_max:
            return None
        chunks.append(chunk)
        if not message.get("more_body", False):
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
