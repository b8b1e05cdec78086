"""What a webhook tells beside words: renames, ads, files, prices, and what must never wake."""

from __future__ import annotations

import base64
import hashlib

import pytest
from whatsapp_hooks import SARA, SARA_USER, change, hook, read, said, text

from hudhud.channels.whatsapp import parse
from hudhud.model import Alias, Attachment

PHONE, NEWER = Alias("phone", SARA), Alias("phone", "9647709")
USER, NEWER_USER = Alias("wa_user", SARA_USER), Alias("wa_user", "IQ.9")
DIGEST = hashlib.sha256(b"x").digest()


def system(kind, sender, **names):
    return said(**sender, type="system", system={"body": "changed", "type": kind, **names})


@pytest.mark.clause("2.system")
@pytest.mark.parametrize(
    ("message", "told"),
    [
        (system("user_changed_number", {}, wa_id="9647709"), [(PHONE, (NEWER,))]),
        (system("user_changed_number", {}, new_wa_id="9647709"), [(PHONE, (NEWER,))]),
        (
            system("customer_changed_number", {"from_": None}, customer=SARA, wa_id="9647709"),
            [(PHONE, (NEWER,))],
        ),
        (
            system("user_changed_user_id", {"from_user_id": SARA_USER}, user_id="IQ.9"),
            [(USER, (NEWER_USER,))],
        ),
        (
            system(
                "user_changed_number",
                {"from_user_id": SARA_USER},
                wa_id="9647709",
                user_id="IQ.9",
            ),
            [(USER, (NEWER_USER, NEWER)), (PHONE, (NEWER_USER, NEWER))],
        ),
        (system("customer_identity_changed", {}, wa_id="9647709"), []),
        (system("user_changed_number", {}, wa_id=SARA), []),
    ],
)
def test_a_change_of_name_is_told_and_shown_and_wakes_nobody(message, told):
    parsed = parse(hook(change(messages=[message])))
    assert [(each.old, each.new) for each in parsed.renames] == told
    (shown,) = parsed.messages
    assert (shown.kind, shown.text, shown.note) == ("system", "changed", "system")
    assert all(old not in shown.aliases for old, _ in told)


@pytest.mark.clause("2.system")
def test_a_new_user_id_is_told_by_its_own_field_and_a_broken_one_costs_no_sibling():
    update = {
        "wa_id": SARA,
        "user_id": {"previous": SARA_USER, "current": "IQ.9"},
        "timestamp": "1763700000",
    }
    parsed = parse(hook(change("user_id_update", user_id_update=[update, 7, {}, {**update}])))
    assert [(each.old, each.new) for each in parsed.renames] == [(USER, (NEWER_USER, PHONE))] * 2
    assert parsed.renames[0].provider_at is not None
    assert [missed.reason for missed in parsed.unread] == [
        "not an object",
        "no change of a user id",
    ]


@pytest.mark.clause("2.referral")
def test_an_ad_opens_the_long_window_and_its_words_wake():
    ad = {"source_type": "ad", "source_id": "9", "ctwa_clid": "c", "headline": "عباءات"}
    message = read(text("كم؟", referral=ad))
    assert (message.free_entry, message.wakes) == (True, True)
    assert message.content == {"referral": ad}
    assert not read(text("كم؟")).free_entry
    assert not read(text("كم؟", referral={})).free_entry


@pytest.mark.clause("2.media")
@pytest.mark.parametrize("kind", ["image", "video", "audio", "document", "sticker"])
def test_the_file_of_a_message_is_named_for_whoever_fetches_it(kind):
    body = {"id": 123, "mime_type": "a/b", "sha256": base64.b64encode(DIGEST).decode()}
    more = {"filename": "f.pdf"} if kind == "document" else {}
    more |= {"voice": True} if kind == "audio" else {}
    message = read(said(type=kind, **{kind: body | more}))
    assert message.attachments == (
        Attachment(
            kind=kind,
            source="123",
            mime="a/b",
            sha256=DIGEST.hex(),
            file_name=more.get("filename", ""),
            voice="voice" in more,
        ),
    )


@pytest.mark.parametrize("id_", [None, "", "../me", "a b", [], True, "9" * 300])
def test_a_file_without_an_id_is_shown_and_not_fetched(id_):
    message = read(said(type="image", image={"id": id_, "caption": "هذا"}))
    assert (message.kind, message.text, message.attachments) == ("image", "هذا", ())


@pytest.mark.clause("3.pricing")
def test_a_status_keeps_its_price_and_its_conversation():
    pricing = {"billable": True, "pricing_model": "PMP", "category": "service"}
    status = {"id": "w", "status": "sent", "timestamp": "1763700000", "pricing": pricing}
    with_both = {**status, "conversation": {"id": "c", "origin": {"type": "service"}}}
    parsed = parse(hook(change(statuses=[status, with_both, {**status, "pricing": "x"}])))
    assert [each.billing for each in parsed.statuses] == [
        {"pricing": pricing},
        {"pricing": pricing, "conversation": with_both["conversation"]},
        None,
    ]


@pytest.mark.clause("10.6")
def test_what_asks_nothing_is_shown_with_its_reason_and_never_wakes():
    silent = {
        "edit": {"original_message_id": "w", "message": {"type": "text", "text": {"body": "ب"}}},
        "revoke": {"original_message_id": "w"},
        "reaction": {"message_id": "w"},
        "unsupported": {"type": "poll"},
    }
    messages = [said(id=kind, type=kind, **{kind: body}) for kind, body in silent.items()]
    parsed = parse(hook(change(messages=messages), change(errors=[{"code": 131051}])))
    assert [(each.note, each.wakes) for each in parsed.messages] == [
        ("edit", False),
        ("revoke", False),
        ("reaction_removed", False),
        ("unsupported", False),
    ]
    assert [each.reply_to for each in parsed.messages] == ["w", "w", "w", None]
    assert [missed.reason for missed in parsed.unread] == ["error:131051"]


@pytest.mark.clause("2.fields")
@pytest.mark.parametrize(
    "field", ["account_update", "message_template_title_update", "flows", "calls", "security", "x"]
)
def test_a_webhook_about_something_else_is_kept_with_its_field(field):
    parsed = parse(hook(change(field, event="E"), change(messages=[text()])))
    assert [missed.reason for missed in parsed.unread] == [f"field:{field}"]
    assert len(parsed.messages) == 1
