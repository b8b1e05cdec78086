"""A stand-in of Meta at the level of the socket: it answers, cuts, or keeps silent as told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import msgspec
from whatsapp_hooks import OPTIONS

from hudhud.channels.whatsapp import Options


@dataclass
class Provider:
    """`answers` are given in turn, the last one for ever; "cut" closes, "silence" never answers."""

    answers: list[bytes] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    url: str = ""
    reads_json: bool = True

    @property
    def options(self) -> Options:
        return msgspec.structs.replace(OPTIONS, api_url=self.url)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        read = json.loads(body) if body and self.reads_json else body or None
        self.asked.append((first.rsplit(" ", 1)[0], headers, read))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == b"silence":
            await reader.read()
        elif answer != b"cut":
            writer.write(answer)
            await writer.drain()


@asynccontextmanager
async def provider(*answers: bytes) -> AsyncIterator[tuple[Provider, aiohttp.ClientSession]]:
    """A running stand-in, and a session to call it with."""
    meta = Provider(list(answers))
    server = await asyncio.start_server(meta.serve, "127.0.0.1", 0)
    meta.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, aiohttp.ClientSession() as http:
        yield meta, http


def answer(status: int, body: Any = None, **headers: str) -> bytes:
    """One HTTP answer; a body that is not bytes is written as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"Content-Length": str(len(raw)), "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + raw


def accepted(wamid: str = "wamid.NEW") -> bytes:
    return answer(200, {"messaging_product": "whatsapp", "messages": [{"id": wamid}]})


def refused(code: Any, status: int = 400, **more: Any) -> bytes:
    return answer(status, {"error": {"code": code, "message": "no", **more}})
