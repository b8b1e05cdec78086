"""WhatsApp's Cloud API: the shapes of `customers/saying.py`, in the envelope of `wire.py`."""

from __future__ import annotations

from hudhud.simulator.customers.saying import content, new_wamid
from hudhud.simulator.wire import letter, message_webhook

__all__ = ["content", "letter", "message_webhook", "new_wamid"]
