"""Who is meant by a jid: a phone, a hidden id, or something that is no person at all."""

from __future__ import annotations

from typing import Any

from hudhud.channels import storable
from hudhud.channels.loose import words
from hudhud.model import Alias

_KINDS = {
    "s.whatsapp.net": "phone",
    "c.us": "phone",
    "hosted": "phone",
    "lid": "wa_lid",
    "hosted.lid": "wa_lid",
}
# A jid of the last two is the same person under the other kind of id.
_CONTACT = ("remoteJid", "remoteJidAlt", "previousRemoteJid")
_SENDER = ("senderPn", "senderLid", "participantAlt")
_NOBODY = {"g.us": "group", "broadcast": "broadcast", "newsletter": "newsletter"}


def crowd_of(key: dict[str, Any]) -> str:
    """`group`, `broadcast` (status) or `newsletter` when a key names no one person, else ""."""
    return _NOBODY.get(words(key.get("remoteJid")).rpartition("@")[2], "")


def alias_of(jid: Any) -> Alias | None:
    """The alias of `9647701112233:12@s.whatsapp.net`: `:12` is one device of the person."""
    name, at, server = words(jid).rpartition("@")
    value = (name if at else server).partition(":")[0].partition("_")[0]
    kind = _KINDS.get(server) if at else "phone"
    fits = value.isascii() and value.isdigit() and len(value) <= storable.ID_CHARS_MAX
    return Alias(kind, value) if kind and fits else None


def aliases_of(key: dict[str, Any], beside: dict[str, Any], ours: Any) -> tuple[Alias, ...]:
    """Every name of the contact of a message, `phone` before `wa_lid`.

    Args:
        key: of the message.
        beside: what stands around it; some releases write the other id there.
        ours: the jid of the instance itself, which is never the contact.
    """
    own = alias_of(ours) if "@" in words(ours) else None
    # Of what the owner wrote, the sender is the owner.
    names = _CONTACT if key.get("fromMe") is True else _CONTACT + _SENDER
    found = [alias_of(holder.get(name)) for name in names for holder in (key, beside)]
    known = {alias for alias in found if alias and alias != own}
    return tuple(sorted(known, key=lambda alias: (alias.kind != "phone", alias.value)))
