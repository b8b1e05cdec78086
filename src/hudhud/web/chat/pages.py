"""What a browser loads: the widget for a site, and a page of our own that is only the chat."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from starlette.responses import Response

from hudhud.model import Inbox
from hudhud.web import texts
from hudhud.web.chat.asked import Asked
from hudhud.web.chat.filing import ACCEPT, FILE_BYTES_MAX

if TYPE_CHECKING:  # the adapter brings an HTTP client, which no start of the web needs
    from hudhud.channels.webchat import Options

WIDGET_AGE_S = 300
# In this order, one after the other, inside of one call.
PARTS = ("words.js", "panel.js", "bubbles.js", "line.js", "start.js")
_PREFIX = "chat."
_PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<script src="{key}/widget.js" async data-page></script></html>"""


async def widget(asked: Asked) -> Response:
    """The script of one inbox: its settings, both languages, and the widget itself."""
    most = min(FILE_BYTES_MAX, asked.context.settings.media_bytes_max)
    return Response(
        script(asked.inbox, asked.options, bytes_max=most),
        media_type="text/javascript",
        headers={
            "cache-control": f"public, max-age={WIDGET_AGE_S}",
            "cross-origin-resource-policy": "cross-origin",
        },
    )


async def page(asked: Asked) -> Response:
    """The chat alone on a page; the sites of the inbox may frame it, nobody else."""
    ancestors = " ".join(("'self'", *asked.options.origins.split()))
    policy = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'"
    # Pictures of cards lie where the merchant's shop lies.
    files = "img-src 'self' https: blob:; media-src 'self' https:"
    wanted = asked.request.headers.get("accept-language", "ar")
    return Response(
        _PAGE.format(
            key=asked.inbox.key,
            title=escape(asked.options.title or asked.inbox.name),
            language="ar" if wanted.lower().startswith("ar") else "en",
        ),
        media_type="text/html",
        headers={
            "content-security-policy": f"{policy}; {files}; frame-ancestors {ancestors}",
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "vary": "accept-language",
        },
    )


def script(inbox: Inbox, options: Options, *, bytes_max: int) -> str:
    """The whole script, one call around it: it leaves nothing in the site's own names."""
    settings = {
        "key": inbox.key,
        "title": options.title or inbox.name,
        # Whoever will answer is also who greets.
        "greets": "operator" if inbox.assistant_id is None else "assistant",
        "accent": options.accent,
        "position": options.position,
        "bytes_max": bytes_max,
        "accept": ACCEPT,
        "ar": {**_words("ar"), "greeting": options.greeting_ar},
        "en": {**_words("en"), "greeting": options.greeting_en},
    }
    told = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
    style = json.dumps(_source("widget.css"))
    parts = "".join(_source(part) for part in PARTS)
    return f"(() => {{\nconst S = {told}, STYLE = {style};\n{parts}}})();\n"


def _words(language: str) -> dict[str, str]:
    table = texts.table("ar" if language == "ar" else "en")
    return {
        key.removeprefix(_PREFIX): text
        for key, text in table.items()
        if key.startswith(_PREFIX) and isinstance(text, str)
    }


@cache
def _source(name: str) -> str:
    place = resources.files("hudhud.web.chat").joinpath("widget", name)
    return place.read_text(encoding="utf-8")
