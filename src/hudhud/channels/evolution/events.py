"""The events of Evolution under one spelling: v1 and v2 write `MESSAGES_UPSERT` both ways."""

from __future__ import annotations

from typing import Any

from hudhud.channels.loose import words

UPSERT, EDITED, UPDATE = "messages.upsert", "messages.edited", "messages.update"
DELETE, SENT, SENT_UPDATE = "messages.delete", "send.message", "send.message.update"
CONNECTION, QR_CODE = "connection.update", "qrcode.updated"

# What the instance is asked to send to us.
WANTED = (UPSERT, EDITED, UPDATE, DELETE, SENT, CONNECTION)

# They come by hundreds when a phone is linked, and say nothing that a conversation needs: the
# address book, the history of years, a new QR code every few seconds for as long as nobody scans.
_STORMS = (
    *("chats.", "contacts.", "presence.", "groups.", "group.", "labels."),
    *("messages.set", QR_CODE),
)


def event_of(webhook: dict[str, Any]) -> str:
    """The event in lower case with dots, "" when it is not named."""
    return words(webhook.get("event")).lower().replace("_", ".").replace("-", ".")


def is_storm(event: str) -> bool:
    """Whether an event carries nothing for us."""
    return event.startswith(_STORMS)
