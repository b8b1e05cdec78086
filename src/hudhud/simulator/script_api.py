"""The script API, `/simulator/…`: what demo, drills, tests and the phone page drive."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hudhud.errors import BadInputError, NotFoundError
from hudhud.simulator.bodies import ADMIN_BODY_BYTES_MAX, decoded, read_body
from hudhud.simulator.clock import now_ms
from hudhud.simulator.customers.saying import Say, said
from hudhud.simulator.customers.speaking import How, speak
from hudhud.simulator.live import events
from hudhud.simulator.providers.spoken import forms
from hudhud.simulator.records import Delivery
from hudhud.simulator.state import Message, Phone, World

HISTORY_LIMIT = 2_000
WAIT_MS_MAX = 60_000


class Talk(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `POST /simulator/say` takes: several things, of any phones, to one number."""

    phone_number_id: str
    messages: list[dict[str, Any]]
    delivery: How = "in_order"


class Opened(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `POST /simulator/phones` takes."""

    wa_id: str
    name: str = ""
    hides_phone: bool | None = None


async def say(request: Request) -> Response:
    """`POST /simulator/say`: say things from any phones; answers their wamids in order."""
    talk = await decoded(request, Talk)
    says = [said(part) for part in talk.messages]
    return _spoken(request, talk.phone_number_id, says, talk.delivery)


async def say_from(request: Request) -> Response:
    """`POST /simulator/phones/{wa_id}/say`: say one thing, or several under `messages`."""
    asked = await decoded(request, dict[str, Any])
    number_id, how = str(asked.pop("phone_number_id", "")), asked.pop("delivery", "in_order")
    parts = asked.pop("messages", None)
    shared = {"wa_id": request.path_params["wa_id"]}
    try:
        bodies = [shared | asked | part for part in parts] if parts else [shared | asked]
        says = [said(body) for body in bodies]
        delivery = msgspec.convert(how, How)
    except (msgspec.ValidationError, TypeError) as error:
        raise BadInputError(str(error)) from None
    return _spoken(request, number_id, says, delivery)


def _spoken(request: Request, number_id: str, says: list[Say], how: How) -> Response:
    simulator = request.app.state.simulator
    number = simulator.world.number(number_id)
    wamids = speak(simulator.world, simulator.postman, number, says, how, now_ms=now_ms())
    return _json({"wamid": wamids[0], "wamids": wamids})


async def phones(request: Request) -> Response:
    """`GET /simulator/phones`: every phone, without its messages."""
    return _json([_card(phone) for phone in _world(request).phones.values()])


async def open_phone(request: Request) -> Response:
    """`POST /simulator/phones`: make a phone, or rename it."""
    asked = await decoded(request, Opened)
    phone = _world(request).phone(asked.wa_id, name=asked.name, hides_phone=asked.hides_phone)
    _world(request).listeners.tell("phone", _card(phone))
    return _json(conversation(phone))


async def phone(request: Request) -> Response:
    """`GET /simulator/phones/{wa_id}`: the conversation as the phone shows it."""
    number_id = request.query_params.get("phone_number_id", "")
    return _json(conversation(_phone(request), number_id))


async def drop_phone(request: Request) -> Response:
    """`DELETE /simulator/phones/{wa_id}`: throw the phone away."""
    wa_id = _phone(request).wa_id
    _world(request).remove(wa_id)
    _world(request).listeners.tell("phone_gone", {"wa_id": wa_id})
    return Response(status_code=204)


async def history(request: Request) -> Response:
    """`GET /simulator/history?after=SEQ&limit=N&wait_ms=M`: what passed, seen from outside.

    `sends` are the calls that Meta took, `calls` all of them, `inbound` what customers said and
    when its webhook got 200, `deliveries` every webhook with every try. With `wait_ms` the answer
    comes as soon as anything newer than `after` exists. `wait_ms` ends at the next call or
    message, not when an older one changes: ask again, or listen to the events, for that.
    """
    after, limit, wait_ms = (
        _whole(request, name, default, most)
        for name, default, most in (
            ("after", 0, 2**53),
            ("limit", HISTORY_LIMIT, 20_000),
            ("wait_ms", 0, WAIT_MS_MAX),
        )
    )
    world = _world(request)
    await _newer(world, after, wait_ms)
    calls = [c for c in world.calls if c.seq > after][:limit]
    return _json(
        {
            "seq": world.last_seq,
            "now_ms": now_ms(),
            "sends": [c for c in calls if c.operation == "send" and c.outcome != "refused"],
            "calls": calls,
            "inbound": [i for i in world.inbound.values() if i.seq > after][:limit],
            "deliveries": [d for d in world.deliveries if d.seq > after][:limit],
        }
    )


async def kinds(_request: Request) -> Response:
    """`GET /simulator/kinds`: what can be said at each provider, with the members of each kind."""
    return _json(forms())


async def raw_webhook(request: Request) -> Response:
    """`POST /simulator/numbers/{phone_number_id}/webhook`: sign these bytes and send them."""
    simulator = request.app.state.simulator
    number = simulator.world.number(request.path_params["phone_number_id"])
    raw = await read_body(request, ADMIN_BODY_BYTES_MAX)
    delivery = Delivery(
        seq=simulator.world.next_seq(),
        phone_number_id=number.phone_number_id,
        subject="raw",
        lane="raw",
        queued_ms=now_ms(),
    )
    simulator.postman.post(delivery, raw)
    return _json({"seq": delivery.seq})


async def _newer(world: World, after: int, wait_ms: int) -> None:
    with world.listeners.listen() as backlog:
        try:
            async with asyncio.timeout(wait_ms / 1000):
                while world.last_seq <= after and wait_ms and await backlog.get():
                    pass
        except TimeoutError:
            return


def _world(request: Request) -> World:
    world: World = request.app.state.simulator.world
    return world


def _phone(request: Request) -> Phone:
    wa_id = request.path_params["wa_id"]
    found = _world(request).phones.get(wa_id)
    if found is None:
        raise NotFoundError(f"No phone {wa_id!r} has spoken or been opened.")
    return found


def _card(phone: Phone) -> dict[str, Any]:
    return {
        "wa_id": phone.wa_id,
        "name": phone.name,
        "user_id": phone.user_id,
        "hides_phone": phone.hides_phone,
        "typing": phone.typing,
    }


def conversation(phone: Phone, number_id: str = "") -> dict[str, Any]:
    """The phone as JSON, with what it shows: of one number, or of all."""
    shown: list[Message] = [
        m for m in phone.messages if not number_id or m.phone_number_id == number_id
    ]
    return _card(phone) | {"now_ms": now_ms(), "messages": shown}


def _whole(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or int(text) > most:
        raise BadInputError(f"{name} must be a whole number up to {most}.")
    return int(text)


def _json(data: Any) -> Response:
    return Response(msgspec.json.encode(data), media_type="application/json")


ROUTES = [
    Route("/simulator/say", say, methods=["POST"]),
    Route("/simulator/phones", phones, methods=["GET"]),
    Route("/simulator/phones", open_phone, methods=["POST"]),
    Route("/simulator/phones/{wa_id}", phone, methods=["GET"]),
    Route("/simulator/phones/{wa_id}", drop_phone, methods=["DELETE"]),
    Route("/simulator/phones/{wa_id}/say", say_from, methods=["POST"]),
    Route("/simulator/kinds", kinds, methods=["GET"]),
    Route("/simulator/history", history, methods=["GET"]),
    Route("/simulator/numbers/{phone_number_id}/webhook", raw_webhook, methods=["POST"]),
    Route("/simulator/events", events, methods=["GET"]),
]
