"""A shop in the middle of its day: every state of law 6, in both languages. Our own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hudhud.store import operators
from hudhud.store.pool import Connection, Database


@dataclass(frozen=True)
class Shop:
    merchant_id: int
    operator_id: int
    inbox_id: int


async def open_shop(database: Database, key: str, *, language: str = "ar") -> Shop:
    """A merchant with one operator and one WhatsApp number."""
    async with database.deed() as connection:
        merchant_id = await connection.fetchval(
            "select merchant_new($1, $2, $3, 'IQD')", key, "متجر الأناقة", language
        )
    async with database.deed(merchant_id) as connection:
        operator_id = await operators.add(
            connection, merchant_id, email=f"sara@{key}.example", name="سارة", language=language
        )
        inbox_id = await connection.fetchval(
            """insert into inbox (merchant_id, key, channel, name, account, secrets)
               values ($1, $2, 'whatsapp', 'متجر الأناقة', $3, '') returning id""",
            merchant_id,
            f"inbox-{key}",
            f"1000{merchant_id}",
        )
    return Shop(merchant_id, operator_id, inbox_id)


class Talk:
    """Writes one conversation, message by message, in PostgreSQL as the product would leave it."""

    def __init__(self, connection: Connection, shop: Shop, conversation_id: int, contact_id: int):
        self.connection = connection
        self.shop = shop
        self.id = conversation_id
        self.contact_id = contact_id

    @classmethod
    async def begin(cls, connection: Connection, shop: Shop, name: str, phone: str) -> Talk:
        contact_id = await connection.fetchval(
            "insert into contact (merchant_id, name) values ($1, $2) returning id",
            shop.merchant_id,
            name,
        )
        await connection.execute(
            """insert into contact_alias (merchant_id, kind, value, contact_id)
               values ($1, 'phone', $2, $3)""",
            shop.merchant_id,
            phone,
            contact_id,
        )
        conversation_id = await connection.fetchval(
            """insert into conversation (merchant_id, inbox_id, contact_id)
               values ($1, $2, $3) returning id""",
            shop.merchant_id,
            shop.inbox_id,
            contact_id,
        )
        return cls(connection, shop, conversation_id, contact_id)

    async def says(
        self, text: str, at: datetime, *, kind: str = "text", note: str | None = None
    ) -> int:
        message_id: int = await self.connection.fetchval(
            """insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind,
                   body, provider_at, accepted_at, wakes, note)
               values ($1, $2, $3, 'in', 'contact', $4, $5, $6, $6, $7, $8) returning id""",
            self.shop.merchant_id,
            self.id,
            self.shop.inbox_id,
            kind,
            text,
            at,
            note is None,
            note,
        )
        await self.set(last_id=message_id, last_in_at=at, last_at=at)
        return message_id

    async def closes(
        self,
        outcome: str,
        at: datetime,
        *,
        took_s: float = 1.8,
        reason: str | None = None,
        source: str | None = None,
        trace: dict[str, Any] | None = None,
    ) -> int:
        batch_id: int = await self.connection.fetchval(
            """with counted as (update conversation set batch_no = batch_no + 1, closed_id = last_id
                   where id = $2 returning batch_no)
               insert into batch (merchant_id, conversation_id, no, outcome, reason, source,
                   claimed_at, finished_at, trace)
               select $1, $2, batch_no, $3, $4, $5, $6, $7, $8 from counted returning id""",
            self.shop.merchant_id,
            self.id,
            outcome,
            reason,
            source,
            at - timedelta(seconds=took_s),
            at,
            trace,
        )
        await self.connection.execute(
            """update message set batch_id = $2 where conversation_id = $1 and batch_id is null
               and wakes and direction = 'in'""",
            self.id,
            batch_id,
        )
        return batch_id

    async def told(
        self, text: str, at: datetime, batch_id: int | None, state: str, **columns: Any
    ) -> int:
        """An outgoing message with its row in the outbox; returns that row's id."""
        author = "operator" if columns.pop("by_person", False) else "assistant"
        message_id = await self.connection.fetchval(
            """insert into message (merchant_id, conversation_id, inbox_id, direction, author,
                   operator_id, kind, body, provider_at, accepted_at, wakes, batch_id)
               values ($1, $2, $3, 'out', $4, $5, 'text', $6, $7, $7, false, $8) returning id""",
            self.shop.merchant_id,
            self.id,
            self.shop.inbox_id,
            author,
            self.shop.operator_id if author == "operator" else None,
            text,
            at,
            batch_id,
        )
        outbox_id: int = await self.connection.fetchval(
            """insert into outbox (merchant_id, inbox_id, conversation_id, message_id, batch_id,
                   author, state, created_at, sending_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning id""",
            self.shop.merchant_id,
            self.shop.inbox_id,
            self.id,
            message_id,
            batch_id,
            author,
            state,
            at,
        )
        for column, value in columns.items():
            await self.connection.execute(
                f"update outbox set {column} = $2 where id = $1", outbox_id, value
            )
        await self.set(last_at=at)
        return outbox_id

    async def set(self, **columns: Any) -> None:
        for column, value in columns.items():
            await self.connection.execute(
                f"update conversation set {column} = $2 where id = $1", self.id, value
            )


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


