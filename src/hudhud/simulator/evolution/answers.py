"""Evolution's words for what is wrong, and for who may ask."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hudhud.simulator.connection import Cut, Held
from hudhud.simulator.faults import Fault
from hudhud.simulator.graph.meta import CODES
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.evolution.manner import manner_of

TITLES = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error"}
AFTER = (
    "PrismaClientKnownRequestError: Invalid `this.prismaRepository.message.create()` invocation:"
    " The table `public.Message` does not exist in the current database."
)


def permitted(request: Request) -> Number | Response:
    """The instance that is named, when the key opens it; else what is wrong."""
    numbers: dict[str, Number] = request.app.state.simulator.world.numbers
    name = request.path_params["instance"]
    number = numbers.get(name)
    if number is None or number.provider != "evolution":
        return failure(404, f'The "{name}" instance does not exist')
    given = request.headers.get("apikey", "").encode()
    if not any(secrets.compare_digest(given, token.encode()) for token in number.tokens):
        return failure(401, "Unauthorized")
    return number


def failure(status: int, message: Any) -> Response:
    """An error as Evolution words it."""
    return JSONResponse(refused(status, message), status_code=status)


def refused(status: int, message: Any) -> dict[str, Any]:
    """The body of an error."""
    title = TITLES.get(status, "Error")
    return {"status": status, "error": title, "response": {"message": [message]}}


def spoilt(fault: Fault) -> Response:
    """What the caller sees of a failure on demand."""
    if fault.code is not None:
        return failure(CODES[fault.code][0], CODES[fault.code][1])
    if fault.kind == "http_201_before":
        told = {"error": True, "message": "Message send failed", "statusCode": 400}
        return JSONResponse(told, status_code=201)
    if fault.kind == "http_400_after":
        return failure(400, AFTER)
    if fault.kind.startswith("http_"):
        return failure(500, "Internal Server Error")
    return Cut() if fault.kind.startswith("cut") else Held(fault.hold_ms)


def told_state(number: Number) -> dict[str, Any]:
    """Whether the phone is linked."""
    state = manner_of(number).state
    return {"instance": {"instanceName": number.phone_number_id, "state": state}}
