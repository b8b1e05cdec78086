"""Whether the server that answers at our public address is this installation, and no other."""

from __future__ import annotations

import hashlib
import hmac

PROBE = "hudhud.probe"
NONCE_CHARS_MAX = 64


def probe_answer(secret_key: str, nonce: str) -> str:
    """What only this installation answers to a probe: it has the SECRET_KEY of who asks.

    Args:
        secret_key: SECRET_KEY.
        nonce: whatever the probe carries; at most NONCE_CHARS_MAX characters of it count.
    """
    said = f"hudhud probe {nonce[:NONCE_CHARS_MAX]}".encode()
    return hmac.new(secret_key.encode(), said, hashlib.sha256).hexdigest()
