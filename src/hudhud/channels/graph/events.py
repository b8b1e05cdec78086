"""Reads one event of a thread: a message, a tap, a reaction, what was read, what was deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from hudhud.channels import storable
from hudhud.channels.graph.bodies import attachments, body_kind, body_text
from hudhud.channels.loose import STAMP_DIGITS_MAX, items, record, stamp, words
from hudhud.model import Alias, Delivery, DeliveryStatus, InboundMessage, Parsed, Unread, Watermark

# Our tag as an echo brings it back: other apps of the page write metadata of their own.
METADATA_PREFIX = "hudhud:"
TAG_CHARS_MAX = 512
STAMP_MS_DIGITS_MAX = STAMP_DIGITS_MAX + 3
_ADS = "ADS"
# Fields of an event that say where and when, not what.
_FRAME = frozenset({"sender", "recipient", "timestamp", "prior_message", "hop_context", "is_echo"})


@dataclass(frozen=True)
class Event:
    """One event and whose it is.

    `own` is the entry's id. The account is the side that is not the person; entry and side are
    the same id in truth, and the side is believed when they differ.
    """

    raw: dict[str, Any]
    own: str
    alias_kind: str
    standby: bool = False

    @cached_property
    def sides(self) -> tuple[str, str]:
        """The ids of sender and recipient; empty when unnamed."""
        sender, recipient = (record(self.raw.get(side)) for side in ("sender", "recipient"))
        return words(sender.get("id")), words(recipient.get("id"))

    @cached_property
    def outward(self) -> bool:
        """Whether the business did it."""
        sender, recipient = self.sides
        if record(self.raw.get("message")).get("is_echo") is True:
            return True
        return bool(sender) and sender == self.own != recipient

    @cached_property
    def account(self) -> str:
        """The provider's id of the account."""
        sender, recipient = self.sides
        return storable.external_id((sender if self.outward else recipient) or self.own)

    @cached_property
    def person(self) -> str:
        """The scoped id of the person; empty when unnamed."""
        sender, recipient = self.sides
        return recipient if self.outward else sender

    @cached_property
    def at(self) -> datetime | None:
        """When it happened; Meta writes milliseconds, some bridges seconds."""
        return moment(self.raw.get("timestamp"))

    def aliases(self) -> tuple[Alias, ...]:
        """The person, within this account: two pages may use one id for two people."""
        value = f"{self.account}:{self.person}"
        if not self.person or storable.external_id(value) != value:
            return ()
        return (Alias(self.alias_kind, value),)

    def id(self, what: str, *parts: Any) -> str:
        """An id for an event that has none: the same event gives the same one (law 2)."""
        seed = "\x1f".join((self.person, words(self.raw.get("timestamp")), *map(str, parts)))
        digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return f"{what}:{digest}"


def moment(value: Any) -> datetime | None:
    """The moment of a stamp in Unix milliseconds or seconds; None for an absurd one."""
    digits = words(value)
    if STAMP_DIGITS_MAX < len(digits) <= STAMP_MS_DIGITS_MAX:
        seconds = stamp(digits[:-3])
        ms = int(digits[-3:]) if seconds else 0
        return datetime.fromtimestamp(seconds.timestamp() + ms / 1000, UTC) if seconds else None
    return stamp(value)


def read_event(event: Event) -> Parsed:
    """Everything that one event says; what it says in vain stands in `unread`."""
    known = [key for key in _READERS if key in event.raw]
    if not known:
        return _missed(event)
    found = _READERS[known[0]](event, record(event.raw[known[0]]))
    if isinstance(found, Parsed):
        return found
    return Parsed(unread=(Unread(place=known[0], reason=found),))


def _missed(event: Event) -> Parsed:
    names = [key for key in event.raw if key not in _FRAME]
    # A kind of event that nobody here asked for is stored, as its field would be.
    reason = f"field:{names[0]}" if names else "no event"
    return Parsed(unread=(Unread(place="", reason=reason),))


def _made(
    event: Event, external_id: str, kind: str, text: str, *, note: str = "", **more: Any
) -> Parsed | str:
    names = event.aliases()
    if not names:
        return "no recipient" if event.outward else "no sender"
    note = ("echo" if event.outward else "standby" if event.standby else "") or note
    made = InboundMessage(
        external_id=storable.external_id(external_id),
        account=event.account,
        aliases=names,
        kind=kind,
        text=storable.text(text),
        provider_at=event.at,
        wakes=not note,
        note=note or None,
        direction="out" if event.outward else "in",
        **more,
    )
    return Parsed(messages=(made,))


