"""Sends one part of one reply, once; and the courtesies around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aiohttp

from hudhud.channels import storable
from hudhud.channels.graph.calling import call
from hudhud.channels.loose import items, record, words
from hudhud.channels.whatsapp.bodies import TEXT_CHARS_MAX, body_of
from hudhud.channels.whatsapp.options import Options
from hudhud.errors import HudhudError, SendUnknownError
from hudhud.events import emit
from hudhud.model import Alias, Outgoing, Reaction
from hudhud.text import split_text

_WRITTEN_TO = ("phone", "wa_user", "wa_parent_user", "wa_id")

# An id of a user in `to` is dropped in silence by Meta; it has its own field.
_USER_KINDS = frozenset({"wa_user", "wa_parent_user"})


def parts(text: str) -> tuple[str, ...]:
    """Cut a reply into texts of at most 4096 characters, on borders that a reader does not feel."""
    return tuple(split_text(text, TEXT_CHARS_MAX))


def addressee(aliases: Sequence[Alias]) -> Alias | None:
    """The name under which a contact is written to: the newest phone, else the newest user id.

    A phone is taken by every kind of message; a user id is refused for some (131062). After a
    change of number the newest is the one that is still theirs.

    Args:
        aliases: of one contact, oldest first.
    """
    newest = {alias.kind: alias for alias in aliases}
    return next((newest[kind] for kind in _WRITTEN_TO if kind in newest), None)


async def send(
    http: aiohttp.ClientSession, options: Options, outgoing: Outgoing, *, timeout_s: float
) -> str:
    """Send one text or content; our tag comes back in every status of it.

    Meta knows no idempotency key, so this is called once per tag and never again for one that
    ended as unknown.

    Returns:
        Meta's id of the message (`wamid.…`).

    Raises:
        SendNotMadeError: it did not leave; trying again is safe.
        SendRejectedError: Meta refused it; `retry` and `retry_after_s` say what may help.
        SendUnknownError: it may have left; a status with our tag or a person decides.

    Source: PLATFORM_FACTS part 5.
    """
    path = f"{options.phone_number_id}/messages"
    answer = await call(http, options, "POST", path, json=_payload(outgoing), timeout_s=timeout_s)
    sent = next(iter(items(answer.get("messages"))), None)
    external_id = words(record(sent).get("id"))
    if not external_id:
        raise SendUnknownError("Meta took it without naming it.")
    return storable.external_id(external_id)


def _payload(outgoing: Outgoing) -> dict[str, Any]:
    payload = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_addressee(outgoing.to),
        **body_of(outgoing.text, outgoing.content),
        "biz_opaque_callback_data": outgoing.tag,
    }
    # A reaction names its message itself, and quotes none.
    if outgoing.reply_to and not isinstance(outgoing.content, Reaction):
        payload["context"] = {"message_id": outgoing.reply_to}
    return payload


def _addressee(to: Alias) -> dict[str, str]:
    return {"recipient" if to.kind in _USER_KINDS else "to": to.value}


async def show_typing(
    http: aiohttp.ClientSession, options: Options, provider_message_id: str, *, timeout_s: float
) -> None:
    """Mark a message as read and show typing, for up to 25 s or until we answer.

    Best effort: what goes wrong here is counted and costs nobody an answer.
    """
    payload = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": provider_message_id,
        "typing_indicator": {"type": "text"},
    }
    path = f"{options.phone_number_id}/messages"
    try:
        await call(http, options, "POST", path, json=payload, timeout_s=timeout_s)
    except HudhudError as error:
        emit("typing.failed", "debug", channel="whatsapp", error=type(error).__name__)
