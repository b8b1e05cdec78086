"""The Graph API as the product sees it: `/{version}/{phone_number_id}/messages` and the number."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.simulator.bodies import read_body
from hudhud.simulator.clock import now_ms
from hudhud.simulator.connection import Cut, Held
from hudhud.simulator.customers.saying import new_wamid
from hudhud.simulator.faults import Call, Fault
from hudhud.simulator.files import file_of
from hudhud.simulator.graph.acceptance import accept, addressee, mark_read, shut_out
from hudhud.simulator.graph.meta import Refusal, by_code, error_body
from hudhud.simulator.graph.validation import check_send, digits_of
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.records import Called
from hudhud.simulator.state import World

BODY_BYTES_MAX = 1024 * 1024
VERSION = re.compile(r"v\d{1,2}\.\d")
WRONG_TOKEN = by_code(190)
NO_SUCH_PATH = Refusal(code=2500, details="There is no such path here.")


async def messages(request: Request) -> Response:
    """`POST /{version}/{phone_number_id}/messages`: one send, or one read and typing call.

    Source: PLATFORM_FACTS parts 5 and 6; Meta's message reference.
    """
    world: World = request.app.state.simulator.world
    postman: Postman = request.app.state.simulator.postman
    number = _permitted(request, world)
    if isinstance(number, Refusal):
        return _refuse(number)
    try:
        body = msgspec.json.decode(await read_body(request, BODY_BYTES_MAX))
    except (msgspec.DecodeError, UnicodeDecodeError):
        body = None
    called = _called(world, number, body)
    refusal = check_send(body)
    fault = None if refusal else world.strike(_call(world, called), random.random())  # noqa: S311 - a dice, no secret
    if fault is not None:
        called.fault = fault.kind
    if refusal is None and fault is not None and fault.code is not None:
        refusal = by_code(fault.code)
    if refusal is None and not (fault is not None and not fault.after):
        answer = _take(world, postman, number, body, called)
    else:
        answer = _refused(called, refusal)
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
    if file_of(request.path_params["phone_number_id"]):
        return _placed(request, world)
    found = _permitted(request, world)
    if isinstance(found, Refusal):
        return _refuse(found)
    return JSONResponse(
        {
            "id": found.phone_number_id,
            "display_phone_number": found.display_phone_number,
            "verified_name": found.name,
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "platform_type": "CLOUD_API",
        }
    )


def _placed(request: Request, world: World) -> Response:
    media_id = request.path_params["phone_number_id"]
    file = file_of(media_id)
    if file is None or not _owners(request, world):
        return _refuse(WRONG_TOKEN)
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
    found = file_of(request.path_params["media_id"])
    if not _owners(request, world):
        return _refuse(WRONG_TOKEN)
    if found is None:
        return _refuse(NO_SUCH_PATH)
    return Response(found.data, media_type=found.mime)


async def unknown(_request: Request) -> Response:
    """Any other path below a version."""
    return _refuse(NO_SUCH_PATH)


def _permitted(request: Request, world: World) -> Number | Refusal:
    if not VERSION.fullmatch(request.path_params["version"]):
        return NO_SUCH_PATH
    owners = _owners(request, world)
    if not owners:
        return WRONG_TOKEN
    wanted = request.path_params["phone_number_id"]
    for owner in owners:
        if owner.phone_number_id == wanted:
            return owner
    details = f"Object with ID {wanted} does not exist, or this token may not use it."
    return Refusal(code=100, subcode=33, details=details)


def _owners(request: Request, world: World) -> list[Number]:
    """The numbers whose token this request bears."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return []
    return [
        number
        for number in world.numbers.values()
        if any(secrets.compare_digest(token.strip().encode(), t.encode()) for t in number.tokens)
    ]


def _called(world: World, number: Number, body: Any) -> Called:
    asked = body if isinstance(body, dict) else {}
    text = asked.get("text")
    return Called(
        seq=world.next_seq(),
        at_ms=now_ms(),
        operation="read" if "status" in asked else "send",
        phone_number_id=number.phone_number_id,
        outcome="refused",
        to=str(asked.get("to") or asked.get("recipient") or ""),
        kind=str(asked.get("type", "text")),
        text=str(text.get("body", "")) if isinstance(text, dict) else "",
        tag=_string(asked.get("biz_opaque_callback_data")),
        wamid=_string(asked.get("message_id")),
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _call(world: World, called: Called) -> Call:
    wa_id: str | None = digits_of(called.to)
    if called.operation == "read":
        concerned = world.message(called.wamid or "")
        wa_id = concerned.wa_id if concerned else None
    elif "." in called.to:
        phone = world.by_user_id(called.to)
        wa_id = phone.wa_id if phone else None
    return Call(operation=called.operation, phone_number_id=called.phone_number_id, wa_id=wa_id)


def _take(
    world: World, postman: Postman, number: Number, body: dict[str, Any], called: Called
) -> Response:
    if called.operation == "read":
        return _take_read(world, number, body, called)
    at_ms = called.at_ms
    phone = addressee(world, body)
    if phone is None:
        called.outcome, called.wamid = "dropped", new_wamid(called.to)
        return _taken(called, {"input": called.to, "user_id": called.to})
    closed = shut_out(world, phone, number, body, at_ms)
    if closed and world.behaves(number.phone_number_id).window == "answer":
        return _refused(called, by_code(131047))
    message = accept(world, postman, number, phone, body, undeliverable=closed, at_ms=at_ms)
    called.outcome = "undeliverable" if closed else "accepted"
    called.wamid, called.text = message.wamid, message.text
    identity = {"wa_id": phone.wa_id} if body.get("to") else {"user_id": phone.user_id}
    return _taken(called, {"input": called.to, **identity})


def _taken(called: Called, contact: dict[str, str]) -> Response:
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": called.wamid, "message_status": "accepted"}],
        }
    )


def _take_read(world: World, number: Number, body: dict[str, Any], called: Called) -> Response:
    typing = body.get("typing_indicator") is not None
    read = mark_read(world, number, body["message_id"], typing=typing, at_ms=called.at_ms)
    if read is None:
        details = "The parameter message_id names no message that this number received."
        return _refused(called, Refusal(code=131009, details=details))
    called.outcome, called.to = "read", read.wa_id
    return JSONResponse({"success": True})


def _refused(called: Called, refusal: Refusal | None) -> Response:
    called.outcome = "refused"
    called.code = refusal.code if refusal else None
    return _refuse(refusal or by_code(1))


def _refuse(refusal: Refusal) -> Response:
    status, body = error_body(refusal, "A" + secrets.token_urlsafe(16))
    return JSONResponse(body, status_code=status)


def _spoil(called: Called, fault: Fault) -> Response:
    called.code = None
    if fault.kind.startswith("http_500"):
        # A bare 500, as a proxy in front of Meta answers it: nothing tells whether it was taken.
        return Response("Internal Server Error", status_code=500, media_type="text/plain")
    return Cut() if fault.kind.startswith("cut") else Held(fault.hold_ms)


ROUTES = [
    Route("/{version}/{phone_number_id}/messages", messages, methods=["POST"]),
    Route("/{version}/{phone_number_id}", number, methods=["GET"]),
    Route("/{version}/{media_id}/file", file, methods=["GET"]),
    Route("/{version}/{rest:path}", unknown, methods=["GET", "POST", "DELETE"]),
]
