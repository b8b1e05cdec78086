"""Reads what became of a message that we sent."""

from __future__ import annotations

from typing import Any

from hudhud.channels import storable
from hudhud.channels.loose import items, record, stamp, words
from hudhud.channels.whatsapp.frame import Frame
from hudhud.model import Delivery, DeliveryStatus

TAG_CHARS_MAX = 512
ERROR_CHARS_MAX = 1000

# A voice note that was played was read; there is nothing above read in law 5's ladder.
_DELIVERY: dict[str, Delivery] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


def read_status(raw: Any, frame: Frame) -> DeliveryStatus | str:
    """Read one of a value's `statuses`, or say why it could not be.

    Source: PLATFORM_FACTS part 3.
    """
    if not isinstance(raw, dict):
        return "not an object"
    external_id = words(raw.get("id"))
    if not external_id:
        return "no id"
    delivery = _DELIVERY.get(words(raw.get("status")))
    if delivery is None:
        return f"status:{words(raw.get('status'))}"
    code, sentence = _error(raw)
    tag = storable.text(words(raw.get("biz_opaque_callback_data")), TAG_CHARS_MAX)
    return DeliveryStatus(
        external_id=storable.external_id(external_id),
        account=frame.account,
        status=delivery,
        provider_at=stamp(raw.get("timestamp")),
        tag=tag or None,
        error_code=code or None,
        error_text=sentence or None,
        billing=_billing(raw),
    )


def _billing(raw: dict[str, Any]) -> dict[str, Any] | None:
    """What Meta says of the price and of the conversation that it belongs to."""
    said = {key: raw[key] for key in ("pricing", "conversation") if record(raw.get(key))}
    billing: dict[str, Any] = storable.content(said)
    return billing or None


def _error(raw: dict[str, Any]) -> tuple[str, str]:
    error = record(next(iter(items(raw.get("errors"))), None))
    said = (
        error.get("title"),
        error.get("message"),
        record(error.get("error_data")).get("details"),
    )
    # Meta often says the same sentence twice; each once, in its own order.
    sentence = ": ".join(dict.fromkeys(filter(None, map(words, said))))
    code = words(error.get("code"))
    return storable.external_id(code), storable.text(sentence, ERROR_CHARS_MAX)
