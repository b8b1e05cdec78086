"""Every order, newest first: what waits for the shop, and what became of the others."""

from __future__ import annotations

from typing import Any, Final, get_args

from starlette.requests import Request
from starlette.responses import Response

from hudhud.model import OrderState
from hudhud.store.sales import orders
from hudhud.web.console.conversations import number
from hudhud.web.console.page import context_of, reader_of, show

STATES: Final = get_args(OrderState)
SHOWN: Final = 50
WORDS_CHARS_MAX: Final = 100


async def list_page(request: Request) -> Response:
    """The orders in one state or in any, or those that some words find."""
    merchant_id, asked = request.state.operator.merchant_id, request.query_params
    words = asked.get("q", "").strip().replace("\0", "")[:WORDS_CHARS_MAX]
    chosen: OrderState | None = next((one for one in STATES if one == asked.get("state")), None)
    before = number(asked.get("before", ""))
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        rows = await orders.listed(
            *(connection, merchant_id),
            state=chosen,
            words=words,
            before=before,
            limit=SHOWN + 1,
        )
        counted = await orders.counts(connection, merchant_id)
    values: dict[str, Any] = {"rows": rows[:SHOWN], "states": STATES}
    values |= {"counts": {state: counted.get(state, 0) for state in STATES}}
    values |= {"words": words, "chosen": chosen, "before": before}
    values |= {"older": rows[SHOWN - 1].order.number if len(rows) > SHOWN else None}
    return show(request, "orders/list.html", reader.say, reader=reader, **values)
