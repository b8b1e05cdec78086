"""Signs what we post, so that its receiver knows that it is ours, whole and fresh; pure.

As the Standard Webhooks specification says, for which there are libraries in most languages: HMAC
SHA-256 over `id.timestamp.body`, the key what stands in base64 behind `whsec_`. While a secret is
being changed two signatures stand side by side, and a receiver that knows either one is content.
"""

from __future__ import annotations

import base64
import hmac
import secrets as random
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
KEY_BYTES = 32
# A receiver refuses what is older: somebody else may have listened.
FRESH_S = 300


def new_secret() -> str:
    """A secret as its receiver types it in."""
    return PREFIX + base64.b64encode(random.token_bytes(KEY_BYTES)).decode()


def signed(secrets: Sequence[str], body: bytes, *, id_: str, now: datetime) -> dict[str, str]:
    """The three headers that prove a body.

    Args:
        secrets: as `new_secret` made them, the newest first.
        body: the raw bytes that are posted.
        id_: of this message; the same when it is posted again.
        now: the moment of this posting.
    """
    stamp = str(int(now.timestamp()))
    proofs = [f"v1,{_proof(secret, body, id_, stamp)}" for secret in secrets]
    return {
        "webhook-id": id_,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(proofs),
    }


def _proof(secret: str, body: bytes, id_: str, stamp: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{id_}.{stamp}.".encode() + body, "sha256")
    return base64.b64encode(digest).decode()
