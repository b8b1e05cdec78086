"""The offline default: answers a whole batch once, only from the merchant's own rows.

Prices and stock come from `turn.products`, everything else from `turn.faqs`. What neither holds
is never invented: the customer is told so and a person takes over (law 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from hudhud.model import Answer, Faq, Product, Said, Turn
from hudhud.responders import collecting, phrases, shelf
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, forms, understood
from hudhud.responders.wording import Wording
from hudhud.text import Language, language, search_terms, words

LIST_MAX = 5
SIMILAR_MAX = 3
CATEGORIES_MAX = 12
HISTORY_LOOK_BACK = 12
_KIND_WORDS_MAX = 2

# What a message's text says in full; any other kind holds something that only a person sees.
_READ_KINDS = frozenset(
    {"text", "button", "interactive", "reply", "template", "postback", "story_reply"}
)
# These say nothing to answer.
_SMILES = frozenset({"sticker", "like_heart"})
_SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "ack"})
_ASKED = frozenset(ASPECTS)
# Beside one of these, words that name no product are part of what was said, and no riddle.
_EXPLAINED = frozenset({*TOPICS, "person", "complaint", "browse", "your_name"})


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How Arabic answers write `digits`; at or below `low_stock` pieces the count is told."""

    digits: Literal["arabic", "latin"] = "arabic"
    low_stock: int = 5


def service(options: Options) -> str:  # noqa: ARG001 - the Responder's shape
    """Nobody outside is asked."""
    return ""


async def answer(turn: Turn, options: Options, *, deadline_s: float) -> Answer:  # noqa: ARG001 - the Responder's shape
    """Answer one batch; needs no network and a few milliseconds.

    Args:
        turn: the batch with what the store's search found for it.
        options: how to write numbers.
        deadline_s: not needed here.
    """
    return _Reply(turn, options).answer()


