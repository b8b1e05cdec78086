"""Scripts of an assistant: kept, played with the draft, and what came of it."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.assistants.asked import fingerprint
from hudhud.core.rehearsing.keeping import drop_script, keep_script
from hudhud.core.rehearsing.result import Rehearsed
from hudhud.errors import BadInputError, HudhudError, NotFoundError
from hudhud.events import emit
from hudhud.store import assistants
from hudhud.store.assistants import rehearsals, versions
from hudhud.web.console.page import context_of, form_of, reader_of, show

# Work that goes on after its page was answered; what a process leaves when it ends is told as
# cut off, and is begun again by hand.
_under_way: dict[int, asyncio.Task[Any]] = {}


async def rehearsal_page(request: Request) -> Response:
    """The newest rehearsal: how far it is, or what came of it; and the scripts."""
    return await _page(request)


async def rehearse(request: Request) -> Response:
    """Play the scripts; the page shows how far it is. A second click finds it under way."""
    await form_of(request)
    assistant_id = request.path_params["id"]
    await _there(request)
    if assistant_id not in _under_way:
        task = asyncio.create_task(_play(request, assistant_id))
        _under_way[assistant_id] = task
        task.add_done_callback(lambda _task: _under_way.pop(assistant_id, None))
    return RedirectResponse(f"/assistants/{assistant_id}/rehearsal", 303)


async def keep(request: Request) -> Response:
    """Keep a script; what is none says where, and stays on the page."""
    form, assistant_id = await form_of(request), request.path_params["id"]
    text = form.get("body", "").replace("\r\n", "\n")
    try:
        await keep_script(
            context_of(request).database, request.state.operator.merchant_id, assistant_id, text
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except BadInputError as error:
        return await _page(request, wrong=error.detail, typed=text, status=422)
    return RedirectResponse(f"/assistants/{assistant_id}/rehearsal", 303)


async def drop(request: Request) -> Response:
    """Throw a script away."""
    await form_of(request)
    assistant_id = request.path_params["id"]
    try:
        await drop_script(
            context_of(request).database,
            request.state.operator.merchant_id,
            assistant_id,
            request.path_params["script"],
        )
    except NotFoundError:
        raise HTTPException(404) from None
    return RedirectResponse(f"/assistants/{assistant_id}/rehearsal", 303)


async def _play(request: Request, assistant_id: int) -> None:
    # It brings the responders, which no start of the web needs.
    from hudhud.core.rehearsing.rehearse import rehearse_kept  # noqa: PLC0415 - the reason above

    context, operator = context_of(request), request.state.operator

    async def told(_played: int) -> None:
        if context.signals is not None:
            await context.signals.publish(operator.merchant_id, {"rehearsal": assistant_id})

    try:
        await rehearse_kept(
            *(context.database, context.settings, context.breakers),
            *(operator.merchant_id, assistant_id),
            by=f"operator:{operator.id}",
            heard=told,
        )
    except HudhudError as error:
        emit("assistant.unrehearsed", "warning", assistant=assistant_id, why=error.detail)


async def _there(request: Request) -> None:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        if await assistants.by_id(connection, request.path_params["id"]) is None:
            raise HTTPException(404)


async def _page(
    request: Request, *, wrong: str = "", typed: str = "", status: int = 200
) -> Response:
    merchant_id, assistant_id = request.state.operator.merchant_id, request.path_params["id"]
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        now = await assistants.by_id(connection, assistant_id)
        if now is None:
            raise HTTPException(404)
        draft = await versions.numbered(connection, now, None)
        last = await rehearsals.newest(connection, assistant_id)
        scripts = await rehearsals.scripts(connection, assistant_id)
    newest = fingerprint(draft.assistant if draft else now)
    return show(
        request,
        "assistants/rehearsal.html",
        reader.say,
        reader=reader,
        status=status,
        now=now,
        draft=draft,
        last=last,
        stale=last is not None and last.fingerprint != newest,
        made=msgspec.convert(last.result, Rehearsed) if last and last.result else None,
        scripts=scripts,
        wrong=wrong,
        typed=typed,
    )
