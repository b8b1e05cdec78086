"""What one web chat needs to be an inbox."""

from __future__ import annotations

import secrets
from typing import Annotated, Literal

import msgspec

SITE_BYTES = 8
Site = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
# As a browser writes them: scheme, host, port where it is not the usual one; nothing behind.
_ORIGIN = r"https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?"
Origins = Annotated[str, msgspec.Meta(pattern=rf"^({_ORIGIN}( {_ORIGIN}){{0,31}})?$")]
Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
Greeting = Annotated[str, msgspec.Meta(max_length=500)]
SecretOrNone = Annotated[str, msgspec.Meta(max_length=512)]

SECRETS = frozenset({"identity_secret"})


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One web chat.

    `origins` are the sites that may show the widget, separated by spaces; without any only our own
    page may. `identity_secret` signs who a visitor is (HMAC-SHA256 of the site's own user id);
    empty, nobody's word about that is believed. `site` is our own id of the account.
    """

    origins: Origins = ""
    title: Annotated[str, msgspec.Meta(max_length=80)] = ""
    greeting_ar: Greeting = "أهلاً بك، كيف نساعدك؟"
    greeting_en: Greeting = "Hello, how can we help?"
    accent: Colour = "#B4531F"
    position: Literal["start", "end"] = "end"
    identity_secret: SecretOrNone = ""
    site: Site = msgspec.field(default_factory=lambda: secrets.token_hex(SITE_BYTES))


def account(options: Options) -> str:
    """Our own id of this chat, as the bodies that `web/chat` writes name it."""
    return options.site


def origins_of(options: Options) -> tuple[str, ...]:
    """The sites that may show the widget."""
    return tuple(options.origins.split())
