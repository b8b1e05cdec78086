"""A merchant's programs hear of every order, in order, signed, however often somebody dies."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, hangs, replies
from hudhud.core.breaker import Policy
from hudhud.core.hooks import delivering, posting
from hudhud.core.hooks import endpoints as hooks
from hudhud.core.outside.breakers import Breakers
from hudhud.core.sales import orders
from hudhud.core.secrets import rotation, vault_of
from hudhud.errors import AlreadyThereError, BadInputError, NotFoundError
from hudhud.model import AddToCart
from hudhud.settings import Settings
from hudhud.store.hooks import endpoints as rows
from hudhud.worker.hooking import Hooking
from shop import Shop, open_shop
from turns import MUG, ordered, stocked

TAKEN = replies({})
KEY, OTHER = "5a" * 32, "6b" * 32


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await stocked(shop, mugs=100)
    return shop


@pytest.fixture
async def receiver() -> AsyncIterator[BrokenModel]:
    async with broken_model() as local:
        local.does = [TAKEN]
        yield local


def settings_of(receiver: BrokenModel, key: str = KEY) -> Settings:
    origin = receiver.url.removesuffix("/v1")
    return Settings(data_dir=Path("/nowhere"), encryption_key_hex=key, webhook_trusted=origin)


def worker(shop: Shop, receiver: BrokenModel, **policy: Any) -> Hooking:
    app: Any = SimpleNamespace(
        database=shop.database,
        settings=settings_of(receiver),
        breakers=Breakers(Policy(**{"failures": 1000} | policy)),
    )
    return Hooking(app)


async def added(shop: Shop, receiver: BrokenModel, *events: str) -> hooks.Added:
    url = receiver.url.removesuffix("/v1") + "/orders"
    settings = settings_of(receiver)
    return await hooks.add(
        shop.database, settings, shop.merchant, url, events or None, actor="cli:sara"
    )


async def placed(shop: Shop, count: int) -> None:
    for who in range(count):
        await ordered(shop, AddToCart(sku=MUG), who=f"96477{who}")


async def look(hooking: Hooking) -> int:
    return sum(await asyncio.gather(*await hooking.begin()))


def heard(receiver: BrokenModel) -> list[tuple[str, str, int]]:
    return [
        (head["webhook-id"], body["type"], body["order"]["number"])
        for head, body in zip(receiver.heads, receiver.asked, strict=True)
    ]


async def due(shop: Shop) -> None:
    await shop.write("update webhook_endpoint set next_at = now(), held_until = null")


async def test_what_becomes_of_orders_is_posted_in_order_signed_and_once(
    shop: Shop, receiver: BrokenModel
) -> None:
    await placed(shop, 1)  # before anybody wanted to hear of it
    made = await added(shop, receiver)
    await placed(shop, 2)
    await orders.move(shop.database, shop.merchant, 3, "confirmed", actor="cli:sara")
    hooking = worker(shop, receiver)
    assert await look(hooking) == 3
    assert await look(hooking) == 0
    assert heard(receiver) == [
        ("order_event_2", "order.placed", 2),
        ("order_event_3", "order.placed", 3),
        ("order_event_4", "order.confirmed", 3),
    ]
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    for head, body in zip(receiver.heads, receiver.bodies, strict=True):
        said = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
        proof = base64.b64encode(hmac.digest(key, said, "sha256")).decode()
        assert head["webhook-signature"] == f"v1,{proof}"
    stored = await shop.one("select secrets from webhook_endpoint")
    assert made.secret.encode() not in stored


@pytest.mark.parametrize(
    "act", [replies({}, status=500), replies({}, status=404), replies({}, status=302), hangs]
)
async def test_who_does_not_take_it_hears_it_later_and_nothing_is_left_out(
    shop: Shop, receiver: BrokenModel, act: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "POST_S", 0.3)
    await added(shop, receiver)
    await placed(shop, 2)
    receiver.does = [act]
    hooking = worker(shop, receiver)
    for _ in range(3):
        assert await look(hooking) == 0
        await due(shop)
    (endpoint,) = await listed(shop)
    assert (endpoint.last_event, endpoint.failures, endpoint.waiting) == (0, 3, 2)
    assert endpoint.failing_since is not None
    assert endpoint.last_error
    receiver.does = [TAKEN]
    assert await look(hooking) == 2
    assert [one for one, *_ in heard(receiver)] == ["order_event_1"] * 4 + ["order_event_2"]
    assert len({receiver.bodies[at] for at in range(4)}) == 1
    (endpoint,) = await listed(shop)
    assert (endpoint.failures, endpoint.failing_since, endpoint.waiting) == (0, None, 0)


async def test_after_a_failure_it_waits_and_another_endpoint_does_not(
    shop: Shop, receiver: BrokenModel
) -> None:
    await added(shop, receiver)
    other = await open_shop(shop.database, account="222")
    await stocked(other)
    async with broken_model() as second:
        second.does = [TAKEN]
        await added(other, second)
        await placed(shop, 1)
        await placed(other, 1)
        receiver.does = [replies({}, status=503)]
        hooking = worker(shop, receiver)
        trusted = ",".join(settings_of(one).webhook_trusted for one in (receiver, second))
        hooking.app.settings = replace(settings_of(receiver), webhook_trusted=trusted)
        assert await look(hooking) == 1
        await shop.write("update webhook_endpoint set next_at = now() + interval '1 h'")
        assert await look(hooking) == 0
        assert len(second.asked) == 1
        assert len(receiver.asked) == 1


async def test_a_worker_that_dies_behind_the_post_leaves_it_to_the_next_under_the_same_id(
    shop: Shop, receiver: BrokenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await added(shop, receiver)
    await placed(shop, 2)
    posted = asyncio.Event()

    async def never(*_: Any, **__: Any) -> bool:
        posted.set()
        await asyncio.Event().wait()
        return True

    with monkeypatch.context() as patch:
        patch.setattr(rows, "moved_on", never)
        dying = asyncio.create_task(look(worker(shop, receiver)))
        async with asyncio.timeout(10):
            await posted.wait()
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
    hooking = worker(shop, receiver)
    assert await look(hooking) == 0  # its lease still holds
    await due(shop)
    assert await look(hooking) == 2
    assert [one for one, *_ in heard(receiver)] == [
        *("order_event_1", "order_event_1", "order_event_2")
    ]
    assert receiver.bodies[0] == receiver.bodies[1]


async def test_of_many_workers_one_posts_and_a_late_one_moves_no_cursor(
    shop: Shop, receiver: BrokenModel
) -> None:
    await added(shop, receiver)
    await placed(shop, 3)
    took = await asyncio.gather(*(look(worker(shop, receiver)) for _ in range(4)))
    assert sorted(took) == [0, 0, 0, 3]
    assert [one for one, *_ in heard(receiver)] == [f"order_event_{n}" for n in (1, 2, 3)]
    await placed(shop, 1)
    (late,) = await rows.claim(shop.database, lease_s=0.0, limit=1)
    assert await look(worker(shop, receiver)) == 1
    async with shop.database.deed(shop.merchant) as connection:
        assert not await rows.moved_on(connection, late, 1, posted=True, lease_s=9.0)
    assert (await listed(shop))[0].last_event == 4
    assert await delivering.deliver(
        *(shop.database, Breakers(Policy()), settings_of(receiver), late)
    ) == 0  # fmt: skip


async def test_only_what_is_wanted_is_posted_paused_waits_and_a_replay_begins_again(
    shop: Shop, receiver: BrokenModel
) -> None:
    made = await added(shop, receiver, "order.confirmed", "order.cancelled")
    hooking, one = worker(shop, receiver), made.endpoint.id
    await placed(shop, 2)
    await orders.move(shop.database, shop.merchant, 1, "confirmed", actor="cli:sara")
    assert await look(hooking) == 1
    mine = (shop.database, shop.merchant, one)
    await hooks.set_active(*mine, active=False, actor="cli:sara")
    await orders.move(shop.database, shop.merchant, 2, "cancelled", actor="cli:sara")
    assert await look(hooking) == 0
    await hooks.set_active(*mine, active=True, actor="cli:sara")
    assert await look(hooking) == 1
    await hooks.replay(*mine, 1, actor="cli:sara")
    assert await look(hooking) == 2
    assert [kind for _, kind, _ in heard(receiver)] == ["order.confirmed", "order.cancelled"] * 2
    await hooks.remove(*mine, actor="cli:sara")
    with pytest.raises(NotFoundError):
        await hooks.replay(*mine, 1, actor="cli:sara")


async def test_a_breaker_that_is_open_asks_nobody_and_keeps_what_waits(
    shop: Shop, receiver: BrokenModel
) -> None:
    await added(shop, receiver)
    await placed(shop, 1)
    receiver.does = [replies({}, status=500)]
    hooking = worker(shop, receiver, failures=2)
    for _ in range(4):
        await look(hooking)
        await due(shop)
    assert len(receiver.asked) == 2
    assert (await listed(shop))[0].waiting == 1


async def test_no_private_address_is_asked_that_nobody_trusted(
    shop: Shop, receiver: BrokenModel
) -> None:
    origin = receiver.url.removesuffix("/v1")
    plain = Settings(data_dir=Path("/nowhere"), encryption_key_hex=KEY)
    for url in (f"{origin}/x", "https://127.0.0.1/x", "https://a:b@shop.example/", "ftp://x.test"):
        with pytest.raises(BadInputError):
            await hooks.add(shop.database, plain, shop.merchant, url, None, actor="cli:sara")
    await added(shop, receiver)
    with pytest.raises(AlreadyThereError):
        await added(shop, receiver)
    with pytest.raises(BadInputError):
        await added(shop, receiver, "order.lost")
    await placed(shop, 1)
    hooking = worker(shop, receiver)
    hooking.app.settings = plain
    assert await look(hooking) == 0
    assert receiver.asked == []
    assert "public" in (await listed(shop))[0].last_error


async def test_a_ping_is_signed_and_says_what_went_wrong(shop: Shop, receiver: BrokenModel) -> None:
    made = await added(shop, receiver)
    mine = (shop.database, Breakers(Policy()), settings_of(receiver))
    assert await hooks.try_out(*mine, shop.merchant, made.endpoint.id) == ""
    assert receiver.asked[0]["type"] == "ping"
    receiver.does = [replies({}, status=418)]
    assert "418" in await hooks.try_out(*mine, shop.merchant, made.endpoint.id)
    other = await open_shop(shop.database, account="222")
    with pytest.raises(NotFoundError):
        await hooks.try_out(*mine, other.merchant, made.endpoint.id)


async def test_a_rotation_of_the_key_seals_what_signs_anew(
    shop: Shop, receiver: BrokenModel
) -> None:
    made = await added(shop, receiver)
    both = settings_of(receiver, f"{OTHER},{KEY}")
    done = await rotation.rotate(shop.database, vault_of(both), None)
    assert (done.resealed, done.left) == (1, 0)
    async with shop.database.reading(shop.merchant) as connection:
        (endpoint,) = await rows.listed(connection, shop.merchant)
    only = settings_of(receiver, OTHER)
    assert delivering.secrets_of(only, endpoint) == [made.secret]


async def listed(shop: Shop) -> list[rows.Endpoint]:
    async with shop.database.reading(shop.merchant) as connection:
        return await rows.listed(connection, shop.merchant)
