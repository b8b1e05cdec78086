"""A URL that answers for an inbox: set, proved, changed while it answers, taken away (S10)."""

from __future__ import annotations

import base64
import hmac
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, replies
from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.connecting.own_url import OwnUrl, change_secret, own_url, set_own_url
from hudhud.core.outside.breakers import Breakers
from hudhud.core.secrets import vault_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import Media
from hudhud.settings import Settings
from hudhud.store import catalogue
from hudhud.store.conversations import Finish, Rich
from shop import Shop, open_shop
from turns import MUG, SHIRT, claimed, pictured, product, stocked

SETTINGS = Settings(data_dir=Path("/nowhere"), encryption_key_hex="5a" * 31 + "5b")


@pytest.fixture
async def flow() -> AsyncIterator[BrokenModel]:
    async with broken_model() as local:
        local.url = local.url.removesuffix("/v1")
        local.does = [replies({"response": "من التدفق"})]
        yield local


async def set_to(shop: Shop, flow: BrokenModel, url: str | None = None) -> OwnUrl:
    settings = replace(SETTINGS, webhook_trusted=flow.url)
    return await set_own_url(
        *(shop.database, settings, vault_of(SETTINGS), shop.merchant, shop.inbox),
        f"{flow.url}/hook" if url is None else url,
        actor="test",
    )


async def change(shop: Shop, *, drop_old: bool = False) -> OwnUrl:
    where = (shop.database, vault_of(SETTINGS), shop.merchant, shop.inbox)
    return await change_secret(*where, drop_old=drop_old, actor="test")


async def answered(shop: Shop, flow: BrokenModel, words: str = "مرحبا") -> Finish:
    claim = await claimed(shop, words)
    return await answer(
        shop.database,
        replace(SETTINGS, webhook_trusted=flow.url),
        claim,
        lambda text: (text,) if text else (),
        checked=whatsapp.checked,
        breakers=Breakers(Policy()),
        ai_on=True,
    )


def proves(flow: BrokenModel, secret: str, request: int = -1) -> bool:
    """Whether one of the signatures of a request was made with this secret."""
    head = flow.heads[request]
    told = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + flow.bodies[request]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    proof = base64.b64encode(hmac.digest(key, told, "sha256")).decode()
    return f"v1,{proof}" in head["webhook-signature"].split()


async def test_it_answers_from_the_next_batch_on_also_without_an_assistant(
    shop: Shop, flow: BrokenModel
) -> None:
    made = await set_to(shop, flow)
    end = await answered(shop, flow, "بكم القميص؟")
    assert (end.outcome, end.parts) == ("answered", ("من التدفق",))
    assert flow.asked[0]["messages"][0]["text"] == "بكم القميص؟"
    assert proves(flow, made.new)


async def test_pictures_that_it_names_leave_and_a_neighbours_and_the_webs_do_not(
    shop: Shop, flow: BrokenModel, tmp_path: Path
) -> None:
    await stocked(shop)
    (image,) = await pictured(shop, tmp_path, SHIRT)
    next_door = await open_shop(shop.database, account="222")
    async with next_door.database.deed(next_door.merchant) as connection:
        await catalogue.add_products(connection, next_door.merchant, [product("VAULT-9")])
    await pictured(next_door, tmp_path, "VAULT-9")
    await set_to(shop, flow)
    for wanted in (["VAULT-9", MUG, SHIRT], [f"{flow.url}/x.png", SHIRT]):
        flow.does = [replies({"response": "تفضل", "pictures": wanted})]
        text, shown = (await answered(shop, flow, "ممكن صورة القميص؟")).parts
        assert text == "تفضل"
        assert isinstance(shown, Rich)
        assert isinstance(shown.send, Media)
        assert shown.send.media_id == image
        assert "قميص" in shown.send.caption


async def test_both_secrets_prove_it_until_the_old_one_is_dropped(
    shop: Shop, flow: BrokenModel
) -> None:
    first = await set_to(shop, flow)
    second = await change(shop)
    assert second.secrets == 2
    await answered(shop, flow)
    assert proves(flow, first.new)
    assert proves(flow, second.new)
    assert (await change(shop, drop_old=True)).secrets == 1
    await answered(shop, flow)
    assert not proves(flow, first.new)
    assert proves(flow, second.new)


async def test_another_address_keeps_the_secret_and_none_takes_both_away(
    shop: Shop, flow: BrokenModel
) -> None:
    await set_to(shop, flow)
    again = await set_to(shop, flow, f"{flow.url}/other")
    assert (again.secrets, again.new) == (1, "")
    await set_to(shop, flow, "")
    told = await own_url(shop.database, shop.merchant, shop.inbox, vault_of(SETTINGS))
    assert told == OwnUrl()
    assert (await answered(shop, flow)).reason == "no_assistant"
    assert flow.asked == []


async def test_when_it_fails_the_offline_responder_answers_after_one_retry_with_the_same_id(
    shop: Shop, flow: BrokenModel
) -> None:
    await set_to(shop, flow)
    flow.does = [replies({}, status=500)]
    end = await answered(shop, flow)
    steps = [step["responder"] for step in end.trace["asked"]]
    assert steps == ["webhook", "webhook", "catalogue"]
    assert len({head["webhook-id"] for head in flow.heads}) == 1


async def test_no_secret_lies_in_the_clear_and_the_audit_keeps_no_address(
    shop: Shop, flow: BrokenModel
) -> None:
    made = await set_to(shop, flow)
    sealed: bytes = await shop.one("select webhook_secrets from inbox where id = $1", shop.inbox)
    assert sealed.startswith(b"v1.")
    assert made.new.encode() not in sealed
    (row,) = await shop.rows("select actor, detail from audit where action = 'inbox.webhook'")
    assert (row["actor"], row["detail"]) == ("test", {"inbox": shop.inbox, "has_url": True})


@pytest.mark.parametrize(
    "url",
    [
        "flows.example/hook", "ftp://flows.example", "http://flows.example", "https://",
        "https://u:p@flows.example", "https://127.0.0.1/", "https://[::1]/",
        "https://10.0.0.8:5678", "https://localhost/x", "https://h:port/",
        f"https://h/{'x' * 2000}",
    ],
)  # fmt: skip
async def test_an_address_that_we_would_not_ask_is_refused(
    shop: Shop, flow: BrokenModel, url: str
) -> None:
    with pytest.raises(BadInputError):
        await set_to(shop, flow, url)


async def test_nobody_sets_it_for_another_merchants_inbox(
    shop: Shop, flow: BrokenModel, database: Any
) -> None:
    other = await open_shop(database)
    stranger = Shop(database=database, merchant=other.merchant, inbox=shop.inbox)
    with pytest.raises(NotFoundError):
        await set_to(stranger, flow)
    with pytest.raises(NotFoundError):
        await change(stranger)
    with pytest.raises(BadInputError):
        await change(other)
