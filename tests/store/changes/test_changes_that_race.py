"""Edits, echoes and renames at a bad moment: before, during, or long after what they are about."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from msgspec.structs import replace
from test_special_messages import after_echo, change, echo, sent

from hudhud.core.contacts import merging
from hudhud.model import Alias, Renamed
from hudhud.store import conversations, outbox, sweep
from hudhud.store.outbox import Ended
from hudhud.store.pool import Database
from shop import START, Shop, open_shop


async def test_an_edit_that_races_a_claim_is_read_or_only_shown(database: Database) -> None:
    """Whoever has the conversation first: the answer and the thread never tell two stories."""
    shop = await open_shop(database, window_ms=0)
    for n in range(30):
        said = shop.message("أصل", who=f"9647{n}")
        accepted = await shop.receive(said)
        places = [(due.merchant_id, due.conversation_id) for due in accepted.replies]
        edit = replace(change(shop, "edit", said.external_id, "جديد"), aliases=said.aliases)
        (claim,), _ = await asyncio.gather(
            conversations.claim(database, places, holder="w", lease_s=60), shop.receive(edit)
        )
        if claim.verdict == "locked":  # the edit was there first
            (claim,) = await conversations.claim(database, places, holder="w", lease_s=60)
        (answered,) = claim.messages
        body, content = (
            await shop.rows(
                "select body, content from message where external_id = $1", said.external_id
            )
        )[0]
        assert answered.text == body
        assert content["edited"] == "جديد"
        assert ("edits" in content) == (body == "جديد")


async def test_what_is_very_old_is_still_found_by_its_edit(shop: Shop) -> None:
    said = shop.message("قديم")
    await shop.receive(said)
    await shop.write(
        "insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind,"
        " body, provider_at, wakes) select merchant_id, id, inbox_id, 'in', 'contact', 'text',"
        " n::text, now(), false from conversation, generate_series(1, 2100) n"
    )
    await shop.receive(change(shop, "edit", said.external_id, "جديد"))
    content = await shop.one("select content from message where external_id = $1", said.external_id)
    assert content["edited"] == "جديد"
    assert await shop.one("select count(*) from parked_change") == 0


async def test_a_change_whose_message_never_comes_is_given_up_and_says_so(shop: Shop) -> None:
    said = shop.message("متأخرة جدا")
    edit = change(shop, "edit", said.external_id, "جديد")
    await shop.receive(edit)
    assert await sweep.give_up_changes(shop.database, after_s=60, limit=10) == []
    await shop.write("update parked_change set parked_at = now() - interval '2 minutes'")
    assert len(await sweep.give_up_changes(shop.database, after_s=60, limit=10)) == 1
    note, parked = (
        await shop.rows(
            "select m.note, k.parked from message m join conversation k on k.id = m.conversation_id"
        )
    )[0]
    assert (note, parked) == ("unmatched", False)
    assert await sweep.give_up_changes(shop.database, after_s=60, limit=10) == []
    await shop.receive(said)
    assert await shop.one("select body from message where kind = 'text'") == "متأخرة جدا"


async def test_nobody_changes_what_stands_on_the_other_side(shop: Shop) -> None:
    await shop.receive(shop.message())
    owners = echo(shop, "كلام صاحب المحل")
    await shop.receive(owners)
    await shop.receive(change(shop, "edit", owners.external_id, "كلام غيره"))
    assert await shop.one("select content from message where direction = 'out'") is None


async def test_edits_are_applied_in_their_order(shop: Shop) -> None:
    said = shop.message("١")
    edits = [change(shop, "edit", said.external_id, words) for words in ("٢", "٣")]
    await shop.receive(*edits)
    await shop.receive(said)
    row = (await shop.rows("select body, content from message where kind = 'text'"))[0]
    assert (row["body"], row["content"]["edits"]) == ("٣", ["١", "٢"])


async def test_an_echo_of_what_is_to_be_sent_again_proves_that_it_left(shop: Shop) -> None:
    await shop.receive(shop.message())
    await sent(shop, "queued", None)
    await shop.receive(echo(shop, "جواب", external_id="mid.1"))
    assert await after_echo(shop) == ("bot", "accepted", "mid.1", 1)
    begun, _ = await outbox.begin(shop.database, await shop.conversations(), holder="w")
    assert begun == []


async def test_what_was_never_tried_has_no_echo_so_the_words_are_the_owners(shop: Shop) -> None:
    await shop.receive(shop.message())
    await sent(shop, "queued", None)
    await shop.write("update outbox set attempt = 0")
    await shop.receive(echo(shop, "جواب", external_id="mid.1"))
    assert await after_echo(shop) == ("human", "cancelled", None, 2)


async def test_the_owner_saying_our_very_words_pauses_with_the_second_echo(shop: Shop) -> None:
    """By words alone nobody can tell; of two echoes one is the owner's, and a person looks."""
    await shop.receive(shop.message())
    await sent(shop, "sending", None)
    await shop.receive(echo(shop, "جواب", external_id="mid.owner"))
    assert (await after_echo(shop))[0] == "bot"
    await shop.receive(echo(shop, "جواب", external_id="mid.ours"))
    assert (await after_echo(shop))[0] == "human"


