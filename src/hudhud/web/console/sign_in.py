"""Signing in and out: e-mail and password, or a link that works once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.access import TOKEN_CHARS_MAX
from hudhud.errors import SignInRefusedError
from hudhud.web import sessions
from hudhud.web.console.page import access_of, context_of, form_of, local, show, stranger


async def sign_in_page(request: Request) -> Response:
    """The form; who is signed in already goes on."""
    back = local(request.query_params.get("back", "/"))
    token = sessions.token(request, context_of(request).settings)
    if token and await access_of(request).who(token):
        return RedirectResponse(back, 303)
    return _form(request, back=back, ended=bool(token))


async def sign_in(request: Request) -> Response:
    """Check the password; what was typed stays, the password does not."""
    form = await form_of(request)
    email, back = form.get("email", ""), local(form.get("back", "/"))
    try:
        signed_in = await access_of(request).with_password(
            email,
            form.get("password", ""),
            address=_address(request),
            now=context_of(request).clock(),
        )
    except SignInRefusedError as error:
        return _form(request, back=back, email=email, refused=error)
    return _let_in(request, signed_in.token, back)


async def link_page(request: Request) -> Response:
    """A button, because programs that preview links open them; only pressing uses the link up."""
    return show(request, "link.html", stranger(request), refused=False)


async def link(request: Request) -> Response:
    """Use the link up and go in."""
    await form_of(request)
    token = request.path_params["token"]
    try:
        signed_in = await access_of(request).with_link(
            token[:TOKEN_CHARS_MAX], address=_address(request), now=context_of(request).clock()
        )
    except SignInRefusedError:
        return show(request, "link.html", stranger(request), status=403, refused=True)
    after = "/" if signed_in.operator.has_password else "/account"
    return _let_in(request, signed_in.token, after)


async def sign_out(request: Request) -> Response:
    """End this browser's session."""
    await form_of(request)
    settings = context_of(request).settings
    await access_of(request).sign_out(request.state.operator, sessions.token(request, settings))
    response = RedirectResponse("/sign-in", 303)
    sessions.forget(response, request, settings)
    return response


def _let_in(request: Request, token: str, back: str) -> Response:
    response = RedirectResponse(back, 303)
    sessions.keep(response, request, context_of(request).settings, token)
    return response


def _form(
    request: Request,
    *,
    back: str,
    email: str = "",
    refused: SignInRefusedError | None = None,
    ended: bool = False,
) -> Response:
    say = stranger(request)
    said = ""
    if refused:
        wait_s = refused.retry_after_s
        said = (
            say.t("sign_in.limit", span=say.short(wait_s)) if wait_s else say.t("sign_in.refused")
        )
    status = 200 if refused is None else 429 if refused.retry_after_s else 403
    return show(
        request,
        "sign_in.html",
        say,
        status=status,
        back=back,
        email=email,
        said=said,
        ended=ended,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
