"""A sample shop with an assistant, an inbox and a breaker board, ready to be rehearsed."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from hudhud.core.breaker import Policy
from hudhud.core.connecting import connect
from hudhud.core.outside.breakers import Breakers
from hudhud.core.secrets import Vault
from hudhud.ops.sample.sample import sample
from hudhud.settings import Settings
from hudhud.store import assistants, catalogue
from shop import Shop

SHOP = sample()
KEY = "ab" * 32


def settings(**more: Any) -> Settings:
    told = {"data_dir": Path("/nowhere"), "encryption_key_hex": KEY}
    return Settings(**(told | more))


def breakers() -> Breakers:
    return Breakers(Policy())


async def staged(shop: Shop, *, inbox: bool = True, **more: Any) -> int:
    """Seed the sample shop, and return the id of its assistant."""
    one = SHOP.assistants[0]
    told: dict[str, Any] = {
        "name": one.name,
        "responder": one.responder,
        "instructions": one.instructions,
    }
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute(
            "update merchant set name = $2 where id = $1", shop.merchant, SHOP.merchant.name_ar
        )
        await catalogue.add_products(connection, shop.merchant, SHOP.products)
        await catalogue.add_faqs(connection, shop.merchant, SHOP.faqs)
        assistant_id = await assistants.add(connection, shop.merchant, **(told | more))
        if inbox:
            await connect(
                connection,
                Vault(KEY),
                merchant_id=shop.merchant,
                channel="whatsapp",
                name="واتساب",
                given={
                    "phone_number_id": "780000000001",
                    "token": "token",
                    "app_secret": secrets.token_hex(16),
                    "verify_token": "verify",
                    "api_url": "http://127.0.0.1:9",
                },
                assistant_id=assistant_id,
            )
    return assistant_id
