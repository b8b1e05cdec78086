"""Every channel's parser against what nobody should send: never raises, never loses a sibling."""

from __future__ import annotations

import json
import os
from types import ModuleType
from typing import Any

import pytest
from doors import POSTINGS, encoded
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilations import paths, put

from hudhud import registry
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
LONG = "FUZZ_EXAMPLES" in os.environ
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FUZZED = settings(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None)
_ABOUT = {"sender": {"id": "42"}, "recipient": {"id": "777"}, "timestamp": 1_763_700_000_000}
_ATTACHED = [{"type": "image", "payload": {"url": "https://example.com/a.png"}}]
_THREAD_EVENTS: list[dict[str, Any]] = [
    {"message": {"mid": "m", "text": "t", "quick_reply": {"payload": "p"}}},
    {"message": {"mid": "m", "attachments": _ATTACHED, "reply_to": {"story": {"id": "1"}}}},
    {"message": {"mid": "m", "is_echo": True, "app_id": 1, "metadata": "x"}},
    {"message": {"mid": "m", "is_deleted": True}},
    {"reaction": {"mid": "m", "action": "react", "emoji": "x", "reaction": "love"}},
    {"postback": {"mid": "m", "title": "t", "payload": "p", "referral": {"ref": "r"}}},
    {"read": {"watermark": 1_763_700_000_000, "mid": "m"}},
    {"delivery": {"mids": ["m"], "watermark": 1_763_700_000_000}},
    {"referral": {"ref": "r", "source": "ADS", "type": "OPEN_THREAD", "ad_id": "1"}},
]
_KEY = {"remoteJid": "9647701112233@s.whatsapp.net", "fromMe": False, "id": "k"}
_EVOLUTION_MESSAGES: list[dict[str, Any]] = [
    {"conversation": "x"},
    {"extendedTextMessage": {"text": "x", "contextInfo": {"stanzaId": "q"}}},
    {"imageMessage": {"url": "u", "mimetype": "image/png", "caption": "c", "fileLength": "9"}},
    {"audioMessage": {"ptt": True, "seconds": 3}, "base64": "AAAA"},
    {"locationMessage": {"degreesLatitude": 1.0, "degreesLongitude": 2.0, "name": "n"}},
    {"contactMessage": {"displayName": "n", "vcard": "BEGIN:VCARD"}},
    {"reactionMessage": {"key": {"id": "q"}, "text": "x"}},
    {"protocolMessage": {"type": "REVOKE", "key": {"id": "q"}, "editedMessage": {}}},
    {"ephemeralMessage": {"message": {"conversation": "x"}}},
    {"buttonsResponseMessage": {"selectedButtonId": "b", "selectedDisplayText": "t"}},
    {"listResponseMessage": {"title": "t", "singleSelectReply": {"selectedRowId": "r"}}},
]
_THREADS = [{"id": "777", "time": 1, "messaging": [{**_ABOUT, **e}]} for e in _THREAD_EVENTS]
SHAPES = {
    "whatsapp": [POSTINGS["whatsapp"].good("odd", "x")],
    "instagram": _THREADS,
    "messenger": _THREADS,
    "evolution": [
        {"key": _KEY, "message": message, "pushName": "n", "messageTimestamp": 1_763_700_000}
        for message in _EVOLUTION_MESSAGES
    ],
}


def adapter(channel: str) -> ModuleType:
    return registry.adapter("channels", channel)


def read(channel: str, body: bytes) -> Parsed | None:
    """What is read, twice the same; None when it says that nothing can be read."""
    try:
        parsed: Parsed = adapter(channel).parse(body)
    except UnreadableWebhookError:
        return None
    assert adapter(channel).parse(body) == parsed
    return parsed


@st.composite
def odd_item(draw: st.DrawFn, channel: str) -> Any:
    """A message of a known kind with one place of it turned into anything."""
    copy = json.loads(json.dumps(draw(st.sampled_from(SHAPES[channel]))))
    return put(copy, draw(st.sampled_from(paths(copy))), draw(ODD))


@pytest.mark.parametrize("channel", POSTINGS)
def test_one_odd_message_costs_no_sibling(channel: str):
    posting = POSTINGS[channel]

    @FUZZED
    @given(odd=odd_item(channel) | ODD)
    def tried(odd: Any) -> None:
        items = [posting.good("first", "x"), odd, posting.good("last", "x")]
        parsed = read(channel, encoded(posting.around(items)))
        assert parsed is not None
        assert [m.external_id for m in parsed.messages if m.external_id in ("first", "last")] == [
            *("first", "last")
        ]

    tried()


@pytest.mark.parametrize("channel", POSTINGS)
def test_any_bytes_and_any_document_are_read_or_refused_with_a_sentence(channel: str):
    @FUZZED
    @given(body=st.binary(max_size=200) | ODD.map(encoded))
    def tried(body: bytes) -> None:
        read(channel, body)

    tried()


@FUZZED
@given(body=st.binary(max_size=200) | ODD.map(encoded))
def test_whatever_evolution_is_told_is_redacted_or_passed_over_without_breaking(body: bytes):
    kept: bytes | None = adapter("evolution").redacted(body)
    assert kept is None or isinstance(kept, bytes)


@pytest.mark.parametrize("channel", POSTINGS)
def test_each_message_of_a_known_kind_is_accounted_for(channel: str):
    for shape in SHAPES[channel]:
        parsed = read(channel, encoded(POSTINGS[channel].around([shape])))
        assert parsed is not None
        assert parsed.messages or parsed.statuses or parsed.watermarks or parsed.unread, shape
