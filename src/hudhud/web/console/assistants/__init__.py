"""Assistants: the list, one draft, its rehearsals, what was published."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute, Route

from hudhud.web.console.assistants import listing, one, publishing, rehearsing
from hudhud.web.console.page import Handler

__all__ = ["routes"]


def routes(inside: Callable[[Handler], Handler]) -> list[BaseRoute]:
    """The addresses below `/assistants`, each wrapped in `inside`."""

    def read(path: str, page: Handler) -> Route:
        return Route(f"/assistants{path}", inside(page))

    def done(path: str, deed: Handler) -> Route:
        return Route(f"/assistants{path}", inside(deed), methods=["POST"])

    return [
        read("", listing.list_page),
        done("", listing.add),
        read("/{id:row}", one.draft_page),
        done("/{id:row}", one.change),
        done("/{id:row}/drop", publishing.drop),
        done("/{id:row}/publish", publishing.publish),
        done("/{id:row}/back", publishing.back),
        read("/{id:row}/rehearsal", rehearsing.rehearsal_page),
        done("/{id:row}/rehearsal", rehearsing.rehearse),
        done("/{id:row}/scripts", rehearsing.keep),
        done("/{id:row}/scripts/{script:row}/drop", rehearsing.drop),
    ]
