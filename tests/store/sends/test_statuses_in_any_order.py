"""Statuses come in any order, and each of them once (PLATFORM_FACTS part 3, clause 10.5)."""

from __future__ import annotations

import itertools

import pytest
from test_outbox_in_the_database import begin, states

from hudhud.store import outbox
from hudhud.store.outbox import Ended
from shop import START, Shop

SAID = {"sent": 1, "delivered": 2, "read": 3}


@pytest.mark.clause("10.5")
@pytest.mark.parametrize("order", list(itertools.permutations(SAID)))
@pytest.mark.parametrize("response", ["first", "last"])
async def test_in_every_order_each_status_keeps_its_own_moment(
    answered: Shop, order: tuple[str, ...], response: str
) -> None:
    (row,) = await begin(answered)
    ending = [Ended(begun=row, outcome="accepted", external_id="out.1")]
    if response == "first":
        await outbox.end(answered.database, ending)
    for status in order:
        at = START.replace(minute=SAID[status])
        await answered.accept(answered.status("out.1", status, provider_at=at))
    if response == "last":
        await outbox.end(answered.database, ending)
    (kept,) = await answered.rows(
        "select state, sent_at, delivered_at, read_at, failed_at from outbox where id = $1",
        row.row_id,
    )
    assert tuple(kept) == ("accepted", *(START.replace(minute=n) for n in (1, 2, 3)), None)


@pytest.mark.clause("10.5")
async def test_delivered_after_failed_is_delivered(answered: Shop) -> None:
    (row,) = await begin(answered)
    await outbox.end(answered.database, [Ended(begun=row, outcome="accepted", external_id="out.1")])
    await answered.accept(answered.status("out.1", "failed", error_code="131026"))
    assert (await states(answered))[0] == "rejected"
    await answered.accept(answered.status("out.1", "delivered"))
    assert (await states(answered))[0] == "accepted"
    await answered.accept(answered.status("out.1", "failed", error_code="131026"))
    assert (await states(answered))[0] == "accepted"
