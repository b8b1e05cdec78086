"""The simulator on a free port, its client, and a real webhook endpoint that checks signatures."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from hudhud.settings import Settings
from hudhud.simulator.app import create_server

DEADLINE_S = 30.0
NUMBER = "100200300"
TOKEN = "token-of-the-number"
SECRET = "app-secret-of-the-number"
CUSTOMER = "966500000001"

Wait = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]


class Sink:
    """An endpoint of the business: remembers every webhook, answers what it is told to."""

    def __init__(self) -> None:
        self.url = ""
        self.verify_token = "verify-me"
        self.answers: list[int] = []
        self.always = 200
        self.bodies: list[dict[str, Any]] = []
        self.unsigned = 0
        self.came = asyncio.Condition()

    async def challenge(self, request: web.Request) -> web.Response:
        if request.query.get("hub.verify_token") != self.verify_token:
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def receive(self, request: web.Request) -> web.Response:
        raw = await request.read()
        wanted = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
        async with self.came:
            if request.headers.get("X-Hub-Signature-256") != wanted:
                self.unsigned += 1
            self.bodies.append(json.loads(raw))
            status = self.answers.pop(0) if self.answers else self.always
            self.came.notify_all()
        return web.Response(status=status)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE_S), self.came:
            await self.came.wait_for(true)

    @property
    def values(self) -> list[dict[str, Any]]:
        return [b["entry"][0]["changes"][0]["value"] for b in self.bodies]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [m for v in self.values for m in v.get("messages", ())]

    @property
    def statuses(self) -> list[dict[str, Any]]:
        return [s for v in self.values for s in v.get("statuses", ())]

    def told(self, wamid: str) -> list[str]:
        return [s["status"] for s in self.statuses if s["id"] == wamid]


class Simulated:
    """A client of the simulator, as the product and the scripts are."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = url

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        async with self.http.request(method, self.url + path, json=body) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def register(self, sink: Sink, **changes: Any) -> dict[str, Any]:
        body = {
            "phone_number_id": NUMBER,
            "display_phone_number": "+966 11 000 0000",
            "name": "متجر",
            "token": TOKEN,
            "app_secret": SECRET,
            "verify_token": "verify-me",
            "webhook_url": sink.url,
        }
        status, answer = await self.ask("POST", "/simulator/numbers", body | changes)
        assert status == 200, answer
        return dict(answer)

    async def say(self, **say: Any) -> list[str]:
        path = f"/simulator/phones/{say.pop('wa_id', CUSTOMER)}/say"
        status, answer = await self.ask("POST", path, {"phone_number_id": NUMBER} | say)
        assert status == 200, answer
        return list(answer["wamids"])

    async def send(self, token: str = TOKEN, **part: Any) -> tuple[int, Any]:
        body = {"messaging_product": "whatsapp", "to": CUSTOMER} | part
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{self.url}/v23.0/{NUMBER}/messages"
        async with self.http.post(url, json=body, headers=headers) as answer:
            text = await answer.text()
            is_json = answer.content_type == "application/json"
            return answer.status, json.loads(text) if is_json else text

    async def text(self, words: str = "أهلًا", **part: Any) -> str:
        status, answer = await self.send(type="text", text={"body": words}, **part)
        assert status == 200, answer
        return str(answer["messages"][0]["id"])

    async def phone(self, wa_id: str = CUSTOMER) -> dict[str, Any]:
        status, answer = await self.ask("GET", f"/simulator/phones/{wa_id}")
        assert status == 200, answer
        return dict(answer)

    async def history(self, query: str = "") -> dict[str, Any]:
        return dict((await self.ask("GET", f"/simulator/history{query}"))[1])

    async def behave(self, **behaviour: Any) -> None:
        status, answer = await self.ask("PUT", "/simulator/behaviour", behaviour)
        assert status == 200, answer

    async def fault(self, kind: str, **rest: Any) -> dict[str, Any]:
        status, answer = await self.ask("POST", "/simulator/faults", {"kind": kind, **rest})
        assert status == 200, answer
        return dict(answer)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(settings)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with asyncio.timeout(DEADLINE_S):
            while not server.started and not task.done():
                await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listener.close()
