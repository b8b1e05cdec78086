"""The offline default: answers a whole batch once, only from the merchant's own rows.

Prices and stock come from `turn.products`, everything else from `turn.faqs`. What neither holds
is never invented: the customer is told so and a person takes over (law 6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from hudhud.model import Answer, Product, Tools, Turn
from hudhud.model.goods import PICTURES_MAX
from hudhud.responders import collecting, dealing, examples, phrases, picturing, quoting, shelf
from hudhud.responders.addressing import language_of
from hudhud.responders.examples.greeting import greeted
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, understood
from hudhud.responders.matching import TROUBLE, Matched, answered, matched
from hudhud.responders.referring import as_meant, of_the_cart, read_on, refer_back
from hudhud.responders.selling import Sale, bare_nod, carried_out, sells, sold
from hudhud.responders.telephones import shown
from hudhud.responders.unseen import unseen, wordless
from hudhud.responders.wording import Wording
from hudhud.text import words

# How sure an answer is: what was named was found, only what comes nearest, nothing was read.
_SURE, _NEAREST, _ASKING = 0.9, 0.5, 0.35
LIST_MAX, SIMILAR_MAX, CATEGORIES_MAX = 5, 3, 12

_LETTER = re.compile(r"[^\W\d_]")
# «ممكن صورة؟», and «وريني»: what has no picture is told so only to the first.
_TO_SEE = frozenset({"picture", "see"})
_BESIDE = frozenset({"greeting", "thanks", "goodbye"})  # answered whatever else was said


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How Arabic answers write `digits`; at or below `low_stock` pieces the count is told.

    `pictures` leave when they are `asked` for, or also with the `first` words about a product.
    """

    digits: Literal["arabic", "latin"] = "arabic"
    low_stock: int = 5
    pictures: picturing.Habit = "asked"


def service(options: Options) -> str:  # noqa: ARG001 - the Responder's shape
    """Nobody outside is asked."""
    return ""


async def answer(
    turn: Turn,
    options: Options,
    *,
    deadline_s: float,  # noqa: ARG001 - the Responder's shape
    tools: Tools,
) -> Answer:
    """Answer one batch; needs no network and a few milliseconds.

    Args:
        turn: the batch with what the store's search found for it.
        options: how to write numbers.
        deadline_s: not needed here.
        tools: carries out what an order needs.

    Raises:
        StoreUnavailableError: PostgreSQL stayed away while something was ordered.
        LeaseLostError: this turn is not ours any more.
    """
    wording = Wording(language_of(turn), options.digits, options.low_stock)
    turn = as_meant(turn)
    sale = await carried_out(dealing.sell(turn, wording), tools)
    return _Reply(turn, wording, sale, options.pictures).answer()


