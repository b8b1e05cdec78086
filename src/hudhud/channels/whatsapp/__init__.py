"""WhatsApp through Meta's Cloud API (or anything that speaks it: `api_url` alone decides).

Source: Meta's WhatsApp Cloud API, webhooks and messages reference, v23.0.
"""

from __future__ import annotations

from hudhud.channels.graph.signature import challenge, verify
from hudhud.channels.whatsapp.checking import check
from hudhud.channels.whatsapp.files import FILES, locate, upload
from hudhud.channels.whatsapp.options import MADE, SECRETS, Options, account
from hudhud.channels.whatsapp.parsing import parse
from hudhud.channels.whatsapp.sending import addressee, parts, send, show_typing
from hudhud.channels.whatsapp.taken import checked
from hudhud.channels.whatsapp.templates import account_above, form_of, templates
from hudhud.channels.whatsapp.window import window_s

__all__ = [
    "FILES",
    "MADE",
    "SECRETS",
    "Options",
    "account",
    "account_above",
    "addressee",
    "challenge",
    "check",
    "checked",
    "form_of",
    "locate",
    "parse",
    "parts",
    "send",
    "show_typing",
    "templates",
    "upload",
    "verify",
    "window_s",
]
