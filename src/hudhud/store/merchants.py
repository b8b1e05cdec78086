"""Merchants: the owners of everything else, each seen by nobody but its own people (S1)."""

from __future__ import annotations

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError, NotFoundError
from hudhud.store.pool import Connection


class Merchant(msgspec.Struct, frozen=True, kw_only=True):
    """One merchant; `key` is its short public name, `currency` an ISO 4217 code."""

    id: int
    key: str
    name: str
    language: str
    currency: str
    timezone: str
    digits: str


async def add(
    connection: Connection, *, key: str, name: str, language: str = "ar", currency: str = "IQD"
) -> int:
    """Make a merchant and return its id; the transaction may then act for it (`act_for`).

    Raises:
        AlreadyThereError: the key is taken.
    """
    try:
        merchant_id: int = await connection.fetchval(
            "select merchant_new($1, $2, $3, $4)", key, name, language, currency
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"Merchant {key!r}.") from None
    return merchant_id


async def listed(connection: Connection) -> list[Merchant]:
    """Every merchant of the installation, oldest first; names only, nothing of a customer."""
    rows = await connection.fetch("select * from merchant_list()")
    return [Merchant(**{name: row[name] for name in Merchant.__struct_fields__}) for row in rows]


async def named(connection: Connection, key: str | None) -> Merchant:
    """The merchant of this key; without one the only merchant there is.

    Raises:
        NotFoundError: no such merchant, or several and none was named; the detail lists the keys.
    """
    everyone = await listed(connection)
    found = [merchant for merchant in everyone if key in (None, merchant.key)]
    if len(found) == 1:
        return found[0]
    keys = ", ".join(merchant.key for merchant in everyone) or "none yet"
    asked = f"Merchant {key!r}." if key else "Name one merchant (--merchant KEY)."
    raise NotFoundError(f"{asked} Known: {keys}.")


async def act_for(connection: Connection, *merchant_ids: int) -> None:
    """Let the rest of this transaction see these merchants' rows, one made in it among them."""
    await connection.execute(
        "select set_config('hudhud.merchants', $1, true)", ",".join(map(str, merchant_ids))
    )


async def country(connection: Connection, merchant_id: int) -> str:
    """Whose plan of numbers holds here, as two letters of ISO 3166; derived where none is set."""
    found: str | None = await connection.fetchval(
        "select country_of(country, currency, timezone) from merchant where id = $1", merchant_id
    )
    return found or ""


async def country_set(connection: Connection, merchant_id: int) -> str | None:
    """The country that was set; None: it is derived."""
    found: str | None = await connection.fetchval(
        "select country from merchant where id = $1", merchant_id
    )
    return found


async def set_country(connection: Connection, merchant_id: int, chosen: str | None) -> None:
    """Set it; None: what currency and time zone say."""
    await connection.execute("update merchant set country = $2 where id = $1", merchant_id, chosen)
