"""Every event that others captured on Instagram and Messenger is accounted for, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from mutilations import PAYLOADS, captured, flipped, retyped, without

from hudhud.channels import instagram, messenger
from hudhud.channels.contract import Channel
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

KEYS = ("messaging", "standby", "changes")
CHANNELS: dict[str, Channel] = {"instagram": instagram, "messenger": messenger}
pytestmark = pytest.mark.skipif(
    not PAYLOADS.is_dir(),
    reason=f"the payloads of others are not beside the repository: {PAYLOADS}",
)


def webhooks(value: Any) -> Iterator[dict[str, Any]]:
    """Every webhook of a file; an entry, or an event, that stands alone gets its envelope."""
    if not isinstance(value, dict):
        for part in value if isinstance(value, list) else ():
            yield from webhooks(part)
    elif isinstance(value.get("entry"), list):
        yield value
    elif any(isinstance(value.get(key), list) for key in KEYS):
        yield {"object": "page", "entry": [value]}
    elif "sender" in value:
        yield {"object": "page", "entry": [{"id": "1", "messaging": [value]}]}
    else:
        for part in value.values():
            yield from webhooks(part)


def events(webhook: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in it, counted another way than the product does."""
    return [event for entry in webhook["entry"] for key in KEYS for event in entry.get(key) or ()]


def heard(read: Parsed) -> int:
    """How many events gave something, or a reason; a delivery gives several statuses."""
    told = {s.provider_at for s in read.statuses} | {m.until for m in read.watermarks}
    return len(read.messages) + len(told) + len(read.unread)


@pytest.mark.parametrize("folder", CHANNELS)
def test_every_event_gives_something_or_a_reason(folder: str) -> None:
    found = [
        (file.name, webhook)
        for file in captured(folder)
        for webhook in webhooks(json.loads(file.read_bytes()))
    ]
    assert len(found) > 20
    for name, webhook in found:
        read = CHANNELS[folder].parse(json.dumps(webhook).encode())
        inside = events(webhook)
        assert heard(read) >= min(1, len(inside)), name
        for event in inside:
            _accounted(name, event, read)


def _accounted(name: str, event: dict[str, Any], read: Parsed) -> None:
    said = event.get("message") or event.get("postback") or {}
    mid = said.get("mid") if isinstance(said, dict) else None
    known = {m.external_id for m in read.messages} | {s.external_id for s in read.statuses}
    reasons = [unread.reason for unread in read.unread]
    if mid and event.get("sender", {}).get("id") and event.get("recipient", {}).get("id"):
        assert mid in known or f"revoke:{mid}" in known, (name, reasons)
    for reason in reasons:
        # Nothing is unread but what has no person, no id, or is no part of a conversation.
        assert reason in ("no sender", "no recipient", "no id", "no event") or reason.startswith(
            "field:"
        ), (name, reason)


@pytest.mark.parametrize("folder", CHANNELS)
def test_no_mutilation_of_a_captured_webhook_breaks_the_reader(folder: str) -> None:
    for file in captured(folder):
        for webhook in webhooks(json.loads(file.read_bytes())):
            body = json.dumps(webhook).encode()
            broken = [json.dumps(each).encode() for each in without(webhook, 8)]
            broken += [json.dumps(each).encode() for each in retyped(webhook, 8)]
            for each in (*flipped(body, 12), *broken):
                _judged(CHANNELS[folder], each)


def _judged(channel: Channel, body: bytes) -> None:
    try:
        channel.parse(body)
    except UnreadableWebhookError:
        return
