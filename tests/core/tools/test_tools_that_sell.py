"""What an assistant's calls do: a cart, a quote, an order – each once, and only under its lease."""

from __future__ import annotations

from typing import Any

import pytest
from prometheus_client import REGISTRY

from hudhud.core.tools import Memory, Toolbox
from hudhud.errors import LeaseLostError
from hudhud.model import (
    AddToCart,
    CancelOrder,
    Cart,
    ChangeCart,
    CheckStock,
    Order,
    OrderStatus,
    PlaceOrder,
    ProductDetails,
    Quote,
    Refused,
    SaveFields,
    SearchProducts,
    TurnInbox,
)
from hudhud.store import handoff
from shop import Shop
from turns import (
    ALI,
    FIELDS,
    MUG,
    SHIRT,
    claimed,
    claimed_again,
    finished,
    ordered,
    quoted,
    stocked,
    tools_of,
    turn_of,
)

TWO_MUGS = AddToCart(sku=MUG, count=2)
WHITE_M = AddToCart(sku="sh-1", size="m", colour="الأبيض")


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await stocked(shop)
    return shop


async def shelves(shop: Shop) -> dict[tuple[str, str], tuple[int, int]]:
    rows = await shop.rows(
        "select p.sku, v.size, v.stock, v.reserved from variant v"
        " join product p on p.id = v.product_id where v.active and v.colour_ar <> 'أسود'"
    )
    return {(row["sku"], row["size"]): (row["stock"], row["reserved"]) for row in rows}


async def test_an_order_is_taken_from_the_first_wish_to_its_number(shop: Shop) -> None:
    order = await ordered(shop, TWO_MUGS, WHITE_M)
    assert (order.number, order.state, order.total_minor) == (1, "placed", 41_000)
    assert [(line.sku, line.count, line.size, line.colour) for line in order.lines] == [
        (MUG, 2, "", ""),
        (SHIRT, 1, "M", "أبيض"),
    ]
    assert (order.name, order.phone, order.address) == ("علي", "07701234567", "بغداد")
    assert (await shelves(shop))[MUG, ""] == (10, 2)
    assert (await shelves(shop))[SHIRT, "M"] == (3, 1)
    claim = await claimed(shop)
    tools = tools_of(shop, claim)
    assert await tools.call(OrderStatus()) == order
    assert await tools.call(CheckStock(sku=MUG)) == 8
    details = await tools.call(ProductDetails(sku=MUG))
    assert getattr(details, "stock", None) == 8
    assert [steps["state"] for steps in await shop.rows("select state from order_step")] == [
        "placed"
    ]
    assert [row["kind"] for row in await shop.rows("select kind from order_event")] == [
        "order.placed"
    ]


@pytest.mark.parametrize(
    ("wanted", "why", "told"),
    [
        (AddToCart(sku="nothing"), "unknown_product", {}),
        (AddToCart(sku=SHIRT, size="XL"), "unknown_size", {"sizes": ["M", "L"]}),
        (AddToCart(sku=SHIRT), "unknown_size", {"sizes": ["M", "L"]}),
        (AddToCart(sku=SHIRT, size="L", colour="أحمر"), "unknown_colour", {"colours": ["أبيض"]}),
        (AddToCart(sku=SHIRT, size="M"), "unknown_colour", {"colours": ["أبيض"]}),
        (
            AddToCart(sku=SHIRT, size="M", colour="black"),
            "out_of_stock",
            {"sku": SHIRT, "size": "M", "colour": "أسود", "stock": 0},
        ),
        (
            AddToCart(sku=MUG, count=11),
            "too_many",
            {"sku": MUG, "size": "", "colour": "", "stock": 10},
        ),
        (AddToCart(sku=MUG, count=0), "unfit_value", {"count": 0}),
        (Quote(), "empty_cart", {}),
        (ALI, "empty_cart", {}),
        (OrderStatus(), "unknown_order", {}),
        (OrderStatus(number=7), "unknown_order", {}),
        (CheckStock(sku=SHIRT, size="XS"), "unknown_size", {"sizes": ["M", "L"]}),
        (ProductDetails(sku="nothing"), "unknown_product", {}),
    ],
)
async def test_what_cannot_be_done_says_why_and_what_there_is(
    shop: Shop, wanted: Any, why: str, told: dict[str, Any]
) -> None:
    tools = tools_of(shop, await claimed(shop))
    refused = await tools.call(wanted)
    assert refused == Refused(why=why, told=told)  # type: ignore[arg-type] # a literal


