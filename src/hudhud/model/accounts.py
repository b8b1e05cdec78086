"""Whose it is: an account on a channel, the names of a contact, the person inside."""

from __future__ import annotations

from typing import Any

import msgspec


class Alias(msgspec.Struct, frozen=True):
    """One way in which a provider names a contact: kind `phone`, `wa_user`, `handle`; its value."""

    kind: str
    value: str


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


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """The person inside, as far as a page needs to know them; never their password."""

    id: int
    merchant_id: int
    email: str
    name: str
    language: str
    has_password: bool = False
