"""A language model that obeys whoever wrote last: it makes every call that a text asks for, however
forged, and then says what it is told to say.

An order reads `call TOOL a=1 b=x ;`, a sentence `say exactly: … ##`, wherever in the prompt or in
what a tool returned it stands. Before it knows an order it searches, as a model would.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from slow_model import completing, completion

CALL = re.compile(r"call (\w+)((?: \w+=[^ ;]+)*) ;")
NUMBER = re.compile(r"-?[1-9]\d*")
SAY = re.compile(r"say exactly: (.*?) ##", re.DOTALL)


class Puppet:
    """What it was told, and how often it obeyed."""

    def __init__(self) -> None:
        self.url = ""
        self.searches = self.wants = ""
        self.at_once = False
        self.obeyed = 0
        self.told: list[str] = []

    @property
    def assistant(self) -> dict[str, Any]:
        """An assistant that asks this model."""
        return {"responder": "llm", "options": {"model": "openai:puppet", "base_url": self.url}}

    async def complete(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        said = body["messages"]
        told = "\n".join(str(one.get("content") or "") for one in said)
        self.told.append(told)
        told += self.wants
        made = sum(len(one.get("tool_calls") or ()) for one in said)
        wanted = [(name, _arguments(given)) for name, given in dict.fromkeys(CALL.findall(told))]
        if self.searches:
            wanted.insert(0, ("search_products", {"words": self.searches}))
        self.obeyed += made > bool(self.searches)
        left = wanted[made:] if self.at_once else wanted[made : made + 1]
        if left and body.get("tool_choice") != "none":
            calls = [_call(place, *one) for place, one in enumerate(left, made)]
            return completion("puppet", {"content": None, "tool_calls": calls})
        found = SAY.findall(told)
        self.obeyed += bool(found)
        says = found[-1].replace("\\n", "\n") if found else "أهلاً بك"
        return completion("puppet", {"content": json.dumps({"response": says})})


def _call(place: int, name: str, given: dict[str, Any]) -> dict[str, Any]:
    function = {"name": name, "arguments": json.dumps(given)}
    return {"id": f"call_{place}", "type": "function", "function": function}


def _arguments(given: str) -> dict[str, Any]:
    pairs = (one.split("=", 1) for one in given.split())
    return {name: int(value) if NUMBER.fullmatch(value) else value for name, value in pairs}


@asynccontextmanager
async def puppet_model() -> AsyncIterator[Puppet]:
    model = Puppet()
    async with completing(model.complete) as model.url:
        yield model
