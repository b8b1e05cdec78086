"""Every address of the API."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.routing import Route

from hudhud.core.access import Access
from hudhud.core.attempts import Attempts
from hudhud.web.api import (
    answers,
    assistants,
    desks,
    documents,
    faqs,
    hooks,
    messages,
    orders,
    products,
    queue,
    shop,
    templates,
)
from hudhud.web.api import dead_letters as letters
from hudhud.web.api.bearer import REQUESTS_PER_MINUTE, for_bearers
from hudhud.web.api.problem import HANDLERS
from hudhud.web.api.spending import spend
from hudhud.web.console.context import Context

PREFIX = "/api/v1"
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Doors:
    """What every request passes: the token, and its share of the minute."""

    access: Access
    requests: Attempts = field(default_factory=lambda: Attempts(REQUESTS_PER_MINUTE, MINUTE_S))


ROUTES = (
    Route("/queue", for_bearers(queue.show)),
    Route("/queue/conversations/{id:int}", for_bearers(queue.conversation)),
    Route("/answers/{id:int}", for_bearers(answers.show)),
    Route("/conversations/{id:int}/messages", for_bearers(messages.say), methods=["POST"]),
    Route("/templates", for_bearers(templates.listed)),
    Route("/templates/sync", for_bearers(templates.sync), methods=["POST"]),
    Route("/templates/{id:int}", for_bearers(templates.show)),
    Route("/assistants", for_bearers(assistants.listed)),
    Route("/assistants/{id:int}", for_bearers(assistants.show)),
    Route("/assistants/{id:int}/draft", for_bearers(assistants.draft), methods=["PUT"]),
    Route("/assistants/{id:int}/draft", for_bearers(assistants.drop), methods=["DELETE"]),
    Route("/assistants/{id:int}/publish", for_bearers(assistants.publish), methods=["POST"]),
    Route("/assistants/{id:int}/scripts", for_bearers(assistants.keep), methods=["POST"]),
    Route("/assistants/{id:int}/rehearse", for_bearers(assistants.rehearse), methods=["POST"]),
    Route("/documents", for_bearers(documents.listed)),
    Route("/documents", for_bearers(documents.add), methods=["POST"]),
    Route("/documents/{id:int}", for_bearers(documents.show)),
    Route("/documents/{id:int}", for_bearers(documents.remove), methods=["DELETE"]),
    Route("/passages", for_bearers(documents.search)),
    Route("/faqs", for_bearers(faqs.listed)),
    Route("/faqs", for_bearers(faqs.add), methods=["POST"]),
    Route("/faqs/{id:int}", for_bearers(faqs.change), methods=["PUT"]),
    Route("/faqs/{id:int}", for_bearers(faqs.remove), methods=["DELETE"]),
    Route("/desks", for_bearers(desks.listed)),
    Route("/desks", for_bearers(desks.add), methods=["POST"]),
    Route("/desks/{code}", for_bearers(desks.change), methods=["POST"]),
    Route("/hours", for_bearers(desks.hours)),
    Route("/hours", for_bearers(desks.set_hours), methods=["POST"]),
    Route("/bookings", for_bearers(desks.booked)),
    Route("/bookings/{id:int}/cancel", for_bearers(desks.cancel), methods=["POST"]),
    Route("/inboxes/{id:int}/escalation", for_bearers(desks.escalation)),
    Route("/inboxes/{id:int}/escalation", for_bearers(desks.set_escalation), methods=["POST"]),
    Route("/inboxes/{id:int}/own-url", for_bearers(spend.own_url)),
    Route("/inboxes/{id:int}/own-url", for_bearers(spend.set_own_url), methods=["POST"]),
    Route("/spend", for_bearers(spend.show)),
    Route("/spend", for_bearers(spend.limit), methods=["PUT"]),
    Route("/products", for_bearers(products.listed)),
    Route("/products", for_bearers(products.put), methods=["POST"]),
    Route("/products/{id:int}", for_bearers(products.show)),
    Route("/products/{id:int}/stock", for_bearers(products.count), methods=["POST"]),
    Route("/orders", for_bearers(orders.listed)),
    Route("/orders", for_bearers(orders.place), methods=["POST"]),
    Route("/orders/told", for_bearers(orders.told)),
    Route("/orders/told", for_bearers(orders.tell), methods=["POST"]),
    Route("/shop", for_bearers(shop.show)),
    Route("/shop/delivery", for_bearers(shop.charge), methods=["POST"]),
    Route("/shop/country", for_bearers(shop.set_country), methods=["POST"]),
    Route("/orders/{id:int}", for_bearers(orders.show)),
    Route("/orders/{id:int}/state", for_bearers(orders.move), methods=["POST"]),
    Route("/webhooks", for_bearers(hooks.listed)),
    Route("/webhooks", for_bearers(hooks.add), methods=["POST"]),
    Route("/webhooks/{id:int}", for_bearers(hooks.change), methods=["POST"]),
    Route("/webhooks/{id:int}", for_bearers(hooks.remove), methods=["DELETE"]),
    Route("/webhooks/{id:int}/secret", for_bearers(hooks.change_secret), methods=["POST"]),
    Route("/webhooks/{id:int}/replay", for_bearers(hooks.replay), methods=["POST"]),
    Route("/webhooks/{id:int}/test", for_bearers(hooks.try_out), methods=["POST"]),
    Route("/dead-letters", for_bearers(letters.listed)),
    Route("/dead-letters/retry", for_bearers(letters.retry_many), methods=["POST"]),
    Route("/dead-letters/discard", for_bearers(letters.discard_many), methods=["POST"]),
    Route("/dead-letters/{id:int}", for_bearers(letters.show)),
    Route("/dead-letters/{id:int}/edit", for_bearers(letters.edit), methods=["POST"]),
    Route("/dead-letters/{id:int}/answer", for_bearers(letters.answer), methods=["POST"]),
    Route("/dead-letters/{id:int}/retry", for_bearers(letters.retry), methods=["POST"]),
    Route("/dead-letters/{id:int}/discard", for_bearers(letters.discard), methods=["POST"]),
)


def api(context: Context) -> Starlette:
    """The API, to be mounted at PREFIX."""
    app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    app.state.context = context
    app.state.doors = Doors(Access(context.database, context.settings.secret_key))
    return app
