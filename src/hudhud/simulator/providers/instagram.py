"""Instagram: what is said there, in which shape, and how it looks."""

from __future__ import annotations

from functools import partial

from hudhud.simulator.providers.threads import wire
from hudhud.simulator.providers.threads.faces import face
from hudhud.simulator.providers.threads.kinds import MANNERS
from hudhud.simulator.providers.threads.kinds import OF_INSTAGRAM as KINDS
from hudhud.simulator.providers.threads.platform import INSTAGRAM
from hudhud.simulator.providers.whatsapp.wire import letter

__all__ = [
    "KINDS",
    "MANNERS",
    "face",
    "letter",
    "message_webhook",
    "new_wamid",
    "status_webhook",
]

new_wamid = partial(wire.new_mid, INSTAGRAM)
message_webhook = partial(wire.message_webhook, INSTAGRAM)
status_webhook = partial(wire.status_webhook, INSTAGRAM)
