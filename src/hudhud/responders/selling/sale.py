"""One order in the making within one reply, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import msgspec

from hudhud.model import Cart, Field, Line, Order, Product, Turn
from hudhud.responders.selling import sentences
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.particulars import Particulars
from hudhud.responders.selling.pending import Pending
from hudhud.responders.selling.wanted import Wish
from hudhud.responders.selling.wishes import Heard
from hudhud.responders.telephones import Telephone
from hudhud.responders.wording import Wording


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of an order, and what is left of the batch for everybody else.

    `left` is each message, by id, without what was of the order; `meanings` are those
    that it read. `missing` are the assistant's fields that nothing of the order asks for.
    `hand_over` is why a person is needed. `seen` are messages without words that it took in,
    `told_as` how fields were said that are kept otherwise, `doubt` a number that nothing of the
    order asks about, `known` what was looked up on the way: the cart's products too.
    `hanging` are those lines of `says` that ask whether or which of the products `about` is
    wanted, and show none.
    """

    says: tuple[str, ...] = ()
    left: dict[int, str] = {}
    collected: dict[str, str] = {}
    hand_over: str | None = None
    sources: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    order: Order | None = None
    meanings: frozenset[str] = frozenset()
    missing: tuple[Field, ...] = ()
    seen: frozenset[int] = frozenset()
    told_as: dict[str, str] = {}
    doubt: Telephone | None = None
    known: tuple[Product, ...] = ()
    hanging: tuple[str, ...] = ()
    about: tuple[Product, ...] = ()

    def unfounded(self, shown: AbstractSet[str], *, asks: bool) -> bool:
        """Whether what hangs asks of other things than the reply shows, and is better not asked.

        «في الكعك بيض؟» is answered by a row: no basket with white roses is offered then.

        Args:
            shown: the skus of what the reply shows.
            asks: something was asked; who only wants things is shown them.
        """
        about = {product.sku for product in self.about}
        if self._chooses:
            there = len(about & shown)
            return there == 1 or (asks and not there)
        return asks and about != shown

    def unshown(self, shown: AbstractSet[str]) -> tuple[Product, ...]:
        """What hangs in the air: products that are asked about, and that nobody shows.

        Args:
            shown: the skus of what the reply shows.
        """
        missing = tuple(product for product in self.about if product.sku not in shown)
        listed = self._chooses and len(self.about) - len(missing) > 1
        return () if listed or not self.hanging else missing

    @property
    def _chooses(self) -> bool:
        return len(self.hanging) == 1


@dataclass(slots=True)
class Talk:
    """The state of one reply: the cart as the last call left it, and what was said so far.

    `amended` are the lines that the batch makes of it, where it says so (`amending`), `beside` what
    it wants beside them. `waiting` are
    things that lack a size or colour, `options` those among which one is to be chosen, `offers`
    those that are only offered; each as its line is written. `missed` are those that nobody sells,
    as they were called. `model` is the phone that the last
    thing is for, and so is what follows it («كفر ايفون ١٦ ولاصقة»).
    """

    turn: Turn
    wording: Wording
    names: Names
    asked: Pending
    told: Particulars
    heard: Heard
    cart: Cart
    amended: list[Line] | None = None
    beside: list[Wish] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    products: dict[str, Product] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)
    hanging: list[str] = field(default_factory=list)
    about: list[Product] = field(default_factory=list)
    of_options: str = ""
    choose: bool = False
    model: str = ""
    meanings: set[str] = field(default_factory=set)
    hand_over: str | None = None
    order: Order | None = None
    acted: bool = False
    changed: bool = False
    ended: bool = False

    @property
    def begun(self) -> bool:
        """Whether an order was being made before this batch, or its data are told in it."""
        return bool(self.cart.lines or self.asked.ask or self.told.values)

    def say(self, key: str, **values: object) -> None:
        """Say one sentence of ours."""
        self.says.append(sentences.say(key, self.wording.language, **values))

    def give(self, reason: str, key: str, **values: object) -> None:
        """Tell that a person takes over; the first reason stands."""
        self.acted = True
        if self.hand_over is None:
            self.hand_over = reason
            self.meanings |= {"wholesale"} if reason == "large_order" else set()
            self.say(key, **values)

    def show(self, product: Product) -> None:
        """Remember that the reply is about this product."""
        self.products[product.sku] = product
        if f"product:{product.sku}" not in self.sources:
            self.sources.append(f"product:{product.sku}")

    def leave(self, wish: Wish) -> None:
        """Give a wish that is none of ours back to whoever else reads the batch."""
        for message_id, text in wish.texts:
            self.heard.left.setdefault(message_id, []).append(text)

    def _as_said(self, message_id: int, texts: Sequence[str]) -> list[str]:
        # «وصلني البوكيه دبلان، ينفع يتبدل؟»: what is told of it begins what is asked.
        whole = next((one.text for one in self.turn.messages if one.id == message_id), "")
        return sorted(texts, key=whole.find)

    def _ordered(self) -> bool:
        # «كنسل ما بدي» orders nothing, and a house's wish is business.
        other = self.meanings & {"wholesale", "cancel_order"}
        return not other and any(wish.firm and wish.live for wish in self.heard.wishes)

    def sale(self) -> Sale:
        """What came of it."""
        return Sale(
            says=tuple(self.says),
            left={n: "، ".join(self._as_said(n, texts)) for n, texts in self.heard.left.items()},
            collected=self.told.values,
            hand_over=self.hand_over,
            sources=tuple(self.sources),
            products=tuple(self.products.values()),
            order=self.order,
            meanings=frozenset(self.meanings | ({"order"} if self._ordered() else set())),
            seen=self.told.seen,
            told_as=self.told.said,
            doubt=None if self.says else self.told.doubt,
            missing=() if self.says else self.told.missing,
            known=tuple(self.names.products),
            hanging=tuple(self.hanging),
            about=tuple(self.about),
        )
