"""What an account of Instagram or Messenger may ask of itself: who it is, what it is told, by whom.

Source: PLATFORM_FACTS part 8; Meta's Graph API reference (`/me`, `/me/subscribed_apps`).
"""

from __future__ import annotations

import hmac
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.simulator.graph.answers import refusal_of
from hudhud.simulator.graph.endpoint import permitted
from hudhud.simulator.graph.meta import Refusal
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.threads import wire
from hudhud.simulator.state import World

THREADS = ("instagram", "messenger")
FIELDS = (
    "messages",
    "messaging_postbacks",
    "message_echoes",
    "message_reads",
    "message_deliveries",
    "message_reactions",
    "messaging_referrals",
)


async def me(request: Request) -> Response:
    """`GET /{version}/me`: the account of this token; of Instagram the page to which it belongs."""
    number = permitted(request, request.app.state.simulator.world, "me")
    if isinstance(number, Refusal):
        return refusal_of(number)
    if number.provider not in THREADS:
        return _refuse(number, "Object with ID me does not exist.", subcode=33)
    proof = request.query_params.get("appsecret_proof")
    if proof is not None and not _proves(number, request, proof):
        return _refuse(number, "Invalid appsecret_proof provided in the API argument")
    if number.provider == "messenger":
        return JSONResponse({"id": number.phone_number_id, "name": number.name})
    account = {"id": number.phone_number_id, "username": number.display_phone_number}
    page = {"id": number.waba_id, "name": number.name, "instagram_business_account": account}
    return JSONResponse(page)


async def subscribed_apps(request: Request) -> Response:
    """`GET /{version}/me/subscribed_apps`: what Meta tells the app of this account."""
    number = permitted(request, request.app.state.simulator.world, "me")
    if isinstance(number, Refusal):
        return refusal_of(number)
    app: dict[str, Any] = {"id": str(wire.app_id(number)), "name": "Hudhud"}
    # An address that failed its challenge is never subscribed.
    fields = list(FIELDS) if number.verified else []
    return JSONResponse({"data": [app | {"subscribed_fields": fields}]})


async def message(request: Request) -> Response:
    """`GET /{version}/{mid}?fields=from`: whose message it is."""
    world: World = request.app.state.simulator.world
    number = permitted(request, world, "me")
    if isinstance(number, Refusal):
        return refusal_of(number)
    mid = request.url.path.rpartition("/")[2]
    found = world.message(mid)
    if found is None or found.phone_number_id != number.phone_number_id:
        return _refuse(number, f"Object with ID {mid} does not exist.", subcode=33)
    who = {"id": number.phone_number_id, "name": number.name}
    if found.mine:
        named = "name" if number.provider == "messenger" else "username"
        person = world.phones[found.wa_id]
        who = {"id": wire.scoped_id(number, person.wa_id), named: person.name}
    return JSONResponse({"from": who, "id": mid})


def _proves(number: Number, request: Request, proof: str) -> bool:
    token = request.headers.get("authorization", "").partition(" ")[2].strip()
    wanted = hmac.digest(number.app_secret.encode(), token.encode(), "sha256").hex()
    return hmac.compare_digest(wanted.encode(), proof.encode())


def _refuse(number: Number, details: str, subcode: int | None = None) -> Response:
    return refusal_of(Refusal(code=100, subcode=subcode, details=details), number.provider)


# Before the routes of a number, which take any name at that place.
ROUTES = [
    Route("/{version}/me", me, methods=["GET"]),
    Route("/{version}/me/subscribed_apps", subscribed_apps, methods=["GET"]),
    Route("/{version}/m_{rest}", message, methods=["GET"]),
    Route("/{version}/aWdf{rest}", message, methods=["GET"]),
]
