"""Every assistant: who answers for it, which version, whether a draft waits."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.setting_up import add_assistant
from hudhud.errors import AlreadyThereError
from hudhud.store import assistants
from hudhud.store.assistants import versions
from hudhud.web.console.page import context_of, form_of, reader_of, show

NAME_CHARS_MAX = 60


async def list_page(request: Request) -> Response:
    """All of them, and the form for another one."""
    return await _page(request)


async def add(request: Request) -> Response:
    """Make one that answers from the merchant's rows, and go on to its draft."""
    form, merchant_id = await form_of(request), request.state.operator.merchant_id
    name = form.get("name", "").strip()
    if not 0 < len(name) <= NAME_CHARS_MAX:
        return await _page(request, wrong="assistants.name.wrong", typed=name, status=422)
    try:
        made = await add_assistant(
            context_of(request).database,
            merchant_id,
            name=name,
            responder="catalogue",
            instructions="",
        )
    except AlreadyThereError:
        return await _page(request, wrong="assistants.name.there", typed=name, status=409)
    return RedirectResponse(f"/assistants/{made}", 303)


async def _page(
    request: Request, *, wrong: str = "", typed: str = "", status: int = 200
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        shown: list[Any] = []
        for one in await assistants.listed(connection, merchant_id):
            draft = await versions.numbered(connection, one, None)
            inboxes = await assistants.inboxes_of(connection, one.id)
            shown.append({"one": one, "draft": draft, "inboxes": inboxes})
    return show(
        request,
        "assistants/list.html",
        reader.say,
        reader=reader,
        status=status,
        assistants=shown,
        wrong=wrong,
        typed=typed,
    )
