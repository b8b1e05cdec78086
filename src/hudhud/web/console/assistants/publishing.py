"""A draft is published or thrown away, and an older version is brought back."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.assistants import publishing
from hudhud.core.assistants.drafting import drop_draft
from hudhud.errors import BadInputError, NotFoundError, RegressedError
from hudhud.web.console.assistants.one import page
from hudhud.web.console.conversations import number
from hudhud.web.console.page import context_of, form_of


async def publish(request: Request) -> Response:
    """Let the draft answer; a regression stands in its way unless a reason is given."""
    form, operator = await form_of(request), request.state.operator
    assistant_id = request.path_params["id"]
    try:
        await publishing.publish(
            context_of(request).database,
            operator.merchant_id,
            assistant_id,
            by=f"operator:{operator.id}",
            forced=form.get("forced", ""),
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except RegressedError as error:
        return await page(request, refused=error.detail, status=409)
    return RedirectResponse(f"/assistants/{assistant_id}?saved", 303)


async def back(request: Request) -> Response:
    """Let an older version answer again."""
    form, operator = await form_of(request), request.state.operator
    assistant_id = request.path_params["id"]
    try:
        await publishing.publish_again(
            context_of(request).database,
            operator.merchant_id,
            assistant_id,
            number(form.get("number", "")) or 0,
            by=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except BadInputError:
        pass  # a second click: it answers already
    return RedirectResponse(f"/assistants/{assistant_id}?saved", 303)


async def drop(request: Request) -> Response:
    """Throw the draft away."""
    await form_of(request)
    assistant_id = request.path_params["id"]
    try:
        await drop_draft(
            context_of(request).database, request.state.operator.merchant_id, assistant_id
        )
    except NotFoundError:
        raise HTTPException(404) from None
    return RedirectResponse(f"/assistants/{assistant_id}", 303)
