"""How messages of Instagram and Messenger look on the phone, customers' and the product's."""

from __future__ import annotations

from typing import Any

from hudhud.simulator.providers.face import Option, Part, said

Face = tuple[Part, ...]
MEDIA = {"image": "image", "audio": "audio", "video": "video", "file": "document"}
LINKED = {"story_mention": "image", "ig_reel": "video"}


def face(content: dict[str, Any]) -> Face:
    """The parts of a bubble, from an event without its frame."""
    if "postback" in content:
        return said(str(content["postback"].get("title") or ""))
    message = content.get("message")
    if not isinstance(message, dict):
        return (Part(what="note", text=next(iter(content), "")),)
    if message.get("is_unsupported"):
        return (Part(what="note", text="unsupported"),)
    return (
        *_story(message),
        *_attached(message),
        *said(str(message.get("text") or "")),
        *_offered(message),
    )


def _story(message: dict[str, Any]) -> Face:
    story = (message.get("reply_to") or {}).get("story")
    if not story:
        return ()
    return (Part(what="media", kind="image", url=str(story.get("url") or "")),)


def _attached(message: dict[str, Any]) -> Face:
    one = message.get("attachment")
    many = message.get("attachments") or ([one] if one else [])
    return tuple(part for each in many for part in _file(each))


def _file(attachment: dict[str, Any]) -> Face:
    type_, payload = attachment.get("type"), attachment.get("payload") or {}
    if type_ == "template":
        return _template(payload)
    if type_ == "like_heart":
        return said("❤️")
    if "coordinates" in payload:
        place = payload["coordinates"]
        return (
            Part(
                what="place",
                text=str(attachment.get("title") or ""),
                latitude=place["lat"],
                longitude=place["long"],
            ),
        )
    url = str(payload.get("url") or "")
    kind = MEDIA.get(str(type_)) or LINKED.get(str(type_))
    if kind:
        return (Part(what="media", kind=kind, url=url, text=str(payload.get("title") or "")),)
    title = str(payload.get("title") or "")
    return (Part(what="card", kind="paper", text=title or url, detail=url if title else ""),)


def _template(payload: dict[str, Any]) -> Face:
    if payload.get("template_type") == "button":
        buttons = Part(what="options", options=_buttons(payload.get("buttons")))
        return (*said(str(payload.get("text") or "")), buttons)
    return tuple(
        Part(
            what="card",
            kind="template",
            text=str(element.get("title") or ""),
            detail=str(element.get("subtitle") or ""),
            url=str(element.get("image_url") or ""),
            options=_buttons(element.get("buttons")),
        )
        for element in payload.get("elements") or ()
    )


def _buttons(buttons: Any) -> tuple[Option, ...]:
    return tuple(
        Option(title=str(b["title"]), url=str(b["url"]))
        if b["type"] == "web_url"
        else Option(title=str(b["title"]), say=_pressed("postback", b))
        for b in buttons or ()
    )


def _offered(message: dict[str, Any]) -> Face:
    replies = [
        Option(title=str(reply["title"]), say=_pressed("quick_reply", reply))
        for reply in message.get("quick_replies") or ()
    ]
    return (Part(what="options", options=tuple(replies)),) if replies else ()


def _pressed(kind: str, chosen: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "id": str(chosen.get("payload") or ""), "text": str(chosen["title"])}
