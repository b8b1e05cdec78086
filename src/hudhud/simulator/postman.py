"""Sends webhooks, truly signed and in order, and comes again until they are answered 200.

Webhooks of one lane (one customer of one number, or the statuses of one message) go one after
another. An endpoint that is down (no answer, 5xx) holds its lane, so that order survives an
outage; one that refuses (4xx) holds up only the refused webhook, as a poisoned one must not stop
the rest. Meta tries for days; here it is `attempts_max` times, and giving up is logged and kept.
As Meta's, a webhook may come again although it was answered, and overtake another (`Behaviour`).
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from typing import Any

import aiohttp

from hudhud.errors import BadInputError, HudhudError
from hudhud.events import emit
from hudhud.simulator.clock import now_ms
from hudhud.simulator.providers.spoken import FINAL, provider_of
from hudhud.simulator.records import Attempt, Delivery
from hudhud.simulator.state import World

WAITING_MAX = 50_000
AT_ONCE_PER_NUMBER_MAX = 16
ATTEMPT_TIMEOUT_S = 10.0
ATTEMPTS_KEPT_MAX = 50
OK = 200
SERVER_ERROR = 500


Letter = tuple[Delivery, bytes]


class Postman:
    """Everything on its way to the webhooks of all numbers."""

    def __init__(self, http: aiohttp.ClientSession, world: World) -> None:
        """Begin with empty lanes."""
        self._http = http
        self._world = world
        self._lanes: dict[tuple[str, str], deque[Letter]] = {}
        self._doors: dict[str, asyncio.Semaphore] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.waiting = 0

    def post(self, delivery: Delivery, raw: bytes) -> None:
        """Put a webhook at the end of its lane.

        Raises:
            BadInputError: `WAITING_MAX` webhooks wait already.
        """
        if self.waiting >= WAITING_MAX:
            raise BadInputError(f"{WAITING_MAX} webhooks wait already.")
        self.waiting += 1
        self._world.deliveries.append(delivery)
        key = (delivery.phone_number_id, delivery.lane)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append((delivery, raw))
            return
        self._lanes[key] = deque([(delivery, raw)])
        self.spawn(self._walk(key))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something until it is done or the simulator stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop; what still waits is lost, as the whole memory is."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _walk(self, key: tuple[str, str]) -> None:
        lane = self._lanes[key]
        while lane:
            delivery, raw = lane.popleft()
            behaviour = self._world.behaves(delivery.phone_number_id)
            if behaviour.shuffle_ms and delivery.alone:
                await asyncio.sleep(random.random() * behaviour.shuffle_ms / 1000)  # noqa: S311 - a dice, no secret
            status = await self._attempt(delivery, raw)
            if status == OK and random.random() < behaviour.again_share:  # noqa: S311 - the same
                self.waiting += 1
                self.spawn(self._once_more(delivery, raw))
            if self._is_final(delivery, status):
                self._give_up(delivery)
            elif status is not None and OK < status < SERVER_ERROR:
                self.spawn(self._again(delivery, raw))
            elif status != OK:
                await self._again(delivery, raw)
        del self._lanes[key]

    async def _once_more(self, delivery: Delivery, raw: bytes) -> None:
        pause_ms = self._world.behaves(delivery.phone_number_id).retry_most_ms
        await asyncio.sleep(random.random() * pause_ms / 1000)  # noqa: S311 - a dice, no secret
        if await self._attempt(delivery, raw) != OK:
            await self._again(delivery, raw)

    async def _again(self, delivery: Delivery, raw: bytes) -> None:
        behaviour = self._world.behaves(delivery.phone_number_id)
        pause_ms = behaviour.retry_first_ms
        for _ in range(1, behaviour.attempts_max):
            await asyncio.sleep(pause_ms / 1000)
            status = await self._attempt(delivery, raw)
            if status == OK:
                return
            if self._is_final(delivery, status):
                break
            pause_ms = min(pause_ms * 2, behaviour.retry_most_ms)
        self._give_up(delivery)

    def _is_final(self, delivery: Delivery, status: int | None) -> bool:
        number = self._world.numbers.get(delivery.phone_number_id)
        return number is not None and status in FINAL.get(number.provider, ())

    def _give_up(self, delivery: Delivery) -> None:
        self.waiting -= 1
        delivery.state = "gave_up"
        emit(
            "simulator.webhook_gave_up",
            level="warning",
            phone_number_id=delivery.phone_number_id,
            wamids=delivery.wamids,
        )
        self._world.listeners.tell("delivery", delivery)

    async def _attempt(self, delivery: Delivery, raw: bytes) -> int | None:
        door = self._doors.setdefault(
            delivery.phone_number_id, asyncio.Semaphore(AT_ONCE_PER_NUMBER_MAX)
        )
        async with door:
            delivery.tries += 1
            attempt = delivery.tries
            self._world.recorder.posted(delivery, attempt)
            begun_ms = now_ms()
            status, error = await self._knock(delivery.phone_number_id, raw)
        self._world.recorder.returned(delivery, attempt, status)
        ended_ms = now_ms()
        if len(delivery.attempts) < ATTEMPTS_KEPT_MAX:
            delivery.attempts.append(
                Attempt(
                    at_ms=begun_ms, took_ms=ended_ms - begun_ms, http_status=status, error=error
                )
            )
        self._note(delivery, status, ended_ms)
        return status

    async def _knock(self, phone_number_id: str, raw: bytes) -> tuple[int | None, str | None]:
        # The number is read at each try: a new secret or address is used from then on.
        try:
            number = self._world.number(phone_number_id)
            address, headers = provider_of(number).letter(number, raw)
            limit = aiohttp.ClientTimeout(total=ATTEMPT_TIMEOUT_S)
            async with self._http.post(
                address,
                data=raw,
                headers=headers,
                timeout=limit,
                allow_redirects=False,
            ) as answer:
                return answer.status, None
        except (aiohttp.ClientError, TimeoutError, ValueError, HudhudError) as error:
            return None, type(error).__name__

    def _note(self, delivery: Delivery, status: int | None, ended_ms: int) -> None:
        if status == OK:
            self.waiting -= 1
            delivery.state = "answered"
            delivery.answered_ms = ended_ms
        if delivery.subject == "message":
            for wamid in delivery.wamids:
                self._note_inbound(wamid, status, ended_ms)
        self._world.listeners.tell("delivery", delivery)

    def _note_inbound(self, wamid: str, status: int | None, ended_ms: int) -> None:
        inbound = self._world.inbound.get(wamid)
        if inbound is not None:
            inbound.attempts += 1
            inbound.http_status = status
            if status == OK and inbound.answered_ms is None:
                inbound.answered_ms = ended_ms
        message = self._world.message(wamid)
        if status == OK and message is not None and message.tick in ("waiting", "sent"):
            message.tick = "delivered"
            self._world.changed(message)
