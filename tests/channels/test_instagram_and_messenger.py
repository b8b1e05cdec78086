"""Instagram and Messenger: what their webhooks say, and what leaves."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import msgspec
import pytest
from whatsapp_provider import answer, provider, refused

from hudhud.channels import instagram, messenger
from hudhud.errors import BadInputError, SendRejectedError
from hudhud.model import Alias, Buttons, Choice, Outgoing

IG, SARA, OMAR = "17841400000000000", "200000000000001", "200000000000002"
GIVEN = {"token": "t", "app_secret": "s", "verify_token": "v"}


def event(who: str = SARA, **what: Any) -> dict[str, Any]:
    return {"sender": {"id": who}, "recipient": {"id": IG}, "timestamp": 1772998024123, **what}


def echo(**message: Any) -> dict[str, Any]:
    sides = {"sender": {"id": IG}, "recipient": {"id": SARA}}
    return {**sides, "timestamp": 1772998024123, "message": {"is_echo": True, **message}}


def body(*events: dict[str, Any], key: str = "messaging") -> bytes:
    return json.dumps({"object": "instagram", "entry": [{"id": IG, key: list(events)}]}).encode()


@pytest.mark.clause("10.8")
def test_an_entry_with_three_events_of_two_people_an_echo_and_a_story_mention():
    url = "https://cdn.example.com/story.jpg"
    mention = {"mid": "m3", "attachments": [{"type": "story_mention", "payload": {"url": url}}]}
    read = instagram.parse(
        body(
            event(message={"mid": "m1", "text": "كم؟"}),
            event(OMAR, message={"mid": "m2", "text": "مرحبا"}),
            event(message=mention),
            echo(mid="m4", text="أهلًا"),
        )
    )
    assert [m.external_id for m in read.messages] == ["m1", "m2", "m3", "m4"]
    assert [m.aliases[0].value for m in read.messages[:2]] == [f"{IG}:{SARA}", f"{IG}:{OMAR}"]
    assert read.messages[0].provider_at.microsecond == 123000
    told = read.messages[2]
    assert (told.kind, told.wakes) == ("story_mention", True)
    assert [(a.source, a.kept) for a in told.attachments] == [(url, False)]
    ours = read.messages[3]
    assert (ours.direction, ours.note, ours.wakes) == ("out", "echo", False)
    assert ours.aliases == read.messages[0].aliases


def test_what_changes_a_message_wakes_nobody():
    read = instagram.parse(
        body(
            event(message={"mid": "m1", "is_deleted": True}),
            event(message_edit={"mid": "m1", "text": "new", "num_edit": 1}),
            event(reaction={"mid": "m1", "action": "react", "emoji": "❤️"}),
            event(reaction={"mid": "m1", "action": "unreact"}),
            event(message={"mid": "m5", "is_unsupported": True}),
        )
    )
    notes = ["revoke", "edit", "reaction", "reaction_removed", "unsupported"]
    assert [m.note for m in read.messages] == notes
    assert [m.reply_to for m in read.messages] == ["m1"] * 4 + [None]
    assert len({m.external_id for m in read.messages}) == 5


@pytest.mark.clause("8.envelope")
def test_events_come_under_three_names_and_none_is_left_out():
    entries = [
        {"id": IG, "messaging": [event(message={"mid": "m1", "text": "كم؟"}), event(OMAR)]},
        {"id": IG, "standby": [event(message={"mid": "m2", "text": "لغيرنا"})]},
        {"id": IG, "changes": [{"field": "messages", "value": event(message={"mid": "m3"})}]},
        {"id": IG, "changes": [{"field": "comments", "value": {"id": "1", "text": "جميل"}}]},
    ]
    read = instagram.parse(json.dumps({"object": "instagram", "entry": entries}).encode())
    assert [(m.external_id, m.note) for m in read.messages] == [
        ("m1", None),
        ("m2", "standby"),
        ("m3", None),
    ]
    assert [(u.place, u.reason) for u in read.unread] == [
        ("entry[0].messaging[1]", "no event"),
        ("entry[3].changes[0]", "field:comments"),
    ]


FILE = {"url": "https://cdn.example.com/1"}


@pytest.mark.clause("8.attachments")
@pytest.mark.parametrize(
    ("type_", "payload", "kind", "files", "words"),
    [
        ("image", FILE, "image", [("image", True)], ""),
        ("video", FILE, "video", [("video", True)], ""),
        ("audio", FILE, "audio", [("audio", True)], ""),
        ("file", FILE, "document", [("document", True)], ""),
        ("image", {**FILE, "sticker_id": 1}, "sticker", [("sticker", True)], ""),
        ("share", {**FILE, "title": "ثوب كتان"}, "share", [("image", False)], "ثوب كتان"),
        ("fallback", {**FILE, "title": "ثوب"}, "share", [], "ثوب\nhttps://cdn.example.com/1"),
        ("story_mention", FILE, "story_mention", [("image", False)], ""),
        ("ig_reel", {**FILE, "title": "قصة"}, "ig_reel", [("video", False)], "قصة"),
        ("like_heart", {}, "like_heart", [], "❤️"),
        ("location", {"coordinates": {"lat": 24.5, "long": 46.25}}, "location", [], "24.5, 46.25"),
        ("template", {"title": "x"}, "template", [], "x"),
    ],
)
def test_every_attachment_is_named_and_no_story_is_fetched(type_, payload, kind, files, words):
    told = {"mid": "m", "attachments": [{"type": type_, "payload": payload}]}
    (message,) = messenger.parse(body(event(message=told))).messages
    assert (message.kind, message.text, message.wakes) == (kind, words, True)
    assert [(a.kind, a.kept) for a in message.attachments] == files


def test_words_with_an_address_in_them_are_words():
    preview = [{"type": "fallback", "payload": {"url": "https://shop.example", "title": "متجر"}}]
    told = {"mid": "m", "text": "هذا؟ https://shop.example", "attachments": preview}
    (message,) = messenger.parse(body(event(message=told))).messages
    assert (message.kind, message.text) == ("text", "هذا؟ https://shop.example")


@pytest.mark.clause("8.message")
def test_a_message_keeps_all_that_it_carries():
    story = {"id": "1", "url": "https://cdn.example.com/s.jpg"}
    ad = {"source": "ADS", "ad_id": "7", "type": "OPEN_THREAD"}
    read = instagram.parse(
        body(
            event(message={"mid": "m1", "text": "نعم", "quick_reply": {"payload": "yes"}}),
            event(message={"mid": "m2", "text": "هذا؟", "reply_to": {"mid": "m0"}}),
            event(message={"mid": "m3", "text": "بكم؟", "reply_to": {"story": story}}),
            event(message={"mid": "m4", "text": "مرحبا", "referral": ad}),
        )
    )
    tap, quoting, story_reply, by_ad = read.messages
    assert (tap.text, tap.content["quick_reply"]["payload"]) == ("نعم", "yes")
    assert (quoting.kind, quoting.reply_to) == ("text", "m0")
    assert (story_reply.kind, story_reply.attachments[0].source) == ("story_reply", story["url"])
    assert not story_reply.attachments[0].kept
    assert by_ad.free_entry
    assert by_ad.content["referral"]["ad_id"] == "7"


@pytest.mark.clause("8.other")
def test_a_referral_is_kept_and_waits_for_words():
    by_link = {"ref": "summer", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    read = instagram.parse(body(event(referral=by_link), event(referral={"ad_id": "7"})))
    assert [(m.kind, m.text, m.note) for m in read.messages] == [
        ("referral", "summer", "referral"),
        ("referral", "", "referral"),
    ]
    assert [m.free_entry for m in read.messages] == [False, True]
    handed = instagram.parse(body(event(pass_thread_control={"new_owner_app_id": "1"})))
    assert [u.reason for u in handed.unread] == ["field:pass_thread_control"]


@pytest.mark.clause("8.window")
@pytest.mark.parametrize("channel", [instagram, messenger])
def test_the_window_is_a_day_for_everybody_and_a_week_for_a_person(channel):
    assert channel.window_s(free_entry=False, by_person=False) == 24 * 3600
    assert channel.window_s(free_entry=True, by_person=False) == 24 * 3600
    assert channel.window_s(free_entry=False, by_person=True) == 7 * 24 * 3600


@pytest.mark.clause("8.other")
def test_a_tap_wakes_and_standby_does_not():
    tap = event(postback={"mid": "p", "title": "تتبع", "payload": "track"})
    assert [(m.text, m.wakes) for m in messenger.parse(body(tap)).messages] == [("تتبع", True)]
    waiting = body(event(message={"mid": "m", "text": "x"}), key="standby")
    assert [m.note for m in messenger.parse(waiting).messages] == ["standby"]


@pytest.mark.clause("8.echo")
def test_messengers_echo_of_our_own_send_is_a_status_with_our_tag():
    read = messenger.parse(body(echo(mid="m9", text="x", metadata="hudhud:tag-1")))
    assert not read.messages
    assert [(s.external_id, s.status, s.tag) for s in read.statuses] == [("m9", "sent", "tag-1")]


@pytest.mark.clause("8.other")
def test_reads_and_deliveries_name_their_messages():
    read = instagram.parse(body(event(read={"mid": "m1"}), event(delivery={"mids": ["m1", "m2"]})))
    told = [(s.external_id, s.status) for s in read.statuses]
    assert told == [("m1", "read"), ("m1", "delivered"), ("m2", "delivered")]


def test_a_watermark_names_the_person_and_the_moment():
    at = 1772998030500
    read = messenger.parse(
        body(event(read={"watermark": at}), event(delivery={"mids": ["m1"], "watermark": at}))
    )
    assert [(s.external_id, s.status) for s in read.statuses] == [("m1", "delivered")]
    assert [(m.person.value, m.status) for m in read.watermarks] == [
        (f"{IG}:{SARA}", "read"),
        (f"{IG}:{SARA}", "delivered"),
    ]
    assert {m.until.timestamp() for m in read.watermarks} == {at / 1000}
    nothing = messenger.parse(body(event(read={"watermark": "soon"}), event(read={})))
    assert not nothing.watermarks
    assert [u.reason for u in nothing.unread] == ["no message and no moment"] * 2


@pytest.mark.clause("8.limits")
@pytest.mark.clause("10.10")
@pytest.mark.parametrize("word", ["مرحبا بكم ", "aب", "👨‍👩‍👧‍👦", "نصٌّ mixed نص. "])
def test_no_part_is_over_the_limit(word):
    for part in instagram.parts(word * 700):
        assert 0 < len(part.encode()) <= 1000
        assert not part.startswith("\u200d")
    assert all(0 < len(part) <= 2000 for part in messenger.parts(word * 700))


def outgoing(**more: Any) -> Outgoing:
    return Outgoing(to=Alias("igsid", f"{IG}:{SARA}"), text="أهلًا", tag="tag-1", **more)


def options(url: str) -> instagram.Options:
    return msgspec.convert({**GIVEN, "instagram_id": IG, "api_url": url}, instagram.Options)


async def sent(what: Outgoing) -> tuple[str, Any]:
    async with provider(answer(200, {"recipient_id": SARA, "message_id": "mid.9"})) as (meta, http):
        made = await instagram.send(http, options(meta.url), what, timeout_s=5)
        return made, meta.asked[0][2]


async def test_a_text_leaves_as_a_response_and_late_as_a_persons():
    made, asked = await sent(outgoing())
    assert (made, asked["messaging_type"]) == ("mid.9", "RESPONSE")
    assert asked["recipient"] == {"id": SARA}
    _, late = await sent(outgoing(late=True))
    assert (late["messaging_type"], late["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


async def test_buttons_leave_as_quick_replies():
    content = Buttons(text="أي لون؟", buttons=(Choice(id="r", title="أحمر"),))
    _, asked = await sent(outgoing(content=content))
    replies = asked["message"]["quick_replies"]
    assert replies == [{"content_type": "text", "title": "أحمر", "payload": "r"}]


async def test_a_closed_window_is_named_by_its_own_code():
    async with provider(refused(10, error_subcode=2018278)) as (meta, http):
        with pytest.raises(SendRejectedError) as caught:
            await instagram.send(http, options(meta.url), outgoing(), timeout_s=5)
    assert (caught.value.code, caught.value.retry) == ("2018278", False)


async def test_nobody_is_written_to_under_another_accounts_id():
    other = Outgoing(to=Alias("igsid", f"1:{SARA}"), text="x", tag="t")
    async with aiohttp.ClientSession() as http:
        with pytest.raises(SendRejectedError):
            await instagram.send(http, options("http://127.0.0.1:9"), other, timeout_s=1)


@pytest.mark.clause("8.limits")
def test_limits_are_told_before_anything_is_queued():
    fits = tuple(Choice(id=str(n), title="لون") for n in range(13))
    assert instagram.checked(Buttons(text="أي؟", buttons=fits)) == "أي؟"
    with pytest.raises(BadInputError):
        instagram.checked(Buttons(text="أي؟", buttons=(*fits, Choice(id="x", title="لون"))))
    with pytest.raises(BadInputError, match="bytes"):
        instagram.checked(Buttons(text="ب" * 501, buttons=fits))
