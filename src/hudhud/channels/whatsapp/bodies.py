"""Meta's own shape of everything that we send; pure (PLATFORM_FACTS part 5)."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from hudhud.errors import SendRejectedError
from hudhud.model import (
    Buttons,
    Cards,
    Content,
    Flow,
    LinkButton,
    Media,
    Menu,
    Place,
    Products,
    Reaction,
    Template,
)
from hudhud.text import isolated_text

TEXT_CHARS_MAX = 4096
FLOW_MESSAGE_VERSION = "3"


def body_of(text: str, content: Content | None) -> dict[str, Any]:  # noqa: PLR0911 - a row a kind
    """The `type` of a message and the member that bears its name.

    Words get a preview when they carry an address, because a bare address says little.
    """
    match content:
        case None:
            preview = "https://" in text or "http://" in text
            said = isolated_text(text, chars_max=TEXT_CHARS_MAX)
            return _typed("text", {"body": said, "preview_url": preview})
        case Media():
            return _typed(content.type, _media(content))
        case Place():
            point = {"latitude": content.latitude, "longitude": content.longitude}
            return _typed("location", point | _said(name=content.name, address=content.address))
        case Cards():
            return {"type": "contacts", "contacts": _cards(content)}
        case Reaction():
            reaction = {"message_id": content.about, "emoji": content.emoji}
            return _typed("reaction", reaction)
        case Template():
            return _typed("template", _template(content))
    return _typed("interactive", _interactive(content))


def _typed(kind: str, part: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, kind: part}


def _said(**parts: str) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}


def _media(media: Media) -> dict[str, Any]:
    if not (media.link or media.uploaded):
        raise SendRejectedError("The file has no address yet.", code="media_link")
    name = media.file_name if media.type == "document" else ""
    where = {"id": media.uploaded} if media.uploaded else {"link": media.link}
    voice = {"voice": True} if media.voice and media.type == "audio" else {}
    return where | _said(caption=media.caption, filename=name) | voice


def _cards(content: Cards) -> list[dict[str, Any]]:
    return [
        {
            "name": {"formatted_name": card.name, "first_name": card.name},
            "phones": [{"phone": card.phone, "type": "CELL"}],
            **({"org": {"company": card.organisation}} if card.organisation else {}),
        }
        for card in content.cards
    ]


def _interactive(content: Content) -> dict[str, Any]:
    match content:
        case Buttons():
            replies = [
                {"type": "reply", "reply": {"id": each.id, "title": each.title}}
                for each in content.buttons
            ]
            return {"type": "button", **_around(content), "action": {"buttons": replies}}
        case Menu():
            return {"type": "list", **_around(content), "action": _menu(content)}
        case LinkButton():
            link = {"display_text": content.title, "url": content.link}
            action = {"name": "cta_url", "parameters": link}
            return {"type": "cta_url", **_around(content), "action": action}
        case Flow():
            action = {"name": "flow", "parameters": _flow(content)}
            return {"type": "flow", **_around(content), "action": action}
        case Products():
            return _products(content)
    raise SendRejectedError("WhatsApp has no such message.", code="content")


def _around(content: Buttons | Menu | LinkButton | Flow | Products) -> dict[str, Any]:
    header = {"header": {"type": "text", "text": content.header}} if content.header else {}
    body = {"body": {"text": content.text}} if content.text else {}
    footer = {"footer": {"text": content.footer}} if content.footer else {}
    return header | body | footer


def _menu(content: Menu) -> dict[str, Any]:
    sections = [
        _said(title=section.title)
        | {
            "rows": [
                {"id": row.id, "title": row.title} | _said(description=row.description)
                for row in section.rows
            ]
        }
        for section in content.sections
    ]
    return {"button": content.button, "sections": sections}


def _flow(content: Flow) -> dict[str, Any]:
    start = {"screen": content.screen} | ({"data": content.data} if content.data else {})
    parameters: dict[str, Any] = {
        "flow_message_version": FLOW_MESSAGE_VERSION,
        "flow_token": content.token,
        "flow_id": content.flow_id,
        "flow_cta": content.button,
        "flow_action": "navigate" if content.screen else "data_exchange",
    }
    return parameters | ({"flow_action_payload": start} if content.screen else {})


def _products(content: Products) -> dict[str, Any]:
    ids = [id_ for shelf in content.shelves for id_ in shelf.retailer_ids]
    if len(ids) == 1:
        action: dict[str, Any] = {
            "catalog_id": content.catalog_id,
            "product_retailer_id": ids[0],
        }
        return {"type": "product", **_around(content), "action": action}
    sections = [
        _said(title=shelf.title)
        | {"product_items": [{"product_retailer_id": id_} for id_ in shelf.retailer_ids]}
        for shelf in content.shelves
    ]
    action = {"catalog_id": content.catalog_id, "sections": sections}
    return {"type": "product_list", **_around(content), "action": action}


def _template(content: Template) -> dict[str, Any]:
    components: list[dict[str, Any]] = []
    if content.header_media:
        media = content.header_media
        parameters = [_typed(media.type, _media(media))]
        components.append({"type": "header", "parameters": parameters})
    elif content.header:
        parameters = _texts(content.header, content.header_names)
        components.append({"type": "header", "parameters": parameters})
    if content.body:
        parameters = _texts(content.body, content.body_names)
        components.append({"type": "body", "parameters": parameters})
    # Only an address has a place that we fill; an answer to tap comes back as its own words.
    components += [
        {
            "type": "button",
            "sub_type": "url",
            "index": str(place),
            "parameters": _texts((value,)),
        }
        for place, value in sorted(content.buttons.items())
    ]
    template: dict[str, Any] = {"name": content.name, "language": {"code": content.language}}
    return template | ({"components": components} if components else {})


def _texts(values: tuple[str, ...], names: tuple[str, ...] = ()) -> list[dict[str, str]]:
    return [
        {"type": "text", "text": value} | _said(parameter_name=name)
        for value, name in zip_longest(values, names, fillvalue="")
    ]
