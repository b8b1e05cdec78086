"""The nouns, frozen. One meaning each; the same names stand in code, database, API and console."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Direction = Literal["in", "out"]
Author = Literal["contact", "assistant", "operator", "system"]
Delivery = Literal["sent", "delivered", "read", "failed"]


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """One account on a channel: this WhatsApp number.

    `key` is the public id in its webhook address; `options` are the channel's own (secrets
    decrypted); `account` is the provider's id of the account (WhatsApp: phone_number_id).
    """

    id: int
    merchant_id: int
    key: str
    channel: str
    name: str
    account: str
    options: dict[str, Any]
    window_ms: int
    batch_max: int
    assistant_id: int | None


class Alias(msgspec.Struct, frozen=True):
    """One way in which a provider names a contact: kind `phone`, `wa_user`, `handle`; its value."""

    kind: str
    value: str


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message as a channel's `parse` read it; nothing here has touched a database.

    `aliases` come in order of trust (the first one finds the contact). `provider_at` is the
    provider's own stamp. `wakes` says that it wants an answer; when not, `note` says why
    (`reaction`, `echo`, `revoke`, …). `text` is what a responder reads, `content` the
    parsed rest (media id, coordinates, product…), None for plain text.
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


class DeliveryStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One status of one sent message, by the provider's id and our tag when it came back."""

    external_id: str
    account: str
    status: Delivery
    provider_at: datetime | None = None
    tag: str | None = None
    error_code: str | None = None
    error_text: str | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a webhook that could not be understood: where it stands, and why."""

    place: str
    reason: str


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """All that one webhook carried, in its own order. What is in `unread` stays in the journal."""

    messages: tuple[InboundMessage, ...] = ()
    statuses: tuple[DeliveryStatus, ...] = ()
    unread: tuple[Unread, ...] = ()


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a reply, ready for `channel.send`. `to` is the contact's alias, `tag` is ours."""

    to: Alias
    text: str
    tag: str
    reply_to: str | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a conversation as a responder sees it."""

    id: int
    author: Author
    kind: str
    text: str
    at: datetime


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the merchant sells. `price_minor` is in the currency's smallest unit."""

    id: int
    sku: str
    name_ar: str
    name_en: str
    description_ar: str
    description_en: str
    price_minor: int
    currency: str
    stock: int
    sizes: tuple[str, ...]
    colours_ar: tuple[str, ...]
    colours_en: tuple[str, ...]
    category_ar: str
    category_en: str
    score: float = 0.0


class Faq(msgspec.Struct, frozen=True, kw_only=True):
    """One question that the merchant answered once for all; `topic` is `hours`, `delivery`, …."""

    id: int
    topic: str
    question_ar: str
    question_en: str
    answer_ar: str
    answer_en: str
    score: float = 0.0


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to collect from the contact. `choices`: the stored value, and ways of saying it."""

    name: str
    kind: Literal["name", "phone", "choice", "text"]
    label_ar: str
    label_en: str
    question_ar: str
    question_en: str
    choices: dict[str, tuple[str, ...]] = {}


class Assistant(msgspec.Struct, frozen=True, kw_only=True):
    """A persona: which responder answers, with what instructions, options and fields to collect.

    `second_responder` answers, with `second_options`, when the first cannot; None leaves that to a
    person.
    """

    id: int
    merchant_id: int
    name: str
    responder: str
    instructions: str
    options: dict[str, Any]
    fields: tuple[Field, ...] = ()
    second_responder: str | None = None
    second_options: dict[str, Any] = {}


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a responder may read to answer one batch; it never reads the database itself.

    `messages` is the batch in order, `history` what was said before it (oldest first),
    `products` and `faqs` what the search found for the batch's words (best first).
    """

    merchant_id: int
    merchant_name: str
    conversation_id: int
    contact_name: str
    assistant: Assistant
    messages: tuple[Said, ...]
    history: tuple[Said, ...] = ()
    products: tuple[Product, ...] = ()
    faqs: tuple[Faq, ...] = ()
    collected: dict[str, str] = {}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a responder decided. Empty `text` with `noted` set means: no answer is needed, and why.

    `source` names the row or model it came from (law 6, "why this answer"). `collected` are
    fields read from this batch. `hand_over` gives the conversation to a person, with the reason.
    """

    text: str = ""
    hand_over: str | None = None
    noted: str | None = None
    source: str = ""
    collected: dict[str, str] = {}
    trace: dict[str, Any] = {}


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation whose batch is closed and whose lease is ours, until the fence moves."""

    merchant_id: int
    conversation_id: int
    inbox_id: int
    fence: int
    closed_id: int
    attempt: int


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """The person inside, as far as a page needs to know them; never their password."""

    id: int
    merchant_id: int
    email: str
    name: str
    language: str
    has_password: bool = False
