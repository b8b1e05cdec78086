"""Desks: who takes over, and who sits there."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.desks import teams
from hudhud.errors import AlreadyThereError, BadInputError, HudhudError, NotFoundError
from hudhud.store import operators
from hudhud.store.desks import desks
from hudhud.text import whole_number
from hudhud.web.console.page import context_of, form_of, reader_of, show

MEMBER = "member_"


async def desks_page(request: Request) -> Response:
    """Every desk with its members, and a form for one more."""
    return await _page(request, saved="saved" in request.query_params)


async def add(request: Request) -> Response:
    """Make a desk."""
    form, operator = await form_of(request), request.state.operator
    try:
        await teams.add(
            *(context_of(request).database, operator.merchant_id),
            form.get("code", "").strip().lower(),
            _chosen(form),
            actor=f"operator:{operator.id}",
        )
    except (BadInputError, AlreadyThereError, ValueError) as error:
        return await _page(request, typed=form, wrong=_why(error), status=422)
    return RedirectResponse("/desks?saved", 303)


async def change(request: Request) -> Response:
    """Change a desk and who sits there."""
    form, operator = await form_of(request), request.state.operator
    code = request.path_params["code"]
    chosen = {**_chosen(form), "active": "active" in form, "usual": "usual" in form}
    try:
        await teams.change(
            *(context_of(request).database, operator.merchant_id, code, chosen),
            actor=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except (BadInputError, ValueError) as error:
        typed = {**form, "code": code}
        return await _page(request, typed=typed, wrong=_why(error), status=422)
    return RedirectResponse("/desks?saved", 303)


def _chosen(form: dict[str, str]) -> dict[str, Any]:
    members = (name.removeprefix(MEMBER) for name in form if name.startswith(MEMBER))
    minutes = form.get("slot_minutes", "").strip()
    return {
        "name_ar": form.get("name_ar", ""),
        "name_en": form.get("name_en", ""),
        "slot_minutes": whole_number(minutes) if minutes else None,
        "slot_places": whole_number(form.get("slot_places", "").strip() or "1"),
        "members": tuple(int(member) for member in members if member.isdecimal()),
    }


def _why(error: Exception) -> str:
    if isinstance(error, AlreadyThereError):
        return "desks.wrong.taken"
    return "desks.wrong" if isinstance(error, HudhudError) else "desks.wrong.number"


async def _page(
    request: Request,
    *,
    saved: bool = False,
    typed: dict[str, str] | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        found = await desks.of_merchant(connection, merchant_id)
        people = await operators.of_merchant(connection, merchant_id)
    return show(
        request,
        "desks/desks.html",
        reader.say,
        reader=reader,
        status=status,
        desks=found,
        people=people,
        saved=saved,
        typed=typed or {},
        wrong=wrong,
        member=MEMBER,
    )
