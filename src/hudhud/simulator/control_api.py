"""The control API, `/simulator/…`: numbers, failures on demand, and how Meta behaves."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hudhud.errors import BadInputError, NotFoundError
from hudhud.simulator import numbers
from hudhud.simulator.bodies import decoded
from hudhud.simulator.faults import FAULTS_MAX, Fault, FaultOrder, ordered
from hudhud.simulator.state import Behaviour, World
from hudhud.simulator.statuses import SCRIPTS, Step, script

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=600_000)]


class BehaviourOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What `PUT /simulator/behaviour` takes; what is left out stays as it is.

    `statuses` is a name of `SCRIPTS` or a list of `{status, after_ms}`, `mix` a list of such names
    (empty: no mix). Without `phone_number_id`
    it is for every number that has no behaviour of its own.
    """

    phone_number_id: str | None = None
    statuses: str | list[Step] | None = None
    window: Literal["status", "answer", "off"] | None = None
    answer_delay_ms: Milliseconds | None = None
    retry_first_ms: Milliseconds | None = None
    retry_most_ms: Milliseconds | None = None
    attempts_max: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    mix: list[str] | None = None
    again_share: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    shuffle_ms: Milliseconds | None = None
    subscribed: bool | None = None
    name_status: Literal["APPROVED", "PENDING_REVIEW", "DECLINED"] | None = None
    quality: Literal["GREEN", "YELLOW", "RED"] | None = None
    can_send: Literal["AVAILABLE", "LIMITED", "BLOCKED"] | None = None


async def register(request: Request) -> Response:
    """`POST /simulator/numbers`: register a number, challenge its webhook, keep it.

    A webhook that fails the challenge is kept too, `verified` false with the reason: its token
    works for sends, and registering again challenges again.
    """
    simulator = request.app.state.simulator
    world = _world(request)
    asked = await decoded(request, numbers.Registration)
    number = numbers.registered(world.numbers, asked)
    number.reached_at = str(request.base_url).rstrip("/")
    number.reason = await numbers.challenge(simulator.http, number) if asked.challenge else ""
    number.verified = number.reason == numbers.VERIFIED
    world.numbers[number.phone_number_id] = number
    await _save(request)
    world.listeners.tell("numbers", [known.public() for known in world.numbers.values()])
    return _json(number.public())


async def list_numbers(request: Request) -> Response:
    """`GET /simulator/numbers`: every number, without its secrets."""
    return _json([number.public() for number in _world(request).numbers.values()])


async def unregister(request: Request) -> Response:
    """`DELETE /simulator/numbers/{phone_number_id}`."""
    world = _world(request)
    del world.numbers[world.number(request.path_params["phone_number_id"]).phone_number_id]
    await _save(request)
    world.listeners.tell("numbers", [known.public() for known in world.numbers.values()])
    return Response(status_code=204)


async def add_fault(request: Request) -> Response:
    """`POST /simulator/faults`: fail on demand; see `faults.FaultOrder`."""
    world = _world(request)
    order = await decoded(request, FaultOrder)
    if len(world.faults) >= FAULTS_MAX:
        raise BadInputError(f"There are {FAULTS_MAX} faults already.")
    fault = ordered(order, world.next_seq())
    _set_faults(world, [*world.faults, fault])
    return _json(fault)


async def list_faults(request: Request) -> Response:
    """`GET /simulator/faults`: what still strikes."""
    return _json(_world(request).faults)


async def clear_faults(request: Request) -> Response:
    """`DELETE /simulator/faults`, or one of them by `/{id}`."""
    world = _world(request)
    wanted = request.path_params.get("id")
    left = [fault for fault in world.faults if wanted is not None and fault.id != wanted]
    if wanted is not None and len(left) == len(world.faults):
        raise NotFoundError(f"No fault has the id {wanted}.")
    _set_faults(world, left)
    return Response(status_code=204)


async def behave(request: Request) -> Response:
    """`PUT /simulator/behaviour`: how statuses come, and what the 24-hour window does."""
    world = _world(request)
    order = await decoded(request, BehaviourOrder)
    number_id = order.phone_number_id
    before = world.behaves(number_id) if number_id else world.behaviour
    names = set(Behaviour.__struct_fields__) - {"statuses", "mix"}
    changes = {n: getattr(order, n) for n in names if getattr(order, n) is not None}
    if order.statuses is not None:
        changes["statuses"] = script(order.statuses)
    if order.mix is not None:
        for name in order.mix:
            script(name)
        changes["mix"] = tuple(order.mix)
    after = msgspec.structs.replace(before, **changes)
    if number_id:
        world.behaviours[world.number(number_id).phone_number_id] = after
    else:
        world.behaviour = after
    world.listeners.tell("behaviour", shown(after))
    return _json(shown(after))


async def see_behaviour(request: Request) -> Response:
    """`GET /simulator/behaviour?phone_number_id=…`."""
    number_id = request.query_params.get("phone_number_id", "")
    return _json(shown(_world(request).behaves(number_id)))


async def see_waiting(request: Request) -> Response:
    """`GET /simulator/waiting`: how many webhooks are on their way or will come again."""
    return _json({"webhooks": request.app.state.simulator.postman.waiting})


async def reset(request: Request) -> Response:
    """`POST /simulator/reset`: forget phones, history, faults and behaviour; numbers stay."""
    world = _world(request)
    world.forget()
    world.behaviour, world.behaviours = Behaviour(), {}
    world.listeners.tell("reset", {})
    return Response(status_code=204)


def shown(behaviour: Behaviour) -> dict[str, Any]:
    """The behaviour as JSON, with the name of its script where it has one."""
    names = [name for name, steps in SCRIPTS.items() if steps == behaviour.statuses]
    data: dict[str, Any] = msgspec.to_builtins(behaviour)
    return data | {"script": names[0] if names else None}


def _set_faults(world: World, faults: list[Fault]) -> None:
    world.faults = faults
    world.listeners.tell("faults", faults)


async def _save(request: Request) -> None:
    simulator = request.app.state.simulator
    path = numbers.numbers_path(simulator.settings.data_dir)
    async with simulator.saving:  # two registrations at once must not overtake each other
        await asyncio.to_thread(numbers.save, path, dict(simulator.world.numbers))


def _world(request: Request) -> World:
    world: World = request.app.state.simulator.world
    return world


def _json(data: Any) -> Response:
    return Response(msgspec.json.encode(data), media_type="application/json")


ROUTES = [
    Route("/simulator/numbers", register, methods=["POST"]),
    Route("/simulator/numbers", list_numbers, methods=["GET"]),
    Route("/simulator/numbers/{phone_number_id}", unregister, methods=["DELETE"]),
    Route("/simulator/faults", add_fault, methods=["POST"]),
    Route("/simulator/faults", list_faults, methods=["GET"]),
    Route("/simulator/faults", clear_faults, methods=["DELETE"]),
    Route("/simulator/faults/{id:int}", clear_faults, methods=["DELETE"]),
    Route("/simulator/behaviour", behave, methods=["PUT"]),
    Route("/simulator/behaviour", see_behaviour, methods=["GET"]),
    Route("/simulator/waiting", see_waiting, methods=["GET"]),
    Route("/simulator/reset", reset, methods=["POST"]),
]
