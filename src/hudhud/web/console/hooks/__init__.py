"""Webhooks: where the merchant's own programs hear of orders."""

from hudhud.web.console.hooks.page import routes

__all__ = ["routes"]
