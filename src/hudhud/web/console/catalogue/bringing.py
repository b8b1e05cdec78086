"""A list of products comes in: chosen, looked at, its columns set right, applied; with progress."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.importing import applying, preparing
from hudhud.core.importing.columns import COLUMNS
from hudhud.core.importing.sheet import FILE_BYTES_MAX
from hudhud.errors import HudhudError, NotFoundError
from hudhud.events import emit
from hudhud.store import attention
from hudhud.store.catalogue import imports
from hudhud.web import sessions
from hudhud.web.console.conversations import number
from hudhud.web.console.page import FORM_BYTES_MAX, context_of, fields_of, reader_of, show

SHOWN = 50
VERDICTS = ("wrong", "changed", "new", "unchanged")

# Work that goes on after its page was answered; where a process ends, somebody goes on.
_under_way: set[asyncio.Task[Any]] = set()


async def choose_page(request: Request) -> Response:
    """Which file, and those that came before."""
    return await _choose(request)


async def bring(request: Request) -> Response:
    """Take a file; its page shows how far it is read."""
    context, operator = context_of(request), request.state.operator
    if not sessions.from_our_page(request, context.settings):
        raise HTTPException(403)
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > FILE_BYTES_MAX + FORM_BYTES_MAX:
        return await _choose(request, wrong="too_large", status=413)
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return await _choose(request, wrong="nothing", status=422)
        name, data = file.filename, await file.read(FILE_BYTES_MAX + 1)
    import_id = await preparing.begin(
        context.database, operator.merchant_id, actor=f"operator:{operator.id}", file_name=name
    )
    _go_on(preparing.read(context.database, operator.merchant_id, import_id, data))
    return RedirectResponse(f"/products/imports/{import_id}", 303)


async def import_page(request: Request) -> Response:
    """What would become of each product, or how far the work on it is."""
    context, operator = context_of(request), request.state.operator
    asked = request.query_params
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        row = await imports.one(connection, request.path_params["id"])
        if row is None:
            raise HTTPException(404)
        merchant = await attention.merchant(connection, operator.merchant_id)
        counts = await imports.counts(connection, row["id"])
        fullest = next((one for one in VERDICTS if counts.get(one)), VERDICTS[0])
        tab = asked["tab"] if asked.get("tab") in VERDICTS else fullest
        page = number(asked.get("page", "")) or 1
        rows = await imports.rows(
            connection, row["id"], tab, limit=SHOWN + 1, offset=(page - 1) * SHOWN
        )
    values: dict[str, Any] = {"row": row, "counts": counts, "tab": tab, "tabs": VERDICTS}
    values |= {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "page": page}
    values |= {"columns": COLUMNS, "currency": merchant["currency"]}
    return show(request, "catalogue/import.html", reader.say, reader=reader, **values)


async def set_columns(request: Request) -> Response:
    """Read the file again with the columns as a person says; nothing else changes."""
    fields = dict(await fields_of(request))
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    import_id = request.path_params["id"]
    async with context.database.deed(merchant_id) as connection:
        row = await imports.one(connection, import_id)
        if row is None:
            raise HTTPException(404)
        again = await imports.reread(connection, import_id)
    if again:
        headings = row["told"].get("headings", [])
        chosen = {name: fields.get(f"c{at}", "") for at, name in enumerate(headings)}
        _go_on(preparing.judge(context.database, merchant_id, import_id, chosen))
    return RedirectResponse(f"/products/imports/{import_id}", 303)


async def apply(request: Request) -> Response:
    """Write it; the page shows how far it is. A second click finds it under way."""
    fields = dict(await fields_of(request))
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    import_id = request.path_params["id"]
    try:
        missing = await applying.claim(
            context.database, merchant_id, import_id, off_sale=fields.get("missing") == "off"
        )
    except NotFoundError:
        return RedirectResponse(f"/products/imports/{import_id}", 303)
    _go_on(applying.write(context.database, merchant_id, import_id, missing))
    return RedirectResponse(f"/products/imports/{import_id}", 303)


def _go_on(work: Coroutine[Any, Any, Any]) -> None:
    """Let work go on; what goes wrong with it stands in the import, and is told by its page."""

    async def known() -> None:
        try:
            await work
        except HudhudError as error:
            emit("catalogue.refused", "warning", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - nobody waits for it; its page says that it stopped
            emit("catalogue.failed", "error", error=repr(error)[:200])

    task = asyncio.create_task(known())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _choose(request: Request, *, wrong: str = "", status: int = 200) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        before = await imports.newest(connection, merchant_id)
    values = {"before": before, "wrong": wrong, "bytes_max": FILE_BYTES_MAX}
    return show(
        request, "catalogue/choose.html", reader.say, reader=reader, status=status, **values
    )
