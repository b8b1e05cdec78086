"""What Evolution API makes of each thing that a customer does, or that befalls the instance. Pure.

A shape holds `message`, as the phone's own protocol has it, or `data`, the whole of an event.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.errors import BadInputError
from hudhud.simulator import files
from hudhud.simulator.customers.saying import Say

Shape = dict[str, Any]
STORM_MAX = 500
_NAMES = {
    "image": "imageMessage",
    "video": "videoMessage",
    "audio": "audioMessage",
    "document": "documentMessage",
    "sticker": "stickerMessage",
}


def text(say: Say) -> Shape:
    """A text message.

    Raises:
        BadInputError: it is empty.
    """
    if not say.text:
        raise BadInputError("A text message needs a text.")
    if say.more.get("plain") == "no":
        return {"message": {"extendedTextMessage": {"text": say.text}}}
    return {"message": {"conversation": say.text}}


def media(kind: str) -> Callable[[Say], Shape]:
    """A file of that type; who wants it asks for it by the key of its message."""

    def shape(say: Say) -> Shape:
        file = files.FILES[kind]
        part: Shape = {
            "url": "https://mmg.whatsapp.net/x",
            "mimetype": file.mime,
            "fileLength": str(len(file.data)),
            "mediaKey": "a-key-that-nobody-keeps",
        }
        if kind == "audio":
            part["ptt"] = True
        elif say.text:
            part["caption"] = say.text
        if kind == "document":
            part["fileName"] = say.filename or "document.pdf"
        return {"message": {_NAMES[kind]: part}}

    return shape


def location(say: Say) -> Shape:
    """A place."""
    part = {"degreesLatitude": say.latitude, "degreesLongitude": say.longitude}
    return {"message": {"locationMessage": {**part, "name": say.text, "address": say.address}}}


def contacts(say: Say) -> Shape:
    """One contact card."""
    phone, name = say.id or "15550100", say.text or "Contact"
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;waid={phone}:+{phone}\nEND:VCARD"
    return {"message": {"contactMessage": {"displayName": name, "vcard": card}}}


def button(say: Say) -> Shape:
    """A pressed button."""
    part = {"selectedButtonId": say.id or say.text, "selectedDisplayText": say.text}
    return {"message": {"buttonsResponseMessage": part}}


def row(say: Say) -> Shape:
    """A chosen row of a list."""
    part = {"title": say.text, "singleSelectReply": {"selectedRowId": say.id or say.text}}
    return {"message": {"listResponseMessage": part}}


def reaction(say: Say) -> Shape:
    """A reaction; without an emoji it is taken back."""
    return {"message": {"reactionMessage": {"key": {"id": say.message_id}, "text": say.emoji}}}


def edit(say: Say) -> Shape:
    """New words for an earlier message."""
    return {"about": say.message_id, "editedMessage": {"conversation": say.text}}


def revoke(say: Say) -> Shape:
    """An earlier message is gone."""
    return {"about": say.message_id, "status": "DELETED"}


def poll(say: Say) -> Shape:
    """A poll."""
    part = {"name": say.text, "options": [{"optionName": "نعم"}, {"optionName": "لا"}]}
    return {"message": {"pollCreationMessageV3": part}}


def unknown(_say: Say) -> Shape:
    """A type that nobody has seen yet."""
    return {"message": {"messageOfTomorrow": {"deeply": {"nested": [1, None, "x"]}}}}


def owner(say: Say) -> Shape:
    """What the owner writes on the linked phone itself."""
    return {"message": {"conversation": say.text}, "fromMe": True}


def story(say: Say) -> Shape:
    """A status of the customer, which everybody gets."""
    return {"message": {"conversation": say.text}, "jid": "status@broadcast"}


def connection(say: Say) -> Shape:
    """The instance's phone is linked, or not."""
    state = str(say.more.get("state") or "close")
    return {"data": {"state": state, "statusReason": 200 if state == "open" else 428}}


def contacts_storm(say: Say) -> Shape:
    """The address book, as it comes when a phone is linked."""
    count = min(int(say.more.get("count") or 100), STORM_MAX)
    people = [{"remoteJid": f"96477{n:08d}@s.whatsapp.net", "pushName": "x"} for n in range(count)]
    return {"data": people}


def qr_code(_say: Say) -> Shape:
    """A new code that links a phone."""
    code = {
        "pairingCode": "PAIR1234",
        "code": "2@never-kept",
        "base64": "data:image/png;base64,Qk0=",
    }
    return {"data": {"qrcode": {"instance": "x", **code}}}
