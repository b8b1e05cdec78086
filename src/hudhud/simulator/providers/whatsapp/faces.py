"""How WhatsApp's messages look on the phone, those of customers and those of the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from hudhud.simulator.providers.face import Option, Part, said

Face = tuple[Part, ...]


def face(content: dict[str, Any]) -> Face:
    """The parts of a bubble, from `{"type": kind, kind: part}`."""
    kind = str(content.get("type", ""))
    draw = FACES.get(kind)
    return draw(content.get(kind)) if draw else (Part(what="note", text=kind),)


def media(kind: str) -> Callable[[Any], Face]:
    """A file: from a link, or one that the simulator itself has."""

    def draw(part: dict[str, Any]) -> Face:
        own = f"/simulator/files/{part['id']}" if part.get("id") else ""
        name = part.get("filename", "")
        seen = Part(what="media", kind=kind, text=str(name), url=str(part.get("link") or own))
        return (seen, *said(str(part.get("caption") or "")))

    return draw


def _location(part: dict[str, Any]) -> Face:
    return (
        Part(
            what="place",
            text=str(part.get("name") or ""),
            detail=str(part.get("address") or ""),
            latitude=float(part["latitude"]),
            longitude=float(part["longitude"]),
        ),
    )


def _contacts(cards: list[dict[str, Any]]) -> Face:
    return tuple(
        Part(
            what="card",
            kind="person",
            text=card["name"]["formatted_name"],
            detail=", ".join(str(p.get("phone", "")) for p in card.get("phones") or ()),
        )
        for card in cards
    )


def _interactive(part: dict[str, Any]) -> Face:
    kind = part["type"]
    if kind == "nfm_reply":
        answers = msgspec.json.decode(part[kind]["response_json"], type=dict[str, Any])
        told = [str(answer) for name, answer in answers.items() if name != "flow_token"]
        return (Part(what="card", kind="form", text=" · ".join(told)),)
    if kind in REPLIES:
        chosen = part[kind]
        return said(str(chosen.get("title") or chosen.get("response") or ""))
    header, footer = part.get("header") or {}, part.get("footer") or {}
    above: Face = ()
    if header.get("type") == "text":
        above = (Part(what="header", text=header["text"]),)
    elif header.get("type"):
        above = media(header["type"])(header.get(header["type"]) or {})
    body = said(str((part.get("body") or {}).get("text", "")))
    below = (Part(what="footer", text=footer["text"]),) if footer.get("text") else ()
    return (*above, *body, *below, *ACTIONS.get(kind, _nothing)(part.get("action") or {}))


def _nothing(_action: dict[str, Any]) -> Face:
    return ()


def _buttons(action: dict[str, Any]) -> Face:
    replies = [button["reply"] for button in action["buttons"]]
    return (
        Part(
            what="options",
            options=tuple(_pressed("button_reply", reply) for reply in replies),
        ),
    )


def _menu(action: dict[str, Any]) -> Face:
    rows = tuple(
        _pressed("list_reply", row, section=str(section.get("title") or "") if not at else "")
        for section in action["sections"]
        for at, row in enumerate(section["rows"])
    )
    return (Part(what="menu", text=action["button"], options=rows),)


def _pressed(kind: str, chosen: dict[str, Any], section: str = "") -> Option:
    detail = str(chosen.get("description") or "")
    say = {"kind": kind, "id": chosen["id"], "text": chosen["title"]}
    if detail:
        say["description"] = detail
    return Option(title=chosen["title"], description=detail, section=section, say=say)


def _link(action: dict[str, Any]) -> Face:
    given = action["parameters"]
    return (Part(what="options", options=(Option(title=given["display_text"], url=given["url"]),)),)


def _flow(action: dict[str, Any]) -> Face:
    given = action["parameters"]
    answered = {"kind": "flow_reply", "id": str(given.get("flow_token") or ""), "text": "✓"}
    return (Part(what="options", options=(Option(title=given["flow_cta"], say=answered),)),)


def _place_request(_action: dict[str, Any]) -> Face:
    return (Part(what="options", options=(Option(title="📍", say={"kind": "location"}),)),)


def _products(action: dict[str, Any]) -> Face:
    sections = action.get("sections") or [{"product_items": [action]}]
    return tuple(
        Part(
            what="card",
            kind="basket",
            text=str(item.get("product_retailer_id", "")),
            detail=str(section.get("title") or ""),
            options=(
                Option(title="🛒", say={"kind": "order", "id": item.get("product_retailer_id")}),
            ),
        )
        for section in sections
        for item in section["product_items"]
    )


def _order(part: dict[str, Any]) -> Face:
    return tuple(
        Part(
            what="card",
            kind="basket",
            text=f"{item.get('quantity')} × {item.get('product_retailer_id')}",
            detail=f"{item.get('item_price')} {item.get('currency')}",
        )
        for item in part.get("product_items") or ()
    ) + said(str(part.get("text") or ""))


def _system(part: dict[str, Any]) -> Face:
    return (Part(what="note", text=str(part.get("body") or part.get("type"))),)


REPLIES = frozenset({"button_reply", "list_reply", "call_permission_reply"})
ACTIONS: dict[str, Callable[[dict[str, Any]], Face]] = {
    "button": _buttons,
    "list": _menu,
    "cta_url": _link,
    "flow": _flow,
    "product": _products,
    "product_list": _products,
    "location_request_message": _place_request,
}
FACES: dict[str, Callable[[Any], Face]] = {
    "text": lambda part: said(str(part["body"])),
    **{kind: media(kind) for kind in ("image", "audio", "video", "document", "sticker")},
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": lambda part: said(str(part["text"])),
    "order": _order,
    "system": _system,
}
