"""Templates as the provider told them: lists, webhooks, refused sends, in any order (S8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from hudhud.model import Template, TemplateSeen, TemplateTold
from hudhud.store import handoff, outbox
from hudhud.store.intake import Webhook
from hudhud.store.outbox import Ended
from hudhud.store.templates import rows, syncs
from hudhud.store.templates.rows import StoredTemplate
from hudhud.store.templates.syncs import DueSync, Kept
from shop import Shop

SCOPE = "77001"
BODY = [{"type": "BODY", "text": "طلبك {{1}} جاهز."}]


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await shop.write("update inbox set options = $1", {"waba_id": SCOPE})
    return shop


def seen(name: str = "order_ready", **parts: Any) -> TemplateSeen:
    usual = {"language": "ar", "external_id": "9", "category": "UTILITY", "status": "APPROVED"}
    return TemplateSeen(name=name, **usual | {"quality": "GREEN", "components": BODY} | parts)


async def began(shop: Shop, *, ago_s: float = 0) -> DueSync:
    async with shop.database.deed(shop.merchant) as connection:
        at = await syncs.begin(connection, shop.merchant, "whatsapp", SCOPE)
    return DueSync(
        merchant_id=shop.merchant,
        inbox_id=shop.inbox,
        channel="whatsapp",
        scope=SCOPE,
        began_at=at - timedelta(seconds=ago_s),
    )


async def keep(shop: Shop, sync: DueSync, *listed: TemplateSeen) -> Kept:
    async with shop.database.deed(shop.merchant) as connection:
        return await syncs.keep(connection, sync, listed, again_s=3600)


async def row(shop: Shop, name: str = "order_ready") -> StoredTemplate:
    async with shop.database.reading(shop.merchant) as connection:
        listed = await rows.listed(connection, shop.merchant)
    return next(one for one in listed if one.name == name)


async def tell(shop: Shop, what: Any, value: str, at: datetime | None, **parts: Any) -> None:
    told = TemplateTold(
        **{"scope": SCOPE, "name": "order_ready", "language": "ar", "external_id": "9"} | parts,
        what=what,
        value=value,
        provider_at=at,
    )
    hook = Webhook(merchant_id=shop.merchant, inbox_id=shop.inbox, body=b"{}", templates=(told,))
    await shop.accept(hook)


async def test_a_list_is_kept_and_what_vanished_is_marked(shop: Shop) -> None:
    first = await began(shop, ago_s=60)
    kept = await keep(shop, first, seen("a"), seen("b"))
    assert (kept.count, kept.new, kept.gone) == (2, 2, 0)
    kept = await keep(shop, await began(shop), seen("a"), seen("c"))
    assert (kept.count, kept.new, kept.gone) == (2, 1, 1)
    assert (await row(shop, "b")).gone_at is not None
    # One that comes back is there again.
    await keep(shop, await began(shop), seen("a"), seen("b"))
    assert (await row(shop, "b")).gone_at is None
    assert (await row(shop, "a")).components == BODY


async def test_a_list_that_was_asked_for_earlier_and_came_later_writes_nothing(shop: Shop) -> None:
    slow = await began(shop, ago_s=30)
    await keep(shop, await began(shop), seen(quality="RED"), seen("new"))
    await keep(shop, slow, seen(quality="GREEN"))
    assert (await row(shop)).quality == "RED"
    assert (await row(shop, "new")).gone_at is None


async def test_a_webhook_moves_what_it_is_about_and_an_older_one_does_not(shop: Shop) -> None:
    sync = await began(shop, ago_s=100)
    await keep(shop, sync, seen())
    at = sync.began_at
    await tell(shop, "status", "PAUSED", at + timedelta(seconds=50), reason="Low quality")
    await tell(shop, "status", "APPROVED", at + timedelta(seconds=20))
    await tell(shop, "quality", "YELLOW", at + timedelta(seconds=10))
    await tell(shop, "category", "MARKETING", at + timedelta(seconds=5), name="x", external_id="9")
    found = await row(shop)
    assert (found.status, found.reason) == ("PAUSED", "Low quality")
    assert (found.quality, found.category) == ("YELLOW", "MARKETING")
    # A list that began before the webhook's moment does not take it back.
    await keep(shop, sync, seen())
    assert (await row(shop)).status == "PAUSED"
    await keep(shop, await began(shop), seen())
    assert (await row(shop)).status == "APPROVED"


async def test_a_webhook_asks_for_the_list_and_touches_no_other_account(shop: Shop) -> None:
    await keep(shop, await began(shop), seen())
    await tell(shop, "status", "DISABLED", None, scope="elsewhere")
    assert (await row(shop)).status == "APPROVED"
    assert await due(shop) == []
    await tell(shop, "text", "", None)
    assert [sync.scope for sync in await due(shop)] == [SCOPE]


async def due(shop: Shop, **how: Any) -> list[DueSync]:
    usual = {"lease_s": 60, "gap_s": 0, "regular": True, "limit": 10}
    found = await syncs.claim(shop.database, **usual | how)
    return [sync for sync in found if sync.merchant_id == shop.merchant]


async def test_a_sync_is_taken_once_and_again_when_it_is_due_or_asked_for(shop: Shop) -> None:
    assert await due(shop, regular=False) == []
    (sync,) = await due(shop)
    assert (sync.inbox_id, sync.scope) == (shop.inbox, SCOPE)
    assert await due(shop) == []
    await keep(shop, sync, seen())
    assert await due(shop) == []
    async with shop.database.deed(shop.merchant) as connection:
        await syncs.ask(connection, shop.merchant, "whatsapp", SCOPE)
    assert await due(shop, gap_s=60) == []
    assert len(await due(shop, regular=False)) == 1


async def test_a_refusal_of_the_provider_pauses_the_template_until_a_newer_list(shop: Shop) -> None:
    await keep(shop, await began(shop, ago_s=60), seen())
    early = await began(shop)
    await refused(shop, "132015")
    paused = await row(shop)
    assert paused.paused_at is not None
    assert paused.paused_reason == "132015 Template is paused"
    # What was asked for before the refusal knows nothing of it.
    await keep(shop, early, seen())
    assert (await row(shop)).paused_at is not None
    await shop.write("update template set paused_at = paused_at - interval '1 minute'")
    await keep(shop, await began(shop), seen(status="PAUSED"))
    assert (await row(shop)).paused_at is not None
    await keep(shop, await began(shop), seen())
    assert (await row(shop)).paused_at is None


async def test_another_refusal_of_a_template_pauses_nothing_and_asks_for_the_list(
    shop: Shop,
) -> None:
    await keep(shop, await began(shop), seen())
    await refused(shop, "132001")
    assert (await row(shop)).paused_at is None
    assert [sync.scope for sync in await due(shop, regular=False)] == [SCOPE]


async def test_a_refusal_for_another_reason_says_nothing_of_the_template(shop: Shop) -> None:
    await keep(shop, await began(shop), seen())
    await refused(shop, "131026")
    assert (await row(shop)).paused_at is None
    assert await due(shop, regular=False) == []


async def refused(shop: Shop, code: str) -> None:
    """An operator's template leaves, and the provider answers with this code."""
    await shop.receive(shop.message())
    asked = Template(name="order_ready", language="ar", body=("7",))
    (place,) = await shop.conversations()
    async with shop.database.deed(shop.merchant) as connection:
        locked = await handoff.lock(connection, place[1])
        assert locked is not None
        await handoff.say(connection, locked, 1, "نص", key=f"k-{code}", content=asked)
    (begun,), _ = await outbox.begin(shop.database, [place], holder=f"h-{code}")
    words = "Template is paused"
    ended = Ended(begun=begun, outcome="rejected", error_code=code, error_text=words)
    await outbox.end(shop.database, [ended])
