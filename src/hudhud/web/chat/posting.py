"""What a visitor tells us: who they are, and what they write."""

from __future__ import annotations

import time
from typing import Annotated

import msgspec
from starlette.responses import JSONResponse, Response

from hudhud import registry
from hudhud.core.intake import routing
from hudhud.web.chat import visitors
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.refusing import Refused

MESSAGES_MAX = 20

SentId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class Claimed(msgspec.Struct, frozen=True):
    """The token of before, and the user that the site vouches for."""

    token: Annotated[str, msgspec.Meta(max_length=visitors.TOKEN_CHARS_MAX)] = ""
    user: Annotated[str, msgspec.Meta(max_length=visitors.USER_CHARS_MAX)] = ""
    signature: Annotated[str, msgspec.Meta(max_length=128)] = ""


class Written(msgspec.Struct, frozen=True):
    """One message with the id that the browser gave it; the same id again is the same message."""

    id: SentId
    text: Text


class Post(msgspec.Struct, frozen=True):
    """What waited in the browser, oldest first."""

    messages: Annotated[tuple[Written, ...], msgspec.Meta(min_length=1, max_length=MESSAGES_MAX)]


async def session(asked: Asked) -> Response:
    """Give or renew the token of a visitor; a name that the site did not sign is refused."""
    told = await asked.told(Claimed)
    secret = asked.options.identity_secret
    if told.user and not visitors.vouched(secret, told.user, told.signature):
        raise Refused(403, "unproved")
    key = asked.context.settings.secret_key
    visitor = visitors.session(
        key, told.token, inbox_id=asked.inbox.id, now_s=time.time(), user=told.user
    )
    return JSONResponse({"token": visitors.token(key, visitor), "ends_s": visitor.ends_s})


async def post(asked: Asked) -> Response:
    """Make messages durable; 200 says that they are (law 2)."""
    told = await asked.told(Post)
    if not all(message.text.strip() for message in told.messages):
        raise Refused(422, "misread")
    body = msgspec.json.encode(
        {
            "account": asked.inbox.account,
            "visitor": asked.visitor.id,
            "user": asked.visitor.user,
            "at": int(time.time()),
            "messages": [{"id": m.id, "type": "text", "text": m.text} for m in told.messages],
        }
    )
    parsed, unreadable = routing.read(registry.adapter("channels", "webchat"), body)
    await asked.intake.take(
        routing.webhook(asked.inbox, {}, body, parsed, unreadable),
        asked.inbox.channel,
        timeout_s=asked.context.settings.accept_timeout_s,
    )
    return JSONResponse({"taken": [message.id for message in told.messages]})
