"""What the live check of Instagram, Messenger and Evolution finds, step by step."""

from __future__ import annotations

import msgspec
import pytest
from whatsapp_provider import answer, provider, refused

from hudhud import registry

OURS = "https://chat.example.org/webhooks/evolution/k1"
ME = {"id": "p1", "name": "Shop"}
FIELDS = {"data": [{"subscribed_fields": ["messages", "messaging_postbacks"]}]}
HOOK = {"enabled": True, "url": OURS, "events": ["MESSAGES_UPSERT"]}
OPEN = {"instance": {"instanceName": "shop", "state": "open"}}


async def checking(kind: str, given: dict[str, str], *answers: bytes):
    channel = registry.adapter("channels", kind)
    async with provider(*answers) as (there, http):
        asked = {**given, "api_url": there.options.api_url}
        options = msgspec.convert(asked, channel.Options)
        steps = await channel.check(http, options, webhook_url=OURS)
    return {step.name: (step.holds, step.why) for step in steps}


def page(*answers: bytes):
    given = {"page_id": "p1", "token": "t", "app_secret": "s", "verify_token": "v"}
    return checking("messenger", given, *answers)


def instance(*answers: bytes):
    given = {"instance_name": "shop", "apikey": "k", "webhook_secret": "s"}
    return checking("evolution", given, *answers)


async def test_a_page_that_is_right_passes_every_step():
    told = await page(answer(200, ME), answer(200, {"id": "p1"}), answer(200, FIELDS))
    assert [holds for holds, _ in told.values()] == [True] * 5


@pytest.mark.parametrize(
    ("answers", "step", "judged"),
    [
        ([refused(190, 401)], "token", (False, "refused")),
        ([refused(100)], "token", (False, "odd")),
        ([b"cut"], "reachable", (False, "silent")),
        ([answer(200, {"id": "p2"})], "account", (False, "another")),
        ([answer(200, ME), refused(100), answer(200, FIELDS)], "app_secret", (False, "another")),
        (
            [answer(200, ME), answer(200, ME), answer(200, {"data": []})],
            "subscription",
            (False, "fields"),
        ),
        ([answer(200, ME), answer(200, ME), refused(10, 403)], "subscription", (None, "unread")),
    ],
)
async def test_what_is_wrong_with_a_page_is_named(answers, step, judged):
    assert (await page(*answers))[step] == judged


async def test_an_instance_that_is_right_passes_every_step():
    told = await instance(answer(200, OPEN), answer(200, HOOK))
    assert [holds for holds, _ in told.values()] == [True] * 6


@pytest.mark.parametrize(
    ("answers", "step", "judged"),
    [
        ([answer(401, {"error": "Unauthorized"})], "apikey", (False, "refused")),
        ([answer(404, {"error": "Not Found"})], "instance", (False, "none")),
        ([b"cut"], "reachable", (False, "silent")),
        ([answer(200, {"instance": {"state": "close"}})], "connection", (False, "closed")),
        (
            [answer(200, OPEN), answer(200, {**HOOK, "url": "https://other"})],
            "webhook_address",
            (False, "elsewhere"),
        ),
        (
            [answer(200, OPEN), answer(200, {**HOOK, "enabled": False})],
            "webhook_address",
            (False, "none"),
        ),
        (
            [answer(200, OPEN), answer(200, {**HOOK, "events": []})],
            "subscription",
            (False, "events"),
        ),
        ([answer(200, OPEN), b"cut"], "webhook_address", (None, "unread")),
    ],
)
async def test_what_is_wrong_with_an_instance_is_named(answers, step, judged):
    assert (await instance(*answers))[step] == judged
