"""The merchants of a drill: what they sell, who answers, and an operator each."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from hudhud.core.connecting import connect
from hudhud.core.secrets import Vault
from hudhud.model import Inbox
from hudhud.ops.demo_stage import account_options
from hudhud.ops.drills.plan import ACCOUNTS, MODEL_ACCOUNTS
from hudhud.ops.sample.sample import sample
from hudhud.store import assistants, catalogue, merchants, operators
from hudhud.store import inboxes as inbox_store
from hudhud.store.pool import Connection, Database

WINDOW_S = 2.0
BATCH_MAX = 5
FIRST_ACCOUNT = 390000000000701
ACCOUNTS_OF_A_MERCHANT = 3
# Of the two that a model answers, this one falls back on the catalogue, and absorbs late messages.
FALLS_BACK = 4


@dataclass(frozen=True, slots=True)
class Shop:
    """One merchant of the drill, its inboxes, and the operator who answers for it."""

    merchant_id: int
    operator_id: int
    inboxes: tuple[Inbox, ...]


async def opened(database: Database, key_hex: str, simulator_url: str) -> tuple[Shop, ...]:
    """Make all merchants with their inboxes, as an administrator would.

    Args:
        database: an empty installation.
        key_hex: ENCRYPTION_KEY_HEX of that installation.
        simulator_url: where the inboxes find their provider.
    """
    vault = Vault(key_hex)
    firsts = range(0, ACCOUNTS, ACCOUNTS_OF_A_MERCHANT)
    made = []
    for first in firsts:
        async with database.deed() as connection:
            made.append(await _shop(connection, vault, first, simulator_url))
    return tuple(made)


async def _shop(connection: Connection, vault: Vault, first: int, simulator_url: str) -> Shop:
    shop = sample()
    key = f"drill-{first}"
    merchant_id = await merchants.add(connection, key=key, name=shop.merchant.name_ar)
    await merchants.act_for(connection, merchant_id)
    await catalogue.add_products(connection, merchant_id, shop.products)
    await catalogue.add_faqs(connection, merchant_id, shop.faqs)
    operator_id = await operators.add(
        connection, merchant_id, email=f"{key}@hudhud.local", name=key, language="ar"
    )
    inboxes = []
    for account in range(first, first + ACCOUNTS_OF_A_MERCHANT):
        responder = "llm" if account in MODEL_ACCOUNTS else "catalogue"
        name = f"{responder} {account}"
        assistant_id = await assistants.add(
            connection,
            merchant_id,
            name=name,
            responder=responder,
            # One of them ends at people when its model is away, which is a path of its own.
            options={"offline_last": False} if responder == "llm" else None,
            second_responder="catalogue" if account == FALLS_BACK else None,
        )
        inboxes.append(
            await connect(
                connection,
                vault,
                merchant_id=merchant_id,
                channel="whatsapp",
                name=name,
                given=account_options(str(FIRST_ACCOUNT + account), simulator_url),
                assistant_id=assistant_id,
                window_ms=int(WINDOW_S * 1000),
                batch_max=BATCH_MAX,
            )
        )
        if account == FALLS_BACK:
            before = await inbox_store.settings_of(connection, inboxes[-1].id)
            absorbing = msgspec.structs.replace(before, absorb=True)
            await inbox_store.set_settings(connection, inboxes[-1].id, absorbing, actor="drill")
    return Shop(merchant_id, operator_id, tuple(inboxes))
