"""`hudhud order`: what was ordered, and how far it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hudhud.model import AddToCart
from hudhud.store.pool import Database
from shop import open_shop
from turns import MUG, ordered, stocked


@pytest.fixture
def key(database_url: Any, capsys: pytest.CaptureFixture[str]) -> str:
    """A merchant with one order of two mugs."""

    async def made() -> str:
        database = await Database.open(database_url.app_url, size=2)
        try:
            shop = await open_shop(database)
            await stocked(shop)
            await ordered(shop, AddToCart(sku=MUG, count=2))
            return str(await shop.one("select key from merchant"))
        finally:
            await database.close()

    made_key = asyncio.run(made())
    capsys.readouterr()  # what was logged meanwhile is no answer of a command
    return made_key


def test_an_order_is_listed_shown_and_brought_to_its_contact(served: Any, key: str) -> None:
    mine = ("--merchant", key)
    (listed,) = served("order", "list", "--state", "placed", "--json", *mine).json()
    assert (listed["order"]["number"], listed["order"]["total_minor"]) == (1, 16_000)
    assert "علي" in served("order", "list", *mine).out
    for word, state in (("confirm", "confirmed"), ("ship", "shipped"), ("deliver", "delivered")):
        assert served("order", word, "١", "--json", *mine).json()["state"] == state
    shown = served("order", "show", "1", "--json", *mine).json()
    assert [line["sku"] for line in shown["order"]["lines"]] == [MUG]
    steps = [(step["state"], step["actor"][:4]) for step in shown["history"]]
    assert steps[0] == ("placed", "assi")
    assert steps[1:] == [(s, "cli:") for s in ("confirmed", "shipped", "delivered")]
    said = served("order", "show", "1", *mine)
    assert MUG in said.out
    assert "delivered" in said.out


def test_what_cannot_be_is_refused_with_a_sentence(served: Any, key: str) -> None:
    mine = ("--merchant", key)
    late = served("order", "deliver", "1", *mine)
    assert (late.code, "does not become delivered" in late.err) == (1, True)
    assert served("order", "cancel", "1", "--reason", "لا يرد", *mine).code == 0
    assert served("order", "show", "2", *mine).code == 1
    assert served("order", "list", "--state", "lost", *mine).code != 0
    assert served("order", "delivery", "--free-from", "5", *mine).code != 0


def test_what_delivery_costs_is_said_once_for_all_quotes(served: Any, key: str) -> None:
    told = served("order", "delivery", "5000", "--free-from", "50000", "--json", "--merchant", key)
    assert told.json() == {"price_minor": 5000, "free_from_minor": 50_000}
    assert served("order", "delivery", "--merchant", key).code == 0


def test_an_operator_takes_an_order_on_the_phone(served: Any, key: str) -> None:
    who = ("--name", "ريم", "--phone", "٠٧٧٠١٢٣٤٥٦٧", "--merchant", key)
    placed = served("order", "place", "1", f"{MUG}:٢", "sh-1:1:L", "--json", *who).json()
    assert (placed["number"], placed["total_minor"]) == (2, 41_000)
    assert placed["phone"] == "+9647701234567"
    few = served("order", "place", "1", f"{MUG}:9", *who)
    assert (few.code != 0, "too_many" in few.err, "stock: 6" in few.err) == (True, True, True)
    assert served("order", "place", "1", f"{MUG}:x", *who).code != 0
    assert served("order", "place", "99", MUG, *who).code == 1


def test_numbers_without_a_code_are_of_the_country_that_is_set(served: Any, key: str) -> None:
    mine = ("--merchant", key)
    assert served("merchant", "country", "--json", *mine).json() == {"country": "IQ"}
    assert served("merchant", "country", "ae", "--json", *mine).json() == {"country": "AE"}
    assert served("merchant", "country", "XX", *mine).code != 0
    assert "are of AE" in served("merchant", "country", *mine).out
    assert served("merchant", "country", "--derive", "--json", *mine).json() == {"country": "IQ"}


def test_contacts_are_told_of_what_was_chosen(served: Any, key: str) -> None:
    mine = ("--merchant", key)
    assert served("order", "tell", "--json", *mine).json()["states"] == [
        *("cancelled", "confirmed", "shipped")
    ]
    chosen = served("order", "tell", "delivered", "shipped", "--json", *mine).json()
    assert chosen["states"] == ["delivered", "shipped"]
    assert served("order", "tell", "placed", *mine).code != 0
    assert "delivered, shipped" in served("order", "tell", *mine).out


def test_a_webhook_is_added_paused_replayed_and_removed(served: Any, key: str) -> None:
    mine = ("--merchant", key)
    assert "No webhook yet." in served("webhook", "list", *mine).out
    made = served("webhook", "add", "https://till.example/x", "--json", *mine).json()
    assert made["secret"].startswith("whsec_")
    number = str(made["id"])
    assert served("webhook", "add", "https://10.0.0.1/", *mine).code != 0
    assert served("webhook", "pause", number, *mine).code == 0
    (listed,) = served("webhook", "list", "--json", *mine).json()
    assert (listed["health"], listed["waiting"]) == ("paused", 0)
    assert served("webhook", "resume", number, *mine).code == 0
    assert served("webhook", "replay", number, "--from", "١", *mine).code == 0
    (listed,) = served("webhook", "list", "--json", *mine).json()
    assert (listed["health"], listed["waiting"]) == ("well", 1)
    assert made["secret"] not in served("webhook", "list", *mine).out
    changed = served("webhook", "secret", number, "--json", *mine).json()
    assert (changed["signing"], changed["secret"] == made["secret"]) == (2, False)
    changed = served("webhook", "secret", number, "--drop-old", "--json", *mine).json()
    assert (changed["signing"], changed["secret"]) == (1, "")
    assert served("webhook", "remove", number, *mine).code == 0
    assert served("webhook", "remove", number, *mine).code == 1
