"""Documents as deeds: replaced whole, refused with a reason, seen by their merchant alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest

from hudhud.core.knowledge import documents
from hudhud.errors import BadInputError, DocumentRefusedError, NotFoundError
from hudhud.store.catalogue.shelf import FEW_PASSAGES
from hudhud.store.knowledge import documents as rows
from hudhud.store.pool import Database
from shop import Shop, open_shop

POLICY = "# الإلغاء\n\nيُلغى الموعد قبل {} ساعة.\n\n# الدفع\n\nالدفع نقدًا."


@pytest.fixture
async def ground(database_url) -> AsyncIterator[SimpleNamespace]:
    database = await Database.open(database_url.app_url)
    yield SimpleNamespace(ours=await open_shop(database), other=await open_shop(database))
    await database.close()


async def add(shop: Shop, body: str | bytes, *, name: str = "سياسة", source: str = "a.md"):
    raw = body if isinstance(body, bytes) else body.encode()
    return await documents.add(shop.database, shop.merchant, name=name, body=raw, source=source)


async def found(shop: Shop, words: str) -> list[str]:
    told = await documents.search(shop.database, shop.merchant, words, limit=5)
    return [passage.text for passage in told]


async def listed(shop: Shop) -> list[rows.StoredDocument]:
    async with shop.database.reading(shop.merchant) as connection:
        return await rows.listed(connection, shop.merchant)


async def test_a_document_of_the_same_name_replaces_the_old_one_and_its_passages(ground):
    first = await add(ground.ours, POLICY.format(24))
    assert await found(ground.ours, "الغاء") == ["يُلغى الموعد قبل 24 ساعة."]
    second = await add(ground.ours, POLICY.format(48), name="  سياسة ")
    assert first.document_id == second.document_id
    assert await found(ground.ours, "الغاء") == ["يُلغى الموعد قبل 48 ساعة."]
    assert [(one.name, one.passages, one.status) for one in await listed(ground.ours)] == [
        ("سياسة", 2, "ready")
    ]


async def test_replaced_at_once_by_many_it_is_one_of_them_whole(ground):
    await asyncio.gather(*(add(ground.ours, POLICY.format(n)) for n in range(6)))
    (told,) = await found(ground.ours, "الغاء")
    assert (await listed(ground.ours))[0].passages == 2
    assert told in {f"يُلغى الموعد قبل {n} ساعة." for n in range(6)}


async def test_one_that_cannot_be_read_stays_with_its_reason_and_harms_no_older_one(ground):
    with pytest.raises(DocumentRefusedError):
        await add(ground.ours, b"%PDF-1.7 no", name="دليل")
    assert [(one.status, one.reason) for one in await listed(ground.ours)] == [
        ("refused", "broken")
    ]
    await add(ground.ours, POLICY.format(24), name="دليل")
    with pytest.raises(DocumentRefusedError):
        await add(ground.ours, b"%PDF-1.7 no", name="دليل")
    assert [(one.status, one.reason, one.kind) for one in await listed(ground.ours)] == [
        ("ready", None, "markdown")
    ]
    assert await found(ground.ours, "الغاء") == ["يُلغى الموعد قبل 24 ساعة."]


async def test_a_neighbour_finds_sees_and_removes_nothing_of_it(ground):
    ours = await add(ground.ours, POLICY.format(24))
    assert await found(ground.other, "الغاء") == []
    assert await listed(ground.other) == []
    with pytest.raises(NotFoundError):
        await documents.remove(ground.other.database, ground.other.merchant, ours.document_id)
    (row,) = await ground.ours.database.call(
        "select count(*) from passages_holding($1, array['ساعه'], array[0], array[0],"
        " array[true], 9)",
        ground.ours.merchant,
    )
    assert row[0] == 0  # without naming the merchant, not even by its number
    assert await documents.remove(ground.ours.database, ground.ours.merchant, ours.document_id)
    assert await found(ground.ours, "الغاء") == []
    assert await ground.ours.one("select count(*) from passage") == 0


@pytest.mark.parametrize("name", ["", "  ", "س" * 121])
async def test_a_name_is_needed(ground, name):
    with pytest.raises(BadInputError):
        await add(ground.ours, "نص", name=name)


async def test_in_a_large_library_the_needle_is_found_among_what_is_alike(ground):
    section = "## قسم {n}\n\nشروط الخدمة رقم {n} تسري على الجميع وتُنشر في الموقع كل شهر."
    sections = [section.format(n=n) for n in range(FEW_PASSAGES + 50)]
    sections[97] += " تُعاد العربون خلال أسبوعين من الإلغاء."
    await add(ground.ours, "\n\n".join(sections))
    told = await found(ground.ours, "شروط الخدمة العربون")
    assert "العربون" in told[0]
    assert await found(ground.other, "شروط الخدمة العربون") == []


async def test_a_slip_of_the_pen_finds_what_was_meant(ground):
    await add(ground.ours, POLICY.format(24))
    assert await found(ground.ours, "كيف ادفعع نقداا") == ["الدفع نقدًا."]
