"""The sample shop on this machine: seeded on the first start, tied to the simulator on each."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from hudhud.errors import HudhudError
from hudhud.settings import Settings

if TYPE_CHECKING:
    from hudhud.core.secrets import Vault
    from hudhud.model import Inbox
    from hudhud.store.pool import Database

OPERATOR = "owner@hudhud.local"
NUMBER_ID = "390000000000417"
ACCOUNT_ID = "390000000000001"
NUMBER = "+964 770 000 0417"
SECRET_BYTES = 24
REGISTER_TIMEOUT_S = 20.0


def simulator_url(settings: Settings) -> str:
    """Where the phone simulator listens, as a browser on this machine reaches it."""
    return f"http://{asked_host(settings.host)}:{settings.simulator_port}"


def asked_host(host: str) -> str:
    """The host under which this machine reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - asked, not bound


async def ensure(database: Database, vault: Vault, settings: Settings) -> Inbox | None:
    """The sample shop's inbox; an empty installation is seeded, any other is left as it is.

    Returns: None when this installation has no sample shop.
    """
    from hudhud.core.setting_up import point_inbox, seed  # noqa: PLC0415 - `--help` must not wait
    from hudhud.ops.sample.sample import sample  # noqa: PLC0415 - the same
    from hudhud.store import merchants  # noqa: PLC0415 - the same

    shop = sample()
    async with database.reading() as connection:
        known = {one.key: one for one in await merchants.listed(connection)}
    if not known:
        return await seed(
            database,
            vault,
            key=shop.merchant.slug,
            name=shop.merchant.name_ar,
            language=shop.merchant.language,
            currency=shop.merchant.currency,
            email=OPERATOR,
            products=shop.products,
            faqs=shop.faqs,
            personas=shop.assistants,
            inbox=_options(settings),
        )
    if shop.merchant.slug not in known:
        return None
    inbox = await _stored(database, vault, known[shop.merchant.slug].id)
    # The simulator may have another port today.
    now = {"api_url": simulator_url(settings), "waba_id": ACCOUNT_ID}
    if inbox and settings.simulator_port and not now.items() <= inbox.options.items():
        await point_inbox(database, inbox, **now)
    return inbox


async def register(settings: Settings) -> None:
    """Tell the simulator the number, over HTTP as anyone would; it challenges the webhook.

    Raises:
        HudhudError: the simulator refused or could not be reached, or the challenge failed.
    """
    import aiohttp  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.core.secrets import Vault  # noqa: PLC0415 - the same
    from hudhud.store.pool import Database  # noqa: PLC0415 - the same

    vault = Vault(settings.encryption_key_hex)
    database = await Database.open(settings.database_url, size=2, name="hudhud-up")
    try:
        inbox = await ensure(database, vault, settings)
    finally:
        await database.close()
    if inbox is None:
        return
    names = ("phone_number_id", "token", "app_secret", "verify_token")
    told = {name: inbox.options[name] for name in names} | {
        "display_phone_number": NUMBER,
        "waba_id": ACCOUNT_ID,
        "name": inbox.name,
        # Neighbours on one machine: not over a public address that may lead elsewhere.
        "webhook_url": f"http://{asked_host(settings.host)}:{settings.port}"
        f"/webhooks/{inbox.channel}/{inbox.key}",
    }
    limit = aiohttp.ClientTimeout(total=REGISTER_TIMEOUT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit) as http,
            http.post(f"{simulator_url(settings)}/simulator/numbers", json=told) as answer,
        ):
            said = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise HudhudError(f"({type(error).__name__})") from None
    if not said.get("verified"):
        raise HudhudError(str(said.get("reason") or said.get("error") or answer.status))


async def _stored(database: Database, vault: Vault, merchant_id: int) -> Inbox | None:
    from hudhud.core.connecting import opened  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store import inboxes  # noqa: PLC0415 - the same

    async with database.reading(merchant_id) as connection:
        stored = await inboxes.by_account(connection, merchant_id, "whatsapp", NUMBER_ID)
    return opened(vault, stored) if stored else None


def _options(settings: Settings) -> dict[str, str]:
    return {
        "phone_number_id": NUMBER_ID,
        "token": secrets.token_urlsafe(SECRET_BYTES),
        "app_secret": secrets.token_hex(SECRET_BYTES),
        "verify_token": secrets.token_urlsafe(SECRET_BYTES),
        "api_url": simulator_url(settings),
        "waba_id": ACCOUNT_ID,
    }
