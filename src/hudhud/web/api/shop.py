"""`/shop`: what a merchant charges for delivery, and whose numbers it reads."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core import setting_up
from hudhud.core.sales import delivering
from hudhud.core.sales import orders as deeds
from hudhud.store import merchants
from hudhud.store.sales import carts
from hudhud.store.sales.carts import Delivery
from hudhud.web.api.bearer import body_of, context_of, json, operator_of

MINOR_MAX = 10**15
Minor = Annotated[int, msgspec.Meta(ge=0, le=MINOR_MAX)]


class There(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What delivery costs in a city or governorate, by its names."""

    names: list[str]
    price_minor: Minor


class Charged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What delivery costs; a price of null: the shop agrees it with each customer."""

    price_minor: Minor | None
    free_from_minor: Minor | None = None
    places: list[There] = []


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two letters of ISO 3166; null: what currency and time zone say."""

    country: Annotated[str, msgspec.Meta(min_length=2, max_length=2)] | None


async def show(request: Request) -> Response:
    """How it is set."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        delivery = await carts.delivery(connection, merchant_id)
        country = await merchants.country(connection, merchant_id)
        chosen = await merchants.country_set(connection, merchant_id)
    told = {"country": country, "country_set": chosen is not None}
    return json(told | {"delivery": None if delivery is None else msgspec.to_builtins(delivery)})


async def charge(request: Request) -> Response:
    """Charge so much for delivery, from the next quote on."""
    wanted, operator = await body_of(request, Charged), operator_of(request)
    price, free_from = wanted.price_minor, wanted.free_from_minor
    places = tuple(delivering.named("،".join(one.names), one.price_minor) for one in wanted.places)
    delivery = Delivery(price_minor=price, free_from_minor=free_from, places=places)
    said = price is not None or free_from is not None or places
    actor = f"operator:{operator.id}"
    database = context_of(request).database
    await deeds.charge_delivery(
        database, operator.merchant_id, delivery if said else None, actor=actor
    )
    return await show(request)


async def set_country(request: Request) -> Response:
    """Say whose numbering plan reads phones without a code."""
    wanted, operator = await body_of(request, Country), operator_of(request)
    database, actor = context_of(request).database, f"operator:{operator.id}"
    await setting_up.set_country(database, operator.merchant_id, wanted.country, actor=actor)
    return await show(request)