class _Reply:
    """One reply in the making: its parts in order, its sources, and why a person is needed."""

    def __init__(self, turn: Turn, options: Options) -> None:
        self.turn = turn
        self.spoken = [
            said
            for said in turn.messages
            if said.text.strip() and said.kind not in collecting.SHARED_KINDS
        ]
        self.wording = Wording(_language(turn), options.digits, options.low_stock)
        self.gathered = collecting.gather(
            turn.assistant.fields,
            self.spoken,
            turn.collected,
            turn.history,
            shelf.vocabulary(turn.products),
        )
        self.readings = [self._reading(said) for said in self.spoken]
        self.meanings = {meaning for told in self.readings for meaning in told.meanings}
        self.parts: list[str] = []
        self.sources: list[str] = []
        self.hand_over: str | None = None
        self.products: dict[str, Product] = {}

    def answer(self) -> Answer:
        self._greet()
        lost = self._fields(self._topics(self._products()))
        self._close(lost)
        if not self.parts:
            return Answer(noted="acknowledgement", collected=self.gathered.values)
        return Answer(
            text="\n".join(self.parts),
            hand_over=self.hand_over,
            source=", ".join(dict.fromkeys(self.sources)) or "phrases",
            collected=self.gathered.values,
            trace={"meanings": sorted(self.meanings), "products": list(self.products)},
        )

    def _reading(self, said: Said) -> Understood:
        """A message that gave a field is read on only for what else it plainly holds."""
        told = understood(said.text)
        if said.id in self.gathered.used and not shelf.find(self.turn.products, told.terms).exact:
            return Understood(meanings=told.meanings, terms=(), asks=told.asks)
        return told

    def _say(self, key: str, **values: object) -> None:
        self.parts.append(phrases.say(key, self.wording.language, **values))

    def _give(self, reason: str, key: str, **values: object) -> None:
        """Tell that a person takes over; the first reason stands, one such sentence is enough."""
        if self.hand_over is None:
            self.hand_over = reason
            self._say(key, **values)

    def _greet(self) -> None:
        if "greeting" in self.meanings:
            salam = any({"سلام", "السلام", "salam"} & set(words(said.text)) for said in self.spoken)
            self._say("salam" if salam else "greeting", merchant=self.turn.merchant_name)
        if "your_name" in self.meanings:
            name, merchant = self.turn.assistant.name, self.turn.merchant_name
            self._say("own_name", assistant=name, merchant=merchant)

    def _products(self) -> list[Understood]:
        """Answer everything about products; returns the messages whose words fit none."""
        if "browse" in self.meanings and not any(told.terms for told in self.readings):
            self._browse()
            return []
        groups, lost = _groups(self.turn.products, self.readings)
        if all(found.by == "trait" for found in groups) and self._points_back(lost):
            groups = self._from_history() or groups
        aspects = self.meanings & set(ASPECTS)
        said = [word for message in self.spoken for word in words(message.text)]
        for found in groups:
            self._shelf(found, aspects, said)
        if not groups and self._points_back(lost):
            self._ask_which()
        return lost

    def _points_back(self, lost: Sequence[Understood]) -> bool:
        """Whether something about a product is asked, and no product named: «والمقاسات؟»."""
        asked = self.meanings & {*ASPECTS, "order"}
        return bool(asked) and not lost and not self.meanings & {*TOPICS, "browse"}

    def _from_history(self) -> list[shelf.Found]:
        for said in self.turn.history[: -HISTORY_LOOK_BACK - 1 : -1]:
            products = shelf.mentioned(self.turn.products, said.text)
            if not products and said.author == "contact":
                found = shelf.find(self.turn.products, understood(said.text).terms)
                products = found.products if found.exact else ()
            if products:
                return [shelf.Found(products=products, exact=True, by="name")]
        return []

    def _ask_which(self) -> None:
        ours = [said.text for said in self.turn.history if said.author != "contact"]
        if ours and phrases.say("which_product", self.wording.language) in ours[-1]:
            self._give("not_understood", "not_known")
        elif "order" not in self.meanings:
            self._say("which_product")

    def _shelf(self, found: shelf.Found, aspects: set[str], said: Sequence[str]) -> None:
        shown = [p for p in found.products if p.sku not in self.products][:LIST_MAX]
        if shown and not found.exact:
            self._say("closest")
        single = len(shown) == 1
        for product in shown:
            self.products[product.sku] = product
            self.sources.append(f"product:{product.sku}")
            line = self.wording.product(product, aspects, said, single=single)
            self.parts.append(line if single else f"• {line}")
            if single and product.stock <= 0:
                self._similar(product)
        if len(found.products) > LIST_MAX:
            self._say("more")

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

    def _topics(self, lost: Sequence[Understood]) -> list[Understood]:
        """Answer from FAQ rows; returns the messages that still nothing fits."""
        rows = {faq.topic: faq for faq in reversed(self.turn.faqs)}
        for topic in self._asked_topics():
            if topic in rows:
                self._faq(rows[topic])
        still = []
        for reading in lost:
            row = _fitting(self.turn.faqs, reading.terms)
            if row is None:
                still.append(reading)
            else:
                self._faq(row)
        for topic in self._asked_topics():
            if topic not in rows:
                name = phrases.topic_name(topic, self.wording.language)
                self._give(f"unknown_topic:{topic}", "no_topic", topic=name)
        return still

    def _asked_topics(self) -> list[str]:
        return [topic for topic in TOPICS if topic in self.meanings]

    def _faq(self, row: Faq) -> None:
        told = self.wording.faq(row)
        if told not in self.parts:
            self.sources.append(f"faq:{row.topic}")
            self.parts.append(told)

    def _fields(self, lost: list[Understood]) -> list[Understood]:
        """Confirm what was collected and ask for the rest; a plain sentence is then no riddle."""
        gathered, fields = self.gathered, self.turn.assistant.fields
        values = {**self.turn.collected, **gathered.values}
        if gathered.values and gathered.missing:
            new = [field for field in fields if field.name in gathered.values]
            self._say("noted_fields", fields=self.wording.fields(new, values))
        elif gathered.values:
            name = next((values[field.name] for field in fields if field.kind == "name"), "")
            key = "confirmed" if name else "confirmed_unnamed"
            self._say(key, name=name, fields=self.wording.fields(fields, values))
        if not self._may_ask(lost):
            return lost
        self.parts.append(self.wording.ask(gathered.missing))
        return []

    def _may_ask(self, lost: Sequence[Understood]) -> bool:
        leaving = self.hand_over or self.meanings & {"person", "complaint"}
        if not self.gathered.missing or not self.spoken or leaving:
            return False
        if lost:
            asked = collecting.asked_before(self.turn.assistant.fields, self.turn.history)
            stuck = asked and not self.gathered.values
            return not stuck and not any(reading.asks for reading in lost)
        return bool(self.gathered.values or self.meanings - {"ack", "thanks", "goodbye"})

    def _close(self, lost: Sequence[Understood]) -> None:
        if "thanks" in self.meanings and not self.gathered.values:
            self._say("thanks")
        if "complaint" in self.meanings:
            self._give("complaint", "sorry")
        if "person" in self.meanings:
            self._give("asked_for_person", "to_person")
        if "order" in self.meanings:
            self._give("wants_to_order", "to_order")
        for kind in (said.kind for said in self.turn.messages if _unseen(said)):
            name = phrases.kind_name(kind, self.wording.language)
            self._give(f"unseen_message:{kind}", "unseen", kind=name)
        self._admit(lost)
        if "goodbye" in self.meanings:
            self._say("goodbye")
        if len(self.parts) == 1 and "greeting" in self.meanings:
            self._say("offer_help")

    def _admit(self, lost: Sequence[Understood]) -> None:
        """Say what is not known (law 6): a person takes over, nothing is invented."""
        if any(set(reading.meanings) & set(ASPECTS) for reading in lost):
            self._give("unknown_product", "no_product")
        elif lost:
            self._give("not_understood", "not_known")


