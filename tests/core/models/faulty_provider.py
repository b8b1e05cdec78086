"""llmock, a server that speaks as the providers do and breaks as they are told to break.

Its `llmock` fixture comes with the package: one server on loopback for the session, cleared before
each test. Gemini is asked in OpenAI's words, as Google offers it; its errors have Google's shape.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from llmock.pytest_plugin import LLMock
from llmock.scenarios import Reply

KEY = "sk-ours-0123456789abcdefghij"
# What a provider says of its own misfortune, which is for nobody's eyes but ours.
SECRET = "Traceback at /srv/app.py: upstream gpu-17 is on fire"


class Shape(NamedTuple):
    """How a provider is asked, and where llmock answers in its words."""

    name: str
    path: str


OPENAI, CLAUDE = Shape("openai", "/v1"), Shape("anthropic", "/anthropic")
GEMINI = Shape("google", "/v1")
GEMINI_FAILING = Shape("google", "/gemini/v1beta/openai")
SHAPES = (OPENAI, CLAUDE, GEMINI)


def options_for(llmock: LLMock, shape: Shape, **more: Any) -> dict[str, Any]:
    """A responder's options that ask this server."""
    place = {"model": f"{shape.name}:m", "base_url": llmock.url + shape.path, "api_key": KEY}
    return {**place, **more}


def cut_off(llmock: LLMock, text: str, why: str = "length", *, times: int | None = 1) -> None:
    """Answer with a text that ends where the writer was stopped."""
    llmock.add(Reply(text=text, finish_reason=why, times=times))
