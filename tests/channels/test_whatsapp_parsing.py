from __future__ import annotations

import json

import pytest
from whatsapp_hooks import NUMBER, SARA, change, hook, read, said, text

from hudhud.channels.whatsapp import parse
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Alias


def reasons(*changes):
    return [(missed.place, missed.reason) for missed in parse(hook(*changes)).unread]


def sent(id_: str):
    return {"id": id_, "status": "sent", "timestamp": "1763700000"}


def test_a_thousand_updates_are_each_read_once_and_in_order():
    changes = [
        change(messages=[text(id=f"wamid.{at}.{n}") for n in range(10)], statuses=[sent(f"{at}")])
        for at in range(91)
    ]
    parsed = parse(hook(*changes))
    assert [m.external_id for m in parsed.messages] == [
        f"wamid.{at}.{n}" for at in range(91) for n in range(10)
    ]
    assert (len(parsed.statuses), parsed.unread) == (91, ())


@pytest.mark.clause("1.batching")
def test_messages_of_two_numbers_in_one_webhook_keep_their_accounts():
    other = {"display_phone_number": "1", "phone_number_id": 42}
    parsed = parse(hook(change(messages=[text()]), change(messages=[text()], metadata=other)))
    assert [message.account for message in parsed.messages] == [NUMBER, "42"]


@pytest.mark.clause("1.batching")
def test_every_entry_is_read():
    one = json.loads(hook(change(messages=[text()])))["entry"]
    body = json.dumps({"entry": [*one, 7, {"id": "x"}, *one]}).encode()
    parsed = parse(body)
    assert len(parsed.messages) == 2
    assert [missed.place for missed in parsed.unread] == ["entry[1]", "entry[2]"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"entry":[]}',
        b'{"entry":{}}',
        b"[" * 9000,
    ],
)
def test_a_body_that_says_nothing_is_unreadable(body):
    with pytest.raises(UnreadableWebhookError):
        parse(body)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (7, "not an object"),
        (None, "not an object"),
        (said(id=None, text={"body": "x"}), "no id"),
        (said(id="", text={"body": "x"}), "no id"),
        (said(id={"a": 1}, text={"body": "x"}), "no id"),
        (said(id=True, text={"body": "x"}), "no id"),
        (text(from_=None), "no sender"),
        (text(from_="9" * 257), "no sender"),
    ],
)
def test_an_odd_message_is_reported_and_costs_no_sibling(odd, reason):
    parsed = parse(hook(change(messages=[text(id="a"), odd, text(id="b")], statuses=[sent("c")])))
    assert [message.external_id for message in parsed.messages] == ["a", "b"]
    assert [(m.place, m.reason) for m in parsed.unread] == [
        ("entry[0].changes[0].value.messages[1]", reason)
    ]
    assert len(parsed.statuses) == 1


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (7, "no value"),
        ({"field": "messages"}, "no value"),
        ({"field": "messages", "value": 7}, "no value"),
        (change("account_update", event="DISABLED"), "field:account_update"),
        (change("calls", calls=[1], statuses=[sent("c")]), "field:calls"),
    ],
)
def test_an_odd_change_is_reported_and_costs_no_sibling(odd, reason):
    parsed = parse(hook(change(messages=[text()]), odd, change(messages=[text()])))
    assert len(parsed.messages) == 2
    (missed,) = parsed.unread
    assert (missed.place, missed.reason) == ("entry[0].changes[1]", reason)


@pytest.mark.clause("2.unknown")
def test_an_empty_value_and_an_unknown_key_are_reported():
    assert reasons(change()) == [("entry[0].changes[0].value", "empty")]
    assert reasons(change(calls=[1])) == [("entry[0].changes[0].value", "key:calls")]
    assert reasons(change(messages={"a": 1})) == [
        ("entry[0].changes[0].value.messages", "not a list")
    ]


def test_errors_of_meta_are_reported_with_their_codes():
    assert [reason for _, reason in reasons(change(errors=[{"code": 131000}, {}, 3]))] == [
        "error:131000",
        "error:",
        "error:",
    ]


def test_a_reason_that_quotes_the_provider_is_bounded_and_plain():
    (quoted,) = reasons(change("\ud800\0" + "م" * 500))
    assert len(quoted[1]) <= 120
    assert quoted[1].isascii()
    assert "\0" not in quoted[1]


