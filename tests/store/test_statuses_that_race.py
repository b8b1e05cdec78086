"""A refusal that is read while a person has its send tried again: not of the next attempt."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from test_outbox_in_the_database import states
from test_unknown_sends import begin

from hudhud.store import handoff, outbox
from hudhud.store.letters import settling
from hudhud.store.outbox import Begun, Ended
from hudhud.store.pool import Connection
from shop import Shop

BLOCKED = "select 1 from pg_locks where not granted"


async def tried_again(connection: Connection, row: Begun, outcome: outbox.SendOutcome) -> None:
    if outcome == "unknown":
        await handoff.settle_send(connection, row.row_id, "again", datetime.now(UTC))
        return
    letter = await connection.fetchval("select id from dead_letter")
    (settled,) = await settling.retry(connection, [letter], actor="test", operator_id=None)
    assert settled.settlement == "retry"


@pytest.mark.parametrize(
    ("outcome", "external_id"), [("unknown", None), ("rejected", None), ("rejected", "wamid.1")]
)
async def test_a_refusal_that_waited_for_a_retry_does_not_refuse_the_next_attempt(
    answered: Shop, outcome: outbox.SendOutcome, external_id: str | None
):
    (row,) = await begin(answered, "a/1")
    first = Ended(begun=row, outcome=outcome, external_id=external_id)
    await outbox.end(answered.database, [first])
    refusal = answered.status("wamid.1", "failed", tag=row.tag, error_code="131026")
    async with asyncio.timeout(20), answered.database.deed(answered.merchant) as connection:
        await handoff.lock(connection, row.conversation_id)
        telling = asyncio.create_task(answered.accept(refusal))
        while not await answered.rows(BLOCKED):
            await asyncio.sleep(0.01)
        await tried_again(connection, row, outcome)
    await telling
    assert await states(answered) == ["queued", "queued"]
    (second,) = await begin(answered, "a/2")
    await outbox.end(
        answered.database, [Ended(begun=second, outcome="accepted", external_id="wamid.2")]
    )
    assert (await states(answered))[0] == "accepted"
    assert await answered.one("select count(*) from dead_letter where settled_at is null") == 0
