"""Templates over HTTP: Meta's list for the product, and what scripts change about them."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.simulator.approved.texts import (
    Approved,
    Category,
    Quality,
    Status,
    drop,
    put,
    texts_of,
)
from hudhud.simulator.bodies import decoded
from hudhud.simulator.clock import now_ms
from hudhud.simulator.graph.answers import refusal_of
from hudhud.simulator.graph.endpoint import owners_of
from hudhud.simulator.graph.meta import Refusal, by_code
from hudhud.simulator.numbers import Number
from hudhud.simulator.records import Delivery
from hudhud.simulator.state import World

LIMIT, LIMIT_MAX = 25, 100
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,512}$")]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(_[A-Za-z]{2,4})?$")]


class Order(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `PUT /simulator/templates` takes: a template of a number's account, made when new.

    What is left out stays as it is. `tell` sends the webhooks of what changed.
    """

    phone_number_id: str
    name: Name
    language: Language
    status: Status | None = None
    quality: Quality | None = None
    category: Category | None = None
    reason: str | None = None
    components: list[dict[str, Any]] | None = None
    parameter_format: str | None = None
    tell: bool = True


async def listed(request: Request) -> Response:
    """`GET /{version}/{waba_id}/message_templates`: one page, and a cursor to the next.

    Source: Meta's WhatsApp Business Management API.
    """
    world: World = request.app.state.simulator.world
    waba_id = request.path_params["waba_id"]
    owners = owners_of(request, world)
    if not owners:
        return refusal_of(by_code(190))
    if all(owner.waba_id != waba_id for owner in owners):
        details = f"Object with ID {waba_id} does not exist, or this token may not use it."
        return refusal_of(Refusal(code=100, subcode=33, details=details))
    start, limit = _cursor(request.query_params.get("after", "")), _limit(request)
    if start is None or limit is None:
        return refusal_of(Refusal(code=100, details="The cursor or the limit is not valid."))
    known = texts_of(world, waba_id)
    end = start + limit
    paging: dict[str, Any] = {"cursors": {"before": _coded(start), "after": _coded(end)}}
    if end < len(known):
        paging["next"] = str(request.url.include_query_params(after=_coded(end)))
    return JSONResponse({"data": [t.listed() for t in known[start:end]], "paging": paging})


async def shown(request: Request) -> Response:
    """`GET /simulator/templates?phone_number_id=…`: all of a number's account."""
    world: World = request.app.state.simulator.world
    number = world.number(request.query_params.get("phone_number_id", ""))
    return JSONResponse([one.listed() for one in texts_of(world, number.waba_id)])


async def change(request: Request) -> Response:
    """`PUT /simulator/templates`: change or make one, and tell the webhook as Meta does."""
    simulator = request.app.state.simulator
    order = await decoded(request, Order)
    number = simulator.world.number(order.phone_number_id)
    text = put(simulator.world, number.waba_id, order.name, order.language)
    before = msgspec.structs.replace(text)
    for name in ("status", "quality", "category", "reason", "components", "parameter_format"):
        wanted = getattr(order, name)
        if wanted is not None:
            setattr(text, name, wanted)
    for body in _told(number, before, text) if order.tell else ():
        delivery = Delivery(
            seq=simulator.world.next_seq(),
            phone_number_id=number.phone_number_id,
            subject="raw",
            lane=f"template/{text.id}",
            queued_ms=now_ms(),
        )
        simulator.postman.post(delivery, msgspec.json.encode(body))
    return JSONResponse(text.listed())


async def remove(request: Request) -> Response:
    """`DELETE /simulator/templates?phone_number_id=…&name=…&language=…`: it vanishes."""
    world: World = request.app.state.simulator.world
    asked = request.query_params
    number = world.number(asked.get("phone_number_id", ""))
    drop(world, number.waba_id, asked.get("name", ""), asked.get("language", ""))
    return Response(status_code=204)


def _told(number: Number, before: Approved, after: Approved) -> list[dict[str, Any]]:
    """One webhook for each thing that changed (PLATFORM_FACTS part 2)."""
    told: list[tuple[str, dict[str, Any]]] = []
    if before.status != after.status:
        value = {"event": after.status, "reason": after.reason}
        told.append(("message_template_status_update", value))
    if before.quality != after.quality:
        scores = {"previous_quality_score": before.quality, "new_quality_score": after.quality}
        told.append(("message_template_quality_update", scores))
    if before.category != after.category:
        moved = {"previous_category": before.category, "new_category": after.category}
        told.append(("template_category_update", moved))
    if before.components != after.components:
        told.append(("message_template_components_update", {}))
    named = {
        "message_template_id": int(after.id),
        "message_template_name": after.name,
        "message_template_language": after.language,
    }
    return [
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": number.waba_id,
                    "time": int(time.time()),
                    "changes": [{"field": field, "value": named | value}],
                }
            ],
        }
        for field, value in told
    ]


def _coded(place: int) -> str:
    return base64.urlsafe_b64encode(f"templates:{place}".encode()).decode()


def _cursor(text: str) -> int | None:
    if not text:
        return 0
    try:
        kind, _, place = base64.urlsafe_b64decode(text).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return int(place) if kind == "templates" and place.isdecimal() else None


def _limit(request: Request) -> int | None:
    text = request.query_params.get("limit", str(LIMIT))
    return min(int(text), LIMIT_MAX) if text.isdecimal() and int(text) else None


ROUTES = [
    Route("/simulator/templates", shown, methods=["GET"]),
    Route("/simulator/templates", change, methods=["PUT"]),
    Route("/simulator/templates", remove, methods=["DELETE"]),
    Route("/{version}/{waba_id}/message_templates", listed, methods=["GET"]),
]
