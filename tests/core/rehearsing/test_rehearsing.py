"""A draft is played before it answers: the product's own way, and nothing of it is left behind."""

from __future__ import annotations

from importlib.resources import files

import msgspec
import pytest
from stages import SHOP, breakers, settings, staged

from hudhud.core.assistants.drafting import change_draft
from hudhud.core.assistants.publishing import publish
from hudhud.core.rehearsing.keeping import keep_script
from hudhud.core.rehearsing.rehearse import cast, rehearse, rehearse_kept
from hudhud.core.rehearsing.result import Rehearsed
from hudhud.core.rehearsing.script import SCRIPT_BYTES_MAX, Script, read_script
from hudhud.errors import BadInputError, RegressedError
from hudhud.store.assistants import rehearsals
from shop import Shop

FOLDER = files("hudhud.ops.sample") / "rehearsals"
SAMPLES = [
    read_script((FOLDER / name).read_text("utf-8")) for name in ("prices.yaml", "asking.yaml")
]
# What must never grow because somebody rehearsed.
TABLES = (
    "contact",
    "conversation",
    "message",
    "batch",
    "outbox",
    "sales_order",
    "cart",
    "tool_call",
)
ARABIC_DIGITS = """
name: أرقام
turns:
  - says: ["بكم قميص كتان صيفي؟"]
    expects: {matches: "[٠-٩]{2}", price_of: SH-01}
"""


async def played(shop: Shop, assistant_id: int, *scripts: Script) -> Rehearsed:
    who = await cast(shop.database, shop.merchant, assistant_id)
    return await rehearse(shop.database, settings(), breakers(), who, scripts)


def missed(made: Rehearsed) -> list[tuple[str, str, str]]:
    return [
        (script.name, one.what, one.wanted)
        for script in made.scripts
        for one in script.expected
        if not one.after
    ]


async def counts(shop: Shop) -> dict[str, int]:
    there = [
        table for table in TABLES if await shop.one("select to_regclass($1) is not null", table)
    ]
    assert len(there) >= 5
    return {table: await shop.one(f"select count(*) from {table}") for table in there}


async def left(shop: Shop, sku: str) -> int:
    found: int = await shop.one(
        "select sum(v.stock - v.reserved) from variant v join product p on p.id = v.product_id"
        " where p.sku = $1",
        sku,
    )
    return found


async def test_the_sample_scripts_hold_with_the_sample_shop(shop: Shop) -> None:
    made = await played(shop, await staged(shop), *SAMPLES)
    assert missed(made) == [], made
    assert made.scripts[0].after.of > 8
    assert made.scripts[0].exchanges[0].after is not None


async def test_a_rehearsal_is_the_same_twice_and_leaves_nothing(shop: Shop) -> None:
    assistant_id = await staged(shop)
    before = await counts(shop)
    first = await played(shop, assistant_id, *SAMPLES)
    assert await played(shop, assistant_id, *SAMPLES) == first
    assert await counts(shop) == before
    assert await left(shop, "SH-01") == SHOP.products[0].stock


async def test_an_order_is_rehearsed_to_its_end_and_no_stock_moves(shop: Shop) -> None:
    assistant_id = await staged(shop)
    before = await counts(shop)
    made = await played(
        shop, assistant_id, read_script((FOLDER / "ordering.yaml").read_text("utf-8"))
    )
    assert missed(made) == [], made
    last = made.scripts[0].exchanges[-1].after
    assert last is not None
    assert last.order == {"JK-04": 2}
    assert await left(shop, "JK-04") == 16
    assert await counts(shop) == before


async def test_what_became_worse_blocks_publishing_until_somebody_says_why(shop: Shop) -> None:
    assistant_id = await staged(shop)
    await keep_script(shop.database, shop.merchant, assistant_id, ARABIC_DIGITS)

    async def change(**more: object) -> None:
        await change_draft(
            *(shop.database, settings(), shop.merchant, assistant_id),
            lambda one: msgspec.structs.replace(one, **more),
            by="operator:1",
        )

    async def again(**more: str) -> int:
        return await publish(shop.database, shop.merchant, assistant_id, by="operator:1", **more)

    async def rehearsed() -> Rehearsed:
        return await rehearse_kept(
            *(shop.database, settings(), breakers(), shop.merchant, assistant_id), by="operator:1"
        )

    await change(options={"digits": "latin"})
    with pytest.raises(RegressedError, match="not rehearsed"):
        await again()
    made = await rehearsed()
    assert made.regressed == 1
    assert [one.what for one in made.scripts[0].expected if one.regressed] == ["matches"]
    with pytest.raises(RegressedError, match="1 expectations"):
        await again()
    assert await shop.one("select version from assistant") == 1
    # What was rehearsed is what is published: another change wants another rehearsal.
    await change(options={"digits": "arabic", "low_stock": 3})
    with pytest.raises(RegressedError, match="not rehearsed"):
        await again()
    assert (await rehearsed()).regressed == 0
    assert await again() == 2
    await change(options={"digits": "latin"})
    assert await again(forced="زبائن هذا الرقم يريدونها كذا") == 3
    rows = await shop.rows("select number, forced from assistant_version order by number")
    assert [(row["number"], bool(row["forced"])) for row in rows] == [
        (1, False),
        (2, False),
        (3, True),
    ]
    async with shop.database.reading(shop.merchant) as connection:
        last = await rehearsals.newest(connection, assistant_id)
    assert last is not None
    assert (last.played, last.wanted, last.regressed, last.cut_off) == (1, 1, 0, False)


async def test_an_assistant_without_an_inbox_is_rehearsed_too(shop: Shop) -> None:
    assert missed(await played(shop, await staged(shop, inbox=False), SAMPLES[0])) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name: x", "turns"),
        ("name: x\nturns: []", "1 to 30"),
        ("name: x\nturns: [{says: []}]", "1 to 20"),
        ("name: x\nturns: [{says: [a], expects: {contain: [b]}}]", "contain"),
        ("name: x\nturns: &a [{says: [hi]}]\nmore: *a", "alias"),
        ("name: !!python/object/apply:os.system [ls]\nturns: []", "no YAML"),
        ("name: [\n", "line 2"),
        ("x" * (SCRIPT_BYTES_MAX + 1), "at most"),
        ("[" * 5000, "nested|no YAML"),
    ],
)
def test_what_is_no_script_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadInputError, match=why):
        read_script(text)


def test_a_pattern_that_never_ends_does_not_hold() -> None:
    from hudhud.core.rehearsing.judging import Played, marks  # noqa: PLC0415 - of this test alone

    burst = read_script('name: x\nturns: [{says: [a], expects: {matches: "(a+)+$"}}]').turns[0]
    (mark,) = marks(burst, Played(text="a" * 60 + "b", outcome="answered"), 1, {})
    assert not mark.held
