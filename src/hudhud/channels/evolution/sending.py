"""Sends one part of one reply, once; the courtesies around it; and fetches what a contact sent."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from typing import Any

import aiohttp
import msgspec

from hudhud.channels import storable
from hudhud.channels.contract import Located
from hudhud.channels.evolution.calling import call
from hudhud.channels.evolution.instance import state_of
from hudhud.channels.evolution.options import Options
from hudhud.channels.evolution.payloads import request_of
from hudhud.channels.loose import items, record, words
from hudhud.errors import HudhudError, SendNotMadeError, SendRejectedError, SendUnknownError
from hudhud.events import emit
from hudhud.model import Alias, Attachment, Outgoing
from hudhud.text import split_text

TEXT_CHARS_MAX = 4096
FILE_BYTES_MAX = 24 * 1024 * 1024  # of a file in base64, which is read into memory
_TYPING_MS = 1500
_LOOK_SHARE = 0.3  # of the deadline: whether the phone is linked
_WRITTEN_TO = ("phone", "wa_lid")


def parts(text: str) -> tuple[str, ...]:
    """Cut a reply into texts of at most 4096 characters, on borders that a reader does not feel."""
    return tuple(split_text(text, TEXT_CHARS_MAX))


def window_s(*, free_entry: bool, by_person: bool) -> float | None:  # noqa: ARG001 - the contract
    """There is no window: a linked phone may always write."""
    return None


def addressee(aliases: Sequence[Alias]) -> Alias | None:
    """The newest phone, else the newest hidden id (oldest first are given)."""
    newest = {alias.kind: alias for alias in aliases}
    return next((newest[kind] for kind in _WRITTEN_TO if kind in newest), None)


async def send(
    http: aiohttp.ClientSession, options: Options, outgoing: Outgoing, *, timeout_s: float
) -> str:
    """Send one part and return the id that WhatsApp gave it.

    Evolution carries no tag of ours. Where it takes an id of ours (v2, since 2026) every status
    and echo names it, and settles a send that ended as unknown; an older one passes it over, and
    its `send.message` settles it by the words. Whether the phone is linked is asked first: once the
    sending was begun, "Connection Closed" leaves open whether the message left.

    Raises:
        SendNotMadeError: it did not leave; trying again is safe.
        SendRejectedError: refused.
        SendUnknownError: it may have left, under its `external_id` if the release takes ours.

    Source: PLATFORM_FACTS part 9; Evolution API's pull request 2361.
    """
    deed, body = request_of(options, outgoing)
    await _refuse_unlinked(http, options, timeout_s=timeout_s * _LOOK_SHARE)
    ours = None
    if options.version == "v2":
        ours = body["messageId"] = f"3EB0{secrets.token_hex(9).upper()}"
    rest_s = timeout_s * (1 - _LOOK_SHARE)
    try:
        answer = await call(http, options, "POST", f"message/{deed}", json=body, timeout_s=rest_s)
    except SendUnknownError as error:
        raise SendUnknownError(error.detail, external_id=ours) from error
    external_id = words(record(record(answer).get("key")).get("id"))
    if not external_id:
        raise SendUnknownError("Evolution took it without naming it.", external_id=ours)
    return storable.external_id(external_id)


async def _refuse_unlinked(
    http: aiohttp.ClientSession, options: Options, *, timeout_s: float
) -> None:
    try:
        state = await state_of(http, options, timeout_s=timeout_s)
    except SendUnknownError as error:
        raise SendNotMadeError(error.detail) from error
    if state and state != "open":
        raise SendNotMadeError(f"The phone is not linked (state {state}).")


async def show_typing(
    http: aiohttp.ClientSession, options: Options, provider_message_id: str, *, timeout_s: float
) -> None:
    """Mark a message as read and show typing; what goes wrong costs nobody an answer.

    Evolution wants the address too, which only its own store knows for an id.
    """

    async def ask(deed: str, body: dict[str, Any]) -> Any:
        return await call(http, options, "POST", deed, json=body, timeout_s=timeout_s)

    try:
        found = await ask("chat/findMessages", {"where": {"key": {"id": provider_message_id}}})
        jid = _jid_in(found)
        if not jid:
            return
        read = {"id": provider_message_id, "fromMe": False, "remoteJid": jid}
        await ask("chat/markMessageAsRead", {"readMessages": [read], "read_messages": [read]})
        shown: dict[str, Any] = {"presence": "composing", "delay": _TYPING_MS}
        body = shown if options.version == "v2" else {"options": shown}
        await ask("chat/sendPresence", {"number": jid, **body})
    except HudhudError as error:
        emit("typing.failed", "debug", channel="evolution", error=type(error).__name__)


def _jid_in(found: Any) -> str:
    rows = items(found) or items(record(record(found).get("messages")).get("records"))
    return words(record(record(next(iter(rows), None)).get("key")).get("remoteJid"))


async def locate(
    http: aiohttp.ClientSession, options: Options, attachment: Attachment, *, timeout_s: float
) -> Located:
    """Fetch a file that a contact sent: Evolution opens it and answers in base64.

    Raises:
        SendNotMadeError, SendUnknownError: not now.
        SendRejectedError: Evolution has no such file (any more).
    """
    try:
        key = msgspec.json.decode(attachment.source, type=dict[str, Any])
    except msgspec.DecodeError:
        raise SendRejectedError("The file is not named.", code="source") from None
    answer = record(
        await call(
            http,
            options,
            "POST",
            "chat/getBase64FromMediaMessage",
            json={"message": {"key": key}},
            timeout_s=timeout_s,
            bytes_max=FILE_BYTES_MAX,
        )
    )
    try:
        data = base64.b64decode(words(answer.get("base64")).rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        raise SendRejectedError("Evolution gave an empty file.", code="no_file")
    return Located(
        data=data, mime=words(answer.get("mimetype")) or attachment.mime, bytes=len(data)
    )
