"""Reads webhooks of Instagram and Messenger: one envelope, whose items are events of a thread.

Source: PLATFORM_FACTS part 8; Meta's Messenger Platform and Instagram webhook references.
"""

from __future__ import annotations

from typing import Any

from hudhud.channels import storable
from hudhud.channels.graph.events import Event, read_event
from hudhud.channels.loose import document, items, record, words
from hudhud.model import DeliveryStatus, InboundMessage, Parsed, Unread, Watermark

# Instagram's newer webhooks carry the same events one by one, each under its field.
_EVENT_FIELDS = frozenset(
    {"messages", "messaging_postbacks", "messaging_referral", "messaging_seen"}
    | {"message_reactions", "message_echoes", "message_edit", "standby"}
)


def read_threads(body: bytes, alias_kind: str) -> Parsed:
    """Every event of every entry, in its own order; pure.

    Args:
        body: of the webhook.
        alias_kind: how people are named here, `igsid` or `psid`.

    Raises:
        UnreadableWebhookError: nothing at all could be understood.
    """
    walk = _Walk(alias_kind)
    entries = document(body).get("entry")
    if not isinstance(entries, list):
        walk.miss("entry", "not a list")
    for at, raw in enumerate(items(entries)):
        walk.entry(f"entry[{at}]", raw)
    return Parsed(
        messages=tuple(walk.messages),
        statuses=tuple(walk.statuses),
        watermarks=tuple(walk.watermarks),
        unread=tuple(walk.unread),
    )


class _Walk:
    """One walk through a webhook, and all that was found on it."""

    def __init__(self, alias_kind: str) -> None:
        self.alias_kind = alias_kind
        self.messages: list[InboundMessage] = []
        self.statuses: list[DeliveryStatus] = []
        self.watermarks: list[Watermark] = []
        self.unread: list[Unread] = []

    def miss(self, place: str, reason: str) -> None:
        """Something could not be understood."""
        self.unread.append(Unread(place=storable.text(place), reason=storable.text(reason, 200)))

    def entry(self, place: str, raw: Any) -> None:
        """One entry: events that are ours, events of another app's turn, changes."""
        entry = record(raw)
        own = words(entry.get("id"))
        known = [key for key in ("messaging", "standby", "changes") if key in entry]
        if not known:
            self.miss(place, "empty")
        for key in known:
            if not isinstance(entry[key], list):
                self.miss(f"{place}.{key}", "not a list")
            for at, part in enumerate(items(entry[key])):
                where = f"{place}.{key}[{at}]"
                if key == "changes":
                    self.change(where, part, own)
                else:
                    self.event(where, part, own, standby=key == "standby")

    def change(self, place: str, raw: Any, own: str) -> None:
        """One change: an event under its field, or something that only the journal keeps."""
        field = words(record(raw).get("field"))
        value = record(raw).get("value")
        if field in _EVENT_FIELDS:
            self.event(place, value, own, standby=field == "standby")
        else:
            self.miss(place, f"field:{field}" if field else "no field")

    def event(self, place: str, raw: Any, own: str, *, standby: bool) -> None:
        """One event; whatever it gives is kept, and a reason when it gives nothing."""
        if not isinstance(raw, dict):
            self.miss(place, "not an object")
            return
        found = read_event(Event(raw, own, self.alias_kind, standby=standby))
        self.messages += found.messages
        self.statuses += found.statuses
        self.watermarks += found.watermarks
        for each in found.unread:
            self.miss(f"{place}.{each.place}" if each.place else place, each.reason)
