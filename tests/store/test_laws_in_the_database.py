"""The laws as the database keeps them: acceptance, batches, leases (traps 1, 3-9, 17-19)."""

from __future__ import annotations

import asyncio

import pytest

from hudhud.core import dead_letters, handoff
from hudhud.model import Alias
from hudhud.store import conversations, sweep
from hudhud.store.conversations import Claim, Finish, Outcome
from hudhud.store.pool import Database
from shop import Shop, open_shop


class Quiet:
    """Hints that nobody needs here."""

    def reply(self, *_: object) -> None: ...
    def send(self, *_: object) -> None: ...
    def changed(self, *_: object) -> None: ...


async def claim(shop: Shop, *, lease_s: float = 60, alone: bool = False) -> list[Claim]:
    return await conversations.claim(
        shop.database,
        await shop.conversations(),
        holder="test",
        lease_s=lease_s,
        alone=alone,
    )


async def finish(shop: Shop, claimed: Claim, outcome: Outcome = "answered", **more: object) -> int:
    more.setdefault("parts", ("أهلًا",) if outcome == "answered" else ())
    ending = Finish(claimed=claimed.claimed, outcome=outcome, **more)  # type: ignore[arg-type]
    return len(await conversations.finish(shop.database, [ending]))


async def claimed_one(shop: Shop) -> Claim:
    await shop.make_due()
    (found,) = await claim(shop)
    assert found.verdict == "claimed"
    return found


async def test_a_batch_is_due_one_window_after_its_first_message_and_no_later_one(shop: Shop):
    first = (await shop.receive(shop.message())).replies[0].due_ms
    assert 7000 < first <= 8000
    await shop.write("update conversation set due_at = due_at - interval '3 s'")
    due_at = await shop.one("select due_at from conversation")
    later = (await shop.receive(shop.message())).replies[0].due_ms
    assert later <= 5000
    assert await shop.one("select due_at from conversation") == due_at


async def test_the_fifth_message_makes_the_batch_due_at_once(shop: Shop):
    for _ in range(4):
        assert (await shop.receive(shop.message())).replies[0].due_ms > 0
    assert (await shop.receive(shop.message())).replies[0].due_ms == 0


@pytest.mark.clause("1.duplicates")
async def test_one_message_delivered_five_times_counts_once(shop: Shop):
    message = shop.message()
    counts = [(await shop.receive(message)).inserted for _ in range(5)]
    assert counts == [1, 0, 0, 0, 0]
    assert await shop.one("select pending from conversation") == 1
    (found,) = await claim(shop)
    assert found.verdict == "early"


async def test_who_asks_a_moment_too_soon_waits_until_it_is_due_and_for_nothing_later(shop: Shop):
    for who in ("9641", "9642"):
        await shop.receive(shop.message(who=who))
    (_, soon), (_, later) = sorted(await shop.conversations())
    due_at = await shop.one("select clock_timestamp() + interval '19 ms'")
    await shop.write("update conversation set due_at = $2 where id = $1", soon, due_at)
    found = {one.claimed.conversation_id: one for one in await claim(shop)}
    assert found[soon].verdict == "claimed"
    assert found[later].verdict == "early"
    assert found[later].wait_ms > 1000
    assert await shop.one("select claimed_at >= $2 from conversation where id = $1", soon, due_at)


async def test_the_same_words_twice_are_two_messages(shop: Shop):
    await shop.receive(shop.message("نعم"), shop.message("نعم"))
    assert [m.text for m in (await claimed_one(shop)).messages] == ["نعم", "نعم"]


async def test_fifty_first_messages_at_once_make_one_contact_and_one_conversation(shop: Shop):
    accepted = await asyncio.gather(*(shop.receive(shop.message()) for _ in range(50)))
    assert sum(a.inserted for a in accepted) == 50
    assert not any(a.unaccounted for a in accepted)
    assert await shop.one("select count(*) from conversation") == 1
    assert await shop.one("select count(*) from contact") == 1
    assert await shop.one("select pending from conversation") == 50


