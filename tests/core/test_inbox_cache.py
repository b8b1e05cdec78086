"""Inboxes: sealed at rest, found fast, and still there when PostgreSQL is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from hudhud.core import kept
from hudhud.core.connecting import checked
from hudhud.core.inboxes import Inboxes
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import add_merchant, connect_inbox
from hudhud.errors import (
    AlreadyThereError,
    BadInputError,
    NotFoundError,
    SecretUnreadableError,
    StoreUnavailableError,
)
from hudhud.store.pool import Database

KEY = "00112233445566778899aabbccddeeff" * 2
GIVEN = {
    "phone_number_id": "1",
    "token": "token-canary",
    "app_secret": "app-canary",
    "verify_token": "verify-canary",
}


class Place(NamedTuple):
    database: Database
    merchant_id: int
    owner_url: str

    async def connect(self, **options: str):
        return await connect_inbox(
            self.database,
            Vault(KEY),
            self.merchant_id,
            channel="whatsapp",
            name="A",
            given=GIVEN | options,
        )


@pytest.fixture
async def place(database_url) -> AsyncIterator[Place]:
    database = await Database.open(database_url.app_url)
    merchant_id = await add_merchant(
        database, key="shop", name="Shop", language="ar", currency="IQD"
    )
    yield Place(database, merchant_id, database_url.owner_url)
    await database.close()


async def test_a_connected_inbox_is_found_by_key_and_id_with_its_secrets(place):
    made = await place.connect()
    inboxes = Inboxes(place.database, Vault(KEY))
    assert await inboxes.by_key(made.key) == made
    assert await inboxes.by_id(place.merchant_id, made.id) == made
    assert made.options["token"] == "token-canary"
    assert await inboxes.by_key(made.key) is await inboxes.by_key(made.key)


async def test_no_secret_lies_readable_in_the_database(place):
    await place.connect()
    async with place.database.reading(place.merchant_id) as connection:
        row = await connection.fetchval("select inbox::text from inbox")
        raw = await connection.fetchval("select secrets from inbox")
    assert "canary" not in row
    assert b"canary" not in raw


@pytest.mark.parametrize("key", ["", "unknown", "a\x00b", "x" * 65, "'; select 1"])
async def test_an_unknown_key_is_nobody(place, key):
    assert await Inboxes(place.database, Vault(KEY)).by_key(key) is None


async def test_guessing_keys_pushes_no_real_inbox_out(place, monkeypatch):
    monkeypatch.setattr(kept, "UNKNOWN_MAX", 2)
    made = await place.connect()
    inboxes = Inboxes(place.database, Vault(KEY))
    await inboxes.by_key(made.key)
    for number in range(5):
        assert await inboxes.by_key(f"guess{number}") is None
    assert len(inboxes._by_key._unknown) == 2
    assert list(inboxes._by_key._known) == [made.key]


async def test_siblings_are_the_numbers_of_the_same_app_only(place):
    first = await place.connect()
    second = await place.connect(phone_number_id="2")
    await place.connect(phone_number_id="3", app_secret="another-app")
    inboxes = Inboxes(place.database, Vault(KEY))
    assert await inboxes.siblings(first) == [first, second]


async def test_a_disabled_inbox_is_gone_when_the_entry_ends(place, monkeypatch):
    made = await place.connect()
    inboxes = Inboxes(place.database, Vault(KEY))
    assert await inboxes.by_key(made.key)
    async with place.database.deed(place.merchant_id) as connection:
        await connection.execute("update inbox set disabled_at = now()")
    assert await inboxes.by_key(made.key), "fresh entries are served without asking"
    monkeypatch.setattr(kept, "FRESH_S", 0.0)
    monkeypatch.setattr(kept, "LIFE_S", 0.0)
    assert await inboxes.by_key(made.key) is None
    assert await inboxes.by_id(place.merchant_id, made.id) is None


async def test_a_known_inbox_outlives_postgresql_and_an_unknown_one_is_503(place, monkeypatch):
    made = await place.connect()
    inboxes = Inboxes(place.database, Vault(KEY))
    await inboxes.by_key(made.key)
    monkeypatch.setattr(kept, "FRESH_S", 0.0)
    monkeypatch.setattr(kept, "LIFE_S", 0.0)
    await place.database.close()
    for _ in range(3):
        assert await inboxes.by_key(made.key) == made
    with pytest.raises(StoreUnavailableError):
        await inboxes.by_key("neverseen")


async def test_another_key_opens_nothing(place):
    made = await place.connect()
    with pytest.raises(SecretUnreadableError):
        await Inboxes(place.database, Vault(KEY[::-1])).by_key(made.key)


async def test_an_account_is_connected_once(place):
    await place.connect()
    with pytest.raises(AlreadyThereError):
        await place.connect()


async def test_an_assistant_that_is_not_there_is_named_with_those_that_are(place):
    with pytest.raises(NotFoundError, match="none yet"):
        await connect_inbox(
            place.database,
            Vault(KEY),
            place.merchant_id,
            channel="whatsapp",
            name="A",
            given=GIVEN,
            assistant="nobody",
        )


def test_wrong_options_are_all_named_and_no_value_is_repeated():
    with pytest.raises(BadInputError) as refused:
        checked(
            "whatsapp",
            {
                "token": "spaced canary",
                "tokn": "canary",
                "phone_number_id": "1",
                "api_url": "ca na",
            },
        )
    for part in ("tokn", "token: ", "app_secret: is missing", "verify_token: is missing"):
        assert part in refused.value.sentence
    assert "canary" not in refused.value.sentence
