"""Every address of the console."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from hudhud.core.access import Access
from hudhud.core.kept import Dear
from hudhud.store.report import Depth
from hudhud.web.console import (
    account,
    answers,
    assistants,
    catalogue,
    conversations,
    dead_letters,
    desks,
    hooks,
    knowledge,
    linking,
    merging,
    mistakes,
    orders,
    services,
    sign_in,
    templates,
    thread,
    waiting,
    webchat,
)
from hudhud.web.console.context import Context
from hudhud.web.console.headers import Headers
from hudhud.web.console.inboxes import connecting, own_url, settings
from hudhud.web.console.page import STATIC, for_operators, static_version
from hudhud.web.console.spending import spend
from hudhud.web.live import Live

GZIP_BYTES_MIN = 1024


class _RowId(Convertor[int]):
    """A row's id in an address; what no bigint can hold is no address of ours."""

    regex = "[1-9][0-9]{0,17}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("row", _RowId())


def routes(context: Context) -> list[BaseRoute]:
    """The console, to be mounted last: what no other route takes gets its page, or its 404."""
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Headers, over_tls=context.settings.public_url.startswith("https://")),
            Middleware(GZipMiddleware, minimum_size=GZIP_BYTES_MIN, compresslevel=6),
        ],
        exception_handlers=mistakes.HANDLERS,
    )
    app.state.context = context
    app.state.access = Access(context.database, context.settings.secret_key)
    app.state.checks = asyncio.Semaphore(connecting.CHECKS_AT_ONCE)
    app.state.looks = linking.Looks(context.inboxes)
    app.state.depths = Dear[int, list[Depth]]()
    app.state.live = Live(context.signals, context.closing)
    return [Mount("", app=app, name="console")]


async def live(request: Request) -> Response:
    """The stream that tells a page to look again."""
    streams: Live = request.app.state.live
    operator = request.state.operator
    if streams.full(operator.id):
        return Response(status_code=429, headers={"retry-after": "30"})
    return StreamingResponse(
        streams.stream(operator.merchant_id, operator.id),
        media_type="text/event-stream",
        # A proxy that gathers bytes would make live pages late.
        headers={"x-accel-buffering": "no"},
    )


def _routes() -> list[BaseRoute]:
    inside = for_operators
    return [
        Route("/", inside(conversations.conversations_page)),
        Route("/conversations/{id:row}", inside(thread.thread_page)),
        Route("/conversations/{id:row}/take-over", inside(thread.take_over), methods=["POST"]),
        Route("/conversations/{id:row}/hand-back", inside(thread.hand_back), methods=["POST"]),
        Route("/conversations/{id:row}/reply", inside(thread.reply), methods=["POST"]),
        Route("/conversations/{id:row}/merge", inside(merging.merge_page)),
        Route("/conversations/{id:row}/merge", inside(merging.merge), methods=["POST"]),
        Route("/conversations/{id:row}/typing", inside(webchat.typing), methods=["POST"]),
        Route("/conversations/{id:row}/template", inside(thread.template), methods=["POST"]),
        Route("/answers/{id:row}", inside(answers.answer_page)),
        Route("/templates", inside(templates.list_page)),
        Route("/templates/sync", inside(templates.sync), methods=["POST"]),
        Route("/templates/inboxes/{id:row}", inside(templates.name_account), methods=["POST"]),
        Route("/waiting", inside(waiting.waiting_page)),
        Route("/sends/{id:row}", inside(waiting.settle_send), methods=["POST"]),
        Route("/dead-letters", inside(dead_letters.list_page)),
        Route("/dead-letters", inside(dead_letters.settle_many), methods=["POST"]),
        Route("/dead-letters/{id:row}", inside(dead_letters.letter_page)),
        Route("/dead-letters/{id:row}", inside(dead_letters.settle_one), methods=["POST"]),
        Route("/set-aside/{id:row}", inside(waiting.settle_set_aside), methods=["POST"]),
        *assistants.routes(inside),
        *catalogue.routes(inside),
        *orders.routes(inside),
        *hooks.routes(inside),
        Route("/services", inside(services.services_page)),
        Route("/services/inboxes/{id:row}", inside(services.hold_inbox), methods=["POST"]),
        Route("/inboxes/new", inside(connecting.choose_page)),
        Route("/inboxes/new/{channel}", inside(connecting.new_page)),
        Route("/inboxes/new/{channel}", inside(connecting.connect), methods=["POST"]),
        Route("/inboxes/{id:row}/check", inside(connecting.check_page)),
        Route("/inboxes/{id:row}/check", inside(connecting.check), methods=["POST"]),
        Route("/inboxes/{id:row}/check/renew", inside(connecting.renew), methods=["POST"]),
        Route("/inboxes/{id:row}/options", inside(connecting.options_page)),
        Route("/inboxes/{id:row}/options", inside(connecting.set_options), methods=["POST"]),
        Route("/inboxes/{id:row}", inside(settings.inbox_page)),
        Route("/inboxes/{id:row}", inside(settings.set_inbox), methods=["POST"]),
        Route("/inboxes/{id:row}/own-url", inside(own_url.own_url_page)),
        Route("/inboxes/{id:row}/own-url", inside(own_url.set_own_url), methods=["POST"]),
        Route("/inboxes/{id:row}/own-url/secret", inside(own_url.change_secret), methods=["POST"]),
        Route("/spend", inside(spend.spend_page)),
        Route("/spend", inside(spend.set_spend), methods=["POST"]),
        Route("/inboxes/{id:row}/link", inside(linking.linking_page)),
        Route("/inboxes/{id:row}/chat", inside(webchat.chat_page)),
        Route("/inboxes/{id:row}/chat", inside(webchat.set_chat), methods=["POST"]),
        Route("/inboxes/{id:row}/chat/secret", inside(webchat.new_secret), methods=["POST"]),
        *knowledge.routes(),
        Route("/conversations/{id:row}/done", inside(thread.done), methods=["POST"]),
        *desks.routes(),
        Route("/live", inside(live)),
        Route("/account", inside(account.account_page)),
        Route("/account/password", inside(account.set_password), methods=["POST"]),
        Route("/language", account.set_language, methods=["POST"]),
        Route("/sign-in", sign_in.sign_in_page),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/sign-in/link/{token}", sign_in.link_page),
        Route("/sign-in/link/{token}", sign_in.link, methods=["POST"]),
        Route("/sign-out", inside(sign_in.sign_out), methods=["POST"]),
        Mount("/static", app=_Static(directory=STATIC)),
    ]


class _Static(StaticFiles):
    """Files under an address that holds their version, so browsers never ask for them again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        version, _, file = path.partition("/")
        if not file:
            raise HTTPException(404)
        response = await super().get_response(file, scope)
        kept = version == static_version() and response.status_code in (200, 304)
        response.headers["cache-control"] = (
            "public, max-age=31536000, immutable" if kept else "no-cache"
        )
        return response