def renamed(shop: Shop, old: str, new: str, **more: Any) -> Renamed:
    names = {"old": Alias("phone", old), "new": (Alias("phone", new),)}
    return Renamed(account=shop.account, **names, **more)


def system(shop: Shop, who: str) -> Any:
    return shop.message("غيّر رقمه", who=who, kind="system", note="system", wakes=False)


@pytest.mark.parametrize("first", ["before", "after"])
async def test_a_rename_and_what_stands_beside_it_are_of_one_contact(
    shop: Shop, first: str
) -> None:
    await shop.receive(shop.message(who="old"))
    at = START + timedelta(days=1)
    told = replace(
        shop.webhook(system(shop, "new")), renames=(renamed(shop, "old", "new", provider_at=at),)
    )
    late = shop.webhook(shop.message("قبل التغيير", who="old"))
    await shop.accept(*((late, told) if first == "before" else (told, late)))
    assert len(await shop.conversations()) == 1
    assert [r[0] for r in await shop.rows("select value from contact_alias")] == ["new"]


async def test_who_wrote_from_the_new_number_before_we_heard_of_it_becomes_one(shop: Shop) -> None:
    await shop.receive(shop.message(who="old"))
    await shop.write("update contact_alias set created_at = now() - interval '2 days'")
    at = await shop.one("select now() - interval '1 day'")
    await shop.receive(shop.message("من الرقم الجديد", who="new"))
    hook = replace(shop.webhook(), renames=(renamed(shop, "old", "new", provider_at=at),))
    await shop.accept(hook)
    assert await merging.merge_wished(shop.database, None) == 1
    assert [r[0] for r in await shop.rows("select value from contact_alias")] == ["new"]
    assert len(await shop.conversations()) == 1
    await shop.accept(hook)
    assert [r[0] for r in await shop.rows("select value from contact_alias_past")] == ["old"]


async def test_a_number_that_was_somebodys_before_the_rename_is_a_persons_to_decide(
    shop: Shop,
) -> None:
    await shop.receive(shop.message(who="old"), shop.message(who="new"))
    at = await shop.one("select now() + interval '1 second'")
    await shop.accept(
        replace(shop.webhook(), renames=(renamed(shop, "old", "new", provider_at=at),))
    )
    assert await merging.merge_wished(shop.database, None) == 0
    assert await shop.one("select asks and not sure from merge_wish")
    assert len(await shop.conversations()) == 2


async def test_renames_beside_messages_of_the_same_people_never_lock_in_a_circle(
    shop: Shop,
) -> None:
    """Names are locked before conversations everywhere (trap 2)."""
    for n in range(12):
        old, new = f"96477{n}", f"96488{n}"
        await shop.receive(shop.message(who=old))
        told = replace(
            shop.webhook(shop.message(who=old), system(shop, new)),
            renames=(renamed(shop, old, new, provider_at=START + timedelta(days=n)),),
        )
        both = shop.webhook(shop.message(who=new), shop.message(who=old))
        for outcome in await asyncio.gather(
            *(shop.accept(each) for each in (told, both, told, both)), return_exceptions=True
        ):
            assert not isinstance(outcome, asyncpg.DeadlockDetectedError)


async def test_an_ending_after_a_merge_finds_its_row(shop: Shop) -> None:
    """What was unknown may be told of late, when its conversation is a part of another one."""
    await shop.receive(shop.message(who="one"), shop.message(who="two"))
    await sent(shop, "unknown", None)
    ids = [row["id"] for row in await shop.rows("select id from outbox order by id")]
    wish = await shop.rows("select min(id) as one, max(id) as two from contact")
    await shop.write(
        "insert into merge_wish (merchant_id, kept_id, gone_id, sure)"
        " select merchant_id, $1, $2, true from contact where id = $1",
        *wish[0],
    )
    assert await merging.merge_wished(shop.database, None) == 1
    rows = await shop.rows("select * from outbox where id = any ($1)", ids)
    begun = [
        outbox.Begun(
            merchant_id=shop.merchant,
            conversation_id=0,
            inbox_id=shop.inbox,
            row_id=row["id"],
            attempt=row["attempt"],
            spared=0,
            text="",
            reply_to=None,
            aliases=(),
        )
        for row in rows
    ]
    settled = await outbox.end(
        shop.database,
        [Ended(begun=b, outcome="accepted", external_id=f"out.{b.row_id}") for b in begun],
    )
    (kept,) = await shop.conversations()
    assert {(row.conversation_id, row.state) for row in settled} == {(kept[1], "accepted")}