def _message(event: Event, message: dict[str, Any]) -> Parsed | str:
    mid = words(message.get("mid"))
    if not mid:
        return "no id"
    if message.get("is_deleted") is True:
        about = storable.external_id(mid)
        return _made(event, f"revoke:{mid}", "revoke", "", note="revoke", reply_to=about)
    tag = words(message.get("metadata"))
    if event.outward and tag.startswith(METADATA_PREFIX):
        return _ours(event, mid, tag.removeprefix(METADATA_PREFIX))
    kind = body_kind(message)
    answered = record(message.get("reply_to"))
    rest = {k: v for k, v in message.items() if k not in ("mid", "text", "is_echo", "seq")}
    quoted = words(answered.get("mid"))
    return _made(
        event,
        mid,
        kind,
        body_text(message),
        note="unsupported" if kind == "unsupported" else "",
        reply_to=storable.external_id(quoted) if quoted else None,
        content=storable.content(rest) or None,
        attachments=attachments(message),
        free_entry=_is_ad(message.get("referral")),
    )


def _ours(event: Event, mid: str, tag: str) -> Parsed:
    """An echo of what we sent: it proves that it left, under which id, and needs no row (law 5)."""
    sent = DeliveryStatus(
        external_id=storable.external_id(mid),
        account=event.account,
        status="sent",
        provider_at=event.at,
        tag=storable.text(tag, TAG_CHARS_MAX) or None,
    )
    return Parsed(statuses=(sent,))


def _postback(event: Event, tap: dict[str, Any]) -> Parsed | str:
    payload = words(tap.get("payload"))
    text = words(tap.get("title")) or payload
    return _made(
        event,
        words(tap.get("mid")) or event.id("postback", payload),
        "postback",
        text,
        content=storable.content({k: v for k, v in tap.items() if k != "mid"}) or None,
        free_entry=_is_ad(tap.get("referral")),
    )


def _reaction(event: Event, reaction: dict[str, Any]) -> Parsed | str:
    mid = words(reaction.get("mid"))
    taken = reaction.get("action") == "unreact"
    emoji = "" if taken else words(reaction.get("emoji")) or words(reaction.get("reaction"))
    return _made(
        event,
        event.id("reaction", mid, emoji),
        "reaction",
        emoji,
        note="reaction" if emoji else "reaction_removed",
        reply_to=storable.external_id(mid) if mid else None,
        content=storable.content(reaction) or None,
    )


def _referral(event: Event, referral: dict[str, Any]) -> Parsed | str:
    return _made(
        event,
        event.id("referral", words(referral.get("ref")), words(referral.get("ad_id"))),
        "referral",
        words(referral.get("ref")),
        note="referral",
        content=storable.content(referral) or None,
        free_entry=_is_ad(referral),
    )


def _edit(event: Event, edit: dict[str, Any]) -> Parsed | str:
    mid = words(edit.get("mid"))
    if not mid:
        return "no id"
    text, count = words(edit.get("text")), words(edit.get("num_edit"))
    return _made(
        event,
        event.id("edit", mid, text, count),
        "edit",
        text,
        note="edit",
        reply_to=storable.external_id(mid),
        content=storable.content(edit),
    )


def _read(event: Event, read: dict[str, Any]) -> Parsed | str:
    mids = [words(read.get("mid"))] if words(read.get("mid")) else []
    return _told(event, mids, read, "read")


def _delivery(event: Event, delivery: dict[str, Any]) -> Parsed | str:
    mids = [mid for raw in items(delivery.get("mids")) if (mid := words(raw))]
    return _told(event, mids, delivery, "delivered")


def _told(event: Event, mids: list[str], told: dict[str, Any], status: Delivery) -> Parsed | str:
    """Instagram names the message, Messenger the moment until which everything is meant."""
    statuses = tuple(
        DeliveryStatus(
            external_id=storable.external_id(mid),
            account=event.account,
            status=status,
            provider_at=event.at,
        )
        for mid in mids
    )
    until, names = moment(told.get("watermark")), event.aliases()
    marks = tuple(
        Watermark(account=event.account, person=person, status=status, until=until)
        for person in names[:1]
        if until is not None
    )
    if not statuses and not marks:
        return "no message and no moment"
    return Parsed(statuses=statuses, watermarks=marks)


def _is_ad(referral: Any) -> bool:
    told = record(referral)
    return bool(told.get("ad_id")) or words(told.get("source")).upper() == _ADS


_READERS: dict[str, Callable[[Event, dict[str, Any]], Parsed | str]] = {
    "message": _message,
    "postback": _postback,
    "reaction": _reaction,
    "message_edit": _edit,
    "read": _read,
    "delivery": _delivery,
    "referral": _referral,
}
