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


def test_a_tap_wakes_and_standby_does_not():
    tap = event(postback={"mid": "p", "title": "تتبع", "payload": "track"})
    assert [(m.text, m.wakes) for m in messenger.parse(body(tap)).messages] == [("تتبع", True)]
    waiting = body(event(message={"mid": "m", "text": "x"}), key="standby")
    assert [m.note for m in messenger.parse(waiting).messages] == ["standby"]


def test_messengers_echo_of_our_own_send_is_a_status_with_our_tag():
    read = messenger.parse(body(echo(mid="m9", text="x", metadata="hudhud:tag-1")))
    assert not read.messages
    assert [(s.external_id, s.status, s.tag) for s in read.statuses] == [("m9", "sent", "tag-1")]


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


def test_limits_are_told_before_anything_is_queued():
    fits = tuple(Choice(id=str(n), title="لون") for n in range(13))
    assert instagram.checked(Buttons(text="أي؟", buttons=fits)) == "أي؟"
    with pytest.raises(BadInputError):
        instagram.checked(Buttons(text="أي؟", buttons=(*fits, Choice(id="x", title="لون"))))
    with pytest.raises(BadInputError, match="bytes"):
        instagram.checked(Buttons(text="ب" * 501, buttons=fits))
