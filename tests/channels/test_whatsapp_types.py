"""One promise for every row of PLATFORM_FACTS part 2."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from whatsapp_hooks import NUMBER, SARA, change, hook, read, said, text

from hudhud.channels.whatsapp import parse
from hudhud.model import Alias

WAKES = (True, None)


def judged(message):
    return message.wakes, message.note


@pytest.mark.clause("2.text")
def test_a_plain_text_is_read_whole():
    message = read(text("بكم القميص؟"))
    assert message.text == "بكم القميص؟"
    assert (message.kind, message.external_id, message.account) == ("text", "wamid.ONE", NUMBER)
    assert message.aliases == (Alias("phone", SARA),)
    assert message.provider_at == datetime(2025, 11, 21, 4, 40, tzinfo=UTC)
    assert (message.content, message.direction, judged(message)) == (None, "in", WAKES)


@pytest.mark.clause("2.text")
@pytest.mark.parametrize("body", ["", "   ", "\u200f\u200e"])
def test_a_text_of_nothing_visible_is_still_a_message(body):
    assert (read(text(body)).text, judged(read(text(body)))) == (body, WAKES)


@pytest.mark.clause("2.media")
@pytest.mark.parametrize("kind", ["image", "video", "document", "sticker", "audio"])
def test_media_keeps_its_id_and_gives_its_caption(kind):
    body = {"id": "900", "mime_type": "x/y", "sha256": "aa", "caption": "هذا؟"}
    message = read(said(type=kind, **{kind: body}))
    assert (message.kind, message.text, message.content) == (kind, "هذا؟", {kind: body})
    assert judged(message) == WAKES


@pytest.mark.clause("2.audio")
def test_a_voice_note_without_words_wakes():
    voice = {"id": "901", "mime_type": "audio/ogg; codecs=opus", "voice": True}
    message = read(said(type="audio", audio=voice))
    assert (message.text, message.content, judged(message)) == ("", {"audio": voice}, WAKES)


@pytest.mark.clause("2.location")
@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"name": "سوق الكرادة", "address": "بغداد"}, "سوق الكرادة, بغداد, 33.300000,44.400000"),
        ({"name": None}, "33.300000,44.400000"),
        ({"name": "هنا", "latitude": 133}, "هنا"),
        ({"latitude": "x"}, ""),
    ],
)
def test_a_location_is_named_and_keeps_its_coordinates(place, words):
    spot = {"latitude": 33.3, "longitude": 44.4, **place}
    message = read(said(type="location", location=spot))
    assert (message.text, message.content) == (words, {"location": spot})


@pytest.mark.clause("2.contacts")
def test_shared_contacts_are_named():
    cards = [
        {"name": {"formatted_name": "علي حسن"}, "phones": [{"phone": "+964 1"}]},
        {"name": {"first_name": "منى"}},
        "broken",
    ]
    message = read(said(type="contacts", contacts=cards))
    assert (message.text, message.content) == ("علي حسن, منى", {"contacts": cards})


@pytest.mark.clause("2.reaction")
@pytest.mark.parametrize(
    ("emoji", "note"),
    [({"emoji": "👍"}, "reaction"), ({"emoji": ""}, "reaction_removed"), ({}, "reaction_removed")],
)
def test_a_reaction_and_its_removal_never_wake(emoji, note):
    message = read(said(type="reaction", reaction={"message_id": "wamid.OURS", **emoji}))
    assert judged(message) == (False, note)
    assert (message.text, message.reply_to) == (emoji.get("emoji", ""), "wamid.OURS")


@pytest.mark.clause("2.interactive")
@pytest.mark.parametrize(
    ("kind", "reply", "words"),
    [
        ("button_reply", {"id": "b1", "title": "نعم"}, "نعم"),
        ("list_reply", {"id": "r1", "title": "مقاس M", "description": "وسط"}, "مقاس M"),
        (
            "nfm_reply",
            {
                "body": "Sent",
                "response_json": '{"flow_token":"t","day":"الأحد","sizes":["S",56],"x":{}}',
            },
            "day: الأحد\nsizes: S, 56",
        ),
        ("nfm_reply", {"name": "flow", "body": "Sent", "response_json": "{}"}, "Sent"),
        ("nfm_reply", {"name": "flow", "response_json": "{not json"}, ""),
    ],
)
def test_an_interactive_reply_gives_its_title(kind, reply, words):
    body = {"type": kind, kind: reply}
    message = read(said(type="interactive", interactive=body))
    assert (message.kind, message.text, message.content) == (
        "interactive",
        words,
        {"interactive": body},
    )
    assert judged(message) == WAKES


@pytest.mark.clause("2.interactive")
def test_a_decision_about_calls_is_noted():
    body = {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}}
    assert judged(read(said(type="interactive", interactive=body))) == (False, "call_permission")


@pytest.mark.clause("2.button")
@pytest.mark.parametrize(
    ("button", "words"), [({"payload": "P", "text": "أوافق"}, "أوافق"), ({"payload": "P"}, "P")]
)
def test_a_template_button_gives_its_text(button, words):
    assert read(said(type="button", button=button)).text == words


@pytest.mark.clause("2.order")
def test_an_order_is_told_in_lines():
    items = [
        {"product_retailer_id": "SHIRT-1", "quantity": 2, "item_price": 25000, "currency": "IQD"},
        {"product_retailer_id": "BELT"},
    ]
    body = {"catalog_id": "c", "text": "توصيل اليوم", "product_items": items}
    message = read(said(type="order", order=body))
    assert message.text == "توصيل اليوم\n2 × SHIRT-1\n1 × BELT"
    assert message.content == {"order": body}


@pytest.mark.clause("2.system")
@pytest.mark.parametrize("key", ["wa_id", "new_wa_id"])
def test_a_change_of_number_is_noted_and_joins_the_new_names_to_the_old(key):
    system = {"body": "changed", "type": "user_changed_number", key: "9647709", "user_id": "IQ.9"}
    message = read(said(type="system", system=system))
    assert judged(message) == (False, "system")
    assert message.aliases == (Alias("wa_user", "IQ.9"), Alias("phone", "9647709"))


def test_a_change_of_user_id_without_a_sender_is_kept():
    system = {"body": "changed", "type": "user_changed_user_id", "user_id": "IQ.9"}
    assert read(said(from_=None, type="system", system=system)).aliases == (
        Alias("wa_user", "IQ.9"),
    )


@pytest.mark.clause("2.unsupported")
@pytest.mark.parametrize("kind", ["unsupported", "unknown"])
def test_what_meta_cannot_deliver_is_shown_and_asks_nothing(kind):
    errors = [{"code": 131051, "title": "Unsupported"}]
    message = read(said(type=kind, errors=errors, unsupported={"type": "poll"}))
    assert (message.kind, judged(message)) == ("unsupported", (False, "unsupported"))
    assert message.content["errors"] == errors
    assert message.content["unsupported"] == {"type": "poll"}


@pytest.mark.clause("2.unsupported")
def test_unsupported_without_a_reason_is_unsupported_too():
    assert judged(read(said(type="unsupported"))) == (False, "unsupported")


@pytest.mark.clause("2.edit")
@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ({"type": "text", "text": {"body": "الأحمر"}}, "الأحمر"),
        ({"type": "image", "image": {"caption": "هذه"}}, "هذه"),
        ({"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "x"}}}}, ""),
        ({"type": "text"}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_an_edit_is_noted_with_its_new_words(inner, words):
    message = read(said(type="edit", edit={"original_message_id": "wamid.OLD", "message": inner}))
    assert (message.text, message.reply_to, judged(message)) == (
        words,
        "wamid.OLD",
        (False, "edit"),
    )


@pytest.mark.clause("2.edit")
def test_a_revoke_is_noted():
    message = read(said(type="revoke", revoke={"original_message_id": "wamid.OLD"}))
    assert (message.reply_to, judged(message)) == ("wamid.OLD", (False, "revoke"))


@pytest.mark.clause("2.request_welcome")
def test_the_first_opening_of_a_chat_is_noted():
    assert judged(read(said(type="request_welcome"))) == (False, "request_welcome")


def test_a_group_never_wakes():
    message = read(text(group_id="G1"))
    assert (judged(message), message.content) == ((False, "group"), {"group_id": "G1"})


@pytest.mark.clause("2.context")
def test_a_quote_a_product_and_an_ad_are_kept():
    context = {"from": "1", "id": "wamid.Q", "referred_product": {"product_retailer_id": "S"}}
    referral = {"source_type": "ad", "ctwa_clid": "c", "welcome_message": {"text": "hi"}}
    message = read(text(context=context, referral=referral))
    assert message.reply_to == "wamid.Q"
    assert message.content == {"context": context, "referral": referral}


@pytest.mark.clause("2.unknown")
def test_a_type_of_tomorrow_is_kept_whole_and_wakes_because_somebody_spoke():
    message = read(said(type="hologram", hologram={"id": 7}))
    assert (message.kind, message.text, judged(message)) == ("unknown", "", WAKES)
    assert message.content == {"hologram": {"id": 7}, "type": "hologram"}


def test_an_unknown_key_of_a_text_is_kept():
    message = read(said(text={"body": "x", "tone": "kind"}, mood=1))
    assert message.content == {"text": {"body": "x", "tone": "kind"}, "mood": 1}


def test_a_lost_type_is_seen_by_the_body():
    assert read(text("x", type=None)).kind == "text"
    assert read(said(type=None)).kind == "unknown"


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "image",
        "location",
        "contacts",
        "reaction",
        "interactive",
        "button",
        "order",
        "system",
    ],
)
@pytest.mark.parametrize("body", [None, 7, "x", []])
def test_a_body_of_the_wrong_shape_wakes_as_unknown_and_is_noted_when_meta_failed(kind, body):
    if kind == "contacts" and body == []:
        body = {}
    broken = said(type=kind, **{kind: body})
    message = read(broken)
    assert (message.kind, judged(message)) == ("unknown", WAKES)
    assert message.content["type"] == kind
    failed = read(said(type=kind, errors=[{"code": 131000}], **{kind: body}))
    assert judged(failed) == (False, "unsupported")


@pytest.mark.clause("2.interactive")
def test_an_interactive_body_that_meta_lost_is_noted():
    broken = said(type="interactive", context={"id": "wamid.Q"})
    parsed = parse(hook(change(messages=[broken], errors=[{"code": 131000}])))
    assert [judged(message) for message in parsed.messages] == [(False, "unsupported")]
    assert [missed.reason for missed in parsed.unread] == ["error:131000"]
