"""One answer's talk with a model: asked, its calls carried out, asked again, a few rounds long.

The loop is our own over pydantic-ai's direct requests: its agent would validate, retry and stop by
rules of its own, where ours are the deadline, the allow-list and the ledger (decision 0021).
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from hudhud.model import Usage
from hudhud.responders.llm.calling import Asked, Caller
from hudhud.responders.llm.options import Options, service

ROUNDS_MAX = 4
CHARS_PER_TOKEN = 3  # Arabic in today's models; where an endpoint tells no usage
# An endpoint that refused tools once is asked without them for so long.
TOOLLESS_S = 600.0
TOOLLESS_MAX = 1000
_REFUSALS = frozenset({400, 404, 422, 500, 501})
# What was written stops where the writer was stopped: by its limit, a filter or a fault.
_CUT = frozenset({"length", "content_filter", "error"})
_toolless: dict[str, float] = {}


class Talk:
    """What is said between us and a model for one answer, and what it costs."""

    def __init__(self, options: Options, library: tuple[Any, Any], caller: Caller) -> None:
        """Talk by these options; `library` is what `providers.library` returns."""
        self.rounds = 0
        self.cut = False
        self._options = options
        self._direct, self._messages = library
        self._caller = caller
        self._said: list[Any] = []
        self._tokens = [0, 0]
        self._chars = 0
        self._guessed = False

    @property
    def has_tools(self) -> bool:
        """Whether the model is offered tools; an endpoint may have refused them a while ago."""
        return bool(self._caller.offered) and not self._refuses_tools()

    @property
    def usage(self) -> Usage:
        """What was read and written so far, also when nothing came of it."""
        return Usage(tokens_in=self._tokens[0], tokens_out=self._tokens[1], guessed=self._guessed)

    async def run(self, model: Any, system: str, user: str) -> str:
        """The model's last text, as it wrote it; `cut` says that it was not let finish.

        What it calls in a text that was cut is not carried out: arguments may be missing.

        Raises:
            Exception: whatever the model's client raises.
            StoreUnavailableError, LeaseLostError: as `Tools.call`.
        """
        said = self._messages
        self._say(
            said.ModelRequest(
                parts=[said.SystemPromptPart(content=system), said.UserPromptPart(content=user)]
            ),
            len(system) + len(user),
        )
        while True:
            last = self.rounds + 1 >= ROUNDS_MAX or self._caller.left <= 0
            response = await self._ask(model, last=last)
            texts = (part.content for part in response.parts if isinstance(part, said.TextPart))
            text = "".join(texts)
            calls = [part for part in response.parts if isinstance(part, said.ToolCallPart)]
            self.cut = response.finish_reason in _CUT
            if not calls or last or self.cut:
                return text
            await self._answer_calls(response, calls, text)

    async def _answer_calls(self, response: Any, calls: list[Any], text: str) -> None:
        asked = [Asked(call.tool_call_id, call.tool_name, call.args) for call in calls]
        results = await self._caller.carry_out(asked)
        self._say(response, len(text) + sum(len(str(call.args)) for call in calls))
        parts = [
            self._messages.ToolReturnPart(tool_name=call.name, content=result, tool_call_id=call.id)
            for call, result in zip(asked, results, strict=True)
        ]
        self._say(self._messages.ModelRequest(parts=parts), sum(map(len, results)))

    async def _ask(self, model: Any, *, last: bool) -> Any:
        with_tools = self.has_tools
        try:
            return await self._request(model, with_tools=with_tools, last=last)
        except Exception as error:
            if not (with_tools and _about_tools(error)):
                raise
            if len(_toolless) >= TOOLLESS_MAX:
                _toolless.clear()
            _toolless[service(self._options)] = time.monotonic()
            return await self._request(model, with_tools=False, last=last)

    async def _request(self, model: Any, *, with_tools: bool, last: bool) -> Any:
        from pydantic_ai.exceptions import UnexpectedModelBehavior  # noqa: PLC0415 - it is loaded
        from pydantic_ai.models import ModelRequestParameters  # noqa: PLC0415 - the same

        self.rounds += 1
        settings: dict[str, Any] = {
            "temperature": self._options.temperature,
            "max_tokens": self._options.max_tokens,
        }
        if with_tools and last:
            settings["tool_choice"] = "none"
        parameters = ModelRequestParameters(function_tools=self._tools() if with_tools else [])
        try:
            response = await self._direct.model_request(
                model,
                self._said,
                model_settings=settings,
                model_request_parameters=parameters,
            )
        except (asyncio.CancelledError, UnexpectedModelBehavior):
            # It read the question, and whoever runs it counts that; what it says is not known.
            self._count(0, 0)
            raise
        self._count(response.usage.input_tokens, response.usage.output_tokens, response)
        return response

    def _tools(self) -> list[Any]:
        from pydantic_ai.tools import ToolDefinition  # noqa: PLC0415 - it is loaded by now

        return [
            ToolDefinition(
                name=one.name,
                description=one.description,
                parameters_json_schema=one.schema,
                strict=False,  # local servers know no strict mode, and we check by ourselves
            )
            for one in self._caller.offered
        ]

    def _say(self, message: Any, chars: int) -> None:
        self._said.append(message)
        self._chars += chars

    def _count(self, tokens_in: int, tokens_out: int, response: Any = None) -> None:
        if not tokens_in and not tokens_out:
            self._guessed = True
            tokens_in = self._chars // CHARS_PER_TOKEN
            parts = response.parts if response is not None else ()
            texts = (p.content for p in parts if isinstance(p, self._messages.TextPart))
            tokens_out = sum(map(len, texts)) // CHARS_PER_TOKEN
        self._tokens[0] += tokens_in
        self._tokens[1] += tokens_out

    def _refuses_tools(self) -> bool:
        since = _toolless.get(service(self._options))
        return since is not None and time.monotonic() - since < TOOLLESS_S


def _about_tools(error: Exception) -> bool:
    """Whether an endpoint refused because it knows no tools; each says so in words of its own."""
    status = getattr(error, "status_code", None)
    return status in _REFUSALS and "tool" in str(getattr(error, "body", "")).lower()
