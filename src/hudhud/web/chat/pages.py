"""What a browser loads: the widget for a site, and a page of our own that is only the chat."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from starlette.responses import Response

from hudhud.web import texts
from hudhud.web.chat.asked import Asked

if TYPE_CHECKING:  # the adapter brings an HTTP client, which no start of the web needs
    from hudhud.channels.webchat import Options

WIDGET_AGE_S = 300
_PREFIX = "chat."
_PAGE = """<!doctype html>
<html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Chat · محادثة</title>
<script src="{key}/widget.js" async data-page></script></html>"""


async def widget(asked: Asked) -> Response:
    """The script of one inbox: its settings, both languages, and the widget itself."""
    return Response(
        script(asked.inbox.key, asked.inbox.name, asked.options),
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
    return Response(
        _PAGE.format(key=asked.inbox.key),
        media_type="text/html",
        headers={
            "content-security-policy": f"{policy}; frame-ancestors {ancestors}",
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
        },
    )


def script(key: str, name: str, options: Options) -> str:
    """The whole script, one call around it: it leaves nothing in the site's own names."""
    settings = {
        "key": key,
        "title": options.title or name,
        "accent": options.accent,
        "position": options.position,
        "ar": {**_words("ar"), "greeting": options.greeting_ar},
        "en": {**_words("en"), "greeting": options.greeting_en},
    }
    told = json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")
    style = json.dumps(_source("widget.css"))
    return f"(() => {{\nconst S = {told}, STYLE = {style};\n{_source('widget.js')}}})();\n"


def _words(language: str) -> dict[str, str]:
    table = texts.table("ar" if language == "ar" else "en")
    return {
        key.removeprefix(_PREFIX): text
        for key, text in table.items()
        if key.startswith(_PREFIX) and isinstance(text, str)
    }


@cache
def _source(name: str) -> str:
    return resources.files("hudhud.web.chat").joinpath(name).read_text(encoding="utf-8")
