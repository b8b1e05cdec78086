"""Asks a language model, and takes from its text only what the contract lets through.

Any OpenAI-compatible endpoint, Anthropic, and whatever else pydantic-ai knows by name. One
request, no retry here: the caller owns the one retry and the hand-over (law 6).
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from hudhud.errors import ResponderFailedError
from hudhud.model import Answer, Tools, Turn
from hudhud.responders import collecting, contract, prompt
from hudhud.responders.wording import Wording
from hudhud.text import language

if TYPE_CHECKING:
    import ssl

    from pydantic_ai.models import Model

_STATUS_LATE, _STATUS_BUSY = 408, 429
_STATUS_REFUSED = range(400, 500)
_NO_KEY = "none"  # local endpoints want no key, and the client refuses an empty one


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Which model, where, and how much it may say.

    `model` is `openai:NAME`, `anthropic:NAME` or another name of pydantic-ai; `base_url` and
    `api_key` are the endpoint's. Core fills what an assistant leaves empty from the settings.
    """

    model: str = ""
    base_url: str = ""
    api_key: str = ""
    temperature: float = 0.3
    max_tokens: int = 800


def service(options: Options) -> str:
    """The endpoint's host and port and the model's name, or the provider's own.

    Two models of one endpoint are two services: one of them may be away while the other works.
    """
    # `netloc` without what stands before the @: it may hold a password.
    host = urlsplit(options.base_url).netloc.rpartition("@")[2]
    return f"{host}/{options.model}" if host else options.model.replace(":", "/", 1)


async def answer(
    turn: Turn,
    options: Options,
    *,
    deadline_s: float,
    tools: Tools,  # noqa: ARG001 - it asks for none yet
) -> Answer:
    """Ask the model once.

    Fields are read from the customer's own words by `collecting`, never taken from the model, so
    that a model cannot make one up.

    Args:
        turn: everything that the model is told.
        options: the model and its endpoint.
        deadline_s: seconds for connecting, asking and reading together.
        tools: what it may do besides talking.

    Raises:
        ResponderFailedError: no answer in time, an error of the endpoint, or nothing that a
            customer may read.
    """
    said = [message for message in turn.messages if message.text.strip()]
    gathered = collecting.gather(turn.assistant.fields, said, turn.collected, turn.history)
    known = {**turn.collected, **gathered.values}
    told = msgspec.structs.replace(turn, collected=known)
    try:
        async with asyncio.timeout(deadline_s):
            text = await _ask(told, options)
    except TimeoutError:
        raise ResponderFailedError(f"No answer within {deadline_s:g} s.") from None
    except Exception as error:
        raise _failure(error) from error
    found = contract.read(text)
    asked = [field for field in gathered.missing if field.name in found.requested_fields]
    response = found.response
    if response is None and found.needs_data_collection and asked:
        batch = " ".join(message.text for message in said)
        response = Wording(language(batch), "arabic", 0).ask(asked)
    if response is None:
        raise ResponderFailedError(
            "The model's text holds nothing that a customer may read.", service="well"
        )
    return Answer(
        text=response,
        source=f"model:{options.model}",
        collected=gathered.values,
        trace={"requested_fields": [field.name for field in asked]},
    )


async def warm() -> None:
    """Load the model library outside of any deadline; a process without a model never does."""
    await asyncio.to_thread(_library)


def _failure(error: Exception) -> ResponderFailedError:
    # Each provider's client has its own family of errors; what they share is a status, and for
    # a 429 the moment at which to come back.
    status, name = getattr(error, "status_code", None), type(error).__name__
    if status == _STATUS_BUSY:
        after_s = getattr(error, "retry_after", None)
        return ResponderFailedError(name, service="busy", retry_after_s=after_s)
    refused = isinstance(status, int) and status in _STATUS_REFUSED and status != _STATUS_LATE
    return ResponderFailedError(name, service="well" if refused else "down")


async def _ask(turn: Turn, options: Options) -> str:
    direct, messages = await asyncio.to_thread(_library)
    asked = messages.ModelRequest(
        parts=[
            messages.SystemPromptPart(content=prompt.instructions(turn)),
            messages.UserPromptPart(content=prompt.conversation(turn)),
        ]
    )
    settings = {"temperature": options.temperature, "max_tokens": options.max_tokens}
    import httpx2  # noqa: PLC0415 - with the library, not with the worker

    # A client of its own for each request: a request cut off by the deadline leaves no pool behind.
    async with httpx2.AsyncClient(timeout=None, verify=_certificates()) as client:
        response = await direct.model_request(
            _model(options, client), [asked], model_settings=settings
        )
    texts = (part.content for part in response.parts if isinstance(part, messages.TextPart))
    return "".join(texts)


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the machine's certificates takes 25 ms; for each request that was a third of a worker.
    import httpx2  # noqa: PLC0415 - with the library, not with the worker

    return httpx2.create_ssl_context()


def _library() -> tuple[Any, Any]:
    # 70 MB and two seconds of imports: only when a model is really asked.
    from pydantic_ai import direct, messages  # noqa: PLC0415
    from pydantic_ai.models import openai  # noqa: F401, PLC0415 - the slowest part, in this thread

    return direct, messages


def _model(options: Options, client: Any) -> Model:
    from pydantic_ai.models import infer_model  # noqa: PLC0415

    provider, _, name = options.model.partition(":")
    key = options.api_key or _NO_KEY
    if provider == "anthropic":
        from anthropic import AsyncAnthropic  # noqa: PLC0415
        from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
        from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

        claude = AsyncAnthropic(
            api_key=key, base_url=options.base_url or None, http_client=client, max_retries=0
        )
        return AnthropicModel(name, provider=AnthropicProvider(anthropic_client=claude))
    if provider == "openai" or options.base_url:
        from openai import AsyncOpenAI  # noqa: PLC0415
        from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
        from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

        chat = AsyncOpenAI(
            api_key=key, base_url=options.base_url or None, http_client=client, max_retries=0
        )
        model = name if provider == "openai" else options.model
        return OpenAIChatModel(model, provider=OpenAIProvider(openai_client=chat))
    return infer_model(options.model)
