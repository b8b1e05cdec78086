"""A stand-in of a language model: OpenAI's chat completions over HTTP, well or badly behaved.

Well behaved, its answer repeats the marks of the batch's messages (`#17`), so that whoever reads
the answer outside knows which messages it answers.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from aiohttp import web

Manner = Literal["well", "hang", "fail", "garbage"]

HOST = "127.0.0.1"
HANG_S = 30.0
# Now and then long enough that more messages come meanwhile.
THINKING_S = (0.05, 0.1, 0.2, 1.0)
MARK = re.compile(r"#\d+")
# What real models were seen to write: cut off, nothing, prose, a page of a proxy, two objects.
GARBAGE = (
    '{"response": "وصلت رسالتك',
    "",
    "تمام، سأراجع الطلب وأعود إليك.",
    "<html><body>502 Bad Gateway</body></html>",
    '{"response": null}{"response": 7}',
)


class Model:
    """Answers every request in the manner of the moment."""

    def __init__(self) -> None:
        """Begin well behaved; `url` is where an OpenAI client finds it."""
        self.url = ""
        self.manner: Manner = "well"
        self._garbage = itertools.cycle(GARBAGE)
        self._thinking_s = itertools.cycle(THINKING_S)

    async def complete(self, request: web.Request) -> web.Response:
        """`POST /v1/chat/completions`."""
        try:
            asked = await request.json()
        except ConnectionResetError:  # who asked was killed
            raise web.HTTPBadRequest from None
        await asyncio.sleep(next(self._thinking_s))
        if self.manner == "fail":
            return web.json_response({"error": {"message": "overloaded"}}, status=503)
        if self.manner == "hang":
            await asyncio.sleep(HANG_S)
        if self.manner == "garbage":
            return web.json_response(_completion(next(self._garbage)))
        return web.json_response(_completion(_answer(asked)))


@asynccontextmanager
async def answering() -> AsyncIterator[Model]:
    """A stand-in that listens on a free port of loopback."""
    model = Model()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    model.url = f"http://{HOST}:{runner.addresses[0][1]}/v1"
    try:
        yield model
    finally:
        await runner.cleanup()


def _answer(asked: dict[str, Any]) -> str:
    told = "".join(part["content"] for part in asked["messages"] if part["role"] == "user")
    marks = MARK.findall(told.rpartition("\nMESSAGES\n")[2])
    return json.dumps({"response": f"تمام: {' '.join(marks)}"}, ensure_ascii=False)


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    head = {"id": "1", "object": "chat.completion", "created": 1, "model": "stand-in"}
    return {**head, "choices": [choice], "usage": usage}
