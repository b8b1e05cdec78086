"""Proves that a request came from Meta: the address challenge, the signature of a webhook."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from hudhud.channels.graph.access import GraphAccess

CHALLENGE_CHARS_MAX = 256


def challenge(options: GraphAccess, query: Mapping[str, str]) -> str | None:
    """Answer Meta's proof-of-address request; it is not signed, the verify token stands for that.

    Args:
        options: of the inbox whose address was called.
        query: `hub.mode`, `hub.verify_token` and `hub.challenge`.

    Returns:
        The challenge to send back as plain text, or None to refuse.
    """
    answer = query.get("hub.challenge", "")
    believed = bool(options.verify_token) and _same(
        options.verify_token, query.get("hub.verify_token", "")
    )
    subscribes = query.get("hub.mode") == "subscribe"
    fits = 0 < len(answer) <= CHALLENGE_CHARS_MAX
    return answer if believed and subscribes and fits else None


def verify(options: GraphAccess, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether the app secret (or the previous one, during rotation) signed exactly these bytes.

    Only `sha256=` and 64 lower-case hex digits, as Meta sends it, is believed. An empty secret
    proves nothing, because anybody has it.
    """
    given = headers.get("x-hub-signature-256", "").encode("utf-8", "replace")
    secrets = (options.app_secret, options.app_secret_previous)
    return any(hmac.compare_digest(_signed(secret, body), given) for secret in secrets if secret)


def _signed(secret: str, body: bytes) -> bytes:
    # The one-shot C path; `hmac.new` costs three times as much for a body of this size.
    digest = hmac.digest(secret.encode("utf-8", "surrogatepass"), body, "sha256")
    return b"sha256=" + digest.hex().encode()


def _same(ours: str, theirs: str) -> bool:
    # As bytes: compare_digest raises TypeError for a str that is not ASCII.
    return hmac.compare_digest(
        ours.encode("utf-8", "surrogatepass"), theirs.encode("utf-8", "surrogatepass")
    )