async def test_a_cart_is_changed_by_what_the_customer_says(shop: Shop) -> None:
    tools = tools_of(shop, await claimed(shop))
    await tools.call(TWO_MUGS)
    await tools.call(WHITE_M)
    await tools.call(AddToCart(sku=SHIRT, size="L", count=2))
    more = await tools.call(AddToCart(sku=MUG))
    assert isinstance(more, Cart)
    assert [(line.sku, line.size, line.count) for line in more.lines] == [
        (MUG, "", 3),
        (SHIRT, "M", 1),
        (SHIRT, "L", 2),
    ]
    assert await tools.call(ChangeCart(sku=SHIRT, count=1)) == Refused(
        why="unknown_size", told={"sizes": ["M", "L"]}
    )
    fewer = await tools.call(ChangeCart(sku=SHIRT, size="L", count=1))
    assert isinstance(fewer, Cart)
    assert fewer.lines[2].count == 1
    without = await tools.call(ChangeCart(sku=SHIRT, count=0))
    assert isinstance(without, Cart)
    assert [line.sku for line in without.lines] == [MUG]
    assert without.version > fewer.version > more.version


async def test_a_yes_means_what_was_shown_and_nothing_else(shop: Shop) -> None:
    claim = await claimed(shop)
    tools = tools_of(shop, claim)
    await tools.call(TWO_MUGS)
    await tools.call(Quote())
    # Not shown to anybody yet: the answer that shows it has not been written.
    assert getattr(await tools.call(ALI), "why", None) == "changed"
    assert await finished(shop, claim) == 1
    await shop.write("update product set price_minor = 9000 where sku = $1", MUG)
    claim = await claimed(shop, "نعم")
    refused = await tools_of(shop, claim).call(ALI)
    assert isinstance(refused, Refused)
    assert refused.why == "changed"
    assert refused.told["cart"]["lines"][0]["price_minor"] == 9000
    assert await shop.one("select count(*) from sales_order") == 0
    tools = tools_of(shop, claim)
    assert getattr(await tools.call(Quote()), "total_minor", 0) == 18_000
    assert await finished(shop, claim) == 1
    order = await tools_of(shop, await claimed(shop, "نعم")).call(ALI)
    assert getattr(order, "total_minor", 0) == 18_000


async def test_what_was_sold_to_somebody_else_since_the_quote_is_not_promised_twice(
    shop: Shop,
) -> None:
    await quoted(shop, AddToCart(sku=MUG, count=6), who="1")
    await ordered(shop, AddToCart(sku=MUG, count=6), who="2")
    refused = await tools_of(shop, await claimed(shop, "نعم", who="1")).call(ALI)
    assert refused == Refused(
        why="too_many", told={"sku": MUG, "size": "", "colour": "", "stock": 4}
    )


async def test_an_order_needs_a_name_and_a_phone_that_could_be_one(shop: Shop) -> None:
    await quoted(shop, TWO_MUGS)
    said = {"inbox": TurnInbox(country="IQ")}
    tools = tools_of(shop, await claimed(shop, "نعم"), said)
    assert await tools.call(PlaceOrder(name=" ", phone="")) == Refused(
        why="missing_fields", told={"fields": ["name", "phone"]}
    )
    assert await tools.call(PlaceOrder(name="علي", phone="12")) == Refused(
        why="unfit_value", told={"fields": ["phone"], "example": "0791 234 5678"}
    )
    placed = await tools.call(PlaceOrder(name="علي", phone="٠٧٧٠ ١٢٣ ٤٥٦٧"))
    assert isinstance(placed, Order)
    assert placed.phone == "+9647701234567"


