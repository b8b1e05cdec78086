"""A provider without our tag: its own news of what left settles an unknown send (law 5)."""

from __future__ import annotations

from typing import Any

from test_outbox_in_the_database import states
from test_unknown_sends import begin, to_person

from hudhud.model import Alias
from hudhud.store import outbox
from hudhud.store.outbox import Ended
from shop import Shop


async def words_of(shop: Shop, row: int) -> str:
    return str(
        await shop.one(
            "select m.body from outbox o join message m on m.id = o.message_id where o.id = $1", row
        )
    )


async def who(shop: Shop) -> Any:
    (row,) = await shop.rows("select kind, value from contact_alias limit 1")
    return Alias(row["kind"], row["value"])


async def test_an_unknown_send_is_settled_by_the_id_that_we_chose(answered: Shop):
    (row,) = await begin(answered, "a/1")
    await outbox.end(
        answered.database, [Ended(begun=row, outcome="unknown", external_id="3EB0OURS")]
    )
    assert await states(answered) == ["unknown", "queued"]
    await answered.accept(answered.status("3EB0OURS", "delivered"))
    assert await states(answered) == ["accepted", "queued"]


async def test_a_status_of_that_id_that_came_first_settles_it_too(answered: Shop):
    (row,) = await begin(answered, "a/1")
    await answered.accept(answered.status("3EB0OURS", "sent"))
    await outbox.end(
        answered.database, [Ended(begun=row, outcome="unknown", external_id="3EB0OURS")]
    )
    assert await states(answered) == ["accepted", "queued"]


async def test_what_left_is_known_by_its_words_where_the_provider_gave_an_id_of_its_own(
    answered: Shop,
):
    (row,) = await begin(answered, "a/1")
    await outbox.end(
        answered.database, [Ended(begun=row, outcome="unknown", external_id="3EB0OURS")]
    )
    await answered.write("update outbox set sending_at = now() - interval '5 minutes'")
    assert await to_person(answered) == 1
    told = {"to": (await who(answered),), "words": await words_of(answered, row.row_id)}
    other = told | {"words": "something else"}
    await answered.accept(answered.status("THEIRS-0", "sent", **other))
    assert await states(answered) == ["unknown", "queued"]
    heard = await answered.accept(answered.status("THEIRS-1", "sent", **told))
    assert await states(answered) == ["accepted", "queued"]
    assert len(heard.sends) == 1
    (now,) = await answered.rows("select external_id from outbox where id = $1", row.row_id)
    assert now["external_id"] == "THEIRS-1"
    assert await answered.one("select state from conversation") == "bot"


async def test_the_words_of_one_contact_settle_nothing_of_another(answered: Shop):
    (row,) = await begin(answered, "a/1")
    await outbox.end(answered.database, [Ended(begun=row, outcome="unknown")])
    told = {"to": (Alias("phone", "1999"),), "words": await words_of(answered, row.row_id)}
    await answered.accept(answered.status("THEIRS-2", "sent", **told))
    assert await states(answered) == ["unknown", "queued"]
