"""What a visitor tells us: who they are, and what they write."""

from __future__ import annotations

import time
from typing import Annotated, Any

import msgspec
from starlette.responses import JSONResponse, Response

from hudhud import registry
from hudhud.core.intake import routing
from hudhud.store import visits
from hudhud.web.chat import filing, signing, visitors
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.refusing import Refused

MESSAGES_MAX = 20
FILES_MAX = 5

SentId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Text = Annotated[str, msgspec.Meta(max_length=4000)]


Token = Annotated[str, msgspec.Meta(max_length=signing.TOKEN_CHARS_MAX)]


class Claimed(msgspec.Struct, frozen=True):
    """The token of before, and the user that the site vouches for."""

    token: Token = ""
    user: Annotated[str, msgspec.Meta(max_length=visitors.USER_CHARS_MAX)] = ""
    signature: Annotated[str, msgspec.Meta(max_length=128)] = ""


class Written(msgspec.Struct, frozen=True):
    """One message with the id that the browser gave it; the same id again is the same message.

    `choice` is the id of what was tapped, `files` the tokens of what was uploaded.
    """

    id: SentId
    text: Text
    choice: Annotated[str, msgspec.Meta(max_length=256)] = ""
    files: Annotated[tuple[Token, ...], msgspec.Meta(max_length=FILES_MAX)] = ()


class Post(msgspec.Struct, frozen=True):
    """What waited in the browser, oldest first."""

    messages: Annotated[tuple[Written, ...], msgspec.Meta(min_length=1, max_length=MESSAGES_MAX)]


async def session(asked: Asked) -> Response:
    """Give or renew the token of a visitor; a name that the site did not sign is refused."""
    told = await asked.told(Claimed)
    if not told.user.isprintable():
        raise Refused(422, "misread")
    secret = asked.options.identity_secret
    if told.user and not visitors.vouched(secret, told.user, told.signature):
        raise Refused(403, "unproved")
    key = asked.context.settings.secret_key
    visitor = visitors.session(
        key, told.token, inbox_id=asked.inbox.id, now_s=time.time(), user=told.user
    )
    return JSONResponse({"token": visitors.token(key, visitor), "ends_s": visitor.ends_s})


class Seen(msgspec.Struct, frozen=True):
    """How far the visitor has read, as a sequence number."""

    until: Annotated[int, msgspec.Meta(ge=1, le=2**62)]


async def post(asked: Asked) -> Response:
    """Make messages durable; 200 says that they are (law 2)."""
    told = await asked.told(Post)
    if not all(message.text.strip() or message.files for message in told.messages):
        raise Refused(422, "misread")
    await _take(asked, messages=[_message(asked, message) for message in told.messages])
    return JSONResponse({"taken": [message.id for message in told.messages]})


async def seen(asked: Asked) -> Response:
    """What we sent was read, as a status of it; nothing of it is new when it is told again."""
    told = await asked.told(Seen)
    inbox, visitor = asked.inbox, asked.visitor
    async with asked.context.database.reading(inbox.merchant_id) as connection:
        found = await visits.conversation(
            connection, inbox.merchant_id, inbox.id, visitor=visitor.id, user=visitor.user
        )
        sent = await visits.unread(connection, found["id"], until=told.until) if found else []
    if sent:
        await _take(asked, read=sent)
    return Response(status_code=204)


def _message(asked: Asked, message: Written) -> dict[str, Any]:
    said = {"id": message.id, "text": message.text}
    if message.files:
        files = [filing.named(asked, token) for token in message.files]
        return {**said, "type": files[0]["kind"], "files": files}
    if message.choice:
        return {**said, "type": "button", "choice": message.choice}
    return {**said, "type": "text"}


async def _take(asked: Asked, **parts: Any) -> None:
    body = msgspec.json.encode(
        {
            "account": asked.inbox.account,
            "visitor": asked.visitor.id,
            "user": asked.visitor.user,
            "at": int(time.time()),
            **parts,
        }
    )
    parsed, unreadable = routing.read(registry.adapter("channels", "webchat"), body)
    await asked.intake.take(
        routing.webhook(asked.inbox, {}, body, parsed, unreadable),
        asked.inbox.channel,
        timeout_s=asked.context.settings.accept_timeout_s,
    )
