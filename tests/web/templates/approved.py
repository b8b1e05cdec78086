"""Templates of a shop as a sync leaves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from console_seed import Shop

from hudhud.model import TemplateSeen
from hudhud.store.pool import Database
from hudhud.store.templates import syncs
from hudhud.store.templates.syncs import DueSync

SCOPE = "77001"
READY = TemplateSeen(
    name="order_ready",
    language="ar",
    external_id="1",
    category="UTILITY",
    status="APPROVED",
    quality="GREEN",
    components=[
        {"type": "HEADER", "format": "TEXT", "text": "طلبك جاهز"},
        {
            "type": "BODY",
            "text": "أهلاً {{1}}، طلبك {{2}} ينتظرك.",
            "example": {"body_text": [["سعاد", "1043"]]},
        },
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "سآتي"},
                {"type": "URL", "text": "الطلب", "url": "https://shop.example/{{1}}"},
            ],
        },
    ],
)
PICTURE = TemplateSeen(
    name="new_linen",
    language="en_US",
    external_id="2",
    category="MARKETING",
    status="APPROVED",
    components=[{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Linen is here."}],
)
PAUSED = TemplateSeen(
    name="winter_sale",
    language="ar",
    external_id="3",
    status="PAUSED",
    quality="RED",
    reason="Too many reports",
    components=[{"type": "BODY", "text": "تنزيلات الشتاء"}],
)


async def keep(database: Database, shop: Shop, *seen: TemplateSeen) -> dict[str, int]:
    """The inbox names its account, and these are its templates; their ids by name."""
    async with database.deed(shop.merchant_id) as connection:
        await connection.execute(
            "update inbox set options = $2 where id = $1", shop.inbox_id, {"waba_id": SCOPE}
        )
        began = await syncs.begin(connection, shop.merchant_id, "whatsapp", SCOPE)
        due = DueSync(
            merchant_id=shop.merchant_id,
            inbox_id=shop.inbox_id,
            channel="whatsapp",
            scope=SCOPE,
            began_at=began,
        )
        await syncs.keep(connection, due, seen, again_s=3600)
        rows = await connection.fetch("select name, id from template")
    return {row["name"]: row["id"] for row in rows}


async def stamp(database: Database, shop: Shop, talk: int, **ago_s: float) -> None:
    """Move stamps of a conversation so many seconds back: `last_in_at`, `free_entry_at`."""
    values: dict[str, Any] = {
        name: datetime.now(UTC) - timedelta(seconds=seconds) for name, seconds in ago_s.items()
    }
    async with database.deed(shop.merchant_id) as connection:
        for column, value in values.items():
            await connection.execute(
                f"update conversation set {column} = $2 where id = $1", talk, value
            )
