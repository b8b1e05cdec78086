"""Who holds a conversation, at which desk, and when it comes back (S7, trap 19)."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.core import handoff
from hudhud.core.desks import settings, teams
from hudhud.errors import BadInputError
from hudhud.store import conversations
from hudhud.store.conversations import Brief, Claim, Finish
from hudhud.store.desks import hand_overs
from shop import Shop

WAITS = "select 1 from message where direction = 'in' and batch_id is null"


class Hints:
    """What workers were told."""

    def __init__(self) -> None:
        self.replies: list[tuple[int, int]] = []
        self.sends: list[tuple[int, int, float]] = []
        self.changes: list[tuple[int, int]] = []

    def reply(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        assert due_ms == 0
        self.replies.append((merchant_id, conversation_id))

    def send(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        self.sends.append((merchant_id, conversation_id, due_ms))

    def changed(self, merchant_id: int, conversation_id: int) -> None:
        self.changes.append((merchant_id, conversation_id))


async def claim(shop: Shop, words: str = "مرحبا") -> Claim:
    await shop.receive(shop.message(words))
    await shop.make_due()
    places = await shop.conversations()
    (found,) = await conversations.claim(shop.database, places, holder="w", lease_s=60)
    return found


async def hand_over(shop: Shop, reason: str = "complaint", brief: Brief | None = None) -> int:
    claimed = (await claim(shop)).claimed
    ending = Finish(claimed=claimed, outcome="handed_over", parts=("لحظة",), reason=reason)
    if brief is not None:
        ending = Finish(**{**as_dict(ending), "brief": brief})
    assert await conversations.finish(shop.database, [ending])
    return claimed.conversation_id


def as_dict(ending: Finish) -> dict[str, Any]:
    return {name: getattr(ending, name) for name in ending.__struct_fields__}


async def desk(shop: Shop, code: str, **chosen: Any) -> int:
    chosen = {"name_ar": f"فريق {code}", **chosen}
    return (await teams.add(shop.database, shop.merchant, code, chosen, actor="test")).id


async def _operator(shop: Shop) -> int:
    async with shop.database.deed(shop.merchant) as connection:
        made = await connection.fetchval(
            "insert into operator (merchant_id, email, name) values ($1, $2, 'سارة') returning id",
            shop.merchant,
            f"sara-{shop.merchant}@x",
        )
    return int(made)


async def back_after(shop: Shop, minutes: int | None) -> None:
    await settings.change(
        *(shop.database, shop.merchant, shop.inbox, {"hand_back_minutes": minutes}), actor="test"
    )


async def silent_for(shop: Shop, minutes: int) -> None:
    await shop.write(
        "update conversation set person_at = now() - make_interval(mins => $1)", minutes
    )


async def state(shop: Shop) -> tuple[str, bool]:
    (row,) = await shop.rows("select state, due_at is not null as due from conversation")
    return row["state"], row["due"]


async def test_what_goes_to_people_has_a_desk_and_says_what_was_asked(shop: Shop) -> None:
    usual, sales = await desk(shop, "front"), await desk(shop, "sales")
    summary = {"asked": ["مرحبا"], "cart": [{"name_ar": "قميص", "count": 2}]}
    conversation = await hand_over(shop, brief=Brief(desk="sales", summary=summary))
    async with shop.database.reading(shop.merchant) as connection:
        told = await hand_overs.open_of(connection, conversation)
    assert told is not None
    assert (told["reason"], told["summary"], told["name_ar"]) == (
        "complaint",
        summary,
        "فريق sales",
    )
    assert await shop.one("select desk_id from conversation") == sales != usual


async def test_the_desk_of_a_reason_comes_before_the_usual_one(shop: Shop) -> None:
    usual, money = await desk(shop, "front"), await desk(shop, "money")
    chosen = {"escalation_desks": {"complaint": "money"}}
    await settings.change(shop.database, shop.merchant, shop.inbox, chosen, actor="test")
    await hand_over(shop, "complaint")
    assert await shop.one("select desk_id from conversation") == money
    (place,) = await shop.conversations()
    await handoff.hand_back(shop.database, Hints(), *place, 0)
    assert await shop.one("select desk_id from conversation") is None
    await hand_over(shop, "not_understood")
    assert await shop.one("select desk_id from conversation") == usual


async def test_a_lost_lease_tells_nobody_anything(shop: Shop) -> None:
    claimed = (await claim(shop)).claimed
    await shop.write("update conversation set fence = fence + 1")
    ending = Finish(
        claimed=claimed,
        outcome="handed_over",
        reason="complaint",
        brief=Brief(summary={"asked": ["x"]}),
    )
    assert await conversations.finish(shop.database, [ending]) == []
    assert await shop.rows("select 1 from hand_over") == []


async def test_while_a_person_holds_it_the_assistant_is_silent(shop: Shop) -> None:
    await hand_over(shop)
    await shop.receive(shop.message("هل من أحد؟"))
    assert await state(shop) == ("human", False)
    places = await shop.conversations()
    (found,) = await conversations.claim(shop.database, places, holder="w", lease_s=60)
    assert (found.verdict, found.messages) == ("person", ())


async def test_after_the_silence_of_the_person_what_waited_is_answered(shop: Shop) -> None:
    await hand_over(shop)
    who = await _operator(shop)
    (place,) = await shop.conversations()
    await back_after(shop, 30)
    await handoff.reply(shop.database, Hints(), *place, who, "أهلاً، معك سارة", key="k1")
    await shop.receive(shop.message("وبعد؟"))
    await silent_for(shop, 29)
    hints = Hints()
    await handoff.hand_back_silent(shop.database, hints, limit=10)
    assert (await state(shop), hints.replies) == (("human", False), [])
    await silent_for(shop, 31)
    await handoff.hand_back_silent(shop.database, hints, limit=10)
    assert (await state(shop), hints.replies) == (("bot", True), [place])
    (found,) = await conversations.claim(shop.database, [place], holder="w", lease_s=60)
    # Only what came after the person's last word waits (trap 19).
    assert [message.text for message in found.messages] == ["وبعد؟"]
    assert await shop.one("select ended_at is not null from hand_over")


@pytest.mark.parametrize("why", ["untaken", "never", "unknown_send", "dead_letter"])
async def test_what_is_not_left_alone_is_not_taken_from_people(shop: Shop, why: str) -> None:
    await hand_over(shop)
    (place,) = await shop.conversations()
    who = await _operator(shop)
    await back_after(shop, None if why == "never" else 30)
    await shop.write("update conversation set human_since = now() - interval '2 hours'")
    if why != "untaken":
        await handoff.take_over(shop.database, Hints(), *place, who)
        await silent_for(shop, 100)
    if why == "unknown_send":
        await shop.write("update outbox set state = 'unknown'")
    if why == "dead_letter":
        await shop.write(
            "insert into dead_letter (merchant_id, conversation_id, kind, reason)"
            " values ($1, $2, 'batch', 'x')",
            *place,
        )
    await handoff.hand_back_silent(shop.database, Hints(), limit=10)
    assert await state(shop) == ("human", False)


async def test_a_person_who_is_done_leaves_nothing_waiting(shop: Shop) -> None:
    await hand_over(shop)
    (place,) = await shop.conversations()
    who = await _operator(shop)
    await shop.receive(shop.message("شكراً لكم"))
    hints = Hints()
    await handoff.done(shop.database, hints, *place, who)
    assert (await state(shop), hints.replies) == (("bot", False), [])
    assert await shop.rows(WAITS) == []
    assert await shop.one("select outcome from batch order by no desc limit 1") == "by_person"
    # The next message is the assistant's again.
    found = await claim(shop, "عندي سؤال جديد")
    assert [message.text for message in found.messages] == ["عندي سؤال جديد"]


async def test_whoever_answers_from_the_phone_pauses_it_at_once(shop: Shop) -> None:
    await desk(shop, "front")
    await shop.receive(shop.message("مرحبا"))
    await shop.receive(shop.message("أنا المدير", note="echo", direction="out", wakes=False))
    assert await state(shop) == ("human", False)
    (row,) = await shop.rows(
        "select person_at is not null as seen, hand_over_reason from conversation"
    )
    assert (row["seen"], row["hand_over_reason"]) == (True, "owner_wrote")


async def test_settings_that_cannot_be_are_refused(shop: Shop) -> None:
    for chosen in (
        {"escalation_threshold": 1.1},
        {"hand_back_minutes": 0},
        {"escalation_desks": {"complaint": "nowhere"}},
        {"escalation_desks": {"weather": "front"}},
        {"escalation_keywords": ["x" * 61]},
        {"welcome": {"away_ar": "x" * 1001}},
        {"welcome": {"away_answers": "maybe"}},
    ):
        with pytest.raises(BadInputError):
            await settings.change(shop.database, shop.merchant, shop.inbox, chosen, actor="test")


async def test_two_spellings_of_a_keyword_are_one(shop: Shop) -> None:
    chosen = {"escalation_keywords": ["مُدير", "مدير", " مدير ", "", "Boss", "boss"]}
    now = await settings.change(shop.database, shop.merchant, shop.inbox, chosen, actor="test")
    assert now.escalation_keywords == ("مُدير", "Boss")


async def test_what_is_off_is_not_looked_up(shop: Shop) -> None:
    found = await claim(shop)
    assert found.setting is not None
    assert "escalation" in found.setting.found
    ending = Finish(claimed=found.claimed, outcome="answered", parts=("١",))
    await conversations.finish(shop.database, [ending])
    off = {"escalation_enabled": False}
    await settings.change(shop.database, shop.merchant, shop.inbox, off, actor="test")
    found = await claim(shop)
    assert found.setting is not None
    assert "escalation" not in found.setting.found
