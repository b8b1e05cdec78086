"""What a responder reads, and what it decides."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from hudhud.model.outgoing import Content, Media
from hudhud.model.sales import Cart, Order

Author = Literal["contact", "assistant", "operator", "system"]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a conversation as a responder sees it."""

    id: int
    author: Author
    kind: str
    text: str
    at: datetime


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the merchant sells. `price_minor` is in the currency's smallest unit.

    `images` are our ids of its first pictures, as `Media` names them (`pictures_of`); `coloured` is
    the first of each colour that has one of its own, by that colour as `colours_ar` writes it.
    `prices_minor` are what its sizes and colours cost, the least first, where that is not
    `price_minor` for all of them.
    """

    id: int
    sku: str
    name_ar: str
    name_en: str
    description_ar: str
    description_en: str
    price_minor: int
    currency: str
    stock: int
    sizes: tuple[str, ...]
    colours_ar: tuple[str, ...]
    colours_en: tuple[str, ...]
    category_ar: str
    category_en: str
    score: float = 0.0
    images: tuple[int, ...] = ()
    coloured: dict[str, int] = {}
    prices_minor: tuple[int, ...] = ()

    @property
    def costs_minor(self) -> tuple[int, ...]:
        """What it costs, in every way in which it is sold; the least first."""
        return self.prices_minor or (self.price_minor,)


class Faq(msgspec.Struct, frozen=True, kw_only=True):
    """One question that the merchant answered once for all; `topic` is `hours`, `delivery`, …."""

    id: int
    topic: str
    question_ar: str
    question_en: str
    answer_ar: str
    answer_en: str
    score: float = 0.0


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a document that the merchant gave; `source` is what people call the document."""

    id: int
    source: str
    heading: str
    text: str
    score: float = 0.0


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to collect from the contact. `choices`: the stored value, and ways of saying it."""

    name: str
    kind: Literal["name", "phone", "address", "choice", "text"]
    label_ar: str
    label_en: str
    question_ar: str
    question_en: str
    choices: dict[str, tuple[str, ...]] = {}


class Assistant(msgspec.Struct, frozen=True, kw_only=True):
    """A persona: which responder answers, with what instructions, options and fields to collect.

    `second_responder` answers, with `second_options`, when the first cannot; None leaves that to a
    person. `tools` names what it may do besides talking; None allows everything. `version` is the
    published one, `secrets` the sealed options of its responders, as PostgreSQL writes bytes in
    JSON.
    """

    id: int
    merchant_id: int
    name: str
    responder: str
    instructions: str
    options: dict[str, Any]
    fields: tuple[Field, ...] = ()
    second_responder: str | None = None
    second_options: dict[str, Any] = {}
    tools: tuple[str, ...] | None = None
    version: int = 1
    secrets: str = ""


class TurnInbox(msgspec.Struct, frozen=True, kw_only=True):
    """Where the batch came in: the merchant's account on a channel, and how it collects batches.

    `country` is the merchant's, as two letters of ISO 3166: its plan holds for phones without a
    code. `writes_from` is the contact's own number, as E.164, where a channel told it.
    """

    merchant_name: str = ""
    name: str = ""
    channel: str = ""
    window_ms: int = 0
    batch_max: int = 1
    absorb: bool = False
    country: str = ""
    writes_from: str = ""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What was said before, in a few sentences, up to and with the message `upto`; 0: nothing."""

    body: str = ""
    upto: int = 0


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How the merchant's hours stand at the moment of the turn, in words of both languages.

    `now_ar`, `now_en`: open or closed, and until when; `week_ar`, `week_en`: the hours in force.
    `changes_at` is when that ends; None: never, as far as anybody planned.
    """

    open: bool
    changes_at: datetime | None
    now_ar: str
    now_en: str
    week_ar: str
    week_en: str


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a responder may read to answer one batch; it never reads the database itself.

    `messages` is the batch in order, `history` what was said before it (oldest first), `by_person`
    what people of the merchant wrote last, `products`, `faqs` and `passages` what the search found
    for the batch's words (best first). `orders` are the contact's newest, newest first.
    `now` is the moment of the claim. `opening` is None where the merchant never said when it is
    open. `summary` is what was said before `history` begins; `left_out` the newest message that
    stands in neither, 0 for none.
    """

    merchant_id: int
    merchant_name: str
    conversation_id: int
    contact_name: str
    assistant: Assistant
    messages: tuple[Said, ...]
    history: tuple[Said, ...] = ()
    by_person: tuple[Said, ...] = ()
    inbox: TurnInbox = TurnInbox()
    products: tuple[Product, ...] = ()
    faqs: tuple[Faq, ...] = ()
    passages: tuple[Passage, ...] = ()
    collected: dict[str, str] = {}
    cart: Cart = Cart()
    orders: tuple[Order, ...] = ()
    now: datetime = datetime.min.replace(tzinfo=UTC)
    opening: Opening | None = None
    summary: str = ""
    left_out: int = 0


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What a model read and wrote for one answer, in its own tokens, all rounds together.

    `guessed`: a part of it was never told, and is reckoned from the length of the text.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    guessed: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a responder decided. Empty `text` with `noted` set means: no answer is needed, and why.

    `source` names the row or model it came from (law 6, "why this answer"). `collected` are
    fields read from this batch. `hand_over` gives the conversation to a person, with the reason.
    `contents` leave after the text, in their order, where the channel takes them. `confidence` is
    how sure it is of the text, from 0 to 1; None when it cannot say. `usage` is what it
    cost, where a model was asked.
    """

    text: str = ""
    hand_over: str | None = None
    noted: str | None = None
    source: str = ""
    collected: dict[str, str] = {}
    trace: dict[str, Any] = {}
    contents: tuple[Content, ...] = ()
    confidence: float | None = None
    usage: Usage | None = None

    @property
    def words(self) -> str:
        """All that is read of it: its text, and what stands below its files."""
        captions = (one.caption for one in self.contents if isinstance(one, Media))
        return "\n".join(filter(None, (self.text, *captions)))


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation whose batch is closed and whose lease is ours, until the fence moves."""

    merchant_id: int
    conversation_id: int
    inbox_id: int
    fence: int
    closed_id: int
    attempt: int
