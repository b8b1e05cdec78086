"""How a test comes into the console: by a one-time link, as an operator does first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hudhud.core.access import new_token, token_hash
from hudhud.store import operators
from hudhud.store.pool import Database
from shops import Shop


async def signed_in(shop: Shop) -> str:
    """The address of a one-time link for the shop's operator."""
    environ = shop.house.environ
    token = new_token()
    database = await Database.open(environ["HUDHUD_DATABASE_URL"], size=1)
    try:
        async with database.deed(shop.merchant_id) as connection:
            await operators.make_link(
                connection,
                shop.merchant_id,
                shop.operator_id,
                token_hash=token_hash(environ["SECRET_KEY"], token),
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
    finally:
        await database.close()
    return f"{shop.house.web_url}/sign-in/link/{token}"
