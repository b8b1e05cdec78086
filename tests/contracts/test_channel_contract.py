"""What every channel promises, tried on everything that the registry finds.

A channel's own samples stand in `SAMPLES`; payloads that others wrote are tried too when the
folder `shared/payloads` lies beside the repository.
"""

from __future__ import annotations

import base64
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilations import PAYLOADS, captured, paths, put

from hudhud import registry
from hudhud.channels.contract import Channel
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

KINDS = registry.kinds("channels")
NEEDS_PAYLOADS = pytest.mark.skipif(
    not PAYLOADS.is_dir(),
    reason=f"the payloads of others are not beside the repository: {PAYLOADS}",
)
GIVEN = {
    "evolution": {
        "instance_name": "shop",
        "api_url": "http://evolution.example",
        "apikey": "k",
        "webhook_secret": "s",
    },
    "whatsapp": {
        "phone_number_id": "500100200300400",
        "token": "t",
        "app_secret": "s",
        "verify_token": "v",
    },
    "instagram": {"instagram_id": "17", "token": "t", "app_secret": "s", "verify_token": "v"},
    "messenger": {"page_id": "17", "token": "t", "app_secret": "s", "verify_token": "v"},
    "webchat": {"site": "shop", "origins": "https://shop.example"},
}


def _webhook(*changes: dict[str, Any]) -> bytes:
    return json.dumps({"entry": [{"id": "1", "changes": list(changes)}]}).encode()


def _value(field: str, **parts: Any) -> dict[str, Any]:
    return {"field": field, "value": {"metadata": {"phone_number_id": "500100200300400"}, **parts}}


_PERSON = {"from": "9647701112233", "timestamp": "1763700000"}
_TEXT = {**_PERSON, "id": "a", "type": "text", "text": {"body": "مرحبا \ud83d\ude00"}}
_IMAGE = {**_PERSON, "id": "b", "type": "image", "image": {"id": "9", "caption": "كم؟"}}
_EDIT = {**_PERSON, "id": "c", "type": "edit", "edit": {"message": _TEXT}}
_STATUS = {"id": "d", "status": "failed", "timestamp": "1763700000", "errors": [{"code": 131047}]}
_CARD = {"profile": {"name": "سارة"}, "wa_id": "9647701112233", "user_id": "IQ.1"}
_THREAD = {"id": "9647701112233", "messages": [{**_TEXT, "id": "f"}]}
_JID = {"remoteJid": "9647701112233@s.whatsapp.net", "fromMe": False, "id": "a"}
_UPSERT = {"key": _JID, "messageTimestamp": 1763700000, "message": {"conversation": "كم السعر؟"}}
_THREAD_EVENT = {"sender": {"id": "2"}, "recipient": {"id": "17"}, "timestamp": 1772998024000}
_STORY = {"mid": "h", "text": "كم؟", "reply_to": {"story": {"id": "1", "url": "https://a.b/c"}}}
_TAP = {"mid": "i", "title": "نعم", "payload": "y", "referral": {"source": "ADS", "ad_id": "1"}}
_EVENTS = [
    {**_THREAD_EVENT, "message": _STORY},
    {**_THREAD_EVENT, "postback": _TAP},
    {**_THREAD_EVENT, "read": {"mid": "j"}},
    {**_THREAD_EVENT, "reaction": {"mid": "h", "action": "react", "emoji": "x"}},
]
_THREADS = [json.dumps({"entry": [{"id": "17", "messaging": _EVENTS}]}).encode()]
_CHAT = {
    "account": "shop",
    "visitor": "v1",
    "user": "u1",
    "at": 1763700000,
    "messages": [{"id": "abcdefgh", "type": "text", "text": "مرحبا"}],
    "read": ["7.1"],
}
SAMPLES = {
    "evolution": [
        json.dumps({"event": "messages.upsert", "instance": "shop", "data": _UPSERT}).encode(),
        json.dumps(
            {"event": "MESSAGES_UPDATE", "instance": "shop", "data": [{"key": _JID, "status": 3}]}
        ).encode(),
    ],
    "webchat": [json.dumps(_CHAT).encode()],
    "whatsapp": [
        _webhook(_value("messages", contacts=[_CARD], messages=[_TEXT, _IMAGE, _EDIT])),
        _webhook(
            _value("messages", statuses=[_STATUS, {**_STATUS, "id": "e"}], errors=[{"code": 1}]),
            _value("smb_message_echoes", message_echoes=[{**_TEXT, "to": "9647701112233"}]),
            _value("history", history=[{"threads": [_THREAD]}]),
        ),
    ],
    "instagram": _THREADS,
    "messenger": _THREADS,
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def channel(kind: str) -> Channel:
    return registry.adapter("channels", kind)


@pytest.fixture
def options(kind: str, channel: Channel) -> Any:
    return msgspec.convert(GIVEN[kind], channel.Options)


def read(channel: Channel, body: bytes) -> Parsed | None:
    """What a channel reads, None when it says that nothing can be read; it must be storable."""
    try:
        parsed = channel.parse(body)
    except UnreadableWebhookError:
        return None
    written = msgspec.json.encode(parsed)
    assert b"\\u0000" not in written.replace(b"\\\\", b"")
    for message in parsed.messages:
        assert message.aliases
        assert 0 < len(message.external_id) <= 256
        assert message.wakes is (message.note is None)
        assert all(0 < len(alias.value) <= 256 for alias in message.aliases)
    return parsed


def test_there_is_a_channel():
    assert "whatsapp" in KINDS


def test_a_channel_has_samples_and_options_here(kind):
    assert kind in SAMPLES
    assert kind in GIVEN


def test_every_name_of_the_contract_is_there(channel):
    names = {name for name in vars(Channel) if not name.startswith("_")}
    assert {name for name in names if not hasattr(channel, name)} == set()


def test_options_refuse_what_they_do_not_know_and_name_their_secrets(kind, channel):
    assert set(channel.Options.__struct_fields__) >= channel.SECRETS
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**GIVEN[kind], "no_such_option": 1}, channel.Options)


