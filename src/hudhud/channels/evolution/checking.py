"""Tries an instance live, step by step, and says what to do next (`hudhud inbox test`)."""

from __future__ import annotations

from typing import Any

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.evolution import events
from hudhud.channels.evolution.calling import call
from hudhud.channels.evolution.instance import TIMEOUT_S, state_of
from hudhud.channels.evolution.options import Options
from hudhud.channels.loose import items, record, words
from hudhud.errors import SendNotMadeError, SendRejectedError, SendUnknownError

_KEY_REFUSED = frozenset({"http_401", "http_403"})


async def check(http: aiohttp.ClientSession, options: Options) -> list[Step]:
    """Ask for the instance's connection, then for its webhook; nothing is sent to anybody.

    The steps stop at the first one that fails, because those after it would fail with it.
    """
    reached = Step("reachable", True, f"{options.api_url} answers.")
    try:
        state = await state_of(http, options)
    except (SendNotMadeError, SendUnknownError) as error:
        return [Step("reachable", False, f"{options.api_url} does not answer ({error.detail}).")]
    except SendRejectedError as error:
        return [reached, _refused(options, error)]
    steps = [
        reached,
        Step("apikey", True, "The apikey is valid."),
        Step("instance", True, f"The instance {options.instance_name} exists."),
    ]
    if state != "open":
        told = f"The phone is not linked (state {state or 'unknown'}). Scan the QR code."
        return [*steps, Step("connection", False, told)]
    steps.append(Step("connection", True, "The phone is linked."))
    return [*steps, await _webhook(http, options)]


async def _webhook(http: aiohttp.ClientSession, options: Options) -> Step:
    try:
        read = await call(http, options, "GET", "webhook/find", timeout_s=TIMEOUT_S)
    except (SendNotMadeError, SendUnknownError, SendRejectedError) as error:
        return Step("webhook", False, f"Its webhook could not be read ({error.detail}).")
    told = record(record(read).get("webhook")) or record(read)
    missing = _missing(told)
    if told.get("enabled") is not True or not words(told.get("url")):
        return Step("webhook", False, "It sends no webhooks. Set its webhook to our address.")
    if missing:
        return Step("webhook", False, f"It does not send {', '.join(missing)}. Add these events.")
    return Step("webhook", True, "It sends its webhooks.")


def _missing(told: dict[str, Any]) -> list[str]:
    wanted = [event.upper().replace(".", "_") for event in events.WANTED[:1]]
    sent = {words(event).upper().replace(".", "_") for event in items(told.get("events"))}
    return [event for event in wanted if event not in sent]


def _refused(options: Options, error: SendRejectedError) -> Step:
    if error.code in _KEY_REFUSED:
        return Step("apikey", False, "The apikey was refused. Copy it again from the instance.")
    return Step(
        "instance", False, f"There is no instance {options.instance_name} ({error.detail})."
    )
