"""Journal replay: through the same door, and what is there stays as it is (traps 8, 11)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hudhud.channels import whatsapp
from hudhud.core.inboxes import Inboxes
from hudhud.core.intake import journal, routing
from hudhud.core.intake.journal import KNOWN_FOR, Replayed
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import add_merchant, connect_inbox
from hudhud.model import Inbox
from hudhud.store import intake
from hudhud.store import journal as store
from hudhud.store.journal import Span
from hudhud.store.pool import Database

KEY = "00112233445566778899aabbccddeeff" * 2
NOW = datetime.now(UTC)
EVER = Span(since=NOW - timedelta(days=400), until=NOW + timedelta(days=1))
# All that a customer or an operator could see of it.
SEEN = {
    "message": "id, conversation_id, journal_id, external_id, body, accepted_at, wakes, batch_id",
    "conversation": "id, contact_id, state, pending, last_id, closed_id, due_at, fence, last_at",
    "contact_alias": "kind, value, contact_id",
    "delivery_status": "id, external_id, status",
    "journal": "id, accepted_at, reason, set_aside",
    "outbox": "id, state, attempt",
    "batch": "id, outcome",
}


def text(number: int, words: str, *, who: str = "9647701112233", account: str = "1") -> bytes:
    return _hook(
        account,
        messages=[
            {
                "from": who,
                "id": f"wamid.{number}",
                "timestamp": "1763700000",
                "type": "text",
                "text": {"body": words},
            }
        ],
    )


def status(wamid: str, what: str) -> bytes:
    return _hook("1", statuses=[{"id": wamid, "status": what, "timestamp": "1763700000"}])


def _hook(account: str, **value: Any) -> bytes:
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": account},
        **value,
    }
    change = {"field": "messages", "value": whole}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    ).encode()


@dataclass(frozen=True)
class Place:
    """A merchant with a connected inbox, and the way in from the network."""

    database: Database
    inboxes: Inboxes
    inbox: Inbox

    @property
    def merchant_id(self) -> int:
        return self.inbox.merchant_id

    async def receive(self, body: bytes, *, at: datetime | None = None) -> None:
        webhook = await routing.route(self.inboxes, self.inbox, body, accepted_at=at)
        async with self.database.pool.acquire() as connection:
            await intake.accept(connection, [webhook], timeout_s=5)

    async def replay(self, span: Span = EVER, **more: Any) -> Replayed:
        return await journal.replay(
            self.database, self.inboxes, self.merchant_id, span, now=NOW, actor="test", **more
        )

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        async with self.database.reading(self.merchant_id) as connection:
            return [tuple(row) for row in await connection.fetch(sql)]

    async def write(self, *statements: str) -> None:
        async with self.database.deed(self.merchant_id) as connection:
            for sql in statements:
                await connection.execute(sql)

    async def seen(self) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table: await self.rows(f"select {columns} from {table} order by {columns}")
            for table, columns in SEEN.items()
        }


async def opened(database: Database, key: str, account: str) -> Place:
    merchant_id = await add_merchant(database, key=key, name=key, language="ar", currency="IQD")
    given = {"token": "t", "app_secret": "s", "verify_token": "v", "phone_number_id": account}
    vault = Vault(KEY)
    inbox = await connect_inbox(
        database, vault, merchant_id, channel="whatsapp", name="A", given=given
    )
    return Place(database, Inboxes(database, vault), inbox)


@pytest.fixture
async def place(database: Database) -> Place:
    return await opened(database, "shop", "1")


async def test_a_replay_of_everything_changes_nothing(place: Place):
    for number in range(30):
        await place.receive(text(number, f"رسالة {number}", who=f"96477{number % 4:08}"))
    await place.receive(text(7, "رسالة 7"))
    await place.receive(status("wamid.out", "delivered"))
    await place.receive(b"not even json")
    before = await place.seen()
    found = await place.replay()
    assert (found.webhooks, found.inserted, found.known, found.set_aside) == (33, 0, 31, 1)
    assert await place.seen() == before
    assert await place.rows("select action from audit") == [("journal.replayed",)]


@pytest.mark.clause("1.history")
async def test_what_was_lost_comes_back_as_it_was_in_its_order(place: Place):
    for number in range(40):
        await place.receive(text(number, f"رسالة {number}", who=f"96477{number % 3:08}"))
    told = "select external_id, body, accepted_at, journal_id from message order by id"
    before = await place.rows(told)
    await place.write("delete from message", "delete from message_key", "delete from conversation")
    found = await place.replay()
    assert (found.inserted, found.known) == (40, 0)
    assert await place.rows(told) == before
    assert await place.rows("select count(*) from journal") == [(40,)]
    assert await place.rows("select count(*) from conversation where due_at is null") == [(0,)]


async def test_a_webhook_that_was_set_aside_goes_in_once_its_parser_is_mended(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    def broken(_body: bytes) -> None:
        raise KeyError("type")

    monkeypatch.setattr(whatsapp, "parse", broken)
    await place.receive(text(1, "مرحبا"))
    assert await place.rows("select set_aside, reason from journal") == [
        (True, "the parser broke: KeyError")
    ]
    assert (await place.replay()).mended == 0
    monkeypatch.undo()
    found = await place.replay(Span(since=EVER.since, until=EVER.until, only_set_aside=True))
    assert (found.webhooks, found.inserted, found.mended) == (1, 1, 1)
    assert await place.rows("select set_aside, reason from journal") == [(False, None)]
    assert (await place.replay()).inserted == 0


async def test_what_a_person_has_read_is_not_put_before_a_person_again(place: Place):
    await place.receive(b"not even json")
    await place.write("update journal set set_aside = false")
    assert (await place.replay()).set_aside == 1
    assert await place.rows("select set_aside from journal") == [(False,)]


async def test_a_rehearsal_says_what_a_replay_would_do_and_changes_nothing(place: Place):
    await place.receive(text(1, "مرحبا"))
    await place.write("delete from message", "delete from message_key")
    before = await place.seen()
    assert (await place.replay(rehearse=True)).inserted == 1
    assert await place.seen() == before
    assert await place.rows("select count(*) from audit") == [(0,)]
    assert (await place.replay()).inserted == 1


@pytest.mark.clause("1.retries")
async def test_what_is_older_than_the_known_messages_wakes_nobody(place: Place):
    old = NOW - KNOWN_FOR - timedelta(minutes=1)
    await place.receive(text(1, "قديمة"), at=old)
    await place.receive(text(2, "جديدة", who="9647709990000"), at=old + timedelta(minutes=2))
    forget = ("delete from message", "delete from message_key", "delete from conversation")
    await place.write(*forget)
    found = await place.replay()
    assert (found.inserted, found.late) == (2, 1)
    assert await place.rows("select body, wakes, note from message order by id") == [
        ("قديمة", False, "late"),
        ("جديدة", True, None),
    ]
    assert await place.rows("select count(*) from conversation where due_at is not null") == [(1,)]


async def test_a_status_that_comes_again_does_not_undo_what_a_person_decided(place: Place):
    await place.receive(text(1, "مرحبا"))
    await place.write(
        "insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind,"
        " body, provider_at, wakes) select merchant_id, id, inbox_id, 'out', 'assistant', 'text',"
        " 'أهلًا', now(), false from conversation",
        "insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author, state,"
        " attempt, external_id) select merchant_id, inbox_id, conversation_id, id, 'assistant',"
        " 'accepted', 1, 'wamid.out' from message where direction = 'out'",
    )
    await place.receive(status("wamid.out", "failed"))
    assert await place.rows("select state from outbox") == [("rejected",)]
    await place.write("update outbox set state = 'queued'")
    await place.receive(status("wamid.out", "failed"))
    await place.replay()
    assert await place.rows("select state from outbox") == [("queued",)]


async def test_a_span_is_its_own_and_no_other_merchants(place: Place, database: Database):
    other = await opened(database, "other", "2")
    await other.receive(text(1, "سر", account="2"))
    await place.receive(text(1, "أ"), at=NOW - timedelta(hours=2))
    await place.receive(text(2, "ب"), at=NOW - timedelta(hours=1))
    half = Span(since=NOW - timedelta(minutes=90), until=NOW)
    assert (await place.replay(half)).webhooks == 1
    assert (await place.replay()).webhooks == 2
    theirs = Span(since=EVER.since, until=EVER.until, inbox_id=other.inbox.id)
    assert (await place.replay(theirs)).webhooks == 0


async def test_a_long_journal_is_read_in_pages_of_few_bytes(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    for number in range(12):
        await place.receive(text(number, "س" * 2000))
    monkeypatch.setattr(store, "PAGE_BYTES_MAX", 10_000)
    told: list[int] = []
    await place.replay(tell=lambda found: told.append(found.webhooks))
    assert told[-1] == 12
    assert max(b - a for a, b in zip([0, *told], told, strict=False)) <= 4


async def test_a_look_says_how_much_of_a_webhook_is_stored(place: Place):
    await place.receive(text(1, "مرحبا"))
    async with place.database.reading(place.merchant_id) as connection:
        (entry,) = await store.newest(connection, EVER, limit=10)
        look = await journal.look(connection, place.inboxes, entry)
    assert (look.messages, look.known, look.statuses, look.reason) == (1, 1, 0, None)
