"""Pages for what went wrong: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.web.console.page import show, stranger

SAID = frozenset({403, 404, 405, 410, 413, 500, 503})


async def refused(request: Request, error: Exception) -> Response:
    """A request that cannot be served: 403, 404, 405, 410, 413, 416."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = _page(request, status)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def away(request: Request, error: Exception) -> Response:
    """PostgreSQL does not answer; messages are kept all the same (law 2)."""
    emit("page.unavailable", "warning", path=request.url.path, error=type(error).__name__)
    response = _page(request, 503)
    response.headers["retry-after"] = "5"
    return response


async def broken(request: Request, error: Exception) -> Response:
    """A mistake of ours; recorded, and said plainly."""
    emit("page.failed", "error", path=request.url.path, error=repr(error)[:200])
    return _page(request, 500)


HANDLERS = {HTTPException: refused, StoreUnavailableError: away, Exception: broken}


def _page(request: Request, status: int) -> Response:
    operator = getattr(request.state, "operator", None)
    say = stranger(request)
    if operator:
        say = replace(say, language=operator.language)
    shown = status if status in SAID else 404
    return show(request, "mistake.html", say, status=status, shown=shown)
