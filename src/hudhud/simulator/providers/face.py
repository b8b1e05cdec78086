"""What a message looks like on the phone, in parts that every provider shares.

A provider turns its own shapes into these; the page draws them and knows no provider.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

What = Literal["header", "text", "footer", "media", "place", "card", "options", "menu", "note"]


class Option(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to press: `say` is what pressing it says, `url` what it opens instead.

    `section` stands above the first option of each part of a menu.
    """

    title: str
    description: str = ""
    section: str = ""
    url: str = ""
    say: dict[str, Any] | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One part of a bubble, from top to bottom.

    header, text, footer, note: `text`. media: `kind` (image, video, audio, document, sticker),
    `url` where the page may load it, `text` its name. place: `text`, `detail` and where it is in
    `latitude`, `longitude`. card: `kind` is its icon; `text`, `detail`, `url` of a picture, and
    `options` of its own. options: buttons below. menu: one button named `text` that opens
    `options`.
    """

    what: What
    text: str = ""
    detail: str = ""
    kind: str = ""
    url: str = ""
    latitude: float = 0
    longitude: float = 0
    options: tuple[Option, ...] = ()


def said(text: str) -> tuple[Part, ...]:
    """A plain text; no part at all when it is empty."""
    return (Part(what="text", text=text),) if text else ()


def reworded(face: tuple[Part, ...], text: str) -> tuple[Part, ...]:
    """The same bubble after an edit."""
    return (*(part for part in face if part.what != "text"), *said(text))
