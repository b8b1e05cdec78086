"""Web chat: visitors of a site write in our own widget, so we are the provider here (S2, item 7).

`web/chat` writes the bodies that `parse` reads; an outbox row that is accepted is delivered,
because the visitor's browser reads it from PostgreSQL.
"""

from __future__ import annotations

from hudhud.channels.webchat.checking import check
from hudhud.channels.webchat.content import checked
from hudhud.channels.webchat.options import SECRETS, Options, account
from hudhud.channels.webchat.reading import challenge, parse, verify
from hudhud.channels.webchat.sending import (
    FILES,
    addressee,
    locate,
    parts,
    send,
    show_typing,
    window_s,
)

__all__ = [
    "FILES",
    "SECRETS",
    "Options",
    "account",
    "addressee",
    "challenge",
    "check",
    "checked",
    "locate",
    "parse",
    "parts",
    "send",
    "show_typing",
    "verify",
    "window_s",
]