def _language(turn: Turn) -> Language:
    """The language of the batch; when it has no letters, of what the contact said before."""
    batch = " ".join(said.text for said in turn.messages)
    if any(char.isalpha() for char in batch):
        return language(batch)
    return language(" ".join(said.text for said in turn.history if said.author == "contact"))


def _groups(
    products: Sequence[Product], readings: Sequence[Understood]
) -> tuple[list[shelf.Found], list[Understood]]:
    """What the batch's words name: one thing said over several messages, else one per message."""
    told = [reading for reading in readings if reading.terms]
    terms = tuple(dict.fromkeys(term for reading in told for term in reading.terms))
    whole = shelf.find(products, terms)
    if whole.exact and whole.by != "description":
        return [whole], []
    groups, lost = [], []
    for reading in told:
        found = shelf.find(products, reading.terms)
        meanings = set(reading.meanings)
        sure = found.by in ("name", "trait") or (found.by and (found.exact or meanings & _ASKED))
        if sure and (found.by == "name" or not meanings & _EXPLAINED):
            groups.append(found)
        elif not meanings & _EXPLAINED and not _chat(reading):
            lost.append(reading)
    return groups, lost


def _chat(reading: Understood) -> bool:
    """A kind word beside a greeting or thanks is no riddle."""
    small = set(reading.meanings) & _SMALL_TALK
    return bool(small) and not reading.asks and len(reading.terms) <= _KIND_WORDS_MAX


def _fitting(faqs: Sequence[Faq], terms: Sequence[str]) -> Faq | None:
    """The FAQ row whose question holds at least half of the words."""
    best, most = None, 0
    for faq in faqs:
        asked = {
            form
            for term in search_terms(f"{faq.question_ar} {faq.question_en}")
            for form in forms(term)
        }
        count = sum(1 for term in terms if not asked.isdisjoint(forms(term)))
        if count > most and count * 2 >= len(terms):
            best, most = faq, count
    return best


def _unseen(said: Said) -> bool:
    """What only a person can take in: a picture, a voice that nobody put into words."""
    heard = said.kind == "audio" and bool(said.text)
    return said.kind not in _READ_KINDS | _SMILES and not heard
