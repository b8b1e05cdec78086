"""Tries an account of Instagram or Messenger live, and names what to do next."""

from __future__ import annotations

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph.access import GraphAccess
from hudhud.channels.graph.calling import call
from hudhud.channels.graph.errors_table import meaning
from hudhud.channels.graph.proving import proof_of, secret_step
from hudhud.channels.loose import items, record, words
from hudhud.errors import HudhudError, SendRejectedError

CHECK_TIMEOUT_S = 10.0
# Without these there is no conversation; the others only make it richer.
_NEEDED = ("messages", "messaging_postbacks")


async def check_thread(
    http: aiohttp.ClientSession, options: GraphAccess, account: str, fields: str
) -> list[Step]:
    """Token, account, app secret, subscription; nothing is sent to anybody, and nothing raises.

    Args:
        http: the shared session.
        options: of the inbox.
        account: the id that the webhooks will name.
        fields: in which the token's own account tells its ids and names.
    """
    here = {"address": options.api_url}
    try:
        found = await _asked(http, options, "me", fields=fields)
    except SendRejectedError as error:
        why = "refused" if meaning(error.code).blame == "access" else "odd"
        return [Step("reachable", True, values=here), Step("token", False, why, said=error.detail)]
    except HudhudError as error:
        return [Step("reachable", False, "silent", here, error.detail)]
    steps = [Step("reachable", True, values=here), Step("token", True), _named(account, found)]
    if steps[-1].holds:
        proved = _asked(http, options, "me", fields="id", **proof_of(options))
        steps.append(await secret_step(proved))
        steps.append(await _subscribed(http, options))
    return steps


async def _asked(
    http: aiohttp.ClientSession, options: GraphAccess, path: str, **params: str
) -> dict[str, object]:
    return await call(http, options, "GET", path, params=params, timeout_s=CHECK_TIMEOUT_S)


def _named(account: str, found: dict[str, object]) -> Step:
    linked = record(found.get("instagram_business_account"))
    ids = {words(found.get("id")), words(found.get("user_id")), words(linked.get("id"))}
    name = words(linked.get("username")) or words(found.get("username")) or words(found.get("name"))
    if account not in ids:
        seen = ", ".join(sorted(filter(None, ids)))
        return Step("account", False, "another", {"id": account, "seen": seen or "?"})
    return Step("account", True, values={"name": name or account})


async def _subscribed(http: aiohttp.ClientSession, options: GraphAccess) -> Step:
    try:
        found = await _asked(http, options, "me/subscribed_apps")
    except HudhudError as error:
        return Step("subscription", None, "unread", said=error.detail)
    fields = {
        words(field)
        for app in items(found.get("data"))
        for field in items(record(app).get("subscribed_fields"))
    }
    missing = [field for field in _NEEDED if field not in fields]
    if missing:
        return Step("subscription", False, "fields", {"missing": ", ".join(missing)})
    return Step("subscription", True, "fields_ok")