async def test_a_number_that_no_plan_knows_is_placed_only_if_the_contact_insisted_on_it(
    shop: Shop,
) -> None:
    await quoted(shop, TWO_MUGS)
    said = {"inbox": TurnInbox(country="IQ"), "collected": {"phone": "077012345"}}
    tools = tools_of(shop, await claimed(shop, "نعم، أو 077012346"), said)
    refused = await tools.call(PlaceOrder(name="علي", phone="077012346"))
    assert getattr(refused, "why", None) == "unfit_value"
    placed = await tools.call(PlaceOrder(name="علي", phone="٠٧٧٠١٢٣٤٥"))
    assert getattr(placed, "phone", None) == "077012345"


async def test_an_answer_that_is_made_again_places_the_same_order(shop: Shop) -> None:
    await quoted(shop, TWO_MUGS)
    first = await tools_of(shop, await claimed(shop, "نعم")).call(ALI)
    # The worker dies here; the next one begins the same turn, and may even say it otherwise.
    again = await claimed_again(shop)
    tools = tools_of(shop, again)
    assert await tools.call(ALI) == first
    assert await tools.call(PlaceOrder(name="Ali", phone="07701234567")) == first
    assert await finished(shop, again) == 1
    assert await shop.one("select count(*) from sales_order") == 1
    assert (await shelves(shop))[MUG, ""] == (10, 2)


async def test_an_answer_that_was_thrown_away_has_changed_no_cart(shop: Shop) -> None:
    await quoted(shop, TWO_MUGS)
    lost = tools_of(shop, await claimed(shop, "وقميص"))
    await lost.call(WHITE_M)
    await lost.call(ChangeCart(sku=MUG, count=5))
    claim = await claimed_again(shop)
    tools = tools_of(shop, claim)
    cart = await tools.call(WHITE_M)
    assert isinstance(cart, Cart)
    assert [(line.sku, line.count) for line in cart.lines] == [(MUG, 2), (SHIRT, 1)]


async def test_the_same_call_twice_in_one_answer_is_done_twice(shop: Shop) -> None:
    tools = tools_of(shop, await claimed(shop))
    await tools.call(TWO_MUGS)
    cart = await tools.call(TWO_MUGS)
    assert getattr(cart, "lines", ())[0].count == 4


async def test_who_lost_the_lease_does_nothing(shop: Shop) -> None:
    await quoted(shop, TWO_MUGS)
    claim = await claimed(shop, "نعم، والطلب القديم ألغوه")
    tools = tools_of(shop, claim)
    async with shop.database.deed(shop.merchant) as connection:
        operator = await connection.fetchval(
            "insert into operator (merchant_id, email, name) values ($1, 'a@b', 'سارة')"
            " returning id",
            shop.merchant,
        )
        await handoff.to_person(connection, claim.claimed.conversation_id, operator)
    for wanted in (ALI, TWO_MUGS, CancelOrder(), SaveFields(fields={})):
        with pytest.raises(LeaseLostError):
            await tools.call(wanted)
    assert await shop.one("select count(*) from sales_order") == 0


async def test_a_cancelled_order_gives_its_stock_back_once(shop: Shop) -> None:
    await ordered(shop, AddToCart(sku=MUG, count=3))
    await ordered(shop, AddToCart(sku=MUG, count=4))
    claim = await claimed(shop, "ألغِ الطلب")
    cancelled = await tools_of(shop, claim).call(CancelOrder(reason="تأخر"))
    assert isinstance(cancelled, Order)
    assert (cancelled.number, cancelled.state, cancelled.reason) == (2, "cancelled", "تأخر")
    assert (await shelves(shop))[MUG, ""] == (10, 3)
    # Made again, "the newest" would be another one by now.
    again = tools_of(shop, await claimed_again(shop))
    assert await again.call(CancelOrder(reason="تأخر")) == cancelled
    assert (await shelves(shop))[MUG, ""] == (10, 3)


async def test_each_call_is_timed_and_counted_by_how_it_ended(shop: Shop) -> None:
    tools = tools_of(shop, await claimed(shop))
    metric = "hudhud_tool_seconds_count"

    def count(outcome: str) -> float:
        said = {"tool": "add_to_cart", "outcome": outcome}
        return REGISTRY.get_sample_value(metric, said) or 0

    before = count("done"), count("unknown_product")
    await tools.call(TWO_MUGS)
    await tools.call(AddToCart(sku="nothing"))
    assert (count("done"), count("unknown_product")) == (before[0] + 1, before[1] + 1)


