"""Tries an instance live, step by step, and names what to do next (`hudhud inbox test`)."""

from __future__ import annotations

from typing import Any

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.evolution import events
from hudhud.channels.evolution.calling import call
from hudhud.channels.evolution.instance import TIMEOUT_S, state_of
from hudhud.channels.evolution.options import Options
from hudhud.channels.loose import items, record, words
from hudhud.errors import HudhudError, SendRejectedError

_KEY_REFUSED = frozenset({"http_401", "http_403"})


async def check(
    http: aiohttp.ClientSession, options: Options, *, webhook_url: str = ""
) -> list[Step]:
    """Ask for the instance's connection, then for its webhook; nothing is sent to anybody.

    The steps stop at the first one that fails, because those after it would fail with it.
    """
    here = {"address": options.api_url}
    reached = Step("reachable", True, values=here)
    try:
        state = await state_of(http, options)
    except SendRejectedError as error:
        return [reached, _refused(options, error)]
    except HudhudError as error:
        return [Step("reachable", False, "silent", here, error.detail)]
    named = {"name": options.instance_name}
    steps = [reached, Step("apikey", True), Step("instance", True, values=named)]
    if state != "open":
        return [*steps, Step("connection", False, "closed", said=state)]
    return [*steps, Step("connection", True), *await _webhook(http, options, webhook_url)]


async def _webhook(http: aiohttp.ClientSession, options: Options, webhook_url: str) -> list[Step]:
    try:
        read = await call(http, options, "GET", "webhook/find", timeout_s=TIMEOUT_S)
    except HudhudError as error:
        told = {"ours": webhook_url}
        return [Step("webhook_address", None, "unread", told, error.detail)]
    set_to = record(record(read).get("webhook")) or record(read)
    theirs = words(set_to.get("url"))
    values = {"ours": webhook_url, "theirs": theirs}
    if set_to.get("enabled") is not True or not theirs:
        return [Step("webhook_address", False, "none", values)]
    # It may write the name of the event behind the address.
    same = not webhook_url or theirs.rstrip("/").startswith(webhook_url)
    steps = [Step("webhook_address", same, "ok" if same else "elsewhere", values)]
    if missing := _missing(set_to):
        return [*steps, Step("subscription", False, "events", {"missing": ", ".join(missing)})]
    return [*steps, Step("subscription", True, "fields_ok")]


def _missing(told: dict[str, Any]) -> list[str]:
    wanted = [event.upper().replace(".", "_") for event in events.WANTED[:1]]
    sent = {words(event).upper().replace(".", "_") for event in items(told.get("events"))}
    return [event for event in wanted if event not in sent]


def _refused(options: Options, error: SendRejectedError) -> Step:
    if error.code in _KEY_REFUSED:
        return Step("apikey", False, "refused", said=error.detail)
    return Step("instance", False, "none", {"name": options.instance_name}, error.detail)
