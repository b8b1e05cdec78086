"""Our own small webhooks, in the shape of PLATFORM_FACTS part 2."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from hudhud.channels.whatsapp import Options, parse
from hudhud.model import InboundMessage

NUMBER = "500100200300400"
SARA = "9647701112233"
SARA_USER = "IQ.8800110022003300"
AT = "1763700000"

OPTIONS = Options(
    phone_number_id=NUMBER, token="tok-1", app_secret="secret-1", verify_token="verify-1"
)


def said(**parts: Any) -> dict[str, Any]:
    """One message from Sara; `from_` stands for `from`, None takes a key away."""
    message = {
        "from": parts.pop("from_", SARA),
        "id": "wamid.ONE",
        "timestamp": AT,
        "type": "text",
        **parts,
    }
    return {key: part for key, part in message.items() if part is not None}


def text(body: str = "مرحبا", **parts: Any) -> dict[str, Any]:
    return said(text={"body": body}, **parts)


def change(field: str | None = "messages", **value: Any) -> dict[str, Any]:
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "+964 770 999 8877", "phone_number_id": NUMBER},
        **value,
    }
    return {"value": whole} if field is None else {"field": field, "value": whole}


def hook(*changes: Any) -> bytes:
    entry = {"id": "700800900", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def read(message: dict[str, Any], **value: Any) -> InboundMessage:
    """The one message of a webhook that carries nothing else."""
    parsed = parse(hook(change(messages=[message], **value)))
    (only,) = parsed.messages
    return only


def signed(body: bytes, secret: str = OPTIONS.app_secret) -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"x-hub-signature-256": f"sha256={digest}"}
