"""A language model that answers when the test lets it: OpenAI's chat completions over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

ANSWER_S_MAX = 40.0


class SlowModel:
    """Counts the questions, and holds every answer back while its gate is closed."""

    def __init__(self) -> None:
        self.url = ""
        self.asked = 0
        self.says = "تمام، وصلتنا رسالتك."
        self.gate = asyncio.Event()
        self._came = asyncio.Condition()

    @property
    def assistant(self) -> dict[str, Any]:
        """An assistant that asks this model."""
        return {"responder": "llm", "options": {"model": "openai:slow", "base_url": self.url}}

    async def until_asked(self, times: int = 1) -> None:
        async with asyncio.timeout(ANSWER_S_MAX), self._came:
            await self._came.wait_for(lambda: self.asked >= times)

    async def complete(self, request: web.Request) -> web.Response:
        await request.read()
        async with self._came:
            self.asked += 1
            self._came.notify_all()
        await self.gate.wait()
        return completion("slow", {"content": json.dumps({"response": self.says})})


@asynccontextmanager
async def slow_model() -> AsyncIterator[SlowModel]:
    model = SlowModel()
    async with completing(model.complete) as model.url:
        try:
            yield model
        finally:
            model.gate.set()


def completion(model: str, message: dict[str, Any]) -> web.Response:
    """What a model says, or the calls that it makes."""
    ended = "tool_calls" if message.get("tool_calls") else "stop"
    choice = {"index": 0, "finish_reason": ended, "message": {"role": "assistant", **message}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    head = {"id": "1", "object": "chat.completion", "created": 1, "model": model}
    return web.json_response({**head, "choices": [choice], "usage": usage})


@asynccontextmanager
async def completing(
    complete: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[str]:
    """Answer completions so; gives the base URL."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()
