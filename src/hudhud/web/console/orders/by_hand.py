"""An operator takes an order for a contact: what, how many, for whom; then it is placed, once.

The page works without scripts: what was chosen so far travels in its form, and each button shows
it anew at today's prices. Nothing is held before the order is placed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.sales import placing
from hudhud.core.sales.carts import COUNT_MAX, LINES_MAX
from hudhud.core.sales.choosing import chosen
from hudhud.core.sales.selling import WORDS_MAX
from hudhud.errors import NotFoundError
from hudhud.model import AddToCart, Offer, PlaceOrder, Product, Refused
from hudhud.store import catalogue, conversation_lists, threads
from hudhud.store.pool import Connection, Database
from hudhud.store.sales import carts
from hudhud.store.sales.offers import named, of_products
from hudhud.text import latin_digits, search_terms
from hudhud.web.console.page import context_of, form_of, reader_of, show
from hudhud.web.console.picker import KEY

FOUND_MAX: Final = 6
WHOSE_MAX: Final = 20
WORDS_CHARS_MAX: Final = 100
FIELDS: Final = ("name", "phone", "address", "note")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is being taken, as its form carries it."""

    key: str
    lines: tuple[AddToCart, ...] = ()
    bill: Mapping[str, str] = {}
    words: str = ""
    from_cart: bool = False


class Shown(NamedTuple):
    """A line of the form, with what is offered of it now; None: it is not sold any more."""

    line: AddToCart
    offer: Offer | None


class Found(NamedTuple):
    """A product that the words find, in every size and colour."""

    product: Product
    offers: Sequence[Offer]


async def whose_page(request: Request) -> Response:
    """For whom: the latest conversations, or those that some words find."""
    operator = request.state.operator
    words = request.query_params.get("q", "").strip().replace("\0", "")[:WORDS_CHARS_MAX]
    async with context_of(request).database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        rows = await conversation_lists.listed(
            connection, operator.merchant_id, operator.id, words=words
        )
    values: dict[str, Any] = {"rows": rows[:WHOSE_MAX], "words": words}
    return show(request, "orders/whose.html", reader.say, reader=reader, **values)


async def form_page(request: Request) -> Response:
    """An empty form, with what is known of the contact; or what lies in their cart."""
    async with context_of(request).database.reading(_merchant(request)) as connection:
        head = await threads.head(connection, _conversation(request))
        if head is None:
            raise HTTPException(404)
        cart = await carts.standing(connection, head["id"])
        known = await _known(connection, head)
    wanted = "cart" in request.query_params
    lines = tuple(
        AddToCart(sku=line.sku, count=line.count, size=line.size, colour=line.colour)
        for line in (cart.lines if wanted else ())
    )
    draft = Draft(key=secrets.token_hex(16), lines=lines, bill=known, from_cart=wanted)
    return await _page(request, draft)


async def take(request: Request) -> Response:
    """Add what was chosen, take out what is not wanted, look again, or place it."""
    form = await form_of(request)
    draft = _draft(form)
    if form.get("deed") != "place":
        return await _page(request, draft)
    operator = request.state.operator
    try:
        placed = await placing.place_for(
            *(context_of(request).database, operator.merchant_id, _conversation(request)),
            draft.lines,
            PlaceOrder(**{name: draft.bill[name] for name in FIELDS}),
            actor=f"operator:{operator.id}",
            key=f"console:{operator.id}:{draft.key}",
            from_cart=draft.from_cart,
        )
    except NotFoundError:
        raise HTTPException(404) from None
    if isinstance(placed, Refused):
        return await _page(request, draft, refused=placed)
    return RedirectResponse(f"/orders/{placed.number}", 303)


def _draft(form: Mapping[str, str]) -> Draft:
    """The order so far, out of the fields of its form; pure.

    Raises:
        HTTPException: 422 when it is none that our page made.
    """
    key = form.get("key", "")
    if not KEY.fullmatch(key):
        raise HTTPException(422)
    lines = []
    for at in range(LINES_MAX):
        if (told := form.get(f"line{at}")) is None:
            break
        count = _count(form.get(f"count{at}", ""))
        if count and form.get("drop") != str(at):
            lines.append(replace(_line(told), count=count))
    if added := form.get("add"):
        lines = _with(lines, _line(added))
    bill = {name: form.get(name, "").replace("\0", "")[: WORDS_MAX + 1] for name in FIELDS}
    words = form.get("q", "").strip().replace("\0", "")[:WORDS_CHARS_MAX]
    from_cart = form.get("from_cart") == "1"
    return Draft(key=key, lines=tuple(lines), bill=bill, words=words, from_cart=from_cart)


