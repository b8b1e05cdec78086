"""Every address of the API."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.routing import Route

from hudhud.core.access import Access
from hudhud.core.attempts import Attempts
from hudhud.web.api import dead_letters, queue
from hudhud.web.api.bearer import REQUESTS_PER_MINUTE, for_bearers
from hudhud.web.api.problem import HANDLERS
from hudhud.web.console.context import Context

PREFIX = "/api/v1"
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Doors:
    """What every request passes: the token, and its share of the minute."""

    access: Access
    requests: Attempts = field(default_factory=lambda: Attempts(REQUESTS_PER_MINUTE, MINUTE_S))


def api(context: Context) -> Starlette:
    """The API, to be mounted at PREFIX."""
    only = for_bearers
    app = Starlette(
        routes=[
            Route("/queue", only(queue.show)),
            Route("/queue/conversations/{id:int}", only(queue.conversation)),
            Route("/dead-letters", only(dead_letters.listed)),
            Route("/dead-letters/retry", only(dead_letters.retry_many), methods=["POST"]),
            Route("/dead-letters/discard", only(dead_letters.discard_many), methods=["POST"]),
            Route("/dead-letters/{id:int}", only(dead_letters.show)),
            Route("/dead-letters/{id:int}/edit", only(dead_letters.edit), methods=["POST"]),
            Route("/dead-letters/{id:int}/answer", only(dead_letters.answer), methods=["POST"]),
            Route("/dead-letters/{id:int}/retry", only(dead_letters.retry), methods=["POST"]),
            Route("/dead-letters/{id:int}/discard", only(dead_letters.discard), methods=["POST"]),
        ],
        exception_handlers=HANDLERS,
    )
    app.state.context = context
    app.state.doors = Doors(Access(context.database, context.settings.secret_key))
    return app
