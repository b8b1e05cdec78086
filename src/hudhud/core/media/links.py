"""Links to files: signed, for a while, and good for one file and one part of it (S8).

Whoever has the link may read: an operator's page, a visitor's browser, a provider that fetches
what we send. It names the merchant, so that row-level security stands behind the signature.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from hudhud.errors import LinkExpiredError, NotFoundError
from hudhud.settings import Settings

PREFIX = "/media"
Part = Literal["file", "small"]
_DIGITS = re.compile(r"[0-9]{1,18}")
_HEX = re.compile(r"[0-9a-f]{32}")


class Named(NamedTuple):
    """What a link leads to, and until when it does, in unix seconds."""

    merchant_id: int
    public_id: UUID
    part: Part
    until: int


def links_of(settings: Settings) -> Links:
    """The links of this installation."""
    return Links(settings.secret_key, hold_s=settings.media_link_s, base_url=settings.base_url)


class Links:
    """Makes links and proves them, under a key of their own."""

    def __init__(self, secret: str, *, hold_s: float, base_url: str = "") -> None:
        """Derive the key.

        Args:
            secret: of the installation (SECRET_KEY).
            hold_s: seconds for which a link holds at least; at most twice as long, so that a page
                that is drawn again says the same.
            base_url: of this server, as a provider reaches it.
        """
        self._key = hmac.digest(secret.encode(), b"hudhud links to files", "sha256")
        self._hold_s = int(hold_s)
        self._base_url = base_url

    def to(self, merchant_id: int, public_id: UUID, now: datetime, *, part: Part = "file") -> str:
        """The link on our own pages."""
        until = (int(now.timestamp()) // self._hold_s + 2) * self._hold_s
        proof = self._proof(Named(merchant_id, public_id, part, until))
        query = f"of={merchant_id}&part={part}&until={until}&proof={proof}"
        return f"{PREFIX}/{public_id.hex}?{query}"

    def outside(self, merchant_id: int, public_id: UUID, now: datetime) -> str:
        """The whole link, for a provider that fetches the file."""
        return self._base_url + self.to(merchant_id, public_id, now)

    def proved(self, name: str, query: Mapping[str, str], now: datetime) -> Named:
        """What a link leads to; constant time.

        Args:
            name: of the file, as it stands in the path.
            query: of the link.
            now: the moment.

        Raises:
            NotFoundError: it is none that we made.
            LinkExpiredError: it was.
        """
        of, part, until = (query.get(key, "") for key in ("of", "part", "until"))
        if not (_HEX.fullmatch(name) and _DIGITS.fullmatch(of) and _DIGITS.fullmatch(until)):
            raise NotFoundError
        named = Named(int(of), UUID(name), "small" if part == "small" else "file", int(until))
        given = query.get("proof", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._proof(named).encode()):
            raise NotFoundError
        if named.until <= now.timestamp():
            raise LinkExpiredError
        return named

    def _proof(self, named: Named) -> str:
        words = f"{named.merchant_id}.{named.public_id.hex}.{named.part}.{named.until}"
        digest = hmac.digest(self._key, words.encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
