"""Reads one webhook: its event decides the reader, its data is one item or a list of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hudhud.channels import storable
from hudhud.channels.evolution import events
from hudhud.channels.evolution.messages import Around, moment, read_message, unwrapped
from hudhud.channels.evolution.people import aliases_of, crowd_of
from hudhud.channels.evolution.texts import READERS
from hudhud.channels.loose import document, items, record, words
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Delivery, DeliveryStatus, InboundMessage, Linked, Parsed, Unread

_REASON_CHARS_MAX = 120
# By name (v2) and by number (v1, and what the library below both says).
_STATUSES: dict[str, Delivery] = {
    "ERROR": "failed", "0": "failed",
    "SERVER_ACK": "sent", "2": "sent", "SENT": "sent",
    "DELIVERY_ACK": "delivered", "3": "delivered", "DELIVERED": "delivered",
    "READ": "read", "4": "read", "PLAYED": "read", "5": "read",
}  # fmt: skip

Item = InboundMessage | DeliveryStatus | Linked | str


def parse(body: bytes) -> Parsed:
    """Read one webhook of Evolution API, v1 or v2; pure.

    An item that cannot be read becomes an `Unread` with its place and reason. Reasons that begin
    with `field:` need nobody: `field:group`, `field:broadcast`, `field:newsletter`,
    `field:<event>` for news of the account and everything that is no message.

    Raises:
        UnreadableWebhookError: not JSON, not an object, or without an event.

    Source: PLATFORM_FACTS part 9.
    """
    webhook = document(body)
    event = events.event_of(webhook)
    if not event:
        raise UnreadableWebhookError("It names no event.")
    reader = _READERS.get(event)
    if reader is None:
        return Parsed(unread=(Unread(place="event", reason=_reason(f"field:{event}")),))
    around = Around(
        storable.external_id(words(webhook.get("instance"))),
        words(webhook.get("sender")),
        _told_at(webhook.get("date_time")),
    )
    read = [(place, reader(raw, around)) for place, raw in _items(webhook.get("data"))]
    return Parsed(
        messages=tuple(item for _, item in read if isinstance(item, InboundMessage)),
        statuses=tuple(item for _, item in read if isinstance(item, DeliveryStatus)),
        links=tuple(item for _, item in read if isinstance(item, Linked)),
        unread=tuple(
            Unread(place=place, reason=_reason(item))
            for place, item in read
            if isinstance(item, str)
        ),
    )


def _items(data: Any) -> list[tuple[str, Any]]:
    several = record(data).get("messages")
    if isinstance(several, list) and several:
        return [(f"data.messages[{at}]", each) for at, each in enumerate(several)]
    if isinstance(data, list) and data:
        return [(f"data[{at}]", each) for at, each in enumerate(items(data))]
    return [("data", data)]


def _reason(text: str) -> str:
    # It may quote the provider, so it is bounded and printable.
    quoted = text.replace("\0", "\\0").encode("ascii", "backslashreplace").decode()
    return quoted[:_REASON_CHARS_MAX]


def _status(raw: Any, around: Around) -> Item:  # noqa: PLR0911 - one exit a lack
    """One item of `messages.update`: how far a message of ours came."""
    if not isinstance(raw, dict):
        return "not an object"
    key = {**raw, **record(raw.get("key"))}
    if crowd := crowd_of(key):
        return f"field:{crowd}"
    if key.get("fromMe") is False:
        return "field:read here"
    told = raw.get("status")
    told = words(record(raw.get("update")).get("status") if told is None else told).upper()
    id_ = words(raw.get("keyId")) or words(key.get("id")) or words(raw.get("messageId"))
    if not id_:
        return "no id"
    if told == "DELETED":
        return _revoked(key, around)
    if told not in _STATUSES:
        return f"field:status {told}"
    return DeliveryStatus(
        external_id=storable.external_id(id_),
        account=around.account,
        status=_STATUSES[told],
        error_code="failed" if _STATUSES[told] == "failed" else None,
    )


def _sent(raw: Any, around: Around) -> Item:
    """One item of `send.message`: what was sent through the API is ours, never an echo."""
    if not isinstance(raw, dict):
        return "not an object"
    key = record(raw.get("key"))
    if crowd := crowd_of(key):
        return f"field:{crowd}"
    id_ = words(key.get("id"))
    if not id_:
        return "no id"
    failed = words(raw.get("status")).upper() == "ERROR"
    said = read_message({**raw, "key": {**key, "fromMe": True}}, around)
    return DeliveryStatus(
        external_id=storable.external_id(id_),
        account=around.account,
        status="failed" if failed else "sent",
        provider_at=moment(raw.get("messageTimestamp")),
        error_code="failed" if failed else None,
        to=() if isinstance(said, str) else said.aliases,
        words="" if isinstance(said, str) else said.text,
    )


def _deleted(raw: Any, around: Around) -> Item:
    """One item of `messages.delete`: the key of a message, or what holds it."""
    if not isinstance(raw, dict):
        return "not an object"
    return _revoked({**raw, **record(raw.get("key"))}, around)


def _revoked(key: dict[str, Any], around: Around) -> Item:
    return _about(key, around, "revoke", "", "")


def _edited(raw: Any, around: Around) -> Item:
    """One item of `messages.edited`; the same edit in `messages.upsert` says the same."""
    edit = record(raw)
    message = unwrapped(record(edit.get("editedMessage")))
    found = next((READERS[name][1](message[name]) for name in READERS if name in message), None)
    mark = words(edit.get("timestampMs")) or words(edit.get("messageTimestamp"))
    return _about(record(edit.get("key")), around, "edit", found or "", mark)


def _about(key: dict[str, Any], around: Around, kind: str, text: str, mark: str) -> Item:
    if crowd := crowd_of(key):
        return f"field:{crowd}"
    id_ = words(key.get("keyId")) or words(key.get("id"))
    names = aliases_of(key, {}, around.ours)
    if not id_:
        return "no id"
    if not names:
        return "no sender"
    return InboundMessage(
        # These events have no id of their own; the same one always gives the same key (law 2).
        external_id=storable.external_id(f"{kind}:{id_}:{mark}"),
        account=around.account,
        aliases=names,
        kind=kind,
        text=storable.text(text),
        wakes=False,
        note=kind,
        direction="out" if key.get("fromMe") is True else "in",
        reply_to=storable.external_id(id_),
    )


def _link(raw: Any, around: Around) -> Item:
    """`connection.update`: the phone is linked, or it is not (while it connects neither)."""
    state = words(record(raw).get("state"))
    if not state:
        return "field:connection without a state"
    return Linked(
        account=around.account,
        linked=state == "open",
        reason=storable.text(words(record(raw).get("statusReason")), _REASON_CHARS_MAX),
        provider_at=around.told_at,
    )


def _told_at(raw: Any) -> datetime | None:
    # Its clock may stand in another zone than it says; it only puts its own news in order.
    try:
        told = datetime.fromisoformat(words(raw))
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


_READERS: dict[str, Callable[[Any, Around], Item]] = {
    events.UPSERT: read_message,
    events.UPDATE: _status,
    events.SENT_UPDATE: _status,
    events.SENT: _sent,
    events.DELETE: _deleted,
    events.EDITED: _edited,
    events.CONNECTION: _link,
}
