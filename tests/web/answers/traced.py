"""A conversation with an answer of which everything was kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from console_seed import Shop, Talk

from hudhud.store.pool import Database

HOSTILE = "<script>alert(1)</script>"
PROMPT = "أنت مساعد متجر الأناقة. أجب من القائمة وحدها.\n\n" + "contact: عندكم فستان كحلي؟\n" * 12
TRACE: dict[str, Any] = {
    "id": "4f1c9a6be02d47f3a1b5c8d9e0f16273",
    "steps": [
        {"name": "claim", "at_ms": 0.0, "ms": 3.4},
        {"name": "look_ups", "at_ms": 3.4, "ms": 0.1, "told": {"position": "merged"}},
        {"name": "search", "at_ms": 3.7, "ms": 6.2},
        {
            "name": "responder",
            "at_ms": 10.1,
            "ms": 402.0,
            "failed": "ResponderFailedError",
            "told": {"responder": "llm"},
        },
        {"name": "responder", "at_ms": 412.6, "ms": 1204.9, "told": {"responder": "llm"}},
        {"name": "tool", "at_ms": 700.0, "ms": 8.0, "told": {"tool": "check_stock"}},
        {"name": "tool", "at_ms": 900.0, "ms": 21.0, "told": {"tool": "add_to_cart"}},
    ],
    "read": {
        "look_ups": {"inbox": 0.21, "assistant": 0.18, "history": 0.62, "contact": 0.1},
        "failed": {"recent_by_person": "57014"},
    },
    "found": {
        "products": [
            {
                "id": 7,
                "sku": "DR-1042",
                "name": ["فستان سهرة كحلي", "Navy evening dress"],
                "score": 1.21,
            },
            {"id": 9, "sku": "DR-7", "name": ["فستان قطن كحلي", "Navy cotton dress"], "score": 0.8},
        ],
        "faqs": [
            {
                "id": 3,
                "topic": "delivery",
                "name": ["كم التوصيل إلى بغداد؟", "How much is delivery?"],
                "score": 0.6,
            }
        ],
        "passages": [{"id": 5, "source": "سياسة الإرجاع", "heading": "الإرجاع", "score": 0.4}],
        "history": 5,
    },
    "asked": [
        {"responder": "llm", "ms": 402, "failed": "ResponderFailed", "why": HOSTILE},
        {"responder": "llm", "ms": 1205, "cost_minor": 0.137},
    ],
    "model": {
        "name": "openai:gpt-x",
        "prompt": PROMPT,
        "rounds": 2,
        "calls": [
            {"name": "check_stock", "arguments": '{"sku": "DR-1042"}', "result": "3", "ms": 8},
            {
                "name": "add_to_cart",
                "arguments": '{"sku": "DR-1042", "quantity": 1}',
                "result": '{"lines": [{"sku": "DR-1042", "quantity": 1}]}',
                "ms": 21,
            },
        ],
        "tokens": {"tokens_in": 2140, "tokens_out": 96},
        "ms": 1205,
        "cost_minor": 0.137,
    },
    "responder_s": 1.617,
}


async def traced(database: Database, shop: Shop, trace: dict[str, Any] | None) -> int:
    """An answer with this trace; returns its batch."""
    at = datetime.now(UTC) - timedelta(minutes=3)
    async with database.deed(shop.merchant_id) as connection:
        talk = await Talk.begin(connection, shop, "زينب الحسني", f"96477012{shop.merchant_id:04}")
        await talk.says("عندكم فستان كحلي للسهرة؟", at)
        await talk.says("مقاس ٤٢، وكم سعره مع التوصيل؟", at + timedelta(seconds=4))
        source = "product:DR-1042, faq:delivery"
        batch = await talk.closes(
            "answered", at + timedelta(seconds=14), took_s=1.7, source=source, trace=trace
        )
        await talk.told(
            "نعم، فستان السهرة الكحلي متوفر بمقاس ٤٢، وسعره ٨٥٬٠٠٠ د.ع. هل أحجزه لك؟",
            at + timedelta(seconds=14.2),
            batch,
            "accepted",
        )
        await connection.execute(
            """insert into tool_call
                   (merchant_id, contact_id, conversation_id, turn_no, key, result)
               values ($1, $2, $3, 1, 'add_to_cart', '{"lines": 1}')""",
            *(shop.merchant_id, talk.contact_id, talk.id),
        )
    return batch
