"""`/conversations/{id}/messages`: say something as the operator whose token this is."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core import handoff
from hudhud.errors import BadInputError
from hudhud.model import Content
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of

KEY_CHARS_MAX = 64


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words, or something else that the channel takes (`kind` says what); not both.

    `key` names this one message, so that it is sent once; `reply_to` is our id of the message that
    it quotes.
    """

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=KEY_CHARS_MAX)]
    text: str = ""
    content: Content | None = None
    reply_to: int | None = None


async def say(request: Request) -> Response:
    """Queue it; the operator holds the conversation from then on."""
    said, operator = await body_of(request, Said), operator_of(request)
    if bool(said.text) == (said.content is not None):
        raise BadInputError("Give `text` or `content`.")
    context = context_of(request)
    await handoff.reply(
        context.database,
        context.hints,
        operator.merchant_id,
        id_of(request),
        operator.id,
        said.text,
        key=f"api:{operator.id}:{said.key}".replace("\0", ""),
        content=said.content,
        reply_to=said.reply_to,
    )
    return json({"conversation_id": id_of(request), "queued": True}, 202)
