"""Files, by signed link: never run, never shown in our name unless they are safe to show (S8)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hudhud.core.media.kinds import KNOWN, SHOWN, UNKNOWN
from hudhud.core.media.links import Named
from hudhud.errors import (
    BreakerOpenError,
    LinkExpiredError,
    NotFoundError,
    StorageUnavailableError,
)
from hudhud.store import media
from hudhud.web.console import mistakes
from hudhud.web.console.context import Context
from hudhud.web.console.headers import Headers
from hudhud.web.console.page import context_of

SMALL_TYPE = "image/webp"
# Whatever it is, it runs nothing, asks for nothing and is nobody of ours.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Span(NamedTuple):
    """Which bytes of a file are asked for: from `start` to before `end`."""

    start: int
    end: int


def files(context: Context) -> Starlette:
    """The addresses below `/media`."""
    app = Starlette(
        routes=[Route("/{name}", file)],
        middleware=[
            Middleware(Headers, over_tls=context.settings.public_url.startswith("https://"))
        ],
        exception_handlers=mistakes.HANDLERS,
    )
    app.state.context = context
    return app


async def file(request: Request) -> Response:
    """One file, or its thumbnail; whole, or the span that a player asks for.

    Raises:
        HTTPException: 404 no such link or file, 410 it was, 416 no such span, 503 not now.
    """
    context = context_of(request)
    try:
        named = context.links.proved(
            request.path_params["name"], request.query_params, context.clock()
        )
        return await _file(request, named)
    except NotFoundError:
        raise HTTPException(404) from None
    except LinkExpiredError:
        raise HTTPException(410) from None
    except (StorageUnavailableError, BreakerOpenError):
        raise HTTPException(503) from None


async def _file(request: Request, named: Named) -> Response:
    context = context_of(request)
    async with context.database.reading(named.merchant_id) as connection:
        row = await media.by_public_id(connection, named.public_id)
    if row is None or row["state"] not in ("stored", "dropped"):
        raise NotFoundError
    if row["state"] == "dropped":
        raise LinkExpiredError
    small = named.part == "small"
    if small and not row["thumbnail_key"]:
        raise NotFoundError
    left_s = int(named.until - context.clock().timestamp())
    headers = {
        "content-security-policy": POLICY,
        "content-disposition": "inline" if small else disposition(row["mime"], row["file_name"]),
        "cache-control": f"private, max-age={left_s}",
        # The link is the leave: a visitor reads it on the merchant's own site.
        "cross-origin-resource-policy": "cross-origin",
        "referrer-policy": "no-referrer",
    }
    if small:
        chunks = context.storage.read(row["thumbnail_key"], 0, 2**31)
        return await _streamed(chunks, SMALL_TYPE, headers, 200)
    asked = span(request.headers, row["bytes"])
    told = Span(0, row["bytes"]) if asked is None else asked
    headers |= {"accept-ranges": "bytes", "content-length": str(told.end - told.start)}
    if asked is not None:
        headers["content-range"] = f"bytes {told.start}-{told.end - 1}/{row['bytes']}"
    status, served = (200 if asked is None else 206), served_type(row["mime"])
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=served)
    chunks = context.storage.read(row["stored_key"], *told)
    return await _streamed(chunks, served, headers, status)


async def _streamed(
    chunks: AsyncIterator[bytes], served: str, headers: dict[str, str], status: int
) -> Response:
    # The first bytes come before the status: what is not there must not look like a whole file.
    first = await anext(chunks, b"")

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return StreamingResponse(whole(), status, headers=headers, media_type=served)


def served_type(mime: str) -> str:
    """Under which type a file is served: one that its own first bytes can show, or none."""
    return mime if mime in KNOWN else UNKNOWN


def disposition(mime: str, file_name: str) -> str:
    """Whether a browser shows a file in its place, and its name when it is saved."""
    how = "inline" if mime in SHOWN else "attachment"
    name = re.sub(r"[\x00-\x1f/\\]", "_", file_name).strip(". ")
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}" if name else how


def span(headers: Mapping[str, str], size: int) -> Span | None:
    """The one span that is asked for; None: all of it, as several spans are answered too.

    Raises:
        HTTPException: 416, there are no such bytes.
    """
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    if found is None or not any(found.groups()) or "if-range" in headers:
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise HTTPException(416, headers={"content-range": f"bytes */{size}"})
    return Span(start, end)
