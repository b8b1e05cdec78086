"""One inbox and its people: when they take over, when it comes back, what is said meanwhile."""

from __future__ import annotations

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.desks import settings
from hudhud.core.desks.settings import REASONS
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import inboxes
from hudhud.store.desks import desks, escalation
from hudhud.text import decimal_number, whole_number
from hudhud.web.console.page import context_of, form_of, reader_of, show

_TEXTS = ("greeting_ar", "greeting_en", "away_ar", "away_en")
_APART = re.compile(r"[\n,،]")


async def people_page(request: Request) -> Response:
    """What may be set."""
    return await _page(request, saved="saved" in request.query_params)


async def set_people(request: Request) -> Response:
    """Set it; what cannot be keeps what was typed."""
    form, operator = await form_of(request), request.state.operator
    try:
        await settings.change(
            *(context_of(request).database, operator.merchant_id, request.path_params["id"]),
            _chosen(form),
            actor=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except (BadInputError, ValueError, OverflowError):
        return await _page(request, given=form, status=422)
    return RedirectResponse(f"/inboxes/{request.path_params['id']}/people?saved", 303)


def _chosen(form: dict[str, str]) -> dict[str, Any]:
    minutes = form.get("hand_back_minutes", "").strip()
    return {
        "escalation_enabled": "escalation_enabled" in form,
        "escalation_threshold": decimal_number(form.get("threshold_percent", "")) / 100,
        "escalation_keywords": _APART.split(form.get("escalation_keywords", "")),
        "escalation_desks": {
            reason: code for reason in REASONS if (code := form.get(f"desk_{reason}", ""))
        },
        "hand_back_minutes": whole_number(minutes) if minutes else None,
        "welcome": {
            **{name: form.get(name, "").strip() for name in _TEXTS},
            "greeting_days": whole_number(form.get("greeting_days", "").strip() or "0"),
            "away_answers": form.get("away_answers", "") == "yes",
        },
    }


async def _page(
    request: Request,
    *,
    saved: bool = False,
    given: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    async with context.database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        inbox = await inboxes.by_id(connection, request.path_params["id"])
        if inbox is None:
            raise HTTPException(404)
        now = await escalation.settings_of(connection, inbox.id)
        everyone = await desks.of_merchant(connection, merchant_id)
    values = _values(now) if given is None else given
    return show(
        *(request, "desks/people.html", reader.say),
        reader=reader,
        status=status,
        inbox=inbox,
        values=values,
        desks=[desk for desk in everyone if desk.active],
        reasons=REASONS,
        named=any(value for name, value in values.items() if name.startswith("desk_")),
        saved=saved,
        wrong=given is not None,
    )


def _values(now: escalation.EscalationSettings) -> dict[str, str]:
    minutes = now.hand_back_minutes
    welcome = {name: getattr(now.welcome, name) for name in _TEXTS}
    days = now.welcome.greeting_days
    return {
        **({"escalation_enabled": "on"} if now.escalation_enabled else {}),
        "threshold_percent": f"{now.escalation_threshold * 100:g}",
        "escalation_keywords": "\n".join(now.escalation_keywords),
        "hand_back_minutes": "" if minutes is None else str(minutes),
        **{f"desk_{reason}": code for reason, code in now.escalation_desks.items()},
        **welcome,
        "greeting_days": str(days) if days else "",
        "away_answers": "yes" if now.welcome.away_answers else "no",
    }
