"""`/orders`: what contacts ordered: listed, read, placed by hand, brought from state to state."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.sales import orders as deeds
from hudhud.core.sales import placing, telling
from hudhud.core.sales.carts import COUNT_MAX, LINES_MAX
from hudhud.core.sales.selling import WORDS_MAX
from hudhud.errors import NotFoundError
from hudhud.model import AddToCart, OrderState, PlaceOrder, Refused
from hudhud.store.pool import Connection
from hudhud.store.sales import orders
from hudhud.store.sales import telling as chosen
from hudhud.store.sales.orders import Listed
from hudhud.web.api.bearer import (
    ID_MAX,
    body_of,
    context_of,
    id_of,
    json,
    operator_of,
    query_of,
)
from hudhud.web.api.problem import problem

LISTED = 50
LISTED_MAX = 200
KEY_CHARS_MAX = 64
Words = Annotated[str, msgspec.Meta(max_length=WORDS_MAX)]
Id = Annotated[int, msgspec.Meta(ge=1, le=ID_MAX)]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list: in which state, with which words, below which number, and how many at most."""

    state: OrderState | None = None
    q: Annotated[str, msgspec.Meta(max_length=100)] = ""
    before: Id | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=LISTED_MAX)] = LISTED


class WantedLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many of a product; size and colour as far as they tell something apart."""

    sku: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    count: Annotated[int, msgspec.Meta(ge=1, le=COUNT_MAX)] = 1
    size: Words = ""
    colour: Words = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order that somebody takes for a contact; `key` names it, so that it is placed once."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=KEY_CHARS_MAX)]
    conversation_id: Id
    lines: Annotated[list[WantedLine], msgspec.Meta(min_length=1, max_length=LINES_MAX)]
    name: Words
    phone: Words
    address: Words = ""
    note: Words = ""


class Moved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which state it comes into, and why."""

    state: OrderState
    reason: Annotated[str, msgspec.Meta(max_length=deeds.REASON_CHARS_MAX)] = ""


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The states that contacts are told of."""

    states: list[OrderState]


async def listed(request: Request) -> Response:
    """Orders, newest first; `next` is the `before` of the following page, null behind the last."""
    asked, merchant_id = query_of(request, Asked), operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await orders.listed(
            *(connection, merchant_id),
            state=asked.state,
            words=asked.q.strip().replace("\0", ""),
            before=asked.before,
            limit=asked.limit + 1,
        )
    more = found[asked.limit - 1].order.number if len(found) > asked.limit else None
    return json({"orders": [_told(row) for row in found[: asked.limit]], "next": more})


async def show(request: Request) -> Response:
    """One order by its number, with its history."""
    return await _shown(request, id_of(request))


async def place(request: Request) -> Response:
    """Place an order at today's prices; 201, and the same order again for the same key."""
    wanted, operator = await body_of(request, Wanted), operator_of(request)
    said = {name: getattr(wanted, name) for name in ("name", "phone", "address", "note")}
    placed = await placing.place_for(
        *(context_of(request).database, operator.merchant_id, wanted.conversation_id),
        [AddToCart(**msgspec.structs.asdict(line)) for line in wanted.lines],
        PlaceOrder(**{name: text.replace("\0", "") for name, text in said.items()}),
        actor=f"operator:{operator.id}",
        key=f"api:{operator.id}:{wanted.key}".replace("\0", ""),
    )
    if isinstance(placed, Refused):
        more = {"why": placed.why, "told": placed.told}
        return problem(422, "order-refused", "No order was placed.", placed.why, more=more)
    return await _shown(request, placed.number, status=201)


async def move(request: Request) -> Response:
    """Bring it into a state; one that is in it already stays, and is no mistake."""
    moved, operator = await body_of(request, Moved), operator_of(request)
    await deeds.move(
        *(context_of(request).database, operator.merchant_id, id_of(request), moved.state),
        actor=f"operator:{operator.id}",
        reason=moved.reason.replace("\0", "").strip(),
        hints=context_of(request).hints,
    )
    return await _shown(request, id_of(request))


async def told(request: Request) -> Response:
    """Of which states contacts are told."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        return json({"states": sorted(await chosen.states(connection, merchant_id))})


async def tell(request: Request) -> Response:
    """Choose of which, from now on."""
    wanted, operator = await body_of(request, Told), operator_of(request)
    actor = f"operator:{operator.id}"
    database = context_of(request).database
    await telling.choose(database, operator.merchant_id, wanted.states, actor=actor)
    return await told(request)


async def _shown(request: Request, number: int, *, status: int = 200) -> Response:
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        row = await orders.one(connection, merchant_id, number)
        if row is None:
            raise NotFoundError(f"Order {number}.")
        return json(_told(row) | {"history": await _history(connection, row)}, status)


def _told(row: Listed) -> dict[str, Any]:
    order: dict[str, Any] = msgspec.to_builtins(row.order)
    whose = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    return order | whose | {"contact_name": row.contact_name}


async def _history(connection: Connection, row: Listed) -> list[dict[str, Any]]:
    steps = await orders.history(connection, row.order.id)
    return [msgspec.to_builtins(step) for step in steps]
