"""What Evolution makes of each send: what it complains of, and what reaches the phone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Body = dict[str, Any]
PHONE_DIGITS_MIN = 8


class Asked(NamedTuple):
    """One send as it was understood: the kind of the bubble, its words, WhatsApp's own shape."""

    kind: str
    text: str
    message: Body


class Deed(NamedTuple):
    """How one deed is read: what has to be there, how v1 names it, what becomes of it."""

    wanted: str
    v1_name: str
    make: Callable[[Body], Asked]


def part_of(deed: Deed, body: Body, version: str) -> Any:
    """What the deed is about, where this release looks for it; None when it is not there."""
    if version == "v2":
        return body if body.get(deed.wanted) else None
    part = body.get(deed.v1_name)
    return {deed.wanted: part} if deed.v1_name == "contactMessage" else part


def complaint(deed: Deed, body: Any, version: str) -> str | None:
    """What the check of the body says, as Evolution words it; None when it is right."""
    if not isinstance(body, dict):
        return "instance is not of a type(s) object"
    if deed.wanted != "key" and not isinstance(body.get("number"), str):
        return 'instance requires property "number"'
    if not part_of(deed, body, version):
        return f'instance requires property "{deed.wanted if version == "v2" else deed.v1_name}"'
    return None


def digits_in(body: Body, part: Body) -> str:
    """The phone that a send is for: a number, a jid, or the hidden id turned back."""
    name = str(body.get("number") or (part.get("key") or {}).get("remoteJid") or "")
    user, _, server = name.partition("@")
    digits = "".join(filter(str.isdigit, user))
    return digits[1:][::-1] if server == "lid" else digits


def _text(part: Body) -> Asked:
    return Asked("text", str(part["text"]), {"conversation": str(part["text"])})


def _media(part: Body) -> Asked:
    kind, caption = str(part.get("mediatype") or "document"), str(part.get("caption") or "")
    shown = {"caption": caption, "fileName": part.get("fileName") or "", "url": part["media"]}
    return Asked(kind, caption, {f"{kind}Message": shown})


def _file(kind: str) -> Callable[[Body], Asked]:
    return lambda part: Asked(kind, "", {f"{kind}Message": {"url": part[kind]}})


def _place(part: Body) -> Asked:
    where = {"degreesLatitude": part["latitude"], "degreesLongitude": part.get("longitude")}
    shown = {**where, "name": part.get("name"), "address": part.get("address")}
    return Asked("location", str(part.get("name") or ""), {"locationMessage": shown})


def _people(part: Body) -> Asked:
    cards = [{"displayName": card.get("fullName")} for card in part["contact"]]
    names = ", ".join(str(card["displayName"]) for card in cards)
    return Asked("contacts", names, {"contactsArrayMessage": {"contacts": cards}})


def _reaction(part: Body) -> Asked:
    shown = {"key": part["key"], "text": part.get("reaction") or ""}
    return Asked("reaction", str(shown["text"]), {"reactionMessage": shown})


def _buttons(part: Body) -> Asked:
    words = str(part.get("description") or "")
    shown = {"contentText": words, "buttons": part["buttons"]}
    return Asked("buttons", words, {"buttonsMessage": shown})


def _list(part: Body) -> Asked:
    return Asked("list", str(part.get("description") or ""), {"listMessage": part})


DEEDS: dict[str, Deed] = {
    "sendText": Deed("text", "textMessage", _text),
    "sendMedia": Deed("media", "mediaMessage", _media),
    "sendWhatsAppAudio": Deed("audio", "audioMessage", _file("audio")),
    "sendSticker": Deed("sticker", "stickerMessage", _file("sticker")),
    "sendLocation": Deed("latitude", "locationMessage", _place),
    "sendContact": Deed("contact", "contactMessage", _people),
    "sendReaction": Deed("key", "reactionMessage", _reaction),
    "sendButtons": Deed("buttons", "buttonMessage", _buttons),
    "sendList": Deed("sections", "listMessage", _list),
}
