"""Evolution's interface as the product sees it: sends, chats, the instance, its webhook."""

from __future__ import annotations

import asyncio
import base64
import random
import secrets
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hudhud.simulator.bodies import read_body
from hudhud.simulator.clock import now_ms
from hudhud.simulator.connection import Cut, Held
from hudhud.simulator.customers.receiving import react, read_up_to, receive, show_typing, tell
from hudhud.simulator.evolution.answers import failure, permitted, refused, spoilt, told_state
from hudhud.simulator.evolution.taking import DEEDS, PHONE_DIGITS_MIN, Asked, complaint, part_of
from hudhud.simulator.evolution.taking import digits_in as digits_of
from hudhud.simulator.faults import Call
from hudhud.simulator.files import FILES
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.evolution.faces import face
from hudhud.simulator.providers.evolution.manner import manner_of, set_manner
from hudhud.simulator.providers.evolution.wire import jid_of, sent_webhook, told_of
from hudhud.simulator.records import Called, Delivery
from hudhud.simulator.state import Message, Phone, World

BODY_BYTES_MAX = 32 * 1024 * 1024


async def send(request: Request) -> Response:  # noqa: PLR0911 - one exit a refusal
    """`POST /message/{deed}/{instance}`: one send.

    Source: PLATFORM_FACTS part 9; Evolution API's own documentation.
    """
    number = permitted(request)
    if isinstance(number, Response):
        return number
    deed, body = DEEDS.get(request.path_params["deed"]), await _read(request)
    if deed is None:
        return failure(404, f"Cannot POST {request.url.path}")
    world, manner = _world(request), manner_of(number)
    called = _called(world, number)
    if wrong := complaint(deed, body, manner.version):
        return _end(world, called, failure(400, [wrong]))
    part = part_of(deed, body, manner.version)
    asked, called.to = deed.make(part), digits_of(body, part)
    called.kind, called.text = asked.kind, asked.text
    if len(called.to) < PHONE_DIGITS_MIN:
        return _end(world, called, failure(400, {"exists": False, "jid": called.to}))
    if manner.state != "open":
        return _end(world, called, failure(400, "Error: Connection Closed"))
    call = Call(operation="send", phone_number_id=number.phone_number_id, wa_id=called.to)
    fault = world.strike(call, random.random())  # noqa: S311 - a dice, no secret
    if fault is None:
        answer = _take(request, number, body, asked, called)
        await asyncio.sleep(world.behaves(number.phone_number_id).answer_delay_ms / 1000)
        return _end(world, called, answer)
    if fault.after:
        # What breaks between the sending and the answer breaks before `send.message` is told.
        _take(request, number, body, asked, called, is_told=fault.kind != "http_400_after")
    called.fault = fault.kind
    return _end(world, called, spoilt(fault))


def _take(
    request: Request,
    number: Number,
    body: dict[str, Any],
    asked: Asked,
    called: Called,
    *,
    is_told: bool = True,
) -> Response:
    world, postman = _world(request), request.app.state.simulator.postman
    manner, phone = manner_of(number), world.phone(called.to)
    chosen = str(body.get("messageId") or "") if manner.takes_ids else ""
    quoted = (body.get("quoted") or (body.get("options") or {}).get("quoted") or {}).get("key")
    message = Message(
        seq=world.next_seq(),
        wamid=chosen or f"3EB0{secrets.token_hex(9).upper()}",
        wa_id=phone.wa_id,
        phone_number_id=number.phone_number_id,
        mine=False,
        kind=asked.kind,
        text=asked.text,
        at_ms=called.at_ms,
        stamp_s=called.at_ms // 1000,
        content={"message": asked.message},
        face=face({"message": asked.message}),
        reply_to=(quoted or {}).get("id"),
        tick="accepted",
    )
    called.outcome, called.wamid = "accepted", message.wamid
    if is_told:
        webhook = msgspec.json.encode(sent_webhook(number, phone, message))
        postman.post(_delivery(world, message), webhook)
    steps = world.behaves(number.phone_number_id).script(random.random())  # noqa: S311 - the same
    if asked.kind == "reaction":
        react(world, asked.message["reactionMessage"]["key"]["id"], asked.text)
        tell(world, postman, number, phone, message, steps)
    else:
        receive(world, postman, number, phone, message, steps)
    return JSONResponse(told_of(number, phone, message), status_code=201)


async def chat(request: Request) -> Response:
    """`POST /chat/{deed}/{instance}`: look for a message, read it, type, open a file."""
    number = permitted(request)
    if isinstance(number, Response):
        return number
    body = await _read(request)
    deed = CHATS.get(request.path_params["deed"])
    if deed is None or not isinstance(body, dict):
        return failure(404 if deed is None else 400, f"Cannot POST {request.url.path}")
    return JSONResponse(*deed(_world(request), number, body))


def _find(world: World, number: Number, body: dict[str, Any]) -> tuple[Any, int]:
    wanted = ((body.get("where") or {}).get("key") or {}).get("id")
    message = world.message(str(wanted))
    records = []
    if message is not None and message.phone_number_id == number.phone_number_id:
        jid = jid_of(world.phones[message.wa_id])
        records = [{"key": {"id": message.wamid, "remoteJid": jid, "fromMe": not message.mine}}]
    if manner_of(number).version == "v1":
        return records, 200
    return {"messages": {"total": len(records), "pages": 1, "records": records}}, 200


