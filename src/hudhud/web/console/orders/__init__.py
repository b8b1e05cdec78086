"""What customers ordered: the list, one order, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute, Route

from hudhud.web.console.orders import by_hand, listing, one, settings
from hudhud.web.console.page import Handler

__all__ = ["routes"]


def routes(inside: Callable[[Handler], Handler]) -> list[BaseRoute]:
    """The addresses of orders, each wrapped in `inside`; an order's is its number."""
    return [
        Route("/orders", inside(listing.list_page)),
        Route("/orders/settings", inside(settings.settings_page)),
        Route("/orders/settings", inside(settings.set_settings), methods=["POST"]),
        Route("/orders/new", inside(by_hand.whose_page)),
        Route("/conversations/{id:row}/order", inside(by_hand.form_page)),
        Route("/conversations/{id:row}/order", inside(by_hand.take), methods=["POST"]),
        Route("/orders/{number:row}", inside(one.order_page)),
        Route("/orders/{number:row}", inside(one.move), methods=["POST"]),
    ]
