"""What the shop says and charges by itself: news of orders, delivery, whose numbers it reads."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.sales import delivering, telling
from hudhud.core.sales import orders as deeds
from hudhud.core.setting_up import set_country
from hudhud.errors import BadInputError
from hudhud.store import attention, merchants
from hudhud.store.sales import carts
from hudhud.store.sales import telling as chosen
from hudhud.store.sales.carts import Delivery, Place
from hudhud.text import decimal_number, exponent
from hudhud.text.phones import REGION
from hudhud.web.console.page import context_of, fields_of, reader_of, show

MINOR_MAX = 10**15
_PLACE = re.compile(r"(.*\D)\s*[:：=]\s*([^:：=]+)")
OK = 200


async def settings_page(request: Request) -> Response:
    """As it is set."""
    return await _page(request, saved="saved" in request.query_params)


async def set_settings(request: Request) -> Response:
    """Set them all; a price that cannot be read changes nothing and is still there."""
    sent = await fields_of(request)
    typed, states = dict(sent), [value for key, value in sent if key == "tell"]
    context, operator = context_of(request), request.state.operator
    actor = f"operator:{operator.id}"
    wanted: Any = [state for state in telling.SENTENCES if state in states]
    async with context.database.reading(operator.merchant_id) as connection:
        merchant = await attention.merchant(connection, operator.merchant_id)
    try:
        charge = _charge(typed, merchant["currency"])
        if "country" in typed:
            country = typed["country"] or None
            await set_country(context.database, operator.merchant_id, country, actor=actor)
        await deeds.charge_delivery(context.database, operator.merchant_id, charge, actor=actor)
    except (BadInputError, ValueError, OverflowError):
        return await _page(request, typed=typed, states=wanted, status=422)
    await telling.choose(context.database, operator.merchant_id, wanted, actor=actor)
    return RedirectResponse("/orders/settings?saved", 303)


def _charge(typed: dict[str, str], currency: str) -> Delivery | None:
    price, free_from = (typed.get(name, "").strip() for name in ("price", "free_from"))
    lines = [line for line in typed.get("places", "").splitlines() if line.strip()]
    if not (price or free_from or lines):
        return None
    return delivering.checked(
        Delivery(
            price_minor=_minor(price, currency) if price else None,
            free_from_minor=_minor(free_from, currency) if free_from else None,
            places=tuple(_place(line, currency) for line in lines),
        )
    )


def _place(line: str, currency: str) -> Place:
    """«بغداد، Baghdad: 3000»: names, then what delivery costs there."""
    found = _PLACE.fullmatch(line.strip())
    if found is None:
        raise BadInputError("Write each place as its name, a colon, and a price.")
    return delivering.named(found[1], _minor(found[2], currency))


def _minor(typed: str, currency: str) -> int:
    minor = round(decimal_number(typed) * float(10 ** exponent(currency)))
    if not 0 <= minor <= MINOR_MAX:
        raise BadInputError("Nobody charges so much.")
    return minor


async def _page(
    request: Request,
    *,
    typed: dict[str, str] | None = None,
    states: Any = (),
    saved: bool = False,
    status: int = OK,
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        merchant = await attention.merchant(connection, merchant_id)
        told = await chosen.states(connection, merchant_id)
        charge = await carts.delivery(connection, merchant_id)
        country = await merchants.country(connection, merchant_id)
        country_set = await merchants.country_set(connection, merchant_id)
    currency = merchant["currency"]
    if typed is None:
        states = told
        typed = {} if charge is None else _typed(charge, currency)
    values: dict[str, Any] = {"states": list(telling.SENTENCES), "told": states, "typed": typed}
    values |= {"currency": currency, "saved": saved, "wrong": status != OK}
    country_set = typed.get("country", country_set)
    values |= {"country": country, "country_set": country_set}
    values |= {"countries": list(dict.fromkeys([*REGION, *filter(None, [country_set])]))}
    return show(request, "orders/settings.html", reader.say, reader=reader, status=status, **values)


def _typed(charge: Delivery, currency: str) -> dict[str, str]:
    def shown(minor: int | None) -> str:
        return "" if minor is None else f"{minor / 10 ** exponent(currency):.15g}"

    places = (f"{'، '.join(one.names)}: {shown(one.price_minor)}" for one in charge.places)
    return {
        "price": shown(charge.price_minor),
        "free_from": shown(charge.free_from_minor),
        "places": "\n".join(places),
    }