def _mark_read(world: World, number: Number, body: dict[str, Any]) -> tuple[Any, int]:
    called = _called(world, number, operation="read")
    for key in body.get("readMessages") or body.get("read_messages") or ():
        message = world.message(str(key.get("id")))
        if message is not None and message.mine:
            read_up_to(world, message)
            called.outcome, called.to, called.wamid = "read", message.wa_id, message.wamid
    world.record_call(called)
    return {"message": "Read messages", "read": "success"}, 201


def _presence(world: World, number: Number, body: dict[str, Any]) -> tuple[Any, int]:
    phone: Phone | None = world.phones.get(digits_of(body, {}))
    if phone is not None:
        show_typing(world, phone, number, at_ms=now_ms())
    return {"presence": "composing"}, 201


def _file(world: World, _number: Number, body: dict[str, Any]) -> tuple[Any, int]:
    message = world.message(str(((body.get("message") or {}).get("key") or {}).get("id")))
    if message is None or message.kind not in FILES:
        return refused(400, "Message not found"), 400
    file = FILES[message.kind]
    data = base64.b64encode(file.data).decode()
    return {"mediaType": message.kind, "mimetype": file.mime, "base64": data}, 201


async def instance(request: Request) -> Response:
    """`GET /instance/{deed}/{instance}`: is the phone linked, and the code that links it."""
    number = permitted(request)
    if isinstance(number, Response):
        return number
    manner = manner_of(number)
    if request.path_params["deed"] == "connectionState" or manner.state == "open":
        return JSONResponse(told_state(number))
    set_manner(number, msgspec.structs.replace(manner, state="connecting"))
    code = "2@" + base64.b64encode(secrets.token_bytes(96)).decode()
    picture = base64.b64encode(FILES["image"].data).decode()
    pair = {"pairingCode": secrets.token_hex(4).upper(), "code": code, "count": 1}
    return JSONResponse({**pair, "base64": f"data:image/png;base64,{picture}"})


async def find_webhook(request: Request) -> Response:
    """`GET /webhook/find/{instance}`."""
    number = permitted(request)
    if isinstance(number, Response):
        return number
    manner = manner_of(number)
    shared = {"enabled": True, "url": number.webhook_url, "events": ["MESSAGES_UPSERT"]}
    told = {"webhookByEvents": manner.by_events, "webhookBase64": manner.base64}
    return JSONResponse({**shared, **told})


async def set_webhook(request: Request) -> Response:
    """`POST /webhook/set/{instance}`: v2 wraps it in `webhook`, v1 does not."""
    number = permitted(request)
    if isinstance(number, Response):
        return number
    body = await _read(request)
    told = body.get("webhook") or body if isinstance(body, dict) else {}
    url = told.get("url") if isinstance(told, dict) else None
    if not isinstance(url, str) or not url.startswith("http"):
        return failure(400, ['Invalid "url" property'])
    manner = msgspec.structs.replace(
        manner_of(number),
        by_events=bool(told.get("byEvents") or told.get("webhook_by_events")),
        base64=bool(told.get("base64") or told.get("webhook_base64")),
        headers={str(k): str(v) for k, v in (told.get("headers") or {}).items()},
    )
    number.webhook_url = url
    set_manner(number, manner)
    return JSONResponse({"webhook": {"instanceName": number.phone_number_id}}, status_code=201)


async def _read(request: Request) -> Any:
    try:
        return msgspec.json.decode(await read_body(request, BODY_BYTES_MAX))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _world(request: Request) -> World:
    world: World = request.app.state.simulator.world
    return world


def _called(world: World, number: Number, operation: Any = "send") -> Called:
    return Called(
        seq=world.next_seq(),
        at_ms=now_ms(),
        operation=operation,
        phone_number_id=number.phone_number_id,
        outcome="refused",
    )


def _delivery(world: World, message: Message) -> Delivery:
    return Delivery(
        seq=world.next_seq(),
        phone_number_id=message.phone_number_id,
        subject="event",
        lane=f"status/{message.wamid}",
        queued_ms=message.at_ms,
    )


def _end(world: World, called: Called, answer: Response) -> Response:
    world.recorder.called(called)
    called.http_status = None if isinstance(answer, Cut | Held) else answer.status_code
    world.record_call(called)
    return answer


CHATS = {
    "findMessages": _find,
    "markMessageAsRead": _mark_read,
    "sendPresence": _presence,
    "getBase64FromMediaMessage": _file,
}
ROUTES = [
    Route("/message/{deed}/{instance}", send, methods=["POST"]),
    Route("/chat/{deed}/{instance}", chat, methods=["POST"]),
    Route("/instance/{deed}/{instance}", instance, methods=["GET"]),
    Route("/webhook/find/{instance}", find_webhook, methods=["GET"]),
    Route("/webhook/set/{instance}", set_webhook, methods=["POST"]),
]
