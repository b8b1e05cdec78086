"""Proves that a webhook came from the instance: a secret header, a signed token, or v1's own key.

Source: PLATFORM_FACTS part 9; RFC 7515 and 7519 for the token.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Mapping

import msgspec

from hudhud.channels.evolution.options import Options
from hudhud.channels.loose import document, record, words
from hudhud.errors import UnreadableWebhookError

SECRET_HEADER = "x-hudhud-secret"  # noqa: S105 - the name of the header, not its value
LIFE_S_MAX = 600
LEEWAY_S = 60
# Evolution signs a webhook once, and repeats it with the same token while we answer 5xx: ten times
# in up to 25 minutes. A 401 then would be its last try, and the message lost by our own trouble.
LATE_S = 1800
TOKEN_CHARS_MAX = 4096
_PARTS = 3


def challenge(options: Options, query: Mapping[str, str]) -> str | None:  # noqa: ARG001 - its law
    """Evolution asks for no proof of the address; every such request is refused."""
    return None


def verify(options: Options, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether the instance sent this: any one of the proofs that are configured will do.

    An empty secret proves nothing, because anybody has it.
    """
    given = headers.get(SECRET_HEADER, "")
    if options.webhook_secret and _same(options.webhook_secret, given):
        return True
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if options.jwt_key and scheme.lower() == "bearer":
        return is_signed(token, options.jwt_key, now_s=time.time())
    return options.version == "v1" and _same(options.apikey, _apikey_in(body))


def is_signed(token: str, key: str, *, now_s: float) -> bool:
    """Whether a token was signed with this key by HS256, and is alive; never raises.

    Args:
        token: three parts in base64url, between dots.
        key: the shared secret.
        now_s: Unix seconds. A token without an end, with one further than `LIFE_S_MAX`, or older
            than its webhook can be, is refused: one that leaked must not open the door for ever.
    """
    parts = token.split(".")
    if len(parts) != _PARTS or len(token) > TOKEN_CHARS_MAX or not token.isascii():
        return False
    signed, given = token.rpartition(".")[0], _bytes_of(parts[2])
    digest = hmac.digest(key.encode(), signed.encode(), "sha256")
    if not hmac.compare_digest(digest, given):
        return False
    head, claims = _object(parts[0]), _object(parts[1])
    ends = claims.get("exp")
    if head.get("alg") != "HS256" or isinstance(ends, bool) or not isinstance(ends, int | float):
        return False
    return now_s - LATE_S - LEEWAY_S < ends <= now_s + LIFE_S_MAX + LEEWAY_S


def _bytes_of(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _object(part: str) -> dict[str, object]:
    try:
        return record(msgspec.json.decode(_bytes_of(part)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _apikey_in(body: bytes) -> str:
    try:
        return words(document(body).get("apikey"))
    except UnreadableWebhookError:
        return ""


def _same(ours: str, theirs: str) -> bool:
    # As bytes: compare_digest raises TypeError for a str that is not ASCII.
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "surrogatepass"))
