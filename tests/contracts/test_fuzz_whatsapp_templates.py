"""Template webhooks against what nobody should send: borne, and told as read or as missed."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilations import captured, cut, flipped, retyped, without

from hudhud.channels.whatsapp import parse
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
NAMED = {
    "message_template_id": 12_345,
    "message_template_name": "order_ready",
    "message_template_language": "ar",
}


@pytest.mark.parametrize(
    "file", [f for f in captured("whatsapp") if "template_" in f.name], ids=lambda f: f.name
)
def test_what_others_captured_is_read(file):
    document = json.loads(file.read_bytes())
    parsed = parse(json.dumps(document).encode())
    assert len(parsed.templates) == 1
    for changed in (*without(document, 40), *retyped(document, 40)):
        _bear(json.dumps(changed).encode())
    for other in (*cut(file.read_bytes(), 40), *flipped(file.read_bytes(), 40)):
        _bear(other)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    field=st.sampled_from(
        [
            "message_template_status_update",
            "message_template_quality_update",
            "template_category_update",
            "message_template_components_update",
        ]
    ),
    value=st.dictionaries(
        st.sampled_from([*NAMED, "event", "reason", "rejection_info", "new_category"]), ODD
    ),
    whose=ODD,
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_fuzz_a_template_webhook_of_anything_is_borne(field, value, whose):
    entry = {"id": whose, "time": whose, "changes": [{"field": field, "value": NAMED | value}]}
    parsed = _bear(json.dumps({"entry": [entry]}).encode())
    assert parsed is not None
    assert len(parsed.templates) + len(parsed.unread) == 1
    assert "\x00" not in repr(parsed.templates).replace("\\x00", "\x00")


def _bear(raw: bytes) -> Parsed | None:
    try:
        return parse(raw)
    except UnreadableWebhookError:
        return None
