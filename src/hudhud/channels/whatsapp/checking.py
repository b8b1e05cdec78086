"""Tries a number live, step by step, and says what to do next (`hudhud inbox test`)."""

from __future__ import annotations

import hmac

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.graph.calling import call
from hudhud.channels.graph.errors_table import meaning
from hudhud.channels.loose import words
from hudhud.channels.whatsapp.options import Options
from hudhud.errors import SendNotMadeError, SendRejectedError, SendUnknownError

CHECK_TIMEOUT_S = 10.0
_FIELDS = "id,display_phone_number,verified_name,quality_rating"


async def check(http: aiohttp.ClientSession, options: Options) -> list[Step]:
    """Ask for the number itself, then once more with a proof that only the app secret can give.

    Nothing is sent to anybody. The steps stop at the first one that fails, because those after
    it would fail for the same reason.
    """
    steps: list[Step] = []
    try:
        found = await _number(http, options)
        steps += [_reached(options), Step("token", True, "The token is valid.")]
        steps.append(_named(options, found))
        if all(step.holds for step in steps):
            steps.append(await _secret(http, options))
    except (SendNotMadeError, SendUnknownError) as error:
        steps.append(
            Step("reachable", False, f"{options.api_url} does not answer ({error.detail}).")
        )
    except SendRejectedError as error:
        steps += [_reached(options), _refused(options, error)]
    return steps


async def _number(http: aiohttp.ClientSession, options: Options, **proof: str) -> dict[str, object]:
    return await call(
        http,
        options,
        "GET",
        options.phone_number_id,
        params={"fields": _FIELDS, **proof},
        timeout_s=CHECK_TIMEOUT_S,
    )


async def _secret(http: aiohttp.ClientSession, options: Options) -> Step:
    # Meta checks `appsecret_proof` whenever it is given: HMAC-SHA256 of the token under the secret.
    proof = hmac.digest(options.app_secret.encode(), options.token.encode(), "sha256").hex()
    try:
        await _number(http, options, appsecret_proof=proof)
    except SendRejectedError:
        return Step(
            "app_secret",
            False,
            "The app secret is not the one of this token's app: its webhooks would be refused. "
            "Copy it again from App settings, Basic.",
        )
    except (SendNotMadeError, SendUnknownError) as error:
        return Step("app_secret", False, f"It could not be tried ({error.detail}); try again.")
    return Step("app_secret", True, "The app secret belongs to this token's app.")


def _reached(options: Options) -> Step:
    return Step("reachable", True, f"{options.api_url} answers.")


def _named(options: Options, found: dict[str, object]) -> Step:
    if words(found.get("id")) != options.phone_number_id:
        return Step(
            "phone_number_id",
            False,
            f"{options.phone_number_id} is not a phone number of this account. "
            "Copy the phone number id (not the number itself) from API setup.",
        )
    number, name = words(found.get("display_phone_number")), words(found.get("verified_name"))
    shown = " ".join(filter(None, (number, name)))
    return Step("phone_number_id", True, f"This is the number {shown}.".replace(" .", "."))


def _refused(options: Options, error: SendRejectedError) -> Step:
    if meaning(error.code).blame == "access":
        return Step(
            "token",
            False,
            f"The token was refused ({error.detail}) "
            "Make a permanent one for a system user with whatsapp_business_messaging.",
        )
    return Step("phone_number_id", False, f"{options.phone_number_id} was refused ({error.detail})")
