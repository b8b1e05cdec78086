"""Reads one message of any type, from a contact or from the owner's own phone."""

from __future__ import annotations

from typing import Any

from hudhud.channels import storable
from hudhud.channels.loose import record, stamp, words
from hudhud.channels.whatsapp.files import attachments
from hudhud.channels.whatsapp.frame import Frame, identify
from hudhud.channels.whatsapp.renames import new_names, of_system
from hudhud.channels.whatsapp.texts import READERS
from hudhud.model import InboundMessage

# What becomes a field of InboundMessage; everything else of a message is its content.
_FIELDS = frozenset(
    f"{side}{id_}" for side in ("from", "to") for id_ in ("", "_user_id", "_parent_user_id")
) | {"id", "timestamp", "type"}

# Types that tell us something and ask nothing: noted, they never wake an answer (law 6).
_NOTED = frozenset({"system", "edit", "revoke", "request_welcome", "unsupported"})


def read_message(
    raw: Any, frame: Frame, *, origin: str = "", outward: bool = False
) -> InboundMessage | str:
    """Read one message, or say why it could not be.

    `kind` is Meta's type. A body that we cannot read is `unsupported` when Meta says that
    something failed (noted: there is nothing to answer), else `unknown`: the contact did say
    something, so it wakes, and a responder that cannot read it hands over to a person.
    `content` keeps Meta's own names, without what became a field here, and says under
    `mended` what had to be changed to be storable.

    Args:
        raw: one of `messages`, `message_echoes`, or a thread of `history`.
        frame: what stands around it.
        origin: `echo` or `history` when it did not just arrive from the contact; it is the note.
        outward: the business wrote it, so the contact is in `to`.

    Source: PLATFORM_FACTS parts 2, 4 and 10.6.
    """
    if not isinstance(raw, dict):
        return "not an object"
    id_ = words(raw.get("id"))
    if not id_:
        return "no id"
    side = "to" if outward else "from"
    names, name = identify(
        frame, raw.get(side), raw.get(f"{side}_user_id"), raw.get(f"{side}_parent_user_id")
    )
    kind, text = _read(raw, frame)
    if kind == "system":
        # Whoever was renamed is met under the new names: the old ones find nobody any more.
        new = new_names(record(raw["system"]))
        names = new if of_system(raw, frame) else tuple(dict.fromkeys((*names, *new)))
    if not names:
        return "no recipient" if outward else "no sender"
    note = origin or _note(kind, raw)
    external_id, stored = storable.external_id(id_), storable.text(text)
    at = stamp(raw.get("timestamp"))
    mended = [*(["id"] * (external_id != id_)), *(["text"] * (stored != text))]
    return InboundMessage(
        external_id=external_id,
        account=frame.account,
        aliases=names,
        kind=kind,
        text=stored,
        provider_at=at,
        name=name,
        content=_content(raw, kind, mended, keeps_stamp=at is None),
        wakes=not note,
        note=note or None,
        direction="out" if outward else "in",
        reply_to=_reply_to(raw, kind),
        attachments=attachments(raw, kind),
        free_entry=not origin and bool(record(raw.get("referral"))),
    )


def _read(raw: dict[str, Any], frame: Frame) -> tuple[str, str]:
    named = words(raw.get("type"))
    # A message whose type was lost still shows it by the body that it carries.
    kind = named or next((each for each in READERS if each in raw), "")
    reader = READERS.get(kind)
    text = reader(raw.get(kind)) if reader else None
    if text is not None:
        return kind, text
    failed = named == "unsupported" or frame.failed or bool(raw.get("errors"))
    return ("unsupported" if failed else "unknown"), ""


def _note(kind: str, raw: dict[str, Any]) -> str:
    if raw.get("group_id"):
        return "group"
    if kind == "reaction":
        return "reaction" if record(raw[kind]).get("emoji") else "reaction_removed"
    if kind == "interactive" and "call_permission_reply" in record(raw[kind]):
        return "call_permission"
    return kind if kind in _NOTED else ""


def _reply_to(raw: dict[str, Any], kind: str) -> str | None:
    body = record(raw.get(kind))
    about = body.get("message_id") if kind == "reaction" else body.get("original_message_id")
    id_ = words(about) or words(record(raw.get("context")).get("id"))
    return storable.external_id(id_) if id_ else None


def _content(
    raw: dict[str, Any], kind: str, mended: list[str], *, keeps_stamp: bool
) -> dict[str, Any] | None:
    rest = {key: part for key, part in raw.items() if key not in _FIELDS}
    if kind == "text" and len(raw["text"]) == 1:
        del rest["text"]
    if keeps_stamp and "timestamp" in raw:
        rest["timestamp"] = raw["timestamp"]
    if raw.get("type") not in (kind, None):
        rest["type"] = raw["type"]
    stored: dict[str, Any] = storable.content(rest) if rest else {}
    if stored != rest:
        mended.append("content")
    if mended:
        stored["mended"] = mended
    return stored or None
