"""Reads what Meta tells of people whose number or user id changed."""

from __future__ import annotations

from typing import Any

from hudhud.channels.loose import record, stamp, words
from hudhud.channels.whatsapp.frame import Frame, aliases, phone_of
from hudhud.model import Alias, Renamed

_CHANGES = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})


def new_names(system: dict[str, Any]) -> tuple[Alias, ...]:
    """The names that a system message gives to whoever it is about; () when none is new."""
    phone = phone_of(system.get("new_wa_id") or system.get("wa_id"))
    return aliases(phone=phone, **_users(system))


def of_system(raw: Any, frame: Frame) -> tuple[Renamed, ...]:
    """What a system message renames: the sender's old phone, old user id, old parent id.

    Source: PLATFORM_FACTS parts 2 and 4; `customer` is how older versions name the old phone.
    """
    message = record(raw)
    system = record(message.get("system"))
    if message.get("type") != "system" or words(system.get("type")) not in _CHANGES:
        return ()
    new = new_names(system)
    old = aliases(
        words(message.get("from_user_id")),
        phone_of(message.get("from") or system.get("customer")),
        words(message.get("from_parent_user_id")),
    )
    at = stamp(message.get("timestamp"))
    kinds = {name.kind for name in new}
    return tuple(
        Renamed(account=frame.account, old=name, new=new, provider_at=at)
        for name in old
        if name.kind in kinds and name not in new
    )


def of_update(raw: Any, frame: Frame) -> tuple[Renamed, ...] | str:
    """One item of the field `user_id_update`, or the reason why it could not be read."""
    if not isinstance(raw, dict):
        return "not an object"
    user, parent = record(raw.get("user_id")), record(raw.get("parent_user_id"))
    old = aliases(words(user.get("previous")), "", words(parent.get("previous")))
    new = aliases(
        words(user.get("current")), phone_of(raw.get("wa_id")), words(parent.get("current"))
    )
    kinds = {name.kind for name in new}
    at = stamp(raw.get("timestamp"))
    found = tuple(
        Renamed(account=frame.account, old=name, new=new, provider_at=at)
        for name in old
        if name.kind in kinds and name not in new
    )
    return found or "no change of a user id"


def _users(system: dict[str, Any]) -> dict[str, str]:
    return {
        "user": words(system.get("user_id")),
        "parent": words(system.get("parent_user_id")),
    }
