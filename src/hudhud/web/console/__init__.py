"""The console: an application of its own, mounted under everything that has no other door."""

from hudhud.web.console.app import routes
from hudhud.web.console.context import Context, Listening

__all__ = ["Context", "Listening", "routes"]
