"""Absorb: one answer for what came before and during it, made again at most once (Q5, trap 17)."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from hudhud.core import handoff
from hudhud.store import conversations, outbox
from hudhud.store.conversations import Claim, Finish, Finished
from hudhud.store.lookups.declared import HISTORY
from hudhud.store.outbox import Begun, Ended
from hudhud.store.pool import Database
from shop import Shop, open_shop


class Quiet:
    """Hints that nobody needs here."""

    def reply(self, *_: object) -> None: ...
    def send(self, *_: object) -> None: ...
    def changed(self, *_: object) -> None: ...


@pytest.fixture
async def absorbing(database: Database) -> Shop:
    shop = await open_shop(database)
    await shop.write("update inbox set absorb = true")
    return shop


async def claimed(shop: Shop, holder: str = "test") -> Claim:
    await shop.make_due()
    places = await shop.conversations()
    (found,) = await conversations.claim(shop.database, places, holder=holder, lease_s=60)
    assert found.verdict == "claimed"
    return found


async def answered(shop: Shop, claim: Claim, text: str = "جواب") -> Finished | None:
    ending = Finish(claimed=claim.claimed, outcome="answered", parts=(text, "وبعد"))
    written = await conversations.finish(shop.database, [ending])
    return written[0] if written else None


def texts(claim: Claim) -> list[str]:
    return [message.text for message in claim.messages]


async def claimed_of(shop: Shop, place: tuple[int, int]) -> Claim:
    """Claim one conversation as soon as nobody else has its row."""
    await shop.make_due()
    while True:
        (claim,) = await conversations.claim(shop.database, [place], holder="test", lease_s=60)
        if claim.verdict != "locked":
            return claim


async def sent(shop: Shop) -> list[str]:
    """Deliver everything, and tell what left."""
    said: list[str] = []
    while rows := await begun(shop, await shop.conversations()):
        said += [row.text for row in rows]
        await accepted(shop, rows)
    return said


async def begun(shop: Shop, places: list[tuple[int, int]]) -> list[Begun]:
    return (await outbox.begin(shop.database, places, holder="d"))[0]


async def accepted(shop: Shop, rows: list[Begun]) -> None:
    endings = [Ended(begun=row, outcome="accepted", external_id=f"x{row.row_id}") for row in rows]
    await outbox.end(shop.database, endings)


async def test_without_the_setting_late_messages_are_the_next_batch(shop: Shop):
    await shop.receive(shop.message("أول"))
    first = await claimed(shop)
    await shop.receive(shop.message("ثان"))
    assert (await answered(shop, first)).sends == 2
    assert texts(await claimed(shop)) == ["ثان"]


async def test_an_answer_that_newer_messages_overtook_is_made_again_with_all_of_them(
    absorbing: Shop,
):
    await absorbing.receive(absorbing.message("أول", at_s=5))
    first = await claimed(absorbing)
    await absorbing.receive(absorbing.message("أقدم", at_s=1))
    late = await answered(absorbing, first)
    assert (late.batch_id, late.sends, late.due_ms) == (None, 0, 0)
    assert await answered(absorbing, first) is None
    again = await claimed(absorbing)
    assert texts(again) == ["أقدم", "أول"]
    assert again.claimed.attempt == 1
    assert (await answered(absorbing, again)).sends == 2
    assert await absorbing.one("select count(*) from batch") == 1
    assert await absorbing.one("select absorbed from batch")
    assert await sent(absorbing) == ["جواب", "وبعد"]


async def test_an_answer_is_made_again_once_and_what_comes_then_is_the_next_batch(absorbing: Shop):
    await absorbing.receive(absorbing.message("أول"))
    first = await claimed(absorbing)
    await absorbing.receive(absorbing.message("ثان"))
    await answered(absorbing, first)
    again = await claimed(absorbing)
    await absorbing.receive(absorbing.message("ثالث"))
    assert (await answered(absorbing, again)).sends == 2
    third = await claimed(absorbing)
    assert texts(third) == ["ثالث"]
    await absorbing.receive(absorbing.message("رابع"))
    assert (await answered(absorbing, third)).batch_id is None


async def test_an_answer_that_waits_unsent_is_withdrawn_and_made_again_once(absorbing: Shop):
    await absorbing.receive(absorbing.message("أول"))
    await answered(absorbing, await claimed(absorbing), "قديم")
    await absorbing.receive(absorbing.message("ثان"))
    again = await claimed(absorbing)
    assert texts(again) == ["أول", "ثان"]
    assert again.setting is not None
    assert [said.text for said in again.setting.of(HISTORY)] == []
    await answered(absorbing, again, "جديد")
    await absorbing.receive(absorbing.message("ثالث"))
    third = await claimed(absorbing)
    assert texts(third) == ["ثالث"]
    await answered(absorbing, third, "آخر")
    assert await sent(absorbing) == ["جديد", "وبعد", "آخر", "وبعد"]
    outcomes = [row[0] for row in await absorbing.rows("select outcome from batch order by no")]
    assert outcomes == ["withdrawn", "answered", "answered"]


@pytest.mark.parametrize("outcome", ["accepted", "unknown", "queued"])
async def test_an_answer_of_which_anything_was_tried_stays(absorbing: Shop, outcome: str):
    await absorbing.receive(absorbing.message("أول"))
    await answered(absorbing, await claimed(absorbing))
    places = await absorbing.conversations()
    (row,) = await begun(absorbing, places)
    await outbox.end(absorbing.database, [Ended(begun=row, outcome=outcome)])
    await absorbing.receive(absorbing.message("ثان"))
    assert texts(await claimed(absorbing)) == ["ثان"]
    assert await absorbing.one("select count(*) from outbox where state = 'cancelled'") == 0


async def test_a_take_over_during_the_answer_beats_the_absorbing(absorbing: Shop):
    await absorbing.receive(absorbing.message("أول"))
    first = await claimed(absorbing)
    await absorbing.receive(absorbing.message("ثان"))
    async with absorbing.database.deed(absorbing.merchant) as connection:
        operator = await connection.fetchval(
            "insert into operator (merchant_id, email, name) values ($1, 'a@example.test', 'سارة')"
            " returning id",
            absorbing.merchant,
        )
    (place,) = await absorbing.conversations()
    await handoff.take_over(absorbing.database, Quiet(), *place, operator)
    assert await answered(absorbing, first) is None
    assert await absorbing.one("select due_at from conversation") is None


async def test_a_delivery_and_a_claim_at_the_same_moment_never_answer_a_message_twice(
    absorbing: Shop,
):
    """Either the answer leaves and the new message waits, or it is withdrawn and both wait."""
    await absorbing.write("update inbox set sends_per_s = 10000")
    ways = set()
    for turn in range(40):
        await absorbing.receive(absorbing.message("أول", who=f"c{turn}"))
        place = max(await absorbing.conversations())
        await answered(absorbing, await claimed_of(absorbing, place), "قديم")
        await absorbing.receive(absorbing.message("ثان", who=f"c{turn}"))
        await absorbing.make_due()
        claim, begin = partial(claimed_of, absorbing, place), partial(begun, absorbing, [place])
        if turn == 0:
            again, left = await claim(), await begin()
        elif turn == 1:
            left, again = await begin(), await claim()
        else:  # now chance decides
            again, left = await asyncio.gather(claim(), begin())
        assert texts(again) == (["ثان"] if left else ["أول", "ثان"])
        ways.add(bool(left))
        await accepted(absorbing, left)
        await answered(absorbing, again, "جديد")
        said = [row.text for row in left] + await sent(absorbing)
        assert said == ["قديم", "وبعد", "جديد", "وبعد"][0 if left else 2 :]
    assert ways == {True, False}
