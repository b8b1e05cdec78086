"""What is read by its shape is what looking for each part would read; all else is walked."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutilations import OTHERS, captured, flipped, paths, put, retyped, without

from hudhud.channels.whatsapp.parsing import walked
from hudhud.channels.whatsapp.plain import read_plain
from hudhud.channels.whatsapp.plain_status import read_plain_status
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Parsed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "600"))
MOST = 40
SAID = {
    "from": "9647701112233",
    "from_user_id": "IQ.8800110022003300",
    "id": "wamid.ONE",
    "timestamp": "1763700000",
    "type": "text",
    "text": {"body": "مرحبا، عندكم قميص كتان؟"},
}
WHO = {"profile": {"name": "سعاد"}, "wa_id": "9647701112233", "user_id": "IQ.8800110022003300"}
# Keys that Meta puts there beside these, sometimes.
BESIDE = ("context", "referral", "errors", "group_id", "parent_user_id", "from_parent_user_id")


TOLD = {
    "id": "wamid.OURS",
    "status": "delivered",
    "timestamp": "1763700000",
    "recipient_id": "9647701112233",
    "conversation": {"id": "c1", "origin": {"type": "service"}},
    "pricing": {"billable": True, "pricing_model": "PMP", "category": "service"},
    "biz_opaque_callback_data": "o-7-1",
}


def document(said: Any = SAID, who: Any = WHO) -> dict[str, Any]:
    return around({"contacts": [who], "messages": [said]})


def of_status(told: Any = TOLD) -> dict[str, Any]:
    return around({"statuses": [told]})


def around(value: dict[str, Any]) -> dict[str, Any]:
    frame = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "+964 770 999", "phone_number_id": "500100200300"},
    }
    change = {"field": "messages", "value": {**frame, **value}}
    entry = {"id": "700800900", "changes": [change]}
    whole = {"object": "whatsapp_business_account", "entry": [entry]}
    copied: dict[str, Any] = json.loads(json.dumps(whole))
    return copied


def walk(body: bytes) -> Parsed | None:
    try:
        return walked(body)
    except UnreadableWebhookError:
        return None


def agrees(body: bytes) -> None:
    for by_shape in (read_plain(body), read_plain_status(body)):
        assert by_shape is None or by_shape == walk(body)


def bytes_of(one: Any) -> bytes:
    return json.dumps(one).encode()


def test_one_customers_words_are_read_by_their_shape():
    old = {name: part for name, part in SAID.items() if name != "from_user_id"}
    for said, who in ((SAID, WHO), (old, {"profile": {"name": "سعاد"}, "wa_id": SAID["from"]})):
        body = bytes_of(document(said, who))
        by_shape = read_plain(body)
        assert by_shape is not None
        assert by_shape == walk(body)
        assert by_shape.messages[0].text == SAID["text"]["body"]


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
@pytest.mark.parametrize("without_it", ["pricing", "conversation", "biz_opaque_callback_data"])
def test_what_became_of_a_send_is_read_by_its_shape(status: str, without_it: str):
    told = {name: part for name, part in TOLD.items() if name != without_it} | {"status": status}
    for body in map(bytes_of, (of_status(told), of_status(told | {"errors": []}))):
        by_shape = read_plain_status(body)
        assert by_shape is not None
        assert by_shape == walk(body)
        assert by_shape.statuses[0].status == status


def test_a_failure_or_several_statuses_are_walked():
    failed = {**TOLD, "status": "failed", "errors": [{"code": 131026}]}
    assert read_plain_status(bytes_of(of_status(failed))) is None
    assert read_plain_status(bytes_of(of_status(TOLD | {"errors": [{"code": 1}]}))) is None
    assert read_plain_status(bytes_of(around({"statuses": [TOLD, TOLD]}))) is None
    assert read_plain_status(bytes_of(around({"statuses": [TOLD], "messages": [SAID]}))) is None


@pytest.mark.parametrize("key", BESIDE)
def test_what_stands_beside_a_customers_words_is_told_by_either_way(key: str):
    for beside in ({"id": "q"}, "IQ.1", "", [{"code": 1}], None):
        agrees(bytes_of(document({**SAID, key: beside})))
        agrees(bytes_of(document(SAID, {**WHO, key: beside})))
        body = document()
        body["entry"][0]["changes"][0]["value"][key] = beside
        agrees(bytes_of(body))
        agrees(bytes_of(of_status({**TOLD, key: beside})))
        agrees(bytes_of(around({"statuses": [TOLD], key: beside, "contacts": beside})))


def test_two_of_anything_are_walked():
    for path in (("entry",), ("entry", 0, "changes")):
        body: Any = document()
        lists = body
        for key in path:
            lists = lists[key]
        lists.append(lists[0])
        assert read_plain(bytes_of(body)) is None
    value = document()["entry"][0]["changes"][0]["value"]
    for key in ("messages", "contacts"):
        two = document()
        two["entry"][0]["changes"][0]["value"][key] = value[key] * 2
        assert read_plain(bytes_of(two)) is None


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(chance=st.randoms(use_true_random=False), odd=st.sampled_from(OTHERS) | st.text())
def test_an_odd_part_anywhere_is_read_the_same_either_way(chance: Any, odd: Any):
    for body in (document(), of_status()):
        agrees(bytes_of(put(body, chance.choice(paths(body)), odd)))


def test_a_part_that_is_gone_or_bent_is_read_the_same_either_way():
    for made in (document, of_status):
        whole = bytes_of(made())
        for changed in (*without(made(), MOST), *retyped(made(), MOST)):
            agrees(bytes_of(changed))
        for bent in flipped(whole, MOST * 10):
            agrees(bent)
        for end in range(0, len(whole), 7):
            agrees(whole[:end])


@pytest.mark.skipif(not captured("whatsapp"), reason="no captured payloads here")
def test_every_captured_webhook_is_read_the_same_either_way():
    said, told = 0, 0
    for file in captured("whatsapp"):
        body = file.read_bytes()
        agrees(body)
        said += read_plain(body) is not None
        told += read_plain_status(body) is not None
        for changed in (*without(json.loads(body), MOST), *retyped(json.loads(body), MOST)):
            agrees(bytes_of(changed))
    assert said
    assert told
