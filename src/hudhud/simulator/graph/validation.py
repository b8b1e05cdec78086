"""Whether Meta would take this send: pure, one rule per message type."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hudhud.simulator.graph.checks import (
    WEB_URL,
    Refusals,
    as_list,
    as_number,
    as_object,
    as_optional_text,
    as_text,
    wrong,
)
from hudhud.simulator.graph.interactive import check_interactive
from hudhud.simulator.graph.meta import Refusal

TEXT_CHARS_MAX = 4096
CAPTION_CHARS_MAX = 1024
TAG_CHARS_MAX = 512
FILENAME_CHARS_MAX = 240
WAMID_CHARS_MAX = 256
CONTACTS_MAX = 257
LATITUDE_MAX = 90
LONGITUDE_MAX = 180
PHONE_DIGITS = range(5, 21)
USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def check_send(body: Any) -> Refusal | None:
    """Say the first thing that Meta would refuse in a call to `/messages`.

    Args:
        body: the decoded JSON body.

    Returns:
        The refusal, or None when the call is acceptable.

    Source: PLATFORM_FACTS part 5; Meta's message reference.
    """
    return next(_refusals(body), None)


def digits_of(phone: str) -> str:
    """The phone as a `wa_id`: digits alone ("+966 50-123" → "96650123")."""
    return "".join(c for c in phone if c.isascii() and c.isdigit())


def _refusals(body: Any) -> Refusals:
    if not isinstance(body, dict):
        yield Refusal(code=100, details="The body must be a JSON object.")
        return
    if body.get("messaging_product") != "whatsapp":
        yield Refusal(code=100, details="The parameter messaging_product must be whatsapp.")
    if "status" in body:
        yield from _read_call(body)
        return
    yield from _addressee(body)
    yield from as_optional_text(
        body.get("biz_opaque_callback_data"), "biz_opaque_callback_data", chars_max=TAG_CHARS_MAX
    )
    if "context" in body:
        yield from _has_wamid(body["context"], "context")
    yield from _content(body)


def _read_call(body: dict[str, Any]) -> Refusals:
    if body["status"] != "read":
        yield wrong("status", "must be read")
    yield from as_text(body.get("message_id"), "message_id", chars_max=WAMID_CHARS_MAX)
    typing = body.get("typing_indicator")
    if typing is not None and (not isinstance(typing, dict) or typing.get("type") != "text"):
        yield wrong("typing_indicator.type", "must be text")


def _addressee(body: dict[str, Any]) -> Refusals:
    to, recipient = body.get("to"), body.get("recipient")
    if body.get("recipient_type", "individual") not in ("individual", "group"):
        yield wrong("recipient_type", "must be individual or group")
    if not to and not recipient:
        yield Refusal(code=100, details="The parameter to is required.")
    elif to:
        yield from as_text(to, "to", chars_max=WAMID_CHARS_MAX)
        if isinstance(to, str) and not USER_ID.fullmatch(to):
            letters = re.search(r"[^\d\s+().-]", to)
            if letters or len(digits_of(to)) not in PHONE_DIGITS:
                yield wrong("to", "must be a phone number with its country code")
    elif not isinstance(recipient, str) or not USER_ID.fullmatch(recipient):
        yield wrong("recipient", "must be a business-scoped user id")


def _content(body: dict[str, Any]) -> Refusals:
    kind = body.get("type", "text")
    rule = KINDS.get(kind) if isinstance(kind, str) else None
    if rule is None:
        yield wrong("type", "must be one of: " + ", ".join(KINDS))
        return
    part = body.get(kind)
    if kind == "contacts":
        yield from as_list(part, kind, count_max=CONTACTS_MAX)
    else:
        yield from as_object(part, kind)
    yield from rule(part)


def _text(part: dict[str, Any]) -> Refusals:
    yield from as_text(part.get("body"), "text.body", chars_max=TEXT_CHARS_MAX)


def _media(kind: str, *, caption: bool) -> Callable[[dict[str, Any]], Refusals]:
    def rule(part: dict[str, Any]) -> Refusals:
        media_id, link = part.get("id"), part.get("link")
        if bool(media_id) == bool(link):
            yield wrong(kind, "must have either id or link")
        if link and not WEB_URL.fullmatch(str(link)):
            yield wrong(f"{kind}.link", "must be a web address")
        if not caption and part.get("caption") is not None:
            yield wrong(f"{kind}.caption", "is not known for this type")
        yield from as_optional_text(
            part.get("caption"), f"{kind}.caption", chars_max=CAPTION_CHARS_MAX
        )
        yield from as_optional_text(
            part.get("filename"), f"{kind}.filename", chars_max=FILENAME_CHARS_MAX
        )

    return rule


def _location(part: dict[str, Any]) -> Refusals:
    yield from as_number(part.get("latitude"), "location.latitude", most=LATITUDE_MAX)
    yield from as_number(part.get("longitude"), "location.longitude", most=LONGITUDE_MAX)


def _contacts(part: list[dict[str, Any]]) -> Refusals:
    for place, contact in enumerate(part):
        path = f"contacts[{place}].name"
        name = contact.get("name")
        yield from as_object(name, path)
        if isinstance(name, dict):
            yield from as_text(name.get("formatted_name"), f"{path}.formatted_name", chars_max=1024)


def _reaction(part: dict[str, Any]) -> Refusals:
    yield from _has_wamid(part, "reaction")
    yield from as_optional_text(part.get("emoji"), "reaction.emoji", chars_max=32)


def _template(part: dict[str, Any]) -> Refusals:
    yield from as_text(part.get("name"), "template.name", chars_max=512)
    language = part.get("language")
    yield from as_object(language, "template.language")
    if isinstance(language, dict):
        yield from as_text(language.get("code"), "template.language.code", chars_max=16)
    components = part.get("components")
    if components is not None and not isinstance(components, list):
        yield wrong("template.components", "must be a list")


def _has_wamid(value: Any, path: str) -> Refusals:
    yield from as_object(value, path)
    if isinstance(value, dict):
        wamid = value.get("message_id")
        yield from as_text(wamid, f"{path}.message_id", chars_max=WAMID_CHARS_MAX)


KINDS: dict[str, Callable[[Any], Refusals]] = {
    "text": _text,
    "image": _media("image", caption=True),
    "audio": _media("audio", caption=False),
    "video": _media("video", caption=True),
    "document": _media("document", caption=True),
    "sticker": _media("sticker", caption=False),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": check_interactive,
    "template": _template,
}
