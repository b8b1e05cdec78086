"""What became of what we sent: PLATFORM_FACTS part 3."""

from __future__ import annotations

import pytest
from whatsapp_hooks import AT, NUMBER, change, hook, read, text

from hudhud.channels.whatsapp import parse


def status(**parts):
    whole = {"id": "wamid.OURS", "status": "sent", "timestamp": AT, "recipient_id": "1", **parts}
    return {key: part for key, part in whole.items() if part is not None}


def read_status(**parts):
    (only,) = parse(hook(change(statuses=[status(**parts)]))).statuses
    return only


@pytest.mark.clause("3.times")
@pytest.mark.clause("1.order")
@pytest.mark.parametrize(
    ("said", "meant"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("played", "read")],
)
def test_a_status_is_read_with_its_tag_and_its_own_time(said, meant):
    found = read_status(status=said, biz_opaque_callback_data="o-12-1")
    assert (found.external_id, found.account, found.status) == ("wamid.OURS", NUMBER, meant)
    assert found.tag == "o-12-1"
    assert found.provider_at == read(text()).provider_at
    assert (found.error_code, found.error_text) == (None, None)


@pytest.mark.clause("3.errors")
def test_a_failure_keeps_its_code_and_each_sentence_once():
    error = {
        "code": 131047,
        "title": "Re-engagement message",
        "message": "Re-engagement message",
        "error_data": {"details": "More than 24 hours"},
    }
    found = read_status(status="failed", errors=[error, {"code": 1}])
    assert (found.status, found.error_code) == ("failed", "131047")
    assert found.error_text == "Re-engagement message: More than 24 hours"


@pytest.mark.parametrize("errors", [None, [], 7, [7], [{}]])
def test_a_failure_without_a_reason_is_a_failure(errors):
    found = read_status(status="failed", errors=errors)
    assert (found.status, found.error_code) == ("failed", None)


@pytest.mark.clause("3.unread")
@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (7, "not an object"),
        (status(id=None), "no id"),
        (status(status="deleted"), "status:deleted"),
        (status(status=None), "status:"),
        (status(status={}), "status:"),
    ],
)
def test_an_odd_status_is_reported_and_costs_no_sibling(odd, reason):
    parsed = parse(hook(change(statuses=[status(id="a"), odd, status(id="b")])))
    assert [found.external_id for found in parsed.statuses] == ["a", "b"]
    assert [missed.reason for missed in parsed.unread] == [reason]


def test_a_status_and_its_message_agree_on_a_long_id():
    assert read_status(id="x" * 300).external_id == read(text(id="x" * 300)).external_id


def test_a_status_is_storable_whatever_it_holds():
    found = read_status(
        status="failed",
        biz_opaque_callback_data="t\0" + "t" * 900,
        errors=[{"code": "c" * 900, "title": "\0" + "e" * 9000}],
        timestamp="asdf",
    )
    assert "\0" not in f"{found.tag}{found.error_text}"
    assert (len(found.tag), len(found.error_text), found.provider_at) == (512, 1000, None)
    assert len(found.error_code) < 80