async def fill(database: Database, shop: Shop) -> dict[str, int]:
    """A day's conversations; their ids by name."""
    async with database.deed(shop.merchant_id) as connection:
        made = {}
        for name, write in _TALKS.items():
            made[name] = await write(connection, shop)
        return made


async def _answered(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "زينب الحسني", "9647701234567")
    await talk.says("السلام عليكم", ago(93600))
    batch = await talk.closes("answered", ago(93590), source="phrases")
    await talk.told(
        "وعليكم السلام، أهلًا بك في متجر الأناقة. كيف أساعدك؟",
        ago(93589),
        batch,
        "accepted",
        read_at=ago(93000),
        delivered_at=ago(93580),
    )
    start = 260.0
    for text, after in (
        ("عندكم فستان كحلي؟", 0),
        ("للسهرة", 2.1),
        ("مقاس ٤٢", 4.3),
        ("وكم سعره", 5.6),
        ("مع التوصيل للكرادة", 7.2),
    ):
        await talk.says(text, ago(start - after))
    trace = {"responder": "catalogue", "matched": "فستان سهرة كحلي", "score": 0.93}
    batch = await talk.closes(
        "answered", ago(251), source="product:DR-1042, faq:delivery", trace=trace
    )
    await talk.told(
        "نعم، فستان السهرة الكحلي متوفر بمقاس ٤٢، وسعره ٨٥٬٠٠٠ د.ع. "
        "التوصيل إلى الكرادة ٥٬٠٠٠ د.ع ويصل خلال يومين.\nهل أحجزه لك؟",
        ago(250),
        batch,
        "accepted",
        delivered_at=ago(249),
        read_at=ago(240),
    )
    await talk.says("❤", ago(235), kind="reaction", note="reaction")
    await talk.says("نعم احجزيه please", ago(30))
    batch = await talk.closes("answered", ago(22), took_s=0.6, source="phrases")
    await talk.told(
        "تم الحجز باسم زينب. نتصل بك على 0770 123 4567 قبل التوصيل.",
        ago(21),
        batch,
        "accepted",
        delivered_at=ago(20),
    )
    await talk.says("شكرًا جزيلًا", ago(5))
    await talk.says("وهل يوجد حذاء مناسب له؟", ago(3.4))
    await talk.set(pending=2, due_at=ago(-9))
    for field, value in (
        ("name", "زينب الحسني"),
        ("address", "بغداد، الكرادة، قرب المسرح الوطني"),
        ("size", "٤٢"),
    ):
        await connection.execute(
            """insert into collected_field (merchant_id, contact_id, name, value)
               values ($1, $2, $3, $4)""",
            shop.merchant_id,
            talk.contact_id,
            field,
            value,
        )
    return talk.id


async def _handed(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "أحمد الجبوري", "9647809876543")
    await talk.says("وصلني القميص ممزقًا", ago(900))
    await talk.says("أريد أن أكلم أحدًا لو سمحتم", ago(896))
    batch = await talk.closes("handed_over", ago(888), reason="asked_for_person")
    await talk.told(
        "نأسف لذلك. سلّمت محادثتك إلى زميل، وسيجيبك قريبًا.",
        ago(887),
        batch,
        "accepted",
        delivered_at=ago(886),
    )
    await talk.says("أنا أنتظر", ago(380))
    await talk.set(
        state="human", human_since=ago(888), hand_over_reason="asked_for_person", pending=1
    )
    return talk.id


