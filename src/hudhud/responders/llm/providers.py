"""The model of an assistant's options, in pydantic-ai's words; its library is loaded when needed.

Gemini is asked at Google's own OpenAI-compatible address: its client library would bring a second
HTTP client and eight more packages (decision 0021).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from hudhud.responders.llm.options import Options

if TYPE_CHECKING:
    import ssl

    from pydantic_ai.models import Model

GEMINI_URL = "https://generativelanguage.googleapis.com/v1beta/openai/"
_GOOGLE = frozenset({"google", "gemini"})
_CLAUDE = "anthropic:"
_NO_KEY = "none"  # local endpoints want no key, and the client refuses an empty one


@asynccontextmanager
async def opened(options: Options) -> AsyncIterator[Model]:
    """Open a client of its own for one answer: one cut off by the deadline leaves no pool behind.

    Raises:
        UserError: of pydantic-ai, when it knows no such model.
    """
    import httpx2  # noqa: PLC0415 - with the library, not with the worker

    async with httpx2.AsyncClient(timeout=None, verify=_certificates()) as client:
        yield _model(options, client)


def library(model: str = "") -> tuple[Any, Any]:
    """What asks and the words it is asked in: 70 MB and two seconds of imports at the first call.

    Call it in a thread: meanwhile everybody else's conversation goes on.

    Args:
        model: as in the options; what its provider's client needs is loaded as well.
    """
    from pydantic_ai import direct, messages  # noqa: PLC0415 - only when a model is really asked
    from pydantic_ai.models import openai  # noqa: F401, PLC0415 - the slowest part, in this thread

    if model.startswith(_CLAUDE):
        from pydantic_ai.models import anthropic  # noqa: F401, PLC0415 - 1.5 s more

    return direct, messages


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the machine's certificates takes 25 ms; for each request that was a third of a worker.
    import httpx2  # noqa: PLC0415 - with the library, not with the worker

    return httpx2.create_ssl_context()


def _model(options: Options, client: Any) -> Model:
    from pydantic_ai.models import infer_model  # noqa: PLC0415 - with the library

    provider, _, name = options.model.partition(":")
    if options.model.startswith(_CLAUDE):
        return _claude(options, name, client)
    if provider in _GOOGLE:
        return _chat(options, name, client, options.base_url or GEMINI_URL)
    if provider == "openai" or options.base_url:
        model = name if provider == "openai" else options.model
        return _chat(options, model, client, options.base_url or None)
    return infer_model(options.model)


def _claude(options: Options, name: str, client: Any) -> Model:
    from anthropic import AsyncAnthropic  # noqa: PLC0415 - with the library
    from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415 - the same
    from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415 - the same

    claude = AsyncAnthropic(
        api_key=options.api_key or _NO_KEY,
        base_url=options.base_url or None,
        http_client=client,
        max_retries=0,
    )
    return AnthropicModel(name, provider=AnthropicProvider(anthropic_client=claude))


def _chat(options: Options, name: str, client: Any, base_url: str | None) -> Model:
    from openai import AsyncOpenAI  # noqa: PLC0415 - with the library
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415 - the same
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415 - the same

    chat = AsyncOpenAI(
        api_key=options.api_key or _NO_KEY, base_url=base_url, http_client=client, max_retries=0
    )
    return OpenAIChatModel(name, provider=OpenAIProvider(openai_client=chat))
