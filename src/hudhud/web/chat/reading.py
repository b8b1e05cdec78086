"""What a visitor may read: their own conversation, from a place on, once or as it grows."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.responses import JSONResponse, Response, StreamingResponse

from hudhud.store.visits import UNDER_WAY_MAX, Place
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.refusing import Refused
from hudhud.web.chat.watch import Told, Watch

WAIT_S_MAX = 25
# Then the browser comes again, and its token and its origin are looked at again.
STREAM_S_MAX = 600.0
FULL_WAIT_S = 30
BEAT = b": beat\n\n"
_DIGITS_MAX = 18


async def messages(asked: Asked) -> Response:
    """What is new since a place; with `wait`, as soon as there is something, within that time."""
    wait_s = min(_number(asked, "wait"), WAIT_S_MAX)
    watch = Watch(asked, _place(asked))
    told = await watch.look()
    if wait_s and told and not told["messages"]:
        _refuse_crowd(asked)
        with asked.seats.taken(asked.visitor.id):
            async with aclosing(watch.changes(wait_s)) as changes:
                told = await anext((change async for change in changes if change), told)
    return JSONResponse(told)


async def events(asked: Asked) -> Response:
    """The same as server-sent events, until one of both leaves; 204 while nothing was ever said."""
    watch = Watch(asked, _place(asked))
    told = await watch.look()
    if not watch.conversation_id:
        return Response(status_code=204)
    _refuse_crowd(asked)
    return StreamingResponse(
        _stream(asked, watch, told),
        media_type="text/event-stream",
        # A proxy that gathers bytes would make the chat late.
        headers={"x-accel-buffering": "no"},
    )


async def _stream(asked: Asked, watch: Watch, told: Told | None) -> AsyncIterator[bytes]:
    with asked.seats.taken(asked.visitor.id):
        yield _event(told)
        async with aclosing(watch.changes(STREAM_S_MAX)) as changes:
            async for change in changes:
                yield _event(change)


def _event(told: Told | None) -> bytes:
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode() if told else BEAT


def _refuse_crowd(asked: Asked) -> None:
    if asked.seats.full(asked.visitor.id):
        raise Refused(429, "often", wait_s=FULL_WAIT_S)


def _place(asked: Asked) -> Place:
    named = asked.request.query_params.get("missing", "")
    missing = [part for part in named.split(",") if part][:UNDER_WAY_MAX]
    return Place(_number(asked, "after"), tuple(_digits(part) for part in missing))


def _number(asked: Asked, name: str) -> int:
    return _digits(asked.request.query_params.get(name, "0"))


def _digits(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS_MAX):
        raise Refused(422, "misread")
    return int(given)
