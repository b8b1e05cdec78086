"""How messages of an instance look on the phone, those of customers and those of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.simulator.providers.face import Option, Part, said

Face = tuple[Part, ...]


def face(content: dict[str, Any]) -> Face:
    """The parts of a bubble, from `{"message": {type: part}}`."""
    message = content.get("message") or {}
    for name, part in message.items():
        if name in FACES:
            return FACES[name](part)
    return (Part(what="note", text=next(iter(message), "")),)


# How a JPEG begins in base64; an address on this server begins with a slash too.
_JPEG = "/9j/"


def _media(kind: str) -> Callable[[Any], Face]:
    def draw(part: dict[str, Any]) -> Face:
        name, given = str(part.get("fileName") or ""), str(part.get("url") or "")
        seen = Part(what="media", kind=kind, text=name, url=_shown(given))
        return (seen, *said(str(part.get("caption") or "")))

    return draw


def _shown(given: str) -> str:
    # What the product sends is an address or the file itself in base64; a browser sees which type.
    # What a customer sends lies sealed in WhatsApp's own store: nothing could be shown of it.
    if not given or given.startswith("https://mmg."):
        return ""
    if given.startswith(("http://", "https://", "/")) and not given.startswith(_JPEG):
        return given
    return f"data:application/octet-stream;base64,{given}"


def _place(part: dict[str, Any]) -> Face:
    return (
        Part(
            what="place",
            text=str(part.get("name") or ""),
            detail=str(part.get("address") or ""),
            latitude=float(part.get("degreesLatitude") or 0),
            longitude=float(part.get("degreesLongitude") or 0),
        ),
    )


def _people(part: dict[str, Any]) -> Face:
    cards = part.get("contacts") or [part]
    return tuple(Part(what="card", kind="person", text=str(c.get("displayName"))) for c in cards)


def _poll(part: dict[str, Any]) -> Face:
    options = tuple(Option(title=str(one["optionName"])) for one in part.get("options") or ())
    return (*said(str(part.get("name") or "")), Part(what="options", options=options))


def _buttons(part: dict[str, Any]) -> Face:
    options = tuple(
        Option(
            title=str(one.get("displayText") or ""),
            url=str(one.get("url") or ""),
            say=None if one.get("url") else _pressed("button", one, "displayText", "id"),
        )
        for one in part.get("buttons") or ()
    )
    return (*said(str(part.get("contentText") or "")), Part(what="options", options=options))


def _list(part: dict[str, Any]) -> Face:
    rows = tuple(
        Option(
            title=str(row["title"]),
            description=str(row.get("description") or ""),
            section=str(section.get("title") or "") if not at else "",
            say=_pressed("list_reply", row, "title", "rowId"),
        )
        for section in part.get("sections") or ()
        for at, row in enumerate(section["rows"])
    )
    menu = Part(what="menu", text=str(part.get("buttonText") or "…"), options=rows)
    return (*said(str(part.get("description") or "")), menu)


def _pressed(kind: str, one: dict[str, Any], title: str, id_: str) -> dict[str, Any]:
    return {"kind": kind, "id": str(one.get(id_) or ""), "text": str(one[title])}


FACES: dict[str, Callable[[Any], Face]] = {
    "conversation": lambda part: said(str(part)),
    "extendedTextMessage": lambda part: said(str(part.get("text") or "")),
    "imageMessage": _media("image"),
    "videoMessage": _media("video"),
    "audioMessage": _media("audio"),
    "documentMessage": _media("document"),
    "stickerMessage": _media("sticker"),
    "locationMessage": _place,
    "contactMessage": _people,
    "contactsArrayMessage": _people,
    "pollCreationMessageV3": _poll,
    "buttonsResponseMessage": lambda part: said(str(part.get("selectedDisplayText") or "")),
    "listResponseMessage": lambda part: said(str(part.get("title") or "")),
    "buttonsMessage": _buttons,
    "listMessage": _list,
}