async def test_only_what_the_assistant_may_do_is_done(shop: Shop) -> None:
    tools = tools_of(shop, await claimed(shop), tools=("search_products",))
    assert await tools.call(SearchProducts(words="كوب"))
    assert await tools.call(TWO_MUGS) == Refused(why="not_allowed")


async def test_fields_are_kept_as_the_assistant_wants_them(shop: Shop) -> None:
    words = "تخسيس، 0770 123 4567، 077012345"
    tools = tools_of(shop, await claimed(shop, words), fields=FIELDS)
    saved = await tools.call(SaveFields(fields={"goal": "تخسيس", "phone": "٠٧٧٠ ١٢٣ ٤٥٦٧"}))
    assert saved == {"goal": "slim", "phone": "07701234567"}
    rows = await shop.rows("select name, value from collected_field order by name")
    assert {row["name"]: row["value"] for row in rows} == saved
    assert await tools.call(SaveFields(fields={"goal": "طيران"})) == Refused(
        why="unfit_value", told={"fields": {"goal": ["slim", "bulk"]}}
    )
    refused = await tools.call(SaveFields(fields={"colour": "x"}))
    assert getattr(refused, "why", None) == "unknown_field"
    iraq = tools_of(shop, await claimed(shop), {"inbox": TurnInbox(country="IQ")}, fields=FIELDS)
    saved = await iraq.call(SaveFields(fields={"phone": "صفر سبعة سبعة صفر ١٢٣ ٤٥٦٧"}))
    assert saved == {"phone": "+9647701234567"}
    assert await iraq.call(SaveFields(fields={"phone": "077012345"})) == Refused(
        why="unfit_value", told={"fields": {"phone": "phone"}, "example": "0791 234 5678"}
    )


@pytest.mark.parametrize(
    "forged", [{"phone": "07905556677"}, {"goal": "slim"}, {"goal": "bulk", "phone": "07905556677"}]
)
async def test_what_the_contact_never_said_is_not_kept(shop: Shop, forged: dict[str, str]) -> None:
    claim = await claimed(shop, "تضخيم، ٠٧٧٠ ١٢٣ ٤٥٦٧")
    refused = await tools_of(shop, claim, fields=FIELDS).call(SaveFields(fields=forged))
    wrong = [name for name, value in forged.items() if value != "bulk"]
    assert refused == Refused(why="not_said", told={"fields": wrong})
    assert await shop.rows("select 1 from collected_field") == []


@pytest.mark.parametrize("words", ["وين طلبي؟", "لا تلغون الطلب", "ألغوا طلبي رقم 7", "شكراً"])
async def test_who_does_not_ask_for_it_cancels_nothing(shop: Shop, words: str) -> None:
    await ordered(shop, TWO_MUGS)
    tools = tools_of(shop, await claimed(shop, words))
    assert await tools.call(CancelOrder(number=1)) == Refused(why="not_agreed")
    assert await shop.one("select state from sales_order") == "placed"


async def test_a_rehearsal_sells_without_writing_anything(shop: Shop) -> None:
    turn, memory = turn_of(await claimed(shop, "أكد طلبي الثاني وألغ الأول")), Memory()

    def tools() -> Toolbox:
        return Toolbox(shop.database, None, turn, memory=memory)

    await tools().call(AddToCart(sku=MUG, count=6))
    await tools().call(Quote())
    assert getattr(await tools().call(ALI), "why", None) == "changed"
    memory.next_turn()
    order = await tools().call(ALI)
    assert isinstance(order, Order)
    assert await tools().call(ALI) == order
    assert memory.seen.lines == ()
    assert getattr(await tools().call(AddToCart(sku=MUG, count=6)), "told", {})["stock"] == 4
    memory.next_turn()
    assert getattr(await tools().call(CancelOrder()), "state", "") == "cancelled"
    assert isinstance(await tools().call(AddToCart(sku=MUG, count=6)), Cart)
    for table in ("cart", "sales_order", "tool_call", "order_event"):
        assert await shop.one(f"select count(*) from {table}") == 0
    assert (await shelves(shop))[MUG, ""] == (10, 0)
