"""The routes of the chat, and what each of them asks first: inbox, origin, pace, visitor."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from hudhud.core.adapters import spoken
from hudhud.core.inboxes import Inboxes
from hudhud.core.intake.accept import Intake
from hudhud.errors import SpoolUnavailableError, StorageUnavailableError, StoreUnavailableError
from hudhud.model import Inbox
from hudhud.web.chat import filing, pages, posting, reading, typing, visitors
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.origins import admitted, own_origins, preflight, shared
from hudhud.web.chat.pace import (
    ASKS_OF_ADDRESS,
    FILES_OF_ADDRESS,
    FILES_OF_VISITOR,
    NOTICES_OF_VISITOR,
    POSTS_OF_VISITOR,
    READS_OF_VISITOR,
    SESSIONS_OF_ADDRESS,
    Pace,
    Rate,
    Seats,
)
from hudhud.web.chat.refusing import Refused, refusal
from hudhud.web.chat.visitors import Visitor
from hudhud.web.console import Context

if TYPE_CHECKING:  # the adapter brings an HTTP client, which no start of the web needs
    from hudhud.channels.webchat import Options

RETRY_AFTER_S = 5
Deed = Callable[[Asked], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What the routes of the chat work with."""

    context: Context
    inboxes: Inboxes
    intake: Intake
    pace: Pace = field(default_factory=Pace)
    seats: Seats = field(default_factory=Seats)


def routes(chat: Chat) -> list[BaseRoute]:
    """The chat under /chat."""

    def asked(deed: Deed, **limits: Rate) -> Endpoint:
        async def answer(request: Request) -> Response:
            return await _answer(chat, request, deed, **limits)

        return answer

    notice = partial(asked, visitor=NOTICES_OF_VISITOR)
    inside = [
        Route("/{key}/widget.js", asked(pages.widget)),
        Route("/{key}", asked(pages.page)),
        Route(
            "/{key}/session", asked(posting.session, address=SESSIONS_OF_ADDRESS), methods=["POST"]
        ),
        Route("/{key}/messages", asked(posting.post, visitor=POSTS_OF_VISITOR), methods=["POST"]),
        Route("/{key}/messages", asked(reading.messages, visitor=READS_OF_VISITOR)),
        Route("/{key}/events", asked(reading.events, visitor=READS_OF_VISITOR)),
        Route(
            "/{key}/files",
            asked(filing.receive, visitor=FILES_OF_VISITOR, address=FILES_OF_ADDRESS),
            methods=["POST"],
        ),
        Route("/{key}/seen", notice(posting.seen), methods=["POST"]),
        Route("/{key}/typing", notice(typing.typing), methods=["POST"]),
        Route("/{key}/{what}", asked(_preflight), methods=["OPTIONS"]),
    ]
    return [Mount("/chat", app=_Preflighted(inside))]


class _Preflighted(Starlette):
    """Looks at OPTIONS first: a route of another method would answer 405 to it."""

    def __init__(self, inside: list[Route]) -> None:
        super().__init__(routes=[inside[-1], *inside[:-1]])


async def _preflight(_asked: Asked) -> Response:
    return Response(status_code=204, headers=preflight())


async def _answer(
    chat: Chat,
    request: Request,
    deed: Deed,
    *,
    visitor: Rate | None = None,
    address: Rate = ASKS_OF_ADDRESS,
) -> Response:
    admitted_origin = None
    try:
        _paced(chat, address, request.client.host if request.client else "")
        inbox = await chat.inboxes.by_key(request.path_params["key"])
        if inbox is None or inbox.channel != "webchat":
            raise Refused(404, "unknown")  # noqa: TRY301 - it is told below, like every refusal
        options: Options = spoken(inbox).options
        if deed not in (pages.widget, pages.page):
            _refuse_foreign(chat, request, options)
            admitted_origin = request.headers.get("origin")
        known = _visitor(chat, request, inbox) if visitor else None
        if visitor and known:
            _paced(chat, visitor, f"{inbox.id}/{known.id}")
        response = await deed(
            Asked(
                context=chat.context,
                intake=chat.intake,
                seats=chat.seats,
                request=request,
                inbox=inbox,
                options=options,
                known=known,
            )
        )
    except Refused as error:
        response = refusal(error)
    except (ConnectionError, ClientDisconnect):
        response = refusal(Refused(400, "misread"))  # nobody reads it: the browser went away
    except (StoreUnavailableError, SpoolUnavailableError, StorageUnavailableError):
        response = refusal(Refused(503, "away", wait_s=RETRY_AFTER_S))
    response.headers.update({"x-content-type-options": "nosniff", **shared(admitted_origin)})
    response.headers.setdefault("cache-control", "no-store")
    return response


def _refuse_foreign(chat: Chat, request: Request, options: Options) -> None:
    own = own_origins(str(request.base_url), chat.context.settings.public_url)
    if not admitted(request.headers, (*options.origins.split(), *own)):
        raise Refused(403, "foreign")


def _paced(chat: Chat, rate: Rate, holder: str) -> None:
    if wait_s := chat.pace.wait_s(rate, holder, time.monotonic()):
        raise Refused(429, "often", wait_s=wait_s)


def _visitor(chat: Chat, request: Request, inbox: Inbox) -> Visitor:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    key = chat.context.settings.secret_key
    found = visitors.read(key, given, inbox_id=inbox.id, now_s=time.time())
    if found is None:
        raise Refused(401, "ended")
    return found