class _Reply:
    """One reply in the making: its parts in order, its sources, and why a person is needed."""

    def __init__(self, turn: Turn, wording: Wording, sale: Sale, habit: picturing.Habit) -> None:
        self.turn, self.wording, self.sale, self.habit = turn, wording, sale, habit
        self.spoken = [
            msgspec.structs.replace(said, text=sale.left[said.id])
            for said in turn.messages
            if sale.left.get(said.id, "").strip()
        ]
        self.gathered = self._gathered()
        self.readings = [
            read_on(turn, said, used=said.id in self.gathered.used, sold=bool(sale.says))
            for said in self.spoken
        ]
        self.both = tuple(zip(self.spoken, self.readings, strict=True))
        self.meanings = {meaning for told in self.readings for meaning in told.meanings}
        self.meanings |= {m for s in turn.messages for m in understood(s.text).meanings} & _BESIDE
        self.parts: list[str] = []
        self.sources: list[str] = []
        self.hand_over: str | None = None
        self.sure = _SURE
        self.products: dict[str, Product] = {}
        self.seen: dict[str, Product] = {}
        self.documents: dict[str, str] = {}

    def answer(self) -> Answer:
        self.parts += greeted(self.turn, self.wording, self.meanings)
        lost = self._fields(self._topics(self._products()))
        self._sell()
        self._close(lost)
        collected = {**self.gathered.values, **self.sale.collected}
        if not self.parts and wordless(self.turn.messages):
            return Answer(noted="acknowledgement", collected=collected)
        if not self.parts:
            self._break_silence()
        return Answer(
            text="\n".join(self.parts),
            hand_over=self.hand_over,
            source=", ".join(dict.fromkeys(self.sources)) or "phrases",
            collected=collected,
            trace=self._trace(),
            contents=picturing.pictures(picturing.as_asked(self.seen, self.turn), self.wording),
            confidence=self.sure,
        )

    def _gathered(self) -> collecting.Gathered:
        """The assistant's own fields; who orders is asked by the order itself."""
        sale = self.sale
        if sale.says or sale.collected or sale.doubt:
            missing = sale.missing if self.turn.assistant.fields else ()
            return collecting.Gathered(missing=missing, doubt=sale.doubt)
        return collecting.of_turn(self.turn, self.spoken, shelf.vocabulary(self.turn.products))

    def _trace(self) -> dict[str, object]:
        read = answered(self.sources, self.readings, self.meanings | self.sale.meanings)
        trace: dict[str, object] = {"meanings": sorted(read), "products": list(self.products)}
        if told_as := {**self.gathered.said, **self.sale.told_as}:
            trace["said"] = told_as
        if self.documents:
            trace["documents"] = self.documents
        if order := self.sale.order:
            trace["order"] = {"number": order.number, "lines": sold(order.lines)}
        return trace

    def _sell(self) -> None:
        """What was said and done of an order, after everything else was answered."""
        sale, shown = self.sale, self.products.keys()
        hanging = sale.hanging if self.parts and sale.unfounded(shown, asks=self._asks()) else ()
        unshown = () if hanging else sale.unshown(shown)
        self.parts += [self.wording.product(one, set(), (), single=True) for one in unshown]
        says = [said for said in sale.says if said not in hanging]
        self.parts += [said for said in says if said not in self.parts]
        self.sources += sale.sources
        self.products |= {product.sku: product for product in (*unshown, *sale.products)}
        self.hand_over = self.hand_over or sale.hand_over

    def _say(self, key: str, **values: object) -> None:
        if (said := phrases.say(key, self.wording.language, **values)) not in self.parts:
            self.parts.append(said)

    def _give(self, reason: str, key: str, **values: object) -> None:
        """Tell that a person takes over; the first reason stands, one such sentence is enough."""
        if self.hand_over is None:
            self.hand_over = reason
            self._say(key, **values)

    def _products(self) -> Matched:
        """Answer everything about products; returns what else the messages are about."""
        turn = self.turn
        found = matched(turn.products, turn.faqs, self.readings, fresh=not turn.history)
        if found.groups or found.rows:
            self.meanings.discard("off_topic")
        if self.meanings & TROUBLE or self._quoted(found):
            return found
        plain = not found.groups and not found.rows and not found.unsure
        if "browse" in self.meanings and plain:
            self._browse()
            found.lost, found.unanswered = [], []
            return found
        if not of_the_cart(found, turn, known := self.sale.known or turn.products, self.both):
            refer_back(found, turn.history, known, self.both, asked=self._points_back(found))
        aspects = self.meanings & set(ASPECTS)
        said = [word for message in self.spoken for word in words(message.text)]
        for group in found.groups:
            self._shelf(group, aspects, said)
        if found.described:
            self.parts.append(self.wording.described(found.described))
        if aspects & _TO_SEE and self.seen:
            self.parts.append(self.wording.pictured(picturing.as_asked(self.seen, self.turn)))
        if not found.groups and self._points_back(found):
            self._ask_which()
        return found

    def _points_back(self, found: Matched) -> bool:
        """Whether something about a product is asked, and no product named: «والمقاسات؟»."""
        # «ممكن صورة؟» in the middle of an order means what was just spoken of.
        meant = _TO_SEE | ({"colours", "sizes"} if self._asks() else set())
        asked = self.meanings & (meant if self.sale.says else {*ASPECTS, "order"})
        other = found.rows or found.lost or found.beyond or found.unsure or found.unanswered
        return bool(asked) and not other and not self.meanings & {*TOPICS, *TROUBLE, "browse"}

    def _ask_which(self) -> None:
        if self.gathered.missing or self.gathered.used or self.sale.says:
            return
        key = "which_to_order" if "order" in self.meanings else "which_product"
        if self._said_before(key):
            self._give("not_understood", "not_known")
        else:
            self._say(key)

    def _shelf(self, found: shelf.Found, aspects: set[str], said: Sequence[str]) -> None:
        shown = [p for p in found.products if p.sku not in self.products][:LIST_MAX]
        if shown and not found.exact:
            self.sure = _NEAREST
            self._say("closest")
        single = len(shown) == 1
        asked = "picture" in aspects
        seen = self._see(shown, aspects)
        aspects = aspects - {"see"}
        for product in shown:
            self.products[product.sku] = product
            self.sources.append(f"product:{product.sku}")
            of_it = aspects if product in seen else aspects - {"picture"}
            line = self.wording.product(product, of_it, said, single=single)
            # What stands below its picture is not said twice.
            if not (asked and product in seen and line == self.wording.caption(product)):
                self.parts.append(line if single else f"• {line}")
            if single and product.stock <= 0:
                self._similar(product)
        if len(found.products) > LIST_MAX:
            self._say("more")

    def _see(self, shown: Sequence[Product], aspects: set[str]) -> list[Product]:
        """What goes with its pictures; what was to be seen and has none is told so."""
        room = PICTURES_MAX - len(self.seen)
        seen = picturing.to_show(self.turn, shown, self.habit, asked=bool(aspects & _TO_SEE))[:room]
        self.seen |= {product.sku: product for product in seen}
        bare = [p for p in shown if not (p.images and picturing.shows(self.turn.assistant))]
        if "picture" in aspects and bare:
            self.parts.append(self.wording.unpictured(bare))
        return seen

    def _similar(self, product: Product) -> None:
        if others := shelf.similar(product, self.turn.products, SIMILAR_MAX):
            self.sources.extend(f"product:{other.sku}" for other in others)
            self._say("similar", names=self.wording.names(others))

    def _browse(self) -> None:
        categories = dict.fromkeys(self.wording.category(p) for p in self.turn.products)
        if not categories:
            self._give("unknown_product", "no_product")
            return
        self.sources.extend(f"product:{product.sku}" for product in self.turn.products[:LIST_MAX])
        self._say("browse", categories=self.wording.listed(list(categories)[:CATEGORIES_MAX]))

    def _quoted(self, found: Matched) -> bool:
        """Answer from the merchant's documents what nothing else surely answers."""
        quote = quoting.answering(self.turn, found, self.readings, self.wording.language)
        if quote is not None and not self.sale.says:
            self._say("from_document", quote=quote.text, source=quote.passage.source)
            self.sources.append(f"passage:{quote.passage.id}")
            self.documents[str(quote.passage.id)] = quote.passage.source
            found.told_elsewhere()
        return bool(self.documents)

    def _topics(self, found: Matched) -> list[Understood]:
        """Answer from FAQ rows; returns the messages that nothing fits."""
        self._call()
        for row in found.rows:
            if (told := self.wording.faq(row)) not in self.parts:
                self.sources.append(f"faq:{row.topic}")
                self.parts.append(told)
        named = any(group.exact for group in found.groups)
        if dealing.quoted(found.told, self.readings, named=named):
            self._give("large_order", "to_quote")
        if found.beyond and not self.parts:
            self._say("off_topic", merchant=self.turn.merchant_name)
        if found.unsure and not found.rows:
            self._give("unknown_detail", "not_known")
        busy = self.gathered.missing or self.sale.says
        for topic in () if busy and not self._asks() else found.unanswered:
            if topic == "discount" and examples.are("haggle", (s.text for s in self.spoken)):
                self._say("as_listed")
                continue
            name = phrases.topic_name(topic, self.wording.language)
            self._give(f"unknown_topic:{topic}", "no_topic", topic=name)
        return found.lost

    def _asks(self) -> bool:
        return any(reading.asks for reading in self.readings)

    def _fields(self, lost: list[Understood]) -> list[Understood]:
        """Confirm what was collected and ask for the rest; a plain sentence is then no riddle."""
        gathered, fields = self.gathered, self.turn.assistant.fields
        values = shown(fields, {**self.turn.collected, **gathered.values}, self.turn)
        if gathered.values and gathered.missing:
            new = [field for field in fields if field.name in gathered.values]
            self._say("noted_fields", fields=self.wording.fields(new, values))
        elif gathered.values:
            name = next((values[field.name] for field in fields if field.kind == "name"), "")
            key = "confirmed" if name else "confirmed_unnamed"
            self._say(key, name=name, fields=self.wording.fields(fields, values))
        if gathered.doubt:
            self.parts.append(self.wording.doubted(gathered.doubt))
        if not self._may_ask(lost):
            return lost
        self.parts.append(self.wording.ask(gathered.missing))
        return []

    def _may_ask(self, lost: Sequence[Understood]) -> bool:
        told = self.gathered.missing and (self.spoken or self.gathered.heard)
        if not told or self.hand_over or self.meanings & TROUBLE:
            return False
        if lost:
            asked = collecting.asked_before(self.turn.assistant.fields, self.turn.history)
            stuck = (asked or examples.asked_already(self.turn)) and not self.gathered.values
            return not stuck and not any(reading.asks for reading in lost)
        return bool(self.gathered.heard or self.meanings - {"ack", "thanks", "goodbye"})

    def _close(self, lost: Sequence[Understood]) -> None:
        asking = bool(self.parts) and self.parts[-1].rstrip().endswith(("؟", "?"))
        if "thanks" in self.meanings and not (self.gathered.values or asking):
            self._say("thanks")
        unsold = not self.turn.assistant.fields and not sells(self.turn.assistant)
        if "order" in self.meanings and self.products and unsold:
            self._give("wants_to_order", "to_order")
        seen = self.gathered.used | self.sale.seen
        for said in (s for s in self.turn.messages if s.id not in seen and unseen(s)):
            name = phrases.kind_name(said.kind, self.wording.language)
            self._give(f"unseen_message:{said.kind}", "unseen", kind=name)
        self._admit(lost)
        if "goodbye" in self.meanings:
            self._say("goodbye")
        if len(self.parts) == 1 and "greeting" in self.meanings:
            self._say("offer_help")

    def _call(self) -> None:
        """Tell that a person takes over, before any row is told."""
        for meaning, (reason, key) in phrases.GIVEN.items():
            if meaning in self.meanings and not (self.sale.says and meaning in phrases.SOLD):
                self._give(reason, key)

    def _admit(self, lost: Sequence[Understood]) -> None:
        """Say what is not known (law 6): asked about once, then a person; nothing is invented."""
        asked = (examples.names_a_thing(s.text, told) for s, told in self.both if told in lost)
        if not self.sale.says and any(asked):
            self._admit_no_such_thing()
        elif lost or (not self.parts and self._unread()):
            self._answer_unread(lost)

    def _admit_no_such_thing(self) -> None:
        """Say what is not sold, and what is; where that is no answer, a person looks."""
        if examples.for_wares(self.both) and not self._said_before("not_sold"):
            self.sure = _ASKING
            self._say("not_sold")
            self._browse()
        else:
            self._give("unknown_product", "no_product")

    def _break_silence(self) -> None:
        """Whatever is said is answered (law 6): a bare nod kindly, anything else as not read."""
        if self.meanings == {"ack"} or all(bare_nod(said.text) for said in self.turn.messages):
            self.meanings.add("ack")
            self._say("gladly")
        else:
            self._answer_unread(())

    def _answer_unread(self, lost: Sequence[Understood]) -> None:
        unread = [(s.text, told) for s, told in self.both if not lost or told in lost]
        texts, plainly = [text for text, _ in unread], any(map(examples.asked_plainly, unread))
        if kinds := examples.chat(texts, asked=bool(self.gathered.missing)):
            self.meanings |= kinds
            self.parts = self.parts or examples.kindly(kinds, self.turn, self.wording)
        elif self.sale.collected and not any(told.asks for _, told in unread):
            return  # «والتيليفون …»: what was noted is shown, and was understood
        elif examples.are("browse", texts):
            self._browse()
        elif examples.are("detail", texts):
            self._give("unknown_detail", "not_known")
        elif self.sale.says and not (self.hand_over or examples.asked_already(self.turn)):
            unclear = phrases.say("not_clear", self.wording.language)
            self.parts.insert(len(self.parts) - len(self.sale.says), unclear)
        elif self.hand_over or plainly or examples.asked_already(self.turn):
            self._give("not_understood", "not_known")
        else:
            self.sure = _ASKING
            self.parts += examples.question(self.turn, self.wording, self.gathered.missing)

    def _said_before(self, key: str) -> bool:
        """Whether our last words say this already: once is patience, twice is a wall."""
        ours = (said.text for said in reversed(self.turn.history) if said.author != "contact")
        return phrases.say(key, self.wording.language) in next(ours, "")

    def _unread(self) -> bool:
        """Whether something was said of which nothing was read: silence would be no answer."""
        used = self.gathered.used
        return any(
            told.terms or not (told.meanings or said.id in used or not _LETTER.search(said.text))
            for said, told in self.both
        )
