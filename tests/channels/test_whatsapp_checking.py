from __future__ import annotations

import hashlib
import hmac

import aiohttp
import msgspec
import pytest
from whatsapp_hooks import NUMBER, OPTIONS
from whatsapp_provider import answer, provider, refused

from hudhud.channels.whatsapp import check

FOUND = answer(200, {"id": NUMBER, "display_phone_number": "+964 770", "verified_name": "متجر"})


async def checking(*answers: bytes):
    async with provider(*answers) as (meta, http):
        steps = await check(http, meta.options)
        return {step.name: step.holds for step in steps}, steps, meta.asked


async def test_a_number_that_is_right_passes_every_step():
    held, steps, asked = await checking(FOUND, FOUND)
    assert held == {"reachable": True, "token": True, "phone_number_id": True, "app_secret": True}
    assert "+964 770 متجر." in steps[2].sentence
    proof = hmac.new(b"secret-1", b"tok-1", hashlib.sha256).hexdigest()
    assert [proof in line for line, _, _ in asked] == [False, True]


async def test_a_number_without_a_name_passes():
    held, steps, _ = await checking(answer(200, {"id": NUMBER}))
    assert all(held.values())
    assert steps[2].sentence == "This is the number."


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
        ([FOUND, b"cut"], "app_secret"),
    ],
)
async def test_a_check_stops_at_what_fails_and_says_so(answers, last):
    held, steps, _ = await checking(*answers)
    assert [step.name for step in steps if not step.holds] == [last]
    assert steps[-1].name == last
    assert held[last] is False
    assert not any(
        secret in step.sentence for step in steps for secret in (OPTIONS.token, OPTIONS.app_secret)
    )


async def test_an_address_where_nobody_answers_is_said():
    closed = msgspec.structs.replace(OPTIONS, api_url="http://127.0.0.1:1")
    async with aiohttp.ClientSession() as http:
        (step,) = await check(http, closed)
    assert (step.name, step.holds) == ("reachable", False)