def test_the_account_is_named(channel, options):
    assert channel.account(options)


@pytest.mark.parametrize("query", [{}, {"hub.mode": "subscribe"}, {"": "\ud800"}])
def test_an_empty_challenge_is_refused(channel, options, query):
    assert channel.challenge(options, query) is None


def test_an_unsigned_body_is_refused(channel, options):
    assert not channel.verify(options, b"{}", {})


def test_whole_samples_are_read_to_the_last_item(kind, channel):
    for body in SAMPLES[kind]:
        assert read(channel, body) == read(channel, body)
        assert len(ids(channel, body)) >= len(expected_ids(json.loads(body)))


def test_every_prefix_of_a_sample_is_refused_or_read(kind, channel):
    for body in SAMPLES[kind]:
        for end in range(len(body)):
            read(channel, body[:end])


def test_every_bit_flipped_in_a_sample_is_refused_or_read(kind, channel):
    for body in SAMPLES[kind]:
        for at in range(len(body)):
            for bit in (0x01, 0x20, 0x80):
                read(channel, body[:at] + bytes([body[at] ^ bit]) + body[at + 1 :])


def test_every_field_retyped_is_refused_or_read(kind, channel):
    for body in SAMPLES[kind]:
        for path in paths(json.loads(body)):
            for other in (None, 7, -1.5, True, "", "\x00", "\ud800", [], [[]], {}, {"a": []}):
                read(channel, json.dumps(put(json.loads(body), path, other)).encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("found", KINDS)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(body=st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_at_all_is_refused_or_read(found, body):
    read(registry.adapter("channels", found), body)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(odd=JSON, key=st.sampled_from(sorted({*_TEXT, *_IMAGE, "context", "errors", "group_id"})))
def test_an_odd_whatsapp_message_costs_no_sibling(odd, key):
    messages = [_TEXT, {**_IMAGE, key: odd}, {**_TEXT, "id": "z"}]
    parsed = read(
        registry.adapter("channels", "whatsapp"), _webhook(_value("messages", messages=messages))
    )
    assert parsed is not None
    assert len(parsed.messages) + len(parsed.unread) == 3
    assert [parsed.messages[0].external_id, parsed.messages[-1].external_id] == ["a", "z"]


# What others wrote.


def expected_ids(document: Any) -> list[str]:
    """The items of a WhatsApp webhook that a reader must account for, counted another way."""
    found = []
    for entry in document.get("entry", []):
        for change in entry.get("changes", []):
            value = change.get("value", {})
            if change.get("field", "messages") not in ("messages", "smb_message_echoes"):
                found.append("a change about something else")
                continue
            for key in ("messages", "message_echoes", "statuses", "errors"):
                found += [str(item.get("id", "?")) for item in value.get(key, [])]
    return found


def ids(channel: Channel, body: bytes) -> list[str]:
    parsed = read(channel, body)
    assert parsed is not None
    kept = [item.external_id for item in (*parsed.messages, *parsed.statuses)]
    told = (*parsed.renames, *parsed.templates)
    return (
        kept
        + ["a change about something else"] * len(told)
        + [missed.reason for missed in parsed.unread]
    )


def as_webhook(document: Any) -> Any:
    """A fragment of a value stands in a webhook of its own."""
    if isinstance(document, dict) and not {"object", "entry"} & document.keys():
        change = {"field": "messages", "value": document}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return document


@NEEDS_PAYLOADS
def test_every_whatsapp_payload_of_others_is_accounted_for_item_by_item():
    channel = registry.adapter("channels", "whatsapp")
    files = captured("whatsapp")
    assert len(files) > 100
    for file in files:
        document = as_webhook(json.loads(file.read_bytes()))
        found = ids(channel, json.dumps(document).encode())
        for wanted in expected_ids(document):
            known = wanted in found or any(
                reason in ("no id", "no sender")
                or reason.startswith(("field:", "error:", "status:"))
                for reason in found
            )
            assert known, (file.name, wanted, found)
        assert len(found) >= len(expected_ids(document)), file.name


@NEEDS_PAYLOADS
@pytest.mark.parametrize("folder", ["whatsapp", "instagram", "messenger", "evolution", "text"])
def test_every_payload_of_others_is_refused_or_read_as_it_is_and_cut(channel, folder):
    for file in captured(folder):
        body = file.read_bytes()
        for end in {len(body), *range(0, len(body), max(1, len(body) // 12))}:
            read(channel, body[:end])


@NEEDS_PAYLOADS
def test_every_signature_vector_of_others_is_judged_as_they_say():
    channel = registry.adapter("channels", "whatsapp")
    vectors = json.loads((PAYLOADS / "signatures" / "vectors.json").read_bytes())
    assert len(vectors) > 10
    for vector in vectors:
        options = channel.Options(**{**GIVEN["whatsapp"], "app_secret": vector["secret"]})
        headers = {vector["header_name"].lower(): vector["header"]}
        # We believe SHA-256 alone: the old SHA-1 header is not looked at.
        valid = vector["valid"] and vector["header_name"].lower() == "x-hub-signature-256"
        body = base64.b64decode(vector["body_base64"])
        assert channel.verify(options, body, headers) is valid, vector["name"]