@pytest.mark.clause("4.aliases")
async def test_a_contact_known_by_user_id_is_found_again_when_the_phone_appears(shop: Shop):
    user, phone = Alias("wa_user", "IQ.1"), Alias("phone", "96477")
    await shop.receive(shop.message(aliases=(user,)))
    await shop.receive(shop.message(aliases=(user, phone)))
    await shop.receive(shop.message(aliases=(phone,)))
    assert await shop.one("select count(*) from conversation") == 1


async def test_a_message_that_arrives_during_the_answer_is_in_the_next_batch(shop: Shop):
    await shop.receive(shop.message("أول"))
    first = await claimed_one(shop)
    await shop.receive(shop.message("ثان"))
    assert await finish(shop, first) == 1
    assert await shop.one("select pending from conversation") == 1
    second = await claimed_one(shop)
    assert [m.text for m in second.messages] == ["ثان"]
    assert await finish(shop, second) == 1
    assert await shop.one("select count(*) from message where batch_id is null and wakes") == 0


@pytest.mark.clause("1.order")
async def test_an_older_message_that_arrives_late_takes_its_place_in_the_open_batch(shop: Shop):
    await shop.receive(shop.message("second", at_s=5))
    await shop.receive(shop.message("first", at_s=1))
    assert [m.text for m in (await claimed_one(shop)).messages] == ["first", "second"]


async def test_two_workers_cannot_hold_one_conversation(shop: Shop):
    await shop.receive(shop.message())
    await shop.make_due()
    found = [c for claims in await asyncio.gather(*(claim(shop) for _ in range(6))) for c in claims]
    assert [c.verdict for c in found].count("claimed") == 1


async def test_a_conversation_whose_row_is_locked_just_now_is_told_so_and_not_forgotten(shop: Shop):
    await shop.receive(shop.message())
    await shop.make_due()
    conversation = await shop.one("select id from conversation")
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("select from conversation where id = $1 for update", conversation)
        (locked,) = await claim(shop)
        assert (locked.verdict, locked.wait_ms) == ("locked", 10)
    (claimed,) = await claim(shop)
    assert claimed.verdict == "claimed"


async def test_an_answer_under_a_lost_lease_is_not_written(shop: Shop):
    await shop.receive(shop.message())
    await shop.make_due()
    (stale,) = await claim(shop, lease_s=0.01)
    await asyncio.to_thread(lambda: None)
    while (again := (await claim(shop, alone=True))[0]).verdict != "claimed":
        assert again.verdict == "leased"
    assert again.claimed.fence == stale.claimed.fence + 1
    assert await finish(shop, stale) == 0
    assert await finish(shop, again) == 1
    assert await shop.one("select count(*) from batch") == 1
    assert await shop.one("select count(*) from outbox") == 1


async def test_a_batch_of_which_two_workers_died_is_claimed_alone(shop: Shop):
    await shop.receive(shop.message())
    await shop.make_due()
    await claim(shop, lease_s=0.01)
    while (once := (await claim(shop, lease_s=0.01))[0]).verdict == "leased":
        pass
    assert (once.verdict, once.crashes) == ("claimed", 1)
    while (twice := (await claim(shop))[0]).verdict == "leased":
        pass
    assert twice.verdict == "alone"
    assert (await claim(shop, alone=True))[0].crashes == 2


async def test_one_answer_is_written_once(shop: Shop):
    await shop.receive(shop.message())
    found = await claimed_one(shop)
    written = await asyncio.gather(*(finish(shop, found) for _ in range(5)))
    assert sorted(written) == [0, 0, 0, 0, 1]
    assert await shop.one("select count(*) from outbox") == 1


async def test_an_answer_after_a_take_over_is_not_written(shop: Shop):
    await shop.receive(shop.message())
    found = await claimed_one(shop)
    await handoff.take_over(
        shop.database, Quiet(), *(await shop.conversations())[0], await person(shop)
    )
    assert await finish(shop, found) == 0
    assert await shop.one("select count(*) from outbox") == 0


