"""The web chat: a widget for any site, and what it asks of us."""

from hudhud.web.chat.app import Chat, routes

__all__ = ["Chat", "routes"]
