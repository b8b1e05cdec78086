"""Law 5 as the database keeps it: one in flight, forward only, never a blind second send."""

from __future__ import annotations

import pytest
from test_laws_in_the_database import Quiet, person

from hudhud.core import handoff
from hudhud.store import outbox, report, sweep
from hudhud.store.outbox import Begun, Ended
from hudhud.store.pool import Database
from shop import Shop, open_shop


async def begin(shop: Shop) -> list[Begun]:
    begun, _ = await outbox.begin(shop.database, await shop.conversations(), holder="test")
    return begun


async def states(shop: Shop) -> list[str]:
    return [row["state"] for row in await shop.rows("select state from outbox order by id")]


async def test_the_second_part_waits_until_the_first_is_accepted(answered: Shop):
    (first,) = await begin(answered)
    assert (first.text, first.tag) == ("١", f"{answered.merchant}.{first.row_id}.1")
    assert first.aliases[0].value == "964770"
    assert await begin(answered) == []
    (settled,) = await outbox.end(
        answered.database, [Ended(begun=first, outcome="accepted", external_id="wamid.a")]
    )
    assert settled.more
    assert [row.text for row in await begin(answered)] == ["٢"]


async def test_an_unknown_send_stops_the_rest_and_is_not_sent_again(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=first, outcome="unknown")])
    assert await begin(answered) == []
    assert await sweep.due_sends(answered.database, limit=10) == []


async def test_a_status_with_our_tag_settles_an_unknown_send(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=first, outcome="unknown")])
    accepted = await answered.accept(answered.status("wamid.a", "sent", tag=first.tag))
    assert [due.conversation_id for due in accepted.sends] == [first.conversation_id]
    assert await states(answered) == ["accepted", "queued"]
    assert await answered.one("select external_id from outbox order by id limit 1") == "wamid.a"


async def test_a_tag_of_another_merchant_settles_nothing(answered: Shop, database: Database):
    (first,) = await begin(answered)
    stranger = await open_shop(database)
    await stranger.accept(stranger.status("wamid.x", "read", tag=first.tag))
    assert await states(answered) == ["sending", "queued"]


@pytest.mark.clause("3.early")
@pytest.mark.clause("10.5")
async def test_a_status_that_precedes_the_response_is_kept_for_it(answered: Shop):
    (first,) = await begin(answered)
    await answered.accept(answered.status("wamid.a", "delivered"))
    await outbox.end(
        answered.database, [Ended(begun=first, outcome="accepted", external_id="wamid.a")]
    )
    assert await answered.one("select delivered_at is not null from outbox order by id limit 1")


@pytest.mark.clause("3.forward")
@pytest.mark.clause("1.order")
async def test_statuses_move_forward_only_and_delivered_disproves_failed(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(
        answered.database, [Ended(begun=first, outcome="accepted", external_id="wamid.a")]
    )
    await answered.accept(answered.status("wamid.a", "read"))
    await answered.accept(answered.status("wamid.a", "sent"))
    assert await answered.one("select read_at is not null from outbox order by id limit 1")
    await answered.accept(answered.status("wamid.a", "failed", error_code="131026"))
    assert (await states(answered))[0] == "accepted"


async def test_a_refused_part_cancels_the_rest_and_a_person_takes_over(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(
        answered.database,
        [Ended(begun=first, outcome="rejected", error_code="131047", error_text="late")],
    )
    assert await states(answered) == ["rejected", "cancelled"]
    assert await answered.one("select reason from dead_letter") == "131047 late"
    assert await answered.one("select state from conversation") == "human"


async def test_a_failed_status_ends_at_a_person(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(
        answered.database, [Ended(begun=first, outcome="accepted", external_id="wamid.a")]
    )
    await answered.accept(answered.status("wamid.a", "failed", error_code="131026"))
    assert await answered.one("select count(*) from dead_letter") == 1
    assert await answered.one("select state from conversation") == "human"


async def test_what_did_not_leave_is_queued_again_after_its_pause(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=first, outcome="queued", retry_ms=60_000)])
    begun, later = await outbox.begin(
        answered.database, await answered.conversations(), holder="test"
    )
    assert begun == []
    assert 50_000 < later[0].due_ms <= 60_000
    await answered.write("update outbox set next_at = now()")
    (again,) = await begin(answered)
    assert (again.row_id, again.attempt) == (first.row_id, 2)


async def test_a_late_result_of_an_earlier_attempt_changes_nothing(answered: Shop):
    (first,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=first, outcome="queued")])
    (second,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=first, outcome="rejected")])
    assert (await states(answered))[0] == "sending"
    assert second.attempt == 2


async def test_a_send_whose_sender_died_becomes_unknown_and_a_person_decides(answered: Shop):
    (first,) = await begin(answered)
    await answered.write("update outbox set sending_at = now() - interval '1 minute'")
    mended = await sweep.sweep(answered.database, lease_s=60, send_s=30, limit=10)
    assert [m.what for m in mended] == ["unknown_send"]
    operator = await person(answered)
    await handoff.settle_unknown(
        answered.database, Quiet(), answered.merchant, first.row_id, operator, "again"
    )
    assert [row.attempt for row in await begin(answered)] == [2]


async def test_what_waits_is_counted_by_state(answered: Shop):
    await answered.receive(answered.message(who="965"))
    rows = {d.state: d.count for d in await report.depths_everywhere(answered.database)}
    assert rows == {"to_send": 1, "collecting": 1}