async def test_while_a_person_holds_nothing_is_due_and_on_hand_back_only_the_rest_waits(shop: Shop):
    await shop.receive(shop.message("أول"))
    operator, (place,) = await person(shop), await shop.conversations()
    await handoff.take_over(shop.database, Quiet(), *place, operator)
    await shop.receive(shop.message("ثان"))
    assert await shop.one("select due_at from conversation") is None
    await handoff.reply(shop.database, Quiet(), *place, operator, "أنا معك", key="k1")
    await handoff.reply(shop.database, Quiet(), *place, operator, "أنا معك", key="k1")
    assert await shop.one("select count(*) from outbox") == 1
    await shop.receive(shop.message("ثالث"))
    await handoff.hand_back(shop.database, Quiet(), *place, operator)
    assert [m.text for m in (await claimed_one(shop)).messages] == ["ثالث"]


async def test_a_queued_answer_is_withdrawn_by_a_take_over_and_its_messages_wait_again(shop: Shop):
    await shop.receive(shop.message())
    assert await finish(shop, await claimed_one(shop)) == 1
    (place,) = await shop.conversations()
    await handoff.take_over(shop.database, Quiet(), *place, await person(shop))
    assert await shop.one("select state from outbox") == "cancelled"
    assert await shop.one("select count(*) from message where batch_id is null and wakes") == 1


async def test_what_does_not_wake_is_stored_and_makes_nothing_due(shop: Shop):
    accepted = await shop.receive(shop.message("👍", kind="reaction", wakes=False, note="reaction"))
    assert accepted.inserted == 1
    assert accepted.replies == ()
    assert await shop.one("select note from message") == "reaction"


async def test_a_claim_that_finds_nothing_closes_silently(shop: Shop):
    await shop.receive(shop.message())
    await finish(shop, await claimed_one(shop))
    await shop.write("update conversation set due_at = now()")
    (empty,) = await claim(shop)
    assert empty.messages == ()
    assert await finish(shop, empty, "nothing") == 1
    assert await shop.one("select count(*) from batch") == 1


async def test_a_retry_keeps_the_messages_and_takes_the_newer_ones_along(shop: Shop):
    await shop.receive(shop.message("أول"))
    assert await finish(shop, await claimed_one(shop), "retry", retry_ms=0.0) == 1
    await shop.receive(shop.message("ثان"))
    again = await claimed_one(shop)
    assert [m.text for m in again.messages] == ["أول", "ثان"]
    assert again.claimed.attempt == 2


async def test_a_dead_batch_is_a_dead_letter_and_the_conversation_is_with_a_person(shop: Shop):
    await shop.receive(shop.message())
    assert await finish(shop, await claimed_one(shop), "dead", reason="why") == 1
    assert await shop.one("select reason from dead_letter") == "why"
    assert await shop.one("select state from conversation") == "human"
    letter = await shop.one("select id from dead_letter")
    actor = dead_letters.Actor.operator(await person(shop))
    ours = (shop.database, Quiet(), shop.merchant)
    assert await dead_letters.settle(*ours, [letter], "retry", actor)
    assert len((await claimed_one(shop)).messages) == 1


async def test_the_sweep_finds_unanswered_messages_that_no_due_time_points_to(shop: Shop):
    await shop.receive(shop.message())
    await shop.write("update conversation set due_at = null, pending = 0")
    mended = await sweep.sweep(shop.database, lease_s=60, send_s=30, limit=10)
    assert [m.what for m in mended] == ["orphan"]
    assert len((await claimed_one(shop)).messages) == 1


async def test_the_sweep_frees_due_times_and_leases_from_a_clock_that_jumped(shop: Shop):
    await shop.receive(shop.message())
    await shop.write("update conversation set due_at = now() + interval '1 day'")
    assert [m.what for m in await sweep.sweep(shop.database, lease_s=60, send_s=30, limit=10)] == [
        "clock"
    ]
    await shop.write("update conversation set lease_until = now() + interval '1 day'")
    assert (await claim(shop, alone=True))[0].verdict == "claimed"


