"""A merchant with instances of Evolution API in a running house; each is a shop of its own."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from homes import Home
from hudhud.core.connecting import connect
from hudhud.core.secrets import Vault
from hudhud.ops.sample.sample import sample
from hudhud.store import assistants, catalogue, merchants, operators
from hudhud.store.pool import Database
from shops import Shop, until

HEADER = "x-hudhud-secret"


@dataclass
class Instance(Shop):
    """One linked phone: `secret` is what its webhooks bear in a header."""

    apikey: str = ""

    @property
    def webhook_url(self) -> str:
        return f"{self.house.web_url}/webhooks/evolution/{self.inbox.key}"

    def customer(self, place: int = 1) -> str:
        return f"9647{int(self.number.rpartition('-')[2], 16) % 1_000_000:06d}{place:03d}"

    async def set(self, **manner: Any) -> None:
        await self.ask("PUT", f"/instances/{self.number}", manner)

    async def post(self, body: bytes, *, secret: str | None = None, url: str = "") -> int:
        headers = {HEADER: self.secret if secret is None else secret}
        async with self.http.post(url or self.webhook_url, data=body, headers=headers) as answer:
            return answer.status

    async def sends(self, by: int | None = None) -> list[dict[str, Any]]:
        """What Evolution took, or seems to have taken."""
        sends = (await self.history())["sends"]
        return [s for s in sends if by is None or s["to"] == self.customer(by)]

    async def quiet(self) -> None:
        """Wait until no webhook is on its way any more."""

        async def true() -> bool:
            posted = (await self.history())["deliveries"]
            return all(one["state"] != "waiting" for one in posted)

        await until(true, "no webhook on its way")

    async def mine(self) -> list[Any]:
        """This inbox's own conversations."""
        return await self.rows(
            "select * from conversation where merchant_id = $1 and inbox_id = $2 order by id",
            self.inbox.id,
        )


@asynccontextmanager
async def opened_instances(home: Home, count: int = 1, **manner: Any) -> AsyncIterator[Any]:
    """A new merchant with that many instances, linked, that point their webhooks here."""
    database = await Database.open(home.house.environ["HUDHUD_DATABASE_URL"], size=1)
    version = manner.get("version", "v2")
    tag = secrets.token_hex(4)
    names = [f"shop-{n}-{tag[:6]}{n}" for n in range(count)]
    given = [
        {
            "instance_name": name,
            "api_url": home.house.simulator_url,
            "apikey": f"APIKEY-{secrets.token_hex(12)}",
            "webhook_secret": f"WEBHOOK-{secrets.token_hex(12)}",
            "version": version,
        }
        for name in names
    ]
    try:
        async with database.deed() as connection:
            merchant_id = await merchants.add(connection, key=f"shop-{tag}", name="المحل")
            await merchants.act_for(connection, merchant_id)
            assistant_id = await assistants.add(
                connection, merchant_id, name="هدهد", responder="catalogue"
            )
            operator_id = await operators.add(
                connection, merchant_id, email=f"{tag}@example.org", name="سارة", language="ar"
            )
            await catalogue.add_products(connection, merchant_id, sample().products)
            await catalogue.add_faqs(connection, merchant_id, sample().faqs)
            inboxes = [
                await connect(
                    connection,
                    Vault(home.house.key_hex),
                    merchant_id=merchant_id,
                    channel="evolution",
                    name=options["instance_name"],
                    given=options,
                    assistant_id=assistant_id,
                    window_ms=400,
                )
                for options in given
            ]
    finally:
        await database.close()
    async with aiohttp.ClientSession() as http:
        made = [
            Instance(
                home.house, http, home.owner_url, inbox, operator_id,
                options["webhook_secret"], apikey=options["apikey"],
            )
            for inbox, options in zip(inboxes, given, strict=True)
        ]  # fmt: skip
        for instance in made:
            await instance.ask("POST", "/numbers", _registration(instance, manner))
            await instance.behave(retry_first_ms=50, retry_most_ms=400)
        yield made[0] if count == 1 else made
        for instance in made:
            await instance.ask("DELETE", f"/numbers/{instance.number}")


def _registration(instance: Instance, manner: dict[str, Any]) -> dict[str, Any]:
    return {
        "phone_number_id": instance.number,
        "display_phone_number": f"96478{int(time.time()) % 10_000_000:07d}",
        "name": "المحل",
        "token": instance.apikey,
        "app_secret": "unused",
        "verify_token": "unused",
        "webhook_url": instance.webhook_url,
        "challenge": False,
        "provider": "evolution",
        "more": {"headers": {HEADER: instance.secret}, **manner},
    }
