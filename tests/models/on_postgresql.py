"""The deeds of the model, made on PostgreSQL; time passes by moving every stored moment back."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from hudhud.model import Claimed
from hudhud.store import conversations, handoff, outbox, sweep
from hudhud.store.conversations import Finish
from hudhud.store.outbox import Begun, Ended, Pace
from hudhud.store.pool import Connection
from models.conversation import BATCH_MAX, LEASE_S, SENDING_S, WINDOW_S
from shop import Shop, open_shop

T = TypeVar("T")
# The model knows no pace; it has tests of its own.
AT_ONCE = Pace(number_per_s=1e6, pair_every_s=1e-6)
SHIFTS = (
    ("conversation", ("due_at", "lease_until")),
    ("outbox", ("next_at", "sending_at")),
    ("gate", ("free_at", "line_until", "shut_until")),
)


@dataclass
class OnPostgresql:
    """One shop; conversations are found by the number of their contact."""

    shop: Shop
    operator: int
    began: float
    ids: dict[int, int]
    begun: dict[tuple[int, int, int], Begun]
    passed_s: float = 0.0

    @classmethod
    async def open(cls, database: Any) -> OnPostgresql:
        shop = await open_shop(database, window_ms=round(WINDOW_S * 1000), batch_max=BATCH_MAX)
        async with database.deed(shop.merchant) as connection:
            operator = await connection.fetchval(
                "insert into operator (merchant_id, email, name) values ($1, $2, 'سارة')"
                " returning id",
                shop.merchant,
                f"sara{shop.merchant}@example.test",
            )
        return cls(shop, operator, time.monotonic(), {}, {})

    async def make(self, at_s: float, deed: str, args: tuple[Any, ...]) -> Any:
        """Make one call at a moment of the model's time."""
        # What this machine took itself counts as well, so a slow one proves the same. Never back:
        # what is due now must not become early.
        real_s = self.passed_s + time.monotonic() - self.began
        behind_s = max(0.0, at_s - real_s)
        async with self.shop.database.deed(self.shop.merchant) as connection:
            for table, columns in SHIFTS:
                moved = ", ".join(f"{c} = {c} - make_interval(secs => $1)" for c in columns)
                await connection.execute(f"update {table} set {moved}", behind_s)
        self.passed_s += behind_s
        return await getattr(self, deed)(*args)

    def where(self, c: int) -> list[tuple[int, int]]:
        return [(self.shop.merchant, self.ids[c])] if c in self.ids else []

    async def accept(self, c: int, *numbers: int) -> int:
        messages = [
            self.shop.message(str(n), who=f"9647{c}", external_id=f"{c}.{n}", at_s=n)
            for n in numbers
        ]
        inserted = (await self.shop.receive(*messages)).inserted
        self.ids[c] = await self.shop.one(
            "select k.id from conversation k join contact_alias l using (contact_id)"
            " where l.value = $1",
            f"9647{c}",
        )
        return inserted

    async def claim(self, c: int, alone: bool) -> tuple[str, int, tuple[int, ...]]:  # noqa: FBT001 - as SQL
        claims = await conversations.claim(
            self.shop.database, self.where(c), holder="w", lease_s=LEASE_S, alone=alone
        )
        if not claims:
            return "idle", 0, ()
        (claim,) = claims
        numbers = tuple(int(message.text) for message in claim.messages)
        return claim.verdict, claim.claimed.fence, numbers

    async def renew(self, c: int, fence: int) -> bool:
        held = self._claimed(c, fence)
        return bool(await conversations.renew(self.shop.database, [held], lease_s=LEASE_S))

    async def finish(self, c: int, fence: int, outcome: Any, parts: int, retry_s: int) -> bool:
        ending = Finish(
            claimed=self._claimed(c, fence),
            outcome=outcome,
            parts=tuple(map(str, range(parts))),
            retry_ms=retry_s * 1000.0,
        )
        return bool(await conversations.finish(self.shop.database, [ending]))

    def _claimed(self, c: int, fence: int) -> Claimed:
        return Claimed(
            merchant_id=self.shop.merchant,
            conversation_id=self.ids[c],
            inbox_id=self.shop.inbox,
            fence=fence,
            closed_id=0,
            attempt=0,
        )

    async def sweep(self) -> tuple[tuple[str, int], ...]:
        mended = await sweep.sweep(self.shop.database, lease_s=LEASE_S, send_s=SENDING_S, limit=100)
        back = {conversation_id: c for c, conversation_id in self.ids.items()}
        places = [(one.what, back.get(one.conversation_id)) for one in mended]
        return tuple(sorted((what, c) for what, c in places if c is not None))

    async def begin(self, c: int) -> tuple[int, int] | None:
        if c not in self.ids:
            return None
        begun, _ = await outbox.begin(self.shop.database, self.where(c), holder="w", pace=AT_ONCE)
        if not begun:
            return None
        place = (await self._rows(c)).index(begun[0].row_id)
        self.begun[c, place, begun[0].attempt] = begun[0]
        return place, begun[0].attempt

    async def end(self, c: int, place: int, attempt: int, outcome: Any, retry_s: int) -> str:
        ending = Ended(
            begun=self.begun[c, place, attempt],
            outcome=outcome,
            external_id=f"out.{c}.{place}" if outcome == "accepted" else None,
            retry_ms=retry_s * 1000.0,
        )
        (settled,) = await outbox.end(self.shop.database, [ending])
        return settled.state

    async def status(self, c: int, place: int, attempt: int) -> str:
        tag = self.begun[c, place, attempt].tag
        await self.shop.accept(self.shop.status(f"out.{c}.{place}", "sent", tag=tag))
        state: str = await self.shop.one(
            "select state from outbox where id = $1", (await self._rows(c))[place]
        )
        return state

    async def settle(self, c: int, place: int) -> bool:
        row_id = (await self._rows(c))[place]

        async def deed(connection: Connection) -> bool:
            again = await handoff.settle_send(connection, row_id, "again", datetime.now(UTC))
            return again is not None

        return await self._locked(c, deed)

    async def take_over(self, c: int) -> int:
        async def deed(connection: Connection) -> int:
            return await handoff.to_person(connection, self.ids[c], self.operator)

        return await self._locked(c, deed)

    async def hand_back(self, c: int) -> bool:
        async def deed(connection: Connection) -> bool:
            return await handoff.to_assistant(connection, self.ids[c])

        return await self._locked(c, deed)

    async def reply(self, c: int) -> None:
        async def deed(connection: Connection) -> None:
            row = await handoff.lock(connection, self.ids[c])
            assert row is not None
            key = str(time.monotonic_ns())
            assert await handoff.say(connection, row, self.operator, "أنا معك", key=key)

        await self._locked(c, deed)

    async def _locked(self, c: int, deed: Callable[[Connection], Awaitable[T]]) -> T:
        async with self.shop.database.deed(self.shop.merchant) as connection:
            await handoff.lock(connection, self.ids[c])
            return await deed(connection)

    async def _rows(self, c: int) -> list[int]:
        rows = await self.shop.rows(
            "select id from outbox where conversation_id = $1 order by id", self.ids[c]
        )
        return [row["id"] for row in rows]

    async def image(self) -> list[tuple[object, ...]]:
        """The same as the model's own."""
        return [await self._image(self.ids[c]) for c in sorted(self.ids)]

    async def _image(self, conversation_id: int) -> tuple[object, ...]:
        (k,) = await self.shop.rows("select * from conversation where id = $1", conversation_id)
        messages = await self.shop.rows(
            "select m.body::integer as n, b.no from message m"
            " left join batch b on b.id = m.batch_id"
            " where m.conversation_id = $1 and m.direction = 'in' order by m.id",
            conversation_id,
        )
        batches = await self.shop.rows(
            "select outcome from batch where conversation_id = $1 order by no", conversation_id
        )
        rows = await self.shop.rows(
            "select part, state, attempt from outbox where conversation_id = $1 order by id",
            conversation_id,
        )
        return (
            k["state"],
            k["pending"],
            k["fence"],
            k["attempts"],
            k["crashes"],
            k["lease_until"] is None,
            k["due_at"] is None,
            tuple((row["n"], row["no"]) for row in messages),
            tuple(row["outcome"] for row in batches),
            tuple(tuple(row) for row in rows),
        )
