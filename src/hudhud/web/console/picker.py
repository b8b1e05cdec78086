"""The picker of templates in the composer: chosen, filled, sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from hudhud import registry
from hudhud.core import handoff
from hudhud.core.templates import form_of, standing
from hudhud.model import TemplateForm
from hudhud.store.pool import Connection
from hudhud.store.templates import rows
from hudhud.store.templates.rows import StoredTemplate
from hudhud.web.approved import Blank, asked, blanks
from hudhud.web.console.conversations import number
from hudhud.web.console.page import PARTS_HEADER, context_of

KEY = re.compile(r"[0-9a-f]{32}")


class Chosen(NamedTuple):
    """The template that is being filled, with what was filled so far."""

    row: StoredTemplate
    form: TemplateForm
    blanks: list[Blank]
    values: Mapping[str, str]


class Picker(NamedTuple):
    """Those that may be sent, how many may not, and the one that was chosen."""

    ready: list[tuple[StoredTemplate, TemplateForm]]
    blocked: int
    chosen: Chosen | None
    wrong: str = ""


async def picker_of(
    request: Request,
    connection: Connection,
    head: Any,
    *,
    closed: bool,
    given: Mapping[str, str] | None = None,
    wrong: str = "",
) -> Picker | None:
    """What the composer shows of templates; None when it shows none.

    Args:
        request: `?template=ID` chooses one, `?template=choose` offers them all.
        connection: a reading of the merchant.
        head: the conversation.
        closed: whether nothing but a template may leave.
        given: the fields of a form that was not taken.
        wrong: why it was not.
    """
    wanted = (given or {}).get("template") or request.query_params.get("template", "")
    again = PARTS_HEADER in request.headers and request.method == "GET"
    if again or not (wanted or closed) or not has_templates(head["channel"]):
        return None
    found = await rows.of_inbox(connection, head["inbox_id"])
    ready = [(row, form_of(row)) for row in found if standing(row) == "ready"]
    fit = [(row, form) for row, form in ready if not form.unfit]
    one = next(((row, form) for row, form in fit if row.id == number(wanted)), None)
    chosen = Chosen(*one, blanks(one[1]), given or {}) if one else None
    return Picker(fit, len(found) - len(fit), chosen, wrong)


async def send_picked(request: Request, conversation_id: int, given: Mapping[str, str]) -> None:
    """Send what was chosen and filled.

    Raises:
        HTTPException: 404 when there is no such template or conversation here.
        BadInputError, TemplateUnfitError, StoreUnavailableError, NotFoundError: as of a reply.
    """
    context, operator = context_of(request), request.state.operator
    template_id = number(given.get("template", ""))
    if template_id is None or not KEY.fullmatch(given.get("key", "")):
        raise HTTPException(404)
    async with context.database.reading(operator.merchant_id) as connection:
        row = await rows.one(connection, template_id)
    if row is None:
        raise HTTPException(404)
    await handoff.reply(
        context.database,
        context.hints,
        operator.merchant_id,
        conversation_id,
        operator.id,
        "",
        key=given["key"],
        content=asked(row, form_of(row), given),
    )


def has_templates(channel: str) -> bool:
    """Whether a channel knows texts that were approved before."""
    return hasattr(registry.adapter("channels", channel), "form_of")
