"""The sample shop on this machine: seeded on the first start, tied to the simulator on each."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from hudhud.errors import BreakerOpenError, HudhudError, StorageUnavailableError
from hudhud.settings import Settings

if TYPE_CHECKING:
    import aiohttp

    from hudhud.core.secrets import Vault
    from hudhud.model import Inbox, Product
    from hudhud.store.pool import Database

OPERATOR = "owner@hudhud.local"
SECRET_BYTES = 24
REGISTER_TIMEOUT_S = 20.0


class Account(NamedTuple):
    """One account of the shop at the simulator; `option` is how its channel calls its id.

    `waba_id` is the WhatsApp account to which a number belongs.
    """

    channel: str
    option: str
    id: str
    shown: str
    waba_id: str = ""


ACCOUNTS = (
    Account(
        "whatsapp",
        "phone_number_id",
        "390000000000417",
        "+964 770 000 0417",
        waba_id="390000000000001",
    ),
    Account("instagram", "instagram_id", "17841400000000417", "nakhla.style"),
    Account("messenger", "page_id", "104000000000417", "nakhla.style"),
    Account("evolution", "instance_name", "nakhla", "+964 780 000 0417"),
)


def simulator_url(settings: Settings) -> str:
    """Where the phone simulator listens, as a browser on this machine reaches it."""
    return f"http://{asked_host(settings.host)}:{settings.simulator_port}"


def asked_host(host: str) -> str:
    """The host under which this machine reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - asked, not bound


async def ensure(database: Database, vault: Vault, settings: Settings) -> list[Inbox]:
    """The sample shop's inboxes; an empty installation is seeded, any other is left as it is.

    Returns: nothing when this installation has no sample shop.
    """
    from hudhud.core.setting_up import point_inbox, seed  # noqa: PLC0415 - `--help` must not wait
    from hudhud.ops.sample.sample import sample  # noqa: PLC0415 - the same
    from hudhud.store import merchants  # noqa: PLC0415 - the same

    shop = sample()
    async with database.reading() as connection:
        known = {one.key: one for one in await merchants.listed(connection)}
    if not known:
        name = shop.merchant.name_ar
        seeded = await seed(
            database,
            vault,
            key=shop.merchant.slug,
            name=name,
            language=shop.merchant.language,
            currency=shop.merchant.currency,
            email=OPERATOR,
            products=shop.products,
            faqs=shop.faqs,
            personas=shop.assistants,
            hours=shop.hours,
            desk=shop.desk,
            accounts=[(one.channel, name, _options(one, settings)) for one in ACCOUNTS],
        )
        await _picture(database, settings, seeded[0].merchant_id, shop.products)
        return seeded
    if shop.merchant.slug not in known:
        return []
    inboxes = await _stored(database, vault, known[shop.merchant.slug].id)
    for inbox in inboxes if settings.simulator_port else []:
        # The simulator may have another port today.
        now = _place(_account(inbox), settings)
        if not now.items() <= inbox.options.items():
            await point_inbox(database, inbox, **now)
    return inboxes


async def _picture(
    database: Database, settings: Settings, merchant_id: int, products: tuple[Product, ...]
) -> None:
    """Hang the pictures; a shop without them is a shop, so a storage that is away costs a line."""
    from hudhud.core.breaker import policy_of  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.media.storage import opened_storage  # noqa: PLC0415 - the same
    from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same
    from hudhud.events import emit  # noqa: PLC0415 - the same
    from hudhud.ops.sample.pictures import hang_all  # noqa: PLC0415 - the same

    try:
        async with opened_storage(settings, Breakers(policy_of(settings.breaker))) as storage:
            await hang_all(database, storage, merchant_id, products)
    except (StorageUnavailableError, BreakerOpenError) as error:
        emit("sample.no_pictures", "warning", error=type(error).__name__)


async def register(settings: Settings) -> None:
    """Tell the simulator the accounts, over HTTP as anyone would; it challenges their webhooks.

    Raises:
        HudhudError: the simulator refused or could not be reached, or a challenge failed.
    """
    import aiohttp  # noqa: PLC0415 - `--help` must not wait for it

    from hudhud.core import templates  # noqa: PLC0415 - the same
    from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same
    from hudhud.store.pool import Database  # noqa: PLC0415 - the same

    vault = vault_of(settings)
    database = await Database.open(settings.database_url, size=2, name="hudhud-up")
    limit = aiohttp.ClientTimeout(total=REGISTER_TIMEOUT_S)
    try:
        inboxes = await ensure(database, vault, settings)
        async with aiohttp.ClientSession(timeout=limit) as http:
            await asyncio.gather(*(_tell(http, settings, inbox) for inbox in inboxes))
        # The worker may have asked for its templates before the simulator knew the account.
        for merchant_id in {inbox.merchant_id for inbox in inboxes}:
            await templates.ask(database, merchant_id)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise HudhudError(f"({type(error).__name__})") from None
    finally:
        await database.close()


async def _tell(http: aiohttp.ClientSession, settings: Settings, inbox: Inbox) -> None:
    account = _account(inbox)
    told = _proofs(inbox) | {
        "phone_number_id": account.id,
        "display_phone_number": account.shown,
        "waba_id": account.waba_id,
        "name": inbox.name,
        "provider": inbox.channel,
        # Neighbours on one machine: not over a public address that may lead elsewhere.
        "webhook_url": f"http://{asked_host(settings.host)}:{settings.port}"
        f"/webhooks/{inbox.channel}/{inbox.key}",
    }
    async with http.post(f"{simulator_url(settings)}/simulator/numbers", json=told) as answer:
        said = await answer.json()
    if not said.get("verified"):
        raise HudhudError(str(said.get("reason") or said.get("error") or answer.status))


def _proofs(inbox: Inbox) -> dict[str, Any]:
    """What the simulator has to know to be believed, and to believe."""
    if inbox.channel != "evolution":
        return {name: inbox.options[name] for name in ("token", "app_secret", "verify_token")}
    from hudhud.channels.evolution.proof import SECRET_HEADER  # noqa: PLC0415 - `--help` must not wait

    headers = {SECRET_HEADER: inbox.options["webhook_secret"]}
    # An instance asks for no challenge, and signs nothing.
    unused = {"app_secret": "-", "verify_token": "-", "challenge": False}
    return {**unused, "token": inbox.options["apikey"], "more": {"headers": headers}}


async def _stored(database: Database, vault: Vault, merchant_id: int) -> list[Inbox]:
    from hudhud.core.connecting import opened  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store import inboxes  # noqa: PLC0415 - the same

    async with database.reading(merchant_id) as connection:
        found = [
            await inboxes.by_account(connection, merchant_id, one.channel, one.id)
            for one in ACCOUNTS
        ]
    return [opened(vault, stored) for stored in found if stored]


def _options(account: Account, settings: Settings) -> dict[str, Any]:
    wanted: tuple[str, ...] = ("token", "app_secret", "verify_token")
    if account.channel == "evolution":
        wanted = ("apikey", "webhook_secret")
    made = {name: secrets.token_hex(SECRET_BYTES) for name in wanted}
    return {account.option: account.id, **made, **_place(account, settings)}


def _place(account: Account, settings: Settings) -> dict[str, str]:
    place = {"api_url": simulator_url(settings)}
    return place | ({"waba_id": account.waba_id} if account.waba_id else {})


def _account(inbox: Inbox) -> Account:
    return next(one for one in ACCOUNTS if one.channel == inbox.channel)
