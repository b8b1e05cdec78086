"""A worker dies, or a person comes, between an order and its answer: one order, one number."""

from __future__ import annotations

from typing import Any

from broken_model import BrokenModel, broken_model, calls, hangs, says
from shops import Shop, opened_shop, until

SHIRT = "SH-01"
ALI = {"name": "علي", "phone": "07701234567", "address": "بغداد"}


def assistant(model: BrokenModel) -> dict[str, Any]:
    return {
        "responder": "llm",
        "options": {"model": "openai:m", "base_url": model.url, "api_key": "local"},
    }


async def sized(shop: Shop) -> dict[str, Any]:
    """A shirt as a model orders it: of each told size and colour the first."""
    (row,) = await shop.rows(
        "select sizes, colours_ar from product where merchant_id = $1 and sku = $2", SHIRT
    )
    return {"sku": SHIRT, "size": [*row["sizes"], ""][0], "colour": [*row["colours_ar"], ""][0]}


async def shown(shop: Shop, model: BrokenModel) -> None:
    """A customer chose a shirt and read what it costs."""
    model.does = [
        calls(("add_to_cart", await sized(shop)), ("quote", {})),
        says({"response": "هذا طلبك، هل نؤكده؟"}),
    ]
    await shop.say("أريد قميصًا")
    await shop.answered(1)


async def orders(shop: Shop) -> list[tuple[int, str]]:
    rows = await shop.rows("select number, state from sales_order where merchant_id = $1")
    return [(row["number"], row["state"]) for row in rows]


async def reserved(shop: Shop) -> int:
    return int(await shop.value("select sum(reserved) from variant where merchant_id = $1"))


async def test_a_worker_killed_between_an_order_and_its_answer_answers_with_the_same_order(
    ground: Any,
) -> None:
    async with (
        broken_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=assistant(model)) as shop,
    ):
        await shown(shop, model)
        before = len(model.asked)
        # The order is placed, and the model is asked what to say of it.
        model.does = [calls(("place_order", ALI)), hangs]
        await shop.say("نعم، علي 07701234567 بغداد. والقديم ألغوه")
        await until(lambda: asked(model, before + 2), "the model heard of the order")
        assert await orders(shop) == [(1, "placed")]
        ground.house.worker.kill()
        # The next worker begins anew, and its model says it a little otherwise.
        model.does = [
            calls(("place_order", {**ALI, "name": "السيد علي"})),
            says({"response": "تم تسجيل طلبك رقم 1"}),
        ]
        ground.house.restart(ground.house.worker)
        await shop.answered(2)
        assert await orders(shop) == [(1, "placed")]
        assert await reserved(shop) == 1
        told = str(model.asked[-1]["messages"])
        assert '"number\\":1' in told.replace(" ", "") or '"number":1' in told.replace(" ", "")
        assert len(await shop.sends()) == 2


async def test_who_takes_over_between_an_order_and_its_answer_sees_the_order_and_no_answer(
    ground: Any,
) -> None:
    async with (
        broken_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=assistant(model)) as shop,
    ):
        await shown(shop, model)
        before = len(model.asked)
        model.does = [calls(("place_order", ALI)), hangs]
        await shop.say("نعم، علي 07701234567 بغداد. والقديم ألغوه")
        await until(lambda: asked(model, before + 2), "the model heard of the order")
        await shop.rows(
            "update conversation set state = 'human', fence = fence + 1, lease_until = null,"
            " holder = null, due_at = null where merchant_id = $1 returning id"
        )
        model.does = [calls(("cancel_order", {}))]
        model.end()
        worker = ground.house.worker
        worker.until(lambda: "lease.lost" in worker.said)
        assert await orders(shop) == [(1, "placed")]
        assert len(await shop.sends()) == 1


async def asked(model: BrokenModel, times: int) -> bool:
    return len(model.asked) >= times
