"""The session cookie, and the proof that a form was sent from our own page."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.access import SESSION_DAYS
from hudhud.settings import Settings

# The prefix makes browsers refuse a cookie that another host or a plain connection has set.
SECURE_COOKIE = "__Host-hudhud"
PLAIN_COOKIE = "hudhud_session"
LANGUAGE_COOKIE = "hudhud_language"
LANGUAGE_DAYS = 365


def secure(request: Request, settings: Settings) -> bool:
    """Whether the reader reached us over TLS, ended here or at a proxy in front."""
    return request.url.scheme == "https" or settings.public_url.startswith("https://")


def token(request: Request, settings: Settings) -> str:
    """The session token that the browser carries, or an empty text."""
    name = SECURE_COOKIE if secure(request, settings) else PLAIN_COOKIE
    return request.cookies.get(name, "")


def keep(response: Response, request: Request, settings: Settings, fresh: str) -> None:
    """Put a new session into the browser: no script reads it, no other site's form sends it."""
    over_tls = secure(request, settings)
    response.set_cookie(
        SECURE_COOKIE if over_tls else PLAIN_COOKIE,
        fresh,
        max_age=int(timedelta(days=SESSION_DAYS).total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=over_tls,
    )


def forget(response: Response, request: Request, settings: Settings) -> None:
    """Take the session out of the browser."""
    over_tls = secure(request, settings)
    name = SECURE_COOKIE if over_tls else PLAIN_COOKIE
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=over_tls)


def keep_language(response: Response, request: Request, settings: Settings, language: str) -> None:
    """Remember the language before anybody is signed in."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=int(timedelta(days=LANGUAGE_DAYS).total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure(request, settings),
    )


def from_our_page(request: Request, settings: Settings) -> bool:
    """Whether a request that changes something was sent by a page of ours.

    Browsers say so in `Sec-Fetch-Site` (where the connection is trusted) and always in `Origin`;
    a request that says neither was not made by a form of ours.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    host = urlsplit(request.headers.get("origin", "")).netloc
    ours = {request.headers.get("host", ""), urlsplit(settings.public_url).netloc}
    return bool(host) and host in ours
