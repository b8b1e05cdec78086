"""`PUT /simulator/instances/{name}`: how an instance behaves, for scripts."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.errors import BadInputError
from hudhud.simulator.bodies import decoded
from hudhud.simulator.clock import now_ms
from hudhud.simulator.providers.evolution.manner import Manner, manner_of, set_manner
from hudhud.simulator.providers.evolution.wire import envelope
from hudhud.simulator.records import Delivery
from hudhud.simulator.state import World

LINKED, LOST = 200, 428  # as WhatsApp gives the reason


async def change(request: Request) -> Response:
    """Change members of its `Manner`; a phone that is linked or lost is told by a webhook.

    Raises:
        BadInputError: no such member, or of the wrong type.
    """
    simulator = request.app.state.simulator
    world: World = simulator.world
    number = world.number(request.path_params["name"])
    before, asked = manner_of(number), await decoded(request, dict[str, Any])
    try:
        after = msgspec.convert(msgspec.to_builtins(before) | asked, Manner)
    except msgspec.ValidationError as error:
        raise BadInputError(str(error)) from None
    set_manner(number, after)
    if after.state != before.state:
        reason = LINKED if after.state == "open" else LOST
        told = {"instance": number.phone_number_id, "state": after.state, "statusReason": reason}
        delivery = Delivery(
            seq=world.next_seq(),
            phone_number_id=number.phone_number_id,
            subject="event",
            lane="connection",
            queued_ms=now_ms(),
        )
        webhook = envelope(number, "connection.update", told)
        simulator.postman.post(delivery, msgspec.json.encode(webhook))
    return JSONResponse(number.more)


ROUTES = [Route("/simulator/instances/{name}", change, methods=["PUT"])]
