"""One inbox: when is a batch answered, is an overtaken answer made again, how fast is sent."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core import inbox_settings
from hudhud.core.linking.asking import needs_linking
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import inboxes
from hudhud.text import decimal_number, whole_number
from hudhud.web.console.page import context_of, form_of, reader_of, show


async def inbox_page(request: Request) -> Response:
    """What may be set for one inbox."""
    return await _page(request, saved="saved" in request.query_params)


async def set_inbox(request: Request) -> Response:
    """Set it; what cannot be keeps what was typed, and says the limits."""
    form = await form_of(request)
    operator = request.state.operator
    try:
        await inbox_settings.change(
            context_of(request).database,
            operator.merchant_id,
            request.path_params["id"],
            _chosen(form),
            actor=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except (BadInputError, ValueError, OverflowError):
        return await _page(request, typed=form, status=422)
    return RedirectResponse(f"/inboxes/{request.path_params['id']}?saved", 303)


def _chosen(form: dict[str, str]) -> dict[str, Any]:
    return {
        "window_ms": round(decimal_number(form.get("window_s", "")) * 1000),
        "batch_max": whole_number(form.get("batch_max", "")),
        "absorb": "absorb" in form,
        "sends_per_s": decimal_number(pace) if (pace := form.get("sends_per_s", "")) else None,
    }


async def _page(
    request: Request,
    *,
    saved: bool = False,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        inbox = await inboxes.by_id(connection, request.path_params["id"])
        if inbox is None:
            raise HTTPException(404)
        now = await inboxes.settings_of(connection, inbox.id)
    values = {
        "window_s": f"{now.window_ms / 1000:g}",
        "batch_max": str(now.batch_max),
        "sends_per_s": "" if now.sends_per_s is None else f"{now.sends_per_s:g}",
        **({"absorb": "on"} if now.absorb else {}),
    }
    return show(
        request,
        "inbox.html",
        reader.say,
        reader=reader,
        status=status,
        inbox=inbox,
        needs_linking=needs_linking(inbox.channel),
        values=values if typed is None else typed,
        saved=saved,
        wrong=typed is not None,
        usual=context.settings.sends_per_s,
    )
