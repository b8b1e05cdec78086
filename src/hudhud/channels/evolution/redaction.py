"""What of a webhook may be logged and stored: all but the keys that Evolution writes into it.

Source: PLATFORM_FACTS part 9 (`apikey`, `server_url` and `destination` stand in every body).
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from hudhud.channels.evolution.events import event_of, is_storm
from hudhud.channels.loose import document, record
from hudhud.errors import UnreadableWebhookError

# Keys, and files that `locate` asks for again; the picture and the code of a QR link a phone.
_SECRET = frozenset(
    {"apikey", "token", "jwt_key", "authorization", "password", "webhookverifytoken", "hash"}
    | {"server_url", "destination", "base64", "qrcode", "pairingcode", "mediakey", "messagesecret"}
)
_DEPTH_MAX = 64
_IN_BYTES = re.compile(
    rb'("(?:' + "|".join(sorted(_SECRET)).encode() + rb')"\s*:\s*)'
    rb'(?:"(?:[^"\\]|\\.)*"?|[^"\s,}\]][^,}\]]*)',
    re.IGNORECASE | re.DOTALL,
)


def redacted(body: bytes) -> bytes | None:
    """The same webhook without its secrets; it parses as before. Pure.

    Returns:
        None when it carries nothing for us: one of the storms of chats, contacts and presence.
    """
    try:
        read = document(body)
    except UnreadableWebhookError:
        return _IN_BYTES.sub(rb'\1""', body)
    if is_storm(event_of(read)) and isinstance(read.get("data"), dict | list):
        return None
    scrubbed = record(_without(read, _DEPTH_MAX))
    try:
        return msgspec.json.encode(scrubbed)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(scrubbed).encode()


def _without(value: Any, depth_max: int) -> Any:
    if not isinstance(value, dict | list):
        return value
    if depth_max <= 0:
        return ""
    if isinstance(value, list):
        return [_without(each, depth_max - 1) for each in value]
    return {
        key: "" if key.lower() in _SECRET else _without(each, depth_max - 1)
        for key, each in value.items()
    }
