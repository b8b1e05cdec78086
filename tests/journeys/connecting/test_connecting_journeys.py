"""An account is connected from the console and checked live: the real web against the provider."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from consoles import Console

from homes import Home
from hudhud.core.breaker import Policy
from hudhud.core.connecting import opened
from hudhud.core.connecting.trying import tried, unfit, webhook_url
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.session import http_session
from hudhud.core.secrets import Vault
from hudhud.settings import load
from hudhud.store import inboxes
from shops import Shop, opened_shop

pytestmark = pytest.mark.clause("5.9")


@pytest.fixture
async def console(shop: Shop) -> AsyncIterator[Console]:
    async with Console.opened(shop) as console:
        yield console


async def page_of(console: Console, path: str, **form: str) -> tuple[int, str]:
    """What a form of ours gets back, unescaped and without isolates."""
    url = console.shop.house.web_url
    async with console.http.post(url + path, data=form, headers={"Origin": url}) as answer:
        text = unescape(await answer.text())
        return answer.status, re.sub("</?bdi[^>]*>", "", text)


def looks(page: str) -> dict[str, str]:
    """Each step of a check by its title, and how it looks."""
    found = re.findall(r'class="mark (\w+)".*?<strong>(.*?)</strong>', page, re.DOTALL)
    return {title: look for look, title in found}


def account(shop: Shop, **changed: str) -> dict[str, str]:
    given = {
        "name": "فرع البصرة",
        "phone_number_id": f"8{shop.number}",
        "token": f"token-8{shop.number}",
        "app_secret": "secret-of-the-app",
        "api_url": shop.house.simulator_url,
    }
    return {**given, **changed}


async def registered(shop: Shop, given: dict[str, str], **behaviour: Any) -> None:
    number = given["phone_number_id"]
    asked = {
        "phone_number_id": number,
        "display_phone_number": "+964 770 000 1111",
        "name": "متجر",
        "token": f"token-8{shop.number}",
        "app_secret": "secret-of-the-app",
        "verify_token": "v",
        "webhook_url": f"{shop.house.web_url}/webhooks/whatsapp/x",
        "challenge": False,
    }
    await shop.ask("POST", "/numbers", asked)
    await shop.ask("PUT", "/behaviour", {"phone_number_id": number, **behaviour})


WRONG = [
    ({}, {"token": "another"}, "الرمز", "رُفض الرمز"),
    ({}, {"phone_number_id": "55"}, "معرّف الرقم", "لا يصل هذا الرمز إلى الرقم 55"),
    ({}, {"app_secret": "another-secret"}, "سر التطبيق", "ليس سر تطبيق هذا الرمز"),
    ({"subscribed": False}, {}, "الاشتراك", "لا تطبيق مشترك في الحساب"),
    ({"name_status": "DECLINED"}, {}, "الاسم الظاهر", "رفضت Meta الاسم"),
    ({"quality": "RED"}, {}, "الحدود والجودة", "الجودة ضعيفة"),
    ({"can_send": "BLOCKED"}, {}, "الحدود والجودة", "Add a valid payment method"),
]


@pytest.mark.parametrize(("behaviour", "changed", "step", "sentence"), WRONG)
async def test_what_is_wrong_with_an_account_is_said_with_what_to_do(
    shop: Shop, console: Console, behaviour: Any, changed: Any, step: str, sentence: str
) -> None:
    given = account(shop)
    await registered(shop, given, **behaviour)
    status, page = await page_of(console, "/inboxes/new/whatsapp", **{**given, **changed})
    assert status == 201
    assert looks(page)[step] == "bad"
    assert sentence in page
    assert looks(page)["الوصول إلى المزوّد"] == "good"
    assert looks(page)["عنواننا من الخارج"] == "good"
    assert looks(page)["أول رسالة"] == "warn"


async def test_an_account_is_connected_mended_and_checked_without_a_secret_shown_again(
    shop: Shop, console: Console
) -> None:
    given = account(shop)
    await registered(shop, given)
    status, page = await page_of(console, "/inboxes/new/whatsapp", **{**given, "token": "wrong-1"})
    key = re.search(r"/webhooks/whatsapp/([0-9a-f]+)", page)[1]
    made = re.search(r"رمز التحقق</dt>.*?<code[^>]*>([^<]+)", page, re.DOTALL)[1]
    inbox_id = re.search(r"/inboxes/(\d+)/check", page)[1]
    assert status == 201
    assert (await challenged(shop, key, made))[0] == 200
    for path in (f"/inboxes/{inbox_id}/check", f"/inboxes/{inbox_id}/options"):
        shown = await console.page(path)
        assert not [s for s in (made, "wrong-1", "secret-of-the-app") if s in shown]
    # Only the token is typed; what stays empty stays as it is.
    status, page = await page_of(
        console, f"/inboxes/{inbox_id}/options", token=given["token"], app_secret=""
    )
    assert status == 200
    assert looks(page)["الرمز"] == looks(page)["سر التطبيق"] == "good"
    assert "+964 770 000 1111" in page
    assert looks(page)["وجهة الرسائل"] == "bad"
    assert f"{shop.house.web_url}/webhooks/whatsapp/{key}" in page
    _, page = await page_of(console, f"/inboxes/{inbox_id}/check/renew")
    again = re.search(r"رمز التحقق</dt>.*?<code[^>]*>([^<]+)", page, re.DOTALL)[1]
    assert again != made
    # The same account twice, and a form with something missing: nothing is stored.
    assert (await page_of(console, "/inboxes/new/whatsapp", **given))[0] == 409
    status, page = await page_of(console, "/inboxes/new/whatsapp", **account(shop, token=""))
    assert (status, "لا بد منه" in page, 'value="فرع البصرة"' in page) == (422, True, True)
    assert "secret-of-the-app" not in page


async def test_what_belongs_to_another_merchant_is_not_there(
    home: Home, shop: Shop, console: Console
) -> None:
    async with opened_shop(home.house, home.owner_url) as other:
        for path in ("check", "options"):
            assert (await console.get(f"/inboxes/{other.inbox.id}/{path}"))[0] == 404
            assert (await page_of(console, f"/inboxes/{other.inbox.id}/{path}"))[0] == 404
    async with console.http.get(f"{shop.house.web_url}/inboxes/new/telegraph") as answer:
        assert answer.status == 404


async def test_the_command_says_the_same_in_both_languages(shop: Shop) -> None:
    await shop.behave(subscribed=False)
    told = await commanded(shop, "المحل", "--json")  # every shop of the house has this name
    assert (told[0], "take the key" in told[2]) == (1, True)
    code, out, _ = await commanded(shop, shop.inbox.key, "--json")
    steps = {step["name"]: step for step in json.loads(out)}
    assert (code, steps["token"]["holds"], steps["subscription"]["holds"]) == (1, True, False)
    assert steps["subscription"]["sentence"].startswith("لا تطبيق مشترك")
    _, out, _ = await commanded(shop, shop.inbox.key, "--language", "en")
    assert "✗ Subscription: No app is subscribed" in out
    assert "✓ Webhook" not in out
    await shop.behave(subscribed=True)
    assert (await commanded(shop, shop.inbox.key))[0] == 0


async def test_an_address_that_nobody_reaches_is_said_and_the_wait_has_an_end(shop: Shop) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert (await step_of(shop, "webhook", nobody)).why == "silent"
    assert (await step_of(shop, "webhook", shop.house.simulator_url)).why == "another"
    assert (await step_of(shop, "webhook", shop.house.web_url)).holds is True


async def test_a_provider_that_is_left_alone_is_not_asked_and_that_is_no_failure(
    shop: Shop,
) -> None:
    breakers = Breakers(Policy(failures=1))
    with pytest.raises(OSError, match="cut"):
        async with breakers.calling(f"inbox/{shop.inbox.id}", deadline_s=1):
            raise OSError("cut")
    step = await step_of(shop, "reachable", shop.house.web_url, breakers)
    assert (step.holds, step.why) == (None, "resting")
    assert int(step.values["seconds"]) in range(30, 61)


async def test_what_a_check_finds_opens_no_breaker(shop: Shop) -> None:
    breakers = Breakers(Policy(failures=1))
    for _ in range(3):
        await step_of(shop, "webhook", "http://127.0.0.1:9", breakers)
    assert breakers.standing() == []


@pytest.mark.parametrize(
    ("url", "near", "why"),
    [
        ("https://chat.example.org/w", False, ""),
        ("http://chat.example.org/w", False, "insecure"),
        ("https://10.0.0.4/w", False, "private"),
        ("http://localhost:39417/w", False, "private"),
        ("https://[::1]/w", False, "private"),
        ("https://server.local/w", False, "private"),
        ("http://127.0.0.1:39417/w", True, ""),
    ],
)
def test_an_address_that_no_provider_could_reach_is_not_tried(url, near, why):
    assert unfit(url, near=near) == why


async def challenged(shop: Shop, key: str, token: str) -> tuple[int, str]:
    query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "42"}
    url = f"{shop.house.web_url}/webhooks/whatsapp/{key}"
    async with shop.http.get(url, params=query) as answer:
        return answer.status, await answer.text()


async def step_of(shop: Shop, name: str, public_url: str, breakers: Breakers | None = None) -> Any:
    """One step of a check that believes to be at this public address."""
    environ = {k: v for k, v in shop.house.environ.items() if k.startswith(("HUDHUD_", "SECRET"))}
    settings = load({**environ, "HUDHUD_PUBLIC_URL": public_url})
    async with shop.opened() as database:
        async with database.reading(shop.merchant_id) as connection:
            stored = await inboxes.by_id(connection, shop.inbox.id)
        inbox = opened(Vault(shop.house.key_hex), stored)
        assert webhook_url(settings, inbox).startswith(public_url)
        async with http_session() as http:
            steps = await tried(database, http, breakers or Breakers(Policy()), settings, inbox)
    return next(step for step in steps if step.name == name)


async def commanded(shop: Shop, *words: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hudhud", "inbox", "test", *words),
        env=shop.house.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()
