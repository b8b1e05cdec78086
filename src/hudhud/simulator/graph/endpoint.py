"""The Graph API as the product sees it: `/{version}/{phone_number_id}/messages` and the number."""

from __future__ import annotations

import asyncio
import random
import re
import secrets

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.simulator.bodies import read_body
from hudhud.simulator.clock import now_ms
from hudhud.simulator.connection import Cut, Held
from hudhud.simulator.faults import Call, Fault
from hudhud.simulator.graph.answers import refusal_of, refused
from hudhud.simulator.graph.meta import Refusal, by_code
from hudhud.simulator.graph.standing import WRONG_PROOF, proved, standing, subscribed
from hudhud.simulator.graph.takers import TAKERS
from hudhud.simulator.graph.uploads import found as found_file
from hudhud.simulator.graph.uploads import take_upload
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.records import Called
from hudhud.simulator.state import World

BODY_BYTES_MAX = 1024 * 1024
VERSION = re.compile(r"v\d{1,2}\.\d")
WRONG_TOKEN = by_code(190)
NO_SUCH_PATH = Refusal(code=2500, details="There is no such path here.")


async def messages(request: Request) -> Response:
    """`POST /{version}/{account}/messages`: one send, or one read and typing call.

    The account is its id, or `me`: whose token it is.

    Source: PLATFORM_FACTS parts 5 and 6; Meta's message reference.
    """
    world: World = request.app.state.simulator.world
    postman: Postman = request.app.state.simulator.postman
    number = permitted(request, world)
    if isinstance(number, Refusal):
        return refusal_of(number)
    try:
        body = msgspec.json.decode(await read_body(request, BODY_BYTES_MAX))
    except (msgspec.DecodeError, UnicodeDecodeError):
        body = None
    taker, called = TAKERS[number.provider], _called(world, number)
    taker.describe(body if isinstance(body, dict) else {}, called)
    refusal = taker.check_send(body)
    call = Call(
        operation=called.operation,
        phone_number_id=number.phone_number_id,
        wa_id=taker.concerned(world, called),
    )
    fault = None if refusal else world.strike(call, random.random())  # noqa: S311 - a dice, no secret
    if fault is not None:
        called.fault = fault.kind
    if refusal is None and fault is not None and fault.code is not None:
        refusal = by_code(fault.code)
    if refusal is None and not (fault is not None and not fault.after):
        answer = taker.take(world, postman, number, body, called)
    else:
        answer = refused(called, refusal, number.provider)
    world.recorder.called(called)
    if fault is not None and fault.code is None:
        answer = _spoil(called, fault)
    elif delay_ms := world.behaves(number.phone_number_id).answer_delay_ms:
        await asyncio.sleep(delay_ms / 1000)
    called.http_status = None if isinstance(answer, Cut | Held) else answer.status_code
    world.record_call(called)
    return answer


async def number(request: Request) -> Response:
    """`GET /{version}/{phone_number_id}`: what an inbox's test asks to see that its token works.

    The id of a file stands at the same place, and tells where the file lies.
    """
    world: World = request.app.state.simulator.world
    if found_file(world, request.path_params["phone_number_id"]):
        return _placed(request, world)
    found = permitted(request, world)
    if isinstance(found, Refusal):
        return refusal_of(found)
    if not proved(found, _token(request), request.query_params.get("appsecret_proof")):
        return refusal_of(WRONG_PROOF)
    told = standing(found, world.behaves(found.phone_number_id))
    wanted = request.query_params.get("fields")
    names = wanted.split(",") if wanted else ("id", "display_phone_number", "verified_name")
    return JSONResponse({name: told[name] for name in ("id", *names) if name in told})


async def apps(request: Request) -> Response:
    """`GET /{version}/{waba_id}/subscribed_apps`: which apps hear of an account's messages."""
    world: World = request.app.state.simulator.world
    for owner in owners_of(request, world):
        if request.path_params["waba_id"] == owner.waba_id:
            return JSONResponse(subscribed(world.behaves(owner.phone_number_id)))
    return refusal_of(WRONG_TOKEN)


def _placed(request: Request, world: World) -> Response:
    media_id = request.path_params["phone_number_id"]
    file = found_file(world, media_id)
    if file is None or not owners_of(request, world):
        return refusal_of(WRONG_TOKEN)
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "id": media_id,
            "url": str(request.url.replace(query=None)) + "/file",
            "mime_type": file.mime,
            "sha256": file.sha256.hex(),
            "file_size": len(file.data),
        }
    )


async def file(request: Request) -> Response:
    """`GET /{version}/{media_id}/file`: the file itself, for whoever has a number's token."""
    world: World = request.app.state.simulator.world
    found = found_file(world, request.path_params["media_id"])
    if not owners_of(request, world):
        return refusal_of(WRONG_TOKEN)
    if found is None:
        return refusal_of(NO_SUCH_PATH)
    return Response(found.data, media_type=found.mime)


async def media(request: Request) -> Response:
    """`POST /{version}/{phone_number_id}/media`: a file of the product's, to be sent by its id."""
    world: World = request.app.state.simulator.world
    number = permitted(request, world)
    if isinstance(number, Refusal):
        return refusal_of(number)
    return await take_upload(request, world)


async def unknown(_request: Request) -> Response:
    """Any other path below a version."""
    return refusal_of(NO_SUCH_PATH)


def permitted(request: Request, world: World, wanted: str = "") -> Number | Refusal:
    """The account that this request's token opens: `wanted`, else the one in its path, or `me`."""
    if not VERSION.fullmatch(request.path_params["version"]):
        return NO_SUCH_PATH
    owners = [owner for owner in owners_of(request, world) if owner.provider in TAKERS]
    if not owners:
        return WRONG_TOKEN
    wanted = wanted or request.path_params["phone_number_id"]
    for owner in owners:
        if wanted in (owner.phone_number_id, "me"):
            return owner
    details = f"Object with ID {wanted} does not exist, or this token may not use it."
    return Refusal(code=100, subcode=33, details=details)


def owners_of(request: Request, world: World) -> list[Number]:
    """The numbers whose token this request bears."""
    token = _token(request).encode()
    return [
        number
        for number in world.numbers.values()
        if token and any(secrets.compare_digest(token, t.encode()) for t in number.tokens)
    ]


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _called(world: World, number: Number) -> Called:
    return Called(
        seq=world.next_seq(),
        at_ms=now_ms(),
        operation="send",
        phone_number_id=number.phone_number_id,
        outcome="refused",
    )


def _spoil(called: Called, fault: Fault) -> Response:
    called.code = None
    if fault.kind.startswith("http_"):
        # Bare, as a proxy in front of Meta answers it: nothing tells whether it was taken.
        status = int(fault.kind.split("_")[1])
        return Response("Internal Server Error", status_code=status, media_type="text/plain")
    return Cut() if fault.kind.startswith("cut") else Held(fault.hold_ms)


ROUTES = [
    Route("/{version}/{phone_number_id}/messages", messages, methods=["POST"]),
    Route("/{version}/{phone_number_id}/media", media, methods=["POST"]),
    Route("/{version}/{phone_number_id}", number, methods=["GET"]),
    Route("/{version}/{media_id}/file", file, methods=["GET"]),
    Route("/{version}/{waba_id}/subscribed_apps", apps, methods=["GET"]),
    Route("/{version}/{rest:path}", unknown, methods=["GET", "POST", "DELETE"]),
]
