"""Webhooks about message templates: status, quality, category, words (PLATFORM_FACTS part 2)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from whatsapp_hooks import change, hook, text

from hudhud.channels.whatsapp import parse
from hudhud.model import TemplateTold

AT = 1_763_700_000
NAMED = {
    "message_template_id": 12_345,
    "message_template_name": "order_ready",
    "message_template_language": "ar",
}


def body(field: str, **value: Any) -> bytes:
    entry = {"id": "77001", "time": AT, "changes": [{"field": field, "value": NAMED | value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def told(**parts: Any) -> TemplateTold:
    shared = {"scope": "77001", "name": "order_ready", "language": "ar", "external_id": "12345"}
    return TemplateTold(**shared | parts, provider_at=datetime.fromtimestamp(AT, UTC))


@pytest.mark.clause("2.template")
@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (
            "message_template_status_update",
            {"event": "PAUSED", "reason": "NONE", "other_info": {"description": "Paused."}},
            {"what": "status", "value": "PAUSED", "reason": "Paused."},
        ),
        (
            "message_template_status_update",
            {"event": "REJECTED", "reason": "SCAM", "rejection_info": {"reason": "Looks like."}},
            {"what": "status", "value": "REJECTED", "reason": "Looks like."},
        ),
        (
            "message_template_status_update",
            {"event": "REINSTATED", "reason": None},
            {"what": "status", "value": "APPROVED"},
        ),
        (
            "message_template_quality_update",
            {"previous_quality_score": "GREEN", "new_quality_score": "RED"},
            {"what": "quality", "value": "RED"},
        ),
        (
            "template_category_update",
            {"new_category": "MARKETING"},
            {"what": "category", "value": "MARKETING"},
        ),
        (
            "message_template_components_update",
            {"message_template_element": "Hi {{1}}"},
            {"what": "text"},
        ),
    ],
)
def test_each_field_tells_one_thing_of_one_template(field, value, expected):
    parsed = parse(body(field, **value))
    assert parsed.templates == (told(**expected),)
    assert parsed.unread == ()


def test_a_language_is_spelled_one_way():
    field = "message_template_quality_update"
    parsed = parse(body(field, new_quality_score="GREEN", message_template_language="en-US"))
    assert parsed.templates[0].language == "en_US"


@pytest.mark.parametrize("gone", ["message_template_name", "message_template_language", "event"])
def test_one_that_cannot_be_read_costs_no_sibling(gone):
    entry = json.loads(body("message_template_status_update", event="PAUSED"))["entry"][0]
    del entry["changes"][0]["value"][gone]
    whole = json.loads(hook(change(messages=[text()])))
    whole["entry"].insert(0, entry)
    parsed = parse(json.dumps(whole).encode())
    assert len(parsed.messages) == len(parsed.unread) == 1
    assert parsed.templates == ()
