"""What a customer does on the phone, before it has a provider's shape. Pure."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from hudhud.errors import BadInputError

TEXT_CHARS_MAX = 65_536
AGE_S_MAX = 7 * 24 * 3600
COPIES_MAX = 100


class Say(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing that a customer says or does.

    `kind` is one of the provider's `KINDS`; `more` holds what only that kind or that provider
    asks for. `text` is the text, caption, button title or place name. `message_id` is what a
    reaction, edit, revoke or status concerns (default: the latest that fits). `age_s` stamps it
    in the past, `copies` delivers the same webhook again, `wamid` and `timestamp_s` fix what the
    provider would choose. `extra` is laid over the finished shape, member by member: what
    nobody knows yet, or what is broken; a null takes the member away.
    """

    kind: str = "text"
    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)] = ""
    wa_id: str = ""
    name: str = ""
    hides_phone: bool | None = None
    reply_to: str | None = None
    message_id: str = ""
    emoji: str = "❤️"
    id: str = ""
    description: str = ""
    latitude: float = 24.7136
    longitude: float = 46.6753
    address: str = ""
    filename: str = ""
    more: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    age_s: Annotated[float, msgspec.Meta(ge=0, le=AGE_S_MAX)] = 0
    timestamp_s: int | None = None
    wamid: str = ""
    copies: Annotated[int, msgspec.Meta(ge=1, le=COPIES_MAX)] = 1


def said(asked: dict[str, Any]) -> Say:
    """Read one thing to say; members that `Say` does not know are the provider's (`more`).

    Raises:
        BadInputError: a member is of the wrong type.
    """
    known = {name: part for name, part in asked.items() if name in Say.__struct_fields__}
    rest = {name: part for name, part in asked.items() if name not in known}
    try:
        say = msgspec.convert(known, Say)
    except msgspec.ValidationError as error:
        raise BadInputError(str(error)) from None
    say.more = say.more | rest
    return say


def laid_over(shape: Any, extra: dict[str, Any]) -> Any:
    """The shape with these members over its own, all the way down; a null removes one."""
    if not isinstance(shape, dict):
        return extra
    merged = dict(shape)
    for name, part in extra.items():
        if part is None:
            merged.pop(name, None)
        elif isinstance(part, dict):
            merged[name] = laid_over(merged.get(name), part)
        else:
            merged[name] = part
    return merged