def test_a_change_without_a_field_is_looked_into():
    value = {"messages": [text()], "message_echoes": [text(to="9647700", id="e")]}
    parsed = parse(hook(change(None, **value)))
    assert [message.direction for message in parsed.messages] == ["in", "out"]


@pytest.mark.clause("2.echo")
def test_what_the_owner_wrote_on_the_phone_goes_to_the_contact_and_never_wakes():
    echo = text(from_="9647709998877", to=SARA, to_user_id="IQ.1")
    (message,) = parse(hook(change("smb_message_echoes", message_echoes=[echo]))).messages
    assert (message.direction, message.wakes, message.note) == ("out", False, "echo")
    assert message.aliases == (Alias("wa_user", "IQ.1"), Alias("phone", SARA))
    assert message.content is None


def test_an_echo_to_nobody_is_reported():
    assert [r for _, r in reasons(change("smb_message_echoes", message_echoes=[text()]))] == [
        "no recipient"
    ]


@pytest.mark.clause("2.fields")
def test_history_is_kept_in_both_directions_and_never_wakes():
    theirs = text("قديم", id="h1", history_context={"status": "READ"})
    ours = text("رد", id="h2", from_="9647709998877")
    chunk = {"metadata": {"phase": 0}, "threads": [{"id": SARA, "messages": [theirs, ours, 5]}]}
    parsed = parse(hook(change("history", history=[chunk])))
    assert [(m.direction, m.wakes, m.note) for m in parsed.messages] == [
        ("in", False, "history"),
        ("out", False, "history"),
    ]
    assert {message.aliases for message in parsed.messages} == {(Alias("phone", SARA),)}
    assert [missed.reason for missed in parsed.unread] == ["not an object"]


def test_history_that_says_nothing_is_reported():
    chunks = [{"errors": [{"code": 2593109}]}, {}, {"threads": [{"id": SARA}]}, 7]
    assert [reason for _, reason in reasons(change("history", history=chunks))] == [
        "error:2593109",
        "no threads",
        "no messages",
        "no threads",
    ]


@pytest.mark.parametrize(
    "stamp", ["asdf", "253402300800", "-5", "0", "", None, 1.5, "١٢", {}, "1" * 99]
)
def test_an_absurd_stamp_is_no_stamp(stamp):
    message = read(text(timestamp=stamp))
    assert message.provider_at is None
    assert message.text == "مرحبا"
    assert (message.content or {}).get("timestamp") == stamp


def test_a_stamp_may_be_a_number():
    assert read(text(timestamp=1763700000)).provider_at == read(text()).provider_at


def test_what_postgresql_cannot_hold_is_replaced_and_said():
    body = hook(change(messages=[text("NUL"), text("SUR", id="b"), text("صح", id="c")]))
    body = body.replace(b"NUL", b"a\\u0000b").replace(b"SUR", b"a\\ud83db")
    first, second, third = parse(body).messages
    assert (first.text, second.text, third.text) == ("a\ufffdb", "a\ufffdb", "صح")
    assert first.content["mended"] == ["text"]
    assert third.content is None


def test_broken_utf8_in_one_message_costs_no_sibling():
    body = hook(change(messages=[text("BAD"), text("good", id="b")])).replace(b"BAD", b"\xff\xfe")
    assert [message.text for message in parse(body).messages] == ["\ufffd\ufffd", "good"]


def test_a_number_that_is_none_costs_no_sibling():
    spot = said(type="location", location={"latitude": 1.5, "longitude": 0})
    body = hook(change(messages=[spot, text(id="b")])).replace(b"1.5", b"1e999")
    first, second = parse(body).messages
    assert first.content == {"location": {"latitude": None, "longitude": 0}, "mended": ["content"]}
    assert second.text == "مرحبا"


def test_a_long_text_is_cut_where_a_search_vector_still_takes_it():
    message = read(text("س" * 70_000))
    assert (len(message.text), message.content["mended"]) == (65_536, ["text"])


def test_a_long_id_becomes_a_digest_that_is_always_the_same():
    first, again, other = (read(text(id=id_)) for id_ in ("x" * 300, "x" * 300, "y" * 300))
    assert first.external_id == again.external_id != other.external_id
    assert len(first.external_id) < 80
    assert first.content == {"mended": ["id"]}


def test_deep_content_is_bounded():
    deep: object = "x"
    for _ in range(200):
        deep = [deep]
    assert json.dumps(read(said(type="new", new=deep)).content).count("[") < 40
