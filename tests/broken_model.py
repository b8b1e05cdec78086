"""A model server on a bare socket that does what it is told, one act a request: it answers, calls
tools, refuses, hangs, cuts its answer off, drips it out byte by byte, or repeats recorded bytes.

The last act stands for ever. It speaks OpenAI's chat completions; `asked` is what it was sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
DRIP_BYTES = 16


def says(text: Any, *, usage: dict[str, int] | None = None) -> Act:
    """Answer with this text; what is no text is sent as JSON."""
    content = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return replies(_body({"role": "assistant", "content": content}, "stop", usage or USAGE))


def calls(*wanted: tuple[str, Any], usage: dict[str, int] | None = None) -> Act:
    """Call tools: name and arguments, which may be broken JSON as a text."""
    tool_calls = [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {
                "name": name,
                "arguments": given if isinstance(given, str) else json.dumps(given),
            },
        }
        for number, (name, given) in enumerate(wanted)
    ]
    message = {"role": "assistant", "content": None, "tool_calls": tool_calls}
    return replies(_body(message, "tool_calls", usage or USAGE))


def replies(
    body: Any, *, status: int = 200, headers: dict[str, str] | None = None, cut: int | None = None
) -> Act:
    """Answer with any status and body; `cut`: the connection breaks after so many bytes of it."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {
        "Content-Type": "application/json",
        "Content-Length": str(len(data)),
        **(headers or {}),
    }
    head = f"HTTP/1.1 {status} Told\r\n" + "".join(f"{k}: {v}\r\n" for k, v in given.items())
    whole = head.encode() + b"Connection: close\r\n\r\n"

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(whole + (data if cut is None else data[:cut]))

    return act


def repeats(recorded: bytes) -> Act:
    """Answer with the recorded bytes of a real server, head and all."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(recorded)

    return act


def drips(text: Any, pause_s: float) -> Act:
    """Answer a few bytes at a time."""

    async def act(writer: asyncio.StreamWriter) -> None:
        body = json.dumps(_body({"role": "assistant", "content": json.dumps(text)}, "stop", USAGE))
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        data = f"{head}\r\nConnection: close\r\n\r\n{body}".encode()
        for at in range(0, len(data), DRIP_BYTES):
            writer.write(data[at : at + DRIP_BYTES])
            await writer.drain()
            await asyncio.sleep(pause_s)

    return act


async def hangs(_writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


def _body(message: dict[str, Any], ended: str, usage: dict[str, int]) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": ended, "message": message}
    head = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
    return {**head, "choices": [choice], "usage": usage}


class BrokenModel:
    """What it does next, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.does: list[Act] = [says({"response": "أهلًا بك"})]
        self.asked: list[dict[str, Any]] = []
        self.heads: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self._serving: set[asyncio.Task[Any]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
            head = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines if line)}
            self.heads.append(head)
            self.bodies.append(await reader.readexactly(int(head["content-length"])))
            self.asked.append(json.loads(self.bodies[-1]))
            await (self.does.pop(0) if len(self.does) > 1 else self.does[0])(writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the caller ran out of patience, as it should
        finally:
            writer.close()
            self._serving.discard(task)

    def end(self) -> None:
        for task in self._serving:
            task.cancel()


@asynccontextmanager
async def broken_model() -> AsyncIterator[BrokenModel]:
    model = BrokenModel()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield model
    finally:
        model.end()
        server.close()
        await server.wait_closed()
