"""Asks a language model, and takes from its text only what the contract lets through.

Any OpenAI-compatible endpoint, Anthropic, Gemini, and whatever else pydantic-ai knows by name. No
retry here: the caller owns the one retry, who is asked next, and the hand-over (law 6).
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec

from hudhud.errors import HudhudError, ResponderFailedError
from hudhud.model import Answer, Tools, Turn
from hudhud.model.goods import PICTURES_MAX
from hudhud.responders import collecting, contract, picturing, prompt
from hudhud.responders.addressing import language_of
from hudhud.responders.collecting import Gathered
from hudhud.responders.contract import Contract
from hudhud.responders.llm import providers
from hudhud.responders.llm.calling import Caller
from hudhud.responders.llm.options import Options
from hudhud.responders.llm.talking import Talk
from hudhud.responders.wording import Wording

PROMPT_CHARS_MAX = 16_000
_STATUS_LATE, _STATUS_BUSY = 408, 429
_STATUS_REFUSED = range(400, 500)
# Refused for this moment alone: late, in conflict with another call, too early.
_STATUS_PASSING = frozenset({_STATUS_LATE, 409, 425})


async def answer(turn: Turn, options: Options, *, deadline_s: float, tools: Tools) -> Answer:
    """Ask the model, and carry out what it calls meanwhile.

    Fields are read from the customer's own words by `collecting`, never taken from the model, so
    that a model cannot make one up.

    Args:
        turn: everything that the model is told.
        options: the model and its endpoint.
        deadline_s: seconds for all rounds together: connecting, asking, calling and reading.
        tools: what it may do besides talking.

    Raises:
        ResponderFailedError: no answer in time, an error of the endpoint, or nothing that a
            customer may read.
        StoreUnavailableError, LeaseLostError: as `Tools.call`.
    """
    said = [message for message in turn.messages if message.text.strip()]
    gathered = collecting.of_turn(turn, said)
    told = msgspec.structs.replace(turn, collected={**turn.collected, **gathered.values})
    caller = Caller(turn.assistant.tools, tools)
    talk = Talk(options, await asyncio.to_thread(providers.library, options.model), caller)
    system = prompt.instructions(told, tools=talk.has_tools)
    user = prompt.conversation(told)
    began = time.monotonic()
    text = await tried(talk, options, system, user, deadline_s)
    found = contract.read_cut(text) if talk.cut else contract.read(text)
    answered = _answer(turn, gathered, found, caller, talk)
    return msgspec.structs.replace(
        answered,
        source=f"model:{options.model}",
        collected=gathered.values,
        trace={
            **answered.trace,
            **({"said": gathered.said} if gathered.said else {}),
            "model": {
                "name": options.model,
                "prompt": f"{system}\n\n{user}"[:PROMPT_CHARS_MAX],
                "rounds": talk.rounds,
                "calls": caller.trace,
                "tokens": msgspec.to_builtins(talk.usage),
                "ms": round((time.monotonic() - began) * 1000),
            },
        },
        usage=talk.usage,
    )


async def warm(model: str = "") -> None:
    """Load the model library outside of any deadline; a process without a model never does.

    Args:
        model: as in the options; what its provider's client needs is loaded as well.
    """
    await asyncio.to_thread(providers.library, model)


async def tried(talk: Talk, options: Options, system: str, user: str, deadline_s: float) -> str:
    """The model's text, or the one error that says how the model is.

    Raises:
        ResponderFailedError: no text in time, or an error of the endpoint.
        StoreUnavailableError, LeaseLostError: as `Tools.call`.
    """
    try:
        async with asyncio.timeout(deadline_s), providers.opened(options) as model:
            return await talk.run(model, system, user)
    except TimeoutError:
        raise ResponderFailedError(
            f"No answer within {deadline_s:g} s.", tokens=_tokens(talk)
        ) from None
    except HudhudError:
        raise  # of a tool: the turn is not ours any more, or the database away
    except Exception as error:
        raise _failure(error, talk) from error


def _answer(turn: Turn, gathered: Gathered, found: Contract, caller: Caller, talk: Talk) -> Answer:
    asked = [field for field in gathered.missing if field.name in found.requested_fields]
    response, wording = found.response, Wording(language_of(turn), "arabic", 0)
    if response is None and found.needs_data_collection and asked:
        response = wording.ask(asked)
    shown = tuple(caller.shown.values())[:PICTURES_MAX]
    if response is None and shown and not caller.handed_over:
        response = wording.pictured(shown)
    # Its own words and the desk that it named are in the call, which whoever asked us has seen.
    wish = caller.handed_over or (response is None and found.wants_person)
    if response is None and not wish:
        raise ResponderFailedError(
            "The model's text holds nothing that a customer may read.",
            service="well",
            tokens=_tokens(talk),
        )
    return Answer(
        text=response or "",
        hand_over="model_asked" if wish else None,
        trace={"requested_fields": [field.name for field in asked]},
        contents=picturing.pictures(shown, wording),
    )


def _tokens(talk: Talk) -> tuple[int, int]:
    return talk.usage.tokens_in, talk.usage.tokens_out


def _failure(error: Exception, talk: Talk) -> ResponderFailedError:
    # Each provider's client has its own family of errors; what they share is a status, and the
    # moment at which to come back where one is named. Their words stay with them.
    status, name, tokens = getattr(error, "status_code", None), type(error).__name__, _tokens(talk)
    after_s: Any = getattr(error, "retry_after", None)
    if status == _STATUS_BUSY:
        return ResponderFailedError(
            name, service="busy", again=False, retry_after_s=after_s, tokens=tokens
        )
    refused = isinstance(status, int) and status in _STATUS_REFUSED
    return ResponderFailedError(
        name,
        service="well" if refused and status != _STATUS_LATE else "down",
        again=not refused or status in _STATUS_PASSING,
        retry_after_s=after_s,
        tokens=tokens,
    )
