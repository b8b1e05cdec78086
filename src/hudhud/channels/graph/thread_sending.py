"""Sends into a thread of Instagram or Messenger, once; and the courtesies around it."""

from __future__ import annotations

from typing import Any

import aiohttp

from hudhud.channels import storable
from hudhud.channels.contract import Located
from hudhud.channels.graph.access import GraphAccess
from hudhud.channels.graph.calling import call
from hudhud.channels.graph.events import METADATA_PREFIX
from hudhud.channels.graph.limits import Platform
from hudhud.channels.loose import record, words
from hudhud.errors import HudhudError, SendRejectedError, SendUnknownError
from hudhud.events import emit
from hudhud.model import (
    Alias,
    Attachment,
    Buttons,
    Carousel,
    Content,
    Element,
    LinkButton,
    Media,
    Outgoing,
    Reaction,
)

WINDOW_S = 24 * 3600.0
PERSON_WINDOW_S = 7 * WINDOW_S
SEND_PATH = "me/messages"  # of the account whose token it is, by whichever login it was made
NAME_CHARS_MAX = 200
_FILE_TYPES = {"image": "image", "audio": "audio", "video": "video"}


def window_s(*, free_entry: bool, by_person: bool) -> float:  # noqa: ARG001 - no ad counts
    """24 hours; a person has 7 days (HUMAN_AGENT). An ad makes it no longer here."""
    return PERSON_WINDOW_S if by_person else WINDOW_S


async def send_into(
    http: aiohttp.ClientSession,
    options: GraphAccess,
    account: str,
    outgoing: Outgoing,
    platform: Platform,
    *,
    timeout_s: float,
) -> str:
    """Send one part and return Meta's id of it (`mid`).

    Meta knows no idempotency key here and no status carries our tag. On Messenger the echo brings
    it back as `metadata`, which settles an unknown send; on Instagram only a person can (law 5).

    Raises:
        SendNotMadeError, SendRejectedError, SendUnknownError: as the contract says.
    """
    whose, _, person = outgoing.to.value.partition(":")
    if whose != account or not person:
        raise SendRejectedError("This person wrote to another account.", code="recipient")
    body = {"recipient": {"id": person}, **_body(outgoing, platform)}
    answer = await call(http, options, "POST", SEND_PATH, json=body, timeout_s=timeout_s)
    if isinstance(outgoing.content, Reaction):
        return storable.external_id(f"reaction:{outgoing.tag}")
    mid = words(answer.get("message_id"))
    if not mid:
        raise SendUnknownError("Meta took it without naming it.")
    return storable.external_id(mid)


def _body(outgoing: Outgoing, platform: Platform) -> dict[str, Any]:
    content = outgoing.content
    if isinstance(content, Reaction):
        return _reaction(content, platform)
    message = _message(content) if content is not None else {"text": outgoing.text}
    if platform.returns_tag:
        message["metadata"] = METADATA_PREFIX + outgoing.tag
    late = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    kind = late if outgoing.late else {"messaging_type": "RESPONSE"}
    quoted = {"reply_to": {"mid": outgoing.reply_to}} if outgoing.reply_to else {}
    return {**kind, **quoted, "message": message}


def _reaction(content: Reaction, platform: Platform) -> dict[str, Any]:
    about = {"message_id": content.about}
    if not content.emoji:
        return {"sender_action": "unreact", "payload": about}
    emoji = "love" if platform.hearts_only else content.emoji
    return {"sender_action": "react", "payload": {**about, "reaction": emoji}}


def _message(content: Content) -> dict[str, Any]:
    match content:
        case Media(link=link, type=type_) if link:
            kind = _FILE_TYPES.get(type_, "file" if type_ == "document" else "image")
            return {"attachment": {"type": kind, "payload": {"url": link}}}
        case Media():
            raise SendRejectedError("The file has no address that Meta could ask.", code="link")
        case Buttons():
            replies = [
                {"content_type": "text", "title": b.title, "payload": b.id} for b in content.buttons
            ]
            return {"text": content.text, "quick_replies": replies}
        case LinkButton():
            button = {"type": "web_url", "url": content.link, "title": content.title}
            return _template("button", text=content.text, buttons=[button])
        case Carousel():
            return _template("generic", elements=[_element(each) for each in content.elements])
        case _:
            raise SendRejectedError("There is no such thing here.", code="kind")


def _template(type_: str, **payload: Any) -> dict[str, Any]:
    return {"attachment": {"type": "template", "payload": {"template_type": type_, **payload}}}


def _element(element: Element) -> dict[str, Any]:
    buttons: list[dict[str, str]] = [
        {"type": "postback", "title": b.title, "payload": b.id} for b in element.buttons
    ]
    filled = {
        "title": element.title,
        "subtitle": element.subtitle,
        "image_url": element.image_link,
        "default_action": {"type": "web_url", "url": element.link} if element.link else None,
        "buttons": buttons,
    }
    return {name: value for name, value in filled.items() if value}


async def show_typing(
    http: aiohttp.ClientSession,
    options: GraphAccess,
    provider_message_id: str,
    *,
    timeout_s: float,
) -> str | None:
    """Mark the thread of a message as seen and show typing; best effort, never raises.

    Meta asks for the person, and a message knows who wrote it: their id, and with it the name
    (Messenger) or the username (Instagram) that no webhook brings.
    """
    try:
        asked = {"fields": "from"}
        found = await call(
            http, options, "GET", provider_message_id, params=asked, timeout_s=timeout_s
        )
        who = record(found.get("from"))
        person = {"recipient": {"id": words(who.get("id"))}}
        for action in ("mark_seen", "typing_on"):
            body = {**person, "sender_action": action}
            await call(http, options, "POST", SEND_PATH, json=body, timeout_s=timeout_s)
    except HudhudError as error:
        emit("typing.failed", "debug", channel="graph", error=type(error).__name__)
        return None
    name = words(who.get("name")) or words(who.get("username"))
    return storable.text(name, NAME_CHARS_MAX) or None


async def locate(
    http: aiohttp.ClientSession,  # noqa: ARG001 - the contract's: nobody needs to be asked here
    options: GraphAccess,  # noqa: ARG001 - the same
    attachment: Attachment,
    *,
    timeout_s: float,  # noqa: ARG001 - the same
) -> Located:
    """Where a file lies: its source is an address that asks for no token, and ends in days."""
    return Located(url=attachment.source, mime=attachment.mime, sha256=attachment.sha256)


def newest(aliases: Any, kind: str) -> Alias | None:
    """The newest alias of a kind."""
    return next((alias for alias in reversed(aliases) if alias.kind == kind), None)