def _line(told: str) -> AddToCart:
    try:
        sku, size, colour = msgspec.json.decode(told, type=tuple[str, str, str])
    except msgspec.DecodeError:
        raise HTTPException(422) from None
    return AddToCart(sku=sku, size=size, colour=colour)


def _with(lines: list[AddToCart], new: AddToCart) -> list[AddToCart]:
    """One more of it; a line of its own only when it has none yet."""
    same = [at for at, one in enumerate(lines) if replace(one, count=1) == new]
    if not same:
        return [*lines, new][:LINES_MAX]
    grown = min(lines[same[0]].count + 1, COUNT_MAX)
    return [replace(one, count=grown) if at == same[0] else one for at, one in enumerate(lines)]


def _count(typed: str) -> int:
    """How many were typed, in any digits; what is no number is one."""
    said = latin_digits(typed).strip()
    return min(int(said), COUNT_MAX + 1) if said.isascii() and said.isdigit() else 1


async def _page(request: Request, draft: Draft, *, refused: Refused | None = None) -> Response:
    merchant_id, database = _merchant(request), context_of(request).database
    products = await _products(database, merchant_id, draft.words)
    async with database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        head = await threads.head(connection, _conversation(request))
        if head is None:
            raise HTTPException(404)
        shown = [Shown(one, await _offer(connection, merchant_id, one)) for one in draft.lines]
        today = await placing.quoted_for(
            connection, merchant_id, draft.lines, draft.bill["address"]
        )
        skus = [product.sku for product in products]
        offers = await of_products(connection, merchant_id, skus)
        cart = await carts.standing(connection, head["id"])
    found = [Found(one, [o for o in offers if o.sku == one.sku]) for one in products]
    # An order with nothing in it yet is no mistake before somebody places it.
    wrong = refused or (today if isinstance(today, Refused) and draft.lines else None)
    values: dict[str, Any] = {"head": head, "draft": draft, "shown": shown, "found": found}
    values |= {"today": None if isinstance(today, Refused) else today, "wrong": wrong}
    values |= {"missing": _missing(wrong), "cart": cart, "fields": FIELDS, "told": _told}
    values |= {"count_max": COUNT_MAX, "words_max": WORDS_MAX}
    status = 422 if refused else 200
    return show(request, "orders/by_hand.html", reader.say, reader=reader, status=status, **values)


async def _products(database: Database, merchant_id: int, words: str) -> Sequence[Product]:
    """What a customer who says these words is offered, best first; no words: a little of each."""
    terms = search_terms(words)
    shelf = await catalogue.shelf_of(database, merchant_id, [terms])
    if not words:
        return shelf.browse(limit=FOUND_MAX)
    return shelf.products(terms, limit=FOUND_MAX)


async def _offer(connection: Connection, merchant_id: int, line: AddToCart) -> Offer | None:
    offers = await named(connection, merchant_id, line.sku)
    found = chosen(offers, size=line.size, colour=line.colour)
    return None if isinstance(found, Refused) else found


async def _known(connection: Connection, head: Any) -> dict[str, str]:
    """What the contact said of themselves, or their provider."""
    said = {
        row["name"]: row["value"] for row in await threads.fields(connection, head["contact_id"])
    }
    aliases = await threads.aliases(connection, head["contact_id"])
    phone = next((row["value"] for row in aliases if row["kind"] == "phone"), "")
    # Of who has no name a provider says the number.
    name = head["contact_name"] if any(map(str.isalpha, head["contact_name"])) else ""
    known = {"name": name, "phone": f"+{phone}" if phone else ""}
    return dict.fromkeys(FIELDS, "") | known | {n: said[n] for n in FIELDS if said.get(n)}


def _missing(wrong: Refused | None) -> Sequence[str]:
    """Which fields of the form are marked."""
    if wrong is None or wrong.why not in ("missing_fields", "unfit_value"):
        return ()
    return [str(name) for name in wrong.told.get("fields", ())]


def _told(one: AddToCart | Offer) -> str:
    """A line as the form carries it."""
    return msgspec.json.encode((one.sku, one.size, one.colour)).decode()


def _merchant(request: Request) -> int:
    found: int = request.state.operator.merchant_id
    return found


def _conversation(request: Request) -> int:
    found: int = request.path_params["id"]
    return found
