"""WhatsApp's parser against what nobody should send: never raises, never loses a sibling."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilations import captured, cut, flipped, paths, put, retyped, without

from hudhud.channels.whatsapp import parse
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
LONG = "FUZZ_EXAMPLES" in os.environ
MOST = 12

_TEXT = {
    "from": "9647701112233",
    "timestamp": "1763700000",
    "type": "text",
    "text": {"body": "مرحبا"},
}
FIRST, LAST = {**_TEXT, "id": "first"}, {**_TEXT, "id": "last"}


def whole(*messages: Any, **value: Any) -> dict[str, Any]:
    metadata = {"phone_number_id": "500100200300400"}
    change = {
        "field": "messages",
        "value": {"metadata": metadata, "messages": list(messages), **value},
    }
    return {"entry": [{"id": "1", "changes": [change]}]}


def read(body: bytes) -> Parsed | None:
    """What is read, twice the same; None when it says that nothing can be read."""
    try:
        parsed = parse(body)
    except UnreadableWebhookError:
        return None
    assert parse(body) == parsed
    return parsed


def bytes_of(document: Any) -> bytes:
    return json.dumps(document).encode()


@pytest.mark.skipif(not captured("whatsapp"), reason="no captured payloads here")
def test_every_captured_webhook_is_borne_cut_flipped_and_with_fields_gone_or_retyped():
    for file in captured("whatsapp"):
        body = file.read_bytes()
        document = json.loads(body)
        for other in (*cut(body, MOST), *flipped(body, MOST)):
            read(other)
        for changed in (*without(document, MOST), *retyped(document, MOST)):
            read(bytes_of(changed))


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
TYPES = {
    "image": {"id": "9", "caption": "c", "sha256": "s"},
    "audio": {"id": "9", "voice": True},
    "location": {"latitude": 1, "longitude": 2, "name": "n"},
    "contacts": [{"name": {"formatted_name": "n"}}],
    "reaction": {"message_id": "w", "emoji": "x"},
    "interactive": {"type": "nfm_reply", "nfm_reply": {"body": "b", "response_json": "{}"}},
    "button": {"payload": "p", "text": "t"},
    "order": {"catalog_id": "1", "product_items": [{"quantity": 1}]},
    "system": {"body": "b", "wa_id": "9", "type": "user_changed_number", "user_id": "IQ.1"},
    "edit": {"original_message_id": "w", "message": _TEXT},
    "revoke": {"original_message_id": "w"},
}


@st.composite
def odd_message(draw: st.DrawFn) -> Any:
    """A message of a known type with one place of it turned into anything."""
    kind = draw(st.sampled_from(sorted(TYPES)))
    message = {**_TEXT, "id": "odd", "type": kind, kind: TYPES[kind], "context": {"id": "q"}}
    copy = json.loads(json.dumps(message))
    return put(copy, draw(st.sampled_from(paths(copy))), draw(ODD))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None)
@given(odd=odd_message() | ODD)
def test_one_odd_message_costs_no_sibling_and_is_accounted_for(odd):
    parsed = read(bytes_of(whole(FIRST, odd, LAST)))
    assert parsed is not None
    assert len(parsed.messages) + len(parsed.unread) == 3
    assert [parsed.messages[0].external_id, parsed.messages[-1].external_id] == ["first", "last"]


@settings(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None)
@given(odd=ODD)
def test_one_odd_status_costs_no_sibling(odd):
    good = {"id": "w", "status": "sent", "timestamp": "1763700000"}
    statuses = [good, {**good, "pricing": odd, "errors": odd, "conversation": odd}, good]
    parsed = read(bytes_of(whole(statuses=statuses)))
    assert parsed is not None
    assert len(parsed.statuses) == 3


@settings(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None)
@given(odd=ODD)
def test_one_odd_user_id_update_costs_no_sibling(odd):
    good = {"wa_id": "9647701", "user_id": {"previous": "IQ.1", "current": "IQ.2"}}
    updates = [good, {**good, "user_id": odd}, good]
    value = {"metadata": {"phone_number_id": "1"}, "user_id_update": updates}
    changes = [{"field": "user_id_update", "value": value}]
    parsed = read(bytes_of({"entry": [{"id": "1", "changes": changes}]}))
    assert parsed is not None
    assert len(parsed.renames) >= 2


@pytest.mark.parametrize("stamp", ["asdf", "", None, -1, 10**40, "١٧٦٣٧٠٠٠٠٠", [], "1763700000000"])
def test_an_absurd_stamp_costs_its_message_nothing_but_the_stamp(stamp):
    parsed = read(bytes_of(whole({**FIRST, "timestamp": stamp}, LAST)))
    assert parsed is not None
    assert [each.provider_at is None for each in parsed.messages] == [True, False]


def test_nul_and_lone_surrogates_are_mended_in_every_place_of_a_message():
    for bad in ("\x00", "\ud800", "a\udfffb\x00"):
        for kind, part in TYPES.items():
            odd = {**_TEXT, "id": f"odd{bad}", "type": kind, kind: part, "errors": [{"title": bad}]}
            for path in paths(odd):
                parsed = read(bytes_of(whole(FIRST, put(json.loads(json.dumps(odd)), path, bad))))
                assert parsed is not None
                assert parsed.messages[0].external_id == "first"
                assert "\x00" not in repr(parsed.messages).replace("\\x00", "\x00")


def test_a_thousand_updates_and_a_body_of_three_megabytes_are_read_to_the_last():
    long = "س" * 1400
    messages = [{**_TEXT, "id": f"w{at}", "text": {"body": long}} for at in range(1000)]
    body = json.dumps(whole(*messages), ensure_ascii=False).encode()
    assert len(body) > 2_800_000
    parsed = read(body)
    assert parsed is not None
    assert len(parsed.messages) == 1000


def test_an_id_that_stands_twice_in_one_webhook_is_told_twice_and_decided_in_the_database():
    parsed = read(bytes_of(whole(FIRST, FIRST)))
    assert parsed is not None
    assert [each.external_id for each in parsed.messages] == ["first", "first"]
