"""What nobody knows about a send: settled by its status, given back, or a person's (law 5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_laws_in_the_database import Quiet, claimed_one, person
from test_outbox_in_the_database import states

from hudhud.core.handoff import settle_unknown
from hudhud.settings import Settings
from hudhud.store import conversations, handoff, outbox, sweep
from hudhud.store.conversations import Finish
from hudhud.store.outbox import Begun, Ended
from hudhud.worker.sweeper import Sweeper
from shop import Shop


async def begin(shop: Shop, name: str, *lost: str) -> list[Begun]:
    entries = await shop.conversations()
    begun, _ = await outbox.begin(shop.database, entries, holder=name, lost=lost)
    return begun


async def unknown(shop: Shop) -> Begun:
    """One send of which nobody heard; it was begun five minutes ago."""
    (row,) = await begin(shop, "a/1")
    await outbox.end(shop.database, [Ended(begun=row, outcome="unknown")])
    await shop.write("update outbox set sending_at = now() - interval '5 minutes'")
    return row


async def to_person(shop: Shop) -> int:
    return len(await outbox.unknown_to_person(shop.database, after_s=120, limit=10))


async def standing(shop: Shop) -> tuple[str, str | None]:
    (row,) = await shop.rows("select state, hand_over_reason from conversation")
    return row["state"], row["hand_over_reason"]


async def test_what_was_begun_without_an_answer_begins_again_and_is_no_attempt(answered: Shop):
    (never_heard_of,) = await begin(answered, "a/1")
    (again,) = await begin(answered, "a/2", "a/1")
    assert again.row_id == never_heard_of.row_id
    assert (again.attempt, again.spared) == (2, 1)


@pytest.mark.parametrize("lost", [(), ("b/1",), ("a/2",)])
async def test_what_somebody_else_is_sending_is_left_alone(answered: Shop, lost: tuple[str, ...]):
    await begin(answered, "a/1")
    assert await begin(answered, "b/2", *lost) == []
    assert await states(answered) == ["sending", "queued"]


async def test_a_late_ending_of_a_lost_begin_changes_nothing(answered: Shop):
    (first,) = await begin(answered, "a/1")
    await begin(answered, "a/2", "a/1")
    await outbox.end(answered.database, [Ended(begun=first, outcome="queued", spared=True)])
    assert await states(answered) == ["sending", "queued"]


async def test_an_unknown_send_is_given_back_by_the_process_that_never_sent_it(answered: Shop):
    (row,) = await begin(answered, "a/1")
    await answered.write("update outbox set sending_at = now() - interval '1 minute'")
    await sweep.sweep(answered.database, lease_s=60, send_s=30, limit=10)
    assert await states(answered) == ["unknown", "queued"]
    await outbox.end(answered.database, [Ended(begun=row, outcome="queued", spared=True)])
    assert await states(answered) == ["queued", "queued"]


async def test_a_person_who_sends_it_again_gives_it_all_its_attempts_again(answered: Shop):
    row = await unknown(answered)
    operator = await person(answered)
    deed = (answered.database, Quiet(), answered.merchant, row.row_id, operator, "again")
    await settle_unknown(*deed)
    (again,) = await begin(answered, "a/2")
    assert (again.attempt, again.spared) == (2, 1)


@pytest.mark.parametrize(
    ("verdict", "state"), [("sent", "bot"), ("again", "bot"), ("discard", "human")]
)
async def test_once_a_person_has_decided_the_assistant_goes_on(
    answered: Shop, verdict: Any, state: str
):
    row = await unknown(answered)
    await to_person(answered)
    operator = await person(answered)
    await settle_unknown(
        answered.database, Quiet(), answered.merchant, row.row_id, operator, verdict
    )
    assert (await standing(answered))[0] == state


async def test_a_refused_send_that_is_retried_has_all_its_attempts_again(answered: Shop):
    (row,) = await begin(answered, "a/1")
    await outbox.end(answered.database, [Ended(begun=row, outcome="rejected", error_code="100")])
    letter = await answered.one("select id from dead_letter")
    async with answered.database.deed(answered.merchant) as connection:
        await connection.execute("select retry_letters(array[$1::bigint], 'test', null)", letter)
    (again,) = await begin(answered, "a/2")
    assert (again.attempt, again.spared) == (2, 1)


async def test_the_sweep_brings_an_unknown_send_to_a_person_after_the_setting(answered: Shop):
    await unknown(answered)
    for unknown_s, state in ((600, "bot"), (120, "human")):
        settings = Settings(data_dir=Path("/nowhere"), unknown_s=unknown_s)
        await Sweeper(answered.database, Quiet(), settings, Quiet()).mend()
        assert (await standing(answered))[0] == state


async def test_an_unknown_send_waits_for_its_status_until_the_limit(answered: Shop):
    await unknown(answered)
    await answered.write("update outbox set sending_at = now() - interval '1 minute'")
    assert await to_person(answered) == 0


@pytest.mark.clause("5.unknown")
async def test_an_unknown_send_goes_to_a_person_after_the_limit_and_is_not_sent_again(
    answered: Shop,
):
    await unknown(answered)
    assert await to_person(answered) == 1
    assert await standing(answered) == ("human", "send_unknown")
    assert await states(answered) == ["unknown", "queued"]
    assert await begin(answered, "b/1") == []
    assert await to_person(answered) == 0


async def test_a_batch_that_is_being_answered_meanwhile_loses_its_fence(answered: Shop):
    await unknown(answered)
    await answered.receive(answered.message("وين طلبي؟"))
    claim = await claimed_one(answered)
    await to_person(answered)
    ending = Finish(claimed=claim.claimed, outcome="answered", parts=("٣",))
    assert await conversations.finish(answered.database, [ending]) == []


async def test_a_status_after_the_limit_takes_the_conversation_back_from_the_person(answered: Shop):
    row = await unknown(answered)
    await to_person(answered)
    await answered.receive(answered.message("وين طلبي؟"))
    assert await answered.one("select due_at from conversation") is None
    await answered.accept(answered.status("wamid.a", "sent", tag=row.tag))
    assert await standing(answered) == ("bot", None)
    assert await answered.one("select due_at <= now() from conversation")
    assert await states(answered) == ["accepted", "queued"]


async def test_a_status_does_not_take_it_from_a_colleague_who_holds_it(answered: Shop):
    row = await unknown(answered)
    await to_person(answered)
    operator = await person(answered)
    (conversation,) = await answered.conversations()
    async with answered.database.deed(answered.merchant) as connection:
        await handoff.to_person(connection, conversation[1], operator)
    await answered.accept(answered.status("wamid.a", "delivered", tag=row.tag))
    assert (await standing(answered))[0] == "human"


async def test_a_failed_status_after_the_limit_is_a_dead_letter_and_stays_with_the_person(
    answered: Shop,
):
    row = await unknown(answered)
    await to_person(answered)
    await answered.accept(answered.status("wamid.a", "failed", tag=row.tag, error_code="131026"))
    assert await standing(answered) == ("human", "send_unknown")
    assert await answered.one("select count(*) from dead_letter") == 1


async def test_a_send_from_a_clock_that_jumped_is_unknown_too(answered: Shop):
    await begin(answered, "a/1")
    await answered.write("update outbox set sending_at = now() + interval '1 day'")
    (mended,) = await sweep.sweep(answered.database, lease_s=60, send_s=30, limit=10)
    assert mended.what == "unknown_send"
    assert await answered.one("select sending_at <= now() from outbox where state = 'unknown'")


@pytest.mark.parametrize(
    "tag", ["", "x", "1.2", "1.x.1", "9" * 60, "1.99999999999999999999.1", "١.٢.٣"]
)
async def test_a_tag_that_is_not_ours_settles_nothing_and_harms_nothing(answered: Shop, tag: str):
    await unknown(answered)
    await answered.accept(answered.status("wamid.other", "sent", tag=tag))
    assert await states(answered) == ["unknown", "queued"]
