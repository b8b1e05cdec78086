"""From a verified body to a webhook for the store: every message finds its inbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from types import ModuleType

from hudhud import registry
from hudhud.core.inboxes import SCOPE, Inboxes
from hudhud.core.intake.record import Record
from hudhud.errors import UnreadableWebhookError
from hudhud.events import emit
from hudhud.model import Inbox, Parsed
from hudhud.store.intake import Webhook, storable

# Parts of a webhook that are understood well enough to need nobody: kept in the journal only.
QUIET = "field:"


def kept(channel: str, body: bytes) -> bytes | None:
    """What of a verified body may be logged and stored; None when nothing in it is for us.

    Only a channel that defines `redacted` says so (`channels/contract.py`); the others' is the
    same body.
    """
    redacted = _redacted(channel)
    return body if redacted is None else redacted(body)


@cache  # a module that lacks a name takes 0.6 us to say so
def _redacted(channel: str) -> Callable[[bytes], bytes | None] | None:
    return getattr(registry.adapter("channels", channel), "redacted", None)


def read(channel: ModuleType, body: bytes) -> tuple[Parsed, str | None]:
    """Parse a body; one that cannot be understood at all gives nothing and the reason.

    A parser that breaks is our mistake, not the provider's: its webhook is kept for the day on
    which the parser is mended (`hudhud journal replay`), and stops none behind it (trap 8).
    """
    try:
        return channel.parse(body), None
    except UnreadableWebhookError as error:
        return Parsed(), error.sentence
    except Exception as error:  # noqa: BLE001 - whatever broke, the webhook is kept
        emit("webhook.unparsed", "error", exc_info=True, error=type(error).__name__)
        return Parsed(), f"the parser broke: {type(error).__name__}"


def webhook(
    inbox: Inbox,
    siblings: dict[str, Inbox],
    body: bytes,
    parsed: Parsed,
    unreadable: str | None,
    *,
    accepted_at: datetime | None = None,
) -> Webhook:
    """Give every message and status its inbox; what belongs to no inbox of this app is set aside.

    Args:
        inbox: the one whose secret verified the body.
        siblings: inboxes of the same merchant and app by account; a number of another app is
            never written to, whoever signed (trap 12).
        body: raw bytes, stored once.
        parsed: what the channel read.
        unreadable: why nothing could be read, or None.
        accepted_at: when the spool made it durable; None for now.
    """
    known = {**{account: found.id for account, found in siblings.items()}, inbox.account: inbox.id}
    strangers = {m.account for m in parsed.messages if m.account not in known}
    scopes = {each.options.get(SCOPE) for each in (inbox, *siblings.values())}
    reasons = [unreadable] if unreadable else []
    reasons += [f"{part.place}: {part.reason}" for part in parsed.unread]
    reasons += [f"account {account!r} is not connected here" for account in sorted(strangers)]
    reasons += [
        f"the templates of {scope!r} are nobody's here"
        for scope in sorted({t.scope for t in parsed.templates} - scopes)
    ]
    loud = bool(unreadable or strangers) or any(
        not part.reason.startswith(QUIET) for part in parsed.unread
    )
    return Webhook(
        merchant_id=inbox.merchant_id,
        inbox_id=inbox.id,
        body=body,
        messages=tuple((known[m.account], m) for m in parsed.messages if m.account in known),
        statuses=tuple((known[s.account], s) for s in parsed.statuses if s.account in known),
        renames=tuple(r for r in parsed.renames if r.account in known),
        watermarks=tuple((known[m.account], m) for m in parsed.watermarks if m.account in known),
        templates=tuple(t for t in parsed.templates if t.scope in scopes),
        links=tuple((known[k.account], k) for k in parsed.links if k.account in known),
        accepted_at=accepted_at,
        reason=storable("; ".join(reasons)) or None,
        set_aside=loud,
    )


async def route(
    inboxes: Inboxes, inbox: Inbox, body: bytes, *, accepted_at: datetime | None = None
) -> Webhook:
    """Parse a verified body and route it; asks for sibling inboxes only when it names any."""
    parsed, unreadable = read(registry.adapter("channels", inbox.channel), body)
    if (ours := _ours(inbox, body, parsed, unreadable, accepted_at)) is not None:
        return ours
    accounts = {m.account for m in parsed.messages} | {s.account for s in parsed.statuses}
    accounts |= {r.account for r in parsed.renames} | {m.account for m in parsed.watermarks}
    foreign = accounts - {inbox.account}
    foreign |= {told.scope for told in parsed.templates} - {inbox.options.get(SCOPE)}
    siblings = {s.account: s for s in await inboxes.siblings(inbox)} if foreign else {}
    return webhook(inbox, siblings, body, parsed, unreadable, accepted_at=accepted_at)


def route_at_once(inbox: Inbox, body: bytes) -> Webhook | None:
    """The same for what is nothing but messages and statuses of this account; None: `route` it."""
    return _ours(inbox, body, *read(registry.adapter("channels", inbox.channel), body))


def _ours(
    inbox: Inbox,
    body: bytes,
    parsed: Parsed,
    unreadable: str | None,
    accepted_at: datetime | None = None,
) -> Webhook | None:
    if unreadable is not None or not _only_ours(parsed, inbox.account):
        return None
    return Webhook(
        merchant_id=inbox.merchant_id,
        inbox_id=inbox.id,
        body=body,
        messages=tuple([(inbox.id, message) for message in parsed.messages]),
        statuses=tuple([(inbox.id, status) for status in parsed.statuses]),
        accepted_at=accepted_at,
    )


def _only_ours(parsed: Parsed, account: str) -> bool:
    """Whether it is nothing but messages and statuses of this account, as nearly all are."""
    mine = all(message.account == account for message in parsed.messages)
    mine &= all(status.account == account for status in parsed.statuses)
    return mine and parsed == Parsed(messages=parsed.messages, statuses=parsed.statuses)


async def from_record(inboxes: Inboxes, record: Record) -> Webhook:
    """Route what came out of the spool; an inbox that is gone meanwhile still gets its journal."""
    inbox = await inboxes.by_id(record.merchant_id, record.inbox_id)
    if inbox is None:
        return Webhook(
            merchant_id=record.merchant_id,
            inbox_id=record.inbox_id,
            body=record.body,
            accepted_at=record.accepted_at,
            reason="its inbox is disabled",
            set_aside=True,
        )
    return await route(inboxes, inbox, record.body, accepted_at=record.accepted_at)
