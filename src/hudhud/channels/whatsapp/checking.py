"""Tries a number live, step by step, and names what to do next (`hudhud inbox test`)."""

from __future__ import annotations

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph.calling import call
from hudhud.channels.graph.errors_table import meaning
from hudhud.channels.graph.proving import proof_of, secret_step
from hudhud.channels.loose import items, record, words
from hudhud.channels.whatsapp.options import Options
from hudhud.channels.whatsapp.standing import limits, named, owner
from hudhud.errors import HudhudError, SendRejectedError

CHECK_TIMEOUT_S = 10.0
_FIELDS = "id,display_phone_number,verified_name"
# Asked apart, and once more without what not every version of the API has: one that lacks a field
# refuses the whole question.
_DETAILS = "verified_name,name_status,status,quality_rating,health_status,webhook_configuration"
_LIMITS = "messaging_limit_tier"


async def check(
    http: aiohttp.ClientSession, options: Options, *, webhook_url: str = ""
) -> list[Step]:
    """Token, number, app secret; then what Meta sends us, the display name and the limits.

    The first three stop at the one that fails, because those after it would fail for the same
    reason. Nothing is sent to anybody.

    Source: Meta's references of the phone number, of `subscribed_apps` and of `appsecret_proof`.
    """
    here = {"address": options.api_url}
    try:
        found = await _asked(http, options, options.phone_number_id, fields=_FIELDS)
    except SendRejectedError as error:
        return [Step("reachable", True, values=here), _refused(options, error)]
    except HudhudError as error:
        return [Step("reachable", False, "silent", here, error.detail)]
    steps = [Step("reachable", True, values=here), Step("token", True), _number(options, found)]
    if steps[-1].holds:
        steps.append(await _secret(http, options))
    if steps[-1].holds:
        steps += await _account(http, options, webhook_url)
    return steps


async def _asked(
    http: aiohttp.ClientSession, options: Options, path: str, **params: str
) -> dict[str, object]:
    return await call(http, options, "GET", path, params=params, timeout_s=CHECK_TIMEOUT_S)


async def _secret(http: aiohttp.ClientSession, options: Options) -> Step:
    asked = _asked(http, options, options.phone_number_id, fields="id", **proof_of(options))
    return await secret_step(asked)


async def _account(http: aiohttp.ClientSession, options: Options, webhook_url: str) -> list[Step]:
    try:
        found = await _details(http, options)
    except HudhudError as error:
        names = ("subscription", "webhook_address", "display_name", "limits")
        told = {"ours": webhook_url}
        return [Step(name, None, "unread", told, error.detail) for name in names]
    return [
        await _subscribed(http, options, found),
        _sent_to(record(found.get("webhook_configuration")), webhook_url),
        named(found),
        limits(found),
    ]


async def _details(http: aiohttp.ClientSession, options: Options) -> dict[str, object]:
    number = options.phone_number_id
    try:
        return await _asked(http, options, number, fields=f"{_DETAILS},{_LIMITS}")
    except SendRejectedError:
        return await _asked(http, options, number, fields=_DETAILS)


def _number(options: Options, found: dict[str, object]) -> Step:
    if words(found.get("id")) != options.phone_number_id:
        return Step("phone_number_id", False, "another", {"id": options.phone_number_id})
    number, name = words(found.get("display_phone_number")), words(found.get("verified_name"))
    shown = " ".join(filter(None, (number, name)))
    return Step("phone_number_id", True, values={"number": shown or options.phone_number_id})


def _refused(options: Options, error: SendRejectedError) -> Step:
    if meaning(error.code).blame == "access":
        return Step("token", False, "refused", said=error.detail)
    told = {"id": options.phone_number_id}
    return Step("phone_number_id", False, "refused", told, error.detail)


async def _subscribed(
    http: aiohttp.ClientSession, options: Options, found: dict[str, object]
) -> Step:
    """Whether an app is subscribed to the number's business account, and ours if we know it."""
    account = options.waba_id or owner(found)
    if not account:
        return Step("subscription", None, "no_account")
    try:
        read = await _asked(http, options, f"{account}/subscribed_apps")
    except HudhudError as error:
        return Step("subscription", None, "unread", said=error.detail)
    apps = [
        record(record(one).get("whatsapp_business_api_data")) for one in items(read.get("data"))
    ]
    told = {"account": account, "apps": ", ".join(words(app.get("name")) for app in apps)}
    if not apps:
        return Step("subscription", False, "none", told)
    if options.app_id and options.app_id not in {words(app.get("id")) for app in apps}:
        return Step("subscription", False, "another", told)
    return Step("subscription", True, values=told)


def _sent_to(told: dict[str, object], webhook_url: str) -> Step:
    """Where Meta sends this number's webhooks; its own address wins over those above it."""
    levels = ("phone_number", "whatsapp_business_account", "application")
    address = next((words(told.get(level)) for level in levels if told.get(level)), "")
    values = {"ours": webhook_url, "theirs": address}
    if not told:
        return Step("webhook_address", None, "unread", values)
    if not address:
        return Step("webhook_address", False, "none", values)
    same = address.rstrip("/") == webhook_url.rstrip("/")
    return Step("webhook_address", same, "ok" if same else "elsewhere", values)
