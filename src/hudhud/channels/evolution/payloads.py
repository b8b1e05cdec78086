"""What Evolution wants to read for each thing that we send, in v2 and in v1; pure."""

from __future__ import annotations

from typing import Any

from hudhud.channels.evolution.options import Options
from hudhud.errors import BadInputError, SendRejectedError
from hudhud.model import (
    Alias,
    Buttons,
    Cards,
    Content,
    Files,
    LinkButton,
    Media,
    Menu,
    Outgoing,
    Place,
    Takes,
)
from hudhud.model import Reaction as Emoji

CAPTION_CHARS_MAX = 1024
BODY_CHARS_MAX = 1024
BUTTONS_MAX, TITLE_CHARS_MAX = 3, 20
ROWS_MAX, ROW_CHARS_MAX, DESCRIPTION_CHARS_MAX = 10, 24, 72

_MIB = 1024 * 1024
# Evolution reads the whole body into its memory; above these WhatsApp itself refuses.
FILES = Files(
    by="data",
    takes={
        "image": Takes(5 * _MIB, frozenset({"image/jpeg", "image/png"})),
        "audio": Takes(16 * _MIB),
        "video": Takes(16 * _MIB, frozenset({"video/mp4", "video/3gpp"})),
        "document": Takes(24 * _MIB),
    },
)

Payload = dict[str, Any]


def checked(content: Content) -> str:  # noqa: C901, PLR0911 - one case for each kind
    """What pages show of this content, when Evolution takes it.

    Raises:
        BadInputError: this kind cannot be sent over Evolution, or a limit is broken.
    """
    match content:
        case Media():
            _within("caption", content.caption, CAPTION_CHARS_MAX)
            return content.caption or content.file_name
        case Place():
            return ", ".join(filter(None, (content.name, content.address)))
        case Cards():
            if not content.cards:
                raise BadInputError("cards: at least one is needed.")
            return ", ".join(card.name for card in content.cards)
        case Emoji():
            return content.emoji
        case Buttons():
            _within("text", content.text, BODY_CHARS_MAX)
            if not 1 <= len(content.buttons) <= BUTTONS_MAX:
                raise BadInputError(f"buttons: 1 to {BUTTONS_MAX} can be sent.")
            for button in content.buttons:
                _within("title of a button", button.title, TITLE_CHARS_MAX)
            return content.text
        case Menu():
            _menu_checked(content)
            return content.text
        case LinkButton():
            _within("text", content.text, BODY_CHARS_MAX)
            _within("title", content.title, TITLE_CHARS_MAX)
            return content.text
        case _:
            raise BadInputError(f"{type(content).__name__} cannot be sent over Evolution.")


def _menu_checked(content: Menu) -> None:
    _within("text", content.text, BODY_CHARS_MAX)
    _within("button", content.button, TITLE_CHARS_MAX)
    rows = [row for section in content.sections for row in section.rows]
    if not 1 <= len(rows) <= ROWS_MAX:
        raise BadInputError(f"rows: 1 to {ROWS_MAX} can be sent.")
    for row in rows:
        _within("title of a row", row.title, ROW_CHARS_MAX)
        _within("description of a row", row.description, DESCRIPTION_CHARS_MAX)


def _within(name: str, text: str, chars_max: int) -> None:
    if len(text) > chars_max:
        raise BadInputError(f"{name}: {len(text)} characters, {chars_max} can be sent.")


def jid_of(alias: Alias) -> str:
    """The address of a contact inside WhatsApp."""
    return f"{alias.value}@{'lid' if alias.kind == 'wa_lid' else 's.whatsapp.net'}"


def request_of(options: Options, outgoing: Outgoing) -> tuple[str, Payload]:
    """The deed (`sendText`, …) and the body that makes it.

    Raises:
        SendRejectedError: this release cannot send it; nothing left.
    """
    to = outgoing.to
    number = jid_of(to) if to.kind == "wa_lid" else to.value
    deed, body, v1_name = _body(outgoing, jid_of(to))
    quoted = {"quoted": {"key": {"id": outgoing.reply_to}}} if outgoing.reply_to else {}
    if deed == "sendReaction":
        return deed, body if options.version == "v2" else {v1_name: body}
    if options.version == "v2":
        return deed, {"number": number, **body, **quoted}
    shown = {"linkPreview": body.pop("linkPreview")} if "linkPreview" in body else {}
    part: Any = body["contact"] if deed == "sendContact" else body
    return deed, {"number": number, "options": {**shown, **quoted}, v1_name: part}


def _body(outgoing: Outgoing, jid: str) -> tuple[str, Payload, str]:  # noqa: PLR0911 - the same
    content = outgoing.content
    match content:
        case None:
            return "sendText", {"text": outgoing.text, "linkPreview": False}, "textMessage"
        case Media():
            return _media(content)
        case Place():
            point: Payload = {"latitude": content.latitude, "longitude": content.longitude}
            point |= {"name": content.name, "address": content.address}
            return "sendLocation", point, "locationMessage"
        case Cards():
            return (
                "sendContact",
                {"contact": [_card(card) for card in content.cards]},
                "contactMessage",
            )
        case Emoji():
            key = {"remoteJid": jid, "fromMe": False, "id": content.about}
            return "sendReaction", {"key": key, "reaction": content.emoji}, "reactionMessage"
        case Buttons():
            told = [{"type": "reply", "displayText": b.title, "id": b.id} for b in content.buttons]
            return "sendButtons", {**_framed(content), "buttons": told}, "buttonMessage"
        case LinkButton():
            link = {"type": "url", "displayText": content.title, "url": content.link}
            return "sendButtons", {**_framed(content), "buttons": [link]}, "buttonMessage"
        case Menu():
            return "sendList", _menu(content), "listMessage"
        case _:
            raise SendRejectedError(type(content).__name__, code="not_over_evolution")


def _media(content: Media) -> tuple[str, Payload, str]:
    if not content.link:
        raise SendRejectedError("The file has no address.", code="no_link")
    if content.type == "sticker":
        return "sendSticker", {"sticker": content.link}, "stickerMessage"
    if content.type == "audio":
        return "sendWhatsAppAudio", {"audio": content.link}, "audioMessage"
    body: Payload = {"mediatype": content.type, "media": content.link, "caption": content.caption}
    if content.file_name:
        body["fileName"] = content.file_name
    return "sendMedia", body, "mediaMessage"


def _card(card: Any) -> Payload:
    digits = "".join(filter(str.isdigit, card.phone))
    shown = {"fullName": card.name, "wuid": digits, "phoneNumber": card.phone}
    return {**shown, "organization": card.organisation} if card.organisation else shown


def _framed(content: Buttons | LinkButton) -> Payload:
    return {"title": content.header, "description": content.text, "footer": content.footer}


def _menu(content: Menu) -> Payload:
    sections = [
        {
            "title": section.title,
            "rows": [
                {"rowId": row.id, "title": row.title, "description": row.description}
                for row in section.rows
            ],
        }
        for section in content.sections
    ]
    return {
        "title": content.header,
        "description": content.text,
        "buttonText": content.button,
        "footerText": content.footer,
        "sections": sections,
    }
