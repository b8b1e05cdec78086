"""Evolution API: what is said there, in which shape, and how it looks."""

from __future__ import annotations

from hudhud.simulator.providers.evolution.faces import face
from hudhud.simulator.providers.evolution.kinds import KINDS, MANNERS
from hudhud.simulator.providers.evolution.wire import (
    letter,
    message_webhook,
    new_wamid,
    status_webhook,
)

__all__ = [
    "KINDS",
    "MANNERS",
    "face",
    "letter",
    "message_webhook",
    "new_wamid",
    "status_webhook",
]
