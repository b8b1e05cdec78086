"""Who a visitor of a web chat is: a token that we sign, and a name that their site signs. Pure.

A token proves one visitor of one inbox, for some days; an older one still says who may be given
the next. It is no session on the server: nothing is stored, and no cookie is needed.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

import msgspec

from hudhud.web.chat import signing

TOKEN_S: Final = 7 * 86_400
RENEWED_WITHIN_S: Final = 180 * 86_400
USER_CHARS_MAX: Final = 200
_VISITOR_BYTES = 15
_USE = "session"


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """One browser (`id`), and the site's own id of its user when the site vouched for it."""

    inbox_id: int
    id: str
    user: str = ""
    ends_s: int = 0


def token(secret_key: str, visitor: Visitor) -> str:
    """The visitor, signed with SECRET_KEY."""
    return signing.signed(secret_key, visitor, use=_USE)


def read(secret_key: str, given: str, *, inbox_id: int, now_s: float) -> Visitor | None:
    """The visitor of a token that holds now, in this inbox; None for every other."""
    visitor = signing.read(secret_key, given, Visitor, use=_USE)
    fits = visitor is not None and visitor.inbox_id == inbox_id and now_s < visitor.ends_s
    return visitor if fits else None


def session(secret_key: str, given: str, *, inbox_id: int, now_s: float, user: str = "") -> Visitor:
    """The visitor to sign for now: the one of the given token, or a new one.

    Somebody who signed in keeps what they said before as a guest. Whoever comes after them in the
    same browser, a guest or another user, is somebody else: two people never become one contact.

    Args:
        secret_key: SECRET_KEY.
        given: the token that the browser had, even one that ended; empty for none.
        inbox_id: which chat.
        now_s: Unix time in seconds.
        user: the site's id of its user, already proved; empty for a guest.
    """
    before = signing.read(secret_key, given, Visitor, use=_USE)
    fits = (
        before is not None
        and before.inbox_id == inbox_id
        and now_s < before.ends_s + RENEWED_WITHIN_S
        and before.user in ("", user)
    )
    known = before.id if fits and before is not None else secrets.token_hex(_VISITOR_BYTES)
    return Visitor(inbox_id=inbox_id, id=known, user=user, ends_s=int(now_s) + TOKEN_S)


def vouched(identity_secret: str, user: str, signature: str) -> bool:
    """Whether the site signed this user: HMAC-SHA256 of the id in lower-case hex; constant time."""
    if not identity_secret or not 0 < len(user) <= USER_CHARS_MAX:
        return False
    wanted = hmac.digest(identity_secret.encode(), user.encode("utf-8", "replace"), "sha256").hex()
    return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))
