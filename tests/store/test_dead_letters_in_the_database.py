"""Dead letters: nothing lost, nothing twice; one that fails again is the same letter (Q6)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from test_laws_in_the_database import Quiet, claim, claimed_one, finish, person

from hudhud.core import dead_letters, handoff
from hudhud.core.dead_letters import Actor
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import conversations, outbox
from hudhud.store.conversations import Finish
from hudhud.store.letters import reading
from hudhud.store.letters.reading import Which
from hudhud.store.outbox import Begun, Ended
from hudhud.store.pool import Database
from shop import Shop, open_shop

CLERK = Actor(name="cli:test")


async def settle(shop: Shop, ids: list[int], verdict: Any, actor: Actor = CLERK) -> list[str]:
    done = await dead_letters.settle(shop.database, Quiet(), shop.merchant, ids, verdict, actor)
    return [one.settlement for one in done]


async def letters(shop: Shop) -> list[int]:
    return [row["id"] for row in await shop.rows("select id from dead_letter order by id")]


async def history(shop: Shop, letter: int) -> list[tuple[str, int | None]]:
    found = await dead_letters.read(shop.database, shop.merchant, letter)
    return [(row["outcome"], row["attempt"]) for row in found["history"]]


async def dies(shop: Shop, reason: str = "why") -> int:
    """The one batch that is due dies; returns the newest letter."""
    await shop.make_due()
    assert await finish(shop, await claimed_one(shop), "dead", reason=reason) == 1
    return (await letters(shop))[-1]


async def refused(shop: Shop, code: str = "131047") -> int:
    """The send that may go now is refused; returns the newest letter."""
    await shop.write("update outbox set next_at = now() where state = 'queued'")
    begun, _ = await outbox.begin(shop.database, await shop.conversations(), holder="test")
    ending = Ended(begun=begun[0], outcome="rejected", error_code=code, error_text="late")
    await outbox.end(shop.database, [ending])
    return (await letters(shop))[-1]


@pytest.fixture
async def answered(shop: Shop) -> Shop:
    """A customer who is owed an answer of three parts."""
    await shop.receive(shop.message())
    ending = Finish(
        claimed=(await claimed_one(shop)).claimed, outcome="answered", parts=("١", "٢", "٣")
    )
    assert await conversations.finish(shop.database, [ending])
    return shop


async def states(shop: Shop) -> list[str]:
    return [row["state"] for row in await shop.rows("select state from outbox order by id")]


async def test_a_retried_batch_that_dies_again_is_the_same_letter_with_a_longer_history(shop: Shop):
    await shop.receive(shop.message("أول"))
    assert await finish(shop, await claimed_one(shop), "retry", reason="slow", retry_ms=0.0) == 1
    letter = await dies(shop, "dead once")
    assert await settle(shop, [letter], "retry") == ["retry"]
    await shop.receive(shop.message("ثان"))
    assert await dies(shop, "dead twice") == letter
    assert await letters(shop) == [letter]
    assert await shop.one("select reason from dead_letter where settled_at is null") == "dead twice"
    assert await history(shop, letter) == [
        ("retry", 1), ("dead", 2), ("dead_letter.retry", None), ("dead", 1)
    ]  # fmt: skip
    found = await dead_letters.read(shop.database, shop.merchant, letter)
    assert found["body"] == "أول\nثان"


async def test_a_later_batch_that_dies_is_a_letter_of_its_own(shop: Shop):
    await shop.receive(shop.message("أول"))
    first = await dies(shop)
    await settle(shop, [first], "retry")
    assert await finish(shop, await claimed_one(shop), "answered", parts=("نعم",)) == 1
    await shop.receive(shop.message("ثان"))
    second = await dies(shop)
    assert second != first
    assert await shop.one("select settlement from dead_letter where id = $1", first) == "retry"


async def test_a_worker_that_died_is_in_the_history_too(shop: Shop):
    await shop.receive(shop.message())
    await claimed_one(shop)
    await shop.write("update conversation set lease_until = now() - interval '1 s'")
    (again,) = await claim(shop, alone=True)
    assert await finish(shop, again, "dead", reason="no luck") == 1
    (letter,) = await letters(shop)
    assert await history(shop, letter) == [("crashed", 1), ("dead", 2)]


async def test_two_letters_of_one_conversation_become_one_batch_and_the_older_follows_it(
    shop: Shop,
):
    await shop.receive(shop.message("أول"))
    first = await dies(shop)
    operator = await person(shop)
    await shop.write("update conversation set state = 'bot'")
    await shop.receive(shop.message("ثان"))
    second = await dies(shop)
    assert await settle(shop, [second, first], "retry", Actor.operator(operator)) == [
        "retry", "retry"
    ]  # fmt: skip
    again = await claimed_one(shop)
    assert [m.text for m in again.messages] == ["أول", "ثان"]
    assert await finish(shop, again, "dead", reason="both") == 1
    still = await shop.rows("select id from dead_letter where settled_at is null")
    assert [row["id"] for row in still] == [first]


async def test_a_retry_fences_an_answer_that_has_not_read_these_messages(shop: Shop):
    await shop.receive(shop.message("أول"))
    letter = await dies(shop)
    await shop.write("update conversation set state = 'bot', hand_over_reason = null")
    await shop.receive(shop.message("ثان"))
    running = await claimed_one(shop)
    assert [m.text for m in running.messages] == ["ثان"]
    await settle(shop, [letter], "retry")
    assert await finish(shop, running, "answered", parts=("عن الثانية فقط",)) == 0
    again = await claimed_one(shop)
    assert [m.text for m in again.messages] == ["أول", "ثان"]
    assert await finish(shop, again, "answered", parts=("عن الاثنتين",)) == 1
    assert await shop.one("select count(*) from outbox") == 1


async def test_a_conversation_that_a_colleague_holds_stays_with_them(shop: Shop):
    await shop.receive(shop.message())
    letter = await dies(shop)
    holder = await person(shop)
    await shop.write("update conversation set operator_id = $1", holder)
    assert await settle(shop, [letter], "retry") == ["retry"]
    row = (await shop.rows("select state, operator_id, pending, due_at from conversation"))[0]
    assert tuple(row) == ("human", holder, 1, None)
    assert await shop.one("select count(*) from message where batch_id is null") == 1


async def test_a_deed_repeated_or_raced_is_done_once(shop: Shop):
    await shop.receive(shop.message())
    letter = await dies(shop)
    done = await asyncio.gather(*(settle(shop, [letter], "retry") for _ in range(4)))
    assert sorted(done) == [[], [], [], ["retry"]]
    assert await settle(shop, [letter, letter, 10**12], "discard") == []
    assert await shop.one("select count(*) from audit where dead_letter_id = $1", letter) == 1
    assert len((await claimed_one(shop)).messages) == 1


async def test_a_refused_reply_is_sent_again_with_the_parts_behind_it_in_order(answered: Shop):
    letter = await refused(answered)
    assert await states(answered) == ["rejected", "cancelled", "cancelled"]
    assert await settle(answered, [letter], "retry") == ["retry"]
    assert await states(answered) == ["queued", "queued", "queued"]
    assert await answered.one("select state from conversation") == "bot"
    sent = []
    for _ in range(3):
        await answered.write("update outbox set next_at = now() where state = 'queued'")
        begun, _ = await outbox.begin(answered.database, await answered.conversations(), holder="t")
        sent += [row.text for row in begun]
        await outbox.end(
            answered.database,
            [Ended(begun=row, outcome="accepted", external_id=f"w{row.row_id}") for row in begun],
        )
    assert sent == ["١", "٢", "٣"]


async def test_a_reply_refused_again_is_the_same_letter(answered: Shop):
    letter = await refused(answered)
    await settle(answered, [letter], "retry")
    assert await refused(answered, "131026") == letter
    assert await answered.one("select reason from dead_letter where settled_at is null") == (
        "131026 late"
    )
    assert await answered.one("select state from conversation") == "human"
    assert await history(answered, letter) == [
        ("rejected", 1), ("dead_letter.retry", None), ("rejected", 2)
    ]  # fmt: skip


async def test_a_status_that_repeats_a_refusal_opens_no_closed_letter(answered: Shop):
    letter = await refused(answered)
    assert await settle(answered, [letter], "discard") == ["discard"]
    row = await answered.one("select id from outbox order by id limit 1")
    tag = f"{answered.merchant}.{row}.1"
    await answered.accept(answered.status("wamid.late", "failed", tag=tag, error_code="131047"))
    assert await answered.one("select settlement from dead_letter") == "discard"


async def test_a_late_status_of_a_refused_attempt_does_not_refuse_the_next_one(answered: Shop):
    begun, _ = await outbox.begin(answered.database, await answered.conversations(), holder="t")
    taken = Ended(begun=begun[0], outcome="accepted", external_id="wamid.a")
    await outbox.end(answered.database, [taken])
    await answered.accept(answered.status("wamid.a", "failed", error_code="131026"))
    (letter,) = await letters(answered)
    await settle(answered, [letter], "retry")
    await answered.accept(answered.status("wamid.a", "sent", tag=begun[0].tag))
    assert (await states(answered))[0] == "queued"
    assert await refused(answered) == letter
    assert await history(answered, letter) == [
        ("rejected", 1), ("dead_letter.retry", None), ("rejected", 2)
    ]  # fmt: skip


async def unknown_again(shop: Shop) -> Begun:
    """A send that nobody knows about, which a person has had sent again."""
    begun, _ = await outbox.begin(shop.database, await shop.conversations(), holder="t")
    await outbox.end(shop.database, [Ended(begun=begun[0], outcome="unknown")])
    operator = await person(shop)
    ours = (shop.database, Quiet(), shop.merchant)
    await handoff.settle_unknown(*ours, begun[0].row_id, operator, "again")
    return begun[0]


async def test_that_a_past_attempt_was_refused_says_nothing_of_the_one_under_way(answered: Shop):
    first = await unknown_again(answered)
    (second,), _ = await outbox.begin(answered.database, await answered.conversations(), holder="t")
    await answered.accept(answered.status("wamid.a", "failed", tag=first.tag))
    assert (await states(answered))[0] == "sending"
    await outbox.end(answered.database, [Ended(begun=second, outcome="accepted", external_id="b")])
    assert (await states(answered))[0] == "accepted"
    assert await letters(answered) == []


async def test_that_a_past_attempt_arrived_ends_the_next_one(answered: Shop):
    first = await unknown_again(answered)
    await answered.accept(answered.status("wamid.a", "sent", tag=first.tag))
    assert (await states(answered))[0] == "accepted"


async def test_a_retried_reply_is_never_refused_without_an_open_letter(answered: Shop):
    letter = await refused(answered)
    await settle(answered, [letter], "retry")
    await answered.write("update outbox set state = 'rejected' where attempt > 0")
    await answered.write("select refuse(array(select id from outbox where state = 'rejected'))")
    assert await answered.one("select count(*) from dead_letter where settled_at is null") == 1


async def test_a_reply_that_had_arrived_after_all_is_not_sent_again(answered: Shop):
    letter = await refused(answered)
    row = await answered.one("select id from outbox order by id limit 1")
    await answered.accept(
        answered.status("wamid.a", "delivered", tag=f"{answered.merchant}.{row}.1")
    )
    assert await settle(answered, [letter], "retry") == ["arrived"]
    assert (await states(answered))[0] == "accepted"


async def test_a_closed_letter_keeps_everything_and_can_still_be_retried(shop: Shop):
    await shop.receive(shop.message("لا تضيّعها"))
    letter = await dies(shop)
    assert await settle(shop, [letter], "discard") == ["discard"]
    found = await dead_letters.read(shop.database, shop.merchant, letter)
    assert (found["body"], found["settled_by"]) == ("لا تضيّعها", "cli:test")
    assert await settle(shop, [letter], "discard") == []
    assert await settle(shop, [letter], "retry") == ["retry"]
    assert [m.text for m in (await claimed_one(shop)).messages] == ["لا تضيّعها"]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("pending = 0", "bot"),
        ("hand_over_reason = 'asked_for_person'", "human"),
        ("operator_id = (select id from operator limit 1)", "human"),
    ],
)
async def test_closing_gives_back_only_what_was_with_a_person_for_its_sake(
    shop: Shop, change: str, state: str
):
    await shop.receive(shop.message())
    letter = await dies(shop)
    await person(shop)
    await shop.write(f"update conversation set {change}")
    await settle(shop, [letter], "discard")
    assert await shop.one("select state from conversation") == state


async def test_closing_gives_nothing_back_while_something_waits_or_another_letter_is_open(
    shop: Shop,
):
    await shop.receive(shop.message())
    first = await dies(shop)
    await shop.write("update conversation set state = 'bot'")
    await shop.receive(shop.message())
    second = await dies(shop)
    await settle(shop, [first], "discard")
    assert await shop.one("select state from conversation") == "human"
    await shop.receive(shop.message("من بعد"))
    await settle(shop, [second], "discard")
    assert await shop.one("select state from conversation") == "human"


async def test_the_words_of_a_refused_reply_are_mended_and_the_old_ones_kept(answered: Shop):
    letter = await refused(answered)
    ours = (answered.database, answered.merchant, letter)
    assert await dead_letters.edit(*ours, "واحد\0", CLERK)
    assert not await dead_letters.edit(*ours, "واحد", CLERK)
    for words in ("  ", "ط" * 4097):
        with pytest.raises(BadInputError):
            await dead_letters.edit(*ours, words, CLERK)
    found = await dead_letters.read(*ours)
    assert found["body"] == "واحد"
    assert found["history"][-1]["detail"] == {"was": "١", "now": "واحد"}
    await settle(answered, [letter], "retry")
    with pytest.raises(NotFoundError):
        await dead_letters.edit(*ours, "بعد فوات الأوان", CLERK)
    begun, _ = await outbox.begin(answered.database, await answered.conversations(), holder="t")
    assert [row.text for row in begun] == ["واحد"]


async def test_a_customers_words_cannot_be_edited(shop: Shop):
    await shop.receive(shop.message("كلام العميل"))
    letter = await dies(shop)
    with pytest.raises(BadInputError):
        await dead_letters.edit(shop.database, shop.merchant, letter, "كلام آخر", CLERK)


async def test_a_person_answers_a_letter_once(shop: Shop):
    await shop.receive(shop.message("أول"))
    letter = await dies(shop)
    await shop.receive(shop.message("ثان"))
    operator = await person(shop)
    ours = (shop.database, Quiet(), shop.merchant, letter, operator, "تفضّل")
    await dead_letters.answer(*ours, key="click")
    with pytest.raises(NotFoundError):
        await dead_letters.answer(*ours, key="click")
    assert await shop.one("select count(*) from outbox where author = 'operator'") == 1
    batch = await shop.rows(
        """select array_agg(m.body order by m.id) from message m join batch b on b.id = m.batch_id
           where b.outcome = 'by_person' and m.direction = 'in'"""
    )
    assert batch[0][0] == ["أول", "ثان"]
    assert await shop.one("select settlement from dead_letter") == "answered"


async def test_all_that_match_are_settled_and_no_other(shop: Shop, database: Database, monkeypatch):
    monkeypatch.setattr(dead_letters, "GROUP", 2)
    for number in range(5):
        await shop.receive(shop.message(who=f"96477{number}"))
    await shop.make_due()
    claims = await claim(shop)
    for number, one in enumerate(claims):
        assert await finish(shop, one, "dead", reason="Time ran out" if number else "Other") == 1
    stranger = await open_shop(database)
    await stranger.receive(stranger.message())
    await dies(stranger, "time ran out")
    groups = dead_letters.settle_matching(
        database, None, shop.merchant, Which(reason="time RAN"), "discard", CLERK
    )
    assert [len(group) async for group in groups] == [2, 2]
    assert await shop.one("select count(*) from dead_letter where settled_at is null") == 1
    assert await stranger.one("select count(*) from dead_letter where settled_at is null") == 1
    assert await settle(shop, await letters(stranger), "retry") == []


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which(), 1), (Which(kind="batch"), 1), (Which(kind="send"), 0), (Which(state="all"), 1),
        (Which(state="settled"), 0), (Which(reason="WH"), 1), (Which(reason="%"), 0),
        (Which(older_s=0), 1), (Which(older_s=3600), 0), (Which(inbox_id=2**63 - 1), 0),
        (Which(reason="why\0"), 1),
    ],
)  # fmt: skip
async def test_conditions_choose_letters(shop: Shop, which: Which, found: int):
    await shop.receive(shop.message())
    await dies(shop)
    async with shop.database.reading(shop.merchant) as connection:
        rows = await reading.listed(connection, shop.merchant, which, limit=10)
        assert (len(rows), await reading.count(connection, shop.merchant, which)) == (found, found)
