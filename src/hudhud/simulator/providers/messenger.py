"""Messenger: what is said there, in which shape, and how it looks."""

from __future__ import annotations

from functools import partial

from hudhud.simulator.providers.threads import wire
from hudhud.simulator.providers.threads.faces import face
from hudhud.simulator.providers.threads.kinds import MANNERS
from hudhud.simulator.providers.threads.kinds import OF_MESSENGER as KINDS
from hudhud.simulator.providers.threads.platform import MESSENGER
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

new_wamid = partial(wire.new_mid, MESSENGER)
message_webhook = partial(wire.message_webhook, MESSENGER)
status_webhook = partial(wire.status_webhook, MESSENGER)
