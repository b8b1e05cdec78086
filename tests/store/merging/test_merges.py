"""Two contacts that are one: what becomes of all that both have (decision 0016)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from one_person import (
    PHONE,
    SARA,
    USER,
    answer,
    due_now,
    meet,
    merge,
    said,
    second_inbox,
    the_one,
    two,
)
from test_laws_in_the_database import person

from hudhud.channels.whatsapp import addressee
from hudhud.core.contacts import merging
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import Alias
from hudhud.store import conversations, handoff, outbox
from hudhud.store.contacts import merging as store
from hudhud.store.contacts import reading
from hudhud.store.conversations import Finish
from hudhud.store.outbox import Ended
from shop import Shop, open_shop


@pytest.mark.clause("10.4")
async def test_who_wrote_without_a_phone_and_then_with_one_is_one_contact(shop: Shop) -> None:
    await shop.receive(said(shop, "بلا هاتف", USER))
    await meet(shop)
    await shop.receive(said(shop, "بالهاتف وحده", PHONE))
    assert len(await shop.conversations()) == 1
    assert await shop.one("select count(*) from contact") == 1
    assert await shop.one("select pending from conversation") == 3


async def test_two_who_are_named_as_one_become_one_thread_with_one_answer(shop: Shop) -> None:
    elder, younger = await two(shop)
    await meet(shop)
    assert await merge(shop) == 1
    one = await the_one(shop)
    assert (one["id"], one["pending"], one["state"]) == (elder, 3, "bot")
    (claim,) = await due_now(shop, elder, younger)
    assert [each.text for each in claim.messages] == ["بالهاتف", "بلا هاتف", "أنا واحد"]
    assert await answer(shop, claim) == 1
    aliases = await shop.rows("select kind, value from contact_alias order by kind")
    assert [tuple(row) for row in aliases] == [("phone", "964770"), ("wa_user", "IQ.1")]
    assert await shop.one("select count(*) from contact") == 1
    assert await merge(shop) == 0


async def test_a_pair_that_cannot_be_merged_stops_none_behind_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two(shop)
    await meet(shop)
    for who in ((Alias("phone", "1"),), (Alias("wa_user", "2"),)):
        await shop.receive(said(shop, "أ", *who))
    await shop.receive(said(shop, "ب", Alias("phone", "1"), Alias("wa_user", "2")))
    first = (await store.wished(shop.database, patience_s=30, limit=1))[0]
    real = store.merge

    async def refused(connection: Any, wish: store.Wish) -> Any:
        if wish == first:
            await connection.execute("select 1 / 0")
        return await real(connection, wish)

    monkeypatch.setattr(store, "merge", refused)
    assert await merge(shop) == 1
    assert await store.wished(shop.database, patience_s=30, limit=10) == []
    async with shop.database.reading(shop.merchant) as connection:
        assert len(await reading.perhaps_one(connection, first.kept_id)) == 1


async def test_who_has_two_numbers_is_answered_at_the_one_they_wrote_from_last(
    shop: Shop,
) -> None:
    numbers = [Alias("phone", "9647701"), Alias("phone", "9647702")]
    await shop.receive(said(shop, "من الأول", numbers[0], at_s=9))
    await shop.receive(said(shop, "من الثاني", numbers[1], at_s=1))
    kept, gone = [row["id"] for row in await shop.rows("select id from contact order by id")]
    assert await merging.merge(shop.database, None, shop.merchant, kept, gone, SARA) == "merged"
    one = (await the_one(shop))["id"]
    for number in (numbers[0], numbers[1], numbers[0]):
        if number == numbers[1] or await shop.one("select count(*) from outbox"):
            await shop.receive(said(shop, "من هذا", number))
        (claim,) = await due_now(shop, one)
        await answer(shop, claim)
        (row,), _ = await outbox.begin(shop.database, [(shop.merchant, one)], holder="d")
        assert addressee(row.aliases) == number
        ending = Ended(begun=row, outcome="accepted", external_id=f"out.{row.row_id}")
        await outbox.end(shop.database, [ending])


async def test_in_other_inboxes_conversations_hang_on_who_stays(shop: Shop) -> None:
    await two(shop)
    second = await second_inbox(shop)
    await second.receive(said(second, "في الفرع الثاني", USER))
    await meet(shop)
    assert await merge(shop) == 1
    rows = await shop.rows("select inbox_id, contact_id from conversation")
    assert len({row["inbox_id"] for row in rows}) == len(rows) == 2
    assert len({row["contact_id"] for row in rows}) == 1


async def test_names_that_contradict_each_other_are_a_persons_to_decide(shop: Shop) -> None:
    await shop.receive(said(shop, "أ", USER, PHONE))
    other = Alias("wa_user", "IQ.2")
    await shop.receive(said(shop, "ب", other))
    await shop.receive(said(shop, "ج", other, PHONE))  # the number was given to somebody new
    assert await merge(shop) == 0
    assert len(await shop.conversations()) == 2
    one, two_ = [row["id"] for row in await shop.rows("select id from contact order by id")]
    async with shop.database.reading(shop.merchant) as connection:
        asked = await reading.perhaps_one(connection, one)
    assert [(row["id"], row["waits"]) for row in asked] == [(two_, False)]
    await merging.keep_apart(shop.database, shop.merchant, one, two_, SARA)
    await shop.receive(said(shop, "د", other, PHONE))
    assert await merge(shop) == 0
    async with shop.database.reading(shop.merchant) as connection:
        assert await reading.perhaps_one(connection, two_) == []
    with pytest.raises(NotFoundError):
        await merging.keep_apart(shop.database, shop.merchant, one, two_, SARA)
    # Who changes their mind may: the person's word counts, not the names.
    assert await merging.merge(shop.database, None, shop.merchant, two_, one, SARA) == "merged"
    assert len(await shop.conversations()) == 1
    actions = await shop.rows("select action from audit where action like 'contact%' order by id")
    assert [row["action"] for row in actions] == ["contact.kept_apart", "contact.merged"]


async def test_a_person_merges_only_two_contacts_of_their_own(shop: Shop) -> None:
    await two(shop)
    stranger = await open_shop(shop.database)
    await stranger.receive(stranger.message())
    ours = await shop.one("select min(id) from contact")
    theirs = await stranger.one("select id from contact")
    with pytest.raises(NotFoundError):
        await merging.merge(shop.database, None, shop.merchant, ours, theirs, SARA)
    with pytest.raises(BadInputError):
        await merging.merge(shop.database, None, shop.merchant, ours, ours, SARA)


async def test_who_is_with_a_person_stays_there_with_all_that_waits(shop: Shop) -> None:
    elder, younger = await two(shop)
    operator = await person(shop)
    async with shop.database.deed(shop.merchant) as connection:
        await handoff.lock(connection, younger)
        await handoff.to_person(connection, younger, operator)
    (claim,) = await due_now(shop, elder)
    await answer(shop, claim)
    await meet(shop)
    assert await merge(shop) == 1
    one = await the_one(shop)
    assert (one["state"], one["operator_id"], one["due_at"]) == ("human", operator, None)
    # What the assistant had ready does not leave any more; its messages wait for the person.
    assert await shop.one("select state from outbox") == "cancelled"
    assert await shop.one("select count(*) from message where wakes and batch_id is null") == 3


async def test_stamps_names_and_what_was_collected_are_the_later_ones(shop: Shop) -> None:
    await shop.receive(said(shop, "١", PHONE, at_s=100, free_entry=True))
    await shop.receive(said(shop, "٢", USER, at_s=50, name="سارة"))
    await shop.write(
        "insert into collected_field (merchant_id, contact_id, name, value, collected_at)"
        " select merchant_id, id, n, n || id, now() - make_interval(secs => 100 - id)"
        " from contact, unnest(array['city', 'size']) n where n = 'city' or name <> ''"
    )
    kept, gone = [row["id"] for row in await shop.rows("select id from contact order by id")]
    late = await shop.one("select max(last_in_at) from conversation")
    assert await merging.merge(shop.database, None, shop.merchant, gone, kept, SARA) == "merged"
    one = await the_one(shop)
    assert (one["last_in_at"], one["free_entry_at"], one["contact_id"]) == (late, late, kept)
    assert await shop.one("select name from contact") == "سارة"
    rows = await shop.rows("select name, value from collected_field order by name")
    assert [tuple(row) for row in rows] == [("city", f"city{gone}"), ("size", f"size{gone}")]


async def test_batches_and_letters_keep_their_order_under_numbers_of_their_own(shop: Shop) -> None:
    elder, younger = await two(shop)
    for each, reason in ((elder, "first"), (younger, "second")):
        (claim,) = await due_now(shop, each)
        ending = Finish(claimed=claim.claimed, outcome="dead", reason=reason)
        await conversations.finish(shop.database, [ending])
    letters = [row["id"] for row in await shop.rows("select id from dead_letter order by id")]
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("select retry_letters($1, 'test', null)", letters)
    kept, gone = [row["id"] for row in await shop.rows("select id from contact order by id")]
    assert await merging.merge(shop.database, None, shop.merchant, kept, gone, SARA) == "merged"
    (claim,) = await due_now(shop, elder)
    assert len(claim.messages) == 2
    ending = Finish(claimed=claim.claimed, outcome="dead", reason="again")
    await conversations.finish(shop.database, [ending])
    rows = await shop.rows("select no, outcome from batch order by no")
    assert [tuple(row) for row in rows] == [(1, "withdrawn"), (2, "withdrawn"), (3, "dead")]
    rows = await shop.rows(
        "select batch_no, batch_nos, settled_at is null from dead_letter order by id"
    )
    assert [tuple(row) for row in rows] == [(3, [1], True), (None, [2], False)]


async def test_a_change_finds_its_message_in_the_other_half(shop: Shop) -> None:
    first = said(shop, "اثنين", PHONE)
    await shop.receive(first)
    edit = said(shop, "ثلاثة", USER, kind="edit", note="edit", wakes=False)
    await shop.receive(replace(edit, reply_to=first.external_id))
    assert await shop.one("select bool_or(parked) from conversation")
    kept, gone = [row["id"] for row in await shop.rows("select id from contact order by id")]
    assert await merging.merge(shop.database, None, shop.merchant, kept, gone, SARA) == "merged"
    assert await shop.one("select body from message where kind = 'text'") == "ثلاثة"
    assert not (await the_one(shop))["parked"]


async def test_an_old_address_leads_to_the_thread(shop: Shop) -> None:
    elder, younger = await two(shop)
    await meet(shop)
    await merge(shop)
    async with shop.database.reading(shop.merchant) as connection:
        assert await reading.now_of(connection, younger) == elder
        assert await reading.now_of(connection, elder) is None


async def test_what_both_cost_is_added_up_and_a_summary_of_one_half_is_gone(shop: Shop) -> None:
    elder, younger = await two(shop)
    for conversation, calls in ((elder, 2), (younger, 3)):
        await shop.write(
            "insert into conversation_spend (conversation_id, merchant_id, calls, tokens_in,"
            f" tokens_out, micro) values ({conversation}, {shop.merchant}, {calls}, 10, 20, 30)"
        )
        await shop.write(
            "insert into conversation_summary (conversation_id, merchant_id, body)"
            f" values ({conversation}, {shop.merchant}, 'نصف')"
        )
    await meet(shop)
    assert await merge(shop) == 1
    spent = await shop.rows(
        "select conversation_id, calls, tokens_in, micro from conversation_spend"
    )
    assert [tuple(row) for row in spent] == [(elder, 5, 20, 60)]
    assert await shop.one("select count(*) from conversation_summary") == 0


async def test_every_table_that_names_a_conversation_or_a_contact_is_merged(shop: Shop) -> None:
    known = {
        *("message", "batch", "outbox", "dead_letter", "failed_attempt", "media", "parked_change"),
        *("conversation", "conversation_past", "contact_alias", "contact_alias_past"),
        *("collected_field", "booking", "hand_over", "cart", "sales_order", "tool_call"),
        *("conversation_spend", "conversation_summary"),
    }
    rows = await shop.rows(
        "select distinct table_name::text from information_schema.columns c"
        " join information_schema.tables t using (table_schema, table_name)"
        " where c.column_name in ('conversation_id', 'contact_id') and c.table_schema = 'public'"
        " and t.table_type = 'BASE TABLE'"
    )
    # A new one: move its rows in contacts_of.sql (join_…), then name it here.
    assert {row[0] for row in rows} == known