async def _english(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "Lena Haddad", "962791112223")
    await talk.says("Hi! Do you ship to Amman?", ago(2400))
    await talk.says("And how long would it take?", ago(2396))
    batch = await talk.closes("answered", ago(2388), took_s=2.4, source="faq:delivery")
    await talk.told(
        "Yes, we ship to Amman. It takes 4–6 days and costs IQD 25,000.",
        ago(2387),
        batch,
        "accepted",
        delivered_at=ago(2380),
        read_at=ago(2300),
    )
    await talk.says("Great, the linen jacket in M then", ago(1200))
    batch = await talk.closes("by_person", ago(1100))
    await talk.told(
        "Reserved for you until tomorrow, Lena.", ago(1099), batch, "unknown", by_person=True
    )
    await talk.set(state="human", operator_id=shop.operator_id, human_since=ago(1150))
    return talk.id


async def _dead(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "", "966501234567")
    await talk.says("بكم الشال الصوفي <b>الأحمر</b>؟", ago(5400))
    batch = await talk.closes(
        "dead", ago(5300), reason="The responder gave no answer: connection refused"
    )
    await connection.execute(
        """insert into dead_letter (merchant_id, conversation_id, batch_id,
               kind, reason, created_at)
           values ($1, $2, $3, 'batch', $4, $5)""",
        shop.merchant_id,
        talk.id,
        batch,
        "The responder gave no answer: connection refused",
        ago(5300),
    )
    await talk.set(
        state="human", human_since=ago(5300), hand_over_reason="The responder gave no answer"
    )
    return talk.id


async def _closed_window(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "نور الدين كريم", "9647712223334")
    await talk.says("متى تفتحون يوم الجمعة؟", ago(200_000))
    batch = await talk.closes("answered", ago(199_990), source="faq:hours")
    await talk.told(
        "الجمعة من الرابعة عصرًا حتى العاشرة ليلًا.",
        ago(199_989),
        batch,
        "rejected",
        error_code="131047",
        error_text="More than 24 hours have passed",
        failed_at=ago(199_980),
    )
    return talk.id


async def _answering(connection: Connection, shop: Shop) -> int:
    talk = await Talk.begin(connection, shop, "هدى السامرائي", "9647733445566")
    await talk.says("عندكم مقاسات كبيرة؟", ago(14))
    await talk.says("", ago(12), kind="image")
    last = await talk.says("مثل هذا", ago(10))
    await talk.set(
        closed_id=last, lease_until=ago(-50), claimed_at=ago(1.5), attempts=1, holder="w1"
    )
    await connection.execute(
        """insert into journal (merchant_id, inbox_id, body, reason, set_aside, accepted_at)
           values ($1, $2, $3, 'entry[0].changes[0]: value is not an object', true, $4)""",
        shop.merchant_id,
        shop.inbox_id,
        b'{"object":"whatsapp_business_account","entry":'
        b'[{"changes":[{"field":"calls","value":7}]}]}',
        ago(7000),
    )
    return talk.id


_TALKS = {
    "closed_window": _closed_window, "dead": _dead, "english": _english,
    "handed": _handed, "answering": _answering, "answered": _answered,
}  # fmt: skip


async def letter(
    database: Database, shop: Shop, number: int = 0, reason: str = "why", text: str = "نص"
) -> int:
    """A batch that was given up."""
    async with database.deed(shop.merchant_id) as connection:
        talk = await Talk.begin(connection, shop, f"زبون {number}", f"96478{number:06}")
        await talk.says(text, ago(900 - number))
        batch = await talk.closes("dead", ago(800 - number), reason=reason)
        await talk.set(state="human", human_since=ago(800))
        made: int = await connection.fetchval(
            """insert into dead_letter (merchant_id, conversation_id, batch_id, batch_no, kind,
                   reason, created_at) values ($1, $2, $3, 1, 'batch', $4, $5) returning id""",
            shop.merchant_id,
            talk.id,
            batch,
            reason,
            ago(800 - number),
        )
        return made


async def refused(database: Database, shop: Shop, text: str = "ردّنا") -> int:
    """A reply that the provider refused."""
    async with database.deed(shop.merchant_id) as connection:
        talk = await Talk.begin(connection, shop, "هبة", "964790000000")
        await talk.says("سؤال", ago(900))
        batch = await talk.closes("answered", ago(890))
        outbox = await talk.told(text, ago(889), batch, "rejected", error_code="131026", attempt=1)
        await talk.set(state="human", human_since=ago(880), hand_over_reason="send_refused")
        made: int = await connection.fetchval(
            """insert into dead_letter (merchant_id, conversation_id, batch_id, outbox_id, attempt,
                   kind, reason) values ($1, $2, $3, $4, 1, 'send', '131026') returning id""",
            shop.merchant_id,
            talk.id,
            batch,
            outbox,
        )
        return made
