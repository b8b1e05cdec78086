from __future__ import annotations

import hashlib
import hmac

import aiohttp
import msgspec
import pytest
from whatsapp_hooks import NUMBER, OPTIONS
from whatsapp_provider import answer, provider, refused

from hudhud.channels.whatsapp import check

OURS = "https://chat.example.org/webhooks/whatsapp/k1"
FOUND = answer(200, {"id": NUMBER, "display_phone_number": "+964 770", "verified_name": "متجر"})
WABA = {"entity_type": "WABA", "id": "9001", "can_send_message": "AVAILABLE"}
STANDS = {
    "id": NUMBER,
    "verified_name": "متجر",
    "name_status": "APPROVED",
    "status": "CONNECTED",
    "quality_rating": "GREEN",
    "messaging_limit_tier": "TIER_1K",
    "health_status": {"can_send_message": "AVAILABLE", "entities": [WABA]},
    "webhook_configuration": {"application": OURS},
}
APPS = {"data": [{"whatsapp_business_api_data": {"id": "77", "name": "Shop"}}]}


async def checking(*answers: bytes, **options: str):
    async with provider(*answers) as (meta, http):
        chosen = msgspec.structs.replace(meta.options, **options)
        steps = await check(http, chosen, webhook_url=OURS)
        return {step.name: step for step in steps}, steps, meta.asked


async def standing(apps: object = APPS, /, **changed: object):
    """Check a number that is right but for what changed."""
    options = {"app_id": str(changed.pop("app_id", ""))}
    found = answer(200, {**STANDS, **changed})
    told, _, _ = await checking(FOUND, FOUND, found, answer(200, apps), **options)
    return told


async def test_a_number_that_is_right_passes_every_step():
    told, steps, asked = await checking(FOUND, FOUND, answer(200, STANDS), answer(200, APPS))
    assert [step.name for step in steps] == [
        *("reachable", "token", "phone_number_id", "app_secret", "subscription"),
        *("webhook_address", "display_name", "limits"),
    ]
    assert all(step.holds for step in steps)
    assert told["phone_number_id"].values["number"] == "+964 770 متجر"
    assert told["limits"].values == {"status": "CONNECTED", "quality": "good", "tier": "1,000"}
    proof = hmac.new(b"secret-1", b"tok-1", hashlib.sha256).hexdigest()
    assert [proof in line for line, _, _ in asked] == [False, True, False, False]
    assert "/9001/subscribed_apps" in asked[3][0]


@pytest.mark.parametrize(
    ("changed", "name", "holds", "why"),
    [
        ({"name_status": "DECLINED"}, "display_name", False, "declined"),
        ({"name_status": "PENDING_REVIEW"}, "display_name", None, "pending"),
        ({"name_status": ""}, "display_name", None, "unread"),
        ({"status": "BANNED"}, "limits", False, "status"),
        ({"quality_rating": "RED"}, "limits", False, "quality"),
        ({"quality_rating": None}, "limits", None, "unread"),
        ({"messaging_limit_tier": None}, "limits", True, "untold"),
        ({"webhook_configuration": {}}, "webhook_address", None, "unread"),
        ({"webhook_configuration": {"application": ""}}, "webhook_address", False, "none"),
        (
            {"webhook_configuration": {"application": OURS, "phone_number": "https://other"}},
            "webhook_address",
            False,
            "elsewhere",
        ),
        ({"health_status": {}}, "subscription", None, "no_account"),
        ({"app_id": "78"}, "subscription", False, "another"),
        ({"app_id": "77"}, "subscription", True, "ok"),
    ],
)
async def test_what_meta_tells_of_a_number_is_judged(changed, name, holds, why):
    told = (await standing(**changed))[name]
    assert (told.holds, told.why) == (holds, why)


async def test_a_number_that_may_not_send_is_told_in_metas_own_words():
    error = {"error_description": "No payment method.", "possible_solution": "Add one."}
    health = {"can_send_message": "BLOCKED", "entities": [{**WABA, "errors": [error, error]}]}
    step = (await standing(health_status=health))["limits"]
    assert (step.holds, step.why, step.said) == (False, "blocked", "No payment method. Add one.")


@pytest.mark.clause("1.disabled")
async def test_an_account_without_a_subscribed_app_hears_nothing():
    assert (await standing({"data": []}))["subscription"].why == "none"


async def test_the_account_of_the_options_is_believed_before_that_of_the_health():
    answers = (FOUND, FOUND, answer(200, STANDS), answer(200, APPS))
    _, _, asked = await checking(*answers, waba_id="555")
    assert "/555/subscribed_apps" in asked[3][0]


async def test_a_version_of_the_api_that_does_not_know_the_limits_tells_the_rest():
    answers = (FOUND, FOUND, refused(100), answer(200, STANDS), answer(200, APPS))
    told, _, asked = await checking(*answers)
    assert [line.count("messaging_limit_tier") for line, _, _ in asked] == [0, 0, 1, 0, 0]
    assert all(step.holds for step in told.values())


async def test_what_cannot_be_read_is_unknown_and_not_wrong():
    told, steps, _ = await checking(FOUND, FOUND, refused(100), refused(100))
    assert [step.holds for step in steps[4:]] == [None] * 4
    assert all(step.said for step in steps[4:])
    told, _, _ = await checking(FOUND, FOUND, answer(200, STANDS), refused(10, 403))
    assert (told["subscription"].holds, told["limits"].holds) == (None, True)
    told, _, _ = await checking(FOUND, b"cut")
    assert told["app_secret"].holds is None


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ([refused(190, 401)], "token"),
        ([refused(100)], "phone_number_id"),
        ([answer(404, b"")], "phone_number_id"),
        ([answer(200, {"id": "another"})], "phone_number_id"),
        ([FOUND, refused(100)], "app_secret"),
        ([b"cut"], "reachable"),
        ([answer(502, b"")], "reachable"),
    ],
)
async def test_a_check_stops_at_what_fails_and_says_so(answers, last):
    _, steps, _ = await checking(*answers)
    assert [step.name for step in steps if step.holds is False] == [last]
    assert steps[-1].name == last
    told = repr(steps)
    assert OPTIONS.token not in told
    assert OPTIONS.app_secret not in told


async def test_an_address_where_nobody_answers_is_said():
    closed = msgspec.structs.replace(OPTIONS, api_url="http://127.0.0.1:1")
    async with aiohttp.ClientSession() as http:
        (step,) = await check(http, closed)
    assert (step.name, step.holds, step.why) == ("reachable", False, "silent")
