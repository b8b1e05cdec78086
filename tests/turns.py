"""A customer's turn in a shop with something on its shelves: said, claimed, its tools at hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec

from hudhud.core.goods import picturing
from hudhud.core.media.disk import Disk
from hudhud.core.media.replying import Upload
from hudhud.core.tools import Toolbox
from hudhud.model import Assistant, Field, Order, PlaceOrder, Product, Quote, Turn
from hudhud.simulator.files import FILES
from hudhud.store import catalogue, conversations
from hudhud.store.catalogue import Stocked
from hudhud.store.conversations import Claim, Finish
from shop import Shop

SHIRT, MUG = "SH-1", "MUG-1"
ALI = PlaceOrder(name="علي", phone="٠٧٧٠١٢٣٤٥٦٧", address="بغداد")
FIELDS = (
    Field(
        name="goal",
        kind="choice",
        label_ar="الهدف",
        label_en="Goal",
        question_ar="ما هدفك؟",
        question_en="What is your goal?",
        choices={"slim": ("تخسيس",), "bulk": ("تضخيم",)},
    ),
    Field(
        name="phone",
        kind="phone",
        label_ar="الهاتف",
        label_en="Phone",
        question_ar="ما رقمك؟",
        question_en="What is your number?",
    ),
)


def product(sku: str, **more: Any) -> Product:
    plain: dict[str, Any] = {
        "id": 0,
        "sku": sku,
        "name_ar": "قميص" if sku == SHIRT else "كوب",
        "name_en": "Shirt" if sku == SHIRT else "Mug",
        "description_ar": "",
        "description_en": "",
        "price_minor": 25_000,
        "currency": "IQD",
        "stock": 10,
        "sizes": (),
        "colours_ar": (),
        "colours_en": (),
        "category_ar": "",
        "category_en": "",
    }
    return Product(**(plain | more))


async def stocked(shop: Shop, *, mugs: int = 10) -> None:
    """Shirts in two sizes and two colours, each on a shelf of its own; mugs are mugs."""
    shirt = product(
        SHIRT, sizes=("M", "L"), colours_ar=("أبيض", "أسود"), colours_en=("white", "black")
    )
    variants = [
        Stocked(sku=SHIRT, stock=stock, size=size, colour_ar=arabic, colour_en=english)
        for size, arabic, english, stock in (
            ("M", "أبيض", "white", 3),
            ("M", "أسود", "black", 0),
            ("L", "أبيض", "white", 2),
        )
    ]
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_products(
            connection, shop.merchant, [shirt, product(MUG, stock=mugs, price_minor=8_000)]
        )
        await catalogue.put_variants(connection, shop.merchant, variants)


async def pictured(shop: Shop, folder: Path, sku: str = SHIRT, *, count: int = 1) -> list[int]:
    """Give a product pictures; returns the ids of their files."""

    async def chunks() -> AsyncIterator[bytes]:
        yield FILES["image"].data

    product = await shop.one("select id from product where sku = $1", sku)
    for _ in range(count):
        upload = Upload("a.png", "image/png", chunks())
        await picturing.add(shop.database, Disk(folder), shop.merchant, product, upload)
    rows = await shop.rows("select media_id from product_image where product_id = $1", product)
    return sorted(row["media_id"] for row in rows)


async def claimed(shop: Shop, words: str = "أريد", *, who: str = "964770") -> Claim:
    """This customer says something, and their batch is ours to answer."""
    await shop.receive(shop.message(words, who=who))
    return await claimed_again(shop, who=who)


async def claimed_again(shop: Shop, *, who: str = "964770") -> Claim:
    """Whatever this customer waits for, as a worker claims it; a lease that runs is over."""
    await shop.write("update conversation set lease_until = now() where lease_until is not null")
    await shop.make_due()
    conversation = await shop.one(
        "select k.id from conversation k join contact_alias l on l.contact_id = k.contact_id"
        " where l.value = $1",
        who,
    )
    (claim,) = await conversations.claim(
        shop.database, [(shop.merchant, conversation)], holder="test", lease_s=60, alone=True
    )
    assert claim.verdict == "claimed"
    return claim


def turn_of(claim: Claim, **more: Any) -> Turn:
    assistant: dict[str, Any] = {
        "id": 1,
        "merchant_id": claim.claimed.merchant_id,
        "name": "هدهد",
        "responder": "catalogue",
        "instructions": "",
        "options": {},
    }
    return Turn(
        merchant_id=claim.claimed.merchant_id,
        merchant_name="متجر",
        conversation_id=claim.claimed.conversation_id,
        contact_name="",
        assistant=Assistant(**(assistant | more)),
        messages=claim.messages,
        collected={"phone": ALI.phone, "address": ALI.address},
    )


def tools_of(shop: Shop, claim: Claim, told: dict[str, Any] | None = None, **more: Any) -> Toolbox:
    """A fresh attempt at this turn, as a worker begins it; `told` is what its turn holds beside."""
    turn = msgspec.structs.replace(turn_of(claim, **more), **(told or {}))
    return Toolbox(shop.database, claim, turn)


async def finished(shop: Shop, claim: Claim, outcome: Any = "answered") -> int:
    ending = Finish(claimed=claim.claimed, outcome=outcome, parts=("تم",), retry_ms=0)
    return len(await conversations.finish(shop.database, [ending]))


async def quoted(shop: Shop, *wanted: Any, who: str = "964770") -> None:
    """A whole turn: these calls, then the cart is shown to the customer."""
    claim = await claimed(shop, who=who)
    tools = tools_of(shop, claim)
    for call in (*wanted, Quote()):
        result = await tools.call(call)
        assert hasattr(result, "lines"), result
    assert await finished(shop, claim) == 1


async def ordered(shop: Shop, *wanted: Any, who: str = "964770") -> Order:
    """Two whole turns: chosen and shown, then agreed to and placed."""
    await quoted(shop, *wanted, who=who)
    claim = await claimed(shop, "نعم", who=who)
    order = await tools_of(shop, claim).call(ALI)
    assert isinstance(order, Order), order
    assert await finished(shop, claim) == 1
    return order
