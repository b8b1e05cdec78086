"""From a request to a page: who reads, in which language, with the strip of law 6 on top."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hudhud import registry
from hudhud.core.access import Access
from hudhud.core.window import Ended, Window, ended, window_of
from hudhud.model import Operator
from hudhud.store import attention, report
from hudhud.store.pool import Connection
from hudhud.text import cost, direction, money, visible
from hudhud.web import approved, kinds, sessions
from hudhud.web.console.context import Context
from hudhud.web.console.strip import Strip, strip_of
from hudhud.web.drawing import isolated, send_look
from hudhud.web.saying import Saying
from hudhud.web.sessions import LANGUAGE_COOKIE

WEB = Path(__file__).parent.parent
STATIC = WEB / "static"
FORM_BYTES_MAX = 256 * 1024
FORM_FIELDS_MAX = 1000
# The browser asks with it for the parts that change; the page answers without its frame.
PARTS_HEADER = "hudhud-parts"

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(WEB / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(isolated=isolated, visible=visible)


def window(row: Any, now: datetime) -> Window:
    """How the reply window of a conversation stands, of which the row has channel and stamps."""
    return window_of(
        registry.adapter("channels", row["channel"]),
        last_in_at=row["last_in_at"],
        free_entry_at=row["free_entry_at"],
        now=now,
    )


def window_over(row: Any) -> Ended | None:
    """Which window of a conversation closed last; None when its contact never wrote."""
    return ended(
        registry.adapter("channels", row["channel"]),
        last_in_at=row["last_in_at"],
        free_entry_at=row["free_entry_at"],
    )


def first_window_s(channel: str) -> float:
    """How long anybody may write freely on a channel, in seconds."""
    found = registry.adapter("channels", channel).window_s(free_entry=False, by_person=False)
    return float(found or 0.0)


_templates.globals.update(
    approved=approved,
    cost=cost,
    direction=direction,
    first_window_s=first_window_s,
    kinds=kinds,
    money=money,
    send_look=send_look,
    window=window,
    window_over=window_over,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """An operator who reads a page, and how they are spoken to."""

    operator: Operator
    merchant: Any
    say: Saying
    strip: Strip


Handler = Callable[[Request], Awaitable[Response]]


def context_of(request: Request) -> Context:
    """The console's context."""
    context: Context = request.app.state.context
    return context


def access_of(request: Request) -> Access:
    """The way in."""
    access: Access = request.app.state.access
    return access


def for_operators(page: Handler) -> Handler:
    """Let only a signed-in operator in; others go to the sign-in page, and back afterwards."""

    async def guarded(request: Request) -> Response:
        token = sessions.token(request, context_of(request).settings)
        operator = await access_of(request).who(token) if token else None
        if operator is None:
            if PARTS_HEADER in request.headers or request.url.path == "/live":
                return Response(status_code=401)
            back = request.url.path if request.method == "GET" else "/"
            return RedirectResponse(f"/sign-in?back={quote(back)}", 303)
        request.state.operator = operator
        return await page(request)

    return guarded


async def reader_of(request: Request, connection: Connection) -> Reader:
    """Who reads, with the merchant's ways and what waits now."""
    context, operator = context_of(request), request.state.operator
    merchant = await attention.merchant(connection, operator.merchant_id)
    depths = await request.app.state.depths.get(
        operator.merchant_id, partial(report.depths, connection, operator.merchant_id)
    )
    now = context.clock()
    say = Saying(
        *(operator.language, merchant["digits"], merchant["timezone"], now),
        dates=merchant["dates"],
        hijri_days=merchant["hijri_days"],
    )
    return Reader(operator, merchant, say, strip_of(depths, context.spool_report()))


def stranger(request: Request) -> Saying:
    """How somebody who is not signed in is spoken to."""
    context = context_of(request)
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    language = chosen if chosen in ("ar", "en") else context.settings.language
    return Saying("en" if language == "en" else "ar", "arabic", "UTC", context.clock())


def show(
    request: Request,
    template: str,
    say: Saying,
    *,
    reader: Reader | None = None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Draw a page.

    Args:
        request: what was asked for; with `PARTS_HEADER` only the parts that change are drawn.
        template: its file.
        say: how the reader is spoken to.
        reader: who reads, when signed in.
        status: of the answer.
        values: what the template names.
    """
    parts = PARTS_HEADER in request.headers
    html = _templates.get_template(template).render(
        frame="parts.html" if parts else "frame.html",
        say=say,
        t=say.t,
        reader=reader,
        path=request.url.path,
        here=_here(request),
        static=f"/static/{static_version()}",
        **values,
    )
    return HTMLResponse(html, status)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form that one of our pages sent; of a field that came twice the last.

    Raises:
        HTTPException: 403 when another site sent it, 413 when it is too large.
    """
    return dict(await fields_of(request))


async def fields_of(request: Request) -> list[tuple[str, str]]:
    """The same with every field that came, in order: boxes that were ticked share a name."""
    if not sessions.from_our_page(request, context_of(request).settings):
        raise HTTPException(403)
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > FORM_BYTES_MAX:
        raise HTTPException(413)
    async with request.form(max_files=0, max_fields=FORM_FIELDS_MAX) as form:
        return [(key, value) for key, value in form.multi_items() if isinstance(value, str)]


def local(address: str, otherwise: str = "/") -> str:
    """An address of ours to go back to; anything that leads elsewhere becomes `otherwise`."""
    parts = urlsplit(address)
    # `//host` and `/\host` lead to other sites in browsers.
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and not parts.netloc and address.isprintable() else otherwise


@cache
def static_version() -> str:
    """Changes when any static file changes, so that browsers may keep them for ever."""
    digest = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _here(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query
