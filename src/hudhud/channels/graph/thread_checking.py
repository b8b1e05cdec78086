"""Tries an account of Instagram or Messenger live, and says what to do next."""

from __future__ import annotations

import hmac

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph.access import GraphAccess
from hudhud.channels.graph.calling import call
from hudhud.channels.graph.errors_table import meaning
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
    try:
        found = await _asked(http, options, "me", fields=fields)
    except SendRejectedError as error:
        access = meaning(error.code).blame == "access"
        step = Step(
            "token",
            False,
            f"The token was refused ({error.detail}) "
            + ("Make a new one in the app's settings." if access else "Check api_url and version."),
        )
        return [Step("reachable", True, f"{options.api_url} answers."), step]
    except HudhudError as error:
        return [Step("reachable", False, f"{options.api_url} does not answer ({error.detail}).")]
    steps = [Step("reachable", True, f"{options.api_url} answers.")]
    steps.append(Step("token", True, "The token is valid."))
    steps.append(_named(account, found))
    if steps[-1].holds:
        steps.append(await _secret(http, options))
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
        sentence = f"{account} is not the account of this token, which is {seen}. Copy its id."
        return Step("account", False, sentence)
    return Step("account", True, f"This is the account {name or account}.")


async def _secret(http: aiohttp.ClientSession, options: GraphAccess) -> Step:
    # Meta checks `appsecret_proof` whenever it is given: HMAC-SHA256 of the token under the secret.
    proof = hmac.digest(options.app_secret.encode(), options.token.encode(), "sha256").hex()
    try:
        await _asked(http, options, "me", fields="id", appsecret_proof=proof)
    except SendRejectedError:
        return Step(
            "app_secret",
            False,
            "The app secret is not the one of this token's app: its webhooks would be refused. "
            "Copy it again from App settings, Basic.",
        )
    except HudhudError as error:
        return Step("app_secret", False, f"It could not be tried ({error.detail}); try again.")
    return Step("app_secret", True, "The app secret belongs to this token's app.")


async def _subscribed(http: aiohttp.ClientSession, options: GraphAccess) -> Step:
    try:
        found = await _asked(http, options, "me/subscribed_apps")
    except HudhudError as error:
        return Step("subscription", False, f"It could not be read ({error.detail}); try again.")
    fields = {
        words(field)
        for app in items(found.get("data"))
        for field in items(record(app).get("subscribed_fields"))
    }
    missing = [field for field in _NEEDED if field not in fields]
    if missing:
        sentence = f"Meta sends no {', '.join(missing)}: subscribe the app to them for this account"
        return Step("subscription", False, sentence + " in the app's webhook settings.")
    return Step("subscription", True, "Meta sends messages and taps to this app.")
