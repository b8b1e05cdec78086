"""Texts that a provider approved before: what it says of one, and what there is to fill in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec


class TemplateSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One template as the provider's list names it; `components` are in its own shape."""

    name: str
    language: str
    external_id: str = ""
    category: str = ""
    status: str = ""
    quality: str = ""
    reason: str = ""
    parameter_format: str = ""
    components: list[dict[str, Any]] = []


class TemplatePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of that list; `after` asks for the next one, and is empty on the last."""

    templates: tuple[TemplateSeen, ...]
    after: str = ""


class TemplateTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook says of one template of a `scope` (WhatsApp: the WABA): one thing, its value.

    `text` says that its words changed, which only the list tells.
    """

    scope: str
    name: str
    language: str
    external_id: str
    what: Literal["status", "quality", "category", "text"]
    value: str = ""
    reason: str = ""
    provider_at: datetime | None = None


HeaderKind = Literal["", "text", "image", "video", "document", "other"]


class TemplateButton(msgspec.Struct, frozen=True, kw_only=True):
    """One button: `filled` says that a part of its address is ours to give."""

    kind: Literal["reply", "link", "call", "code", "other"]
    text: str
    link: str = ""
    filled: bool = False
    example: str = ""


class TemplateForm(msgspec.Struct, frozen=True, kw_only=True):
    """A template as it is read and filled: its words, and the names of their places in order.

    A place is called as the text calls it: `1`, or `first_name`. `unfit` says what of it we
    cannot fill; such a template is shown, and not sent.
    """

    header: HeaderKind = ""
    header_text: str = ""
    header_places: tuple[str, ...] = ()
    body: str = ""
    body_places: tuple[str, ...] = ()
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    examples: dict[str, str] = {}
    unfit: str = ""
