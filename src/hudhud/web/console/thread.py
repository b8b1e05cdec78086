"""One conversation: what was said, what became of it, and a person's deeds in it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud import registry
from hudhud.core import handoff
from hudhud.errors import (
    BadInputError,
    BreakerOpenError,
    HudhudError,
    MediaRefusedError,
    NotFoundError,
    StorageUnavailableError,
    StoreUnavailableError,
    TemplateUnfitError,
    WindowClosedError,
)
from hudhud.store import media, threads
from hudhud.store.contacts import reading as contacts
from hudhud.store.desks import hand_overs
from hudhud.store.pool import Connection
from hudhud.store.sales import carts, orders
from hudhud.store.spending import spend
from hudhud.web import files
from hudhud.web.console.composing import composed, say
from hudhud.web.console.conversations import number, read_list
from hudhud.web.console.merging import gone
from hudhud.web.console.page import Reader, context_of, form_of, reader_of, show, window
from hudhud.web.console.picker import KEY, has_templates, picker_of, send_picked
from hudhud.web.drawing import blocks
from hudhud.web.kinds import Threaded, threaded

REPLY_CHARS_MAX = 4096
ORDERS_SHOWN = 3
AWAY = 503
# What the page says of a reply that was not taken, and with which status.
_WRONG: dict[type[HudhudError], tuple[str, int]] = {
    WindowClosedError: ("error.reply.closed", 409),
    MediaRefusedError: ("error.reply.file", 422),
    BadInputError: ("error.reply.empty", 422),
    StorageUnavailableError: ("error.reply.disk", AWAY),
    BreakerOpenError: ("error.reply.disk", AWAY),
    StoreUnavailableError: ("error.reply.away", AWAY),
}


async def thread_page(request: Request) -> Response:
    """The thread beside the list."""
    return await _page(request)


async def take_over(request: Request) -> Response:
    """The operator answers from now on; Hudhud is silent."""
    await form_of(request)
    context, operator = context_of(request), request.state.operator
    await _or_404(
        handoff.take_over(
            context.database, context.hints, operator.merchant_id, _id(request), operator.id
        )
    )
    return RedirectResponse(f"/conversations/{_id(request)}", 303)


async def hand_back(request: Request) -> Response:
    """Hudhud answers again."""
    await form_of(request)
    context, operator = context_of(request), request.state.operator
    await _or_404(
        handoff.hand_back(
            context.database, context.hints, operator.merchant_id, _id(request), operator.id
        )
    )
    return RedirectResponse(f"/conversations/{_id(request)}", 303)


async def done(request: Request) -> Response:
    """Nothing more to answer; Hudhud takes what comes next."""
    await form_of(request)
    context, operator = context_of(request), request.state.operator
    await _or_404(
        handoff.done(
            context.database, context.hints, operator.merchant_id, _id(request), operator.id
        )
    )
    return RedirectResponse(f"/conversations/{_id(request)}", 303)


async def reply(request: Request) -> Response:
    """Answer as a person; the form's key makes a double click send once."""
    async with composed(request) as said:
        text, key = said.text, said.key
        if len(text) > REPLY_CHARS_MAX or not KEY.fullmatch(key):
            return await _page(request, typed=text, wrong="error.reply.long", status=422)
        try:
            await _or_404(say(request, _id(request), said))
        except tuple(_WRONG) as error:
            wrong, status = next(told for kind, told in _WRONG.items() if isinstance(error, kind))
            # What may have been taken keeps its key: sending once more cannot send twice.
            again = key if status == AWAY else ""
            return await _page(request, typed=text, key=again, wrong=wrong, status=status)
    return RedirectResponse(f"/conversations/{_id(request)}", 303)


async def template(request: Request) -> Response:
    """Send a template that was chosen and filled; what was filled stays when it is not taken."""
    given = await form_of(request)
    try:
        await _or_404(send_picked(request, _id(request), given))
    except TemplateUnfitError as error:
        return await _page(request, given=given, unfit=error.code, status=422)
    except BadInputError:
        return await _page(request, given=given, unfit="values", status=422)
    except StoreUnavailableError:
        key = given.get("key", "")
        return await _page(request, given=given, unfit="away", key=key, status=AWAY)
    return RedirectResponse(f"/conversations/{_id(request)}", 303)


async def _page(
    request: Request,
    *,
    typed: str = "",
    key: str = "",
    wrong: str = "",
    status: int = 200,
    given: Mapping[str, str] | None = None,
    unfit: str = "",
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        values = await _thread(request, connection, reader)
        values["listed"] = await read_list(request, connection)
        closed = values["stands"].state == "closed"
        values["picker"] = await picker_of(
            request, connection, values["head"], closed=closed, given=given, wrong=unfit
        )
    # The same words under the same key are sent once, even when the first answer never came.
    values |= {"typed": typed, "wrong": wrong, "key": key or secrets.token_hex(16)}
    values["quoting"] = _quoted(request, values["related"])
    values |= {"reply_chars_max": REPLY_CHARS_MAX, "chosen": _id(request)}
    return show(request, "thread.html", reader.say, reader=reader, status=status, **values)


async def _thread(request: Request, connection: Connection, reader: Reader) -> dict[str, Any]:
    head = await threads.head(connection, _id(request))
    if head is None:
        raise await gone(connection, _id(request))
    older = number(request.query_params.get("older", ""))
    rows, more = await threads.messages(connection, head["id"], before=older)
    context = context_of(request)
    found = await media.of_messages(connection, *files.wanted(rows))
    labels = await threads.field_labels(connection, head["merchant_id"])
    label = "label_ar" if reader.say.language == "ar" else "label_en"
    return {
        "head": head,
        "blocks": blocks(head, rows, reader.say.date_of),
        "more": rows[0]["id"] if more else None,
        "older": older,
        "aliases": await threads.aliases(connection, head["contact_id"]),
        "past_names": await contacts.past_names(connection, head["contact_id"]),
        "perhaps": await contacts.perhaps_one(connection, head["contact_id"]),
        "fields": await threads.fields(connection, head["contact_id"]),
        "labels": {row["name"]: row[label] or row["name"] for row in labels},
        "cart": await carts.standing(connection, head["id"]),
        "orders": await orders.of_contact(connection, head["contact_id"], limit=ORDERS_SHOWN + 1),
        "orders_shown": ORDERS_SHOWN,
        "spent_micro": await spend.of_conversation(connection, head["id"]),
        "spend_currency": context.settings.spend_currency,
        "hand_over": await hand_overs.open_of(connection, head["id"]),
        "letters": await threads.dead_letters(connection, head["id"]),
        "stands": window(head, reader.say.now),
        "has_templates": has_templates(head["channel"]),
        "related": threaded(rows),
        "files": files.shown(rows, found, context.links, reader.say.now),
        "limits": files.limits(registry.adapter("channels", head["channel"]).FILES),
    }


def _quoted(request: Request, related: Threaded) -> Any:
    # The message that the answer quotes, when it is on this page and the provider can name it.
    wanted = number(request.query_params.get("quote", ""))
    return next((row for row in related.by_name.values() if row["id"] == wanted), None)


async def _or_404(deed: Any) -> None:
    try:
        await deed
    except NotFoundError:
        raise HTTPException(404) from None


def _id(request: Request) -> int:
    found: int = request.path_params["id"]
    return found
