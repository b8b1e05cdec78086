"""Two contacts who are one: found by a name, and merged because a person says so (S3)."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.contacts import merging
from hudhud.core.dead_letters import Actor
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import threads
from hudhud.store.contacts import reading
from hudhud.store.pool import Connection
from hudhud.web.console.conversations import number
from hudhud.web.console.page import context_of, form_of, reader_of, show

NAME_CHARS_MAX = 200


async def merge_page(request: Request) -> Response:
    """Who else is this contact: asked by a number or an id, whole."""
    return await _page(request)


async def merge(request: Request) -> Response:
    """A person says that they are one, or that they are two."""
    form = await form_of(request)
    operator, context = request.state.operator, context_of(request)
    other, actor = number(form.get("other", "")), Actor.operator(operator.id)
    async with context.database.reading(operator.merchant_id) as connection:
        head = await threads.head(connection, request.path_params["id"])
        if head is None:
            raise await gone(connection, request.path_params["id"])
    one, database = head["contact_id"], context.database
    try:
        if form.get("verdict") == "two":
            await merging.keep_apart(database, operator.merchant_id, one, other or 0, actor)
        else:
            await merging.merge(
                database, context.hints, operator.merchant_id, one, other or 0, actor
            )
    except (BadInputError, NotFoundError):
        return await _page(request, wrong=True, status=409)
    return RedirectResponse(f"/conversations/{request.path_params['id']}#side", 303)


async def gone(connection: Connection, conversation_id: int) -> HTTPException:
    """What to answer for a conversation that is not there: the thread that it is in now, or 404."""
    now = await reading.now_of(connection, conversation_id)
    if now is None:
        return HTTPException(404)
    return HTTPException(303, headers={"location": f"/conversations/{now}"})


async def _page(request: Request, *, wrong: bool = False, status: int = 200) -> Response:
    asked = request.query_params.get("name", "").replace("\0", "")[:NAME_CHARS_MAX].strip()
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        head = await threads.head(connection, request.path_params["id"])
        if head is None:
            raise await gone(connection, request.path_params["id"])
        found = await reading.named(connection, reading.as_name(asked)) if asked else []
        values = {
            "head": head,
            "aliases": await threads.aliases(connection, head["contact_id"]),
            "found": [row for row in found if row["id"] != head["contact_id"]],
            "itself": any(row["id"] == head["contact_id"] for row in found),
        }
    values |= {"asked": asked, "wrong": wrong, "name_chars_max": NAME_CHARS_MAX}
    return show(request, "people/merge.html", reader.say, reader=reader, status=status, **values)
