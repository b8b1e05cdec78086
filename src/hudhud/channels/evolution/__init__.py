"""WhatsApp through Evolution API, v1 and v2: a phone that is linked, not Meta's own interface.

Source: PLATFORM_FACTS part 9; Evolution API's own documentation.
"""

from __future__ import annotations

from hudhud.channels.evolution.checking import check
from hudhud.channels.evolution.instance import link_of, point_webhook
from hudhud.channels.evolution.options import MADE, SECRETS, Options, account
from hudhud.channels.evolution.parsing import parse
from hudhud.channels.evolution.payloads import FILES, checked
from hudhud.channels.evolution.proof import challenge, verify
from hudhud.channels.evolution.redaction import redacted
from hudhud.channels.evolution.sending import (
    addressee,
    locate,
    parts,
    send,
    show_typing,
    window_s,
)

# A linked phone is a person's phone: who writes faster than people do is banned for it.
SENDS_PER_S = 2.0

__all__ = [
    "FILES",
    "MADE",
    "SECRETS",
    "SENDS_PER_S",
    "Options",
    "account",
    "addressee",
    "challenge",
    "check",
    "checked",
    "link_of",
    "locate",
    "parse",
    "parts",
    "point_webhook",
    "redacted",
    "send",
    "show_typing",
    "verify",
    "window_s",
]
