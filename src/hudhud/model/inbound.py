"""What a channel read out of a webhook; nothing here has touched a database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from hudhud.model.accounts import Alias
from hudhud.model.templates import TemplateTold

Direction = Literal["in", "out"]
Delivery = Literal["sent", "delivered", "read", "failed"]


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a message, as its webhook names it; the file itself is fetched later (S8).

    `source` is what the channel's `locate` needs to find it: the provider's id of the file, or its
    address. `kept` is false for what may be shown from its address but never stored (stories of
    Instagram, by Meta's policy). `voice` is a voice note. What the webhook does not say is empty.
    """

    kind: Literal["image", "audio", "video", "document", "sticker"]
    source: str
    mime: str = ""
    sha256: str = ""
    file_name: str = ""
    voice: bool = False
    kept: bool = True


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message as a channel's `parse` read it; nothing here has touched a database.

    `aliases` come in order of trust (the first one finds the contact). `provider_at` is the
    provider's own stamp. `wakes` says that it wants an answer; when not, `note` says why
    (`reaction`, `echo`, `revoke`, …). `text` is what a responder reads, `content` the
    parsed rest (media id, coordinates, product…), None for plain text.

    `reply_to` is the provider's id of the message that this one quotes; of kinds `edit`, `revoke`
    and `reaction`, of the one that it is about. `free_entry`: an ad or a page's button opened the
    conversation, which makes its window longer (PLATFORM_FACTS part 7).
    """

    external_id: str
    account: str
    aliases: tuple[Alias, ...]
    kind: str
    text: str
    provider_at: datetime | None = None
    name: str = ""
    content: dict[str, Any] | None = None
    wakes: bool = True
    note: str | None = None
    direction: Direction = "in"
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()
    free_entry: bool = False


class DeliveryStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One status of one sent message, by the provider's id and our tag when it came back.

    `billing` is what the provider says of its price, in the provider's own names. Where no tag
    comes back, `to` and `words` say to whom and what was sent: they settle a send whose id nobody
    knows.
    """

    external_id: str
    account: str
    status: Delivery
    provider_at: datetime | None = None
    tag: str | None = None
    error_code: str | None = None
    error_text: str | None = None
    billing: dict[str, Any] | None = None
    to: tuple[Alias, ...] = ()
    words: str = ""


class Renamed(msgspec.Struct, frozen=True, kw_only=True):
    """A provider says that a contact changed a name: whoever was `old` is `new` from now on.

    The old name finds nobody from then on (it may be given to somebody else), and stays in the
    history of the contact's names (S3, PLATFORM_FACTS part 4).
    """

    account: str
    old: Alias
    new: tuple[Alias, ...]
    provider_at: datetime | None = None


class Watermark(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was sent to this person until a moment was delivered, or read.

    Messenger names no messages there, only the moment, by its own clock (PLATFORM_FACTS part 8).
    """

    account: str
    person: Alias
    status: Delivery
    until: datetime


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """A provider says whether the phone behind an account is linked; `reason` is its own word."""

    account: str
    linked: bool
    reason: str = ""
    provider_at: datetime | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a webhook that could not be understood: where it stands, and why."""

    place: str
    reason: str


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """All that one webhook carried, in its own order. What is in `unread` stays in the journal."""

    messages: tuple[InboundMessage, ...] = ()
    statuses: tuple[DeliveryStatus, ...] = ()
    renames: tuple[Renamed, ...] = ()
    watermarks: tuple[Watermark, ...] = ()
    templates: tuple[TemplateTold, ...] = ()
    links: tuple[Linked, ...] = ()
    unread: tuple[Unread, ...] = ()
