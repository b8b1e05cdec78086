"""Dead letters: what was given up, why, and what a person makes of it; one or many (Q6)."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core import dead_letters
from hudhud.core.dead_letters import TEXT_CHARS_MAX, Actor, Verdict
from hudhud.errors import BadInputError, NotFoundError, WindowClosedError
from hudhud.store import inboxes
from hudhud.store.letters import reading
from hudhud.store.letters.reading import Which
from hudhud.web.asked import in_any_digits
from hudhud.web.console.conversations import number
from hudhud.web.console.page import context_of, fields_of, form_of, local, reader_of, show

SHOWN_MAX = 50
AGES_S = (3600, 86400, 604800)
VERDICTS: dict[str, Verdict] = {"retry": "retry", "discard": "discard"}
CONDITIONS = ("state", "kind", "reason", "inbox_id", "older_s")


async def list_page(request: Request) -> Response:
    """Letters by what is asked, the oldest first, to be chosen and settled together."""
    which = _which(dict(request.query_params))
    after = number(request.query_params.get("after", "")) or 0
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        rows = await reading.listed(
            connection, merchant_id, which, after=after, limit=SHOWN_MAX + 1
        )
        values: dict[str, Any] = {
            "count": await reading.count(connection, merchant_id, which),
            "inboxes": await inboxes.of_merchant(connection, merchant_id),
        }
    more = len(rows) > SHOWN_MAX
    values |= {"letters": rows[:SHOWN_MAX], "next": rows[SHOWN_MAX - 1]["id"] if more else None}
    values |= {"which": which, "asked": _asked(which), "ages_s": AGES_S, "query": urlencode}
    values |= {"done": number(request.query_params.get("done", "")), "after": after}
    return show(request, "dead_letters.html", reader.say, reader=reader, **values)


async def settle_many(request: Request) -> Response:
    """Try the chosen letters again, or close them; or every open one that matches."""
    fields = await fields_of(request)
    form = dict(fields)
    verdict = VERDICTS.get(form.get("verdict", ""))
    if verdict is None:
        raise HTTPException(404)
    which = _which(form)
    context, operator = context_of(request), request.state.operator
    ours = (context.database, context.hints, operator.merchant_id)
    actor = Actor.operator(operator.id)
    if form.get("all"):
        groups = dead_letters.settle_matching(*ours, which, verdict, actor)
        done = [one async for group in groups for one in group]
    else:
        chosen = [number(value) for name, value in fields if name == "letter"]
        ids = [one for one in chosen if one]
        done = await dead_letters.settle(*ours, ids, verdict, actor)
    query = urlencode({**_asked(which), "done": len(done)})
    return RedirectResponse(f"/dead-letters?{query}", 303)


async def letter_page(request: Request) -> Response:
    """One letter: its words, its reason, every attempt and every deed."""
    return await _page(request)


async def settle_one(request: Request) -> Response:
    """Mend, answer, try again or close one letter."""
    form = await form_of(request)
    verdict, text = form.get("verdict", ""), form.get("text", "")
    deeds = {"retry": _settle, "discard": _settle, "edit": _edit, "send": _edit, "answer": _answer}
    if verdict not in deeds:
        raise HTTPException(404)
    try:
        await deeds[verdict](request, form)
    except NotFoundError:
        return await _page(request, wrong="error.settled", typed=text, status=404)
    except WindowClosedError:
        return await _page(request, wrong="error.letter.closed", typed=text, status=409)
    except BadInputError:
        return await _page(request, wrong="error.letter.words", typed=text, status=422)
    here = f"/dead-letters/{request.path_params['id']}"
    return RedirectResponse(local(form.get("back", ""), here), 303)


async def _settle(request: Request, form: dict[str, str]) -> None:
    context, operator = context_of(request), request.state.operator
    done = await dead_letters.settle(
        context.database,
        context.hints,
        operator.merchant_id,
        [request.path_params["id"]],
        VERDICTS[form["verdict"]],
        Actor.operator(operator.id),
    )
    if not done:
        raise NotFoundError("It was settled meanwhile.")


async def _edit(request: Request, form: dict[str, str]) -> None:
    operator = request.state.operator
    await dead_letters.edit(
        context_of(request).database,
        operator.merchant_id,
        request.path_params["id"],
        form.get("text", ""),
        Actor.operator(operator.id),
    )
    if form["verdict"] == "send":
        await _settle(request, {"verdict": "retry"})


async def _answer(request: Request, form: dict[str, str]) -> None:
    context, operator = context_of(request), request.state.operator
    await dead_letters.answer(
        context.database,
        context.hints,
        operator.merchant_id,
        request.path_params["id"],
        operator.id,
        form.get("text", ""),
        key=form.get("key", "")[:32] or secrets.token_hex(16),
    )


async def _page(
    request: Request, *, wrong: str = "", typed: str | None = None, status: int = 200
) -> Response:
    merchant_id, letter_id = request.state.operator.merchant_id, request.path_params["id"]
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        letter = await reading.one(connection, letter_id)
        if letter is None:
            raise HTTPException(404)
        history = await reading.history(connection, letter_id)
    values: dict[str, Any] = {"letter": letter, "history": history, "wrong": wrong, "typed": typed}
    values |= {"key": secrets.token_hex(16), "text_chars_max": TEXT_CHARS_MAX}
    return show(request, "dead_letter.html", reader.say, reader=reader, status=status, **values)


def _which(given: dict[str, str]) -> Which:
    """The conditions of an address or a form; one that cannot be understood is left out."""
    asked = {name: given[name].strip() for name in CONDITIONS if given.get(name, "").strip()}
    found = Which()
    for name, value in asked.items():
        try:
            found = in_any_digits({**_asked(found), name: value}, Which)
        except msgspec.ValidationError:
            continue
    return found


def _asked(which: Which) -> dict[str, Any]:
    usual = Which()
    return {
        name: value
        for name in CONDITIONS
        if (value := getattr(which, name)) != getattr(usual, name)
    }
