"""My account: language, password, the way out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.access import PASSWORD_CHARS_MIN
from hudhud.errors import BadInputError
from hudhud.web import sessions
from hudhud.web.console.page import access_of, context_of, form_of, local, reader_of, show

LANGUAGES = ("ar", "en")


async def account_page(request: Request) -> Response:
    """Who I am here, and what I may change."""
    return await _page(request, saved="saved" in request.query_params)


async def set_password(request: Request) -> Response:
    """Set a password; every other session of mine ends."""
    form = await form_of(request)
    token = sessions.token(request, context_of(request).settings)
    try:
        await access_of(request).set_password(
            request.state.operator, form.get("password", ""), token=token
        )
    except BadInputError:
        return await _page(request, wrong=True, status=422)
    return RedirectResponse("/account?saved", 303)


async def set_language(request: Request) -> Response:
    """Change the language: of the operator who is signed in, and of this browser."""
    form = await form_of(request)
    language = form.get("language", "")
    settings = context_of(request).settings
    response = RedirectResponse(local(form.get("back", "/")), 303)
    if language in LANGUAGES:
        operator = await access_of(request).who(sessions.token(request, settings))
        if operator:
            await access_of(request).set_language(operator, language)
        sessions.keep_language(response, request, settings, language)
    return response


async def _page(
    request: Request, *, saved: bool = False, wrong: bool = False, status: int = 200
) -> Response:
    operator = request.state.operator
    async with context_of(request).database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
    values = {"saved": saved, "wrong": wrong, "characters": PASSWORD_CHARS_MIN}
    return show(request, "account.html", reader.say, reader=reader, status=status, **values)
