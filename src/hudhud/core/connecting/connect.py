"""Connects an account of a provider as an inbox, and opens what is sealed in one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.secrets import Vault, seal
from hudhud.errors import BadInputError, SecretUnreadableError
from hudhud.model import Inbox
from hudhud.store import inboxes
from hudhud.store.inboxes import StoredInbox
from hudhud.store.pool import Connection
from hudhud.text import latin_digits

KEY_BYTES = 10
WINDOW_MS = 8000
BATCH_MAX = 5
MISSING = "is missing"


async def connect(
    connection: Connection,
    vault: Vault,
    *,
    merchant_id: int,
    channel: str,
    name: str,
    given: Mapping[str, Any],
    assistant_id: int | None = None,
    window_ms: int = WINDOW_MS,
    batch_max: int = BATCH_MAX,
) -> Inbox:
    """Store a new inbox with its secrets sealed to its row, in the caller's transaction.

    Args:
        connection: a deed of this merchant.
        vault: seals the secrets.
        merchant_id: whose inbox.
        channel: a file of `channels/`.
        name: what operators read.
        given: the channel's options by name; checked by the channel's own `Options`.
        assistant_id: who answers; None leaves everything to people.
        window_ms: milliseconds from a batch's first message until it is due (Q3).
        batch_max: messages that make a batch due at once (Q3).

    Raises:
        NotFoundError: no such channel.
        BadInputError: an option is missing, wrong or unknown; no value is repeated.
        AlreadyThereError: this account is connected already.
    """
    adapter = registry.adapter("channels", channel)
    options = checked(channel, given)
    told: dict[str, Any] = msgspec.to_builtins(options)
    stored = await inboxes.add(
        connection,
        merchant_id=merchant_id,
        key=secrets.token_hex(KEY_BYTES),
        channel=channel,
        name=name,
        account=adapter.account(options),
        options={k: v for k, v in told.items() if k not in adapter.SECRETS},
        window_ms=window_ms,
        batch_max=batch_max,
        assistant_id=assistant_id,
    )
    plain = msgspec.json.encode({k: v for k, v in told.items() if k in adapter.SECRETS})
    sealed = await seal(connection, vault, stored.place, plain)
    await inboxes.keep_secrets(connection, stored.id, sealed)
    if pace := getattr(adapter, "SENDS_PER_S", None):
        await inboxes.set_pace(connection, stored.id, pace)
    return opened(vault, msgspec.structs.replace(stored, secrets=sealed))


def checked(channel: str, given: Mapping[str, Any]) -> msgspec.Struct:
    """The options in the channel's own type.

    Raises:
        NotFoundError: no such channel.
        BadInputError: they are not what it takes; the detail names options, never a value.
    """
    wanted: type[msgspec.Struct] = registry.adapter("channels", channel).Options
    known = ", ".join(wanted.__struct_fields__)
    if problems := problems_of(channel, given):
        told = "; ".join(f"{name}: {what}" for name, what in problems.items())
        raise BadInputError(f"{told}. Options: {known}.")
    types = {field.name: field.type for field in msgspec.structs.fields(wanted)}
    taken = {name: _taken(value, types[name]) for name, value in given.items()}
    try:
        return msgspec.convert(taken, wanted)
    except msgspec.ValidationError as error:  # what only the options together show
        raise BadInputError(f"{error}. Options: {known}.") from None


def problems_of(channel: str, given: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each option by name, without its value; empty when each may be taken.

    Raises:
        NotFoundError: no such channel.
    """
    wanted: type[msgspec.Struct] = registry.adapter("channels", channel).Options
    known = wanted.__struct_fields__
    problems = {name: f"no such option of {channel}" for name in given if name not in known}
    for field in msgspec.structs.fields(wanted):
        if field.name not in given:
            if field.required:
                problems[field.name] = MISSING
            continue
        try:
            _taken(given[field.name], field.type)
        except msgspec.ValidationError as error:
            problems[field.name] = str(error)
    return problems


def _taken(value: Any, kind: Any) -> Any:
    """A value as its option takes it; one that is refused as it stands may hold with 0-9."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        if not isinstance(value, str) or value.isascii():
            raise
        return msgspec.convert(latin_digits(value), kind)


def opened(vault: Vault, stored: StoredInbox) -> Inbox:
    """The inbox with its secrets readable among its options.

    Raises:
        SecretUnreadableError: sealed with another key, or for another row.
    """
    try:
        kept = msgspec.json.decode(vault.open(stored.place, stored.secrets), type=dict[str, Any])
    except msgspec.DecodeError:
        raise SecretUnreadableError(f"({stored.place})") from None
    shared = {name: getattr(stored, name) for name in Inbox.__struct_fields__ if name != "options"}
    return Inbox(**shared, options={**stored.options, **kept})
