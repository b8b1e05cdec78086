"""A customer and the offline responder, turn by turn, at a counter in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from counter import Counter
from msgspec.structs import replace

from hudhud.model import Answer, Assistant, Faq, Order, Product, Said, Turn, TurnInbox
from hudhud.ops.sample.sample import sample
from hudhud.responders import catalogue

FASHION = sample()
CLOTHES = FASHION.products
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HISTORY_MAX = 12
ANY_INBOX = TurnInbox()


def product(sku: str, arabic: str, english: str, price: int, stock: int, **more: Any) -> Product:
    plain: dict[str, Any] = {
        "description_ar": "",
        "description_en": "",
        "sizes": (),
        "colours_ar": (),
        "colours_en": (),
        "category_ar": "مخبوزات",
        "category_en": "Bakery",
    }
    return Product(
        id=len(sku) + price,
        sku=sku,
        name_ar=arabic,
        name_en=english,
        price_minor=price,
        currency="SAR",
        stock=stock,
        **(plain | more),
    )


BAKERY = (
    product("DT", "تمر سكري فاخر", "Sukkari dates", 4000, 30, category_ar="تمور"),
    product("MM", "معمول بالفستق", "Pistachio maamoul", 2500, 12),
    product("BR", "خبز صاج", "Saj bread", 500, 200),
    product("HN", "عسل سدر", "Sidr honey", 15000, 3, category_ar="عسل"),
    product("CK", "كيكة تمر بالكراميل", "Date caramel cake", 9000, 0, sizes=("صغير", "كبير")),
    product("CF", "قهوة عربية مبهرة", "Spiced Arabic coffee", 3500, 40, category_ar="قهوة"),
    product("TR", "صينية حلى مشكل", "Mixed sweets tray", 12000, 6, sizes=("6 أشخاص", "12 شخص")),
)


class Talking:
    """One conversation: its history, cart, orders and what was collected go from turn to turn."""

    def __init__(
        self,
        products: Sequence[Product] = CLOTHES,
        *,
        faqs: tuple[Faq, ...] = FASHION.faqs,
        assistant: Assistant | None = None,
        inbox: TurnInbox = ANY_INBOX,
        collected: dict[str, str] | None = None,
    ) -> None:
        self.inbox = inbox
        self.counter = Counter(products)
        self.faqs = faqs
        self.assistant = assistant or FASHION.assistants[0]
        self.options = catalogue.Options()
        self.finds: tuple[Product, ...] | None = None
        self.history: list[Said] = []
        self.collected: dict[str, str] = dict(collected or {})
        self.answers: list[Answer] = []

    async def say(self, *burst: str, kind: str = "text") -> Answer:
        """A burst, answered by the responder."""
        batch = [self._said("contact", text, kind) for text in burst]
        found = tuple(self.counter.products.values())
        turn = Turn(
            merchant_id=1,
            merchant_name="متجر",
            conversation_id=1,
            contact_name="",
            assistant=self.assistant,
            messages=tuple(batch),
            inbox=self.inbox,
            history=tuple(self.history[-HISTORY_MAX - len(batch) : -len(batch)]),
            products=self.finds if self.finds is not None else found,
            faqs=self.faqs,
            collected=self.collected,
            cart=self.counter.cart,
            orders=tuple(self.counter.orders),
        )
        answer = await catalogue.answer(turn, self.options, deadline_s=1, tools=self.counter)
        self.collected = {**self.collected, **answer.collected}
        self.answers.append(answer)
        if answer.text:
            self._said("assistant", answer.text, "text")
        for content in answer.contents:
            self._said("assistant", getattr(content, "caption", ""), content.tag)
        return answer

    async def all(self, *turns: str | tuple[str, ...]) -> Answer:
        """Several bursts; returns the last answer."""
        for turn in turns:
            await self.say(*([turn] if isinstance(turn, str) else turn))
        return self.answers[-1]

    @property
    def orders(self) -> list[Order]:
        """Placed orders, oldest first."""
        return self.counter.orders[::-1]

    @property
    def bought(self) -> list[str]:
        """The lines of every order that was placed, as «2 SH-01 L أبيض»."""
        return [line for order in self.orders for line in told(order.lines)]

    @property
    def cart(self) -> list[str]:
        """The lines of the cart, written so."""
        return told(self.counter.cart.lines)

    def sell_out(self, sku: str, left: int = 0) -> None:
        """Somebody else buys until so many are left."""
        self.counter.products[sku] = replace(self.counter.products[sku], stock=left)

    def reprice(self, sku: str, price_minor: int) -> None:
        """The merchant changes a price."""
        changed = replace(self.counter.products[sku], price_minor=price_minor)
        self.counter.products[sku] = changed

    def _said(self, author: Any, text: str, kind: str) -> Said:
        said = Said(id=len(self.history) + 1, author=author, kind=kind, text=text, at=NOW)
        self.history.append(said)
        return said


def told(lines: Sequence[Any]) -> list[str]:
    return [
        " ".join(str(one) for one in (line.count, line.sku, line.size, line.colour) if one)
        for line in lines
    ]
