"""What answers ask of PostgreSQL from claim to commit, to the statement (P1, P4).

docs/performance.md says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from looked_up import POSITIONS, looking, selling, written

from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.settings import Settings
from hudhud.store import conversations
from hudhud.store.lookups import NAMES
from hudhud.store.pool import Database
from round_trips import counted
from shop import Shop
from turns import stocked

SETTINGS = Settings(data_dir=Path("/nowhere"))
POOL_SIZE = 24  # all look-ups at once, and what is read beside them
CUSTOMERS = 12
HOW_MUCH = "بكم الكوب؟"
WHAT_COLOURS = "شنو ألوان القميص؟"
SOLD = "update variant set stock = stock + 1"
# What is said, and what is asked between claim and finish: each call of a tool is a deed (law 3).
ORDER = {
    "ابي كوبين": ["begin", "hold_turn", "product", "cart", "commit"],
    # What is in the cart was spoken of just before: the search has brought it.
    "سارة احمد ٠٧٧٠١٢٣٤٥٦٧": [],
    "بغداد الكرادة": ["begin", "hold_turn", "product", "delivery_price", "cart", "commit"],
    "نعم": [
        *("begin", "hold_turn", "delivery_price", "hold_variants", "product"),
        *("place_order", "cart", "tool_call", "commit"),
    ],
    # Something was sold: what is left is counted.
    "وين طلبي؟": ["open_shelf", "begin", "hold_turn", "order_told", "commit"],
}


@pytest.fixture
async def shop(database_url: Any) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url, size=POOL_SIZE)
    shop = await selling(database)
    await stocked(shop)
    yield shop
    await database.close()


class Counter:
    """Answers what customers write, as a worker does, and counts."""

    def __init__(self, shop: Shop, position: str, patch: pytest.MonkeyPatch) -> None:
        self.shop = shop
        self.looking = looking(shop.database, Path("/nowhere"), position)
        self._patch = patch
        self._newest = 0

    async def asked(self, words: str, *who: str) -> list[list[str]]:
        """The statements of each round trip, when these say this together; or one stranger."""
        self._newest += 1
        await written(self.shop, *(who or [f"96477{self._newest}"]), words=words)
        due = await self.shop.rows("select id from conversation where due_at is not null")
        with self._patch.context() as patch:
            trips = counted(patch)
            await self._answered([(self.shop.merchant, row["id"]) for row in due])
        return trips.made

    async def warmed(self) -> None:
        """Everybody has asked once: connections are open, the shelf is known."""
        for prefix in (96478, 96479):
            await self.asked(HOW_MUCH, *(f"{prefix}{n}" for n in range(CUSTOMERS)))

    async def _answered(self, due: list[tuple[int, int]]) -> None:
        claims = await conversations.claim(
            *(self.shop.database, due),
            holder="test",
            lease_s=60,
            names=self.looking.with_claim,
        )
        group = self.looking.begin(claims, claim_s=0.001)
        endings = await asyncio.gather(*(self._ending(claim, group) for claim in claims))
        assert len(await conversations.finish(self.shop.database, endings)) == len(due)
        assert {ending.outcome for ending in endings} == {"answered"}

    async def _ending(self, claim: Any, group: Any) -> Any:
        return await answer(
            *(self.shop.database, SETTINGS, await self.looking.complete(claim, group)),
            whatsapp.parts,
            checked=whatsapp.checked,
            breakers=Breakers(Policy()),
            ai_on=True,
        )


def way(position: str, *, search: bool = False, warm: bool = True) -> list[list[str]]:
    """What may be asked for an answer that does nothing but talk."""
    looked = {
        "merged": [],
        "side_by_side": [sorted(["context"] * len(NAMES) + ["open_shelf"] * warm)],
        "one_after_another": [["context"]] * len(NAMES),
    }[position]
    searched = [["open_shelf"]] if search and position != "side_by_side" else []
    return [["claim"], *looked, *searched, ["finish"]]


@pytest.mark.parametrize("position", POSITIONS)
async def test_a_question_costs_a_claim_and_a_commit_and_at_most_one_search(
    shop: Shop, position: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(shop, position, monkeypatch)
    await counter.warmed()
    assert await counter.asked(HOW_MUCH) == way(position)
    # Words that nobody used yet, and a shelf on which something was sold.
    assert await counter.asked(WHAT_COLOURS) == way(position, search=True)
    assert await counter.asked(WHAT_COLOURS) == way(position)
    await shop.write(SOLD)
    assert await counter.asked(WHAT_COLOURS) == way(position, search=True)
    await counter.looking.close()


@pytest.mark.parametrize("position", POSITIONS)
async def test_a_group_costs_what_one_question_costs(
    shop: Shop, position: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(shop, position, monkeypatch)
    await counter.warmed()
    together = [f"964700{n}" for n in range(CUSTOMERS)]
    assert await counter.asked(HOW_MUCH, *together) == way(position)
    await counter.looking.close()


async def test_a_shop_that_was_never_asked_costs_one_search(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await Counter(shop, "merged", monkeypatch).asked(HOW_MUCH) == way("merged", search=True)


async def test_a_step_of_an_order_adds_its_own_deed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(shop, "merged", monkeypatch)
    for customer in ("964771", "964772"):  # the first says all words for the first time
        steps = [await counter.asked(words, customer) for words in ORDER]
    trips = [[name for (name,) in step[1:-1]] for step in steps]
    assert {(first, last) for (first,), *_, (last,) in steps} == {("claim", "finish")}
    assert trips == list(ORDER.values())
