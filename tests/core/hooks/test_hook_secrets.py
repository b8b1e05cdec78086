"""A secret is changed while a merchant's program goes on believing what it is told."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, replies
from hudhud.core.breaker import Policy
from hudhud.core.hooks import endpoints as hooks
from hudhud.core.hooks.secrets import Signing, change_secret
from hudhud.core.outside.breakers import Breakers
from hudhud.errors import NotFoundError
from hudhud.model import AddToCart
from hudhud.settings import Settings
from hudhud.worker.hooking import Hooking
from shop import Shop, open_shop
from turns import MUG, ordered, stocked


@pytest.fixture
async def receiver() -> AsyncIterator[BrokenModel]:
    async with broken_model() as local:
        local.does = [replies({})]
        yield local


@pytest.fixture
def settings(receiver: BrokenModel) -> Settings:
    origin = receiver.url.removesuffix("/v1")
    return Settings(data_dir=Path("/nowhere"), encryption_key_hex="5a" * 32, webhook_trusted=origin)


@pytest.fixture
async def made(shop: Shop, receiver: BrokenModel, settings: Settings) -> hooks.Added:
    await stocked(shop)
    url = receiver.url.removesuffix("/v1") + "/orders"
    return await hooks.add(shop.database, settings, shop.merchant, url, None, actor="test")


async def changed(
    shop: Shop, settings: Settings, number: int, *, drop_old: bool = False
) -> Signing:
    return await change_secret(
        shop.database, settings, shop.merchant, number, drop_old=drop_old, actor="test"
    )


async def told(shop: Shop, receiver: BrokenModel, settings: Settings) -> tuple[list[str], bytes]:
    """One order is placed and posted: its signatures, and all that the receiver had of it."""
    await ordered(shop, AddToCart(sku=MUG))
    app: Any = SimpleNamespace(
        database=shop.database, settings=settings, breakers=Breakers(Policy(failures=9))
    )
    assert sum(await asyncio.gather(*await Hooking(app).begin())) == 1
    head, body = receiver.heads[-1], receiver.bodies[-1]
    said = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    return head["webhook-signature"].split(" "), said


def proof(secret: str, said: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, said, "sha256")).decode()


async def test_while_a_secret_is_changed_the_old_and_the_new_one_prove_each_post(
    shop: Shop, receiver: BrokenModel, settings: Settings, made: hooks.Added
) -> None:
    new = await changed(shop, settings, made.endpoint.id)
    assert (new.secrets, new.new != made.secret) == (2, True)
    proofs, said = await told(shop, receiver, settings)
    assert proofs == [proof(new.new, said), proof(made.secret, said)]
    assert await changed(shop, settings, made.endpoint.id, drop_old=True) == Signing(secrets=1)
    proofs, said = await told(shop, receiver, settings)
    assert proofs == [proof(new.new, said)]


async def test_no_more_than_two_ever_sign_and_the_last_one_is_never_dropped(
    shop: Shop, receiver: BrokenModel, settings: Settings, made: hooks.Added
) -> None:
    number = made.endpoint.id
    first = await changed(shop, settings, number)
    second = await changed(shop, settings, number)
    proofs, said = await told(shop, receiver, settings)
    assert proofs == [proof(second.new, said), proof(first.new, said)]
    for _ in range(2):
        assert (await changed(shop, settings, number, drop_old=True)).secrets == 1
    proofs, said = await told(shop, receiver, settings)
    assert proofs == [proof(second.new, said)]


async def test_two_who_change_it_at_once_take_turns(
    shop: Shop, settings: Settings, made: hooks.Added, receiver: BrokenModel
) -> None:
    for _ in range(3):  # the first time one of them still waits for its connection
        one, other = (
            changed(shop, settings, made.endpoint.id),
            changed(shop, settings, made.endpoint.id),
        )
        both = await asyncio.gather(one, other)
    proofs, said = await told(shop, receiver, settings)
    assert set(proofs) == {proof(one.new, said) for one in both}


async def test_a_secret_lies_sealed_and_is_nobody_elses_to_change(
    shop: Shop, settings: Settings, made: hooks.Added
) -> None:
    new = await changed(shop, settings, made.endpoint.id)
    stored = await shop.one("select secrets from webhook_endpoint")
    assert new.new.encode() not in stored
    other = await open_shop(shop.database, account="222")
    for drop_old in (False, True):
        with pytest.raises(NotFoundError):
            await changed(other, settings, made.endpoint.id, drop_old=drop_old)
