"""A refused answer becomes a letter, a person mends it over the API, and it is sent once (Q6)."""

from __future__ import annotations

import asyncio
from typing import Any

from hudhud.core.setting_up import api_token
from shops import Shop, ledger, until

CUSTOMERS = 6


async def ask(shop: Shop, token: str, method: str, path: str, body: Any = None) -> Any:
    async with shop.http.request(
        method,
        f"{shop.house.web_url}/api/v1{path}",
        json=body,
        headers={"authorization": f"Bearer {token}"},
    ) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def token_of(shop: Shop) -> str:
    email = await shop.value("select email from operator where merchant_id = $1")
    async with shop.opened() as database:
        return await api_token(database, shop.house.environ["SECRET_KEY"], email, name="tests")


async def test_refused_answers_are_mended_and_sent_once_however_often_they_are_asked_for(
    shop: Shop,
) -> None:
    await shop.fault("131047", calls=CUSTOMERS)
    for customer in range(1, CUSTOMERS + 1):
        await shop.say("عندكم قميص كتان؟", by=customer)
    token = await token_of(shop)

    async def lettered() -> bool:
        return bool((await ask(shop, token, "GET", "/dead-letters"))["count"] == CUSTOMERS)

    await until(lettered, "every answer was refused")
    first = (await ask(shop, token, "GET", "/dead-letters?kind=send"))["dead_letters"][0]["id"]
    await ask(shop, token, "POST", f"/dead-letters/{first}/edit", {"text": "نعم، متوفر"})
    retries = [
        ask(shop, token, "POST", "/dead-letters/retry", {"matching": {"reason": "131047"}})
        for _ in range(3)
    ]
    settled = [one for told in await asyncio.gather(*retries) for one in told["settled"]]
    assert len(settled) == CUSTOMERS
    await shop.answered(CUSTOMERS)
    texts = [send["text"] for send in await shop.sends()]
    assert len(texts) == CUSTOMERS
    assert texts.count("نعم، متوفر") == 1
    assert await ledger(shop) == {"accepted": CUSTOMERS, "lost": 0, "twice": 0}
    assert (await ask(shop, token, "GET", "/queue"))["states"] == []
