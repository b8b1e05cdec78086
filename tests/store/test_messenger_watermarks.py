"""A moment until which everything was delivered, or read: ticks of all that was sent before it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hudhud.model import Alias, Watermark
from hudhud.store.intake import Webhook
from shop import START, Shop

SARA = "964770"
LATER = timedelta(days=400)


async def sent(shop: Shop, words: str, at: datetime, *, state: str = "accepted") -> None:
    await shop.write(
        "with said as (insert into message (merchant_id, conversation_id, inbox_id, direction,"
        " author, kind, body, provider_at, wakes) select merchant_id, id, inbox_id, 'out',"
        " 'assistant', 'text', $1, now(), false from conversation order by id limit 1 returning *)"
        " insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author,"
        " state, attempt, external_id, sending_at)"
        " select merchant_id, inbox_id, conversation_id, id, 'assistant', $3, 1, $1, $2 from said",
        words,
        at,
        state,
    )


def mark(shop: Shop, status: str, until: datetime, who: str = SARA) -> Webhook:
    told = Watermark(
        account=shop.account,
        person=Alias("phone", who),
        status=status,  # type: ignore[arg-type] - one of two words
        until=until,
    )
    return Webhook(
        merchant_id=shop.merchant,
        inbox_id=shop.inbox,
        body=b"{}",
        watermarks=((shop.inbox, told),),
    )


async def ticks(shop: Shop) -> list[tuple[datetime | None, datetime | None]]:
    rows = await shop.rows("select delivered_at, read_at from outbox order by id")
    return [(row["delivered_at"], row["read_at"]) for row in rows]


async def test_all_that_was_sent_before_the_moment_is_told_and_nothing_later(shop: Shop) -> None:
    await shop.receive(shop.message(who=SARA))
    for minute in (1, 2, 3):
        await sent(shop, f"mid.{minute}", START + timedelta(minutes=minute))
    until = START + timedelta(minutes=2, seconds=30)
    told = await shop.accept(mark(shop, "read", until))
    assert await ticks(shop) == [(None, until), (None, until), (None, None)]
    # The page looks again; nothing that waits was moved by it.
    assert told.touched == tuple(await shop.conversations())
    assert not told.sends


async def test_what_was_delivered_after_the_last_reading_is_not_read(shop: Shop) -> None:
    await shop.receive(shop.message(who=SARA))
    for minute in (1, 3):
        await sent(shop, f"mid.{minute}", START + timedelta(minutes=minute))
    read, delivered = START + timedelta(minutes=2), START + timedelta(minutes=4)
    await shop.accept(mark(shop, "read", read), mark(shop, "delivered", delivered))
    assert await ticks(shop) == [(delivered, read), (delivered, None)]


async def test_a_later_moment_takes_nothing_back(shop: Shop) -> None:
    await shop.receive(shop.message(who=SARA))
    await sent(shop, "mid.1", START)
    first, second = START + timedelta(minutes=1), START + timedelta(minutes=2)
    await shop.accept(mark(shop, "delivered", first))
    await shop.accept(mark(shop, "delivered", second), mark(shop, "read", second))
    assert await ticks(shop) == [(first, second)]
    again = await shop.accept(mark(shop, "read", START + LATER))
    assert await ticks(shop) == [(first, second)]
    assert not again.touched


async def test_a_moment_settles_no_send_of_which_nobody_knows(shop: Shop) -> None:
    await shop.receive(shop.message(who=SARA))
    await sent(shop, "mid.1", START, state="unknown")
    await shop.accept(mark(shop, "read", START + LATER))
    assert await shop.one("select state from outbox") == "unknown"
    assert await ticks(shop) == [(None, None)]


async def test_a_moment_is_of_one_person_alone(shop: Shop) -> None:
    await shop.receive(shop.message(who=SARA))
    await shop.receive(shop.message(who="964771"))
    await sent(shop, "mid.1", START)
    await shop.accept(mark(shop, "read", START + LATER, who="964771"))
    await shop.accept(mark(shop, "read", START + LATER, who="nobody"))
    assert await ticks(shop) == [(None, None)]
