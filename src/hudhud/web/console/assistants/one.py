"""One assistant: its draft to be changed, beside what answers now."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.assistants.asked import (
    INSTRUCTIONS_CHARS_MAX,
    RESPONDERS,
    TOOL_NAMES,
    asked,
    differences,
    fingerprint,
)
from hudhud.core.assistants.drafting import change_draft
from hudhud.core.assistants.keys import keys_of
from hudhud.errors import BadInputError, NotFoundError, SecretUnreadableError
from hudhud.model import Assistant
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.assistants import rehearsals, versions
from hudhud.web.console.assistants.form import FIELD_KINDS, ROWS_EMPTY, choices_of, typed
from hudhud.web.console.page import context_of, fields_of, reader_of, show

VERSIONS_MAX = 20


async def draft_page(request: Request) -> Response:
    """The draft, or what it would be begun from."""
    return await page(request, saved="saved" in request.query_params)


async def change(request: Request) -> Response:
    """Change the draft; what cannot be says why, and nothing is kept."""
    fields = await fields_of(request)
    context, operator = context_of(request), request.state.operator
    assistant_id = request.path_params["id"]
    try:
        await change_draft(
            context.database,
            context.settings,
            operator.merchant_id,
            assistant_id,
            typed(fields),
            by=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except BadInputError as error:
        return await page(request, wrong=error.detail, fields=fields, status=422)
    return RedirectResponse(f"/assistants/{assistant_id}?saved", 303)


async def page(
    request: Request,
    *,
    saved: bool = False,
    wrong: str = "",
    refused: str = "",
    fields: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    """The page of one assistant.

    Args:
        request: names it.
        saved: whether something was kept just now.
        wrong: why the draft was not kept.
        refused: why it was not published.
        fields: what was typed and not kept.
        status: of the answer.
    """
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    async with context.database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        now = await assistants.by_id(connection, request.path_params["id"])
        if now is None:
            raise HTTPException(404)
        draft = await versions.numbered(connection, now, None)
        shown = draft.assistant if draft else now
        values: dict[str, Any] = {
            "history": await versions.listed(connection, now, limit=VERSIONS_MAX),
            "scripts": await rehearsals.scripts(connection, now.id),
            "rehearsal": await rehearsals.newest(
                connection, now.id, fingerprint=fingerprint(shown)
            ),
            "inboxes": await assistants.inboxes_of(connection, now.id),
        }
    if fields is not None:
        shown = _as_typed(shown, fields)
    return show(
        request,
        "assistants/one.html",
        reader.say,
        reader=reader,
        status=status,
        now=now,
        draft=draft,
        shown=shown,
        changed=differences(now, draft.assistant) if draft else [],
        responders=RESPONDERS,
        asked={kind: asked(kind) for kind in RESPONDERS},
        kept=_kept(context.settings, now),
        tools=TOOL_NAMES,
        kinds_of_field=FIELD_KINDS,
        rows=[*shown.fields, *[None] * ROWS_EMPTY],
        choices_of=choices_of,
        chars_max=INSTRUCTIONS_CHARS_MAX,
        saved=saved,
        wrong=wrong,
        refused=refused,
        **values,
    )


def _as_typed(shown: Assistant, fields: list[tuple[str, str]]) -> Assistant:
    try:
        return typed(fields)(shown)
    except (BadInputError, NotFoundError):
        return shown


def _kept(settings: Settings, now: Assistant) -> set[str]:
    """Which keys are sealed, as `responder.option`; never their values."""
    try:
        keys = keys_of(settings, now)
    except SecretUnreadableError:
        return set()
    return {f"{kind}.{name}" for kind, held in keys.items() for name in held}
