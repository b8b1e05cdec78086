"""Edits, revokes, echoes, files, renames: what some messages do beside being stored."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from hudhud.model import Alias, Attachment, Renamed
from hudhud.store import conversations
from shop import Shop

KINDS = {"edit": {"kind": "edit", "note": "edit"}, "revoke": {"kind": "revoke", "note": "revoke"}}


def change(shop: Shop, kind: str, about: str, words: str = "") -> Any:
    return shop.message(words, wakes=False, reply_to=about, **KINDS[kind])


async def claim(shop: Shop) -> Any:
    await shop.make_due()
    return await conversations.claim(
        shop.database, await shop.conversations(), holder="w", lease_s=60, alone=False
    )


@pytest.mark.clause("2.edit")
async def test_an_edit_changes_the_open_batch_and_keeps_the_original(shop: Shop) -> None:
    said = shop.message("اثنين")
    await shop.receive(said)
    await shop.receive(change(shop, "edit", said.external_id, "ثلاثة"))
    row = (await shop.rows("select body, content from message where kind = 'text'"))[0]
    assert row["body"] == "ثلاثة"
    assert row["content"]["edits"] == ["اثنين"]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", ["message", "change"])
async def test_a_revoke_leaves_nothing_due_in_any_order(
    shop: Shop, first: str, *, together: bool
) -> None:
    said = shop.message()
    pair = [said, change(shop, "revoke", said.external_id)]
    ordered = pair if first == "message" else pair[::-1]
    if together:
        await shop.receive(*ordered)
    else:
        for one in ordered:
            await shop.receive(one)
    row = (await shop.rows("select pending, due_at, parked from conversation"))[0]
    assert tuple(row) == (0, None, False)
    assert await shop.one("select note from message where kind = 'text'") == "revoked"


async def test_a_revoke_takes_only_its_own_message(shop: Shop) -> None:
    said = [shop.message("a"), shop.message("b")]
    await shop.receive(*said)
    revoke = change(shop, "revoke", said[0].external_id)
    await asyncio.gather(*(shop.receive(revoke) for _ in range(10)))
    row = (await shop.rows("select pending, due_at is not null from conversation"))[0]
    assert tuple(row) == (1, True)


@pytest.mark.clause("2.edit")
@pytest.mark.parametrize("kind", ["edit", "revoke"])
async def test_what_is_being_answered_is_only_marked(shop: Shop, kind: str) -> None:
    said = shop.message("أصل")
    await shop.receive(said)
    await claim(shop)
    await shop.receive(change(shop, kind, said.external_id, "جديد"))
    row = (await shop.rows("select body, wakes, content from message where kind = 'text'"))[0]
    assert (row["body"], row["wakes"]) == ("أصل", True)
    assert {"edit": "edited", "revoke": "revoked"}[kind] in row["content"]


async def test_nobody_changes_what_another_wrote(shop: Shop) -> None:
    said = shop.message("أصل")
    await shop.receive(said)
    other = replace(
        change(shop, "edit", said.external_id, "x"), aliases=(Alias("phone", "964999"),)
    )
    await shop.receive(other)
    assert await shop.one("select body from message where kind = 'text'") == "أصل"


def echo(shop: Shop, words: str, **more: Any) -> Any:
    return shop.message(words, direction="out", note="echo", wakes=False, **more)


@pytest.mark.clause("2.echo")
async def test_the_owner_writing_on_the_phone_pauses_the_assistant(shop: Shop) -> None:
    await shop.receive(shop.message())
    fence = await shop.one("select fence from conversation")
    await shop.receive(echo(shop, "أنا هنا"))
    row = (await shop.rows("select * from conversation"))[0]
    assert (row["state"], row["hand_over_reason"]) == ("human", "owner_wrote")
    assert row["fence"] == fence + 1
    assert row["due_at"] is None


async def sent(shop: Shop, state: str, external_id: str | None, **send: Any) -> None:
    await shop.write(
        "with said as (insert into message (merchant_id, conversation_id, inbox_id, direction,"
        " author, kind, body, content, provider_at, wakes) select merchant_id, id, inbox_id,"
        " 'out', 'assistant', 'text', 'جواب', $3, now(), false from conversation returning *)"
        " insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author,"
        " state, attempt, external_id)"
        " select merchant_id, inbox_id, conversation_id, id, 'assistant', $1, 1, $2 from said",
        state,
        external_id,
        send or None,
    )


OURS = ("bot", "accepted", "mid.1", 1)


async def after_echo(shop: Shop) -> tuple[Any, ...]:
    (row,) = await shop.rows(
        "select k.state as whose, o.state, o.external_id, (select count(*) from message m"
        " where m.direction = 'out') as bubbles from conversation k, outbox o"
    )
    return tuple(row)


@pytest.mark.parametrize(
    ("state", "external_id"), [("accepted", "mid.1"), ("sending", None), ("unknown", None)]
)
async def test_an_echo_of_our_own_send_pauses_nothing_and_is_shown_once(
    shop: Shop, state: str, external_id: str | None
) -> None:
    await shop.receive(shop.message())
    await sent(shop, state, external_id)
    ours = echo(shop, "جواب", external_id="mid.1")
    await shop.receive(ours)
    assert await after_echo(shop) == OURS
    assert await shop.one("select sent_at from outbox") == ours.provider_at
    assert (await shop.receive(ours)).duplicates == 1
    assert await after_echo(shop) == OURS


async def test_an_echo_of_a_file_that_is_under_way_is_our_own(shop: Shop) -> None:
    await shop.receive(shop.message())
    await sent(shop, "sending", None, send={"type": "media"})
    file = {"attachments": [{"type": "image", "payload": {"url": "https://cdn.example/1"}}]}
    await shop.receive(echo(shop, "", external_id="mid.1", kind="image", content=file))
    assert await after_echo(shop) == OURS


async def test_the_owners_edit_is_no_send_of_ours_whatever_its_words(shop: Shop) -> None:
    await shop.receive(shop.message())
    await sent(shop, "sending", None)
    await shop.receive(echo(shop, "جواب", external_id="edit:1", kind="edit", reply_to="mid.0"))
    assert await after_echo(shop) == ("human", "sending", None, 2)


async def test_other_words_while_ours_are_under_way_are_the_owners(shop: Shop) -> None:
    await shop.receive(shop.message())
    await sent(shop, "sending", None)
    await shop.receive(echo(shop, "أنا هنا", external_id="mid.2"))
    assert await after_echo(shop) == ("human", "sending", None, 2)


async def test_files_of_a_message_are_rows_once(shop: Shop) -> None:
    files = (
        Attachment(kind="image", source="1", mime="image/jpeg"),
        Attachment(kind="video", source="https://story.example/1", kept=False),
    )
    picture = shop.message("", kind="image", attachments=files, free_entry=True)
    await asyncio.gather(*(shop.receive(picture) for _ in range(50)))
    rows = await shop.rows(
        "select a.place, a.state, a.message_id = m.id from media a"
        " join message m using (external_id) order by a.place"
    )
    assert [tuple(row) for row in rows] == [(0, "queued", True), (1, "linked", True)]
    assert await shop.one("select free_entry_at from conversation") == picture.provider_at


@pytest.mark.clause("3.pricing")
async def test_the_price_of_a_status_is_kept(shop: Shop) -> None:
    await shop.accept(shop.status("out.1", "sent", billing={"category": "utility"}))
    assert await shop.one("select billing from delivery_status") == {"category": "utility"}


@pytest.mark.clause("4.changes")
async def test_an_old_name_finds_nobody_and_the_new_one_the_same_person(shop: Shop) -> None:
    await shop.receive(shop.message(who="old"))
    renamed = Renamed(account=shop.account, old=Alias("phone", "old"), new=(Alias("phone", "new"),))
    hook = replace(shop.webhook(), renames=(renamed,))
    await asyncio.gather(*(shop.accept(hook) for _ in range(10)))
    await shop.receive(shop.message(who="new"))
    assert len(await shop.conversations()) == 1
    await shop.receive(shop.message(who="old"))
    assert len(await shop.conversations()) == 2
    assert [row["value"] for row in await shop.rows("select value from contact_alias_past")] == [
        "old"
    ]


async def test_a_rename_that_comes_again_renames_nobody_else(shop: Shop) -> None:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    renamed = Renamed(
        account=shop.account,
        old=Alias("phone", "old"),
        new=(Alias("phone", "new"),),
        provider_at=at,
    )
    hook = replace(shop.webhook(), renames=(renamed,))
    await shop.receive(shop.message(who="old"))
    await shop.accept(hook)
    # Somebody else was given the old number since; the journal is replayed.
    await shop.receive(shop.message(who="old"))
    await shop.accept(hook)
    await shop.receive(shop.message(who="old"), shop.message(who="new"))
    assert len(await shop.conversations()) == 2
    assert await shop.one("select count(*) from merge_wish") == 0


@pytest.mark.clause("4.changes")
async def test_who_is_renamed_to_somebody_known_keeps_their_name(shop: Shop) -> None:
    await shop.receive(shop.message(who="old"), shop.message(who="new"))
    renamed = Renamed(account=shop.account, old=Alias("phone", "old"), new=(Alias("phone", "new"),))
    await shop.accept(replace(shop.webhook(), renames=(renamed,)))
    await shop.receive(shop.message(who="old"), shop.message(who="new"))
    assert len(await shop.conversations()) == 2


@pytest.mark.clause("7.window")
async def test_the_window_opens_with_what_the_contact_does(shop: Shop) -> None:
    said = shop.message()
    about = said.external_id
    await shop.receive(said, replace(change(shop, "edit", about), provider_at=None))
    assert await shop.one("select last_in_at from conversation") == said.provider_at
    liked = shop.message("👍", kind="reaction", wakes=False, reply_to=about, at_s=9)
    await shop.receive(liked)
    assert await shop.one("select last_in_at from conversation") == liked.provider_at
