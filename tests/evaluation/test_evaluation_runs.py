"""A few items go the product's real way, from the webhook's message to the finished batch."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from evaluation.__main__ import evaluated
from evaluation.items import Item, items
from evaluation.shops import shops
from evaluation.stage import Stage, stage


@pytest.fixture
async def staged(database_url: Any, tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(database_url.owner_url, database_url.app_url, tmp_path) as opened:
        yield opened


def item(*turns: tuple[str, ...], **more: Any) -> Item:
    told: dict[str, Any] = {"id": "x", "dialect": "msa", "shop": "phones", "kind": "product"}
    return Item(**(told | {"turns": turns} | more))


async def test_a_product_by_its_own_name_is_found_shown_and_priced(staged: Stage) -> None:
    asked = item(("كم سعر ترايبود تصوير مع ريموت؟",), products=("ST-TRI",), intent=("price",))
    ((_, (reply,), judged),) = await evaluated(staged, [asked])
    assert [(mark.measure, mark.why) for mark in judged if not mark.right] == []
    assert {mark.measure for mark in judged} >= {"product found first", "intent", "invented fact"}
    assert "١١٩" in reply.text


async def test_a_burst_is_one_reply_and_after_a_person_took_over_nobody_answers(
    staged: Stage,
) -> None:
    turns = (("السلام عليكم", "اريد التحدث مع موظف"), ("هل من أحد؟",))
    ((_, replies, judged),) = await evaluated(staged, [item(*turns, hand_over=True)])
    assert [reply.outcome for reply in replies] == ["handed_over"]
    assert {m.measure: m.right for m in judged}["hand-over recall"]


async def test_fields_are_collected_over_several_bursts(staged: Stage) -> None:
    turns = (("اسمي سالم",), ("0501112223",), ("جدة",))
    wanted = {"name": "سالم", "phone": "0501112223", "city": "جدة"}
    ((_, _, judged),) = await evaluated(staged, [item(*turns, kind="collect", collected=wanted)])
    assert {m.measure: m.why for m in judged}["fields collected"] == ""


async def test_the_same_items_are_judged_the_same_twice(staged: Stage) -> None:
    chosen = items()[::40]
    first = [judged for _, _, judged in await evaluated(staged, chosen)]
    assert first == [judged for _, _, judged in await evaluated(staged, chosen)]
    assert {one.shop for one in chosen} == set(shops())