async def test_due_times_come_from_what_the_spool_made_durable(shop: Shop):
    spooled = await shop.one("select now() - interval '20 seconds'")
    accepted = await shop.accept(shop.webhook(shop.message(), accepted_at=spooled))
    assert accepted.replies[0].due_ms == 0


async def test_one_merchant_never_sees_another(database: Database):
    one, other = await open_shop(database), await open_shop(database)
    await one.receive(one.message("سر"))
    for table in ("message", "conversation", "contact", "contact_alias", "journal", "inbox"):
        assert (
            await other.one(f"select count(*) from {table} where merchant_id = {one.merchant}") == 0
        )
    async with database.reading() as connection:
        assert await connection.fetchval("select count(*) from message") == 0
    async with database.pool.acquire() as connection:
        assert await connection.fetchval("select count(*) from message") == 0


async def test_a_merchant_cannot_write_into_another(database: Database):
    one, other = await open_shop(database), await open_shop(database)
    with pytest.raises(Exception, match="row-level security"):
        await one.write("insert into contact (merchant_id, name) values ($1, 'x')", other.merchant)


async def test_intake_and_answers_side_by_side_lose_nothing_and_answer_once(database: Database):
    """The stress of the sketch, small: redeliveries, dropped claims, overrun leases."""
    shop = await open_shop(database, window_ms=5, batch_max=3)
    sent: list[str] = []
    answered: dict[int, list[int]] = {}
    stop = asyncio.Event()

    async def write() -> None:
        for number in range(60):
            group = [shop.message(str(number), who=f"c{n % 7}") for n in range(8)]
            sent.extend(m.external_id for m in group)
            await shop.receive(*group)
            await shop.receive(group[number % 8])

    async def work(name: int) -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            places = await shop.conversations()
            claims = (
                await conversations.claim(
                    database, places, holder=str(name), lease_s=0.05, alone=True
                )
                if places
                else []
            )
            won = [c for c in claims if c.verdict == "claimed"]
            if turn % 7 == 0:
                continue  # this worker died: its leases expire
            endings = [Finish(claimed=c.claimed, outcome="answered", parts=("x",)) for c in won]
            written = {f.conversation_id for f in await conversations.finish(database, endings)}
            for c in won:
                if c.claimed.conversation_id in written:
                    ids = answered.setdefault(c.claimed.conversation_id, [])
                    ids.extend(m.id for m in c.messages)

    async def drained() -> None:
        while await shop.one("select count(*) from message where batch_id is null and wakes"):
            await asyncio.sleep(0.02)

    workers = [asyncio.create_task(work(n)) for n in range(2)]
    await asyncio.gather(write(), write())
    async with asyncio.timeout(30):
        await drained()
    stop.set()
    await asyncio.gather(*workers)
    flat = [i for ids in answered.values() for i in ids]
    assert len(flat) == len(set(flat)) == len(sent) == 960
    assert await shop.one("select count(*) from conversation where pending <> 0") == 0
    assert await shop.one("select count(*) from outbox") == await shop.one(
        "select count(*) from batch"
    )


async def person(shop: Shop) -> int:
    async with shop.database.deed(shop.merchant) as connection:
        found: int = await connection.fetchval(
            "insert into operator (merchant_id, email, name) values ($1, $2, 'سارة') returning id",
            shop.merchant,
            f"sara{shop.merchant}@example.test",
        )
    return found


async def test_handing_back_what_the_assistant_has_disturbs_no_answer(shop: Shop):
    await shop.receive(shop.message())
    claimed = await claimed_one(shop)
    ours = (shop.database, Quiet(), shop.merchant)
    await handoff.hand_back(*ours, claimed.claimed.conversation_id, await person(shop))
    assert await finish(shop, claimed, "answered") == 1
