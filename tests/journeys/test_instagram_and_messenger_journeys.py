"""Instagram and Messenger in a running shop: what a customer does, and what comes back (S9)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hudhud.core import handoff
from hudhud.errors import WindowClosedError
from shops import Nobody, Shop, ledger, opened_shop, until
from slow_model import slow_model

DAY_S = 24 * 3600
ASKED = "عندكم قميص كتان؟"
CLEAN = {"lost": 0, "twice": 0}
THREADS = ("instagram", "messenger")
SENDS = (
    "select state, attempt, error_code, external_id, sent_at, delivered_at, read_at"
    " from outbox where merchant_id = $1 order by id"
)


@pytest.fixture(params=THREADS)
async def thread(home: Any, request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url, channel=request.param) as shop:
        yield shop


@pytest.fixture
async def instagram(home: Any) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url, channel="instagram") as shop:
        yield shop


@pytest.fixture
async def messenger(home: Any) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url, channel="messenger") as shop:
        yield shop


async def clean(shop: Shop, accepted: int) -> None:
    assert await ledger(shop) == {"accepted": accepted, **CLEAN}


@pytest.mark.clause("8.retry")
async def test_a_burst_is_one_batch_with_one_answer_however_often_it_comes(thread: Shop) -> None:
    await thread.behave(again_share=1.0, shuffle_ms=50, retry_most_ms=200)
    wamids = await thread.say(
        "السلام عليكم", ASKED, "كم سعره", "شنو المقاسات؟", "والتوصيل؟", delivery="at_once"
    )
    await thread.answered(1)
    assert [sorted(batch) for batch in await thread.batches()] == [sorted(wamids)]
    (send,) = await thread.sends()
    assert "٢٨٬٠٠٠" in send["text"]
    await clean(thread, 5)


@pytest.mark.clause("10.8")
async def test_three_events_of_two_people_in_one_entry_are_two_conversations(
    instagram: Shop,
) -> None:
    one, two = instagram.customer(1), instagram.customer(2)
    says = [
        {"wa_id": one, "text": ASKED},
        {"wa_id": two, "text": "عندكم عباية؟"},
        {"wa_id": one, "text": "كم سعره؟"},
    ]
    asked = {"phone_number_id": instagram.number, "messages": says, "delivery": "one_webhook"}
    told = await instagram.ask("POST", "/say", asked)
    instagram.said += told["wamids"]
    await instagram.answered(2)
    first, second, third = told["wamids"]
    assert sorted(await instagram.batches()) == sorted([[first, third], [second]])
    assert [len(await instagram.sends(by)) for by in (1, 2)] == [1, 1]
    await clean(instagram, 3)


@pytest.mark.clause("10.10")
@pytest.mark.parametrize(("channel", "bytes_max"), [("instagram", 1000), ("messenger", 8000)])
async def test_a_long_arabic_answer_arrives_whole_in_order_in_parts_within_the_limit(
    home: Any, channel: str, bytes_max: int
) -> None:
    async with (
        slow_model() as model,
        opened_shop(home.house, home.owner_url, assistant=model.assistant, channel=channel) as shop,
    ):
        words = "كَلامٌ مفيد 👨‍👩‍👧‍👦 for you "
        model.says = "\n\n".join(f"الفقرة {n}: " + words * 12 for n in range(1, 9))
        model.gate.set()
        await shop.say("حدثني عن كل شيء")
        await shop.answered(1)
        texts = [send["text"] for send in await shop.sends()]
        assert len(texts) > 1
        assert all(len(text.encode()) <= bytes_max for text in texts)
        # A family stays together: no part begins or ends inside of a letter of many characters.
        assert not any(text.startswith(("\u200d", "\u064e", "\u064c")) for text in texts)
        assert " ".join(" ".join(texts).split()) == " ".join(model.says.split())
        await clean(shop, 1)


@pytest.mark.clause("8.other")
async def test_another_apps_turn_is_kept_and_wakes_nobody(thread: Shop) -> None:
    (theirs,) = await thread.say("لتطبيق آخر", standby="yes")
    (ours,) = await thread.say(ASKED)
    await thread.answered(1)
    assert await thread.batches() == [[ours]]
    rows = await thread.rows(
        "select external_id, wakes, note from message where merchant_id = $1 and note is not null"
    )
    assert [tuple(row) for row in rows] == [(theirs, False, "standby")]


@pytest.mark.clause("8.echo")
async def test_our_own_echo_pauses_nothing_and_is_shown_once(thread: Shop) -> None:
    await thread.say(ASKED)
    await thread.answered(1)

    async def echoed() -> bool:
        (row,) = await thread.rows(SENDS)
        return row["sent_at"] is not None

    await until(echoed, "the echo told when it was sent")
    assert (await thread.conversation())["state"] == "bot"
    bubbles = "select count(*) from message where merchant_id = $1 and direction = 'out'"
    assert await thread.value(bubbles) == 1
    await thread.say("والتوصيل؟")
    await thread.answered(2)
    await clean(thread, 2)


async def test_an_echo_before_the_answer_to_our_own_send_is_our_own(thread: Shop) -> None:
    await thread.behave(answer_delay_ms=600)
    await thread.say(ASKED)
    await thread.answered(1)
    (row,) = await thread.rows(SENDS)
    assert (row["state"], row["attempt"]) == ("accepted", 1)
    assert (await thread.conversation())["state"] == "bot"
    await until(thread.sends, "its own answer came at last")
    await clean(thread, 1)


@pytest.mark.clause("8.echo")
async def test_the_owner_writing_in_the_app_pauses_the_assistant(thread: Shop) -> None:
    await thread.say(ASKED)
    await thread.answered(1)
    await thread.do("echo", text="أنا صاحب المتجر")
    await until(lambda: _whose(thread, "human"), "the owner took over")
    assert (await thread.conversation())["hand_over_reason"] == "owner_wrote"
    await thread.say("شكرًا")
    await until(lambda: _stored(thread, 2), "kept for the owner")
    assert len(await thread.sends()) == 1


@pytest.mark.clause("8.story")
@pytest.mark.parametrize("kind", ["story_mention", "story_reply"])
async def test_a_story_is_linked_and_never_fetched(instagram: Shop, kind: str) -> None:
    await instagram.say(ASKED, kind=kind)
    await instagram.answered(1)
    rows = await instagram.rows(
        "select a.state, a.source, m.kind from media a join message m on m.id = a.message_id"
        " where a.merchant_id = $1"
    )
    assert [tuple(row) for row in rows] == [("linked", "https://cdn.example.com/s.jpg", kind)]


@pytest.mark.parametrize("kind", ["image", "audio"])
async def test_a_file_is_fetched_from_its_address_and_kept(thread: Shop, kind: str) -> None:
    await thread.say(kind=kind)

    async def kept() -> bool:
        rows = await thread.rows("select state from media where merchant_id = $1")
        return bool(rows) and rows[0]["state"] not in ("queued", "fetching")

    await until(kept, "the file was fetched")
    (row,) = await thread.rows("select state, bytes from media where merchant_id = $1")
    files = [path for path in (Path(thread.house.folder) / "media").rglob("*") if path.is_file()]
    assert row["state"] == "stored"
    assert row["bytes"] in [path.stat().st_size for path in files]


@pytest.mark.parametrize("kind", ["postback", "quick_reply"])
async def test_a_tap_is_answered_as_its_words(thread: Shop, kind: str) -> None:
    await thread.say(ASKED, kind=kind, id="linen")
    await thread.answered(1)
    (send,) = await thread.sends()
    assert "٢٨٬٠٠٠" in send["text"]
    assert (await thread.conversation())["state"] == "bot"
    await clean(thread, 1)


async def test_what_is_unsent_before_its_answer_is_not_answered_and_shown_as_deleted(
    thread: Shop,
) -> None:
    (kept, gone) = await thread.say("عندكم عباية؟", ASKED)
    await thread.do("revoke", message_id=gone)
    await thread.answered(1)
    assert await thread.batches() == [[kept]]
    deleted = (
        "select external_id, content -> 'revoked' = 'true' as gone from message"
        " where merchant_id = $1 and direction = 'in' and note = 'revoked'"
    )
    assert [tuple(row) for row in await thread.rows(deleted)] == [(gone, True)]


async def test_a_reaction_its_removal_and_a_reading_wake_nobody(thread: Shop) -> None:
    await thread.say(ASKED)
    await thread.answered(1)
    for emoji in ("❤️", ""):
        await thread.do("reaction", emoji=emoji)
    await thread.do("read")
    await thread.say(kind="unsupported")
    told = "select note from message where merchant_id = $1 and note is not null order by id"

    async def noted() -> bool:
        return len(await thread.rows(told)) == 3

    await until(noted, "all three are kept")
    notes = [row["note"] for row in await thread.rows(told)]
    assert notes == ["reaction", "reaction_removed", "unsupported"]
    assert len(await thread.batches()) == 1


@pytest.mark.clause("8.window")
async def test_a_late_answer_ends_at_a_person_who_may_write_for_seven_days(thread: Shop) -> None:
    await thread.say(ASKED, age_s=25 * 3600)
    await until(lambda: _states(thread, ["rejected"]), "the window is closed")
    row = await thread.conversation()
    assert (row["state"], row["hand_over_reason"]) == ("human", "window_closed")
    assert await thread.sends() == []
    await _reply(thread, "أهلًا، آسف للتأخير")
    # The simulator refuses it without the tag of a person, as Meta does.
    await until(lambda: _states(thread, ["rejected", "accepted"]), "a person's answer left")
    assert [send["text"] for send in await thread.sends()] == ["أهلًا، آسف للتأخير"]


async def test_after_seven_days_a_person_writes_no_more(thread: Shop) -> None:
    await thread.say(ASKED, age_s=7 * DAY_S)
    await until(lambda: _states(thread, ["rejected"]), "the window is closed")
    with pytest.raises(WindowClosedError):
        await _reply(thread, "أهلًا")
    assert await thread.sends() == []


async def test_the_customer_sees_it_read_and_being_answered(thread: Shop) -> None:
    await thread.say(ASKED)
    await thread.answered(1)

    async def seen() -> bool:
        return {"mark_seen", "typing_on"} <= {c["kind"] for c in (await thread.history())["calls"]}

    await until(seen, "seen and typing")
    phone = await thread.ask("GET", f"/phones/{thread.customer()}")
    assert phone["messages"][0]["tick"] == "read"


async def test_whose_name_no_webhook_brings_is_asked_for_once(thread: Shop) -> None:
    await thread.say(ASKED, name="نورة الشمري")
    named = "select name from contact where merchant_id = $1"
    await until(lambda: _is(thread, named, "نورة الشمري"), "Meta was asked who wrote")
    await thread.answered(1)
    # What it is called here stays, whatever Meta says later.
    await thread.say("والتوصيل؟", name="Noura")
    await thread.answered(2)
    assert await thread.value(named) == "نورة الشمري"


async def test_messengers_watermarks_tick_every_part_that_was_sent_before(home: Any) -> None:
    async with (
        slow_model() as model,
        opened_shop(
            home.house, home.owner_url, assistant=model.assistant, channel="messenger"
        ) as shop,
    ):
        # No delivery and no reading but the one below, after both parts.
        await shop.behave(statuses=[{"status": "sent", "after_ms": 0}])
        model.says = "كلام مفيد " * 300
        model.gate.set()
        await shop.say("حدثني عن كل شيء")
        await shop.answered(1)

        async def echoed() -> bool:
            rows = await shop.rows(SENDS)
            return len(rows) > 1 and all(row["sent_at"] for row in rows)

        await until(echoed, "both parts have their echo")
        assert not any(row["read_at"] for row in await shop.rows(SENDS))
        await shop.do("read")

        async def read() -> bool:
            return all(row["read_at"] for row in await shop.rows(SENDS))

        await until(read, "one moment ticks both")
        assert all(row["sent_at"] <= row["read_at"] for row in await shop.rows(SENDS))


async def test_instagrams_reading_ticks_its_message(instagram: Shop) -> None:
    await instagram.say(ASKED)
    await instagram.answered(1)

    async def read() -> bool:
        (row,) = await instagram.rows(SENDS)
        return row["read_at"] is not None

    await until(read)


@pytest.mark.parametrize(("kind", "echo_ms"), [("timeout_after", 1800), ("http_500_after", 700)])
async def test_a_send_of_which_nobody_knows_is_settled_by_its_echo_and_not_sent_again(
    thread: Shop, kind: str, echo_ms: int
) -> None:
    await thread.behave(statuses=[{"status": "sent", "after_ms": echo_ms}])
    await thread.fault(kind)
    await thread.say(ASKED)
    await until(lambda: _states(thread, ["unknown"]), "nobody knows")
    await until(lambda: _states(thread, ["accepted"]), "settled by its echo")
    (send,) = await thread.sends()
    (row,) = await thread.rows(SENDS)
    assert (row["external_id"], row["attempt"]) == (send["wamid"], 1)
    assert (await thread.conversation())["state"] == "bot"
    await clean(thread, 1)


async def test_without_its_echo_it_stays_unknown_and_is_never_repeated(thread: Shop) -> None:
    await thread.behave(statuses="none")
    await thread.fault("http_500_after")
    await thread.say(ASKED)
    await until(lambda: _states(thread, ["unknown"]))
    await thread.say("والتوصيل؟")
    await until(lambda: _states(thread, ["unknown", "queued"]), "the next one waits behind it")
    assert len(await thread.sends()) == 1


async def test_what_meta_cannot_do_for_now_is_tried_again_later(thread: Shop) -> None:
    await thread.fault("1200")
    await thread.say(ASKED)
    await until(lambda: _queued_again(thread), "Meta is out of order for a while")
    assert await thread.sends() == []


async def test_a_person_who_cannot_be_reached_ends_as_a_dead_letter(thread: Shop) -> None:
    await thread.fault("551")
    await thread.say(ASKED)
    await until(lambda: _states(thread, ["rejected"]))
    assert (await thread.conversation())["state"] == "human"
    (letter,) = await thread.rows("select reason from dead_letter where merchant_id = $1")
    assert "551" in letter["reason"]


async def _reply(shop: Shop, words: str) -> None:
    row = await shop.conversation()
    async with shop.opened() as database:
        await handoff.reply(
            *(database, Nobody(), shop.merchant_id, row["id"], shop.operator_id, words), key=words
        )


async def _states(shop: Shop, states: list[str]) -> bool:
    return [row["state"] for row in await shop.rows(SENDS)] == states


async def _queued_again(shop: Shop) -> bool:
    rows = await shop.rows(SENDS)
    return [(row["state"], row["attempt"], row["error_code"]) for row in rows] == [
        ("queued", 1, "1200")
    ]


async def _is(shop: Shop, sql: str, value: str) -> bool:
    return bool(await shop.value(sql) == value)


async def _whose(shop: Shop, state: str) -> bool:
    return bool((await shop.conversation())["state"] == state)


async def _stored(shop: Shop, count: int) -> bool:
    found = await shop.value(
        "select count(*) from message where merchant_id = $1 and direction = 'in'"
    )
    return bool(found == count)
